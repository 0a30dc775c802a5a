//! Logging commands of Azure Pipelines.
//!
//! Only ten are shown for a job, so the worst come first. There are errors and warnings; a hint is a line of the log.
//! Columns are in Unicode characters.

use std::io::{self, Write};

use super::FormatOptions;
use super::site::{Sites, with_related, worst_first};
use crate::rules::Outcome;
use crate::workspace::Severity;

/// A logging command for each error and each warning, a line for each hint.
///
/// # Errors
/// When `out` cannot be written to.
pub fn azure(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut sites = Sites::new(outcome, &options.root);
    for finding in worst_first(outcome) {
        let site = sites.of(finding);
        let text = with_related(finding, &mut sites).join("\n");
        let (line, column) = (site.start.line, site.start.character);
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => {
                let hint = format!("{}:{line}:{column}: hint: {text}", site.path);
                writeln!(out, "{}", plain(&hint))?;
                continue;
            }
        };
        writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={line};columnnumber={column};code={};]{}",
            property(&site.path),
            property(finding.rule.id),
            data(&text),
        )?;
    }
    Ok(())
}

/// A line of the log that is no command, whatever names it holds: the agent looks for commands anywhere in a line.
fn plain(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    line.replace("##", "# #")
}

/// The message of a command: on one line.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value between `=` and `;`.
fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
