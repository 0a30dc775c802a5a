//! Roles: those that the model needs and that lack first.

use super::cursor::Place;
use super::form::Word;
use super::insert::Body;
use super::names::joined;
use super::site::{Offer, Site, Slot};
use super::{About, CompletionKind};
use crate::catalog::{Catalog, Model, RoleIx, Scope};
use crate::ide::lookup::Around;
use crate::spec::UnitKind;
use crate::workspace::{Index, UnitFacts};

/// Offers the seats that a team or product may have.
pub(super) fn keys(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let catalog = site.view.catalog();
    let there: Vec<RoleIx> = known(catalog, &place.there);
    let needed = needed(site);
    let kind = site.unit().map_or(UnitKind::Team, |unit| unit.kind);
    let mut roles: Vec<RoleIx> = catalog.roles().map(|(role, _)| role).collect();
    roles.retain(|role| !there.contains(role));
    let sides = |role: RoleIx| &catalog.role(role).combines;
    roles.sort_by_key(|role| {
        let def = catalog.role(*role);
        let is_combined = sides(*role).iter().any(|side| there.contains(side));
        let rank = match needed.iter().position(|needed| needed == role) {
            Some(at) => at,
            None if is_combined => usize::MAX,
            None => 10 + usize::from(def.scope.unit() != kind),
        };
        // What has duties comes before what the catalog only knows by name.
        (
            rank,
            catalog.duties_of(*role).next().is_none() && def.combines.is_empty(),
        )
    });
    for role in roles {
        let def = catalog.role(role);
        let detail = match needed.contains(&role) {
            true => joined(&def.title, "needed, and nobody has it"),
            false => joined(&def.title, &format!("one for each {}", def.scope.name())),
        };
        site.add_key(
            place,
            slot,
            Body::nothing(),
            offer(catalog, role, detail, None),
        );
    }
}

fn offer(catalog: &Catalog, role: RoleIx, detail: String, body: Option<Body>) -> Offer {
    let id = &catalog.role(role).id;
    Offer {
        label: id.clone(),
        detail,
        kind: CompletionKind::Role,
        body: body.unwrap_or_else(|| Body::word(id)),
        about: About::Role(id.clone()),
    }
}

fn known(catalog: &Catalog, names: &[&str]) -> Vec<RoleIx> {
    let known = names.iter().filter_map(|name| catalog.find_role(name));
    known.collect()
}

/// The roles that the team or product needs by its model, and that nobody has.
pub(super) fn needed(site: &Site<'_>) -> Vec<RoleIx> {
    let view = site.view;
    let catalog = view.catalog();
    let Some(unit) = site.unit() else {
        return Vec::new();
    };
    let product = view.session.product(view.file);
    let around = product
        .as_ref()
        .and_then(|product| Some((Around::find(view, unit, &product.index)?, &product.index)));
    let (Some(manager), Some(owner)) = (catalog.product_manager(), catalog.product_owner()) else {
        return Vec::new();
    };
    let Some((around, index)) = around else {
        return Vec::new();
    };
    needed_in(catalog, &around, index, (manager, owner))
}

fn needed_in(
    catalog: &Catalog,
    around: &Around<'_>,
    index: &Index,
    (manager, owner): (RoleIx, RoleIx),
) -> Vec<RoleIx> {
    let group = around.group;
    let lacks = |role| !group.undefined && group.seats_of(index, role).next().is_none();
    let product = group.product.map(|product| index.unit(product));
    let has = |unit: &UnitFacts, role| unit.seats.iter().any(|seat| seat.is(role));
    let lacks_here = |role| {
        around.is_team() && !has(around.facts, role) && !product.is_some_and(|unit| has(unit, role))
    };
    let model = around.facts.model.unwrap_or(group.model);
    let mut needed = Vec::new();
    if model == Model::Combined && lacks(manager) && lacks(owner) {
        needed.extend(combined(catalog, (manager, owner)));
    }
    let wants_manager = model.needs_product_manager() || model == Model::Combined;
    if wants_manager && lacks(manager) {
        needed.push(manager);
    }
    let wants_owner = match model {
        Model::Combined => lacks(owner),
        model if model.has_one_product_owner() => lacks(owner),
        model => model.needs_product_owner_per_team() && lacks_here(owner),
    };
    if wants_owner {
        needed.push(owner);
    }
    // In a file of a team its own seat comes before that of the whole product.
    if around.is_team() && product.is_some() {
        needed.sort_by_key(|role| catalog.role(*role).scope == Scope::Product);
    }
    needed
}

/// The role that makes one seat of two.
pub(super) fn combined(catalog: &Catalog, (one, other): (RoleIx, RoleIx)) -> Option<RoleIx> {
    let mut roles = catalog.roles();
    let (role, _) =
        roles.find(|(_, def)| def.combines.contains(&one) && def.combines.contains(&other))?;
    Some(role)
}

/// Offers roles as values: those that have a seat around here first.
pub(super) fn words(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, word: Word) {
    let view = site.view;
    let catalog = view.catalog();
    let mut skip = known(catalog, &place.there);
    let own = match place.path.as_slice() {
        ["roles", own, ..] => catalog.find_role(own),
        _ => None,
    };
    if word != Word::Role {
        skip.extend(own);
    }
    let near: Vec<RoleIx> = match word {
        Word::Part => [catalog.product_manager(), catalog.product_owner()]
            .into_iter()
            .flatten()
            .collect(),
        _ => around(site),
    };
    let sides = [catalog.product_manager(), catalog.product_owner()];
    let mut roles: Vec<RoleIx> = catalog.roles().map(|(role, _)| role).collect();
    roles.retain(|role| !skip.contains(role));
    roles.sort_by_key(|role| {
        let is_other_side =
            word == Word::OtherRole && sides.contains(&own) && sides.contains(&Some(*role));
        match near.iter().position(|near| near == role) {
            _ if is_other_side => (0, 0),
            Some(at) => (1, at),
            None => {
                let def = catalog.role(*role);
                let has_duties = catalog.duties_of(*role).next().is_some();
                let rank = match def.combines.is_empty() {
                    true => 3 - usize::from(has_duties),
                    false => 4,
                };
                (rank, 0)
            }
        }
    });
    for role in roles {
        let def = catalog.role(role);
        let here = near.contains(&role) && word != Word::Part;
        let detail = match here {
            true => joined(&def.title, "has a seat here"),
            false => def.title.clone(),
        };
        let body = site.scalar(slot, &def.id);
        site.add(place, slot, offer(catalog, role, detail, Some(body)));
    }
    // A seat that the catalog does not know is a seat all the same.
    let seats = site.unit().into_iter().flat_map(|unit| &unit.roles);
    let unknown = seats.filter(|seat| seat.key.role.is_none() && word != Word::Part);
    for seat in unknown {
        let name = seat.key.name.text.to_string();
        if place.there.contains(&&*name) || place.path.get(1) == Some(&&*name) {
            continue;
        }
        let offer = Offer {
            body: site.scalar(slot, &name),
            detail: "has a seat here".to_owned(),
            kind: CompletionKind::Role,
            about: About::Role(name.clone()),
            label: name,
        };
        site.add(place, slot, offer);
    }
}

/// The roles with a seat in the team or product, or in the product that it belongs to.
fn around(site: &Site<'_>) -> Vec<RoleIx> {
    let view = site.view;
    let Some(unit) = site.unit() else {
        return Vec::new();
    };
    let mut found: Vec<RoleIx> = unit.roles.iter().filter_map(|role| role.key.role).collect();
    if let Some(product) = view.session.product(view.file)
        && let Some(around) = Around::find(view, unit, &product.index)
        && let Some(product_unit) = around.group.product
    {
        let seats = product.index.unit(product_unit).seats.iter();
        found.extend(seats.filter_map(|seat| seat.role));
    }
    found
}

/// Offers the roles that a catalog may describe: those that files name and the catalog does not know first.
pub(super) fn of_catalog(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let view = site.view;
    let catalog = view.catalog();
    let mut own: Vec<&str> = Vec::new();
    for facts in view.session.facts(view.file) {
        for role in facts.units.iter().flat_map(|unit| unit.own_roles().iter()) {
            if !own.contains(&&**role) && !place.there.contains(&&**role) && own.len() < 20 {
                own.push(role);
            }
        }
    }
    let value = || Body::Below(Box::new(Body::nothing()));
    for role in own {
        let offer = Offer {
            label: role.to_owned(),
            detail: "used in role files, and not known yet".to_owned(),
            kind: CompletionKind::Role,
            body: Body::nothing(),
            about: About::Nothing,
        };
        site.add_key(place, slot, value(), offer);
    }
    let there = known(catalog, &place.there);
    for (role, def) in catalog.roles().filter(|(role, _)| !there.contains(role)) {
        let detail = joined(&def.title, "change it");
        site.add_key(place, slot, value(), offer(catalog, role, detail, None));
    }
}
