//! When two names in different places mean the same.

use std::path::PathBuf;

use ecow::EcoString;

use super::View;
use super::people::{People, Somebody};
use super::target::{Subject, Target};
use crate::catalog::{BUILTIN_NAMES, Catalog, DutyIx, Model, RoleIx, simple_name};
use crate::rules::{Group, Rule};
use crate::spec::is_placeholder;
use crate::workspace::{FileId, Files, absolute};

/// What a name means, whatever the file and the spelling.
pub(super) enum Thing<'a> {
    /// A person.
    Person(Somebody<'a>, People<'a>),
    /// A team, by id.
    Team(EcoString),
    /// A product, by id.
    Product(EcoString),
    /// A role: of the catalog, or by its simple name.
    Role(Option<RoleIx>, String),
    /// A duty: of the catalog, or by its id.
    Duty(Option<DutyIx>, EcoString),
    /// A catalog.
    Catalog(CatalogAt),
    /// A model.
    Model(Model),
    /// A rule.
    Rule(&'static Rule),
    /// A group of rules.
    Group(Group),
}

/// Where a catalog is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CatalogAt {
    /// It is built in.
    Builtin(&'static str),
    /// In a file, which need not be there.
    File(PathBuf),
}

impl CatalogAt {
    /// What a name stands for that is written in a file.
    pub fn of(name: &str, file: FileId, files: &Files) -> Self {
        match BUILTIN_NAMES.iter().find(|known| **known == name) {
            Some(known) => Self::Builtin(known),
            None => {
                let path = files.path(file);
                Self::File(absolute(path.parent().unwrap_or(path), name.as_ref()))
            }
        }
    }
}

impl<'a> Thing<'a> {
    /// What a name means that stands in the view's file. `None` for what means nothing beyond its place.
    pub fn of(view: &View<'a>, target: &Target) -> Option<Self> {
        let Target {
            subject, defines, ..
        } = target;
        Some(match subject {
            Subject::Person(name) => {
                let people = People::around(view);
                let somebody = match &target.entry {
                    // Two may have one name: the entry says which of them it is.
                    Some(entry) => Somebody::of(&people, &entry.id),
                    // What stands in for a name is nobody, and not the same nobody everywhere.
                    None if is_placeholder(name) => return None,
                    None => Somebody::of(&people, name),
                };
                Self::Person(somebody, people)
            }
            Subject::Team(id) => Self::Team(id.clone()),
            Subject::Product(id) => Self::Product(id.clone()),
            Subject::Role(name, known) => Self::Role(*known, simple_name(name)),
            Subject::Duty(id, known) => Self::Duty(*known, id.clone()),
            Subject::Catalog(name) => Self::Catalog(catalog_named(
                name,
                *defines,
                view.file,
                view.session.files(),
            )),
            Subject::Model(model) => Self::Model(*model),
            Subject::Rule(rule) => Self::Rule(rule),
            Subject::Group(group) => Self::Group(*group),
            Subject::Line(_) | Subject::Key(..) | Subject::Word(..) => return None,
        })
    }

    /// Whether a name in a file means it.
    pub fn is(&self, target: &Target, file: FileId, files: &Files) -> bool {
        match (self, &target.subject) {
            (Self::Person(somebody, people), Subject::Person(name)) => match &target.entry {
                Some(entry) => somebody.has_id(people, &entry.id),
                None => somebody.is(people, name),
            },
            (Self::Team(id), Subject::Team(name)) | (Self::Product(id), Subject::Product(name)) => {
                id == name
            }
            (Self::Role(Some(role), _), Subject::Role(_, known)) => *known == Some(*role),
            (Self::Role(None, simple), Subject::Role(name, None)) => simple_name(name) == *simple,
            (Self::Duty(Some(duty), _), Subject::Duty(_, known)) => *known == Some(*duty),
            (Self::Duty(None, id), Subject::Duty(name, None)) => id == name,
            (Self::Catalog(at), Subject::Catalog(name)) => {
                *at == catalog_named(name, target.defines, file, files)
            }
            (Self::Model(model), Subject::Model(other)) => model == other,
            (Self::Rule(rule), Subject::Rule(other)) => rule == other,
            (Self::Group(group), Subject::Group(other)) => group == other,
            _ => false,
        }
    }

    /// Words of which each file that names it has one, as far as letters of ASCII go, whatever their case.
    pub fn words(&self, catalog: &Catalog) -> Vec<String> {
        let names: Vec<String> = match self {
            Self::Person(somebody, _) => somebody.calls().to_vec(),
            Self::Team(id) | Self::Product(id) | Self::Duty(None, id) => vec![id.to_string()],
            Self::Role(None, simple) => vec![simple.clone()],
            Self::Role(Some(role), _) => {
                let role = catalog.role(*role);
                let aliases = role.aliases.iter();
                aliases.chain([&role.id, &role.title]).cloned().collect()
            }
            Self::Duty(Some(duty), _) => vec![catalog.duty(*duty).id.clone()],
            Self::Catalog(CatalogAt::Builtin(name)) => vec![(*name).to_owned()],
            Self::Catalog(CatalogAt::File(path)) => {
                let name = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                // The catalog itself does not name its file.
                vec![name.unwrap_or_default(), "catalog".to_owned()]
            }
            Self::Model(model) => vec![model.name().to_owned()],
            Self::Rule(rule) => vec![rule.id.to_owned()],
            Self::Group(group) => vec![group.name().to_owned()],
        };
        names.iter().map(|name| longest_run(name)).collect()
    }
}

/// A catalog that is written where it is defined is that of its own file.
fn catalog_named(name: &str, defines: bool, file: FileId, files: &Files) -> CatalogAt {
    if defines {
        CatalogAt::File(files.path(file).to_owned())
    } else {
        CatalogAt::of(name, file, files)
    }
}

/// The longest run of letters and digits of ASCII: however a name is spaced and capitalised, it holds them.
fn longest_run(name: &str) -> String {
    name.split(|character: char| !character.is_ascii_alphanumeric())
        .max_by_key(|run| run.len())
        .unwrap_or_default()
        .to_owned()
}

/// Whether a text has a word, whatever the case of letters of ASCII.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return true;
    };
    text.windows(word.len())
        .any(|part| part[0].eq_ignore_ascii_case(first) && part.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case() {
        assert!(has_word("holder: ANA lima", "Lima"));
        assert!(!has_word("holder: ana", "lima"));
        assert!(has_word("holder: ana", ""));
        assert_eq!(longest_run("Émile van-der-Berg"), "Berg");
        assert_eq!(longest_run("日本"), "");
    }
}
