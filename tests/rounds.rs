//! All mends of all rules together, on every case of every rule: whatever they do, nothing breaks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rolelint::rules::{Mended, Outcome, Request, Rounds, check};
use rolelint::syntax::parse;
use rolelint::workspace::{Overlay, Severity, discover};

/// The files of each case in a Markdown file of cases.
fn cases(markdown: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut cases: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            cases.push((line.to_owned(), Vec::new()));
        } else if let Some(block) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if let (Some(path), Some((_, files))) = (block.strip_prefix("yaml "), cases.last_mut())
            {
                files.push((path.to_owned(), format!("{}\n", body.join("\n"))));
            }
        }
    }
    cases.retain(|(_, files)| !files.is_empty());
    cases
}

/// What was found before, where something was mended, and what came of it; with `asked` also what needs consent.
fn mend(files: &[(String, String)], asked: bool) -> (Option<Outcome>, Mended) {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    for (path, text) in files {
        let path = base.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let check = |overlays: Vec<Overlay>| {
        discover(&base, &[".".into()], &overlays).map(|discovery| {
            check(Request {
                discovery,
                overlays,
                today: Some(support::TODAY.parse().unwrap()),
            })
        })
    };
    let rounds = Rounds {
        check: &check,
        asked,
        only: None,
    };
    let mended = rounds.run().unwrap();
    let is_changed = !mended.files.is_empty();
    (is_changed.then(|| check(Vec::new()).unwrap()), mended)
}

fn errors(outcome: &Outcome) -> BTreeMap<String, usize> {
    let mut errors = BTreeMap::new();
    for finding in &outcome.findings {
        // A seat that is marked as vacant is then reported as vacant.
        if finding.severity == Severity::Error && finding.rule.id != "vacant-role" {
            let path = outcome.sources.files().shown(finding.file).into_owned();
            *errors.entry(path).or_default() += 1;
        }
    }
    errors
}

#[test]
fn no_file_has_more_errors_than_before_whatever_is_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut applied = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for (heading, files) in cases(&std::fs::read_to_string(&path).unwrap()) {
            let (before, mended) = mend(&files, true);
            let at = format!("{} {heading}: {:#?}", path.display(), mended.applied);
            let had = before.as_ref().map(errors).unwrap_or_default();
            for (file, count) in before.iter().flat_map(|_| errors(&mended.outcome)) {
                assert!(
                    count <= had.get(&file).copied().unwrap_or(0),
                    "{file}: {at}"
                );
            }
            for file in &mended.files {
                let broken = |bytes: &[u8]| {
                    let text = std::str::from_utf8(bytes).unwrap();
                    parse(&Arc::from(text)).errors().len()
                };
                let old = file.old.as_deref().map_or(0, broken);
                assert!(broken(&file.new) <= old, "{at}");
            }
            applied += mended.applied.len();
        }
    }
    assert!(applied > 50);
}

#[test]
fn what_is_safe_is_done_after_a_few_rounds_and_then_nothing_is_left_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let mut applied = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for (heading, files) in cases(&std::fs::read_to_string(&path).unwrap()) {
            let (_, mended) = mend(&files, false);
            let at = format!("{} {heading}: {:#?}", path.display(), mended.applied);
            assert!(!mended.unfinished, "{at}");
            applied += mended.applied.len();
            let mut after = files.clone();
            for file in &mended.files {
                let shown = mended.outcome.sources.files().show(&file.path).into_owned();
                let (_, text) = after.iter_mut().find(|(path, _)| *path == shown).unwrap();
                *text = String::from_utf8(file.new.to_vec()).unwrap();
            }
            let (_, again) = mend(&after, false);
            assert!(again.files.is_empty(), "{at} and then {:#?}", again.applied);
        }
    }
    assert!(applied > 20, "{applied}");
}
