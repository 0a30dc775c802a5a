//! Duties on the wrong seat, or on too many.

use super::{OrganisationContext, Rule};
use crate::catalog::{DutyIx, RoleIx, Scope};
use crate::workspace::{Group as Product, Seat, UnitFacts};

mod contested_duty;
mod foreign_duty;
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
    use crate::spec::UnitKind::Product;
    let scope = context.catalog.role(context.catalog.duty(duty).role).scope;
    scope == Scope::Product
        || std::ptr::eq(one.0, other.0)
        || one.0.kind == Product
        || other.0.kind == Product
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
        None if seat.combines.is_empty() => "the seat".to_owned(),
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
