//! Workflow commands: GitHub shows them as annotations in a pull request.
//!
//! Of each kind only ten are shown for a step, so the worst come first. Columns are in Unicode characters; GitHub does
//! not say how it counts them, and shows annotations below a whole line.

use std::io::{self, Write};

use super::FormatOptions;
use super::site::{Sites, with_related, worst_first};
use crate::rules::Outcome;
use crate::workspace::Severity;

/// How many annotations of a kind GitHub shows for a step.
const SHOWN: usize = 10;

/// A workflow command for each finding.
///
/// # Errors
/// When `out` cannot be written to.
pub fn github(outcome: &Outcome, options: &FormatOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut sites = Sites::new(outcome, &options.root);
    let mut kinds = [0_usize; 3];
    for finding in worst_first(outcome) {
        let (command, kind) = match finding.severity {
            Severity::Error => ("error", 0),
            Severity::Warning => ("warning", 1),
            Severity::Hint => ("notice", 2),
        };
        kinds[kind] += 1;
        let site = sites.of(finding);
        let known = if outcome.is_known(finding) {
            "known: "
        } else {
            ""
        };
        // The log shows the message alone, so it says where it belongs.
        let (line, column) = (site.start.line, site.start.character);
        let place = format!("{}:{line}:{column}: {known}", site.path);
        let body = with_related(finding, &mut sites).join("\n");
        writeln!(
            out,
            "::{command} file={},line={line},endLine={},col={column},endColumn={},title={}::{}",
            property(&site.path),
            site.end.line,
            site.end.character,
            property(finding.rule.id),
            data(&format!("{place}{body}")),
        )?;
    }
    let hidden: usize = kinds.iter().map(|count| count.saturating_sub(SHOWN)).sum();
    if hidden > 0 {
        let them = if hidden == 1 {
            "1 more is"
        } else {
            &format!("{hidden} more are")
        };
        writeln!(
            out,
            "GitHub shows {SHOWN} annotations of each kind for a step; {them} only in this log."
        )?;
    }
    Ok(())
}

/// The message of a command: on one line.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value between `=` and `,`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
