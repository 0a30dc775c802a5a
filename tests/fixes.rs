//! Mends of thousands of generated organisations, whole ones and broken ones: each keeps what every mend promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use rolelint::rules::{Finding, Fix, Outcome, Safety, Target};
use rolelint::syntax::{Tree, parse};
use rolelint::text::TextEdit;
use rolelint::workspace::Severity;
use support::{check_files, diff};
use yaml::{Dice, roles};

/// The files of one organisation.
type Files = Vec<(String, String)>;

/// Checks organisations, each in a folder of its own: each run of the engine has a price.
struct Many {
    outcome: Outcome,
    /// What was found in each.
    found: Vec<Vec<usize>>,
}

impl Many {
    fn check(organisations: &[Files]) -> Self {
        let mut all = Files::new();
        for (number, files) in organisations.iter().enumerate() {
            let files = files.iter();
            all.extend(files.map(|(path, text)| (format!("o{number}/{path}"), text.clone())));
        }
        let outcome = check_files(&all);
        let mut found = vec![Vec::new(); organisations.len()];
        for (at, finding) in outcome.findings.iter().enumerate() {
            let (number, _) = placed(&outcome, finding);
            found[number].push(at);
        }
        Self { outcome, found }
    }

    fn findings(&self, number: usize) -> impl Iterator<Item = &Finding> {
        self.found[number]
            .iter()
            .map(|at| &self.outcome.findings[*at])
    }

    /// What identifies a finding in another state of its organisation.
    fn key(&self, finding: &Finding) -> String {
        let (_, path) = placed(&self.outcome, finding);
        let (rule, place, subject) = (finding.rule.id, &finding.place, &finding.subject);
        // A vacant seat stays vacant when a mend says who covers for it; something less is asked for then.
        let asks = if rule == "vacant-role" {
            &*finding.help
        } else {
            ""
        };
        format!("{rule} in {path} at {place} about {subject} {asks}")
    }

    fn count(&self, number: usize, key: &str) -> usize {
        self.findings(number)
            .filter(|finding| self.key(finding) == key)
            .count()
    }

    /// The errors, but for the truth about a seat that a mend marks as vacant.
    fn errors(&self, number: usize, safety: Safety) -> Vec<String> {
        self.findings(number)
            .filter(|finding| finding.severity == Severity::Error)
            .filter(|finding| finding.rule.id != "vacant-role" || safety == Safety::Safe)
            .map(|finding| self.key(finding))
            .collect()
    }
}

/// The number of the organisation of a finding, and its file there.
fn placed(outcome: &Outcome, finding: &Finding) -> (usize, String) {
    let shown = outcome.sources.files().shown(finding.file).into_owned();
    let (folder, path) = shown.split_once('/').unwrap();
    (folder[1..].parse().unwrap(), path.to_owned())
}

fn comments(tree: &Tree) -> Vec<String> {
    let comments = tree.comments().iter();
    comments
        .map(|comment| comment.span.slice(tree.text()).trim_end().to_owned())
        .collect()
}

/// Edits in order of place; each has to lie inside the text, whole characters in it, and none in another.
fn in_order<'e>(text: &str, edits: &'e [TextEdit]) -> Vec<&'e TextEdit> {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut done = 0;
    for edit in &sorted {
        let range = edit.span.range();
        assert!(done <= range.start && range.start <= range.end, "{edits:?}");
        assert!(text.get(range.clone()).is_some(), "{edits:?} in {text:?}");
        done = range.end;
    }
    sorted
}

/// An organisation after a mend. Everything outside of its edits stays.
fn mended(outcome: &Outcome, files: &Files, fix: &Fix) -> Files {
    let mut files = files.clone();
    for change in &fix.changes {
        match &change.target {
            Target::File(file) => {
                let shown = outcome.sources.files().shown(*file).into_owned();
                let (_, path) = shown.split_once('/').unwrap();
                let (_, text) = files.iter_mut().find(|(known, _)| known == path).unwrap();
                let mut new = String::new();
                let mut done = 0;
                for edit in in_order(text, &change.edits) {
                    let range = edit.span.range();
                    new.push_str(&text[done..range.start]);
                    new.push_str(&edit.text);
                    done = range.end;
                }
                new.push_str(&text[done..]);
                assert!(new != *text, "\"{}\" changes nothing", fix.title);
                *text = new;
            }
            Target::New(path) => {
                let shown = outcome.sources.files().show(path).into_owned();
                let (_, path) = shown.split_once('/').unwrap();
                assert!(files.iter().all(|(known, _)| known != path), "{path}");
                let text = change.edits.iter().map(|edit| edit.text.as_str());
                files.push((path.to_owned(), text.collect()));
            }
        }
    }
    files
}

/// What can be told from the files alone: they parse at least as well, and every comment is still there.
fn assert_read_as_well(before: &Files, after: &Files, finding: &Finding, fix: &Fix) {
    let shown = || {
        format!(
            "\"{}\" for {}:\n{}",
            fix.title,
            finding.rule.id,
            diff(before, after)
        )
    };
    let trees = |files: &Files| -> Vec<Tree> {
        let files = files.iter().filter(|(path, _)| path != ".rolelint.yaml");
        files
            .map(|(_, text)| parse(&Arc::from(text.as_str())))
            .collect()
    };
    let (old, new) = (trees(before), trees(after));
    for (number, tree) in new.iter().enumerate() {
        let errors = old.get(number).map_or(0, |old| old.errors().len());
        assert!(
            tree.errors().len() <= errors,
            "{}\n{:?}",
            shown(),
            tree.errors()
        );
    }
    let sorted = |trees: &[Tree]| {
        let mut comments: Vec<String> = trees.iter().flat_map(comments).collect();
        comments.sort();
        comments
    };
    let (old, mut new) = (sorted(&old), sorted(&new));
    for comment in old {
        // Only a comment that silences nothing may go.
        let at = new.iter().position(|known| *known == comment);
        let is_about = finding.rule.id == "unused-ignore" && comment.contains("rolelint");
        assert!(
            at.is_some() || is_about,
            "{comment} is gone after {}",
            shown()
        );
        if let Some(at) = at {
            new.remove(at);
        }
    }
}

/// One mend of one finding, tried.
struct Tried {
    number: usize,
    key: String,
    title: String,
    rule: &'static str,
    safety: Safety,
    files: Files,
}

#[test]
fn every_mend_keeps_its_promise() {
    let start = std::time::Instant::now();
    let rounds: usize =
        std::env::var("ROLELINT_ROUNDS").map_or(400, |rounds| rounds.parse().unwrap());
    let first: u64 = std::env::var("FIRST").map_or(0, |rounds| rounds.parse().unwrap());
    let mut dice = Dice::new(first);
    let organisations: Vec<Files> = (0..rounds)
        .map(|_| roles::organisation(&mut dice))
        .collect();
    let before = Many::check(&organisations);
    eprintln!(
        "checked {} findings {:?}",
        before.outcome.findings.len(),
        start.elapsed()
    );
    let mut tried = Vec::new();
    let mut counts: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut by_rule: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    before.outcome.with_fixer(|fixer| {
        for (number, files) in organisations.iter().enumerate() {
            for finding in before.findings(number) {
                let fixes = fixer.fixes(finding);
                let count = by_rule.entry(finding.rule.id).or_default();
                count.0 += 1;
                count.1 += usize::from(!fixes.is_empty());
                for fix in fixes {
                    let after = mended(&before.outcome, files, &fix);
                    assert_read_as_well(files, &after, finding, &fix);
                    *counts
                        .entry((finding.rule.id, fix.title.clone()))
                        .or_default() += 1;
                    tried.push(Tried {
                        number,
                        key: before.key(finding),
                        title: fix.title,
                        rule: finding.rule.id,
                        safety: fix.safety,
                        files: after,
                    });
                }
            }
        }
    });
    eprintln!("fixes {} {:?} {by_rule:#?}", tried.len(), start.elapsed());
    let broken = organisations
        .iter()
        .flatten()
        .filter(|(_, text)| !parse(&Arc::from(text.as_str())).errors().is_empty())
        .count();
    eprintln!(
        "broken {broken} of {}",
        organisations.iter().map(Vec::len).sum::<usize>()
    );
    let all: Vec<Files> = tried.iter().map(|tried| tried.files.clone()).collect();
    let after = Many::check(&all);
    eprintln!("again {:?}", start.elapsed());
    let mut failed: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for (at, tried) in tried.iter().enumerate() {
        let shown = || {
            let files = &organisations[tried.number];
            format!(
                "\"{}\" for {}:\n{}\n{files:?}\n",
                tried.title,
                tried.key,
                diff(files, &tried.files)
            )
        };
        let (old, new) = (
            before.count(tried.number, &tried.key),
            after.count(at, &tried.key),
        );
        if new >= old {
            failed
                .entry((tried.rule, "still there"))
                .or_default()
                .push(shown());
        }
        let (old, new) = (
            before.errors(tried.number, tried.safety),
            after.errors(at, tried.safety),
        );
        if new.len() > old.len() {
            let more: Vec<&String> = new.iter().filter(|one| !old.contains(one)).collect();
            failed
                .entry((tried.rule, "more errors"))
                .or_default()
                .push(format!("{more:#?}\n{}", shown()));
        }
    }
    for (what, all) in &failed {
        println!("{what:?}: {}", all.len());
        for one in all
            .iter()
            .take(std::env::var("SHOW").map_or(1, |show| show.parse().unwrap()))
        {
            println!("{one}");
        }
    }
    assert!(failed.is_empty());
    eprintln!("done {:?}", start.elapsed());
}
