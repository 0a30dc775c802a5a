//! A matrix as one page that needs nothing else: readable without its script, which only searches and filters.

mod overview;
mod people;
mod product;

use std::collections::HashSet;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::symbols::{HAS, NOBODY, SPARE, TWICE, WRONG};
use super::{Agreed, Matrix};
use crate::report::count;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// From so many products on, those out of sight are not laid out before somebody comes near.
const MANY: usize = 40;
/// Nothing may be fetched from anywhere: what a name in a role file may ever do, the browser refuses this.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Matrix {
    /// As a page.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn html(&self, out: &mut dyn Write) -> io::Result<()> {
        let anchors = anchors(self);
        let title = match self.products.as_slice() {
            [one] => format!("Who answers for what: {}", one.coverage.title()),
            _ => "Who answers for what".to_owned(),
        };
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(concat!("rolelint ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body class=[(self.products.len() > MANY).then_some("big")] {
                    a.skip href="#products" { "To the products" }
                    header.top {
                        h1 { (title) }
                        p.sub { (self.counts()) }
                    }
                    (filter())
                    main {
                        (overview::overview(self))
                        (overview::duties(self))
                        (overview::glance(self, &anchors))
                        (overview::terms(self, &anchors))
                        section #products {
                            h2 #products-title { "Duties by seats" }
                            (legend())
                            @for (product, anchor) in self.products.iter().zip(&anchors) {
                                (product::article(product, anchor))
                            }
                        }
                        (people::people(self))
                        (self.agreed_on())
                    }
                    footer {
                        p { "Written by rolelint from the role files, as of " (self.today) ". Change those and not this page." }
                    }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        out.write_all(page.into_string().as_bytes())?;
        writeln!(out)
    }

    fn counts(&self) -> String {
        let sum = self.summary;
        let people = match sum.people {
            1 => "1 person".to_owned(),
            people => format!("{people} people"),
        };
        format!(
            "{} · {} · {people} · as of {}",
            count(sum.products, "product"),
            count(sum.teams, "team"),
            self.today
        )
    }

    fn agreed_on(&self) -> Markup {
        html! {
            @if !self.agreed.is_empty() || !self.broken_files.is_empty() {
                section #notes {
                    h2 #notes-title { "To bear in mind" }
                    @if !self.agreed.is_empty() {
                        h3 { "Agreed on" }
                        (agreed(&self.agreed))
                    }
                    @if !self.broken_files.is_empty() {
                        h3 { "Not read in full" }
                        p { "What these files say may be missing here; " code { "rolelint check" } " says where they break." }
                        ul { @for file in &self.broken_files { li { code { (file) } } } }
                    }
                }
            }
        }
    }
}

/// What is agreed on, as a list.
fn agreed(all: &[Agreed]) -> Markup {
    html! {
        ul.agreed {
            @for one in all {
                li {
                    @for (number, rule) in one.rules.iter().enumerate() {
                        @if number > 0 { ", " }
                        code { (rule) }
                    }
                    @if let Some(place) = &one.place { " in " code { (place) } }
                    @if let Some(until) = &one.until {
                        " until " (until)
                        @if one.ended { " " strong.look { "(ended)" } }
                    }
                    @if let Some(reason) = &one.reason { ": " (reason) }
                }
            }
        }
    }
}

/// Shown by the script, as it does nothing without.
fn filter() -> Markup {
    html! {
        form #filter role="search" aria-label="Search and filter" hidden {
            label.q {
                span { "Search" }
                input type="search" name="q" autocomplete="off" placeholder="A product, team, person or duty";
            }
            fieldset {
                legend { "Only with" }
                label { input type="checkbox" name="hole"; "a hole" }
                label { input type="checkbox" name="look"; "something to look at" }
                label { input type="checkbox" name="term"; "a vacant or interim seat" }
            }
            label.theme {
                span.vh { "Colours" }
                select name="theme" {
                    option value="" { "Colours of the system" }
                    option value="light" { "Light" }
                    option value="dark" { "Dark" }
                }
            }
            p #found role="status" {}
        }
    }
}

fn legend() -> Markup {
    html! {
        ul.legend aria-label="What the symbols mean" {
            @for (has, symbol, words) in HAS {
                li { span class=(format!("sym {}", product::class(has))) aria-hidden="true" { (symbol) } " " (words) }
            }
            li { span class="sym look" aria-hidden="true" { (TWICE) } " held twice" }
            li { span class="sym look" aria-hidden="true" { (WRONG) } " on the wrong seat" }
            li { span.sym aria-hidden="true" { (SPARE) } " nobody has to" }
            li { span class="sym hole" aria-hidden="true" { (NOBODY) } " nobody has it" }
        }
    }
}

/// A name for each product that links may use: made of its id, the same as long as that is.
fn anchors(matrix: &Matrix) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let products = matrix.products.iter();
    products
        .map(|product| {
            let id = &product.coverage.id;
            let safe = id.chars().map(|one| match one {
                one if one.is_alphanumeric() || one == '-' => one,
                _ => '_',
            });
            let base = format!("{}-{}", product.coverage.kind, safe.collect::<String>());
            let mut name = base.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{base}-{number}");
                number += 1;
            }
            name
        })
        .collect()
}
