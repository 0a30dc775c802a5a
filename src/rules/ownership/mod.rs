//! Duties on the wrong seat, or on too many.

use super::{OrganisationContext, Rule};
use crate::catalog::{DutyIx, RoleIx, Scope};
use crate::spec::UnitKind;
use crate::workspace::{DutyFact, Group as Product, PM_COLLABORATION, Seat, UnitFacts};

mod alike;
mod combine;
mod contested_duty;
mod foreign_duty;
pub(super) mod mirrored_roles;
mod missing_pm_po_link;
pub(super) mod multi_team_without_pm;
mod repeated_duty;
mod split_backlog;
pub(super) mod wrong_role;

pub(super) static RULES: &[&Rule] = &[
    &wrong_role::RULE,
    &foreign_duty::RULE,
    &repeated_duty::RULE,
    &contested_duty::RULE,
    &mirrored_roles::RULE,
    &missing_pm_po_link::RULE,
    &multi_team_without_pm::RULE,
    &split_backlog::RULE,
];

/// A seat with its team or product.
type SeatOf<'a> = (&'a UnitFacts, &'a Seat);

/// Whether two seats could step on each other's toes over a duty: seats of two teams each have their own where
/// every team needs the duty.
fn meet(
    context: &OrganisationContext<'_>,
    duty: DutyIx,
    one: SeatOf<'_>,
    other: SeatOf<'_>,
) -> bool {
    let scope = context.catalog.role(context.catalog.duty(duty).role).scope;
    scope == Scope::Product
        || std::ptr::eq(one.0, other.0)
        || one.0.kind == UnitKind::Product
        || other.0.kind == UnitKind::Product
}

/// What a seat says, each duty once, by the line that says it best; `None` where only a line says it that joins it
/// with other duties. Such a line has several things in it, some of them in the right place: `compound-duty` asks to
/// split it, and what is left can be judged after that. `is_own` tells the duties that are right on the seat.
fn claims(seat: &Seat, is_own: impl Fn(DutyIx) -> bool) -> Vec<(DutyFact, Option<DutyFact>)> {
    let mut claims: Vec<(DutyFact, Option<DutyFact>)> = Vec::new();
    let mut line: Option<DutyFact> = None;
    for said in &seat.duties {
        // The first of a line is what the line as a whole is read as.
        let is_part = line.is_some_and(|line| line.span == said.span);
        if !is_part {
            line = Some(*said);
        }
        let mut parts = seat.duties.iter().filter(|part| part.span == said.span);
        let is_plain = !is_part
            && parts.all(|part| part.duty == said.duty || is_own(part.duty) == is_own(said.duty));
        let plain = is_plain.then_some(*said);
        match claims.iter_mut().find(|(known, _)| known.duty == said.duty) {
            Some((best, best_plain)) => {
                if said.certainty > best.certainty {
                    *best = *said;
                }
                let is_better = |plain: &DutyFact| {
                    best_plain.is_none_or(|best| plain.certainty > best.certainty)
                };
                if let Some(plain) = plain.filter(is_better) {
                    *best_plain = Some(plain);
                }
            }
            None => claims.push((*said, plain)),
        }
    }
    claims
}

/// Whether a duty says no more of a seat than that it works with its counterpart: two seats say that of each other.
fn is_link(context: &OrganisationContext<'_>, seat: &Seat, duty: DutyIx) -> bool {
    let manager = context.catalog.product_manager();
    context.catalog.duty(duty).id == PM_COLLABORATION
        && manager.is_some_and(|manager| seat.is(manager))
}

/// The Product Manager beside a Product Owner of `unit`: in the same file, else of the product.
fn manager_beside<'a>(
    context: &'a OrganisationContext<'_>,
    group: &Product,
    unit: &'a UnitFacts,
) -> Option<SeatOf<'a>> {
    let manager = context.catalog.product_manager()?;
    let in_unit = |unit: &'a UnitFacts| {
        let mut seats = unit.seats.iter();
        Some((unit, seats.find(|seat| seat.is(manager))?))
    };
    let product = group.product.map(|product| context.index.unit(product));
    let any = || {
        let mut seats = group.seats_of(context.index, manager);
        seats.next().filter(|_| unit.kind == UnitKind::Product)
    };
    in_unit(unit).or_else(|| in_unit(product?)).or_else(any)
}

/// The seats that the catalog gives a duty to, by their own role.
fn owners<'a>(
    context: &'a OrganisationContext<'_>,
    group: &Product,
    role: RoleIx,
) -> Vec<SeatOf<'a>> {
    group.seats_of(context.index, role).collect()
}

/// "the Product Owner of team `checkout`".
fn name_of(context: &OrganisationContext<'_>, (unit, seat): SeatOf<'_>) -> String {
    format!("{} of {}", called(context, seat), unit.label())
}

/// "the Product Owner"; a combined seat by its id, because its title reads like two.
pub(super) fn called(context: &OrganisationContext<'_>, seat: &Seat) -> String {
    match seat.role.map(|role| context.catalog.role(role)) {
        Some(def) if def.combines.is_empty() => format!("the {}", def.title),
        Some(def) => format!("`{}`", def.id),
        None if seat.combines().is_empty() => "the seat".to_owned(),
        None => "the combined seat".to_owned(),
    }
}

/// The title of a seat; only seats that the catalog knows are spoken of here.
fn title_of<'a>(context: &'a OrganisationContext<'_>, seat: &Seat) -> &'a str {
    seat.role.map_or("seat", |role| context.title(role))
}

/// The id of a seat's role.
fn id_of<'a>(context: &'a OrganisationContext<'_>, seat: &Seat) -> &'a str {
    seat.role
        .map_or("role", |role| context.catalog.role(role).id.as_str())
}
