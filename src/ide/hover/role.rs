//! A role: what it is for, beside the other one, and what of its duties is covered.

use std::fmt::Write as _;

use super::super::View;
use super::super::lookup::Around;
use super::super::people::People;
use super::super::target::Target;
use super::{seat_title, sits};
use crate::catalog::{Catalog, DutyDef, DutyIx, RoleIx, Scope, simple_name};
use crate::recognize::Certainty;
use crate::report::{changes_markdown, role_markdown};
use crate::workspace::{Hands, reach};

/// A role, where a file names it.
pub(super) fn text(
    view: &View<'_>,
    target: &Target,
    name: &str,
    known: Option<RoleIx>,
) -> Option<String> {
    let catalog = view.catalog();
    let Some(role) = known else {
        return unknown(view, target, name);
    };
    if view.unit(target.span).is_none() {
        return Some(role_markdown(catalog, role, 3));
    }
    let def = catalog.role(role);
    let mut page = format!(
        "**{}** · `{}` · one for each {}",
        def.title,
        def.id,
        def.scope.name()
    );
    if !def.purpose.is_empty() {
        let _ = write!(page, "\n\n{}", def.purpose);
    }
    let changes = changes_markdown(catalog, &def.changes);
    if !changes.is_empty() {
        let _ = write!(page, "\n{}", changes.trim_end());
    }
    if let Some(other) = other_side(catalog, role) {
        let other = catalog.role(other);
        let _ = write!(
            page,
            "\n\n**Beside it, the {}.** {}",
            other.title, other.purpose
        );
    }
    page.push_str(&covered(view, target, role));
    Some(page)
}

/// The Product Owner of a Product Manager, and the other way round.
fn other_side(catalog: &Catalog, role: RoleIx) -> Option<RoleIx> {
    let (manager, owner) = (catalog.product_manager()?, catalog.product_owner()?);
    match role {
        _ if role == manager => Some(owner),
        _ if role == owner => Some(manager),
        _ => None,
    }
}

fn unknown(view: &View<'_>, target: &Target, name: &str) -> Option<String> {
    view.unit(target.span)?;
    let catalog = view.catalog().id();
    let simple = simple_name(name);
    let near = view.session.product(view.file)?;
    let mut units = near.index.units();
    let is_seat = units.any(|(_, unit)| unit.own_roles().iter().any(|role| **role == *simple));
    Some(match is_seat {
        true => format!(
            "`{name}` · a role of your own: the catalog `{catalog}` does not describe it, so nothing is asked of it."
        ),
        false => format!(
            "`{name}` · no role of the catalog `{catalog}`, and no seat here: it may be anybody."
        ),
    })
}

/// What of a role's duties is covered in the team or product that names it.
fn covered(view: &View<'_>, target: &Target, role: RoleIx) -> String {
    let catalog = view.catalog();
    let (Some(unit), Some(near)) = (view.unit(target.span), view.session.product(view.file)) else {
        return String::new();
    };
    let Some(around) = Around::find(view, unit, &near.index) else {
        return String::new();
    };
    let is_wide = reach(role, around.group.model, catalog) == Scope::Product || !around.is_team();
    let (hands, label) = match is_wide {
        true => (
            Hands::of_group(around.group, &near.index, catalog),
            around.label(&near.index),
        ),
        false => (
            Hands::of_team(around.group, around.unit, &near.index, catalog),
            around.facts.label(),
        ),
    };
    let sides = std::iter::once(role).chain(catalog.role(role).combines.iter().copied());
    let duties: Vec<(DutyIx, &DutyDef)> = sides.flat_map(|side| catalog.duties_of(side)).collect();
    if duties.is_empty() {
        return String::new();
    }
    let people = People::around(view);
    let mut held = 0;
    let mut lines = String::new();
    for (duty, def) in &duties {
        let holders = hands
            .seats()
            .filter_map(|(unit, seat)| Some((hands.holds(seat, *duty)?, unit, seat)));
        // The seat's own, where it has the duty at all; another that lists it does so in vain.
        let best = holders.max_by_key(|(certainty, _, seat)| (seat.is(role), *certainty));
        let state = match best {
            Some((certainty, unit, seat)) => {
                held += 1;
                let how = match certainty {
                    Certainty::Assumed => "assumed",
                    Certainty::Weak => "perhaps",
                    Certainty::Recognized | Certainty::Pinned => "covered",
                };
                if seat.is(role) {
                    how.to_owned()
                } else {
                    let title = seat_title(view, unit, seat);
                    let sits =
                        sits(&people, seat).map_or_else(String::new, |sits| format!(" ({sits})"));
                    format!("{how}, by the {title} of {}{sits}", unit.label())
                }
            }
            None if hands.shares(*duty) => {
                held += 1;
                "shared".to_owned()
            }
            None if def.core => "**nobody has it**".to_owned(),
            None => "nobody has it, and it is not asked for".to_owned(),
        };
        let _ = write!(lines, "\n- `{}`: {state}", def.id);
    }
    format!(
        "\n\n**Its duties in {label}: {held} of {} covered**\n{lines}",
        duties.len()
    )
}
