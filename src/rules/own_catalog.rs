//! Entries in the catalog of an organisation, for mends that define a name instead of correcting it.

use super::FixContext;
use super::mend::Mend;
use crate::spec::Document;
use crate::syntax::{Entry, Kind, Node, Piece, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::FileId;

/// The catalog that an organisation wrote for itself and that is in force.
pub(super) struct OwnCatalog<'a> {
    mend: Mend<'a>,
    /// Its id.
    pub id: String,
    span: Span,
}

impl<'a> OwnCatalog<'a> {
    /// The one in force, where it is among the files of the organisation.
    pub fn of(context: &'a FixContext<'a>) -> Option<Self> {
        let layer = context.catalog().layers.last()?;
        if layer.builtin {
            return None;
        }
        let mut holders = context.index.files().iter().filter(|facts| {
            let mut ids = facts.other().catalogs.iter();
            ids.any(|id| *id.text == *layer.id)
        });
        // Of two with one id nobody knows which is meant.
        let (file, None) = (holders.next()?.file, holders.next()) else {
            return None;
        };
        Self::in_file(context, file, &layer.id)
    }

    /// A catalog of a file, by its id.
    pub fn in_file(context: &'a FixContext<'a>, file: FileId, id: &str) -> Option<Self> {
        let mend = Self::sound(context, file)?;
        let mut documents = mend.source.spec.documents.iter();
        let span = documents.find_map(|document| match document {
            Document::Catalog(catalog) if *catalog.id.text == *id => Some(catalog.span),
            _ => None,
        })?;
        Some(Self {
            mend,
            id: id.to_owned(),
            span,
        })
    }

    /// The catalog of a file that a place lies in.
    pub fn at(context: &'a FixContext<'a>, file: FileId, at: Span) -> Option<Self> {
        let mend = Self::sound(context, file)?;
        let mut documents = mend.source.spec.documents.iter();
        let (id, span) = documents.find_map(|document| match document {
            Document::Catalog(catalog)
                if catalog.span.start <= at.start && at.end <= catalog.span.end =>
            {
                Some((catalog.id.text.to_string(), catalog.span))
            }
            _ => None,
        })?;
        Some(Self { mend, id, span })
    }

    /// A file without mistakes of YAML: what is added to others may end up anywhere.
    fn sound(context: &'a FixContext<'a>, file: FileId) -> Option<Mend<'a>> {
        Mend::of(context, file).filter(|mend| mend.source.tree.errors().is_empty())
    }

    /// Its file.
    pub fn file(&self) -> FileId {
        self.mend.file
    }

    /// Adds a role.
    pub fn add_role(&self, id: &str, says: Vec<(&'static str, Value)>) -> Option<Vec<TextEdit>> {
        self.add("roles", id, Value::Map(says))
    }

    /// Adds a duty of a role.
    pub fn add_duty(&self, id: &str, role: &str) -> Option<Vec<TextEdit>> {
        self.add("duties", id, Value::Map(vec![("role", Value::text(role))]))
    }

    /// Makes a name mean one of the roles.
    pub fn add_alias(&self, role: &str, name: &str) -> Option<Vec<TextEdit>> {
        let editor = self.mend.editor();
        let known = self
            .section("roles")
            .and_then(|roles| entry(roles.value, role));
        let Some(known) = known else {
            return self.add_role(role, vec![("aliases", Value::list([name]))]);
        };
        if known.value.is_null() {
            return editor.fill(known, &Value::Map(vec![("aliases", Value::list([name]))]));
        }
        let Some(aliases) = entry(known.value, "aliases") else {
            return editor.add(known.value, None, &[("aliases", Value::list([name]))]);
        };
        match aliases.value.kind() {
            Kind::Sequence { .. } => editor.push(aliases.value, &[Piece::text(name)]),
            _ if aliases.value.is_null() => editor.fill(aliases, &Value::list([name])),
            Kind::Scalar(_) => editor.set(aliases, &Value::list([aliases.value.text()?, name])),
            _ => None,
        }
    }

    fn root(&self) -> Option<Node<'_>> {
        let tree = &self.mend.source.tree;
        let mut roots = tree
            .documents()
            .iter()
            .filter_map(|document| tree.root(document));
        roots.find(|root| root.span() == self.span)
    }

    fn section(&self, name: &str) -> Option<Entry<'_>> {
        entry(self.root()?, name)
    }

    fn add(&self, section: &'static str, id: &str, value: Value) -> Option<Vec<TextEdit>> {
        let editor = self.mend.editor();
        let Some(known) = self.section(section) else {
            let keys = Value::Keys(vec![(id.to_owned(), value)]);
            return editor.add(self.root()?, None, &[(section, keys)]);
        };
        if known.value.is_null() {
            return editor.fill(known, &Value::Keys(vec![(id.to_owned(), value)]));
        }
        if entry(known.value, id).is_some() {
            return None;
        }
        editor.add(known.value, None, &[(id, value)])
    }
}

/// The entry of a key as it is written: what is merged in from elsewhere does not count.
fn entry<'n>(mapping: Node<'n>, key: &str) -> Option<Entry<'n>> {
    let mut entries = mapping.entries();
    let (key, value) = entries.find(|(name, _)| name.text() == Some(key))?;
    (mapping.kind() != Kind::Alias).then_some(Entry {
        mapping,
        key,
        value,
    })
}
