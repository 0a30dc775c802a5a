//! What a coverage comes to, in words that every format has in common.

use std::fmt::Write as _;

use super::super::count;
use super::{
    Coverage, CoverageCell, CoverageDuty, CoverageHolder, CoverageSeat, CoverageState, Has, Verdict,
};

/// How many teams are listed before the others are counted.
const TEAMS: usize = 4;

impl Coverage {
    /// What it comes to, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let summary = self.summary;
        let mut all = Vec::new();
        if !self.defined {
            all.push("No file defines it, so nobody knows what its own seats hold.".to_owned());
        }
        all.push(self.held());
        if summary.misplaced > 0 {
            all.push(format!(
                "{} on another seat than the catalog says.",
                match summary.misplaced {
                    1 => "1 line stands".to_owned(),
                    number => format!("{} stand", count(number, "line")),
                }
            ));
        }
        if summary.clashes > 0 {
            let held = if summary.clashes == 1 { "is" } else { "are" };
            all.push(format!(
                "{} {held} held twice, and nothing says who has the last word.",
                duties(summary.clashes)
            ));
        }
        all
    }

    /// How many of the duties that must be held somebody has.
    fn held(&self) -> String {
        let summary = self.summary;
        let assumed = match summary.assumed {
            0 => String::new(),
            all if all == summary.covered => " (assumed, as the seats list nothing)".to_owned(),
            some => format!(" ({some} of them assumed)"),
        };
        match summary.needed {
            0 => "No duty has to be held here.".to_owned(),
            1 if summary.covered == 1 => {
                format!("The 1 duty that must be held has somebody{assumed}.")
            }
            needed if summary.covered == needed => format!(
                "All {} that must be held have somebody{assumed}.",
                duties(needed)
            ),
            needed => {
                let mut text = format!(
                    "{} of {} that must be held have somebody{assumed}",
                    summary.covered,
                    duties(needed)
                );
                for (number, one, several) in [
                    (summary.open, "has nobody", "have nobody"),
                    (
                        summary.empty,
                        "stands on an empty seat",
                        "stand on empty seats",
                    ),
                    (summary.unclear, "is not clear", "are not clear"),
                ] {
                    let words = if number == 1 { one } else { several };
                    if number > 0 {
                        let _ = write!(text, ", {number} {words}");
                    }
                }
                text.push('.');
                text
            }
        }
    }
}

impl CoverageSeat {
    /// Who sits in it: "Ana Lima (interim until 2026-09-30)", "vacant since 2026-01-10, nobody covers".
    pub fn sits(&self) -> String {
        let names: Vec<String> = self.holders.iter().map(CoverageHolder::shown).collect();
        let names = names.join(", ");
        match self.state {
            "vacant" => {
                let since = self.vacant_since.as_ref();
                let since = since.map_or_else(String::new, |since| format!(" since {since}"));
                let who = match (&self.cover, names.as_str()) {
                    (Some(cover), _) => format!("{} covers", cover.shown()),
                    (None, "") => "nobody covers".to_owned(),
                    // A contradiction, which `check` reports; both are shown.
                    (None, names) => format!("with {names}"),
                };
                format!("vacant{since}, {who}")
            }
            "held" if self.holders.is_empty() => "somebody".to_owned(),
            _ if self.holders.is_empty() => "not said who".to_owned(),
            _ if self.job_share => format!("{names} (job share)"),
            _ => names,
        }
    }
}

impl CoverageHolder {
    /// The name, with what is not as usual about it.
    pub fn shown(&self) -> String {
        let mut notes = Vec::new();
        let mut terms = match self.status {
            "permanent" => String::new(),
            status => status.to_owned(),
        };
        // How long somebody has been there for good says nothing about who answers.
        let since = self.since.as_ref().filter(|_| !terms.is_empty());
        for (word, day) in [("since", since), ("until", self.until.as_ref())] {
            if let Some(day) = day {
                let blank = if terms.is_empty() { "" } else { " " };
                let _ = write!(terms, "{blank}{word} {day}");
            }
        }
        notes.extend(Some(terms).filter(|terms| !terms.is_empty()));
        notes.extend(self.left.as_ref().map(|left| format!("left {left}")));
        match notes.as_slice() {
            [] => self.name.clone(),
            notes => format!("{} ({})", self.name, notes.join(", ")),
        }
    }
}

impl Has {
    /// In words; `None` for nothing.
    pub fn words(self) -> Option<&'static str> {
        Some(match self {
            Has::Nothing => return None,
            Has::Part => "has a part",
            Has::Responsible => "does the work",
            Has::Accountable => "answers for it",
            Has::Assumed => "assumed",
            Has::Perhaps => "perhaps",
            Has::Recognized => "has it",
            Has::Pinned => "has it, by id",
        })
    }
}

impl CoverageCell {
    /// What is wrong about it, in words.
    pub fn wrong(&self) -> Option<&'static str> {
        match self.verdict {
            Verdict::Fine => None,
            Verdict::WrongSeat => Some("wrong seat"),
            Verdict::Clash => Some("held twice"),
        }
    }
}

impl Coverage {
    /// Whether somebody has a duty, in words.
    pub fn answer(&self, duty: &CoverageDuty) -> String {
        match duty.state {
            CoverageState::Spare => "–".to_owned(),
            CoverageState::Covered => "yes".to_owned(),
            CoverageState::Shared => "shared".to_owned(),
            CoverageState::Assumed => "assumed".to_owned(),
            CoverageState::Unclear => "not clear".to_owned(),
            CoverageState::Empty => format!("empty seat{}", self.among(&duty.empty_in)),
            CoverageState::Open => {
                let mut text = format!("nobody{}", self.among(&duty.missing_in));
                if !duty.empty_in.is_empty() {
                    let _ = write!(text, ", empty seat{}", self.among(&duty.empty_in));
                }
                text
            }
        }
    }

    /// In which teams, where that is not clear anyway: " in Checkout, Search".
    fn among(&self, teams: &[String]) -> String {
        match (self.teams.len(), teams.len()) {
            (0 | 1, _) | (_, 0) => String::new(),
            (all, some) if all == some => " in every team".to_owned(),
            _ => {
                let some = teams.iter().take(TEAMS).map(|team| self.unit_title(team));
                let mut text = format!(" in {}", some.collect::<Vec<_>>().join(", "));
                if let Some(more @ 1..) = teams.len().checked_sub(TEAMS) {
                    let _ = write!(text, " and {}", count(more, "more team"));
                }
                text
            }
        }
    }
}

impl CoverageDuty {
    /// Whether nobody has it, or only an empty seat.
    pub fn is_hole(&self) -> bool {
        matches!(self.state, CoverageState::Open | CoverageState::Empty)
    }
}

/// So many duties.
pub(in super::super) fn duties(number: usize) -> String {
    match number {
        1 => "1 duty".to_owned(),
        number => format!("{number} duties"),
    }
}
