//! What a mend has to know of the files around.

use super::FixContext;
use crate::catalog::RoleIx;
use crate::spec::{Role, Unit};
use crate::workspace::{FileId, Group, Seat, UnitFacts};

impl FixContext<'_> {
    /// The product with its teams that a team or product belongs to.
    pub(super) fn group_of(&self, file: FileId, unit: &Unit) -> Option<&Group> {
        let is_it = |facts: &UnitFacts| {
            facts.file == file && facts.kind == unit.kind && facts.id == unit.id
        };
        let mut groups = self.index.groups().iter();
        groups.find(|group| group.units(self.index).any(is_it))
    }

    /// The seats of a role in the product that a team or product belongs to, but for the seat `but`.
    pub(super) fn other_seats<'a>(
        &'a self,
        file: FileId,
        unit: &Unit,
        wanted: RoleIx,
        but: &'a Role,
    ) -> impl Iterator<Item = (&'a UnitFacts, &'a Seat)> {
        let group = self.group_of(file, unit);
        let seats = group.map(|group| group.seats_of(self.index, wanted));
        let key = but.key.name.span;
        seats
            .into_iter()
            .flatten()
            .filter(move |(unit, seat)| unit.file != file || seat.key != key)
    }
}
