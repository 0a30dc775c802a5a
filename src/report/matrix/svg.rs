//! A matrix as a picture for the wall: one SVG that needs nothing else.

use std::io::{self, Write};

use maud::{Markup, PreEscaped, html};

use super::symbols::{Alarm, HAS, NOBODY, SPARE, TWICE, WRONG, alarm, mark, remarks, symbol};
use super::{Matrix, MatrixProduct};
use crate::report::coverage::{CoverageCell, CoverageDuty, CoverageSeat, Has, Verdict};
use crate::report::fit::{columns, cut, one_line};

const STYLE: &str = include_str!("picture.css");

/// Sizes in units of the picture, which are pixels where it is shown as it is.
const MARGIN: usize = 28;
const LABEL: usize = 300;
const CELL: usize = 40;
const ROW: usize = 26;
const REMARK: usize = 340;
/// How high the slanted names of the seats reach.
const HEADS: usize = 204;
const MIN_WIDTH: usize = 860;

impl Matrix {
    /// As a picture.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn svg(&self, out: &mut dyn Write) -> io::Result<()> {
        let seats = self.products.iter().map(|one| shown(one).len()).max();
        let width = MARGIN * 2 + LABEL + CELL * seats.unwrap_or(0) + REMARK;
        let width = width.max(MIN_WIDTH);
        let mut y = MARGIN + 30;
        let mut drawn = Vec::new();
        for product in &self.products {
            let (picture, height) = draw(product, y, width);
            drawn.push(picture);
            y += height + 36;
        }
        let height = y + 60;
        let title = match self.products.as_slice() {
            [one] => format!("Who answers for what: {}", one_line(one.coverage.title())),
            _ => "Who answers for what".to_owned(),
        };
        let picture = html! {
            svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"
                width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) {
                title id="title" { (title) }
                desc id="desc" { (self.described()) }
                style { (PreEscaped(STYLE)) }
                rect.page width=(width) height=(height) {}
                text.title x=(MARGIN) y=(MARGIN + 12) { (title) }
                @for one in &drawn { (one) }
                (legend(y, width))
            }
        };
        out.write_all(picture.into_string().as_bytes())?;
        writeln!(out)
    }

    /// What the picture shows, for those who do not see it.
    fn described(&self) -> String {
        let mut all = Vec::new();
        for product in &self.products {
            let coverage = &product.coverage;
            all.push(format!(
                "{}: {}",
                one_line(coverage.title()),
                coverage.sentences().join(" ")
            ));
            let holes: Vec<String> = coverage
                .holes()
                .map(|duty| {
                    let answer = coverage.answer(duty);
                    format!("{} ({answer})", duty.title)
                })
                .collect();
            if !holes.is_empty() {
                all.push(format!("Holes: {}.", one_line(&holes.join(", "))));
            }
        }
        all.join(" ")
    }
}

/// The seats that have to do with a duty.
fn shown(product: &MatrixProduct) -> Vec<usize> {
    let coverage = &product.coverage;
    let seats = 0..coverage.seats.len();
    seats
        .filter(|seat| coverage.says_something(*seat))
        .collect()
}

/// A text cut to so many units; letters are taken for wider than most are.
fn cut_to(text: &str, units: usize, size: usize) -> String {
    cut(&one_line(text), units * 100 / (size * 60))
}

fn draw(product: &MatrixProduct, top: usize, width: usize) -> (Markup, usize) {
    let coverage = &product.coverage;
    let seats = shown(product);
    let room = width - MARGIN * 2;
    let head = top + 30;
    let said = coverage.sentences();
    let rows_top = head + 20 * said.len() + HEADS;
    let mut y = rows_top;
    let mut rows = Vec::new();
    for (owner, duties) in coverage.by_owner() {
        y += 24;
        rows.push(html! {
            text.owner x=(MARGIN) y=(y - 7) { (cut_to(owner, LABEL, 12)) }
        });
        for duty in duties {
            rows.push(row(product, duty, &seats, y, width));
            y += ROW;
        }
    }
    let picture = html! {
        g {
            text.product x=(MARGIN) y=(head) {
                (cut_to(coverage.title(), room * 2 / 3, 20))
                tspan.soft dx="10" { (cut_to(&coverage.label.replace('`', ""), room / 4, 13)) ", model " (coverage.model) }
            }
            @for (number, sentence) in said.iter().enumerate() {
                text.soft x=(MARGIN) y=(head + 22 + 20 * number) { (cut_to(sentence, room, 13)) }
            }
            @for (number, seat) in seats.iter().filter_map(|seat| coverage.seats.get(*seat)).enumerate() {
                (head_of(seat, &coverage.seat_label(seat), MARGIN + LABEL + CELL * number + CELL / 2, rows_top))
            }
            @for one in &rows { (one) }
        }
    };
    (picture, y - top)
}

/// The name of a seat, slanted.
fn head_of(seat: &CoverageSeat, label: &str, x: usize, y: usize) -> Markup {
    let class = match seat.state {
        _ if seat.empty => "hole",
        "vacant" => "look",
        _ if seat
            .holders
            .iter()
            .any(|one| one.status != "permanent" || one.left.is_some()) =>
        {
            "look"
        }
        _ => "",
    };
    let full = format!("{label}: {}", seat.sits());
    html! {
        g transform=(format!("translate({x} {y}) rotate(-50)")) {
            title { (one_line(&full)) }
            text.seat x="0" y="-3" { (cut_to(label, 224, 12)) }
            text class=(format!("who {class}")) x="0" y="11" { (cut_to(&seat.sits(), 224, 12)) }
        }
    }
}

fn row(
    product: &MatrixProduct,
    duty: &CoverageDuty,
    seats: &[usize],
    y: usize,
    width: usize,
) -> Markup {
    let coverage = &product.coverage;
    let (alarm, gutter) = alarm(duty);
    let class = match alarm {
        Alarm::Nobody => "hole",
        Alarm::Look => "look",
        Alarm::None => "plain",
    };
    let said = remarks(coverage, duty).join("; ");
    let text_y = y + 17;
    let end = MARGIN + LABEL + CELL * seats.len();
    html! {
        g {
            title { (one_line(&duty.title)) ": " (one_line(&coverage.answer(duty))) }
            rect class=(format!("row {class}")) x=(MARGIN - 6) y=(y) width=(width - 2 * MARGIN + 12) height=(ROW - 2) rx="4" {}
            text class=(format!("gutter {class}")) x=(MARGIN) y=(text_y) { (gutter) }
            text class=(format!("duty {class}")) x=(MARGIN + 18) y=(text_y) { (cut_to(&duty.title, LABEL - 24, 13)) }
            @for (number, seat) in seats.iter().enumerate() {
                @if let Some(cell) = duty.cells.get(*seat).filter(|cell| cell.has != Has::Nothing) {
                    (cell_at(cell, MARGIN + LABEL + CELL * number, y))
                }
            }
            @if !said.is_empty() {
                text class=(format!("said {class}")) x=(end + 12) y=(text_y) {
                    (cut_to(&said, (width - MARGIN).saturating_sub(end + 12), 12))
                }
            }
        }
    }
}

fn cell_at(cell: &CoverageCell, x: usize, y: usize) -> Markup {
    let class = match (cell.verdict, cell.has) {
        (Verdict::WrongSeat | Verdict::Clash, _) | (_, Has::Perhaps) => "look",
        (_, Has::Assumed) => "assumed",
        (_, Has::Part) => "part",
        _ => "held",
    };
    html! {
        rect class=(format!("cell {class}")) x=(x + 3) y=(y + 2) width=(CELL - 6) height=(ROW - 6) rx="4" {}
        text class=(format!("symbol {class}")) x=(x + CELL / 2) y=(y + 17) {
            (symbol(cell.has)) (mark(cell.verdict))
        }
    }
}

fn legend(y: usize, width: usize) -> Markup {
    let mut parts: Vec<String> = HAS
        .iter()
        .map(|(_, symbol, words)| format!("{symbol} {words}"))
        .collect();
    parts.extend([
        format!("{SPARE} nobody has to"),
        format!("{NOBODY} nobody has it"),
        format!("{TWICE} held twice"),
        format!("{WRONG} on the wrong seat"),
    ]);
    let most = (width - MARGIN * 2) * 100 / (12 * 56);
    let mut lines: Vec<String> = vec![String::new()];
    for part in parts {
        let last = lines.last_mut().map(|line| (columns(line), line));
        match last {
            Some((0, line)) => line.push_str(&part),
            Some((used, line)) if used + 3 + columns(&part) <= most => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    html! {
        @for (number, line) in lines.iter().enumerate() {
            text.soft x=(MARGIN) y=(y + 18 * number) { (line) }
        }
    }
}
