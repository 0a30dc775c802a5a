//! Teams, products, catalogs, and what a document calls itself.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use super::cursor::Place;
use super::site::{Offer, Site, Slot};
use super::{About, CompletionKind};
use crate::catalog::{BUILTIN_NAMES, builtin};
use crate::spec::UnitKind;
use crate::workspace::{FileFacts, UnitFacts};

/// So many names are offered at once.
pub(super) const MOST: usize = 60;

/// Whether a name may be the one that somebody types.
pub(super) fn fits(name: &str, typed: &str) -> bool {
    let (name, typed) = (name.as_bytes(), typed.trim_start().as_bytes());
    typed.is_empty()
        || name
            .get(..typed.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// Offers teams or products, the nearest first; of as many as are offered `detail` says a few words.
fn offer_all<T: Copy>(
    site: &mut Site<'_>,
    place: &Place<'_>,
    slot: Slot,
    kind: UnitKind,
    mut found: Vec<(u8, &str, T)>,
    detail: impl Fn(u8, T) -> String,
) {
    // Stable: what is equally near stays in the order of the files.
    found.sort_by_key(|(rank, ..)| *rank);
    site.incomplete |= found.len() > MOST;
    for (rank, id, unit) in found.into_iter().take(MOST) {
        let offer = Offer {
            label: id.to_owned(),
            detail: detail(rank, unit),
            kind: match kind {
                UnitKind::Team => CompletionKind::Team,
                UnitKind::Product => CompletionKind::Product,
            },
            body: site.scalar(slot, id),
            about: About::unit(kind, id),
        };
        site.add(place, slot, offer);
    }
}

fn units<'f>(facts: &[&'f FileFacts], kind: UnitKind) -> impl Iterator<Item = &'f UnitFacts> {
    let units = facts.iter().flat_map(|facts| facts.units.iter());
    units.filter(move |unit| unit.kind == kind && !unit.id.text.is_empty())
}

/// The products that a team may belong to.
pub(super) fn products(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let facts = site.view.session.facts(site.view.file);
    let typed = site.word.typed;
    let team = site.unit().map_or("", |unit| &unit.id.text);
    let mut found: Vec<(u8, &str, &UnitFacts)> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    for product in units(&facts, UnitKind::Product) {
        let id = &*product.id.text;
        if fits(id, typed) && known.insert(id) {
            let mut listed = product.teams.iter();
            let lists = !team.is_empty() && listed.any(|listed| *listed.text == *team);
            found.push((u8::from(!lists), id, product));
        }
    }
    let own = site.unit().and_then(|unit| unit.product.as_ref());
    let own = own.map(|own| own.span);
    for team in units(&facts, UnitKind::Team) {
        let Some(product) = &team.product else {
            continue;
        };
        let is_own = team.file == site.view.file && Some(product.span) == own;
        let id = &*product.text;
        if !is_own && !id.is_empty() && fits(id, typed) && known.insert(id) {
            found.push((2, id, team));
        }
    }
    offer_all(site, place, slot, UnitKind::Product, found, |rank, unit| {
        let name = unit.name.as_deref().unwrap_or("");
        match rank {
            0 => joined(name, "lists this team"),
            1 => name.to_owned(),
            _ => "named by other teams, and not defined yet".to_owned(),
        }
    });
}

/// The teams that a product may list.
pub(super) fn teams(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let facts = site.view.session.facts(site.view.file);
    let typed = site.word.typed;
    let product = site.unit().map_or("", |unit| &unit.id.text);
    let mut known: HashSet<&str> = place.there.iter().copied().collect();
    let mut found: Vec<(u8, &str, &UnitFacts)> = Vec::new();
    for team in units(&facts, UnitKind::Team) {
        let id = &*team.id.text;
        if fits(id, typed) && known.insert(id) {
            let rank = match &team.product {
                Some(own) if *own.text == *product => 0,
                None => 1,
                Some(_) => 2,
            };
            found.push((rank, id, team));
        }
    }
    offer_all(site, place, slot, UnitKind::Team, found, |_, team| {
        let name = team.name.as_deref().unwrap_or("");
        match &team.product {
            Some(own) if *own.text == *product => joined(name, "says it works on this"),
            None => joined(name, "belongs to no product yet"),
            Some(own) => joined(name, &format!("works on {}", own.text)),
        }
    });
}

pub(super) fn joined(one: &str, other: &str) -> String {
    match (one, other) {
        ("", text) | (text, "") => text.to_owned(),
        (one, other) => format!("{one} · {other}"),
    }
}

/// What the file is called, for the document in it.
pub(super) fn own(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let Some(stem) = stem(site) else { return };
    let offer = Offer {
        body: site.scalar(slot, &stem),
        label: stem,
        detail: "as the file is called".to_owned(),
        kind: CompletionKind::Word,
        about: About::Nothing,
    };
    site.add(place, slot, offer);
}

/// The name of the file without its ending; nothing for a document that was never saved.
pub(super) fn stem(site: &Site<'_>) -> Option<String> {
    let path = site.view.session.files().path(site.view.file);
    let name = path.file_name()?.to_str()?;
    let stem = [".roles.yaml", ".roles.yml", ".yaml", ".yml"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))?;
    let is_id = !stem.is_empty()
        && !stem.starts_with('.')
        && stem
            .chars()
            .all(|one| one.is_alphanumeric() || matches!(one, '-' | '_'));
    is_id.then(|| stem.to_owned())
}

/// The catalogs that a configuration may name, or a catalog stand on.
pub(super) fn catalogs(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let view = site.view;
    let here = view.session.files().path(view.file);
    let mut paths: Vec<(String, String)> = Vec::new();
    // A configuration that names another catalog starts an organisation of its own.
    for facts in view.session.all_facts() {
        let Some(id) = facts.other().catalogs.first() else {
            continue;
        };
        let path = view.session.files().path(facts.file);
        if path != here
            && let Some(path) = relative(here.parent().unwrap_or(here), path)
        {
            paths.push((path, format!("the catalog `{}`", id.text)));
        }
    }
    let builtins = BUILTIN_NAMES.iter().map(|name| {
        let title = builtin(name).and_then(|document| document.title);
        ((*name).to_owned(), title.unwrap_or_default())
    });
    for (name, detail) in paths.into_iter().chain(builtins) {
        let offer = Offer {
            body: site.scalar(slot, &name),
            detail,
            kind: CompletionKind::Catalog,
            about: About::Catalog(name.clone()),
            label: name,
        };
        site.add(place, slot, offer);
    }
}

/// A path as it is written in a file of a folder, with `/`.
fn relative(folder: &Path, path: &Path) -> Option<String> {
    let mut up = PathBuf::new();
    let mut over = folder;
    loop {
        if let Ok(rest) = path.strip_prefix(over) {
            let parts = up.components().chain(rest.components());
            let parts: Option<Vec<&str>> = parts
                .map(|part| match part {
                    Component::ParentDir => Some(".."),
                    Component::Normal(part) => part.to_str(),
                    _ => None,
                })
                .collect();
            return Some(parts?.join("/"));
        }
        up.push("..");
        over = over.parent()?;
    }
}
