//! Who answers for what in a product: its duties by its seats, as data and as Markdown.

mod cells;
mod markdown;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::catalog::{Catalog, DutyDef, DutyIx, Model, RoleIx, Scope};
use crate::recognize::Certainty;
use crate::spec::UnitKind;
use crate::text::Span;
use crate::workspace::{
    FileId, Group, Hands, Index, PM_COLLABORATION, Seat, SeatState, UnitFacts, reach,
};

use cells::Cells;

/// The duties of a product and its teams, by their seats.
#[derive(Debug, Serialize)]
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
    /// The ids of its teams.
    pub teams: Vec<String>,
    /// Its seats, the product's first.
    pub seats: Vec<CoverageSeat>,
    /// The duties of the catalog, in its order.
    pub duties: Vec<CoverageDuty>,
    /// What it comes to.
    pub summary: CoverageSummary,
}

/// A seat: a column.
#[derive(Debug, Serialize)]
pub struct CoverageSeat {
    /// The id of its role, where the catalog knows it.
    pub role: Option<String>,
    /// The ids of the roles whose duties are its own: its role, those that it combines, and those that the model leaves
    /// to it.
    pub answers_for: Vec<String>,
    /// What it is called.
    pub title: String,
    /// `team` or `product`.
    pub unit_kind: &'static str,
    /// The id of its team or product.
    pub unit: String,
    /// Who sits in it, by name where the people documents have one.
    pub holders: Vec<String>,
    /// `held`, `vacant`, or `unsaid` where the file does not say.
    pub state: &'static str,
    /// Who does the work of an empty seat meanwhile.
    pub cover: Option<String>,
    /// Whether it lists no duties, so that those of the catalog are assumed.
    pub assumed: bool,
    /// Its file.
    #[serde(skip)]
    pub file: FileId,
    /// Its key in the file.
    #[serde(skip)]
    pub key: Span,
}

/// A duty: a row.
#[derive(Debug, Serialize)]
pub struct CoverageDuty {
    /// Its id.
    pub duty: String,
    /// A short noun phrase.
    pub title: String,
    /// The id of the role that the catalog gives it to.
    pub role: String,
    /// The title of that role.
    pub owner: String,
    /// How far ahead it looks.
    pub horizon: Option<&'static str>,
    /// Whether somebody must have it.
    pub core: bool,
    /// Whether anybody has it.
    pub state: CoverageState,
    /// The teams in which nobody has it, where each needs it for itself.
    pub missing_in: Vec<String>,
    /// What each seat has to do with it, in the order of the seats.
    pub cells: Vec<CoverageCell>,
}

/// Whether anybody has a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// Nobody has it: a hole.
    Open,
}

/// What a seat has to do with a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CoverageSummary {
    /// How many duties somebody must have.
    pub needed: usize,
    /// How many of them somebody has.
    pub covered: usize,
    /// How many of them nobody has, in the product or in one of its teams.
    pub open: usize,
    /// Of how many of them it is not clear.
    pub unclear: usize,
    /// How many duties two seats have, and nothing says who answers for them.
    pub clashes: usize,
    /// How often a duty stands on a seat to which the catalog does not give it.
    pub misplaced: usize,
}

/// Who answers for what in a product with its teams.
pub fn coverage(group: &Group, index: &Index, catalog: &Catalog) -> Coverage {
    let head = group.head(index);
    let product = head.and_then(|head| head.product.as_ref().filter(|_| group.undefined));
    let (kind, id, label) = match (product, head) {
        // Teams name it, and no file defines it.
        (Some(product), _) => (
            UnitKind::Product,
            product.text.to_string(),
            format!("product `{}`", product.text),
        ),
        (None, Some(head)) => (head.kind, head.id.text.to_string(), head.label()),
        (None, None) => (UnitKind::Product, String::new(), "this product".to_owned()),
    };
    let hands = Hands::of_group(group, index, catalog);
    let cells = Cells::new(group, index, catalog, &hands);
    let whole = Whole {
        group,
        index,
        catalog,
        hands: &hands,
    };
    let duties: Vec<CoverageDuty> = catalog
        .duties()
        .map(|(duty, def)| whole.row(duty, def, cells.row(duty, def)))
        .collect();
    let summary = CoverageSummary::of(&duties);
    Coverage {
        kind: kind.name(),
        id,
        name: head
            .filter(|_| product.is_none())
            .and_then(|head| Some(head.name.as_ref()?.to_string())),
        label,
        model: group.model.name(),
        defined: !group.undefined,
        teams: group
            .teams
            .iter()
            .map(|team| index.unit(*team).id.text.to_string())
            .collect(),
        seats: seats(&hands, index, catalog),
        duties,
        summary,
    }
}

fn seats(hands: &Hands<'_>, index: &Index, catalog: &Catalog) -> Vec<CoverageSeat> {
    let called = |name: &str| {
        let person = index.person(name);
        let known = person.and_then(|person| person.name.as_ref());
        known.map_or_else(|| name.to_owned(), |name| name.text.to_string())
    };
    let seat = |unit: &UnitFacts, number: usize, seat: &Seat| CoverageSeat {
        role: seat.role.map(|role| catalog.role(role).id.clone()),
        answers_for: catalog
            .roles()
            .filter(|(role, _)| hands.answers_for(seat, *role))
            .map(|(_, def)| def.id.clone())
            .collect(),
        title: title(unit, number, seat, catalog),
        unit_kind: unit.kind.name(),
        unit: unit.id.text.to_string(),
        holders: seat
            .holders
            .iter()
            .map(|holder| called(&holder.person.text))
            .collect(),
        state: match seat.state {
            SeatState::Held => "held",
            SeatState::Vacant => "vacant",
            SeatState::Unsaid => "unsaid",
        },
        cover: seat.cover.as_ref().map(|cover| called(&cover.text)),
        assumed: seat.assumes(),
        file: unit.file,
        key: seat.key,
    };
    hands
        .units()
        .iter()
        .flat_map(|unit| {
            let seats = unit.seats.iter().enumerate();
            seats.map(move |(number, one)| (*unit, number, one))
        })
        .map(|(unit, number, one)| seat(unit, number, one))
        .collect()
}

/// The title of a seat; one that the catalog does not know as its file calls it.
fn title(unit: &UnitFacts, number: usize, seat: &Seat, catalog: &Catalog) -> String {
    match seat.role {
        Some(role) => catalog.role(role).title.clone(),
        None => {
            let before = unit.seats.iter().take(number);
            let unknown = before.filter(|seat| seat.role.is_none()).count();
            let name = unit.own_roles.get(unknown);
            name.map_or_else(|| "seat".to_owned(), ToString::to_string)
        }
    }
}

/// A product with its teams.
struct Whole<'a> {
    group: &'a Group,
    index: &'a Index,
    catalog: &'a Catalog,
    hands: &'a Hands<'a>,
}

impl Whole<'_> {
    fn row(&self, duty: DutyIx, def: &DutyDef, cells: Vec<CoverageCell>) -> CoverageDuty {
        let (state, missing_in) = self.state(duty, def);
        let owner = self.catalog.role(def.role);
        CoverageDuty {
            duty: def.id.clone(),
            title: def.title.clone(),
            role: owner.id.clone(),
            owner: owner.title.clone(),
            horizon: def.horizon.map(crate::catalog::Horizon::name),
            core: def.core,
            state,
            missing_in,
            cells,
        }
    }

    /// Whether anybody has a duty; where each team needs it, in which teams nobody has.
    fn state(&self, duty: DutyIx, def: &DutyDef) -> (CoverageState, Vec<String>) {
        let group = self.group;
        let scope = reach(def.role, group.model, self.catalog);
        if scope == Scope::Product || group.teams.is_empty() {
            return (self.state_in(self.hands, duty, def), Vec::new());
        }
        let mut worst = CoverageState::Spare;
        let mut missing = Vec::new();
        for team in &group.teams {
            let unit = self.index.unit(*team);
            if unit.model == Some(Model::None) {
                continue;
            }
            let hands = Hands::of_team(group, *team, self.index, self.catalog);
            let state = self.state_in(&hands, duty, def);
            if state == CoverageState::Open {
                missing.push(unit.id.text.to_string());
            }
            worst = worst.max(state);
        }
        (worst, missing)
    }

    fn state_in(&self, hands: &Hands<'_>, duty: DutyIx, def: &DutyDef) -> CoverageState {
        match hands.held(duty) {
            Some(Certainty::Assumed) => return CoverageState::Assumed,
            Some(_) => return CoverageState::Covered,
            None if hands.shares(duty) => return CoverageState::Shared,
            None => {}
        }
        if !def.core || self.group.model == Model::None || self.is_pointless(hands, def) {
            return CoverageState::Spare;
        }
        let mut owners = hands.answering(def.role).peekable();
        let nobody_knows = self.group.undefined && owners.peek().is_none();
        let is_unread = |seat: &Seat| seat.unread.is_some_and(|lines| lines > 0);
        if nobody_knows || hands.may_hide() || owners.any(|(_, seat)| is_unread(seat)) {
            return CoverageState::Unclear;
        }
        CoverageState::Open
    }

    /// Working together takes two seats.
    fn is_pointless(&self, hands: &Hands<'_>, def: &DutyDef) -> bool {
        if def.id != PM_COLLABORATION {
            return false;
        }
        let Some(manager) = self.catalog.product_manager() else {
            return false;
        };
        let is_manager = |role: RoleIx, seat: &Seat| seat.is(role);
        let mut owners = hands.answering(def.role);
        owners.any(|(_, seat)| is_manager(manager, seat))
            || self.group.seats_of(self.index, manager).next().is_none()
    }
}

impl CoverageSummary {
    fn of(duties: &[CoverageDuty]) -> Self {
        let mut summary = Self::default();
        for duty in duties {
            let verdicts = |wanted: Verdict| {
                let cells = duty.cells.iter();
                cells.filter(|cell| cell.verdict == wanted).count()
            };
            summary.misplaced += verdicts(Verdict::WrongSeat);
            summary.clashes += usize::from(verdicts(Verdict::Clash) > 0);
            if !duty.core {
                continue;
            }
            match duty.state {
                CoverageState::Spare => continue,
                CoverageState::Open => summary.open += 1,
                CoverageState::Unclear => summary.unclear += 1,
                CoverageState::Covered | CoverageState::Shared | CoverageState::Assumed => {
                    summary.covered += 1;
                }
            }
            summary.needed += 1;
        }
        summary
    }
}
