//! A team or product: what it is for, what it belongs to, and who is Product Manager and Product Owner.

use std::fmt::Write as _;

use super::super::View;
use super::super::definition::unit_at;
use super::super::lookup::Around;
use super::super::people::People;
use super::{limited, seat_title, sits};
use crate::catalog::{Catalog, Model};
use crate::spec::UnitKind;
use crate::workspace::{Index, UnitFacts};

/// So many teams are named.
const MOST: usize = 12;

/// A team or product by its id.
pub(super) fn text(view: &View<'_>, kind: UnitKind, id: &str) -> Option<String> {
    if id.is_empty() {
        return None;
    }
    let Some((file, at)) = unit_at(view, kind, id) else {
        return Some(format!(
            "**{id}** · no file defines this {}.\n\nOne that does starts with `{}: {id}`.",
            kind.name(),
            kind.name()
        ));
    };
    let other = view.other(file)?;
    let unit = other.source.spec.units().find(|unit| unit.id.span == at)?;
    let mut page = match &unit.name {
        Some(name) => format!("**{}** · {} `{id}`", name.text, kind.name()),
        None => format!("**{id}** · {}", kind.name()),
    };
    if let Some(purpose) = &unit.purpose {
        let _ = write!(page, "\n\n{}", purpose.text);
    }
    let near = view.session.product(file)?;
    let index = &near.index;
    let Some(around) = Around::find(&other, unit, index) else {
        return Some(page);
    };
    let model = index.model_of(around.facts);
    let model = match around.group.product {
        Some(product) if around.facts.model.is_none() => index.model_of(index.unit(product)),
        _ => model,
    };
    if kind == UnitKind::Team {
        let _ = write!(page, "\n\n{}", product(&around, index));
    } else {
        let teams = around.group.teams.iter().map(|team| index.unit(*team));
        let teams: Vec<String> = teams.map(|team| format!("- {}", named(team))).collect();
        match teams.is_empty() {
            true => page.push_str("\n\nNo team works on it yet."),
            false => {
                let _ = write!(page, "\n\n**Teams**\n\n{}", limited(teams, MOST));
            }
        }
    }
    page.push_str(&seats(view, &around, index));
    if model != Model::default() {
        let _ = write!(page, "\n\nModel: `{}`", model.name());
    }
    Some(page)
}

/// What a team belongs to.
fn product(around: &Around<'_>, index: &Index) -> String {
    match (around.group.product, &around.facts.product) {
        (Some(product), _) => {
            let others = around
                .group
                .teams
                .iter()
                .filter(|team| **team != around.unit);
            let others: Vec<String> = others
                .take(MOST)
                .map(|team| format!("`{}`", index.unit(*team).id.text))
                .collect();
            let more = around.group.teams.len().saturating_sub(others.len() + 1);
            let mut text = format!("Works on product {}", named(index.unit(product)));
            if !others.is_empty() {
                let _ = write!(text, ", with {}", others.join(", "));
                if more > 0 {
                    let _ = write!(text, " and {more} more");
                }
            }
            text + "."
        }
        (None, Some(product)) => {
            format!(
                "Works on product `{}`, which no file defines.",
                product.text
            )
        }
        (None, None) => "Belongs to no product: it is one by itself.".to_owned(),
    }
}

/// "`booking` (Booking)".
fn named(unit: &UnitFacts) -> String {
    let id = &unit.id.text;
    match &unit.name {
        Some(name) if name != id => format!("`{id}` ({name})"),
        _ => format!("`{id}`"),
    }
}

/// Who is Product Manager and who is Product Owner: of a team also those of its product.
fn seats(view: &View<'_>, around: &Around<'_>, index: &Index) -> String {
    let catalog: &Catalog = view.catalog();
    let people = People::around(view);
    let roles = [catalog.product_manager(), catalog.product_owner()];
    let mut lines: Vec<String> = Vec::new();
    for role in roles.into_iter().flatten() {
        let all = around.group.seats_of(index, role);
        let own: Vec<_> = match around.is_team() {
            true => {
                let product = around.group.product.map(|product| index.unit(product));
                let is_near = |unit: &UnitFacts| {
                    std::ptr::eq(unit, around.facts)
                        || product.is_some_and(|product| std::ptr::eq(unit, product))
                };
                all.filter(|(unit, _)| is_near(unit)).collect()
            }
            false => all.collect(),
        };
        if own.is_empty() {
            lines.push(format!("- {}: nobody", catalog.role(role).title));
        }
        for (unit, seat) in own {
            let title = seat_title(view, unit, seat);
            let sits = sits(&people, seat).unwrap_or_else(|| "not named".to_owned());
            let whose = match std::ptr::eq(unit, around.facts) {
                true => String::new(),
                false => format!(" (of {})", unit.label()),
            };
            let line = format!("- {title}: {sits}{whose}");
            // A seat that is both stands once.
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    match lines.is_empty() {
        true => String::new(),
        false => format!("\n\n**Who is who**\n\n{}", limited(lines, MOST)),
    }
}
