//! The matrix of one product.

use maud::{Markup, html};

use super::agreed;
use crate::report::count;
use crate::report::coverage::{
    Coverage, CoverageCell, CoverageDuty, CoverageSeat, Has, Verdict, capital,
};
use crate::report::matrix::symbols::{Alarm, alarm, mark, remarks, symbol};
use crate::report::matrix::{MatrixProduct, SeatPlace};

/// From so many seats on their names are set upright, so that the table stays narrow.
const MANY: usize = 7;

/// The class of what a seat has.
pub(super) fn class(has: Has) -> &'static str {
    match has {
        Has::Nothing => "",
        Has::Assumed => "assumed",
        Has::Part => "part",
        Has::Perhaps => "look",
        Has::Responsible | Has::Accountable | Has::Recognized | Has::Pinned => "held",
    }
}

fn seat_class(seat: &CoverageSeat) -> &'static str {
    let is_odd = || {
        let mut holders = seat.holders.iter();
        holders.any(|one| one.status != "permanent" || one.left.is_some() || one.until.is_some())
    };
    match seat.state {
        _ if seat.empty => "hole",
        "vacant" => "look",
        _ if is_odd() => "look",
        _ => "",
    }
}

/// A product with its teams.
pub(super) fn article(product: &MatrixProduct, anchor: &str) -> Markup {
    let coverage = &product.coverage;
    let sum = coverage.summary;
    let mut flags = Vec::new();
    if sum.open + sum.empty > 0 {
        flags.push("hole");
    }
    if sum.unclear + sum.clashes + sum.misplaced > 0 {
        flags.push("look");
    }
    if coverage
        .seats
        .iter()
        .any(|seat| !seat_class(seat).is_empty())
    {
        flags.push("term");
    }
    let seats = coverage.seats.iter().enumerate();
    let (shown, others): (Vec<_>, Vec<_>) =
        seats.partition(|(number, _)| coverage.says_something(*number));
    html! {
        article id=(anchor) data-flags=(flags.join(" ")) aria-labelledby=(format!("{anchor}-title")) {
            h3 id=(format!("{anchor}-title")) { (coverage.title()) }
            p.kind {
                (capital(&coverage.label).replace('`', "")) ", model " (coverage.model)
                @if let Some(organisation) = &product.organisation { ", in " (organisation) }
                ". "
                @if coverage.kind == "product" {
                    @if coverage.teams.is_empty() { "No team belongs to it." } @else {
                        (capital(&count(coverage.teams.len(), "team"))) ": "
                        @for (number, team) in coverage.teams.iter().enumerate() {
                            @if number > 0 { ", " }
                            (coverage.unit_title(&team.id))
                            @if let Some(model) = team.model { " (model " (model) ")" }
                        }
                        "."
                    }
                } @else { "The team belongs to no product." }
            }
            p { (coverage.sentences().join(" ")) }
            (table(coverage, &shown, anchor))
            @if !others.is_empty() {
                p.others {
                    "Without a duty of the catalog: "
                    @for (number, (_, seat)) in others.iter().enumerate() {
                        @if number > 0 { "; " }
                        (coverage.seat_label(seat)) ": "
                        span class=(seat_class(seat)) { (seat.sits()) }
                    }
                    "."
                }
            }
            @for (name, seats) in coverage.in_several_seats() {
                p.others {
                    (name) " sits in " (seats.len()) " of these seats: "
                    @for (number, seat) in seats.iter().enumerate() {
                        @if number > 0 { ", " }
                        (coverage.seat_label(seat))
                    }
                    "."
                }
            }
            @if !product.agreed.is_empty() {
                h4 { "Agreed on" }
                (agreed(&product.agreed))
            }
            (lines(product))
        }
    }
}

fn table(coverage: &Coverage, shown: &[(usize, &CoverageSeat)], anchor: &str) -> Markup {
    let class = if shown.len() >= MANY {
        "matrix many"
    } else {
        "matrix"
    };
    html! {
        div.scroll role="region" aria-labelledby=(format!("{anchor}-title")) {
            table class=(class) {
                thead {
                    tr {
                        th scope="col" { "Duty" }
                        th scope="col" { "Somebody?" }
                        @for (_, seat) in shown {
                            th.seat scope="col" {
                                div {
                                    span { (seat.title) }
                                    @if seat.unit_kind != coverage.kind || seat.unit != coverage.id {
                                        span.soft { (coverage.unit_title(&seat.unit)) }
                                    }
                                    span class=(format!("who {}", seat_class(seat))) { (seat.sits()) }
                                }
                            }
                        }
                    }
                }
                tbody {
                    @for (owner, duties) in coverage.by_owner() {
                        tr.owner { th scope="rowgroup" colspan=(shown.len() + 2) { (owner) } }
                        @for duty in duties { (row(coverage, duty, shown)) }
                    }
                }
            }
        }
    }
}

fn row(coverage: &Coverage, duty: &CoverageDuty, shown: &[(usize, &CoverageSeat)]) -> Markup {
    let (alarm, gutter) = alarm(duty);
    let class = match alarm {
        Alarm::Nobody => Some("hole"),
        Alarm::Look => Some("look"),
        Alarm::None => None,
    };
    let said = remarks(coverage, duty);
    let said = match said.as_slice() {
        [] if duty.state == crate::report::coverage::CoverageState::Shared => "shared".to_owned(),
        [] => "yes".to_owned(),
        said => said.join("; "),
    };
    html! {
        tr class=[class] {
            th scope="row" { (duty.title) }
            td.state {
                @if !gutter.is_empty() { span aria-hidden="true" { (gutter) " " } }
                (said)
            }
            @for (number, _) in shown {
                @match duty.cells.get(*number) {
                    Some(cell) if cell.has != Has::Nothing => (cell_of(cell)),
                    _ => td {},
                }
            }
        }
    }
}

fn cell_of(cell: &CoverageCell) -> Markup {
    let class = match cell.verdict {
        Verdict::Fine => class(cell.has),
        Verdict::WrongSeat | Verdict::Clash => "look",
    };
    html! {
        td class=(class) {
            span aria-hidden="true" { (symbol(cell.has)) (mark(cell.verdict)) }
            span.vh {
                (cell.has.words().unwrap_or_default())
                @if let Some(wrong) = cell.wrong() { ", " (wrong) }
            }
        }
    }
}

/// What the lines of the seats say, word for word.
fn lines(product: &MatrixProduct) -> Markup {
    let coverage = &product.coverage;
    let places = coverage.seats.iter().zip(&product.places);
    let said: Vec<(&CoverageSeat, &SeatPlace)> = places
        .filter(|(_, place)| !place.lines.is_empty())
        .collect();
    let number: usize = said.iter().map(|(_, place)| place.lines.len()).sum();
    let title = |id: &str| {
        let duty = coverage.duties.iter().find(|duty| duty.duty == id);
        duty.map_or_else(|| id.to_owned(), |duty| duty.title.clone())
    };
    html! {
        @if number > 0 {
            details {
                summary { "What the files say (" (count(number, "line")) ")" }
                @for (seat, place) in said {
                    h4 { (coverage.seat_label(seat)) span.soft { " " (place.file) ":" (place.line) } }
                    ul.lines {
                        @for line in &place.lines {
                            li {
                                q { (line.text) }
                                " "
                                span class=(if line.duties.is_empty() { "as look" } else { "as" }) {
                                    (line.reading.words())
                                    @for (number, duty) in line.duties.iter().enumerate() {
                                        @if number > 0 { "," } " " (title(duty))
                                    }
                                    @if let Some(until) = &line.until { ", until " (until) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
