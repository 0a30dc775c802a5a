//! What each person carries.

use std::collections::{BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::coverage::{Coverage, CoverageHolder, CoverageSeat, Has};
use crate::rules::Finding;

/// Somebody who holds or covers for a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatrixPerson {
    /// The same wherever they are named: the id of the people document, else the name in small letters.
    pub person: String,
    /// The name, where the people documents have one; else what stands in the files.
    pub name: String,
    /// The last day in the organisation.
    pub left: Option<String>,
    /// How many teams these seats serve: for a seat of a product, all of its teams.
    pub teams: usize,
    /// How many products these seats belong to, teams without one included.
    pub products: usize,
    /// How many duties of the catalog stand on these seats, each counted once a seat.
    pub duties: usize,
    /// What they hold or cover for.
    pub seats: Vec<PersonSeat>,
    /// That it is too much, as the rule `overloaded-holder` says.
    pub too_much: Option<String>,
}

/// A seat of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonSeat {
    /// What it is called.
    pub seat: String,
    /// `team` or `product`.
    pub unit_kind: &'static str,
    /// The id of its team or product.
    pub unit: String,
    /// The display name of its team or product, else the id.
    pub unit_name: String,
    /// `permanent`, `interim` or `acting`; `cover` where they do the work of a vacant seat.
    pub terms: &'static str,
    /// The last day.
    pub until: Option<String>,
}

/// The people of one organisation, gathered product by product.
#[derive(Debug, Default)]
pub(super) struct People {
    all: Vec<(MatrixPerson, Load)>,
    by_key: HashMap<String, usize>,
}

#[derive(Debug, Default)]
struct Load {
    teams: BTreeSet<(usize, String)>,
    products: BTreeSet<usize>,
    is_shown: bool,
}

impl People {
    /// Adds a product; `shown` where it is one of those that are drawn.
    pub fn add(&mut self, product: usize, coverage: &Coverage, shown: bool) {
        for (number, seat) in coverage.seats.iter().enumerate() {
            for holder in &seat.holders {
                self.seat(
                    product,
                    coverage,
                    (number, seat),
                    holder,
                    holder.status,
                    shown,
                );
            }
            if let Some(cover) = &seat.cover {
                self.seat(product, coverage, (number, seat), cover, "cover", shown);
            }
        }
    }

    /// Marks those as shown who sit in a part of a product that was added as a whole.
    pub fn show(&mut self, coverage: &Coverage) {
        let seats = coverage.seats.iter();
        for holder in seats.flat_map(|seat| seat.holders.iter().chain(&seat.cover)) {
            let at = self.by_key.get(&holder.person);
            if let Some((_, load)) = at.and_then(|at| self.all.get_mut(*at)) {
                load.is_shown = true;
            }
        }
    }

    fn seat(
        &mut self,
        product: usize,
        coverage: &Coverage,
        (number, seat): (usize, &CoverageSeat),
        holder: &CoverageHolder,
        terms: &'static str,
        shown: bool,
    ) {
        let at = *self.by_key.entry(holder.person.clone()).or_insert_with(|| {
            let person = MatrixPerson {
                person: holder.person.clone(),
                name: holder.name.clone(),
                left: holder.left.clone(),
                teams: 0,
                products: 0,
                duties: 0,
                seats: Vec::new(),
                too_much: None,
            };
            self.all.push((person, Load::default()));
            self.all.len() - 1
        });
        let Some((person, load)) = self.all.get_mut(at) else {
            return;
        };
        person.seats.push(PersonSeat {
            seat: seat.title.clone(),
            unit_kind: seat.unit_kind,
            unit: seat.unit.clone(),
            unit_name: coverage.unit_title(&seat.unit).to_owned(),
            terms,
            until: holder.until.clone(),
        });
        let cells = coverage
            .duties
            .iter()
            .filter_map(|duty| duty.cells.get(number));
        let has_it = |has: Has| !matches!(has, Has::Nothing | Has::Part | Has::Responsible);
        person.duties += cells.filter(|cell| has_it(cell.has)).count();
        load.is_shown |= shown;
        load.products.insert(product);
        if seat.unit_kind == "product" && coverage.kind == "product" {
            let teams = coverage.teams.iter().map(|team| (product, team.id.clone()));
            load.teams.extend(teams);
        } else {
            load.teams.insert((product, seat.unit.clone()));
        }
    }

    /// Those who sit in a product that is drawn, and what the findings say of them.
    pub fn finish(self, findings: &[&Finding]) -> Vec<MatrixPerson> {
        let too_much: HashMap<&str, &str> = findings
            .iter()
            .filter_map(|finding| {
                let (person, _) = finding.subject.rsplit_once(' ')?;
                Some((person, &*finding.message))
            })
            .collect();
        let shown = self.all.into_iter().filter(|(_, load)| load.is_shown);
        shown
            .map(|(mut person, load)| {
                person.teams = load.teams.len();
                person.products = load.products.len();
                person.too_much = too_much
                    .get(person.person.as_str())
                    .map(ToString::to_string);
                person
            })
            .collect()
    }
}

/// Those who carry most come first.
pub(super) fn sort(people: &mut [MatrixPerson]) {
    people.sort_by(|a, b| {
        let key = |one: &MatrixPerson| {
            (
                one.too_much.is_none(),
                std::cmp::Reverse((one.teams, one.seats.len(), one.duties)),
            )
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase()))
    });
}
