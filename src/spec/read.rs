//! From a tree to a [`Spec`].

use super::again::{Earlier, One, Part, Taken};
use super::person::{EarlierPeople, People};
use super::role::Role;
use super::unit::{PRODUCT_KEYS, SHARED_KEYS, SharedRow, TEAM_KEYS, Unit, UnitKind};
use super::{Document, Knowledge, RoleName, Spec};
use crate::catalog::{CatalogDocument, Model};
use crate::syntax::{Fields, Name, Node, Reader, Tree};
use crate::text::Span;

pub(super) fn read(tree: &Tree, knowledge: &Knowledge, earlier: Option<Earlier>) -> Spec {
    let mut taken = earlier.map(Taken::of);
    let mut spec = Spec {
        documents: Vec::new(),
        problems: Vec::new(),
        unmarked: Vec::new(),
        parts: Vec::new(),
    };
    for document in tree.documents() {
        let Some(root) = tree.root(document) else {
            continue;
        };
        let known = taken.as_mut().and_then(|taken| taken.at(root.span()));
        let one = known.unwrap_or_else(|| {
            let people = taken
                .as_mut()
                .and_then(|taken| taken.people_at(root.span()));
            read_document(root, knowledge, people.unwrap_or_default())
        });
        spec.parts.push(Part {
            root: root.span(),
            is_document: one.document.is_some(),
            is_unmarked: one.unmarked.is_some(),
            problems: one.problems.len(),
        });
        spec.documents.extend(one.document);
        spec.unmarked.extend(one.unmarked);
        spec.problems.extend(one.problems);
    }
    spec
}

fn read_document(root: Node<'_>, knowledge: &Knowledge, people: EarlierPeople) -> One {
    let mut reader = Reader::default();
    let mut unmarked = None;
    let has = |key: &str| root.get(key).is_some();
    let unit = |kind, reader: &mut Reader| Document::Unit(read_unit(kind, root, knowledge, reader));
    let document = if !root.is_mapping() {
        unmarked = Some(root.span());
        None
    } else if has("team") {
        Some(unit(UnitKind::Team, &mut reader))
    } else if has("product") {
        Some(unit(UnitKind::Product, &mut reader))
    } else if has("people") {
        Some(Document::People(People::read(root, &mut reader, people)))
    } else if has("catalog") {
        let document = CatalogDocument::read(root, &mut reader);
        Some(Document::Catalog(document))
    } else {
        let first = root.entries().next().map(|(key, _)| key.span());
        unmarked = Some(first.unwrap_or(root.span()));
        // Most likely a team whose first line is missing or misspelt: everything else can be checked.
        has("roles").then(|| unit(UnitKind::Team, &mut reader))
    };
    One {
        document,
        unmarked,
        problems: reader.problems,
    }
}

fn read_unit(kind: UnitKind, root: Node<'_>, knowledge: &Knowledge, reader: &mut Reader) -> Unit {
    let (place, keys) = match kind {
        UnitKind::Team => ("a team", TEAM_KEYS),
        UnitKind::Product => ("a product", PRODUCT_KEYS),
    };
    let fields = reader.fields(root, "", place, keys);
    let mut unit = Unit {
        kind,
        id: Name::empty(root.span().sub(0, 0)),
        name: None,
        purpose: None,
        product: None,
        teams: None,
        model: None,
        members: None,
        roles: Vec::new(),
        roles_span: None,
        shared: Vec::new(),
        span: root.span(),
    };
    for (key, value) in &fields.entries {
        let value = *value;
        let name = key.text().unwrap_or_default();
        if name == kind.name() {
            unit.id =
                Name::read(value, name, reader).unwrap_or(Name::empty(value.span().to(key.span())));
            continue;
        }
        match name {
            "name" => unit.name = Name::read(value, "name", reader),
            "purpose" => unit.purpose = Name::read(value, "purpose", reader),
            "product" => unit.product = Name::read(value, "product", reader),
            "teams" => unit.teams = Some(read_list(value, "teams", reader)),
            "members" => unit.members = Some(read_list(value, "members", reader)),
            "model" => {
                unit.model = reader
                    .word(value, "model", Model::WORDS)
                    .and_then(Model::from_word)
                    .map(|model| (model, value.span()));
            }
            "roles" => {
                unit.roles_span = Some(key.span().to(value.span()));
                unit.roles = read_roles(value, knowledge, reader);
            }
            "shared" => unit.shared = read_shared(value, knowledge, reader),
            _ => {}
        }
    }
    unit
}

/// A list of names that is written as a list; a single name is read, and reported.
fn read_list(node: Node<'_>, key: &'static str, reader: &mut Reader) -> Vec<Name> {
    if !node.is_sequence() && !node.is_null() {
        reader.wrong_shape(node, key, "a list");
    }
    Name::list(node, key, reader)
}

fn read_roles(node: Node<'_>, knowledge: &Knowledge, reader: &mut Reader) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut read_group = |node: Node<'_>, reader: &mut Reader| {
        for (key, value) in Fields::of(node).entries {
            if let Some(key) = Name::read(key, "roles", reader) {
                roles.push(Role::read(key, value, knowledge, reader));
            }
        }
    };
    if node.is_mapping() {
        read_group(node, reader);
    } else if !node.is_null() {
        reader.wrong_shape(node, "roles", "a group of roles, each with its holder");
        for item in node.items() {
            read_group(item, reader);
        }
    }
    roles
}

fn read_shared(node: Node<'_>, knowledge: &Knowledge, reader: &mut Reader) -> Vec<SharedRow> {
    if !node.is_sequence() && !node.is_null() {
        reader.wrong_shape(node, "shared", "a list of rows");
    }
    let mut rows = Vec::new();
    for row in reader.list(node) {
        let fields = reader.fields(row, "shared", "a row of `shared`", SHARED_KEYS);
        if !row.is_mapping() {
            continue;
        }
        let mut roles = |key: &'static str| {
            let names = fields.get(key).map(|value| Name::list(value, key, reader));
            RoleName::list(names.unwrap_or_default(), &knowledge.catalog)
        };
        let accountable = roles("accountable");
        let responsible = roles("responsible");
        let consulted = roles("consulted");
        let informed = roles("informed");
        let accountable_span: Option<Span> = fields.get("accountable").map(Node::span);
        rows.push(SharedRow {
            duty: fields
                .get("duty")
                .and_then(|duty| Name::read(duty, "duty", reader)),
            accountable,
            responsible,
            consulted,
            informed,
            accountable_span,
            span: row.span(),
        });
    }
    rows
}
