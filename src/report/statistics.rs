//! How many findings there are of each rule.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Paint;
use crate::rules::{Group, Outcome, Rule};
use crate::workspace::Severity;

/// The findings of a rule.
#[derive(Debug, Serialize)]
struct Row {
    rule: &'static str,
    #[serde(serialize_with = "group")]
    group: Group,
    severity: Severity,
    /// Those that no baseline knows.
    findings: usize,
    /// Those that a baseline knows.
    known: usize,
    #[serde(skip)]
    of: &'static Rule,
}

fn group<S: serde::Serializer>(group: &Group, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(group.name())
}

/// The most frequent first. Of findings of different severity the worst counts.
fn rows(outcome: &Outcome) -> Vec<Row> {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for finding in &outcome.findings {
        let row = rows.entry(finding.rule.id).or_insert(Row {
            rule: finding.rule.id,
            group: finding.rule.group,
            severity: finding.severity,
            findings: 0,
            known: 0,
            of: finding.rule,
        });
        row.severity = row.severity.max(finding.severity);
        match outcome.is_known(finding) {
            true => row.known += 1,
            false => row.findings += 1,
        }
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.findings, row.known)));
    rows
}

/// A line for each rule that found something.
///
/// # Errors
/// When `out` cannot be written to.
pub fn statistics(outcome: &Outcome, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let rows = rows(outcome);
    let rule = rows.iter().map(|row| row.rule.len()).max().unwrap_or(0);
    let digits = |count: usize| count.to_string().len();
    let width = rows
        .iter()
        .map(|row| digits(row.findings))
        .max()
        .unwrap_or(0);
    for row in &rows {
        let severity = format!("{:7}", row.severity.name());
        let known = match row.known {
            0 => String::new(),
            known => format!(" (and {known} known)"),
        };
        writeln!(
            out,
            "{:width$}  {}  {:rule$}  {}{known}",
            row.findings,
            paint.severity(Some(row.severity), &severity),
            row.rule,
            row.of.summary
        )?;
    }
    if !rows.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// A JSON list with an object for each rule that found something.
///
/// # Errors
/// When `out` cannot be written to.
pub fn statistics_json(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &rows(outcome))?;
    writeln!(out)
}
