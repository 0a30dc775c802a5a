//! What each person carries.

use maud::{Markup, html};

use crate::report::matrix::{Matrix, PersonSeat};

/// A line for everybody.
pub(super) fn people(matrix: &Matrix) -> Markup {
    html! {
        @if !matrix.people.is_empty() {
            section #people {
                h2 #people-title { "What each person carries" }
                div.scroll role="region" aria-labelledby="people-title" {
                    table.list.numbers {
                        thead { tr {
                            th scope="col" { "Person" }
                            th scope="col" { "Teams" }
                            th scope="col" { "Seats" }
                            th scope="col" { "Duties" }
                            th.wide scope="col" { "Which seats" }
                        } }
                        tbody {
                            @for person in &matrix.people {
                                tr {
                                    th scope="row" {
                                        (person.name)
                                        @if let Some(left) = &person.left { " " span.hole { "(left " (left) ")" } }
                                    }
                                    td { (person.teams) }
                                    td { (person.seats.len()) }
                                    td { (person.duties) }
                                    td.text {
                                        @if let Some(too_much) = &person.too_much { strong.look { (too_much) ". " } }
                                        @for (number, seat) in person.seats.iter().enumerate() {
                                            @if number > 0 { ", " }
                                            (seat_of(seat))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn seat_of(seat: &PersonSeat) -> Markup {
    html! {
        (seat.seat) " of " (seat.unit_name)
        @if seat.terms != "permanent" || seat.until.is_some() {
            " (" span.look {
                @match seat.terms {
                    "cover" => "covers",
                    "permanent" => "holds it",
                    terms => (terms),
                }
                @if let Some(until) = &seat.until { " until " (until) }
            } ")"
        }
    }
}
