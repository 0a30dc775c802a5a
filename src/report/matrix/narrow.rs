//! The products and teams that somebody asks for by name.

use crate::spec::UnitKind;
use crate::syntax::nearest;
use crate::workspace::{Group, Index};

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Ids or names of products, in small letters.
    pub products: Vec<String>,
    /// Ids or names of teams, in small letters.
    pub teams: Vec<String>,
}

impl Wanted {
    pub fn new(products: &[String], teams: &[String]) -> Self {
        let lower = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect();
        Self {
            products: lower(products),
            teams: lower(teams),
        }
    }

    /// What is drawn of a product with its teams: all of it, some of its teams, or nothing.
    pub fn part(&self, group: &Group, index: &Index) -> Option<Group> {
        let whole = |teams| Group {
            product: group.product,
            teams,
            model: group.model,
            undefined: group.undefined,
        };
        let everything = self.products.is_empty() && self.teams.is_empty();
        let called = product_names(group, index);
        let mut called = called.iter().map(|name| name.to_lowercase());
        let is_wanted = called.any(|name| self.products.contains(&name));
        if everything || is_wanted {
            return Some(whole(group.teams.clone()));
        }
        let is_meant = |name: &str| self.teams.contains(&name.to_lowercase());
        let wanted = group.teams.iter().copied().filter(|team| {
            let unit = index.unit(*team);
            is_meant(&unit.id.text) || unit.name.as_deref().is_some_and(is_meant)
        });
        let teams: Vec<_> = wanted.collect();
        (!teams.is_empty()).then(|| whole(teams))
    }
}

/// The id and the name of a product; a team without one answers to its own.
fn product_names(group: &Group, index: &Index) -> Vec<String> {
    let Some(head) = group.head(index) else {
        return Vec::new();
    };
    if group.undefined {
        let product = head.product.as_ref();
        return product
            .map(|name| name.text.to_string())
            .into_iter()
            .collect();
    }
    if head.kind == UnitKind::Team {
        return Vec::new();
    }
    [Some(&*head.id.text), head.name.as_deref()]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect()
}

/// That a name is that of no product or team, in a sentence without a full stop, with the nearest there is.
pub(super) fn unknown(kind: UnitKind, name: &str, groups: &[(&Group, &Index)]) -> Option<String> {
    let mut known: Vec<String> = Vec::new();
    for (group, index) in groups {
        match kind {
            UnitKind::Product => known.extend(product_names(group, index)),
            UnitKind::Team => {
                for team in &group.teams {
                    let unit = index.unit(*team);
                    known.push(unit.id.text.to_string());
                    known.extend(unit.name.as_ref().map(ToString::to_string));
                }
            }
        }
    }
    let lower = name.to_lowercase();
    if known.iter().any(|known| known.to_lowercase() == lower) {
        return None;
    }
    let kind = kind.name();
    let near = nearest(name, known.iter().map(String::as_str));
    Some(match near {
        Some(near) => format!("there is no {kind} `{name}`; did you mean `{near}`?"),
        None if known.is_empty() => format!("there is no {kind} `{name}`; these files have none"),
        None => {
            known.sort();
            known.dedup();
            let some: Vec<String> = known.iter().take(5).map(|id| format!("`{id}`")).collect();
            let more = if known.len() > 5 { ", …" } else { "" };
            format!(
                "there is no {kind} `{name}`; there are {}{more}",
                some.join(", ")
            )
        }
    })
}
