//! A session whose files change one at a time always says what a fresh check of the same files would say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rolelint::rules::{Finding, Request, Session, check};
use rolelint::workspace::{
    BASELINE_NAME, Baseline, Files, KnownFinding, Overlay, discover, is_page,
};
use support::typing::{edited, sample};
use support::{Random, TODAY};

/// A finding as text, so that two runs can be compared whose files have other numbers.
fn shown(finding: &Finding, files: &Files) -> String {
    let related: Vec<String> = finding
        .related
        .iter()
        .map(|one| format!("{} {:?} {}", files.shown(one.file), one.span, one.message))
        .collect();
    format!(
        "{}:{:?} {:?}[{}] {} | {} | {} | {} | {related:?} | {:016x}",
        files.shown(finding.file),
        finding.span,
        finding.severity,
        finding.rule.id,
        finding.message,
        finding.label,
        finding.why,
        finding.help,
        finding.fingerprint
    )
}

/// What a fresh check says.
fn fresh(base: &Path, open: &BTreeMap<PathBuf, Arc<str>>) -> Vec<String> {
    let overlays: Vec<Overlay> = open
        .iter()
        .map(|(path, text)| Overlay {
            path: path.clone(),
            bytes: Arc::from(text.as_bytes()),
            // A page is one by what includes it, not because somebody has opened it.
            asked: !path.is_file() && !is_page(path),
        })
        .collect();
    let discovery = discover(base, &[base.to_owned()], &overlays).unwrap();
    let outcome = check(Request {
        discovery,
        overlays,
        today: Some(TODAY.parse().unwrap()),
    });
    let files = outcome.sources.files();
    let mut all: Vec<String> = outcome
        .findings
        .iter()
        .map(|one| shown(one, files))
        .collect();
    all.sort();
    all
}

fn incremental(session: &Session) -> Vec<String> {
    let mut all = Vec::new();
    for file in session.asked() {
        all.extend(
            session
                .findings(file)
                .iter()
                .map(|one| shown(one, session.files())),
        );
    }
    all.sort();
    all
}

/// Changes files at random and compares again and again.
fn run(seed: u64, steps: usize) {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let originals = sample(&base);
    let mut random = Random::new(seed);
    let mut session = Session::new(
        base.clone(),
        vec![base.clone()],
        Some(TODAY.parse().unwrap()),
    );
    let mut open: BTreeMap<PathBuf, Arc<str>> = BTreeMap::new();
    session.refresh();
    assert_eq!(incremental(&session), fresh(&base, &open), "at the start");
    let paths: Vec<&PathBuf> = originals.keys().collect();
    for step in 0..steps {
        let mut told = String::new();
        for _ in 0..1 + random.below(3) {
            let path = paths[random.below(paths.len())].clone();
            match random.below(20) {
                0 => {
                    open.remove(&path);
                    session.set_text(&path, None);
                    told.push_str(&format!("close {}; ", path.display()));
                }
                1 => {
                    // Deleted, or back again.
                    if path.exists() {
                        std::fs::remove_file(&path).unwrap();
                    } else {
                        std::fs::write(&path, &originals[&path]).unwrap();
                    }
                    session.touch(&path);
                    told.push_str(&format!("toggle {}; ", path.display()));
                }
                2 => {
                    // Changed by somebody else.
                    let old = std::fs::read_to_string(&path).unwrap_or_default();
                    std::fs::write(&path, edited(&old, &mut random)).unwrap();
                    session.touch(&path);
                    told.push_str(&format!("disk {}; ", path.display()));
                }
                3 => {
                    let text: Arc<str> = Arc::from(originals[&path].as_str());
                    open.insert(path.clone(), Arc::clone(&text));
                    session.set_text(&path, Some(text));
                    told.push_str(&format!("restore {}; ", path.display()));
                }
                _ => {
                    let old = match open.get(&path) {
                        Some(text) => text.to_string(),
                        None => std::fs::read_to_string(&path).unwrap_or_default(),
                    };
                    let text: Arc<str> = Arc::from(edited(&old, &mut random));
                    open.insert(path.clone(), Arc::clone(&text));
                    session.set_text(&path, Some(text));
                    told.push_str(&format!("type {}; ", path.display()));
                }
            }
        }
        let before = incremental(&session);
        let changed = session.refresh();
        let (after, wanted) = (incremental(&session), fresh(&base, &open));
        if after != wanted {
            let extra: Vec<_> = after.iter().filter(|one| !wanted.contains(one)).collect();
            let lacking: Vec<_> = wanted.iter().filter(|one| !after.contains(one)).collect();
            panic!(
                "seed {seed}, step {step}: {told}\nonly in the session: {extra:#?}\nonly in a fresh check: {lacking:#?}"
            );
        }
        // Whoever shows the findings is told of every file in which something is another than before.
        let shown = |path: &Path, all: &[String]| -> Vec<String> {
            let name = path
                .strip_prefix(&base)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let start = format!("{name}:");
            all.iter()
                .filter(|one| one.starts_with(&start))
                .cloned()
                .collect()
        };
        for path in originals.keys() {
            if shown(path, &before) != shown(path, &after) {
                let file = session.file(path).unwrap();
                assert!(
                    changed.contains(&file),
                    "seed {seed}, step {step}: not told of {}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn what_changes_one_at_a_time_equals_a_fresh_check() {
    // `ROLELINT_SEEDS=1000` tries as many.
    let seeds = std::env::var("ROLELINT_SEEDS").ok();
    let seeds = seeds.map_or(3, |seeds| seeds.parse().unwrap());
    for seed in 1..=seeds {
        run(seed, 60);
    }
}

#[test]
fn a_session_knows_what_the_baseline_knows() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let path = base.join("a.roles.yaml");
    std::fs::write(
        &path,
        "team: a\nroles: {product-manager: TBD, product-owner: TBD}\n",
    )
    .unwrap();
    let mut session = Session::new(base.clone(), vec![base.clone()], None);
    session.refresh();
    let known = |session: &Session| -> Vec<bool> {
        let findings = session.findings(session.file(&path).unwrap());
        findings.iter().map(|one| session.is_known(one)).collect()
    };
    assert_eq!(known(&session), [false, false]);
    let findings = session.findings(session.file(&path).unwrap());
    let baseline = Baseline::new(vec![KnownFinding {
        file: "a.roles.yaml".to_owned(),
        rule: "placeholder".to_owned(),
        fingerprint: findings[1].fingerprint,
        message: String::new(),
    }]);
    let at = base.join(BASELINE_NAME);
    std::fs::write(&at, baseline.text()).unwrap();
    assert_eq!(known(&session), [false, false], "nobody has told it");
    session.touch(&at);
    assert_eq!(known(&session), [false, true]);
    session.refresh();
    assert_eq!(known(&session), [false, true]);
    // It may be open, too.
    session.set_text(&at, Some(Arc::from("{}")));
    assert_eq!(known(&session), [false, false]);
    session.set_text(&at, None);
    session.refresh();
    assert_eq!(known(&session), [false, true]);
}

const RACI: &str = "\
| Task | Product Manager | Product Owner |
|------|-----------------|---------------|
| Paint | | R |
| Sweep | A | |
";

/// What is said of a page: a rule for each finding.
fn rules_of(session: &Session, path: &Path) -> Vec<&'static str> {
    let file = session.file(path).unwrap();
    let findings = session.findings(file);
    findings.iter().map(|one| one.rule.id).collect()
}

#[test]
fn a_page_is_checked_as_soon_as_a_configuration_names_it_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let (page, config) = (base.join("wiki/a.md"), base.join("wiki/.rolelint.yaml"));
    std::fs::create_dir(base.join("wiki")).unwrap();
    let mut session = Session::new(base.clone(), vec![base.clone()], None);
    session.refresh();
    // The configuration lies in a folder without any files: nobody has read it.
    std::fs::write(&config, "include: ['*.md']\n").unwrap();
    assert!(session.touch(&config));
    session.refresh();
    std::fs::write(&page, RACI).unwrap();
    assert!(session.touch(&page));
    let changed = session.refresh();
    assert_eq!(
        rules_of(&session, &page),
        ["one-accountable", "no-responsible"]
    );
    assert_eq!(
        changed.len(),
        2,
        "the page, and the configuration that is there now"
    );
    // Saved as it was: nothing is another.
    assert!(session.touch(&page));
    assert!(session.refresh().is_empty());
    // Open, and gone from the disk.
    session.set_text(
        &page,
        Some(Arc::from(RACI.replace("| Paint | |", "| Paint | A |"))),
    );
    let file = session.file(&page).unwrap();
    assert_eq!(session.refresh(), [file]);
    assert_eq!(rules_of(&session, &page), ["no-responsible"]);
    std::fs::remove_file(&page).unwrap();
    session.touch(&page);
    session.refresh();
    assert_eq!(rules_of(&session, &page), ["no-responsible"]);
    session.set_text(&page, None);
    assert_eq!(session.refresh(), [file, session.file(&config).unwrap()]);
    assert!(!session.is_page(file));
    // Back again, but not meant any more.
    std::fs::write(&page, RACI).unwrap();
    session.touch(&page);
    session.refresh();
    assert!(session.is_page(file));
    std::fs::write(&config, "include: ['b.md']\n").unwrap();
    session.touch(&config);
    assert!(session.refresh().contains(&file));
    assert!(rules_of(&session, &page).is_empty());
}

#[test]
fn nothing_is_looked_for_because_of_a_page_that_nobody_names() {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    std::fs::write(
        base.join(".rolelint.yaml"),
        "include: ['wiki/*.md']\nexclude: [wiki/old.md]\n",
    )
    .unwrap();
    std::fs::write(base.join("a.roles.yaml"), "team: a\n").unwrap();
    let mut session = Session::new(base.clone(), vec![base.clone()], None);
    session.refresh();
    let mut told = false;
    for name in ["README.md", "wiki/old.md", "docs/deep/a.MD"] {
        let path = base.join(name);
        assert!(!session.touch(&path), "{name}");
        session.set_text(&path, Some(Arc::from(RACI)));
        session.set_text(&path, Some(Arc::from("team: a\n")));
        session.refresh_telling(&mut |_| told = true);
        session.set_text(&path, None);
        session.refresh_telling(&mut |_| told = true);
        assert_eq!(session.file(&path), None);
    }
    assert!(!told, "everything was looked at again");
    assert!(session.touch(&base.join("wiki/new.md")));
    session.refresh_telling(&mut |_| told = true);
    assert!(told);
}
