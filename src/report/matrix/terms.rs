//! Vacancies, interims, and whatever else of a seat has an end.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::MatrixProduct;
use crate::report::coverage::{CoverageHolder, CoverageSeat};

/// A seat that is not held for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Term {
    /// What is so.
    pub kind: TermKind,
    /// The title of the seat.
    pub seat: String,
    /// `team` or `product`.
    pub unit_kind: &'static str,
    /// The id of its team or product.
    pub unit: String,
    /// The place of its product in the list of products, from 0.
    pub product: usize,
    /// Who sits in it; of a vacant seat, who covers for it.
    pub who: Option<String>,
    /// The first day.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// How many days are left until the last one; less than 0 when it has passed.
    pub days_left: Option<i64>,
}

/// Why a seat is not held for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// Nobody sits in it.
    Vacant,
    /// Its holder leaves, or has left, the organisation.
    Leaves,
    /// Its holder is interim.
    Interim,
    /// Its holder is acting.
    Acting,
    /// Its holder has it until a day.
    Ends,
}

impl TermKind {
    /// As programs and people read it.
    pub fn name(self) -> &'static str {
        match self {
            TermKind::Vacant => "vacant",
            TermKind::Leaves => "leaves",
            TermKind::Interim => "interim",
            TermKind::Acting => "acting",
            TermKind::Ends => "ends",
        }
    }
}

impl Term {
    /// All of the products: vacancies first, then by the last day.
    pub(super) fn all(products: &[MatrixProduct], today: Date) -> Vec<Self> {
        let mut terms = Vec::new();
        for (number, product) in products.iter().enumerate() {
            for seat in &product.coverage.seats {
                let of = |kind, who: Option<&CoverageHolder>| Term::new(kind, seat, number, who);
                if seat.state == "vacant" {
                    let mut term = of(TermKind::Vacant, seat.cover.as_ref());
                    term.since.clone_from(&seat.vacant_since);
                    term.until = None;
                    terms.push(term);
                }
                for holder in seat.holders.iter().chain(&seat.cover) {
                    if let Some(left) = &holder.left {
                        let mut term = of(TermKind::Leaves, Some(holder));
                        term.since = None;
                        term.until = Some(left.clone());
                        terms.push(term);
                    }
                }
                for holder in &seat.holders {
                    let kind = match holder.status {
                        "interim" => TermKind::Interim,
                        "acting" => TermKind::Acting,
                        _ if holder.until.is_some() => TermKind::Ends,
                        _ => continue,
                    };
                    terms.push(of(kind, Some(holder)));
                }
            }
        }
        for term in &mut terms {
            let until = term.until.as_ref();
            let until = until.and_then(|day| day.parse::<Date>().ok());
            term.days_left = until.and_then(|day| days_between(today, day));
        }
        terms.sort_by(|a, b| {
            let key = |term: &Term| {
                let day = term.until.clone().or_else(|| term.since.clone());
                (term.kind != TermKind::Vacant, day.is_none(), day)
            };
            key(a).cmp(&key(b))
        });
        terms
    }

    fn new(
        kind: TermKind,
        seat: &CoverageSeat,
        product: usize,
        who: Option<&CoverageHolder>,
    ) -> Self {
        Self {
            kind,
            seat: seat.title.clone(),
            unit_kind: seat.unit_kind,
            unit: seat.unit.clone(),
            product,
            who: who.map(|who| who.name.clone()),
            since: who.and_then(|who| who.since.clone()),
            until: who.and_then(|who| who.until.clone()),
            days_left: None,
        }
    }

    /// What is so and since or until when, as far as it does not change by itself from one day to the next.
    pub fn what(&self) -> String {
        let since = self.since.as_ref();
        let since = since.map_or_else(String::new, |since| format!(" since {since}"));
        let until = self.until.as_ref();
        let until = until.map_or_else(String::new, |until| format!(" until {until}"));
        match self.kind {
            TermKind::Vacant => format!("vacant{since}"),
            TermKind::Leaves => format!("last day {}", self.until.as_deref().unwrap_or_default()),
            TermKind::Interim => format!("interim{since}{until}"),
            TermKind::Acting => format!("acting{since}{until}"),
            TermKind::Ends => format!("holds it{until}"),
        }
    }

    /// Who, in words.
    pub fn who_words(&self) -> String {
        match (self.kind, &self.who) {
            (TermKind::Vacant, Some(who)) => format!("{who} covers"),
            (TermKind::Vacant, None) => "nobody covers".to_owned(),
            (_, who) => who.clone().unwrap_or_default(),
        }
    }

    /// How it stands today: "15 days ago", "in 3 days".
    pub fn when(&self) -> Option<String> {
        let days = |number: u64| match number {
            1 => "1 day".to_owned(),
            number => format!("{number} days"),
        };
        Some(match self.days_left? {
            0 => "today".to_owned(),
            left if left < 0 => format!("{} ago", days(left.unsigned_abs())),
            left => format!("in {}", days(left.unsigned_abs())),
        })
    }

    /// Whether nobody does the work, or somebody's time is over.
    pub fn is_urgent(&self) -> bool {
        match self.kind {
            TermKind::Vacant => self.who.is_none(),
            _ => self.days_left.is_some_and(|left| left < 0),
        }
    }
}

fn days_between(from: Date, to: Date) -> Option<i64> {
    let span = from.until((jiff::Unit::Day, to)).ok()?;
    Some(i64::from(span.get_days()))
}
