//! What a coverage consists of.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Span;
use crate::workspace::FileId;

/// The duties of a product and its teams, by their seats.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// `product`; `team` where a team is a product of its own.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// How to call it: "product `booking`".
    pub label: String,
    /// The model that holds for it.
    pub model: &'static str,
    /// Whether a file defines it; else only teams name it.
    pub defined: bool,
    /// Its teams.
    pub teams: Vec<CoverageTeam>,
    /// Its seats, the product's first.
    pub seats: Vec<CoverageSeat>,
    /// The duties of the catalog, in its order.
    pub duties: Vec<CoverageDuty>,
    /// What it comes to.
    pub summary: CoverageSummary,
}

/// A team of a product.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CoverageTeam {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: Option<String>,
    /// Its model, where that is another than the product's.
    pub model: Option<&'static str>,
}

/// A seat: a column.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CoverageSeat {
    /// The id of its role, where the catalog knows it.
    pub role: Option<String>,
    /// The ids of the roles whose duties are its own: its role, those that it combines, and those that the model leaves
    /// to it.
    pub answers_for: Vec<String>,
    /// What it is called.
    pub title: String,
    /// The ids of the roles that it makes one seat of.
    pub combines: Vec<String>,
    /// `team` or `product`.
    pub unit_kind: &'static str,
    /// The id of its team or product.
    pub unit: String,
    /// Who sits in it.
    pub holders: Vec<CoverageHolder>,
    /// `held`, `vacant`, or `unsaid` where the file does not say.
    pub state: &'static str,
    /// Whether its holders share one job.
    pub job_share: bool,
    /// The day since which it is vacant.
    pub vacant_since: Option<String>,
    /// Who does the work of an empty seat meanwhile.
    pub cover: Option<CoverageHolder>,
    /// Whether nobody does its work: it is vacant and nobody covers for it, or whoever would has left.
    pub empty: bool,
    /// Whether it lists no duties, so that those of the catalog are assumed.
    pub assumed: bool,
    /// How many of its lines were not recognised.
    pub unread: u16,
    /// Its file.
    #[serde(skip)]
    pub file: FileId,
    /// Its key in the file.
    #[serde(skip)]
    pub key: Span,
}

/// Somebody who sits in a seat or covers for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CoverageHolder {
    /// The same for one person wherever they are named: the id of the people document, else the name in small letters.
    pub person: String,
    /// The name, where the people documents have one; else what stands in the file.
    pub name: String,
    /// `permanent`, `interim` or `acting`.
    pub status: &'static str,
    /// The first day.
    pub since: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// The last day in the organisation, as the people document says.
    pub left: Option<String>,
}

/// A duty: a row.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CoverageDuty {
    /// Its id.
    pub duty: String,
    /// A short noun phrase.
    pub title: String,
    /// The id of the role that the catalog gives it to.
    pub role: String,
    /// The title of that role.
    pub owner: String,
    /// How far ahead it looks: `short`, `medium` or `long`.
    pub horizon: Option<&'static str>,
    /// Whether somebody must have it.
    pub core: bool,
    /// Whether anybody has it.
    pub state: CoverageState,
    /// The ids of the teams in which nobody has it, where each needs it for itself.
    pub missing_in: Vec<String>,
    /// The ids of the teams in which only an empty seat has it, where each needs it for itself.
    pub empty_in: Vec<String>,
    /// What each seat has to do with it, in the order of the seats.
    pub cells: Vec<CoverageCell>,
}

/// Whether anybody has a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverageState {
    /// Nobody has it, and nobody has to.
    Spare,
    /// Somebody says so.
    Covered,
    /// A row of `shared` says who.
    Shared,
    /// A seat without a list is assumed to have it.
    Assumed,
    /// Lines that were not recognised, or that a syntax error hides, may be it.
    Unclear,
    /// Only an empty seat has it: a vacant one that nobody covers for, or one whose holder has left.
    Empty,
    /// Nobody has it: a hole.
    Open,
}

/// What a seat has to do with a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoverageCell {
    /// What it has of it.
    pub has: Has,
    /// Whether that is as it should be.
    pub verdict: Verdict,
    /// Where that is said.
    #[serde(skip)]
    pub place: Option<(FileId, Span)>,
}

/// What a seat has of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Has {
    /// Nothing.
    Nothing,
    /// A line has a part in it, and leaves the lead to somebody else.
    Part,
    /// A row of `shared` says that it does the work.
    Responsible,
    /// A row of `shared` says that it answers for it.
    Accountable,
    /// It lists nothing, and so is assumed to have all that is its role's.
    Assumed,
    /// A line may be it.
    Perhaps,
    /// A line is read as it.
    Recognized,
    /// A line names it by its id.
    Pinned,
}

/// Whether a duty is where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Fine,
    /// The catalog gives it to another role.
    WrongSeat,
    /// Another seat has it too, and nothing says who answers for it.
    Clash,
}

/// What a coverage comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoverageSummary {
    /// How many duties somebody must have.
    pub needed: usize,
    /// How many of them somebody has, those that are assumed included.
    pub covered: usize,
    /// How many of them somebody is only assumed to have.
    pub assumed: usize,
    /// How many of them nobody has, in the product or in one of its teams.
    pub open: usize,
    /// How many of them only an empty seat has.
    pub empty: usize,
    /// Of how many of them it is not clear.
    pub unclear: usize,
    /// How many duties two seats have, and nothing says who answers for them.
    pub clashes: usize,
    /// How often a duty stands on a seat to which the catalog does not give it.
    pub misplaced: usize,
}

impl Coverage {
    /// What people call it: its name, else its id.
    pub fn title(&self) -> &str {
        match &self.name {
            Some(name) if !name.is_empty() => name,
            _ if self.id.is_empty() => &self.label,
            _ => &self.id,
        }
    }

    /// What people call one of its units: its name, else its id.
    pub fn unit_title<'a>(&'a self, id: &'a str) -> &'a str {
        let team = self.teams.iter().find(|team| team.id == id);
        let team = team.and_then(|team| team.name.as_deref());
        match team {
            Some(name) if !name.is_empty() => name,
            _ if id == self.id && self.kind == "product" => self.title(),
            _ if id.is_empty() => &self.label,
            _ => id,
        }
    }

    /// What a seat is called: "Product Owner of Checkout", without the product of its own.
    pub fn seat_label(&self, seat: &CoverageSeat) -> String {
        match seat.unit_kind == self.kind && seat.unit == self.id {
            true => seat.title.clone(),
            false => format!("{} of {}", seat.title, self.unit_title(&seat.unit)),
        }
    }

    /// The duties that somebody must have and nobody has, or only an empty seat.
    pub fn holes(&self) -> impl Iterator<Item = &CoverageDuty> {
        let is_hole = |duty: &&CoverageDuty| duty.core && duty.is_hole();
        self.duties.iter().filter(is_hole)
    }

    /// The duties by the role that the catalog gives them to, in the order of the catalog.
    pub fn by_owner(&self) -> Vec<(&str, Vec<&CoverageDuty>)> {
        let mut all: Vec<(&str, Vec<&CoverageDuty>)> = Vec::new();
        for duty in &self.duties {
            match all.iter_mut().find(|(owner, _)| *owner == duty.owner) {
                Some((_, duties)) => duties.push(duty),
                None => all.push((&duty.owner, vec![duty])),
            }
        }
        all
    }

    /// Whether a seat has anything to do with a duty of the catalog.
    pub fn says_something(&self, seat: usize) -> bool {
        let mut cells = self.duties.iter().filter_map(|duty| duty.cells.get(seat));
        cells.any(|cell| cell.has != Has::Nothing)
    }

    /// Everybody who sits in more than one of its seats, with those.
    pub fn in_several_seats(&self) -> Vec<(&str, Vec<&CoverageSeat>)> {
        let mut people: Vec<(&str, &str, Vec<&CoverageSeat>)> = Vec::new();
        for seat in &self.seats {
            for holder in &seat.holders {
                let known = people.iter_mut().find(|(key, ..)| *key == holder.person);
                match known {
                    Some((.., seats)) => seats.push(seat),
                    None => people.push((&holder.person, &holder.name, vec![seat])),
                }
            }
        }
        people.retain(|(.., seats)| seats.len() > 1);
        people
            .into_iter()
            .map(|(_, name, seats)| (name, seats))
            .collect()
    }
}
