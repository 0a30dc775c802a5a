//! The Code Quality report of GitLab: a list that a merge request compares with that of its target branch.
//!
//! What GitLab shows is `description` and where it stands; `content` is shown by some readers of the same format.
//! Columns are in Unicode characters; GitLab shows lines only.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::FormatOptions;
use super::site::{Sites, paragraphs, sentence, with_related};
use crate::rules::{Finding, Outcome};
use crate::workspace::Severity;

/// A JSON list with an object for each finding.
///
/// # Errors
/// When `out` cannot be written to.
pub fn gitlab(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut sites = Sites::new(outcome, &options.root);
    let mut seen = HashMap::new();
    let issues: Vec<Value> = outcome
        .listed()
        .map(|finding| issue(finding, &mut sites, &mut seen))
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue(finding: &Finding, sites: &mut Sites<'_>, seen: &mut HashMap<u64, u32>) -> Value {
    let site = sites.of(finding);
    // Two organisations in one repository may have findings of one fingerprint, and GitLab drops the second.
    let count = seen.entry(finding.fingerprint).or_insert(0);
    *count += 1;
    let fingerprint = match *count {
        1 => format!("{:016x}", finding.fingerprint),
        count => format!("{:016x}-{count}", finding.fingerprint),
    };
    let help = match paragraphs(finding).pop() {
        Some(last) if !finding.help.is_empty() => format!(" {}", last.replace('\n', " ")),
        _ => String::new(),
    };
    let place = |place: &crate::report::excerpt::Place| json!({"line": place.line, "column": place.character});
    let (begin, end) = (place(&site.start), place(&site.end));
    json!({
        "type": "issue",
        "check_name": finding.rule.id,
        "description": format!("{}{help}", sentence(finding)),
        "content": {"body": with_related(finding, sites).join("\n\n")},
        "severity": match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Hint => "info",
        },
        "fingerprint": fingerprint,
        "location": {"path": site.path, "positions": {"begin": begin, "end": end}},
    })
}
