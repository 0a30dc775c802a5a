//! The diagnostic format of reviewdog. Columns are in bytes of UTF-8, as it asks for, and paths are relative to the
//! folder of the run, where it looks for them.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::FormatOptions;
use super::site::{Site, Sites, paragraphs, wants_fixes};
use crate::rules::{Finding, Fix, Outcome, Target};
use crate::text::{Span, apply};
use crate::workspace::Severity;

/// One JSON object with everything.
///
/// # Errors
/// When `out` cannot be written to.
pub fn rdjson(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut sites = Sites::new(outcome, &options.base);
    let with_fixes = wants_fixes(outcome, options);
    let diagnostics: Vec<Value> = outcome.with_fixer(|fixer| {
        let diagnostic = |finding: &Finding| {
            let fixes = match with_fixes {
                true => fixer.fixes(finding),
                false => Vec::new(),
            };
            diagnostic(finding, &fixes, &mut sites)
        };
        outcome.listed().map(diagnostic).collect()
    });
    let result = json!({
        "source": {"name": "rolelint"},
        "diagnostics": diagnostics,
    });
    serde_json::to_writer_pretty(&mut *out, &result)?;
    writeln!(out)
}

fn diagnostic(finding: &Finding, fixes: &[Fix], sites: &mut Sites<'_>) -> Value {
    let site = sites.of(finding);
    let mut diagnostic = json!({
        "message": paragraphs(finding).join("\n"),
        "location": location(&site),
        "severity": match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Hint => "INFO",
        },
        "code": {"value": finding.rule.id},
    });
    let suggestions: Vec<Value> = fixes
        .iter()
        .filter_map(|fix| suggestion(finding, fix, sites))
        .collect();
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| {
            let site = sites.first_line(related.file, related.span);
            json!({"message": related.message, "location": location(&site)})
        })
        .collect();
    if let Some(object) = diagnostic.as_object_mut() {
        if !suggestions.is_empty() {
            object.insert("suggestions".to_owned(), suggestions.into());
        }
        if !related.is_empty() {
            object.insert("related_locations".to_owned(), related.into());
        }
    }
    diagnostic
}

fn location(site: &Site) -> Value {
    json!({"path": site.path, "range": range(site)})
}

fn range(site: &Site) -> Value {
    json!({
        "start": {"line": site.start.line, "column": site.start.byte},
        "end": {"line": site.end.line, "column": site.end.byte},
    })
}

/// A mend as one piece of new text, which is all that a suggestion can be: several edits become one, and what also
/// changes other files is none.
fn suggestion(finding: &Finding, fix: &Fix, sites: &mut Sites<'_>) -> Option<Value> {
    let [change] = fix.changes.as_slice() else {
        return None;
    };
    if change.target != Target::File(finding.file) {
        return None;
    }
    let spans = change.edits.iter().map(|edit| edit.span);
    let whole = spans.reduce(Span::to)?;
    let old = sites.texts.slice(finding.file, whole);
    let inside: Vec<_> = change
        .edits
        .iter()
        .map(|edit| {
            let mut edit = edit.clone();
            edit.span.start -= whole.start;
            edit.span.end -= whole.start;
            edit
        })
        .collect();
    let text = apply(old, &inside)?;
    let site = sites.whole(finding.file, whole);
    Some(json!({"range": range(&site), "text": text}))
}
