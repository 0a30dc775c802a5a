//! What a file holds, as a tree; and what a workspace holds, by name.

use super::View;
use crate::catalog::CatalogDocument;
use crate::spec::{Document, Duty, People, Role, SharedRow, Unit, UnitKind};
use crate::syntax::{Kind as NodeKind, Name, Node};
use crate::text::Span;

/// Something that a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: String,
    /// What is said beside it.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub whole: Span,
    /// Its name; lies in `whole`.
    pub at: Span,
    /// What it holds.
    pub children: Vec<Symbol>,
}

/// What a [`Symbol`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A team.
    Team,
    /// A product.
    Product,
    /// A role: of a team, a product or a catalog.
    Role,
    /// A duty: of a seat, a row of `shared`, or of a catalog.
    Duty,
    /// A person.
    Person,
    /// A catalog.
    Catalog,
    /// A list that groups others.
    Group,
    /// A key of a configuration.
    Setting,
}

impl Symbol {
    fn new(kind: SymbolKind, name: &str, whole: Span, at: Span) -> Option<Self> {
        // Editors refuse what has no name, and whatever lies outside of what it belongs to.
        (!name.trim().is_empty()).then(|| Self {
            name: name.trim().to_owned(),
            detail: String::new(),
            kind,
            whole: whole.to(at),
            at,
            children: Vec::new(),
        })
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn holding(mut self, children: impl IntoIterator<Item = Symbol>) -> Self {
        self.children = children.into_iter().collect();
        for child in &self.children {
            self.whole = self.whole.to(child.whole);
        }
        self
    }
}

/// Everything that a file holds, in order of place.
pub fn symbols(view: &View<'_>) -> Vec<Symbol> {
    if view.session.is_configuration(view.file) {
        return settings(view);
    }
    let documents = view.source.spec.documents.iter();
    documents
        .flat_map(|document| match document {
            Document::Unit(unit) => self::unit(view, unit).into_iter().collect(),
            Document::People(people) => self::people(people),
            Document::Catalog(catalog) => self::catalog(view, catalog).into_iter().collect(),
        })
        .collect()
}

fn unit(view: &View<'_>, unit: &Unit) -> Option<Symbol> {
    let kind = match unit.kind {
        UnitKind::Team => SymbolKind::Team,
        UnitKind::Product => SymbolKind::Product,
    };
    let id = match &*unit.id.text {
        "" => unit.kind.name(),
        id => id,
    };
    let name = unit.name.as_ref().map_or("", |name| &name.text);
    let roles = unit.roles.iter().filter_map(|role| self::role(view, role));
    let shared = shared(view, unit);
    Some(
        Symbol::new(kind, id, unit.span, unit.id.span)?
            .detail(name)
            .holding(roles.chain(shared)),
    )
}

fn role(view: &View<'_>, role: &Role) -> Option<Symbol> {
    let key = &role.key.name;
    let holders: Vec<&str> = role.people().map(|holder| &*holder.person.text).collect();
    let detail = match &role.vacant {
        Some(_) => "vacant".to_owned(),
        None => holders.join(", "),
    };
    let duties = role.duties.iter().flat_map(|duties| &duties.items);
    let duties = duties.filter_map(|duty| self::duty(view, duty));
    Some(
        Symbol::new(
            SymbolKind::Role,
            &key.text,
            behind(key.span, role.span),
            key.span,
        )?
        .detail(detail)
        .holding(duties),
    )
}

/// A duty by its words, with its id beside them.
fn duty(view: &View<'_>, duty: &Duty) -> Option<Symbol> {
    let id = match (&duty.pin, duty.owned()) {
        (Some(pin), _) => Some(&*pin.text),
        (None, Some(reading)) => Some(view.catalog().duty(reading.duty).id.as_str()),
        (None, None) => None,
    };
    let name = duty.text.as_ref().or(duty.pin.as_ref())?;
    let detail = id.filter(|id| *id != &*name.text).unwrap_or_default();
    let symbol = Symbol::new(SymbolKind::Duty, &name.text, duty.span, name.span)?;
    Some(symbol.detail(detail))
}

fn shared(view: &View<'_>, unit: &Unit) -> Option<Symbol> {
    let first = unit.shared.first()?;
    let entry = view.source.tree.entry_of(first.span, "shared")?;
    let rows = unit.shared.iter().filter_map(|row: &SharedRow| {
        let duty = row.duty.as_ref()?;
        let accountable: Vec<&str> = row
            .accountable
            .iter()
            .map(|role| &*role.name.text)
            .collect();
        let symbol = Symbol::new(SymbolKind::Duty, &duty.text, row.span, duty.span)?;
        Some(symbol.detail(accountable.join(", ")))
    });
    let symbol = Symbol::new(SymbolKind::Group, "shared", entry.span(), entry.key.span())?;
    Some(symbol.holding(rows))
}

fn people(people: &People) -> Vec<Symbol> {
    let named = people.people.iter().filter_map(|person| {
        let id = person.id.span;
        let symbol = Symbol::new(SymbolKind::Person, &person.id.text, person.span, id)?;
        let name = person.name.as_ref().map_or("", |name| &name.text);
        Some(
            symbol.detail(match person.left {
                Some(left) => format!("{name}, left {}", left.date)
                    .trim_start_matches(", ")
                    .to_owned(),
                None => name.to_owned(),
            }),
        )
    });
    named.collect()
}

fn catalog(view: &View<'_>, catalog: &CatalogDocument) -> Option<Symbol> {
    let id = match &*catalog.id.text {
        "" => "catalog",
        id => id,
    };
    let entry = |kind, id: &Name, detail: Option<&str>| {
        let entry = view.source.tree.entry(id.span);
        let whole = entry.map_or(id.span, |entry| entry.span());
        let symbol = Symbol::new(kind, &id.text, whole, id.span)?;
        Some(symbol.detail(detail.unwrap_or_default()))
    };
    let roles = catalog.roles.iter();
    let roles = roles.filter_map(|role| entry(SymbolKind::Role, &role.id, role.title.as_deref()));
    let duties = catalog.duties.iter();
    let duties = duties.filter_map(|duty| entry(SymbolKind::Duty, &duty.id, duty.title.as_deref()));
    Some(
        Symbol::new(SymbolKind::Catalog, id, catalog.span, catalog.id.span)?
            .detail(catalog.title.as_deref().unwrap_or_default())
            .holding(roles.chain(duties)),
    )
}

/// A key with its value; that of an alias lies elsewhere.
fn behind(key: Span, value: Span) -> Span {
    match value.start < key.start {
        true => key,
        false => key.to(value),
    }
}

/// The keys of a configuration.
fn settings(view: &View<'_>) -> Vec<Symbol> {
    let tree = &view.source.tree;
    let root = tree.documents().first().and_then(|first| tree.root(first));
    root.into_iter().flat_map(settings_in).collect()
}

fn settings_in(node: Node<'_>) -> Vec<Symbol> {
    let entries = node.entries().filter_map(|(key, value)| {
        let whole = match value.span().is_empty() {
            true => key.span(),
            false => key.span().to(value.span()),
        };
        let symbol = Symbol::new(SymbolKind::Setting, key.text()?, whole, key.span())?;
        let is_group = matches!(value.kind(), NodeKind::Mapping { .. });
        let symbol = symbol.detail(value.text().unwrap_or_default().trim());
        Some(match is_group {
            true => symbol.holding(settings_in(value)),
            false => symbol,
        })
    });
    entries.collect()
}
