//! Who has a part in a duty.

use super::super::View;
use super::super::lookup::Around;
use super::super::people::People;
use super::super::target::Target;
use super::{limited, seat_title, sits};
use crate::catalog::{Catalog, DutyIx};
use crate::recognize::Certainty;
use crate::spec::{RoleName, SharedRow};
use crate::workspace::{Hands, UnitFacts};

/// So many are named; more would hide the rest.
const MOST: usize = 8;

/// Who has a part in a duty in the product that a place belongs to, beside the seat that the place is in.
pub(super) fn parts(view: &View<'_>, target: &Target, duty: DutyIx) -> String {
    let Some(unit) = view.unit(target.span) else {
        return String::new();
    };
    let Some(near) = view.session.product(view.file) else {
        return String::new();
    };
    let Some(around) = Around::find(view, unit, &near.index) else {
        return String::new();
    };
    let catalog = view.catalog();
    let hands = Hands::of_group(around.group, &near.index, catalog);
    let people = People::around(view);
    let mut lines = Vec::new();
    for (facts, seat) in hands.seats() {
        let is_here = facts.file == view.file && Some(seat.key) == target.seat;
        let has_part = || {
            let mut near = seat.near.iter();
            near.any(|line| line.has_part && line.duty == duty)
        };
        let part = match hands.holds(seat, duty) {
            _ if is_here => continue,
            Some(Certainty::Pinned | Certainty::Recognized) => "has it on the list",
            Some(Certainty::Weak) => "may have it on the list",
            Some(Certainty::Assumed) => "is assumed to have it, as there is no list",
            None if has_part() => "has a part in it",
            None => continue,
        };
        let title = seat_title(view, facts, seat);
        let sits = sits(&people, seat).map_or_else(String::new, |sits| format!(" ({sits})"));
        lines.push(format!("- {title} of {}{sits} {part}", facts.label()));
    }
    let sharing = hands.units().iter().filter(|unit| unit.shares(duty));
    for facts in sharing.take(MOST) {
        lines.extend(shared(view, target, facts, catalog, duty));
    }
    let label = around.label(&near.index);
    if lines.is_empty() {
        return match target.seat {
            Some(_) => format!("\n\nNobody else in {label} has a part in it."),
            None => format!("\n\nNobody in {label} has a part in it."),
        };
    }
    let else_ = if target.seat.is_some() { " else" } else { "" };
    format!(
        "\n\n**Who{else_} has a part in it in {label}**\n\n{}",
        limited(lines, MOST)
    )
}

/// The rows of `shared` about a duty, beside the one that the place is in.
fn shared(
    view: &View<'_>,
    target: &Target,
    facts: &UnitFacts,
    catalog: &Catalog,
    duty: DutyIx,
) -> Vec<String> {
    let Some(other) = view.other(facts.file) else {
        return Vec::new();
    };
    let mut units = other.source.spec.units();
    let Some(unit) = units.find(|unit| unit.id.span == facts.id.span) else {
        return Vec::new();
    };
    let is_it = |row: &&SharedRow| {
        let named = row.duty.as_ref();
        let is_here = facts.file == view.file && row.span.contains(target.span.start);
        !is_here && named.is_some_and(|named| catalog.find_duty(&named.text) == Some(duty))
    };
    let rows = unit.shared.iter().filter(is_it);
    rows.map(|row| {
        let said = [
            ("accountable", &row.accountable),
            ("responsible", &row.responsible),
            ("consulted", &row.consulted),
            ("informed", &row.informed),
        ];
        let said: Vec<String> = said
            .into_iter()
            .filter(|(_, roles)| !roles.is_empty())
            .map(|(word, roles)| format!("{word}: {}", titles(catalog, roles)))
            .collect();
        format!("- Shared in {}: {}", facts.label(), said.join("; "))
    })
    .collect()
}

fn titles(catalog: &Catalog, roles: &[RoleName]) -> String {
    let titles: Vec<&str> = roles
        .iter()
        .map(|name| match name.role {
            Some(role) => catalog.role(role).title.as_str(),
            None => &name.name.text,
        })
        .collect();
    titles.join(", ")
}
