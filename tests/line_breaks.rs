//! Mends of files with Windows line breaks do what they do in other files, and write no other line breaks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::Path;

use rolelint::rules::{Fix, RULES};
use support::{check_files, mended};

type Files = Vec<(String, String)>;

/// The files of each case in `tests/rules/RULE.md`.
fn cases(rule: &str) -> Vec<Files> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rules/{rule}.md"));
    let markdown = std::fs::read_to_string(path).unwrap();
    let mut cases = vec![Files::new()];
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            cases.push(Files::new());
        }
        if let Some(block) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if let Some(path) = block.strip_prefix("yaml ") {
                let text = format!("{}\n", body.join("\n"));
                cases.last_mut().unwrap().push((path.to_owned(), text));
            }
        }
    }
    cases
}

fn windows(files: &Files) -> Files {
    let text = |text: &str| text.replace('\n', "\r\n");
    files
        .iter()
        .map(|(path, own)| (path.clone(), text(own)))
        .collect()
}

/// Every mend of the findings of a rule, with the files as they are after it.
fn all_mended(rule: &str, files: &Files) -> Vec<(String, Files)> {
    let outcome = check_files(files);
    let of_rule = outcome
        .findings
        .iter()
        .filter(|finding| finding.rule.id == rule);
    let fixes: Vec<Fix> = of_rule.flat_map(|finding| outcome.fixes(finding)).collect();
    fixes
        .into_iter()
        .map(|fix| (fix.title.clone(), mended(files, &outcome, &fix)))
        .collect()
}

#[test]
fn mends_keep_windows_line_breaks() {
    let mut count = 0;
    for rule in RULES.iter().filter(|rule| rule.fix.is_some()) {
        for files in cases(rule.id) {
            let wanted = all_mended(rule.id, &files);
            if wanted.is_empty() {
                continue;
            }
            count += wanted.len();
            let found = all_mended(rule.id, &windows(&files));
            let titles = |all: &[(String, Files)]| -> Vec<String> {
                all.iter().map(|(title, _)| title.clone()).collect()
            };
            assert_eq!(titles(&found), titles(&wanted), "{}: {files:#?}", rule.id);
            for ((title, wanted), (_, found)) in wanted.iter().zip(&found) {
                assert_eq!(found, &windows(wanted), "{}: {title}", rule.id);
            }
        }
    }
    assert!(count > 100, "{count} mends are few");
}
