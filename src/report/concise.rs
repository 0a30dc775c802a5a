use std::io::{self, Write};

use super::excerpt::Texts;
use crate::rules::Outcome;

/// A line for each finding: `path:line:column: severity[rule] what`.
///
/// # Errors
/// When `out` cannot be written to.
pub fn concise(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = Texts::new(&outcome.sources);
    for finding in outcome.listed() {
        let start = texts.position(finding.file, finding.span.start);
        writeln!(
            out,
            "{}:{}:{}: {}{}[{}] {}",
            outcome.sources.files().shown(finding.file),
            start.line,
            start.column,
            if outcome.is_known(finding) {
                "known "
            } else {
                ""
            },
            finding.severity.name(),
            finding.rule.id,
            finding.message
        )?;
    }
    Ok(())
}
