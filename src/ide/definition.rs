//! Where something is defined.

use std::path::PathBuf;

use super::occurrences::asked;
use super::people::People;
use super::target::Subject;
use super::thing::CatalogAt;
use super::{View, lookup::holds};
use crate::catalog::{builtin_text, simple_name};
use crate::rules::Rule;
use crate::spec::{Document, UnitKind};
use crate::syntax::{Node, Tree, parse};
use crate::text::Span;
use crate::workspace::FileId;

/// Where something is defined, and what leads there.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What was asked about.
    pub origin: Span,
    /// Where it is defined.
    pub at: DefinedAt,
    /// All of the definition.
    pub whole: Span,
    /// Its name.
    pub name: Span,
}

/// A text that defines something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefinedAt {
    /// A file of the session.
    File(FileId),
    /// A file that the session does not know.
    Path(PathBuf),
    /// A built-in catalog.
    Builtin(&'static str),
    /// The page of a rule.
    Rule(&'static Rule),
}

/// Where the thing is defined that stands at `offset`. A line in free text leads to the duty that it means.
pub fn definition(view: &View<'_>, offset: u32) -> Option<Definition> {
    let target = asked(view, offset)?;
    let found = match &target.subject {
        Subject::Person(name) => {
            let own = target.entry.as_ref().map(|entry| &entry.id);
            person(view, own.unwrap_or(name))
        }
        Subject::Team(id) => unit(view, UnitKind::Team, id),
        Subject::Product(id) => unit(view, UnitKind::Product, id),
        Subject::Role(_, Some(role)) => in_catalog(view, "roles", &view.catalog().role(*role).id),
        Subject::Role(name, None) => seat(view, name),
        Subject::Duty(_, Some(duty)) => in_catalog(view, "duties", &view.catalog().duty(*duty).id),
        Subject::Catalog(name) if !target.defines => catalog(view, name),
        Subject::Rule(rule) => Some(Found::top(DefinedAt::Rule(rule))),
        _ => None,
    };
    let here = || Found {
        at: DefinedAt::File(view.file),
        whole: target.span,
        name: target.span,
    };
    let found = found.or_else(|| target.defines.then(here))?;
    Some(Definition {
        origin: target.span,
        at: found.at,
        whole: found.whole,
        name: found.name,
    })
}

struct Found {
    at: DefinedAt,
    whole: Span,
    name: Span,
}

impl Found {
    /// The beginning of a text.
    fn top(at: DefinedAt) -> Self {
        Self {
            at,
            whole: Span::default(),
            name: Span::default(),
        }
    }
}

fn person(view: &View<'_>, name: &str) -> Option<Found> {
    let person = People::around(view).find(name)?;
    // There may be very many people: the line is enough, and nothing has to be parsed for it.
    let text = view.session.text(person.file)?;
    let name = person.id.span;
    let rest = text.get(name.end as usize..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let whole = Span {
        start: name.start,
        end: name.end + u32::try_from(line.len()).unwrap_or(0),
    };
    Some(Found {
        at: DefinedAt::File(person.file),
        whole,
        name,
    })
}

/// The document of a team or product; a file that defines it twice is its own business.
fn unit(view: &View<'_>, kind: UnitKind, id: &str) -> Option<Found> {
    let (file, name) = unit_at(view, kind, id)?;
    let other = view.other(file)?;
    let unit = other.source.spec.units().find(|unit| unit.id.span == name);
    Some(Found {
        at: DefinedAt::File(file),
        whole: unit.map_or(name, |unit| unit.span.to(name)),
        name,
    })
}

/// The file that defines a team or product, and where: the view's own where it does.
pub(super) fn unit_at(view: &View<'_>, kind: UnitKind, id: &str) -> Option<(FileId, Span)> {
    let own = view.session.facts_of(view.file);
    let all = view.session.facts_with_unit(view.file, kind, id);
    let mut units = own
        .into_iter()
        .chain(all)
        .flat_map(|facts| facts.units.iter());
    units
        .find(|unit| unit.kind == kind && *unit.id.text == *id)
        .map(|unit| (unit.file, unit.id.span))
}

/// A role that no catalog describes: the first seat of its name, in this file before others of the product.
fn seat(view: &View<'_>, name: &str) -> Option<Found> {
    let simple = simple_name(name);
    let near = view.session.product(view.file)?;
    let own = view.session.facts_of(view.file);
    let files = own.into_iter().chain(near.index.files());
    for unit in files.flat_map(|facts| facts.units.iter()) {
        if !unit.own_roles().iter().any(|known| **known == *simple) {
            continue;
        }
        let text = view.session.text(unit.file)?;
        let unknown = unit.seats.iter().filter(|seat| seat.role.is_none());
        for seat in unknown {
            if simple_name(seat.key.slice(&text)) == simple {
                return Some(Found {
                    at: DefinedAt::File(unit.file),
                    whole: seat.key,
                    name: seat.key,
                });
            }
        }
    }
    None
}

/// A role or duty of the catalog, by its id: as the topmost catalog has it that says something about it.
fn in_catalog(view: &View<'_>, list: &str, id: &str) -> Option<Found> {
    for file in view.session.catalog_files(view.file) {
        let Some(other) = view.other(*file) else {
            continue;
        };
        if let Some((whole, name)) = entry_in(&other.source.tree, list, id) {
            return Some(Found {
                at: DefinedAt::File(*file),
                whole,
                name,
            });
        }
    }
    let builtin = view
        .catalog()
        .layers
        .iter()
        .rev()
        .filter(|layer| layer.builtin);
    for layer in builtin {
        let CatalogAt::Builtin(name) = CatalogAt::of(&layer.id, view.file, view.session.files())
        else {
            continue;
        };
        let tree = parse(&builtin_text(name)?.into());
        if let Some((whole, span)) = entry_in(&tree, list, id) {
            return Some(Found {
                at: DefinedAt::Builtin(name),
                whole,
                name: span,
            });
        }
    }
    None
}

/// The entry of an id in a catalog, and the id itself.
fn entry_in(tree: &Tree, list: &str, id: &str) -> Option<(Span, Span)> {
    let roots = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document));
    let lists = roots
        .filter(|root| root.get("catalog").is_some())
        .filter_map(|root| root.get(list));
    let is_it = |key: &Node<'_>| {
        key.text().is_some_and(|key| {
            key == id || (list == "roles" && simple_name(key) == simple_name(id))
        })
    };
    lists
        .flat_map(Node::entries)
        .find(|(key, _)| is_it(key))
        .map(|(key, value)| (key.span().to(value_span(key, value)), key.span()))
}

/// The place of a value that stands behind its key; that of an alias's anchor lies elsewhere.
fn value_span(key: Node<'_>, value: Node<'_>) -> Span {
    let span = value.span();
    match span.is_empty() || span.start < key.span().end {
        true => key.span(),
        false => span,
    }
}

fn catalog(view: &View<'_>, name: &str) -> Option<Found> {
    match CatalogAt::of(name, view.file, view.session.files()) {
        CatalogAt::Builtin(name) => Some(Found::top(DefinedAt::Builtin(name))),
        CatalogAt::File(path) => {
            let known = view.session.file(&path).and_then(|file| view.other(file));
            let Some(other) = known else {
                return path.is_file().then(|| Found::top(DefinedAt::Path(path)));
            };
            let mut documents = other.source.spec.documents.iter();
            let found = documents.find_map(|document| match document {
                Document::Catalog(document) => Some((document.span, document.id.span)),
                _ => None,
            });
            let (whole, name) = found.unwrap_or_default();
            Some(Found {
                at: DefinedAt::File(other.file),
                whole: if holds(whole, name) { whole } else { name },
                name,
            })
        }
    }
}
