//! The symbols of a matrix, the same in every picture of it.

use crate::report::coverage::{Coverage, CoverageCell, CoverageDuty, CoverageState, Has, Verdict};

/// What a seat has of a duty, as a symbol and in words, in the order of the legend.
pub(super) const HAS: [(Has, &str, &str); 7] = [
    (Has::Pinned, "◆", "named by its id"),
    (Has::Recognized, "●", "a line is read as it"),
    (Has::Assumed, "○", "assumed, as the seat lists nothing"),
    (Has::Perhaps, "?", "a line may be it"),
    (Has::Part, "◐", "has a part"),
    (Has::Accountable, "A", "answers for it (shared)"),
    (Has::Responsible, "R", "does the work (shared)"),
];

/// Behind a symbol: the catalog gives it to another role.
pub(super) const WRONG: &str = "!";
/// Behind a symbol: another seat has it too.
pub(super) const TWICE: &str = "×";
/// Nobody has it, and nobody has to.
pub(super) const SPARE: &str = "–";
/// Nobody has it.
pub(super) const NOBODY: &str = "✗";

/// The symbol of what a seat has; empty for nothing.
pub(super) fn symbol(has: Has) -> &'static str {
    let found = HAS.iter().find(|(known, ..)| *known == has);
    found.map_or("", |(_, symbol, _)| symbol)
}

/// The symbol of what is wrong; empty for nothing.
pub(super) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fine => "",
        Verdict::WrongSeat => WRONG,
        Verdict::Clash => TWICE,
    }
}

/// How much a row needs somebody to look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alarm {
    /// Not at all.
    None,
    /// It is not clear who has it, it is on the wrong seat, or held twice.
    Look,
    /// Nobody has it.
    Nobody,
}

/// What a row needs, and its symbol.
pub(super) fn alarm(duty: &CoverageDuty) -> (Alarm, &'static str) {
    let is = |wanted: Verdict| duty.cells.iter().any(|cell| cell.verdict == wanted);
    match duty.state {
        _ if duty.core && duty.is_hole() => (Alarm::Nobody, NOBODY),
        CoverageState::Unclear => (Alarm::Look, "?"),
        _ if is(Verdict::Clash) => (Alarm::Look, TWICE),
        _ if is(Verdict::WrongSeat) => (Alarm::Look, WRONG),
        _ => (Alarm::None, ""),
    }
}

/// What there is to say of a row: nothing where somebody has it and all is well.
pub(super) fn remarks(coverage: &Coverage, duty: &CoverageDuty) -> Vec<String> {
    let mut all = Vec::new();
    match duty.state {
        CoverageState::Open | CoverageState::Empty | CoverageState::Unclear => {
            all.push(coverage.answer(duty));
        }
        CoverageState::Spare => all.push(SPARE.to_owned()),
        CoverageState::Assumed => all.push("assumed".to_owned()),
        CoverageState::Covered | CoverageState::Shared => {}
    }
    let is = |wanted: Verdict| {
        let wanted = |cell: &CoverageCell| cell.verdict == wanted;
        duty.cells.iter().any(wanted)
    };
    if is(Verdict::Clash) {
        all.push("held twice".to_owned());
    }
    if is(Verdict::WrongSeat) {
        all.push("wrong seat".to_owned());
    }
    all
}
