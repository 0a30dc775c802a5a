use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::excerpt::Texts;
use super::json_fix::json_fix;
use super::{JsonFix, Summary};
use crate::rules::{Finding, Outcome};
use crate::text::Position;
use crate::workspace::{Files, Severity};

/// The version of the JSON output; it grows when a program that reads it would have to change.
pub const JSON_VERSION: u32 = 1;

/// What `rolelint check --format json` prints: one object.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Output")]
pub struct JsonOutput<'a> {
    /// The version of this format: 1.
    pub version: u32,
    /// The findings, by file, place and rule.
    pub findings: Vec<JsonFinding<'a>>,
    /// What they come to.
    pub summary: JsonSummary,
}

/// Something that a rule has to say.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct JsonFinding<'a> {
    /// The rule's id, as used in ignore comments and in the configuration.
    pub rule: &'a str,
    /// The group that the rule belongs to.
    pub group: &'a str,
    /// How much it matters.
    pub severity: Severity,
    /// Whether a baseline knows it: then it fails no check.
    pub known: bool,
    /// The file: relative to the current folder where it lies in it, with `/` on every system.
    pub file: String,
    /// Where it starts.
    pub start: JsonPosition,
    /// Where it ends; this place is not part of it.
    pub end: JsonPosition,
    /// What is wrong.
    pub message: &'a str,
    /// Why it matters.
    pub why: &'a str,
    /// What to do.
    pub help: &'a str,
    /// Other places that belong to it.
    pub related: Vec<JsonRelated<'a>>,
    /// Stays the same when lines move and other places change: 16 hexadecimal digits.
    pub fingerprint: String,
    /// The ways to mend it, the best one first; only with `--show-fixes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<Vec<JsonFix>>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Related")]
pub struct JsonRelated<'a> {
    /// The file.
    pub file: String,
    /// Where it starts.
    pub start: JsonPosition,
    /// Where it ends; this place is not part of it.
    pub end: JsonPosition,
    /// What stands there.
    pub message: &'a str,
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Position")]
pub struct JsonPosition {
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Column in Unicode characters, from 1.
    #[schemars(range(min = 1))]
    pub column: u32,
    /// Offset in bytes from the start of the file, from 0.
    pub byte: u32,
}

/// What a run comes to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Summary")]
pub struct JsonSummary {
    /// New findings that are errors; what a baseline knows does not count.
    pub errors: usize,
    /// New findings that are warnings.
    pub warnings: usize,
    /// New findings that are hints.
    pub hints: usize,
    /// Files that were checked.
    pub files: usize,
    /// Findings that a baseline knows.
    pub known: usize,
    /// Files with new findings.
    pub files_with_findings: usize,
    /// Teams in the files.
    pub teams: usize,
    /// Products in the files.
    pub products: usize,
    /// Findings that were mended before the others were listed; only with `--fix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<usize>,
}

/// What the JSON output has besides the findings.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonOptions {
    /// The ways to mend each finding.
    pub fixes: bool,
    /// How many findings were mended already, where that was asked for.
    pub fixed: Option<usize>,
}

impl From<Position> for JsonPosition {
    fn from(position: Position) -> Self {
        Self {
            line: position.line,
            column: position.column,
            byte: position.byte,
        }
    }
}

/// An outcome as the object that is printed.
pub fn json_output(outcome: &Outcome, options: JsonOptions) -> JsonOutput<'_> {
    let mut texts = Texts::new(&outcome.sources);
    let files = outcome.sources.files();
    let findings = outcome.with_fixer(|fixer| {
        let with_fixes = |finding| {
            let fixes = options.fixes.then(|| fixer.fixes(finding).into_iter());
            let fixes = fixes.map(|fixes| {
                fixes
                    .map(|fix| json_fix(fix, &outcome.sources, &mut texts))
                    .collect()
            });
            let known = outcome.is_known(finding);
            json_finding(finding, known, files, fixes, &mut texts)
        };
        outcome.findings.iter().map(with_fixes).collect()
    });
    let summary = Summary::of(outcome);
    JsonOutput {
        version: JSON_VERSION,
        findings,
        summary: JsonSummary {
            errors: summary.errors,
            warnings: summary.warnings,
            hints: summary.hints,
            known: summary.known,
            files: summary.files,
            files_with_findings: summary.files_with_findings,
            teams: summary.teams,
            products: summary.products,
            fixed: options.fixed,
        },
    }
}

fn json_finding<'a>(
    finding: &'a Finding,
    known: bool,
    files: &Files,
    fixes: Option<Vec<JsonFix>>,
    texts: &mut Texts<'_>,
) -> JsonFinding<'a> {
    JsonFinding {
        rule: finding.rule.id,
        group: finding.rule.group.name(),
        severity: finding.severity,
        known,
        file: files.shown(finding.file).into_owned(),
        start: texts.position(finding.file, finding.span.start).into(),
        end: texts.position(finding.file, finding.span.end).into(),
        message: &finding.message,
        why: &finding.why,
        help: &finding.help,
        related: finding
            .related
            .iter()
            .map(|related| JsonRelated {
                file: files.shown(related.file).into_owned(),
                start: texts.position(related.file, related.span.start).into(),
                end: texts.position(related.file, related.span.end).into(),
                message: &related.message,
            })
            .collect(),
        fingerprint: format!("{:016x}", finding.fingerprint),
        fixes,
    }
}

/// One JSON object with everything.
///
/// # Errors
/// When `out` cannot be written to.
pub fn json(outcome: &Outcome, options: JsonOptions, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &json_output(outcome, options))?;
    writeln!(out)
}
