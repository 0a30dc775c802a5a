//! What an organisation comes to, in a terminal.

use std::io;

use super::Sheet;
use crate::report::coverage::{Coverage, duties};
use crate::report::fit::{columns, cut, fit, one_line};
use crate::report::matrix::symbols::NOBODY;
use crate::report::matrix::{Matrix, MatrixPerson, TermKind};
use crate::report::{count, wrap};
use crate::workspace::Severity;

/// How many columns a bar takes.
const BAR: usize = 10;
/// How many products are listed before the others are counted.
const HOLES: usize = 4;
/// How many people are listed.
const PEOPLE: usize = 10;

impl Sheet<'_> {
    pub(super) fn overview(&mut self, matrix: &Matrix) -> io::Result<()> {
        self.heading("At a glance")?;
        let products = matrix.products.iter().map(|one| &one.coverage);
        let longest = products.clone().map(|one| columns(&one_line(one.title())));
        let name = longest.max().unwrap_or(0).clamp(8, (self.width / 3).max(8));
        for coverage in products {
            self.glance(coverage, name)?;
        }
        self.holes(matrix)
    }

    fn glance(&mut self, coverage: &Coverage, name: usize) -> io::Result<()> {
        let sum = coverage.summary;
        let looks = sum.unclear + sum.clashes + sum.misplaced;
        let severity = match (sum.open + sum.empty, looks) {
            (0, 0) => None,
            (0, _) => Some(Severity::Warning),
            _ => Some(Severity::Error),
        };
        let head = format!(
            "  {} {} {:>5}  ",
            fit(&one_line(coverage.title()), name),
            bar(sum.covered - sum.assumed, sum.assumed, sum.needed),
            format!("{}/{}", sum.covered, sum.needed)
        );
        let said = [
            (sum.open, "nobody has"),
            (sum.empty, "on an empty seat"),
            (sum.unclear, "not clear"),
            (sum.clashes, "held twice"),
            (sum.misplaced, "on the wrong seat"),
        ];
        let said = said.iter().filter(|(number, _)| *number > 0);
        let mut said: Vec<String> = said
            .map(|(number, words)| format!("{number} {words}"))
            .collect();
        if said.is_empty() {
            said.push(match (sum.needed, sum.assumed) {
                (0, _) => "nothing has to be held".to_owned(),
                (_, 0) => "all well".to_owned(),
                (_, assumed) => format!("{assumed} only assumed"),
            });
        }
        let room = self.width.saturating_sub(columns(&head)).max(16);
        for (number, line) in wrap(&said.join(", "), room).lines().enumerate() {
            let line = match severity {
                None => self.paint.dim(line),
                some => self.paint.severity(some, line),
            };
            match number {
                0 => writeln!(self.out, "{head}{line}")?,
                _ => writeln!(self.out, "{}{line}", " ".repeat(columns(&head)))?,
            }
        }
        Ok(())
    }

    /// The duties that nobody answers for, each with the products.
    fn holes(&mut self, matrix: &Matrix) -> io::Result<()> {
        let open = matrix
            .duties
            .iter()
            .filter(|duty| duty.open + duty.empty > 0);
        let open: Vec<_> = open.collect();
        if open.is_empty() {
            return Ok(());
        }
        self.heading("Nobody answers for")?;
        let titles = open.iter().map(|duty| columns(&one_line(&duty.title)));
        let title = titles.max().unwrap_or(0).min(self.width * 2 / 5);
        for duty in open {
            let products = matrix.products.iter().map(|one| &one.coverage);
            let holes = products.filter(|one| one.holes().any(|hole| hole.duty == duty.duty));
            let holes: Vec<&str> = holes.map(Coverage::title).collect();
            let name = fit(&one_line(&duty.title), title);
            let head = self
                .paint
                .severity(Some(Severity::Error), &format!("{NOBODY} {name}"));
            write!(self.out, "{head}  ")?;
            let mut some = holes
                .iter()
                .take(HOLES)
                .copied()
                .collect::<Vec<_>>()
                .join(", ");
            if holes.len() == matrix.products.len() {
                some = format!("all {}", count(holes.len(), "product"));
            } else if let Some(more @ 1..) = holes.len().checked_sub(HOLES) {
                some.push_str(&format!(" and {}", count(more, "more product")));
            }
            self.wrapped(&some, title + 4)?;
        }
        Ok(())
    }

    pub(super) fn terms(&mut self, matrix: &Matrix) -> io::Result<()> {
        if matrix.terms.is_empty() {
            return Ok(());
        }
        self.heading("Vacant, interim, leaving")?;
        for term in &matrix.terms {
            let product = matrix.products.get(term.product);
            let unit = product.map_or(&*term.unit, |one| one.coverage.unit_title(&term.unit));
            let when = term.when();
            let when = when.map_or_else(String::new, |when| format!(" ({when})"));
            let said = match term.kind {
                TermKind::Vacant => format!("{}, {}", term.what(), term.who_words()),
                _ => format!("{}, {}{when}", term.who_words(), term.what()),
            };
            let (gutter, severity) = match term.is_urgent() {
                true => ("!", Some(Severity::Error)),
                false => ("·", None),
            };
            write!(self.out, "{} ", self.paint.severity(severity, gutter))?;
            self.wrapped(&format!("{} of {unit}: {said}", term.seat), 2)?;
        }
        Ok(())
    }

    pub(super) fn people(&mut self, matrix: &Matrix) -> io::Result<()> {
        let is_much = |one: &&MatrixPerson| one.seats.len() > 1 || one.too_much.is_some();
        let busy: Vec<_> = matrix.people.iter().filter(is_much).collect();
        if busy.is_empty() {
            return Ok(());
        }
        self.heading("In several seats")?;
        for person in busy.iter().take(PEOPLE) {
            let (gutter, severity, more) = match person.too_much {
                Some(_) => ("!", Some(Severity::Warning), "; too many for one person"),
                None => ("·", None, ""),
            };
            let text = format!(
                "{}: {}, {}, {}{more}",
                person.name,
                count(person.seats.len(), "seat"),
                duties(person.duties),
                count(person.teams, "team"),
            );
            write!(self.out, "{} ", self.paint.severity(severity, gutter))?;
            self.wrapped(&text, 2)?;
        }
        if let Some(more @ 1..) = busy.len().checked_sub(PEOPLE) {
            let text = format!("  and {more} more; --format html shows everybody");
            writeln!(self.out, "{}", self.paint.dim(&cut(&text, self.width)))?;
        }
        Ok(())
    }

    pub(super) fn rest(&mut self, matrix: &Matrix) -> io::Result<()> {
        if !matrix.agreed.is_empty() {
            self.heading("Agreed on")?;
            for one in &matrix.agreed {
                self.agreed("· ", one)?;
            }
        }
        if !matrix.broken_files.is_empty() {
            self.heading("Not read in full")?;
            for file in &matrix.broken_files {
                self.wrapped(&format!("· {file}"), 2)?;
            }
        }
        Ok(())
    }
}

/// What is said, what is assumed, and what is left. Full only where nothing is left.
fn bar(said: usize, assumed: usize, needed: usize) -> String {
    if needed == 0 {
        return " ".repeat(BAR);
    }
    let share = |number: usize| number.min(needed) * BAR / needed;
    let (held, said) = (share(said + assumed), share(said));
    format!(
        "{}{}{}",
        "█".repeat(said),
        "▒".repeat(held - said),
        "░".repeat(BAR - held)
    )
}
