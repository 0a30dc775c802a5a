//! The coverage of a product as Markdown.

use std::fmt::Write as _;

use super::{Coverage, CoverageCell, CoverageDuty, CoverageSeat, CoverageState, Verdict};

impl Coverage {
    /// As a page: what it comes to, and a table of duties by seats.
    pub fn markdown(&self) -> String {
        let mut page = format!("# Who answers for what: {}\n\n", plain(self.title()));
        page.push_str(&self.markdown_body());
        page
    }

    /// The page without its title. What it says changes only when the files do, not from one day to the next.
    pub fn markdown_body(&self) -> String {
        let mut page = format!(
            "{}, model `{}`. {}\n",
            capital(&self.label),
            self.model,
            self.sentences().join(" ")
        );
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

    fn table(&self, page: &mut String, shown: &[usize]) {
        let seats: Vec<&CoverageSeat> = shown
            .iter()
            .filter_map(|seat| self.seats.get(*seat))
            .collect();
        let _ = write!(page, "\n| duty | should be with |");
        for seat in &seats {
            let _ = write!(page, " {} |", self.column(seat));
        }
        let _ = write!(
            page,
            " somebody? |\n|---|---|{}---|\n",
            "---|".repeat(seats.len())
        );
        for duty in self.by_owner().into_iter().flat_map(|(_, duties)| duties) {
            let _ = write!(
                page,
                "| {} `{}` | {} |",
                plain(&duty.title),
                duty.duty,
                plain(&duty.owner)
            );
            for cell in shown.iter().filter_map(|seat| duty.cells.get(*seat)) {
                let _ = write!(page, " {} |", words(cell));
            }
            let _ = writeln!(page, " {} |", state(self, duty));
        }
        page.push_str(
            "\n*assumed*: the seat lists no duties, so those of its role count as its own. *perhaps*: a line may mean it; put the id before the line to settle it. *–*: nobody has it, and nobody has to.\n",
        );
    }

    fn column(&self, seat: &CoverageSeat) -> String {
        let mut text = plain(&self.seat_label(seat));
        let _ = write!(text, "<br>{}", plain(&seat.sits()));
        text
    }

    /// The seats that are not in the table.
    fn others(&self, page: &mut String, shown: &[usize]) {
        let others = self.seats.iter().enumerate();
        let others = others.filter(|(number, _)| !shown.contains(number));
        let mut lines: Vec<String> = others
            .map(|(_, seat)| {
                format!(
                    "- {}: {}",
                    plain(&self.seat_label(seat)),
                    plain(&seat.sits())
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
        for (title, state) in [
            ("Nobody answers for", CoverageState::Open),
            ("On an empty seat", CoverageState::Empty),
        ] {
            let is_meant = |duty: &&CoverageDuty| duty.core && duty.state == state;
            let lines: Vec<String> = self
                .duties
                .iter()
                .filter(is_meant)
                .map(|duty| {
                    let teams = match state {
                        CoverageState::Open => &duty.missing_in,
                        _ => &duty.empty_in,
                    };
                    let teams: Vec<&str> = teams.iter().map(|team| self.unit_title(team)).collect();
                    let place = match teams.as_slice() {
                        [] => String::new(),
                        _ if self.teams.len() == 1 => String::new(),
                        teams => format!(" in {}", plain(&teams.join(", "))),
                    };
                    format!(
                        "- {} (`{}`){place}: a {}'s",
                        plain(&duty.title),
                        duty.duty,
                        plain(&duty.owner)
                    )
                })
                .collect();
            if !lines.is_empty() {
                let _ = write!(page, "\n**{title}**\n\n{}\n", lines.join("\n"));
            }
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
        self.several(page);
    }

    /// Everybody who sits in several seats.
    fn several(&self, page: &mut String) {
        let lines: Vec<String> = self
            .in_several_seats()
            .into_iter()
            .map(|(name, seats)| {
                let seats: Vec<String> = seats
                    .iter()
                    .map(|seat| plain(&self.seat_label(seat)))
                    .collect();
                format!("- {}: {}", plain(name), seats.join(", "))
            })
            .collect();
        if !lines.is_empty() {
            let _ = write!(page, "\n**In several seats**\n\n{}\n", lines.join("\n"));
        }
    }

    fn remark(&self, duty: &CoverageDuty, verdict: Verdict) -> Option<String> {
        let cells = duty.cells.iter().zip(&self.seats);
        let seats: Vec<String> = cells
            .filter(|(cell, _)| cell.verdict == verdict)
            .map(|(_, seat)| plain(&self.seat_label(seat)))
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

fn words(cell: &CoverageCell) -> String {
    let Some(has) = cell.has.words() else {
        return String::new();
    };
    match cell.wrong() {
        None => has.to_owned(),
        Some(wrong) => format!("{has}, **{wrong}**"),
    }
}

fn state(coverage: &Coverage, duty: &CoverageDuty) -> String {
    let answer = plain(&coverage.answer(duty));
    match duty.is_hole() {
        true => format!("**{answer}**"),
        false => answer,
    }
}

pub(in super::super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// A name in which Markdown sees nothing but a name, on one line.
pub(in super::super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '*' | '_' | '~' | '<' | '[' | ']' | '\\' | '`' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
