//! What several tests share: role files in a folder of their own, and what rolelint says of them.

#![allow(dead_code)] // Each test uses its part.

pub mod client;
pub mod typing;

use std::path::Path;

use rolelint::report::{TextOptions, text};
use rolelint::rules::{Finding, Fix, Outcome, Request, Safety, Target, check};
use rolelint::text::apply;
use rolelint::workspace::{Severity, discover};

/// The day of every test.
pub const TODAY: &str = "2026-06-15";

/// Checks files, given as (path, text), in a folder of their own.
pub fn check_files(files: &[(String, String)]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    for (path, text) in files {
        let path = base.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    // The texts are read again when findings are printed, so they are kept as overlays.
    let overlays = || {
        files
            .iter()
            .map(|(path, text)| rolelint::workspace::Overlay {
                path: base.join(path),
                bytes: text.clone().into_bytes().into(),
                asked: false,
            })
            .collect::<Vec<_>>()
    };
    let discovery = discover(&base, &[".".into()], &[]).unwrap();
    check(Request {
        discovery,
        overlays: overlays(),
        today: Some(TODAY.parse().unwrap()),
    })
}

/// What a person sees of an outcome, without the summary.
pub fn shown(outcome: &Outcome) -> String {
    let mut out = Vec::new();
    let options = TextOptions {
        color: false,
        links: false,
        width: 100,
        fixes: false,
    };
    text(outcome, options, &mut out).unwrap();
    String::from_utf8(out).unwrap().trim_end().to_owned()
}

/// The files, given as (path, text), after a mend.
pub fn mended(files: &[(String, String)], outcome: &Outcome, fix: &Fix) -> Vec<(String, String)> {
    let mut files = files.to_vec();
    for change in &fix.changes {
        match &change.target {
            Target::File(file) => {
                let path = outcome.sources.files().shown(*file).into_owned();
                let (_, text) = files.iter_mut().find(|(known, _)| *known == path).unwrap();
                *text = apply(text, &change.edits).unwrap();
            }
            Target::New(path) => {
                let path = outcome.sources.files().show(path).into_owned();
                files.push((path, apply("", &change.edits).unwrap()));
            }
        }
    }
    files
}

/// What a mend promises: what was wrong is gone, and there are no more errors than before. A seat that a mend marks as
/// vacant is then reported as vacant, because that is the truth; and it stays vacant when a mend says who covers for it
/// or since when, so of an empty seat it is what is asked for that has to be gone. That comments survive is seen to where mends are made.
pub fn assert_promise(files: &[(String, String)], outcome: &Outcome, finding: &Finding, fix: &Fix) {
    let key = |finding: &Finding, outcome: &Outcome| {
        let path = outcome.sources.files().shown(finding.file).into_owned();
        let (rule, place, subject) = (finding.rule.id, &finding.place, &finding.subject);
        let asks = if rule == "vacant-role" {
            &*finding.help
        } else {
            ""
        };
        format!("{rule} in {path} at {place} about {subject} {asks}")
    };
    let count = |outcome: &Outcome, wanted: &str| {
        let same = |finding: &&Finding| key(finding, outcome) == wanted;
        outcome.findings.iter().filter(same).count()
    };
    let after = check_files(&mended(files, outcome, fix));
    let shown = || diff(files, &mended(files, outcome, fix));
    let own = key(finding, outcome);
    assert!(
        count(&after, &own) < count(outcome, &own),
        "still there after \"{}\": {own}\n{}",
        fix.title,
        shown()
    );
    let errors = |outcome: &Outcome| -> Vec<String> {
        let errors = outcome.findings.iter();
        errors
            .filter(|finding| finding.severity == Severity::Error)
            .filter(|finding| finding.rule.id != "vacant-role" || fix.safety == Safety::Safe)
            .map(|finding| key(finding, outcome))
            .collect()
    };
    let (before, after) = (errors(outcome), errors(&after));
    assert!(
        after.len() <= before.len(),
        "more errors after \"{}\" for {own}: {after:#?} instead of {before:#?}\n{}",
        fix.title,
        shown()
    );
}

/// What changes between two states of the same files.
pub fn diff(before: &[(String, String)], after: &[(String, String)]) -> String {
    let mut shown = String::new();
    for (path, new) in after {
        let old = before.iter().find(|(known, _)| known == path);
        let old = old.map_or("", |(_, text)| text.as_str());
        if old != new {
            let diff = similar::TextDiff::from_lines(old, new.as_str());
            let mut diff = diff.unified_diff();
            let diff = diff.context_radius(1).header(path, path).to_string();
            // So that everybody sees which line breaks there are.
            shown.push_str(&diff.replace('\r', "␍"));
        }
    }
    shown
}

/// The mends of some findings as people read them, each with what it changes. Each is tried and held to its promise.
pub fn shown_fixes(files: &[(String, String)], outcome: &Outcome, findings: &[Finding]) -> String {
    let mut shown = String::new();
    for finding in findings {
        for fix in outcome.fixes(finding) {
            assert_promise(files, outcome, finding, &fix);
            let safety = match fix.safety {
                Safety::Safe => "safe",
                Safety::Asked => "asked",
            };
            shown.push_str(&format!(
                "{} ({safety}: {})\n{}\n",
                fix.title,
                finding.rule.id,
                diff(files, &mended(files, outcome, &fix))
            ));
        }
    }
    shown.trim_end().to_owned()
}

/// Compares a file with what it should hold. With `ROLELINT_UPDATE=1` in the environment, writes it instead.
pub fn assert_file(path: &Path, wanted: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == wanted {
        return;
    }
    if std::env::var_os("ROLELINT_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, wanted).unwrap();
        return;
    }
    let diff = similar::TextDiff::from_lines(found.as_str(), wanted);
    panic!(
        "{} is not current; run the tests with ROLELINT_UPDATE=1 and look at the difference:\n{}",
        path.display(),
        diff.unified_diff()
            .context_radius(3)
            .header("in the file", "as it should be")
    );
}

/// A small generator of numbers (xorshift64*), the same on every machine.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number less than `end`, which is more than 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }
}
