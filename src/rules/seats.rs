//! Seats as mends see them: what they answer for, and who could have what they have.

use super::FixContext;
use super::again;
use super::ownership::mirrored_roles;
use crate::catalog::{DutyDef, DutyIx, RoleIx, Scope};
use crate::spec::{Role, UnitKind};
use crate::workspace::{FileId, Group, Hands, PM_COLLABORATION, Seat, UnitFacts};

/// A seat among those of its product.
#[derive(Clone, Copy)]
pub(super) struct SeatAt<'a> {
    pub group: &'a Group,
    pub unit: &'a UnitFacts,
    pub seat: &'a Seat,
}

impl<'a> SeatAt<'a> {
    /// The seat of a file.
    pub fn find(context: &FixContext<'a>, file: FileId, role: &Role) -> Option<Self> {
        let key = role.key.name.span;
        context.index.groups().iter().find_map(|group| {
            // There may be many groups, and few units have the file.
            let mut units = group.units(context.index).filter(|unit| unit.file == file);
            units.find_map(|unit| {
                let seat = unit.seats.iter().find(|seat| seat.key == key)?;
                Some(SeatAt { group, unit, seat })
            })
        })
    }

    /// The seats of a role that a duty of this one may go to: that of the same team or product, else all those of
    /// the product that could have it.
    pub fn others(&self, context: &FixContext<'a>, role: RoleIx) -> Vec<SeatAt<'a>> {
        let scope = context.catalog().role(role).scope;
        let group = self.group;
        let all = group.seats_of(context.index, role);
        let all = all.map(|(unit, seat)| SeatAt { group, unit, seat });
        let others: Vec<SeatAt<'_>> = all
            .filter(|other| !std::ptr::eq(other.seat, self.seat) && self.meets(other.unit, scope))
            .collect();
        let here = others
            .iter()
            .find(|other| std::ptr::eq(other.unit, self.unit));
        here.map(|here| vec![*here]).unwrap_or(others)
    }

    /// Whether a seat of `unit` and this one could step on each other's toes over work of a scope.
    fn meets(&self, unit: &UnitFacts, scope: Scope) -> bool {
        scope == Scope::Product
            || std::ptr::eq(unit, self.unit)
            || unit.kind == UnitKind::Product
            || self.unit.kind == UnitKind::Product
    }

    /// The duties of the catalog that the seat answers for, in the catalog's order.
    pub fn answers_for(&self, context: &FixContext<'a>) -> Vec<(DutyIx, &'a DutyDef)> {
        let catalog = &context.knowledge.catalog;
        let (index, group) = (context.index, self.group);
        let mut teams = group.teams.iter().copied();
        let team = teams.find(|team| std::ptr::eq(index.unit(*team), self.unit));
        let hands = match team {
            Some(team) => Hands::of_team(group, team, index, catalog),
            None => Hands::of_group(group, index, catalog),
        };
        let duties = catalog.duties();
        duties
            .filter(|(_, def)| hands.answers_for(self.seat, def.role))
            .collect()
    }

    /// Whether the catalog, or the model, gives a duty to the seat.
    pub fn has_by_right(&self, context: &FixContext<'a>, duty: DutyIx) -> bool {
        let mut own = self.answers_for(context).into_iter();
        own.any(|(known, _)| known == duty)
    }

    /// Whether another seat that could have a duty lists it.
    pub fn is_claimed(&self, context: &FixContext<'a>, duty: DutyIx) -> bool {
        let catalog = context.catalog();
        let scope = catalog.role(catalog.duty(duty).role).scope;
        let mut seats = self.group.seats(context.index);
        seats.any(|(unit, other)| {
            !std::ptr::eq(other, self.seat) && other.says(duty).is_some() && self.meets(unit, scope)
        })
    }

    /// Whether its list is that of another seat: then one rule says so for all duties, and a line more or less
    /// would make many findings of it.
    pub fn is_mirrored(&self, context: &FixContext<'a>) -> bool {
        again::organisation(context, |organisation| {
            mirrored_roles::speaks(organisation, self.group, self.seat)
        })
    }

    /// The duties of the catalog that the seat answers for and that can be written on its list: not those that
    /// another seat lists, because then two would have them, and not that it works with itself.
    pub fn own_duties(&self, context: &FixContext<'a>) -> Vec<(DutyIx, &'a DutyDef)> {
        let manager = context.catalog().product_manager();
        let is_manager = manager.is_some_and(|manager| self.seat.is(manager));
        let says_link = manager.is_some_and(|manager| self.seat.works_with.contains(&manager));
        let mut duties = self.answers_for(context);
        duties.retain(|(duty, def)| {
            let is_link = def.id == PM_COLLABORATION;
            !(is_link && (is_manager || says_link)) && !self.is_claimed(context, *duty)
        });
        duties
    }
}
