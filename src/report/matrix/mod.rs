//! Who answers for what in a whole organisation: its products, its people, and what runs out, for every format.

mod agreed;
mod build;
mod csv;
mod html;
mod json;
mod lines;
mod markdown;
mod narrow;
mod people;
mod svg;
mod symbols;
mod terminal;
mod terms;

use schemars::JsonSchema;
use serde::Serialize;

use super::coverage::{Coverage, CoverageState};

pub use agreed::{Agreed, AgreedKind, AgreedList};
pub use build::{MatrixRequest, matrix};
pub use lines::{LineReading, MatrixLine};
pub use people::{MatrixPerson, PersonSeat};
pub use terms::{Term, TermKind};

/// The version of the JSON output; it grows when a program that reads it would have to change.
pub const MATRIX_VERSION: u32 = 1;

/// Who answers for what: what `rolelint matrix --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Matrix {
    /// The version of this format: 1.
    pub version: u32,
    /// The day that dates were compared with.
    pub today: String,
    /// What it comes to.
    pub summary: MatrixSummary,
    /// The products, each with its teams; a team without a product is one of its own.
    pub products: Vec<MatrixProduct>,
    /// How each duty that must be held stands across the products, in the order of the catalog.
    pub duties: Vec<MatrixDuty>,
    /// Who holds or covers a seat of these products, those with the most teams first. What they hold elsewhere in the
    /// organisation counts, too.
    pub people: Vec<MatrixPerson>,
    /// Vacancies, interims and other seats whose time has an end, by day.
    pub terms: Vec<Term>,
    /// What is agreed on for more than one of the products: exceptions.
    pub agreed: Vec<Agreed>,
    /// Files that could not be read in full, so that what they say may be missing here.
    pub broken_files: Vec<String>,
}

/// A product with its teams.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatrixProduct {
    /// The folder of its organisation, where there is more than one.
    pub organisation: Option<String>,
    /// Who answers for what in it.
    #[serde(flatten)]
    pub coverage: Coverage,
    /// Where each seat stands and what its lines say, in the order of the seats.
    pub places: Vec<SeatPlace>,
    /// What is agreed on for its files alone: exceptions, and comments that silence findings.
    pub agreed: Vec<Agreed>,
}

/// Where a seat stands.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct SeatPlace {
    /// The file: relative to the current folder where it lies in it, with `/` on every system.
    pub file: String,
    /// The line of its key, from 1.
    pub line: u32,
    /// The lines of its list of duties.
    pub lines: Vec<MatrixLine>,
}

/// How a duty stands across the products: in how many of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatrixDuty {
    /// Its id.
    pub duty: String,
    /// A short noun phrase.
    pub title: String,
    /// The title of the role that the catalog gives it to.
    pub owner: String,
    /// Somebody says that they have it.
    pub said: usize,
    /// Somebody is only assumed to have it.
    pub assumed: usize,
    /// It is not clear.
    pub unclear: usize,
    /// Only an empty seat has it.
    pub empty: usize,
    /// Nobody has it.
    pub open: usize,
}

/// What an organisation comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatrixSummary {
    /// How many products, teams without one included.
    pub products: usize,
    /// How many teams.
    pub teams: usize,
    /// How many people hold or cover a seat.
    pub people: usize,
    /// How many duties must be held, over all products.
    pub needed: usize,
    /// How many of them somebody has, those that are assumed included.
    pub covered: usize,
    /// How many of them somebody is only assumed to have.
    pub assumed: usize,
    /// How many of them nobody has.
    pub open: usize,
    /// How many of them only an empty seat has.
    pub empty: usize,
    /// Of how many of them it is not clear.
    pub unclear: usize,
    /// How many duties two seats have.
    pub clashes: usize,
    /// How often a duty stands on a seat to which the catalog does not give it.
    pub misplaced: usize,
    /// How many seats are vacant.
    pub vacancies: usize,
    /// How many holders are interim or acting.
    pub interims: usize,
}

impl MatrixSummary {
    fn of(products: &[MatrixProduct], people: usize) -> Self {
        let mut sum = Self {
            products: products.len(),
            people,
            ..Self::default()
        };
        for product in products {
            let (coverage, one) = (&product.coverage, product.coverage.summary);
            sum.teams += coverage.teams.len();
            sum.needed += one.needed;
            sum.covered += one.covered;
            sum.assumed += one.assumed;
            sum.open += one.open;
            sum.empty += one.empty;
            sum.unclear += one.unclear;
            sum.clashes += one.clashes;
            sum.misplaced += one.misplaced;
            for seat in &coverage.seats {
                sum.vacancies += usize::from(seat.state == "vacant");
                let interim = seat.holders.iter();
                sum.interims += interim.filter(|one| one.status != "permanent").count();
            }
        }
        sum
    }
}

impl MatrixDuty {
    /// Those that must be held somewhere.
    fn all(products: &[MatrixProduct]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut known = std::collections::HashMap::new();
        let duties = products.iter().flat_map(|one| &one.coverage.duties);
        for duty in duties.filter(|duty| duty.core && duty.state != CoverageState::Spare) {
            let at = *known.entry(duty.duty.as_str()).or_insert_with(|| {
                all.push(Self {
                    duty: duty.duty.clone(),
                    title: duty.title.clone(),
                    owner: duty.owner.clone(),
                    ..Self::default()
                });
                all.len() - 1
            });
            let Some(sum) = all.get_mut(at) else { continue };
            let number = match duty.state {
                CoverageState::Covered | CoverageState::Shared => &mut sum.said,
                CoverageState::Assumed => &mut sum.assumed,
                CoverageState::Unclear => &mut sum.unclear,
                CoverageState::Empty => &mut sum.empty,
                CoverageState::Open | CoverageState::Spare => &mut sum.open,
            };
            *number += 1;
        }
        all
    }
}
