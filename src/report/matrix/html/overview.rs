//! What the organisation comes to.

use maud::{Markup, html};

use crate::report::coverage::CoverageSummary;
use crate::report::matrix::{Matrix, MatrixProduct};

/// The figures.
pub(super) fn overview(matrix: &Matrix) -> Markup {
    let sum = matrix.summary;
    let tiles = [
        (
            sum.open,
            "duty nobody answers for",
            "duties nobody answers for",
            "hole",
        ),
        (
            sum.empty,
            "duty on an empty seat",
            "duties on empty seats",
            "hole",
        ),
        (sum.unclear, "duty not clear", "duties not clear", "look"),
        (sum.clashes, "duty held twice", "duties held twice", "look"),
        (
            sum.misplaced,
            "line on the wrong seat",
            "lines on the wrong seat",
            "look",
        ),
        (sum.vacancies, "vacant seat", "vacant seats", "look"),
        (
            sum.interims,
            "interim or acting holder",
            "interim or acting holders",
            "look",
        ),
    ];
    html! {
        section #overview {
            h2 #overview-title { "At a glance" }
            ul.tiles {
                li {
                    b { (sum.covered) span.of { " of " (sum.needed) } }
                    " duties have somebody"
                    @if sum.assumed > 0 { " (" (sum.assumed) " assumed)" }
                }
                @for (number, one, several, class) in tiles {
                    li class=(if number > 0 { class } else { "" }) {
                        b { (number) } " " (if number == 1 { one } else { several })
                    }
                }
            }
        }
    }
}

/// A line for each product.
pub(super) fn glance(matrix: &Matrix, anchors: &[String]) -> Markup {
    html! {
        section #glance {
            h2 #glance-title { "Each product" }
            div.scroll role="region" aria-labelledby="glance-title" {
                table.list {
                    thead { tr {
                        th scope="col" { "Product" }
                        th scope="col" { "Nobody answers for" }
                        th scope="col" { "Held" }
                        th scope="col" { "To look at" }
                        th scope="col" { "Teams" }
                    } }
                    tbody {
                        @for (product, anchor) in matrix.products.iter().zip(anchors) {
                            (line(product, anchor))
                        }
                    }
                }
            }
        }
    }
}

fn line(product: &MatrixProduct, anchor: &str) -> Markup {
    let (coverage, sum) = (&product.coverage, product.coverage.summary);
    let look = [
        (sum.unclear, "not clear"),
        (sum.clashes, "held twice"),
        (sum.misplaced, "on the wrong seat"),
    ];
    let look: Vec<String> = look
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{number} {words}"))
        .collect();
    let teams: Vec<&str> = coverage
        .teams
        .iter()
        .map(|team| coverage.unit_title(&team.id))
        .collect();
    html! {
        tr data-for=(anchor) {
            th scope="row" {
                a href=(format!("#{anchor}")) { (coverage.title()) }
                @if let Some(organisation) = &product.organisation { span.soft { " in " (organisation) } }
            }
            td {
                @if sum.open + sum.empty > 0 {
                    ul.holes {
                        @for duty in coverage.holes() {
                            @let answer = coverage.answer(duty);
                            li { (duty.title) @if answer != "nobody" { ": " (answer) } }
                        }
                    }
                }
            }
            td { (bar(sum)) }
            td.look { (look.join(", ")) }
            td {
                @if coverage.kind == "product" {
                    @if teams.is_empty() { span.soft { "none" } } @else { (teams.join(", ")) }
                } @else {
                    span.soft { "a team without a product" }
                }
            }
        }
    }
}

/// How much is held, assumed, unclear and nobody's, as a bar and in figures.
pub(super) fn bar(sum: CoverageSummary) -> Markup {
    let parts = [
        (sum.open + sum.empty, "hole"),
        (sum.unclear, "look"),
        (sum.assumed, "assumed"),
        (sum.covered - sum.assumed, "held"),
    ];
    html! {
        span.figures { (sum.covered) " of " (sum.needed) }
        @if sum.needed > 0 {
            span.bar aria-hidden="true" {
                @for (number, class) in parts {
                    @if number > 0 {
                        i class=(class) style=(format!("flex:{number}")) {}
                    }
                }
            }
        }
        @if sum.assumed > 0 { span.soft { (sum.assumed) " assumed" } }
    }
}

/// What does not last.
pub(super) fn terms(matrix: &Matrix, anchors: &[String]) -> Markup {
    html! {
        @if !matrix.terms.is_empty() {
            section #terms {
                h2 #terms-title { "Vacant, interim, leaving" }
                div.scroll role="region" aria-labelledby="terms-title" {
                    table.list {
                        thead { tr {
                            th scope="col" { "Seat" }
                            th scope="col" { "What" }
                            th scope="col" { "Who" }
                            th scope="col" { "When" }
                        } }
                        tbody {
                            @for term in &matrix.terms {
                                @let unit = matrix.products.get(term.product)
                                    .map_or(term.unit.as_str(), |one| one.coverage.unit_title(&term.unit));
                                @let anchor = anchors.get(term.product).map_or("", String::as_str);
                                @let class = if term.is_urgent() { "hole" } else { "" };
                                tr {
                                    th scope="row" {
                                        (term.seat) " of " a href=(format!("#{anchor}")) { (unit) }
                                    }
                                    td { (term.what()) }
                                    td { (term.who_words()) }
                                    td class=(class) {
                                        @match term.when() {
                                            Some(when) => (when),
                                            None if term.is_urgent() => "nobody does the work",
                                            None => "",
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

/// How each duty stands across the products.
pub(super) fn duties(matrix: &Matrix) -> Markup {
    html! {
        @if matrix.products.len() > 1 && !matrix.duties.is_empty() {
            section #duties {
                h2 #duties-title { "Each duty" }
                div.scroll role="region" aria-labelledby="duties-title" {
                    table.list.numbers {
                        thead { tr {
                            th scope="col" { "Duty" }
                            th scope="col" { "Should be with" }
                            th scope="col" { "Nobody" }
                            th scope="col" { "Not clear" }
                            th scope="col" { "Assumed" }
                            th scope="col" { "Held" }
                            th.wide scope="col" { span.vh { "As a bar" } }
                        } }
                        tbody {
                            @for duty in &matrix.duties {
                                @let nobody = duty.open + duty.empty;
                                tr {
                                    th scope="row" { (duty.title) }
                                    td.text.soft { (duty.owner) }
                                    td class=(if nobody > 0 { "hole" } else { "" }) { (nobody) }
                                    td class=(if duty.unclear > 0 { "look" } else { "" }) { (duty.unclear) }
                                    td { (duty.assumed) }
                                    td { (duty.said) }
                                    td {
                                        span.bar aria-hidden="true" {
                                            @for (number, class) in [(nobody, "hole"), (duty.unclear, "look"), (duty.assumed, "assumed"), (duty.said, "held")] {
                                                @if number > 0 { i class=(class) style=(format!("flex:{number}")) {} }
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
}
