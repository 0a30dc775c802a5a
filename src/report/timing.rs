//! Where the time went.

use std::io::{self, Write};
use std::time::Duration;

use crate::rules::Meter;

/// How many rules are listed.
const LISTED: usize = 10;

/// A line for each stage, then the slowest rules. `total` is the time on the clock on the wall.
///
/// # Errors
/// When `out` cannot be written to.
pub fn timing(meter: &Meter, total: Duration, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Where the time went (on all threads together):")?;
    for (stage, time) in meter.stages() {
        writeln!(out, "  {:12}{}", stage.name(), millis(time))?;
    }
    writeln!(out, "  {:12}{}", "on the clock", millis(total))?;
    writeln!(out, "The slowest rules:")?;
    let rules = meter.rules();
    let width = rules.iter().take(LISTED).map(|(rule, _)| rule.id.len());
    let width = width.max().unwrap_or(0);
    for (rule, time) in rules.iter().take(LISTED) {
        writeln!(out, "  {:width$}{}", rule.id, millis(*time))?;
    }
    Ok(())
}

fn millis(time: Duration) -> String {
    format!("{:>10.2} ms", time.as_secs_f64() * 1_000.0)
}
