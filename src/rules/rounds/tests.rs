use super::*;
use crate::rules::{Check, Fix, FixContext, Group, Request, Rule, check};
use crate::text::{Span, TextEdit};
use crate::workspace::{DiscoverError, FileId, Severity, discover};

/// Finds words that say how they are to be mended.
static FAKE: Rule = Rule {
    id: "fake",
    group: Group::Structure,
    severity: Some(Severity::Hint),
    summary: "",
    why: "",
    remedy: "",
    bad: "",
    good: "",
    misses: "",
    options: &[],
    check: Check::Engine,
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let (file, span) = (context.finding.file, context.finding.span);
    let Some(source) = context.own_source() else {
        return vec![Fix::safe("").edit(file, [TextEdit::replace(span, "mended")])];
    };
    let word = span.slice(source.text()).to_owned();
    let other = |name: &str| {
        let mut files = (0..).map(FileId).take(context.files.len());
        files
            .find(|file| context.path(*file).ends_with(name))
            .unwrap()
    };
    let done = |fix: Fix| fix.edit(file, [TextEdit::replace(span, "mended")]);
    let end = u32::try_from(source.text().len()).unwrap();
    let safe = Fix::safe(word.clone());
    let fix = match word
        .trim_start_matches("fake-")
        .trim_end_matches(char::is_numeric)
    {
        "good" => done(safe),
        "asked" => done(Fix::asked(word)),
        "first" => done(safe).edit(file, [TextEdit::insert(0, "name: First\n")]),
        "last" => done(safe).edit(file, [TextEdit::insert(end, "name: Last\n")]),
        "harm" => done(safe).edit(file, [TextEdit::insert(0, "product: nowhere\n")]),
        "stay" => safe.edit(file, [TextEdit::insert(0, "# a remark\n")]),
        "more" => {
            let longer = format!("{}1", safe.title);
            safe.edit(file, [TextEdit::replace(span, longer)])
        }
        "there" => done(safe).edit(other("b.roles.yaml"), [TextEdit::insert(0, "# here\n")]),
        "apart" => done(safe).edit(other("apart/c.roles.yaml"), [TextEdit::insert(0, "#\n")]),
        "rename" => done(safe).edit(
            other("b.roles.yaml"),
            [TextEdit::replace(Span::new(9, 13), "xshop")],
        ),
        "create" => {
            let path = context.path(file).with_file_name("new.roles.yaml");
            done(safe).create(
                path,
                "team: new\nmodel: none\npurpose: fake-good\n".to_owned(),
            )
        }
        _ => return Vec::new(),
    };
    vec![fix]
}

struct Here {
    folder: tempfile::TempDir,
    paths: Vec<PathBuf>,
}

impl Here {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let paths = vec![".".into()];
        Self { folder, paths }
    }

    fn base(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    fn check(&self, overlays: Vec<Overlay>) -> Result<Outcome, DiscoverError> {
        let discovery = discover(&self.base(), &self.paths, &overlays)?;
        let files = (0..discovery.files.len()).map(|at| FileId(u32::try_from(at).unwrap()));
        let asked: Vec<FileId> = files.filter(|file| discovery.is_asked(*file)).collect();
        let mut outcome = check(Request {
            discovery,
            overlays,
            today: Some("2026-06-15".parse().unwrap()),
        });
        for file in asked {
            let text = outcome.sources.text(file);
            for (at, _) in text.match_indices("fake-") {
                let length = text[at..].find(['\n', ' ']).unwrap_or(text.len() - at);
                let word = &text[at..at + length];
                let mut finding = FAKE
                    .finding(file, Span::new(at, at + length), "fake")
                    .about("", word);
                finding.fingerprint = word.bytes().map(u64::from).sum();
                outcome.findings.push(finding);
            }
        }
        Ok(outcome)
    }

    fn mend(&self, asked: bool) -> Mended {
        let check = |overlays| self.check(overlays);
        let rounds = Rounds {
            check: &check,
            asked,
            only: None,
        };
        rounds.run().unwrap()
    }
}

fn team(name: &str, words: &str) -> String {
    format!("team: {name}\nmodel: none\npurpose: {words}\n")
}

fn new_texts(mended: &Mended) -> Vec<(String, String)> {
    let files = mended.files.iter().map(|file| {
        let name = file.path.file_name().unwrap().to_string_lossy();
        (
            name.into_owned(),
            String::from_utf8(file.new.to_vec()).unwrap(),
        )
    });
    files.collect()
}

fn one(name: &str, text: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), text.to_owned())]
}

#[test]
fn what_needs_consent_waits_for_it() {
    let here = Here::new(&[("a.roles.yaml", &team("a", "fake-good and fake-asked"))]);
    let safe = here.mend(false);
    assert_eq!(
        new_texts(&safe),
        one("a.roles.yaml", &team("a", "mended and fake-asked"))
    );
    assert_eq!(safe.outcome.findings.len(), 1);
    let all = here.mend(true);
    assert_eq!(
        new_texts(&all),
        one("a.roles.yaml", &team("a", "mended and mended"))
    );
    assert!(all.applied.len() == 2 && all.refused.is_empty() && !all.unfinished);
    let untouched = std::fs::read_to_string(here.base().join("a.roles.yaml")).unwrap();
    assert_eq!(
        untouched,
        team("a", "fake-good and fake-asked"),
        "nothing is written"
    );
}

#[test]
fn mends_that_break_a_file_only_together_come_one_by_one() {
    let here = Here::new(&[("a.roles.yaml", &team("a", "fake-first and fake-last"))]);
    let mended = here.mend(false);
    let expected = format!("name: First\n{}", team("a", "mended and fake-last"));
    assert_eq!(new_texts(&mended), one("a.roles.yaml", &expected));
}

#[test]
fn one_that_does_harm_is_found_among_many_and_refused_with_the_reason() {
    let words: Vec<String> = (0..20).map(|number| format!("fake-good{number}")).collect();
    let text = team(
        "a",
        &format!(
            "{} fake-harm {}",
            words[..9].join(" "),
            words[9..].join(" ")
        ),
    );
    let here = Here::new(&[
        ("a.roles.yaml", &text),
        ("b.roles.yaml", &team("b", "fake-good")),
    ]);
    let mended = here.mend(false);
    assert_eq!(mended.applied.len(), 21);
    let texts = new_texts(&mended);
    assert_eq!(texts.len(), 2);
    assert!(
        texts[0].1.contains("mended fake-harm mended"),
        "{}",
        texts[0].1
    );
    let [refused] = mended.refused.as_slice() else {
        panic!("{:?}", mended.refused)
    };
    assert_eq!(refused.mend.title, "fake-harm");
    assert_eq!(
        refused.why,
        "afterwards `a.roles.yaml` would have another error (unresolved-reference)"
    );
}

#[test]
fn harm_in_a_file_that_nobody_touched_is_seen_asked_for_or_not() {
    let text = team("a", "fake-rename and fake-good");
    let mut here = Here::new(&[
        (".rolelint.yaml", ""),
        ("in/a.roles.yaml", &text),
        ("b.roles.yaml", "product: shop\nmodel: none\n"),
        ("c.roles.yaml", "team: c\nmodel: none\nproduct: shop\n"),
    ]);
    for paths in [".", "in"] {
        here.paths = vec![paths.into()];
        let mended = here.mend(false);
        assert_eq!(
            new_texts(&mended),
            one("a.roles.yaml", &team("a", "fake-rename and mended"))
        );
        assert_eq!(
            mended.refused[0].why,
            "afterwards `c.roles.yaml` would have another error (unresolved-reference)"
        );
    }
}

#[test]
fn a_mend_that_mends_nothing_is_taken_back() {
    let here = Here::new(&[("a.roles.yaml", &team("a", "fake-stay and fake-good"))]);
    let mended = here.mend(false);
    assert_eq!(
        new_texts(&mended),
        one("a.roles.yaml", &team("a", "fake-stay and mended"))
    );
    assert_eq!(
        mended.refused[0].why,
        "what it is to mend would still be there"
    );
}

#[test]
fn mends_without_end_end() {
    let here = Here::new(&[("a.roles.yaml", &team("a", "fake-more"))]);
    let mended = here.mend(false);
    assert!(mended.unfinished);
    assert_eq!(mended.applied.len(), MAX_ROUNDS);
}

#[test]
fn a_mend_goes_to_other_files_of_its_organisation_and_no_further() {
    let mut here = Here::new(&[
        (".rolelint.yaml", ""),
        ("in/a.roles.yaml", &team("a", "fake-there and fake-apart")),
        ("b.roles.yaml", &team("b", "fake-good")),
        ("apart/.rolelint.yaml", "root: true\n"),
        ("apart/c.roles.yaml", &team("c", "well")),
    ]);
    let mended = here.mend(false);
    assert_eq!(mended.refused.len(), 1);
    assert_eq!(
        mended.refused[0].why,
        "it changes `apart/c.roles.yaml` too, which belongs to another organisation"
    );
    // What is wrong in files that nobody asked for stays as it is.
    here.paths = vec!["in".into()];
    let check = |overlays| here.check(overlays);
    let a = (
        "a.roles.yaml".to_owned(),
        team("a", "mended and fake-apart"),
    );
    let b = (
        "b.roles.yaml".to_owned(),
        format!("# here\n{}", team("b", "fake-good")),
    );
    let own = here.base().join("in/a.roles.yaml");
    for (only, expected) in [(None, vec![b, a]), (Some(&*own), Vec::new())] {
        let rounds = Rounds {
            check: &check,
            asked: false,
            only,
        };
        assert_eq!(new_texts(&rounds.run().unwrap()), expected);
    }
}

#[test]
fn a_new_file_is_checked_and_mended_like_any_other() {
    let here = Here::new(&[("a.roles.yaml", &team("a", "fake-create1 and fake-create2"))]);
    let mended = here.mend(false);
    assert_eq!(
        new_texts(&mended),
        [
            (
                "a.roles.yaml".to_owned(),
                team("a", "mended and fake-create2")
            ),
            ("new.roles.yaml".to_owned(), team("new", "mended"))
        ]
    );
    assert!(mended.files[1].old.is_none() && mended.files[0].old.is_some());
    assert_eq!(mended.outcome.files_checked, 2);
}

#[test]
fn what_is_not_utf_8_is_left_alone() {
    let here = Here::new(&[]);
    let mut bytes = team("a", "fake-good").into_bytes();
    bytes.extend(b"# caf\xe9\n");
    std::fs::write(here.base().join("a.roles.yaml"), bytes).unwrap();
    assert!(here.mend(true).files.is_empty());
}

#[test]
fn everything_is_made_from_one_text_whatever_happens_on_disk_meanwhile() {
    let text = team("a", "fake-good1 and fake-first and fake-asked");
    let here = Here::new(&[("a.roles.yaml", &text)]);
    let path = here.base().join("a.roles.yaml");
    let checks = std::cell::Cell::new(0);
    let check = |overlays: Vec<Overlay>| {
        checks.set(checks.get() + 1);
        if checks.get() > 1 {
            assert_eq!(overlays.len(), 1);
            std::fs::write(&path, "somebody else\n").unwrap();
        }
        here.check(overlays)
    };
    let rounds = Rounds {
        check: &check,
        asked: true,
        only: None,
    };
    let mended = rounds.run().unwrap();
    assert_eq!(mended.files[0].old.as_deref(), Some(text.as_bytes()));
    let expected = format!("name: First\n{}", team("a", "mended and mended and mended"));
    assert_eq!(new_texts(&mended), one("a.roles.yaml", &expected));
}
