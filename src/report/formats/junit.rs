//! A JUnit report: a suite for each file that was checked, a case for each finding.
//!
//! What fails the check fails its case; what is below `--fail-on` passes and says so in its output, and what a baseline
//! knows is skipped. A file without findings is one case that passes.

use std::collections::HashMap;
use std::io::{self, Write};

use super::FormatOptions;
use super::site::{Sites, sentence, with_related};
use super::xml::{attributes, escape};
use crate::rules::{Finding, Outcome};
use crate::workspace::FileId;

/// How cases ended.
#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Counts {
    fn add(&mut self, verdict: Verdict) {
        self.tests += 1;
        match verdict {
            Verdict::Fails => self.failures += 1,
            Verdict::Skipped => self.skipped += 1,
            Verdict::Passes => {}
        }
    }

    fn attributes(self, name: &str) -> String {
        attributes(&[
            ("name", name),
            ("tests", &self.tests.to_string()),
            ("failures", &self.failures.to_string()),
            ("errors", "0"),
            ("skipped", &self.skipped.to_string()),
        ])
    }
}

#[derive(Clone, Copy)]
enum Verdict {
    Fails,
    Passes,
    Skipped,
}

/// One `<testsuites>` with everything.
///
/// # Errors
/// When `out` cannot be written to.
pub fn junit(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut by_file: HashMap<FileId, Vec<(&Finding, Verdict)>> = HashMap::new();
    let mut files = outcome.checked.clone();
    for finding in outcome.listed() {
        let of_file = by_file.entry(finding.file).or_default();
        of_file.push((finding, verdict(outcome, finding, options)));
        // A configuration is no role file and can have findings all the same.
        if of_file.len() == 1 && !outcome.checked.contains(&finding.file) {
            files.push(finding.file);
        }
    }
    let paths = outcome.sources.files();
    files.sort_by(|a, b| paths.path(*a).cmp(paths.path(*b)));
    let mut all = Counts::default();
    let suites: Vec<(FileId, Counts)> = files
        .into_iter()
        .map(|file| {
            let mut counts = Counts::default();
            match by_file.get(&file) {
                Some(findings) => findings
                    .iter()
                    .for_each(|(_, verdict)| counts.add(*verdict)),
                None => counts.add(Verdict::Passes),
            }
            all.tests += counts.tests;
            all.failures += counts.failures;
            all.skipped += counts.skipped;
            (file, counts)
        })
        .collect();
    let mut sites = Sites::new(outcome, &options.root);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites{}>", all.attributes("rolelint"))?;
    for (file, counts) in suites {
        let path = sites.path(file);
        writeln!(out, "  <testsuite{}>", counts.attributes(&path))?;
        match by_file.get(&file) {
            Some(findings) => cases(findings, &path, &mut sites, out)?,
            None => {
                let case = [
                    ("name", "no findings"),
                    ("classname", &*path),
                    ("file", &*path),
                ];
                writeln!(out, "    <testcase{}/>", attributes(&case))?;
            }
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn verdict(outcome: &Outcome, finding: &Finding, options: &FormatOptions) -> Verdict {
    if outcome.is_known(finding) {
        Verdict::Skipped
    } else if options
        .fail_on
        .is_some_and(|least| finding.severity >= least)
    {
        Verdict::Fails
    } else {
        Verdict::Passes
    }
}

fn cases(
    findings: &[(&Finding, Verdict)],
    path: &str,
    sites: &mut Sites<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut names: HashMap<String, u32> = HashMap::new();
    for (finding, verdict) in findings {
        let site = sites.of(finding);
        // Services follow a case from run to run by its name, so no line is in it.
        let mut name = format!("{}: {}", finding.rule.id, finding.message);
        let count = names.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name.push_str(&format!(" ({count})"));
        }
        let line = site.start.line.to_string();
        let case = attributes(&[
            ("name", &name),
            ("classname", path),
            ("file", path),
            ("line", &line),
        ]);
        let text = format!(
            "{path}:{line}:{}: {}\n{}",
            site.start.character,
            finding.severity.name(),
            with_related(finding, sites).join("\n")
        );
        writeln!(out, "    <testcase{case}>")?;
        let kind = format!("{} {}", finding.severity.name(), finding.rule.id);
        match verdict {
            Verdict::Fails => {
                let failure = attributes(&[("message", &sentence(finding)), ("type", &kind)]);
                writeln!(out, "      <failure{failure}>{}</failure>", lines(&text))?;
            }
            Verdict::Skipped => {
                let why = attributes(&[("message", "known from the baseline")]);
                writeln!(out, "      <skipped{why}/>")?;
            }
            Verdict::Passes => {
                writeln!(out, "      <system-out>{}</system-out>", lines(&text))?;
            }
        }
        writeln!(out, "    </testcase>")?;
    }
    Ok(())
}

/// A text between tags, where line breaks stay what they are.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(escape).collect();
    lines.join("\n")
}
