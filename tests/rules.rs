//! Every rule on files that somebody could have typed, with exactly what is printed.
//!
//! `tests/rules/RULE.md` has a heading for each case, the files of the case in blocks like
//! ```` ```yaml checkout.roles.yaml ```` (with ` (CRLF)` behind it for the line breaks of Windows), and a block ```` ```output ```` with what the rule says. Only the rule's own
//! findings are shown, unless the heading ends in "(all rules)". A block ```` ```fixes ```` behind it has the mends of these
//! findings, each with what it changes. `ROLELINT_UPDATE=1` writes the output anew.
//!
//! Every mend of every finding in every case is tried, and held to what mends promise.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::{Path, PathBuf};

use rolelint::rules::{Outcome, RULES, Rule};
use rolelint::workspace::Severity;
use support::{assert_file, check_files, mended, shown, shown_fixes};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// Runs the cases of a Markdown file and returns the file with the outputs as they are now.
fn run(rule: &Rule, markdown: &str) -> String {
    let mut result = String::new();
    let mut heading = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    let mut fixes = String::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            heading = line.to_owned();
            files.clear();
        }
        let Some(block) = line.strip_prefix("```") else {
            result.push_str(line);
            result.push('\n');
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let mut body = body.join("\n");
        if let Some(path) = block.strip_prefix("yaml ") {
            let text = format!("{body}\n");
            files.push(match path.strip_suffix(" (CRLF)") {
                Some(path) => (path.to_owned(), text.replace('\n', "\r\n")),
                None => (path.to_owned(), text),
            });
        } else if block == "output" {
            let mut outcome = check_files(&files);
            let mut own = outcome.findings.clone();
            if !heading.ends_with("(all rules)") {
                own.retain(|finding| finding.rule == rule);
            }
            // Whether or not the case shows them; what other rules say counts for what mends promise.
            fixes = shown_fixes(&files, &outcome, &own);
            outcome.findings = own;
            body = shown(&outcome);
        } else if block == "fixes" {
            body.clone_from(&fixes);
        }
        let body = if body.is_empty() {
            body
        } else {
            format!("{body}\n")
        };
        result.push_str(&format!("```{block}\n{body}```\n"));
    }
    result
}

#[test]
fn each_rule_prints_what_its_cases_show() {
    for rule in RULES.iter() {
        let path = folder().join(format!("{}.md", rule.id));
        let markdown = std::fs::read_to_string(&path).unwrap_or_default();
        assert_file(&path, &run(rule, &markdown));
    }
}

/// The files of each case of a Markdown file.
fn cases(markdown: &str) -> Vec<Vec<(String, String)>> {
    let mut cases = Vec::new();
    for case in markdown.split("\n## ").skip(1) {
        let blocks = case.split("\n```yaml ").skip(1);
        let files = blocks.filter_map(|block| {
            let (path, rest) = block.split_once('\n')?;
            let (text, _) = rest.split_once("\n```")?;
            Some((path.to_owned(), format!("{text}\n")))
        });
        cases.push(files.collect());
    }
    cases
}

/// The title of a mend, and the files after it.
type Mended = (String, Vec<(String, String)>);

/// Every mend of some files: what it is called, and the files after it.
fn all_mended(files: &[(String, String)]) -> Vec<Mended> {
    let outcome = check_files(files);
    let findings = outcome.findings.iter();
    let fixes = findings.flat_map(|finding| {
        let fixes = outcome.fixes(finding).into_iter();
        fixes.map(|fix| {
            (
                format!("{}: {}", finding.rule.id, fix.title),
                mended(files, &outcome, &fix),
            )
        })
    });
    fixes.collect()
}

#[test]
fn mends_keep_to_the_line_breaks_of_a_file() {
    let changed =
        |files: &[(String, String)], change: &dyn Fn(&str) -> String| -> Vec<(String, String)> {
            let files = files.iter();
            files
                .map(|(path, text)| (path.clone(), change(text)))
                .collect()
        };
    for rule in RULES.iter().filter(|rule| rule.fix.is_some()) {
        let path = folder().join(format!("{}.md", rule.id));
        let markdown = std::fs::read_to_string(path).unwrap_or_default();
        for files in cases(&markdown) {
            let usual = all_mended(&files);
            let long = all_mended(&changed(&files, &|text| text.replace('\n', "\r\n")));
            let wanted = usual.iter().map(|(title, files)| {
                (
                    title.clone(),
                    changed(files, &|text| text.replace('\n', "\r\n")),
                )
            });
            assert_eq!(long, wanted.collect::<Vec<_>>(), "{}", rule.id);
            // A file whose last line has no break gets one only where lines are put behind it.
            let trimmed = |text: &str| text.trim_end_matches('\n').to_owned();
            for (title, open) in all_mended(&changed(&files, &trimmed)) {
                let open = changed(&open, &trimmed);
                let is_same =
                    |(known, files): &Mended| *known == title && changed(files, &trimmed) == open;
                assert!(
                    usual.iter().any(is_same),
                    "{title} in {}:\n{open:#?}",
                    rule.id
                );
            }
        }
    }
}

#[test]
fn each_rule_has_a_case_that_speaks_and_one_that_stays_silent() {
    for rule in RULES.iter() {
        let markdown =
            std::fs::read_to_string(folder().join(format!("{}.md", rule.id))).unwrap_or_default();
        assert!(
            markdown.contains("```output\n```"),
            "{}: no case stays silent",
            rule.id
        );
        assert!(
            markdown.contains(&format!("[{}]", rule.id)),
            "{}: no case speaks",
            rule.id
        );
    }
}

#[test]
fn there_is_no_case_of_a_rule_that_is_gone() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let id = name.trim_end_matches(".md");
        assert!(rolelint::rules::find(id).is_some(), "{name}");
    }
}

fn example(rule: &Rule, text: &str) -> Outcome {
    // A rule that is off unless asked for is asked for.
    let config = format!(
        "rules: {{{}: {}}}\n",
        rule.id,
        rule.severity.unwrap_or(Severity::Warning).name()
    );
    check_files(&[
        (".rolelint.yaml".to_owned(), config),
        ("example.roles.yaml".to_owned(), text.to_owned()),
    ])
}

#[test]
fn the_documented_example_of_each_rule_fails_and_its_mended_form_passes() {
    for rule in RULES.iter() {
        let bad = example(rule, rule.bad);
        assert!(
            bad.findings.iter().any(|finding| finding.rule == *rule),
            "{}: nothing found in\n{}\n{}",
            rule.id,
            rule.bad,
            shown(&bad)
        );
        let good = example(rule, rule.good);
        let left: Vec<_> = good
            .findings
            .iter()
            .filter(|finding| finding.rule == *rule || finding.severity == Severity::Error)
            .collect();
        assert!(
            left.is_empty(),
            "{}:\n{}\n{}",
            rule.id,
            rule.good,
            shown(&good)
        );
    }
}

#[test]
fn the_documentation_of_each_rule_is_complete_and_plain() {
    for rule in RULES.iter() {
        for text in [rule.summary, rule.why, rule.remedy, rule.misses] {
            assert!(text.len() > 20, "{}: {text:?}", rule.id);
            assert!(!text.contains("  "), "{}: two blanks in {text:?}", rule.id);
        }
        assert!(!rule.summary.ends_with('.'), "{}", rule.id);
        for text in [rule.why, rule.remedy, rule.misses] {
            assert!(text.ends_with('.'), "{}: {text:?}", rule.id);
        }
    }
}
