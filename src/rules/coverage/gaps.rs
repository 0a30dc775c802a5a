//! The core duties of the catalog that nobody answers for.

use crate::catalog::{DutyDef, DutyIx, Model, RoleIx, Scope};
use crate::rules::OrganisationContext;
use crate::rules::ownership::multi_team_without_pm;
use crate::spec::UnitKind;
use crate::workspace::{
    Group as Product, Hands, NearFact, PM_COLLABORATION, Seat, UnitFacts, reach,
};

/// A core duty that nobody answers for, or of which it is not clear who does.
pub(super) struct Gap<'a> {
    /// Which.
    pub duty: DutyIx,
    /// What the catalog says of it.
    pub def: &'a DutyDef,
    /// The seats that should have it. There is at least one.
    pub owners: Vec<(&'a UnitFacts, &'a Seat)>,
    /// The one of them that is nearest to it.
    pub at: (&'a UnitFacts, &'a Seat),
    /// How many lines of theirs were not recognised.
    pub unread: u32,
}

impl<'a> Gap<'a> {
    /// The lines of its owners that come near to it, each with its team or product.
    pub fn near(&self) -> impl Iterator<Item = (&'a UnitFacts, &'a NearFact)> {
        let owners = self.owners.iter();
        owners
            .flat_map(|(unit, seat)| seat.near.iter().map(|near| (*unit, near)))
            .filter(|(_, near)| near.duty == self.duty)
    }
}

/// The gaps of a product and its teams, in the catalog's order. Of a product that is defined nowhere, nobody knows
/// what its seats hold.
pub(super) fn of_group<'a>(context: &'a OrganisationContext<'_>, group: &Product) -> Vec<Gap<'a>> {
    if group.undefined {
        return Vec::new();
    }
    let (index, catalog) = (context.index, context.catalog);
    let whole = Hands::of_group(group, index, catalog);
    let has_model = |team: &&_| index.unit(**team).model != Some(Model::None);
    let teams = group.teams.iter().filter(has_model);
    let teams: Vec<Hands<'_>> = teams
        .map(|team| Hands::of_team(group, *team, index, catalog))
        .collect();
    let absent = absent(context, group);
    let mut gaps = Vec::new();
    for (duty, def) in catalog.duties().filter(|(_, def)| def.core) {
        if absent == Some(def.role) {
            continue;
        }
        let scope = reach(def.role, group.model, catalog);
        let whole = [&whole];
        let hands: Vec<&Hands<'_>> = if scope == Scope::Product || group.teams.is_empty() {
            whole.to_vec()
        } else {
            teams.iter().collect()
        };
        let found = hands.into_iter();
        gaps.extend(found.filter_map(|hands| of_hands(context, group, hands, scope, (duty, def))));
    }
    gaps
}

/// A role that another rule finds missing for the whole product.
pub(super) fn absent(context: &OrganisationContext<'_>, group: &Product) -> Option<RoleIx> {
    let manager = context.catalog.product_manager();
    manager.filter(|_| multi_team_without_pm::speaks(context, group))
}

fn of_hands<'a>(
    context: &'a OrganisationContext<'_>,
    group: &Product,
    hands: &Hands<'a>,
    scope: Scope,
    (duty, def): (DutyIx, &'a DutyDef),
) -> Option<Gap<'a>> {
    if hands.held(duty).is_some() || hands.shares(duty) || hands.may_hide() {
        return None;
    }
    let owners: Vec<(&UnitFacts, &Seat)> = hands.answering(def.role).collect();
    let unread: u32 = owners
        .iter()
        .map(|(_, seat)| u32::from(seat.unread.unwrap_or(0)))
        .sum();
    if def.id == PM_COLLABORATION && !wants_collaboration(context, group, &owners, unread) {
        return None;
    }
    let nearest = |kind: UnitKind| owners.iter().find(|(unit, _)| unit.kind == kind);
    let at = *nearest(scope.unit()).or(owners.first())?;
    Some(Gap {
        duty,
        def,
        owners,
        at,
        unread,
    })
}

/// Working together takes two seats. Where the Product Owner surely does not say it, `missing-pm-po-link` does.
fn wants_collaboration(
    context: &OrganisationContext<'_>,
    group: &Product,
    owners: &[(&UnitFacts, &Seat)],
    unread: u32,
) -> bool {
    let Some(manager) = context.catalog.product_manager() else {
        return true;
    };
    let separate = |(_, seat): &(&UnitFacts, &Seat)| !seat.is(manager);
    let exists = group.seats_of(context.index, manager).next();
    unread > 0 && exists.is_some() && owners.iter().all(separate)
}
