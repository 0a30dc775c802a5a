//! The coverage of a product as Markdown.

use std::fmt::Write as _;

use super::super::count;
use super::{Coverage, CoverageCell, CoverageDuty, CoverageSeat, CoverageState, Has, Verdict};

impl Coverage {
    /// As a page: what it comes to, and a table of duties by seats.
    pub fn markdown(&self) -> String {
        let name = self.name.as_ref().unwrap_or(&self.id);
        let name = if name.is_empty() { &self.label } else { name };
        let mut page = format!("# Who answers for what: {}\n\n", plain(name));
        let _ = writeln!(page, "{}", self.introduction());
        let shown: Vec<usize> = (0..self.seats.len())
            .filter(|seat| self.says_something(*seat))
            .collect();
        if shown.is_empty() {
            page.push_str("\nNo seat here has to do with a duty of the catalog.\n");
        } else {
            self.table(&mut page, &shown);
        }
        self.others(&mut page, &shown);
        self.remarks(&mut page);
        page
    }

    fn introduction(&self) -> String {
        let summary = self.summary;
        let mut text = format!("{}, model `{}`.", capital(&self.label), self.model);
        if !self.defined {
            text.push_str(" No file defines it, so nobody knows what its own seats hold.");
        }
        match summary.needed {
            0 => text.push_str(" No duty has to be held here."),
            needed if summary.covered == needed => {
                let _ = write!(
                    text,
                    " All {} that must be held have somebody.",
                    duties(needed)
                );
            }
            needed => {
                let _ = write!(
                    text,
                    " {} of {} that must be held have somebody",
                    summary.covered,
                    duties(needed)
                );
                for (number, words) in [
                    (summary.open, "without anybody"),
                    (summary.unclear, "not clear"),
                ] {
                    if number > 0 {
                        let _ = write!(text, ", {number} {words}");
                    }
                }
                text.push('.');
            }
        }
        if summary.misplaced > 0 {
            let _ = write!(
                text,
                " {} on another seat than the catalog says.",
                stands(summary.misplaced)
            );
        }
        if summary.clashes > 0 {
            let held = match summary.clashes {
                1 => "is",
                _ => "are",
            };
            let _ = write!(
                text,
                " {} {held} held twice, and nothing says who has the last word.",
                duties(summary.clashes)
            );
        }
        text
    }

    fn says_something(&self, seat: usize) -> bool {
        let mut cells = self.duties.iter().filter_map(|duty| duty.cells.get(seat));
        cells.any(|cell| cell.has != Has::Nothing)
    }

    fn table(&self, page: &mut String, shown: &[usize]) {
        let seats: Vec<&CoverageSeat> = shown
            .iter()
            .filter_map(|seat| self.seats.get(*seat))
            .collect();
        let _ = write!(page, "\n| duty | should be with |");
        for seat in &seats {
            let _ = write!(page, " {} |", self.column(seat));
        }
        let _ = write!(page, " somebody? |\n|---|---|{}---|\n", "---|".repeat(seats.len()));
        for duty in &self.duties {
            let _ = write!(page, "| {} `{}` | {} |", plain(&duty.title), duty.duty, plain(&duty.owner));
            for cell in shown.iter().filter_map(|seat| duty.cells.get(*seat)) {
                let _ = write!(page, " {} |", words(cell));
            }
            let _ = writeln!(page, " {} |", state(duty));
        }
        page.push_str(
            "\n*assumed*: the seat lists no duties, so those of its role count as its own. *perhaps*: a line may mean it; put the id before the line to settle it. *–*: nobody has it, and nobody has to.\n",
        );
    }

    fn column(&self, seat: &CoverageSeat) -> String {
        let mut text = plain(&seat.title);
        if self.teams.len() > 1 || seat.unit != self.id {
            let _ = write!(text, " of {}", plain(&seat.unit));
        }
        let _ = write!(text, "<br>{}", plain(&sits(seat)));
        text
    }

    /// The seats that are not in the table.
    fn others(&self, page: &mut String, shown: &[usize]) {
        let others = self.seats.iter().enumerate();
        let others = others.filter(|(number, _)| !shown.contains(number));
        let mut lines: Vec<String> = others
            .map(|(_, seat)| {
                format!(
                    "- {} of {}: {}",
                    plain(&seat.title),
                    plain(&seat.unit),
                    plain(&sits(seat))
                )
            })
            .collect();
        lines.dedup();
        if !lines.is_empty() {
            let _ = write!(
                page,
                "\n**Seats without a duty of the catalog**\n\n{}\n",
                lines.join("\n")
            );
        }
    }

    /// What to look at.
    fn remarks(&self, page: &mut String) {
        let open = |duty: &&CoverageDuty| duty.core && duty.state == CoverageState::Open;
        let open: Vec<String> = self
            .duties
            .iter()
            .filter(open)
            .map(|duty| {
                let place = match duty.missing_in.as_slice() {
                    [] => String::new(),
                    teams => format!(" in {}", plain(&teams.join(", "))),
                };
                format!("- {} (`{}`){place}: a {}'s", plain(&duty.title), duty.duty, plain(&duty.owner))
            })
            .collect();
        if !open.is_empty() {
            let _ = write!(page, "\n**Nobody answers for**\n\n{}\n", open.join("\n"));
        }
        for (verdict, title) in [
            (Verdict::WrongSeat, "On another seat"),
            (Verdict::Clash, "Held twice"),
        ] {
            let lines: Vec<String> = self
                .duties
                .iter()
                .filter_map(|duty| self.remark(duty, verdict))
                .collect();
            if !lines.is_empty() {
                let _ = write!(page, "\n**{title}**\n\n{}\n", lines.join("\n"));
            }
        }
    }

    fn remark(&self, duty: &CoverageDuty, verdict: Verdict) -> Option<String> {
        let cells = duty.cells.iter().zip(&self.seats);
        let seats: Vec<String> = cells
            .filter(|(cell, _)| cell.verdict == verdict)
            .map(|(_, seat)| format!("{} of {}", plain(&seat.title), plain(&seat.unit)))
            .collect();
        let at = match verdict {
            Verdict::Clash => "",
            _ => "with the ",
        };
        let owner = match verdict {
            Verdict::WrongSeat => format!("; the catalog gives it to the {}", plain(&duty.owner)),
            _ => String::new(),
        };
        (!seats.is_empty()).then(|| {
            format!(
                "- {} (`{}`): {at}{}{owner}",
                plain(&duty.title),
                duty.duty,
                seats.join(" and ")
            )
        })
    }
}

/// Who sits in a seat.
fn sits(seat: &CoverageSeat) -> String {
    match (seat.state, seat.holders.as_slice(), &seat.cover) {
        ("vacant", _, Some(cover)) => format!("vacant, {cover} covers"),
        ("vacant", _, None) => "vacant".to_owned(),
        (_, [], _) if seat.state == "held" => "somebody".to_owned(),
        (_, [], _) => "not said".to_owned(),
        (_, holders, _) => holders.join(", "),
    }
}

fn words(cell: &CoverageCell) -> String {
    let has = match cell.has {
        Has::Nothing => return String::new(),
        Has::Part => "has a part",
        Has::Responsible => "does the work",
        Has::Accountable => "answers for it",
        Has::Assumed => "assumed",
        Has::Perhaps => "perhaps",
        Has::Recognized | Has::Pinned => "has it",
    };
    match cell.verdict {
        Verdict::Fine => has.to_owned(),
        Verdict::WrongSeat => format!("{has}, **wrong seat**"),
        Verdict::Clash => format!("{has}, **held twice**"),
    }
}

fn state(duty: &CoverageDuty) -> String {
    match duty.state {
        CoverageState::Spare => "–".to_owned(),
        CoverageState::Covered => "yes".to_owned(),
        CoverageState::Shared => "shared".to_owned(),
        CoverageState::Assumed => "assumed".to_owned(),
        CoverageState::Unclear => "not clear".to_owned(),
        CoverageState::Open if duty.missing_in.is_empty() => "**nobody**".to_owned(),
        CoverageState::Open => format!("**nobody in {}**", plain(&duty.missing_in.join(", "))),
    }
}

fn duties(number: usize) -> String {
    match number {
        1 => "1 duty".to_owned(),
        number => format!("{number} duties"),
    }
}

fn stands(number: usize) -> String {
    match number {
        1 => "1 line stands".to_owned(),
        number => format!("{} stand", count(number, "line")),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// A name in which Markdown sees nothing but a name, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '*' | '_' | '<' | '[' | ']' | '\\' | '`' => {
                // `team_one` needs no help: only what stands at the edge of a word would be seen.
                if character != '_' {
                    out.push('\\');
                }
                out.push(character);
            }
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
