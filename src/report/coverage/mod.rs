//! Who answers for what in a product: its duties by its seats, as data and as Markdown.

mod cells;
mod data;
mod markdown;
#[cfg(test)]
mod tests;
mod words;

use jiff::civil::Date;

use crate::catalog::{Catalog, DutyDef, DutyIx, Model, RoleIx, Scope};
use crate::recognize::Certainty;
use crate::spec::{Status, UnitKind};
use crate::workspace::{
    Group, Hands, Index, PM_COLLABORATION, Seat, SeatHolder, SeatState, UnitFacts, reach,
};

use cells::Cells;
pub(super) use markdown::{capital, plain};
pub(super) use words::duties;

pub use data::{
    Coverage, CoverageCell, CoverageDuty, CoverageHolder, CoverageSeat, CoverageState,
    CoverageSummary, CoverageTeam, Has, Verdict,
};

/// Who answers for what in a product with its teams.
pub fn coverage(group: &Group, index: &Index, catalog: &Catalog, today: Date) -> Coverage {
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
        today,
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
            .map(|team| index.unit(*team))
            .map(|team| CoverageTeam {
                id: team.id.text.to_string(),
                name: team.name.as_ref().map(ToString::to_string),
                model: team
                    .model
                    .filter(|model| *model != group.model)
                    .map(Model::name),
            })
            .collect(),
        seats: whole.seats(),
        duties,
        summary,
    }
}

/// Somebody who sits in a seat, or `status` apart, somebody who covers for one.
fn holder(holder: &SeatHolder, index: &Index) -> CoverageHolder {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    CoverageHolder {
        status: holder.status.name(),
        since: day(holder.since),
        until: day(holder.until),
        ..somebody(&holder.person.text, index)
    }
}

fn somebody(name: &str, index: &Index) -> CoverageHolder {
    let person = index.person(name);
    let known = person.and_then(|person| person.name.as_ref());
    CoverageHolder {
        person: index.person_key(name),
        name: known.map_or_else(|| name.to_owned(), |name| name.text.to_string()),
        status: Status::Permanent.name(),
        since: None,
        until: None,
        left: person
            .and_then(|person| person.left)
            .map(|(day, _)| day.to_string()),
    }
}

impl Whole<'_> {
    fn seats(&self) -> Vec<CoverageSeat> {
        let (index, catalog) = (self.index, self.catalog);

        let seat = |unit: &UnitFacts, number: usize, seat: &Seat| CoverageSeat {
            role: seat.role.map(|role| catalog.role(role).id.clone()),
            answers_for: catalog
                .roles()
                .filter(|(role, _)| self.hands.answers_for(seat, *role))
                .map(|(_, def)| def.id.clone())
                .collect(),
            title: title(unit, number, seat, catalog),
            combines: seat
                .combines()
                .iter()
                .map(|role| catalog.role(*role).id.clone())
                .collect(),
            unit_kind: unit.kind.name(),
            unit: unit.id.text.to_string(),
            holders: seat.holders.iter().map(|one| holder(one, index)).collect(),
            state: match seat.state {
                SeatState::Held => "held",
                SeatState::Vacant => "vacant",
                SeatState::Unsaid => "unsaid",
            },
            job_share: seat.job_share(),
            vacant_since: seat.vacant_since().map(|day| day.to_string()),
            cover: seat.cover().map(|cover| somebody(&cover.text, index)),
            empty: self.is_empty(seat),
            assumed: seat.assumes(),
            unread: seat.unread.unwrap_or(0),
            file: unit.file,
            key: seat.key,
        };
        self.hands
            .units()
            .iter()
            .flat_map(|unit| {
                let seats = unit.seats.iter().enumerate();
                seats.map(move |(number, one)| (*unit, number, one))
            })
            .map(|(unit, number, one)| seat(unit, number, one))
            .collect()
    }
}

/// The title of a seat; one that the catalog does not know as its file calls it.
fn title(unit: &UnitFacts, number: usize, seat: &Seat, catalog: &Catalog) -> String {
    match seat.role {
        Some(role) => catalog.role(role).title.clone(),
        None => {
            let before = unit.seats.iter().take(number);
            let unknown = before.filter(|seat| seat.role.is_none()).count();
            let name = unit.own_roles().get(unknown);
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
    today: Date,
}

impl Whole<'_> {
    fn row(&self, duty: DutyIx, def: &DutyDef, cells: Vec<CoverageCell>) -> CoverageDuty {
        let (state, missing_in, empty_in) = self.state(duty, def);
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
            empty_in,
            cells,
        }
    }

    /// Whether anybody has a duty; where each team needs it, in which teams nobody has, and in which only an
    /// empty seat.
    fn state(&self, duty: DutyIx, def: &DutyDef) -> (CoverageState, Vec<String>, Vec<String>) {
        let group = self.group;
        let scope = reach(def.role, group.model, self.catalog);
        if scope == Scope::Product || group.teams.is_empty() {
            let state = self.state_in(self.hands, duty, def);
            return (state, Vec::new(), Vec::new());
        }
        let mut worst = CoverageState::Spare;
        let (mut missing, mut vacant) = (Vec::new(), Vec::new());
        for team in &group.teams {
            let unit = self.index.unit(*team);
            if unit.model == Some(Model::None) {
                continue;
            }
            let hands = Hands::of_team(group, *team, self.index, self.catalog);
            let state = self.state_in(&hands, duty, def);
            match state {
                CoverageState::Open => missing.push(unit.id.text.to_string()),
                CoverageState::Empty => vacant.push(unit.id.text.to_string()),
                _ => {}
            }
            worst = worst.max(state);
        }
        (worst, missing, vacant)
    }

    /// Whether nobody does the work of a seat. One that names nobody and is not vacant is held by whomever it does not
    /// name.
    fn is_empty(&self, seat: &Seat) -> bool {
        let has_left = |person: &str| {
            let left = self.index.person(person).and_then(|person| person.left);
            left.is_some_and(|(day, _)| day <= self.today)
        };
        let mut holders = seat.holders.iter().map(|holder| &holder.person);
        match seat.state {
            SeatState::Unsaid => false,
            SeatState::Held => !seat.holders.is_empty() && holders.all(|one| has_left(&one.text)),
            SeatState::Vacant => holders.chain(seat.cover()).all(|one| has_left(&one.text)),
        }
    }

    fn state_in(&self, hands: &Hands<'_>, duty: DutyIx, def: &DutyDef) -> CoverageState {
        let held = |empty: bool| {
            let seats = hands
                .seats()
                .filter(|(_, seat)| self.is_empty(seat) == empty);
            seats.filter_map(|(_, seat)| hands.holds(seat, duty)).max()
        };
        match held(false) {
            Some(Certainty::Assumed) => return CoverageState::Assumed,
            Some(_) => return CoverageState::Covered,
            None if hands.shares(duty) => return CoverageState::Shared,
            None if held(true).is_some() => return CoverageState::Empty,
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
                CoverageState::Empty => summary.empty += 1,
                CoverageState::Unclear => summary.unclear += 1,
                CoverageState::Covered | CoverageState::Shared | CoverageState::Assumed => {
                    summary.covered += 1;
                    summary.assumed += usize::from(duty.state == CoverageState::Assumed);
                }
            }
            summary.needed += 1;
        }
        summary
    }
}
