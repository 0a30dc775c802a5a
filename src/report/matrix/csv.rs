//! A matrix for spreadsheets: a row for each duty on each seat, and one for each duty that nobody has.

use std::io::{self, Write};

use super::{Matrix, MatrixProduct, SeatPlace};
use crate::report::coverage::{CoverageDuty, CoverageSeat, CoverageState, Has, Verdict};

const COLUMNS: [&str; 24] = [
    "organisation",
    "product",
    "product_name",
    "model",
    "duty",
    "duty_title",
    "should_be_with",
    "core",
    "somebody",
    "missing_in",
    "empty_in",
    "seat",
    "unit_kind",
    "unit",
    "unit_name",
    "holders",
    "seat_state",
    "vacant_since",
    "cover",
    "has",
    "verdict",
    "words",
    "file",
    "line",
];

impl Matrix {
    /// As comma-separated values, with a heading.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        row(&COLUMNS, out)?;
        for product in &self.products {
            for duty in &product.coverage.duties {
                product_duty(product, duty, out)?;
            }
        }
        Ok(())
    }
}

fn product_duty(
    product: &MatrixProduct,
    duty: &CoverageDuty,
    out: &mut dyn Write,
) -> io::Result<()> {
    let coverage = &product.coverage;
    let seats = coverage.seats.iter().zip(&product.places).zip(&duty.cells);
    let mut seats = seats
        .filter(|(_, cell)| cell.has != Has::Nothing)
        .peekable();
    // A hole in one team is a row, too, where other teams have somebody.
    if seats.peek().is_none() || duty.is_hole() {
        fields(product, duty, None, out)?;
    }
    for ((seat, place), cell) in seats {
        fields(
            product,
            duty,
            Some((seat, place, cell.has, cell.verdict)),
            out,
        )?;
    }
    Ok(())
}

type Cell<'a> = (&'a CoverageSeat, &'a SeatPlace, Has, Verdict);

fn fields(
    product: &MatrixProduct,
    duty: &CoverageDuty,
    cell: Option<Cell<'_>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let coverage = &product.coverage;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let state = match duty.state {
        CoverageState::Spare => "spare",
        CoverageState::Covered => "covered",
        CoverageState::Shared => "shared",
        CoverageState::Assumed => "assumed",
        CoverageState::Unclear => "unclear",
        CoverageState::Empty => "vacant",
        CoverageState::Open => "open",
    };
    let mut all = vec![
        text(&product.organisation),
        coverage.id.clone(),
        text(&coverage.name),
        coverage.model.to_owned(),
        duty.duty.clone(),
        duty.title.clone(),
        duty.owner.clone(),
        duty.core.to_string(),
        state.to_owned(),
        duty.missing_in.join(" "),
        duty.empty_in.join(" "),
    ];
    if let Some((seat, place, has, verdict)) = cell {
        let holders: Vec<String> = seat.holders.iter().map(|one| one.shown()).collect();
        let line = place
            .lines
            .iter()
            .find(|line| line.duties.contains(&duty.duty));
        let at = line.map_or(place.line, |line| line.line);
        all.extend([
            seat.title.clone(),
            seat.unit_kind.to_owned(),
            seat.unit.clone(),
            coverage.unit_title(&seat.unit).to_owned(),
            holders.join(", "),
            seat.state.to_owned(),
            text(&seat.vacant_since),
            seat.cover
                .as_ref()
                .map(|one| one.shown())
                .unwrap_or_default(),
            has_name(has).to_owned(),
            match verdict {
                Verdict::Fine => "fine",
                Verdict::WrongSeat => "wrong_seat",
                Verdict::Clash => "clash",
            }
            .to_owned(),
            line.map(|line| line.text.clone()).unwrap_or_default(),
            place.file.clone(),
            at.to_string(),
        ]);
    }
    all.resize(COLUMNS.len(), String::new());
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    row(&all, out)
}

fn has_name(has: Has) -> &'static str {
    match has {
        Has::Nothing => "",
        Has::Part => "part",
        Has::Responsible => "responsible",
        Has::Accountable => "accountable",
        Has::Assumed => "assumed",
        Has::Perhaps => "perhaps",
        Has::Recognized => "recognized",
        Has::Pinned => "pinned",
    }
}

fn row(fields: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let fields: Vec<String> = fields.iter().map(|text| field(text)).collect();
    writeln!(out, "{}", fields.join(","))
}

/// A field that every program reads as text. A spreadsheet takes what starts like a formula for one, whoever wrote it,
/// so a quotation mark stands before it, as spreadsheets themselves write text.
fn field(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = match is_formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains([',', '"', '\n', '\r', ';', '\t']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_text_and_never_a_formula() {
        assert_eq!(field("Ana Lima"), "Ana Lima");
        assert_eq!(field("Lima, \"Ana\""), "\"Lima, \"\"Ana\"\"\"");
        assert_eq!(field("two\nlines"), "\"two\nlines\"");
        assert_eq!(field("=HYPERLINK(1;2)"), "\"'=HYPERLINK(1;2)\"");
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            let text = format!("{start}cmd");
            assert!(
                field(&text).trim_start_matches('"').starts_with('\''),
                "{text:?}"
            );
        }
        // An id with a minus inside is no formula.
        assert_eq!(field("vision-and-strategy"), "vision-and-strategy");
    }
}
