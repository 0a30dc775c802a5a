//! A matrix for a terminal.

use std::io::{self, Write};

use super::symbols::{Alarm, HAS, NOBODY, TWICE, WRONG, alarm, mark, remarks, symbol};
use super::{Matrix, MatrixProduct};
use crate::report::coverage::{CoverageDuty, CoverageSeat, CoverageState, Has, Verdict};
use crate::report::fit::{columns, cut, fit, one_line};
use crate::report::{Paint, count, wrap};
use crate::workspace::Severity;

/// How many columns a seat takes.
const CELL: usize = 3;
/// The least room for what there is to say of a duty.
const REMARK: usize = 17;
/// How many people are listed.
const PEOPLE: usize = 10;

impl Matrix {
    /// Each product's duties by its seats, and what the organisation comes to at the end, where a terminal shows it.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn text(&self, paint: Paint, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut sheet = Sheet { paint, width, out };
        for product in &self.products {
            sheet.product(product)?;
            writeln!(sheet.out)?;
        }
        sheet.legend()?;
        if self.products.len() > 1 {
            sheet.overview(self)?;
        }
        sheet.terms(self)?;
        sheet.people(self)?;
        sheet.rest(self)
    }
}

struct Sheet<'a> {
    paint: Paint,
    width: usize,
    out: &'a mut dyn Write,
}

/// `a` to `z`, then `aa`.
fn letter(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    match number / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

impl Sheet<'_> {
    /// Text over as many lines as it takes, all but the first moved in.
    fn wrapped(&mut self, text: &str, indent: usize) -> io::Result<()> {
        let wrapped = wrap(&one_line(text), self.width.saturating_sub(indent));
        let blanks = " ".repeat(indent);
        for (number, line) in wrapped.lines().enumerate() {
            let blanks = if number == 0 { "" } else { &blanks };
            writeln!(self.out, "{blanks}{line}")?;
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.bold(text))
    }

    fn product(&mut self, product: &MatrixProduct) -> io::Result<()> {
        let coverage = &product.coverage;
        let title = cut(&one_line(coverage.title()), self.width);
        let rest = format!(
            " · {}, model `{}`",
            one_line(&coverage.label),
            coverage.model
        );
        let rest = cut(&rest, self.width.saturating_sub(columns(&title)));
        writeln!(
            self.out,
            "{}{}",
            self.paint.bold(&title),
            self.paint.dim(&rest)
        )?;
        if coverage.kind == "product" {
            let teams: Vec<&str> = coverage
                .teams
                .iter()
                .map(|team| coverage.unit_title(&team.id))
                .collect();
            let said = match teams.as_slice() {
                [] => "No team belongs to it.".to_owned(),
                teams => format!("{}: {}", count(teams.len(), "team"), teams.join(", ")),
            };
            self.wrapped(&said, 2)?;
        } else {
            self.wrapped("The team belongs to no product.", 2)?;
        }
        if let Some(organisation) = &product.organisation {
            self.wrapped(&format!("In {organisation}"), 2)?;
        }
        self.wrapped(&coverage.sentences().join(" "), 0)?;
        let seats = coverage.seats.iter().enumerate();
        let (shown, others): (Vec<_>, Vec<_>) =
            seats.partition(|(number, _)| coverage.says_something(*number));
        let label =
            |seat: &CoverageSeat| format!("{} of {}", seat.title, coverage.unit_title(&seat.unit));
        writeln!(self.out)?;
        for (at, (_, seat)) in shown.iter().enumerate() {
            let key = self.paint.code(&fit(&letter(at), 2));
            write!(self.out, "  {key} ")?;
            let mut said = format!("{}: {}", label(seat), seat.sits());
            if seat.unread > 0 {
                let lines = count(seat.unread.into(), "line");
                said.push_str(&format!(" ({lines} not recognised)"));
            }
            self.wrapped(&said, 5)?;
        }
        if !others.is_empty() {
            let others = others.iter();
            let others: Vec<String> = others
                .map(|(_, seat)| format!("{} ({})", label(seat), seat.sits()))
                .collect();
            write!(self.out, "  –  ")?;
            self.wrapped(
                &format!("without a duty of the catalog: {}", others.join("; ")),
                5,
            )?;
        }
        let shown: Vec<usize> = shown.into_iter().map(|(number, _)| number).collect();
        self.table(product, &shown)?;
        for (name, seats) in coverage.in_several_seats() {
            let seats: Vec<String> = seats.into_iter().map(label).collect();
            self.wrapped(
                &format!(
                    "  {name} sits in {} seats: {}.",
                    seats.len(),
                    seats.join(", ")
                ),
                4,
            )?;
        }
        for agreed in &product.agreed {
            let reason = agreed.reason.as_ref();
            let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
            let ended = if agreed.ended { " (ended)" } else { "" };
            let words = agreed.words(|code| format!("`{code}`"));
            self.wrapped(&format!("  Agreed on: {words}{ended}{reason}"), 4)?;
        }
        Ok(())
    }

    fn table(&mut self, product: &MatrixProduct, seats: &[usize]) -> io::Result<()> {
        let duties = &product.coverage.duties;
        let longest = duties
            .iter()
            .map(|duty| columns(&one_line(&duty.title)))
            .max();
        let title = longest.unwrap_or(0).clamp(12, (self.width * 2 / 5).max(12)) + 1;
        let room = self.width.saturating_sub(2 + title + REMARK);
        let block = (room / CELL).max(1);
        let mut from = 0;
        for (number, seats) in seats.chunks(block).enumerate() {
            let heads = (from..).take(seats.len());
            let heads: String = heads.map(|at| fit(&letter(at), CELL)).collect();
            writeln!(
                self.out,
                "\n  {}{}",
                " ".repeat(title),
                self.paint.code(heads.trim_end())
            )?;
            from += seats.len();
            self.rows(product, seats, title, number == 0)?;
        }
        if seats.is_empty() {
            writeln!(self.out)?;
            self.rows(product, &[], title, true)?;
        }
        Ok(())
    }

    fn rows(
        &mut self,
        product: &MatrixProduct,
        seats: &[usize],
        title: usize,
        says: bool,
    ) -> io::Result<()> {
        let coverage = &product.coverage;
        let mut owner = "";
        for duty in &coverage.duties {
            if duty.owner != owner {
                owner = &duty.owner;
                writeln!(
                    self.out,
                    "  {}",
                    self.paint.dim(&cut(&one_line(owner), self.width - 2))
                )?;
            }
            let (alarm, gutter) = alarm(duty);
            let name = fit(&one_line(&duty.title), title - 1);
            let name = self.row_paint(alarm, duty, &name);
            let gutter = self.row_paint(alarm, duty, &fit(gutter, 2));
            let mut line = format!("{gutter}{name} ");
            let mut blanks = 0;
            for cell in seats.iter().filter_map(|seat| duty.cells.get(*seat)) {
                let text = format!("{}{}", symbol(cell.has), mark(cell.verdict));
                if text.is_empty() {
                    blanks += CELL;
                    continue;
                }
                line.push_str(&" ".repeat(blanks));
                blanks = CELL - columns(&text);
                line.push_str(&self.cell_paint(cell.has, cell.verdict, &text));
            }
            if says {
                let said = remarks(duty, |team| coverage.unit_title(team)).join("; ");
                let used = 2 + title + seats.len() * CELL;
                let said = cut(&one_line(&said), self.width.saturating_sub(used + 1));
                if !said.is_empty() {
                    line.push_str(&" ".repeat(blanks + 1));
                    line.push_str(&self.row_paint(alarm, duty, &said));
                }
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn row_paint(&self, alarm: Alarm, duty: &CoverageDuty, text: &str) -> String {
        match alarm {
            Alarm::Nobody => self.paint.severity(Some(Severity::Error), text),
            Alarm::Look => self.paint.severity(Some(Severity::Warning), text),
            Alarm::None if matches!(duty.state, CoverageState::Spare | CoverageState::Assumed) => {
                self.paint.dim(text)
            }
            Alarm::None => text.to_owned(),
        }
    }

    fn cell_paint(&self, has: Has, verdict: Verdict, text: &str) -> String {
        match (verdict, has) {
            (Verdict::WrongSeat | Verdict::Clash, _) | (_, Has::Perhaps) => {
                self.paint.severity(Some(Severity::Warning), text)
            }
            (_, Has::Assumed | Has::Part) => self.paint.dim(text),
            _ => self.paint.added(text),
        }
    }

    fn legend(&mut self) -> io::Result<()> {
        let mut parts: Vec<String> = HAS
            .iter()
            .map(|(_, symbol, words)| format!("{symbol} {words}"))
            .collect();
        parts.extend([
            format!("{NOBODY} nobody has it"),
            format!("{TWICE} held twice"),
            format!("{WRONG} on the wrong seat"),
        ]);
        // A symbol stays with its words.
        let text = parts
            .join(" · ")
            .replace(' ', "\u{a0}")
            .replace("\u{a0}·\u{a0}", " · ");
        for line in wrap(&text, self.width).lines() {
            writeln!(self.out, "{}", self.paint.dim(&line.replace('\u{a0}', " ")))?;
        }
        Ok(())
    }

    fn overview(&mut self, matrix: &Matrix) -> io::Result<()> {
        self.heading("At a glance")?;
        let names = matrix
            .products
            .iter()
            .map(|one| columns(&one_line(one.coverage.title())));
        let name = names.max().unwrap_or(0).clamp(8, (self.width / 4).max(8));
        for product in &matrix.products {
            let (coverage, sum) = (&product.coverage, product.coverage.summary);
            let severity = match (
                sum.open + sum.vacant,
                sum.unclear + sum.clashes + sum.misplaced,
            ) {
                (0, 0) => None,
                (0, _) => Some(Severity::Warning),
                _ => Some(Severity::Error),
            };
            let bar = bar(sum.covered - sum.assumed, sum.assumed, sum.needed);
            let head = format!(
                "  {} {bar} {:>5}  ",
                fit(&one_line(coverage.title()), name),
                format!("{}/{}", sum.covered, sum.needed)
            );
            let mut said = Vec::new();
            for (number, words) in [
                (sum.open, "nobody has"),
                (sum.vacant, "on a vacant seat"),
                (sum.unclear, "not clear"),
                (sum.clashes, "held twice"),
                (sum.misplaced, "on the wrong seat"),
            ] {
                if number > 0 {
                    said.push(format!("{number} {words}"));
                }
            }
            if said.is_empty() {
                said.push(match sum.assumed {
                    0 => "all well".to_owned(),
                    assumed => format!("{assumed} only assumed"),
                });
            }
            let room = self.width.saturating_sub(columns(&head)).max(16);
            let wrapped = wrap(&said.join(", "), room);
            for (number, line) in wrapped.lines().enumerate() {
                let line = match severity {
                    None => self.paint.dim(line),
                    some => self.paint.severity(some, line),
                };
                match number {
                    0 => writeln!(self.out, "{head}{line}")?,
                    _ => writeln!(self.out, "{}{line}", " ".repeat(columns(&head)))?,
                }
            }
        }
        let most: Vec<_> = matrix
            .duties
            .iter()
            .filter(|duty| duty.open + duty.vacant > 0)
            .collect();
        if !most.is_empty() {
            self.heading("Nobody answers for")?;
            let title = most
                .iter()
                .map(|duty| columns(&one_line(&duty.title)))
                .max();
            let title = title.unwrap_or(0).min(self.width * 2 / 5);
            for duty in most {
                let holes = matrix.products.iter().filter(|one| {
                    let mut own = one.coverage.duties.iter();
                    own.any(|own| own.duty == duty.duty && own.core && own.is_hole())
                });
                let holes: Vec<String> = holes.map(|one| one_line(one.coverage.title())).collect();
                let head = format!("{} {}  ", NOBODY, fit(&one_line(&duty.title), title));
                let line = self.paint.severity(Some(Severity::Error), &head);
                write!(self.out, "{line}")?;
                let mut some = holes.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
                if let Some(more @ 1..) = holes.len().checked_sub(6) {
                    some.push_str(&format!(" and {}", count(more, "more product")));
                }
                self.wrapped(&some, columns(&head))?;
            }
        }
        Ok(())
    }

    fn terms(&mut self, matrix: &Matrix) -> io::Result<()> {
        if matrix.terms.is_empty() {
            return Ok(());
        }
        self.heading("Vacant, interim, leaving")?;
        for term in &matrix.terms {
            let unit = matrix
                .products
                .get(term.product)
                .map_or(term.unit.as_str(), |one| {
                    one.coverage.unit_title(&term.unit)
                });
            let when = term
                .when()
                .map_or_else(String::new, |when| format!(" ({when})"));
            let text = format!(
                "{} of {unit}: {}{when}, {}",
                term.seat,
                term.what(),
                term.who_words()
            );
            let (gutter, severity) = match term.is_urgent() {
                true => ("!", Some(Severity::Error)),
                false => ("·", None),
            };
            write!(self.out, "{} ", self.paint.severity(severity, gutter))?;
            self.wrapped(&text, 2)?;
        }
        Ok(())
    }

    fn people(&mut self, matrix: &Matrix) -> io::Result<()> {
        let is_much = |one: &&super::MatrixPerson| one.seats.len() > 1 || one.too_much.is_some();
        let busy: Vec<_> = matrix.people.iter().filter(is_much).collect();
        if busy.is_empty() {
            return Ok(());
        }
        self.heading("In several seats")?;
        for person in busy.iter().take(PEOPLE) {
            let text = format!(
                "{}: {}, {}, {}",
                person.name,
                count(person.seats.len(), "seat"),
                count(person.teams, "team"),
                match person.duties {
                    1 => "1 duty".to_owned(),
                    duties => format!("{duties} duties"),
                }
            );
            let (gutter, severity, more) = match person.too_much {
                Some(_) => (
                    "!",
                    Some(Severity::Warning),
                    "; too many teams for one person",
                ),
                None => ("·", None, ""),
            };
            write!(self.out, "{} ", self.paint.severity(severity, gutter))?;
            self.wrapped(&format!("{text}{more}"), 2)?;
        }
        if let Some(more @ 1..) = busy.len().checked_sub(PEOPLE) {
            writeln!(self.out, "  and {more} more; --format html shows everybody")?;
        }
        Ok(())
    }

    fn rest(&mut self, matrix: &Matrix) -> io::Result<()> {
        if !matrix.agreed.is_empty() {
            self.heading("Agreed on everywhere")?;
            for agreed in &matrix.agreed {
                let reason = agreed.reason.as_ref();
                let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
                let ended = if agreed.ended { " (ended)" } else { "" };
                let words = agreed.words(|code| format!("`{code}`"));
                self.wrapped(&format!("· {words}{ended}{reason}"), 2)?;
            }
        }
        if !matrix.broken_files.is_empty() {
            self.heading("Not read in full")?;
            let files = matrix.broken_files.join(", ");
            self.wrapped(&format!("{files}: what they say may be missing above. `rolelint check` says where they break."), 0)?;
        }
        Ok(())
    }
}

/// Ten columns: what is said, what is assumed, and what is left. Full only where nothing is left.
fn bar(said: usize, assumed: usize, needed: usize) -> String {
    const LENGTH: usize = 10;
    if needed == 0 {
        return " ".repeat(LENGTH);
    }
    let share = |number: usize| number.min(needed) * LENGTH / needed;
    let (held, said) = (share(said + assumed), share(said));
    format!(
        "{}{}{}",
        "█".repeat(said),
        "▒".repeat(held - said),
        "░".repeat(LENGTH - held)
    )
}
