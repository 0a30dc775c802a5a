//! A matrix as a page of a handbook. What it says changes only when the files do, so that a check whether a committed page
//! is current fails for no other reason: no day is today's, and nothing tells how long ago something was.

use std::fmt::Write as _;

use super::{Agreed, Matrix, MatrixProduct};
use crate::report::count;
use crate::report::coverage::{duties, plain};

impl Matrix {
    /// As a page.
    pub fn markdown(&self) -> String {
        let mut page = "# Who answers for what\n\n".to_owned();
        page.push_str(
            "<!-- Written by `rolelint matrix`; change the role files and not this page. -->\n\n",
        );
        let _ = writeln!(page, "{}", self.introduction());
        if self.products.len() > 1 {
            self.overview(&mut page);
        }
        self.terms(&mut page);
        self.people(&mut page);
        for product in &self.products {
            section(product, &mut page);
        }
        self.rest(&mut page);
        page
    }

    fn introduction(&self) -> String {
        let sum = self.summary;
        let mut text = format!(
            "{}, {}. ",
            count(sum.products, "product"),
            count(sum.teams, "team")
        );
        let _ = write!(
            text,
            "{} of {} that must be held have somebody.",
            sum.covered,
            duties(sum.needed)
        );
        let mut parts = Vec::new();
        for (number, words) in [
            (sum.open, "nobody has"),
            (sum.empty, "on empty seats"),
            (sum.unclear, "not clear"),
            (sum.clashes, "held twice"),
            (sum.misplaced, "on another seat than the catalog says"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {words}"));
            }
        }
        if !parts.is_empty() {
            let _ = write!(text, " Look at: {}.", parts.join(", "));
        }
        text
    }

    fn overview(&self, page: &mut String) {
        page.push_str(
            "\n## At a glance\n\n| product | teams | held | assumed | nobody | not clear | held twice | wrong seat | nobody answers for |\n|---|---|---|---|---|---|---|---|---|\n",
        );
        for product in &self.products {
            let (coverage, sum) = (&product.coverage, product.coverage.summary);
            let holes: Vec<String> = coverage
                .holes()
                .map(|duty| {
                    let answer = coverage.answer(duty);
                    match answer.as_str() {
                        "nobody" => plain(&duty.title),
                        answer => format!("{} ({})", plain(&duty.title), plain(answer)),
                    }
                })
                .collect();
            let number = |number: usize| match number {
                0 => String::new(),
                number => number.to_string(),
            };
            let teams = match coverage.kind {
                "product" => coverage.teams.len().to_string(),
                _ => "no product".to_owned(),
            };
            let _ = writeln!(
                page,
                "| {} | {teams} | {} of {} | {} | {} | {} | {} | {} | {} |",
                plain(coverage.title()),
                sum.covered,
                sum.needed,
                number(sum.assumed),
                number(sum.open + sum.empty),
                number(sum.unclear),
                number(sum.clashes),
                number(sum.misplaced),
                holes.join(", "),
            );
        }
    }

    fn terms(&self, page: &mut String) {
        if self.terms.is_empty() {
            return;
        }
        page.push_str("\n## Vacant, interim, leaving\n\n| seat | what | who |\n|---|---|---|\n");
        for term in &self.terms {
            let product = self.products.get(term.product);
            let unit = product.map_or(term.unit.as_str(), |one| {
                one.coverage.unit_title(&term.unit)
            });
            let _ = writeln!(
                page,
                "| {} of {} | {} | {} |",
                plain(&term.seat),
                plain(unit),
                term.what(),
                plain(&term.who_words())
            );
        }
    }

    fn people(&self, page: &mut String) {
        let busy: Vec<_> = self
            .people
            .iter()
            .filter(|one| one.seats.len() > 1)
            .collect();
        if busy.is_empty() {
            return;
        }
        page.push_str(
            "\n## In several seats\n\n| person | seats | teams | duties |\n|---|---|---|---|\n",
        );
        for person in busy {
            let seats: Vec<String> = person
                .seats
                .iter()
                .map(|seat| format!("{} of {}", plain(&seat.seat), plain(&seat.unit_name)))
                .collect();
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                plain(&person.name),
                seats.join(", "),
                person.teams,
                person.duties
            );
        }
    }

    fn rest(&self, page: &mut String) {
        if !self.agreed.is_empty() {
            page.push_str("\n## Agreed on\n\n");
            agreed(&self.agreed, page);
        }
        if !self.broken_files.is_empty() {
            page.push_str("\n## Not read in full\n\nWhat these files say may be missing above; `rolelint check` says where they break.\n\n");
            for file in &self.broken_files {
                let _ = writeln!(page, "- {}", plain(file));
            }
        }
    }
}

fn section(product: &MatrixProduct, page: &mut String) {
    let _ = write!(
        page,
        "\n## {}\n\n{}",
        plain(product.coverage.title()),
        product.coverage.markdown_body()
    );
    if !product.agreed.is_empty() {
        page.push_str("\n**Agreed on**\n\n");
        agreed(&product.agreed, page);
    }
}

fn agreed(all: &[Agreed], page: &mut String) {
    for one in all {
        let words = one.words(|code| format!("`{}`", code.replace(['`', '\n'], " ")));
        let reason = one.reason.as_ref();
        let reason = reason.map_or_else(String::new, |reason| format!(": {}", plain(reason)));
        let _ = writeln!(page, "- {words}{reason}");
    }
}
