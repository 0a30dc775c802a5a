//! What a rename starts from, and which places go by the same name.

use ecow::EcoString;

use super::super::occurrences::is_built_in;
use super::super::people::{People, spelled};
use super::super::target::{Subject, Target};
use super::super::targets::targets;
use super::super::{View, target};
use super::edits::written;
use crate::catalog::{RoleDef, simple_name};
use crate::spec::is_placeholder;
use crate::syntax::parse;
use crate::text::Span;
use crate::workspace::PersonFact;

/// The place that a rename starts from.
pub(super) struct Start<'a> {
    /// What stands there.
    pub target: Target,
    /// Its name there.
    pub old: EcoString,
    /// The name, without quotes and without words that are no part of it.
    pub span: Span,
    /// Which of its names that is.
    pub naming: Naming<'a>,
}

/// Which of the names that something has stands at a place.
pub(super) enum Naming<'a> {
    /// A word that stands in for a person. Each of them is by itself.
    Nobody,
    /// The id of a person, or their name.
    Person {
        /// The person, where people documents have them.
        known: Option<&'a PersonFact>,
        /// Whether it is the id.
        by_id: bool,
    },
    /// The id of a role, or its title or an alias.
    Role {
        /// The id, where a catalog has the role.
        id: Option<EcoString>,
        /// The titles and aliases that the organisation's catalogs give it, as simple names.
        names: Vec<String>,
        /// Whether it is the id.
        by_id: bool,
    },
    /// The only name that there is.
    Only,
}

impl<'a> Start<'a> {
    /// What is renamed at `offset`; `None` where nothing has a name.
    ///
    /// # Errors
    /// Why what stands there keeps its name.
    pub fn of(view: &View<'a>, offset: u32) -> Result<Option<Self>, String> {
        let Some(target) = target(view, offset).map(|target| view.meant(target)) else {
            return Ok(None);
        };
        let Some((old, naming)) = named(view, &target)? else {
            return Ok(None);
        };
        let tree = &view.source.tree;
        if let Some(anchor) = target.span.slice(tree.text()).strip_prefix('*') {
            return Err(format!(
                "`*{anchor}` repeats what stands at `&{anchor}`. Please rename it there."
            ));
        }
        let span = written(tree, target.span, &old).ok_or(
            "This name is written in a way that cannot be renamed. Please edit it by hand.",
        )?;
        let start = Self {
            target,
            old,
            span,
            naming,
        };
        match start.namesakes(view) {
            Some(namesakes) if start.target.entry.is_none() => Err(format!(
                "More than one person is called `{}` ({namesakes}), so nobody can tell who is meant here. Please write the id of one of them.",
                start.old
            )),
            _ => Ok(Some(start)),
        }
    }

    /// Whether another place, which means the same, goes by the same of its names.
    pub fn is_same(&self, target: &Target, name: &str) -> bool {
        match &self.naming {
            Naming::Nobody => true,
            Naming::Person { known, by_id } => {
                is_by_id(*known, target, name) == *by_id && spelled(name) == spelled(&self.old)
            }
            Naming::Role { id, names, by_id } => {
                let other = role_by_id(id.as_deref(), names, target, name);
                other == *by_id && simple_name(name) == simple_name(&self.old)
            }
            Naming::Only => *name == *self.old,
        }
    }

    /// The ids of all who may be meant by the name, where it is that of more than one person.
    pub fn namesakes(&self, view: &View<'_>) -> Option<String> {
        let Naming::Person {
            known,
            by_id: false,
        } = self.naming
        else {
            return None;
        };
        let known = known?;
        let people = People::around(view);
        let named = people.named(&self.old);
        // An id comes before every name.
        let found = people.find(&self.old)?;
        let is_id = spelled(&found.id.text) == spelled(&self.old);
        let is_one = named.iter().any(|one| one.id.text == known.id.text);
        let ids: Vec<String> = named
            .iter()
            .map(|one| format!("`{}`", one.id.text))
            .collect();
        (ids.len() > 1 && is_one && !is_id).then(|| ids.join(", "))
    }
}

/// Whether a place goes by the id of a person whom it means. What may be either is the id where it is written exactly
/// like that, and else the name.
pub(super) fn is_by_id(known: Option<&PersonFact>, target: &Target, name: &str) -> bool {
    match (&target.entry, known) {
        (Some(entry), _) => entry.by_id,
        (None, None) => false,
        (None, Some(person)) => {
            let is_name = || {
                let own = person.name.as_ref();
                own.is_some_and(|own| spelled(&own.text) == spelled(name))
            };
            *person.id.text == *name || !is_name()
        }
    }
}

/// The same, of a role.
fn role_by_id(id: Option<&str>, names: &[String], target: &Target, name: &str) -> bool {
    match &target.entry {
        Some(entry) => entry.by_id,
        None => id == Some(name) || !names.contains(&simple_name(name)),
    }
}

/// The name that a rename changes, as it is written at the place.
fn named<'a>(view: &View<'a>, target: &Target) -> Result<Option<(EcoString, Naming<'a>)>, String> {
    let catalog = view.catalog();
    let layer = |origin: usize| {
        let layer = catalog.layers.get(origin);
        layer.map_or("popm", |layer| layer.id.as_str())
    };
    match &target.subject {
        Subject::Person(name) => {
            let naming = if target.entry.is_none() && is_placeholder(name) {
                Naming::Nobody
            } else {
                let own = target.entry.as_ref().map(|entry| &entry.id);
                let known = People::around(view).find(own.unwrap_or(name));
                Naming::Person {
                    known,
                    by_id: is_by_id(known, target, name),
                }
            };
            Ok(Some((name.clone(), naming)))
        }
        Subject::Team(name) | Subject::Product(name) => Ok(Some((name.clone(), Naming::Only))),
        Subject::Role(name, known) => {
            let def = known.map(|role| catalog.role(role));
            let own = target.entry.as_ref().map(|entry| entry.id.clone());
            let id = def.map(|def| def.id.as_str().into()).or(own);
            let names = id
                .as_deref()
                .map_or_else(Vec::new, |id| own_names(view, id));
            let by_id = role_by_id(id.as_deref(), &names, target, name);
            let is_kept = |def: &&RoleDef| by_id && is_built_in(catalog, def.origin);
            match def.filter(is_kept) {
                Some(def) => Err(format!(
                    "`{}` is a role of the built-in catalog `{}` and keeps its id. To call it something else, give it an alias in your catalog, or the seat a `title:`.",
                    def.id,
                    layer(def.origin)
                )),
                None => Ok(Some((name.clone(), Naming::Role { id, names, by_id }))),
            }
        }
        Subject::Duty(name, known) => {
            let def = known.map(|duty| catalog.duty(duty));
            match def.filter(|def| is_built_in(catalog, def.origin)) {
                Some(def) => Err(format!(
                    "`{}` is a duty of the built-in catalog `{}` and keeps its id. To say it in your own words, write them behind it: `{}: your words`.",
                    def.id,
                    layer(def.origin),
                    def.id
                )),
                None => Ok(Some((name.clone(), Naming::Only))),
            }
        }
        Subject::Line(_) => Err(
            "This line is in your own words and stands nowhere else. Just change it here."
                .to_owned(),
        ),
        Subject::Catalog(_) => Err(
            "A catalog goes by its file. Rename the file, and then its path where it is named."
                .to_owned(),
        ),
        Subject::Rule(_) | Subject::Group(_) | Subject::Model(_) | Subject::Key(..) => {
            Err("This word belongs to rolelint, so it has the same name for everybody.".to_owned())
        }
        Subject::Word(..) => Ok(None),
    }
}

/// The titles and aliases that the organisation's own catalogs give a role, as simple names.
fn own_names(view: &View<'_>, id: &str) -> Vec<String> {
    let session = view.session;
    let id = simple_name(id);
    let mut files = session.catalog_files(view.file).to_vec();
    if !files.contains(&view.file) {
        files.push(view.file);
    }
    let mut names = Vec::new();
    for text in files.into_iter().filter_map(|file| session.text(file)) {
        for target in targets(&parse(&text), view.catalog(), false) {
            let entry = target.entry.as_ref();
            let is_own = entry.is_some_and(|entry| !entry.by_id && simple_name(&entry.id) == id);
            if let (true, Subject::Role(name, _)) = (is_own, &target.subject) {
                names.push(simple_name(name));
            }
        }
    }
    names
}
