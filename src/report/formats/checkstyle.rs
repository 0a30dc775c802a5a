//! The XML of Checkstyle, which many review tools read. Columns are in Unicode characters.

use std::io::{self, Write};

use super::FormatOptions;
use super::site::{Sites, with_related};
use super::xml::attributes;
use crate::rules::Outcome;
use crate::workspace::Severity;

/// A `<file>` for each file with findings, with an `<error>` for each of them.
///
/// # Errors
/// When `out` cannot be written to.
pub fn checkstyle(
    outcome: &Outcome,
    options: &FormatOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sites = Sites::new(outcome, &options.root);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    // The version of the form, not ours.
    writeln!(out, "<checkstyle version=\"4.3\">")?;
    let findings: Vec<_> = outcome.listed().collect();
    for file in findings.chunk_by(|a, b| a.file == b.file) {
        let Some(first) = file.first() else { continue };
        let path = sites.path(first.file);
        writeln!(out, "  <file{}>", attributes(&[("name", &path)]))?;
        for finding in file {
            let site = sites.of(finding);
            let error = attributes(&[
                ("line", &site.start.line.to_string()),
                ("column", &site.start.character.to_string()),
                (
                    "severity",
                    match finding.severity {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        Severity::Hint => "info",
                    },
                ),
                ("message", &with_related(finding, &mut sites).join("\n")),
                ("source", &format!("rolelint.{}", finding.rule.id)),
            ]);
            writeln!(out, "    <error{error}/>")?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
