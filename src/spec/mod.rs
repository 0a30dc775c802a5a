//! The role file: what one file says, typed, each thing with its place.
//!
//! A [`Spec`] is a function of a file's text and the catalog, and of nothing else.

mod again;
mod duty;
mod holder;
mod ignore;
mod page;
mod person;
mod read;
mod readings;
mod role;
pub mod shape;
mod unit;

use std::sync::Arc;

use crate::catalog::{Catalog, CatalogDocument, RoleIx};
use crate::recognize::Recognizer;
use crate::syntax::{Name, Problem, Tree};
use crate::text::Span;

pub use again::Earlier;
pub use duty::{DUTY_KEYS, Duties, Duty, PIN_KEYS, looks_like_id};
pub use holder::{
    DateAt, HOLDER_KEYS, Holder, Note, Status, is_placeholder, person_in, without_pronouns,
};
pub use ignore::Ignore;
pub use person::{PEOPLE_KEYS, PERSON_KEYS, People, Person};
pub use role::{DUTIES_WORDS, ROLE_KEYS, Role, RoleForm, VACANT_KEYS, Vacancy};
pub use unit::{PRODUCT_KEYS, SHARED_KEYS, SharedRow, TEAM_KEYS, Unit, UnitKind};

/// What is needed to read role files: a catalog and what recognises its duties.
#[derive(Debug)]
pub struct Knowledge {
    /// Roles and duties.
    pub catalog: Catalog,
    /// Words to duty.
    pub recognizer: Recognizer,
    readings: readings::Readings,
}

impl Knowledge {
    /// Around a catalog.
    pub fn new(catalog: Catalog) -> Self {
        let recognizer = Recognizer::new(&catalog);
        Self {
            catalog,
            recognizer,
            readings: readings::Readings::new(),
        }
    }

    /// What a line is read as, and what further parts of a compound line name.
    fn read(&self, text: &str) -> readings::Read {
        self.readings.read(text, &self.recognizer)
    }
}

/// What one file says.
#[derive(Debug)]
pub struct Spec {
    /// Its documents, in order.
    pub documents: Vec<Document>,
    /// What the format does not have, in the order it was met.
    pub problems: Vec<Problem>,
    /// Documents that say neither `team:`, `product:`, `people:` nor `catalog:`, by their first key.
    pub unmarked: Vec<Span>,
    /// What each document of the text gave.
    parts: Vec<again::Part>,
}

/// One document of a file.
#[derive(Debug)]
pub enum Document {
    /// A team or a product.
    Unit(Unit),
    /// People.
    People(People),
    /// An organisation's own roles and duties.
    Catalog(CatalogDocument),
}

impl Spec {
    /// The teams and products.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.documents.iter().filter_map(|document| match document {
            Document::Unit(unit) => Some(unit),
            _ => None,
        })
    }
}

/// A role that a file names: in the catalog, or not.
#[derive(Clone, Debug)]
pub struct RoleName {
    /// As written.
    pub name: Name,
    /// What the catalog makes of it.
    pub role: Option<RoleIx>,
}

impl RoleName {
    fn new(name: Name, catalog: &Catalog) -> Self {
        let role = catalog.find_role(&name.text);
        Self { name, role }
    }

    fn list(names: Vec<Name>, catalog: &Catalog) -> Vec<Self> {
        names
            .into_iter()
            .map(|name| Self::new(name, catalog))
            .collect()
    }
}

/// A file that was read: its text, tree and meaning.
#[derive(Debug)]
pub struct SourceFile {
    /// The YAML.
    pub tree: Tree,
    /// What it says.
    pub spec: Spec,
}

impl SourceFile {
    /// Reads a role file's text.
    pub fn read(text: &Arc<str>, knowledge: &Knowledge) -> Self {
        Self::of_tree(crate::syntax::parse(text), knowledge)
    }

    /// Reads what stands in a tree.
    pub fn of_tree(tree: Tree, knowledge: &Knowledge) -> Self {
        Self::of_tree_after(tree, knowledge, None)
    }

    /// The same. What the text said `earlier`, with the same knowledge, is taken over where it is the same.
    pub fn of_tree_after(tree: Tree, knowledge: &Knowledge, earlier: Option<Earlier>) -> Self {
        let spec = read::read(&tree, knowledge, earlier);
        Self { tree, spec }
    }

    /// Reads the tables of a Markdown page. It has no YAML, so its tree is empty; places lie in the page.
    pub fn of_page(text: &str, knowledge: &Knowledge) -> Self {
        Self {
            tree: crate::syntax::parse(&Arc::from("")),
            spec: page::read(text, &knowledge.catalog),
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.tree.text()
    }
}
