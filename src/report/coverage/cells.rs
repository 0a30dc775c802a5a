//! What each seat has to do with each duty.

use super::{CoverageCell, Has, Verdict};
use crate::catalog::{Catalog, DutyDef, DutyIx, Model, RoleIx, Scope};
use crate::recognize::Certainty;
use crate::spec::UnitKind;
use crate::text::Span;
use crate::workspace::{FileId, Group, Hands, Index, PM_COLLABORATION, Seat, Takeover, UnitFacts};

type SeatOf<'a> = (&'a UnitFacts, &'a Seat);
type Place = (FileId, Span);

/// The seats of a product with its teams.
pub(super) struct Cells<'a> {
    group: &'a Group,
    index: &'a Index,
    catalog: &'a Catalog,
    hands: &'a Hands<'a>,
    seats: Vec<SeatOf<'a>>,
}

impl<'a> Cells<'a> {
    pub fn new(
        group: &'a Group,
        index: &'a Index,
        catalog: &'a Catalog,
        hands: &'a Hands<'a>,
    ) -> Self {
        Self {
            group,
            index,
            catalog,
            hands,
            seats: hands.seats().collect(),
        }
    }

    /// What each seat has to do with a duty.
    pub fn row(&self, duty: DutyIx, def: &DutyDef) -> Vec<CoverageCell> {
        let seats = self.seats.iter();
        seats
            .map(|seat| {
                let (has, place) = self.has(*seat, duty);
                let verdict = if self.clashes(*seat, duty, def) {
                    Verdict::Clash
                } else if self.is_wrong(*seat, duty, def) {
                    Verdict::WrongSeat
                } else {
                    Verdict::Fine
                };
                CoverageCell {
                    has,
                    verdict,
                    place,
                }
            })
            .collect()
    }

    fn has(&self, (unit, seat): SeatOf<'_>, duty: DutyIx) -> (Has, Option<Place>) {
        let lines = seat.duties.iter().filter(|line| line.duty == duty);
        let best = lines.max_by_key(|line| line.certainty);
        if let Some(line) = best {
            let has = match line.certainty {
                Certainty::Pinned => Has::Pinned,
                Certainty::Recognized => Has::Recognized,
                Certainty::Weak => Has::Perhaps,
                Certainty::Assumed => Has::Assumed,
            };
            return (has, Some((unit.file, line.span)));
        }
        if let Some(row) = self.row_of(unit, seat, duty) {
            return row;
        }
        match self.hands.holds(seat, duty) {
            // What `works_with` says.
            Some(Certainty::Recognized | Certainty::Pinned) => return (Has::Recognized, None),
            Some(Certainty::Weak) => return (Has::Perhaps, None),
            Some(Certainty::Assumed) => return (Has::Assumed, None),
            None => {}
        }
        let mut near = seat.near.iter();
        let part = near.find(|line| line.has_part && line.duty == duty);
        match part {
            Some(line) => (Has::Part, Some((unit.file, line.span))),
            None => (Has::Nothing, None),
        }
    }

    /// What a row of `shared` says of a seat: one of its own team, or of its product.
    fn row_of(&self, unit: &UnitFacts, seat: &Seat, duty: DutyIx) -> Option<(Has, Option<Place>)> {
        let is_near = |other: &UnitFacts| {
            std::ptr::eq(unit, other)
                || unit.kind == UnitKind::Product
                || other.kind == UnitKind::Product
        };
        let units = self.hands.units().iter().filter(|other| is_near(other));
        let mut found = None;
        let rows = units.flat_map(|unit| unit.shared.iter().map(move |row| (unit.file, row)));
        for (file, row) in rows {
            if row.duty != Some(duty) {
                continue;
            }
            if row.accountable.iter().any(|role| seat.is(*role)) {
                return Some((Has::Accountable, Some((file, row.span))));
            }
            if row.responsible.iter().any(|role| seat.is(*role)) {
                found = Some((Has::Responsible, Some((file, row.span))));
            }
        }
        found
    }

    // --- Whether it should be there ----------------------------------------------------------------------
    // As `contested-duty` and `wrong-role` see it, which look at single lines besides.

    fn owns(&self, (_, seat): SeatOf<'_>, def: &DutyDef) -> bool {
        self.hands.answers_for(seat, def.role)
    }

    /// Whether a seat says that it has a duty; two seats that say of each other that they work together say no more.
    fn claims(&self, at: SeatOf<'_>, duty: DutyIx, def: &DutyDef) -> bool {
        let manager = self.catalog.product_manager();
        let is_link = def.id == PM_COLLABORATION && manager.is_some_and(|role| at.1.is(role));
        at.1.role.is_some() && at.1.says(duty).is_some() && (!is_link || self.owns(at, def))
    }

    /// Whether a line says it that has nothing else in it which belongs to others: one that joins duties of several
    /// roles is to be split, and can be judged after that.
    fn is_plain(&self, (_, seat): SeatOf<'_>, duty: DutyIx) -> bool {
        let is_own = |duty: DutyIx| {
            let role = self.catalog.duty(duty).role;
            seat.is(role) || self.hands.answers_for(seat, role)
        };
        let mut line: Option<Span> = None;
        seat.duties.iter().any(|said| {
            // The first of a line is what the line as a whole is read as.
            let is_part = line.replace(said.span) == Some(said.span);
            let mut parts = seat.duties.iter().filter(|part| part.span == said.span);
            said.duty == duty && !is_part && parts.all(|part| is_own(part.duty) == is_own(duty))
        })
    }

    fn clashes(&self, at: SeatOf<'_>, duty: DutyIx, def: &DutyDef) -> bool {
        if !self.claims(at, duty, def) {
            return false;
        }
        self.seats.iter().any(|other| {
            let is_plain = self.is_plain(at, duty) || self.is_plain(*other, duty);
            is_plain
                && !std::ptr::eq(at.1, other.1)
                && self.claims(*other, duty, def)
                && (self.owns(at, def) || self.owns(*other, def))
                && self.meet(def, at, *other)
                && !self.are_one_seat(at, *other)
                && !self.is_settled(duty, at, *other)
        })
    }

    /// Seats of two teams each have their own where every team needs the duty.
    fn meet(&self, def: &DutyDef, one: SeatOf<'_>, other: SeatOf<'_>) -> bool {
        self.catalog.role(def.role).scope == Scope::Product
            || std::ptr::eq(one.0, other.0)
            || one.0.kind == UnitKind::Product
            || other.0.kind == UnitKind::Product
    }

    /// Several Product Owners where the model wants one are one question and not one for each duty.
    fn are_one_seat(&self, one: SeatOf<'_>, other: SeatOf<'_>) -> bool {
        let owner = self.catalog.product_owner();
        self.group.model.has_one_product_owner()
            && !std::ptr::eq(one.0, other.0)
            && owner.is_some_and(|owner| one.1.is(owner) && other.1.is(owner))
    }

    fn is_settled(&self, duty: DutyIx, one: SeatOf<'_>, other: SeatOf<'_>) -> bool {
        let product = self.group.product.map(|product| self.index.unit(product));
        one.1.shares_holder(other.1, self.index)
            || [one.0, other.0]
                .into_iter()
                .chain(product)
                .any(|unit| unit.shares(duty))
    }

    fn is_wrong(&self, at: SeatOf<'_>, duty: DutyIx, def: &DutyDef) -> bool {
        let (unit, seat) = at;
        let is_right = self.owns(at, def) || seat.is(def.role);
        if is_right || !self.claims(at, duty, def) || !self.is_plain(at, duty) {
            return false;
        }
        let owners: Vec<SeatOf<'_>> = self.group.seats_of(self.index, def.role).collect();
        let sides = [self.catalog.product_manager(), self.catalog.product_owner()];
        let is_side = sides.contains(&Some(def.role));
        // Where there is no such seat somebody has to have it, and another rule says that the seat is missing.
        if (owners.is_empty() && is_side) || self.allows(at, def.role, owners.is_empty()) {
            return false;
        }
        let mut near = owners.iter().filter(|owner| self.meet(def, at, **owner));
        let is_both = near.any(|owner| owner.1.shares_holder(seat, self.index));
        let product = self.group.product.map(|product| self.index.unit(product));
        let mut units = product.into_iter().chain([unit]);
        let is_shared = units.any(|unit| unit.shared_with(seat).any(|shared| shared == duty));
        !is_both && !is_shared
    }

    /// Whether the model lets a seat have the duties of `owner`.
    fn allows(&self, (unit, seat): SeatOf<'_>, owner: RoleIx, nobody: bool) -> bool {
        let sides = [self.catalog.product_manager(), self.catalog.product_owner()];
        match unit.model.unwrap_or(self.group.model) {
            Model::None => true,
            Model::Combined => {
                sides.contains(&Some(owner)) && sides.iter().flatten().any(|side| seat.is(*side))
            }
            model => Takeover::of(model, self.catalog).is_some_and(|takeover| {
                takeover.absent == owner && (nobody || seat.is(takeover.by))
            }),
        }
    }
}
