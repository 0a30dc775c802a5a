//! One product in a terminal.

use std::io;

use super::Sheet;
use crate::report::coverage::{Coverage, CoverageDuty, CoverageSeat, CoverageState, Has, Verdict};
use crate::report::fit::{columns, cut, fit, one_line};
use crate::report::matrix::MatrixProduct;
use crate::report::matrix::symbols::{Alarm, NOBODY, alarm, mark, remarks, symbol};
use crate::report::{count, wrap};
use crate::workspace::Severity;

/// How many columns a seat takes.
const CELL: usize = 3;
/// The least room for what there is to say of a duty.
const REMARK: usize = 17;
/// The longest title of a duty.
const TITLE: usize = 48;

/// `a` to `z`, then `aa`.
fn letter(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
    match number / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

/// A table, or a part of one that is too wide.
struct Block<'a> {
    coverage: &'a Coverage,
    seats: &'a [usize],
    /// The columns of the titles of duties.
    title: usize,
    /// Whether it says what there is to say of each duty.
    says: bool,
}

impl Block<'_> {
    /// Whether a duty has a line: the first part has them all, the others those that have to do with their seats.
    fn shows(&self, duty: &CoverageDuty) -> bool {
        let mut cells = self.seats.iter().filter_map(|seat| duty.cells.get(*seat));
        self.says || alarm(duty).0 == Alarm::Nobody || cells.any(|cell| cell.has != Has::Nothing)
    }
}

impl Sheet<'_> {
    pub(super) fn product(&mut self, product: &MatrixProduct) -> io::Result<()> {
        let coverage = &product.coverage;
        self.head(product)?;
        self.wrapped(&coverage.sentences().join(" "), 0)?;
        let seats = coverage.seats.iter().enumerate();
        let (shown, others): (Vec<_>, Vec<_>) =
            seats.partition(|(number, _)| coverage.says_something(*number));
        let label = |seat: &CoverageSeat| coverage.seat_label(seat);
        writeln!(self.out)?;
        for (at, (_, seat)) in shown.iter().enumerate() {
            let key = self.paint.code(&fit(&letter(at), 2));
            write!(self.out, "  {key} ")?;
            let mut said = format!("{}: {}", label(seat), seat.sits());
            if seat.unread > 0 {
                let lines = count(seat.unread.into(), "line");
                said.push_str(&format!("; {lines} not recognised"));
            }
            self.wrapped(&said, 5)?;
        }
        if !others.is_empty() {
            let others = others.iter();
            let others: Vec<String> = others
                .map(|(_, seat)| format!("{}: {}", label(seat), seat.sits()))
                .collect();
            write!(self.out, "  –  ")?;
            let text = format!("without a duty of the catalog: {}", others.join("; "));
            self.wrapped(&text, 5)?;
        }
        let shown: Vec<usize> = shown.into_iter().map(|(number, _)| number).collect();
        match shown.is_empty() {
            true => self.nobody(coverage)?,
            false => self.table(coverage, &shown)?,
        }
        for (name, seats) in coverage.in_several_seats() {
            let seats: Vec<String> = seats.into_iter().map(label).collect();
            let text = format!(
                "{name} sits in {} seats: {}.",
                seats.len(),
                seats.join(", ")
            );
            self.wrapped(&text, 2)?;
        }
        for agreed in product.agreed.iter().filter(|agreed| !agreed.ended) {
            self.agreed("Agreed on: ", agreed)?;
        }
        Ok(())
    }

    fn head(&mut self, product: &MatrixProduct) -> io::Result<()> {
        let coverage = &product.coverage;
        let title = cut(&one_line(coverage.title()), self.width);
        let rest = format!(
            " · {}, model `{}`",
            one_line(&coverage.label),
            coverage.model
        );
        let rest = cut(&rest, self.width.saturating_sub(columns(&title)).max(1));
        let title = self.paint.bold(&title);
        writeln!(self.out, "{title}{}", self.paint.dim(&rest))?;
        let teams = coverage.teams.iter().map(|team| {
            let model = team.model;
            let model = model.map_or_else(String::new, |model| format!(" (model `{model}`)"));
            format!("{}{model}", coverage.unit_title(&team.id))
        });
        let teams: Vec<String> = teams.collect();
        let said = match teams.as_slice() {
            _ if coverage.kind != "product" => "The team belongs to no product.".to_owned(),
            [] => "No team belongs to it.".to_owned(),
            teams => format!("{}: {}", count(teams.len(), "team"), teams.join(", ")),
        };
        self.wrapped(&said, 2)?;
        if let Some(organisation) = &product.organisation {
            self.wrapped(&format!("In {organisation}"), 2)?;
        }
        Ok(())
    }

    /// Where no seat has to do with a duty, a table would be empty.
    fn nobody(&mut self, coverage: &Coverage) -> io::Result<()> {
        let holes: Vec<&str> = coverage.holes().map(|duty| &*duty.title).collect();
        if holes.is_empty() {
            return Ok(());
        }
        let gutter = self.paint.severity(Some(Severity::Error), NOBODY);
        write!(self.out, "\n{gutter} ")?;
        self.wrapped(&format!("Nobody answers for: {}.", holes.join(", ")), 2)
    }

    fn table(&mut self, coverage: &Coverage, seats: &[usize]) -> io::Result<()> {
        let titles = coverage.duties.iter();
        let longest = titles.map(|duty| columns(&one_line(&duty.title))).max();
        // Titles get what few seats leave.
        let room = self.width.saturating_sub(3 + REMARK + seats.len() * CELL);
        let most = room.min(TITLE).max(self.width * 2 / 5);
        let title = longest.unwrap_or(0).min(most) + 1;
        // What there is to say of a duty stands in the first part; the others need no room for it.
        let room = self.width.saturating_sub(2 + title);
        let first = (room.saturating_sub(REMARK) / CELL).clamp(1, seats.len());
        let (first, others) = seats.split_at(first);
        let parts = std::iter::once(first).chain(others.chunks((room / CELL).max(1)));
        let mut from = 0;
        for (number, seats) in parts.enumerate() {
            let heads = (from..).take(seats.len());
            let heads: String = heads.map(|at| fit(&letter(at), CELL)).collect();
            let heads = self.paint.code(heads.trim_end());
            writeln!(self.out, "\n  {}{heads}", " ".repeat(title))?;
            from += seats.len();
            let block = Block {
                coverage,
                seats,
                title,
                says: number == 0,
            };
            for (owner, mut duties) in coverage.by_owner() {
                duties.retain(|duty| block.shows(duty));
                if duties.is_empty() {
                    continue;
                }
                let owner = cut(&one_line(owner), self.width - 2);
                writeln!(self.out, "  {}", self.paint.dim(&owner))?;
                for duty in duties {
                    self.row(&block, duty)?;
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, block: &Block<'_>, duty: &CoverageDuty) -> io::Result<()> {
        let (alarm, gutter) = alarm(duty);
        let name = fit(&one_line(&duty.title), block.title - 1);
        let name = self.row_paint(alarm, duty, &name);
        let gutter = self.row_paint(alarm, duty, &fit(gutter, 2));
        let mut line = format!("{gutter}{name} ");
        let mut blanks = 0;
        for cell in block.seats.iter().filter_map(|seat| duty.cells.get(*seat)) {
            let text = format!("{}{}", symbol(cell.has), mark(cell.verdict));
            if text.is_empty() {
                blanks += CELL;
                continue;
            }
            line.push_str(&" ".repeat(blanks));
            blanks = CELL - columns(&text);
            line.push_str(&self.cell_paint(cell.has, cell.verdict, &text));
        }
        if block.says {
            let said = remarks(block.coverage, duty).join("; ");
            let used = 2 + block.title + block.seats.len() * CELL;
            let said = one_line(&said);
            let room = self.width.saturating_sub(used + 1).max(1);
            let words: Vec<String> = said.split(' ').map(|word| cut(word, room)).collect();
            line.push_str(&" ".repeat(blanks + 1));
            for (number, said) in wrap(&words.join(" "), room).lines().enumerate() {
                if number > 0 {
                    line.push('\n');
                    line.push_str(&" ".repeat(used + 1));
                }
                line.push_str(&self.row_paint(alarm, duty, said));
            }
        }
        writeln!(self.out, "{}", line.trim_end())
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
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn columns_never_run_out_of_letters() {
        let letters: Vec<String> = [0, 25, 26, 27, 51, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["a", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
    }
}
