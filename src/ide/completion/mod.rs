//! What may be written at a place, each with what it means.

mod brackets;
mod cursor;
mod duties;
mod form;
mod insert;
mod keys;
mod names;
mod people;
mod roles;
mod rules;
mod scan;
mod site;
mod snippets;
mod spot;
#[cfg(test)]
mod tests;
mod token;
mod words;

use serde::{Deserialize, Serialize};

use super::target::{Subject, Target};
use super::{View, hover};
use crate::catalog::Model;
use crate::rules::{Group, find};
use crate::spec::UnitKind;
use crate::text::Span;
use cursor::{Place, PlaceKind, cursor};
use form::{Form, Keys, form};
use site::{Site, Slot};

pub use insert::{Insert, Part};

/// What may be written.
#[derive(Clone, Debug, Default)]
pub struct Completions {
    /// Each of it, the best first.
    pub items: Vec<Completion>,
    /// Whether there is more, which more letters would bring up.
    pub incomplete: bool,
}

/// Something that may be written.
#[derive(Clone, Debug)]
pub struct Completion {
    /// What it is called.
    pub label: String,
    /// A few words beside it.
    pub detail: String,
    /// What kind of thing it is.
    pub kind: CompletionKind,
    /// What is replaced; the place lies in it, and it is on one line.
    pub span: Span,
    /// What stands there afterwards.
    pub insert: Insert,
    /// What the text in `span` is compared with, where it is not the label.
    pub filter: Option<String>,
    /// What its documentation is about.
    pub about: About,
}

/// What kind of thing may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each is what its name says.
pub enum CompletionKind {
    Key,
    Role,
    Duty,
    Person,
    Team,
    Product,
    Word,
    Catalog,
    Rule,
    Group,
    /// Several lines at once.
    Snippet,
}

/// What the documentation of a completion is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A key, and what it belongs to.
    Key(String, String),
    /// A word, and the key whose value it is.
    Word(String, String),
    /// A role, by id.
    Role(String),
    /// A duty, by id.
    Duty(String),
    /// A person, by id or name.
    Person(String),
    /// A team, by id.
    Team(String),
    /// A product, by id.
    Product(String),
    /// A catalog, by a built-in name or a path.
    Catalog(String),
    /// A rule, by id.
    Rule(String),
    /// A group of rules.
    Group(String),
    /// This text.
    Text(String),
    /// Nothing that is not clear by itself.
    Nothing,
}

/// What may be written at the byte `offset`.
pub fn complete(view: &View<'_>, offset: u32) -> Completions {
    if let Some(found) = rules::in_comment(view, offset) {
        return found;
    }
    let text = view.text();
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let Some(cursor) = cursor(text, at) else {
        return Completions::default();
    };
    let mut site = Site::new(view, offset, &cursor);
    for place in &cursor.places {
        let form = form(site.kind, &place.path);
        fill(&mut site, place, form);
    }
    site.finish()
}

/// Offers what fits at a place that may hold what `form` says.
fn fill(site: &mut Site<'_>, place: &Place<'_>, form: Form) {
    let items = || {
        let mut path = place.path.clone();
        path.push("[]");
        path
    };
    match place.kind {
        PlaceKind::Key => {
            if let Some(keys) = form.keys {
                keys::offer(site, place, Slot::Key, keys);
            }
        }
        PlaceKind::Item | PlaceKind::Dash => {
            let list = place.path.split_last().map_or(&[][..], |(_, list)| list);
            let over = self::form::form(site.kind, list);
            // Where a group of keys may stand, nobody begins a list without being seen to.
            let is_meant =
                place.kind == PlaceKind::Item || over.keys.is_none() || !place.there.is_empty();
            if !over.list || !is_meant {
                return;
            }
            let slot = match place.kind {
                PlaceKind::Dash => Slot::Dash,
                _ => Slot::Item,
            };
            one(site, place, slot, form);
        }
        PlaceKind::Value => {
            let flow = site.word.flow;
            if let Some(word) = form.word {
                words::offer(site, place, Slot::Value, word);
            }
            if let Some(keys) = form.keys {
                let slot = if flow { Slot::Braces } else { Slot::Below };
                keys::offer_value(site, place, slot, keys);
            }
            if form.list && form.word.is_none() {
                let path = items();
                let inner = self::form::form(site.kind, &path);
                let long = inner.keys.is_some() && !flow;
                let slot = if long {
                    Slot::BelowDash
                } else {
                    Slot::Brackets
                };
                let place = Place {
                    path,
                    there: Vec::new(),
                    ..*place
                };
                one(site, &place, slot, inner);
            }
        }
        PlaceKind::Child => {
            if let Some(keys) = form.keys {
                keys::offer(site, place, Slot::Key, keys);
            }
            if form.keys == Some(Keys::Holder)
                && let Some(word) = form.word
            {
                words::offer(site, place, Slot::Value, word);
            } else if form.keys.is_some() {
                // A list is possible too, and hardly ever meant.
            } else if form.list {
                let path = items();
                let inner = self::form::form(site.kind, &path);
                let place = Place {
                    path,
                    there: Vec::new(),
                    ..*place
                };
                one(site, &place, Slot::Dash, inner);
            } else if let Some(word) = form.word {
                words::offer(site, place, Slot::Value, word);
            }
        }
    }
}

/// Offers an item of a list.
fn one(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, form: Form) {
    if let Some(word) = form.word {
        words::offer(site, place, slot, word);
    }
    if let Some(keys) = form.keys {
        keys::offer_item(site, place, slot, keys);
    }
}

/// What there is to say about a completion, as Markdown; `offset` is where it was offered.
pub fn documentation(view: &View<'_>, offset: u32, about: &About) -> Option<String> {
    let subject = match about {
        About::Key(place, key) => {
            let place = Keys::places().find(|known| known == place)?;
            Subject::Key(place, key.as_str().into())
        }
        About::Word(key, word) if key == "model" => Subject::Model(Model::from_word(word)?),
        About::Word(key, word) => Subject::Word(key.as_str().into(), word.as_str().into()),
        About::Role(id) => Subject::Role(id.as_str().into(), view.catalog().find_role(id)),
        About::Duty(id) => Subject::Duty(id.as_str().into(), view.catalog().find_duty(id)),
        About::Person(name) => Subject::Person(name.as_str().into()),
        About::Team(id) => Subject::Team(id.as_str().into()),
        About::Product(id) => Subject::Product(id.as_str().into()),
        About::Catalog(name) => Subject::Catalog(name.as_str().into()),
        About::Rule(id) => Subject::Rule(find(id)?),
        About::Group(name) => Subject::Group(Group::from_word(name)?),
        About::Text(text) => return Some(text.clone()),
        About::Nothing => return None,
    };
    let span = Span {
        start: offset,
        end: offset,
    };
    let target = Target {
        subject,
        span,
        defines: false,
        seat: None,
        entry: None,
    };
    hover::said(view, &target)
}

impl About {
    fn unit(kind: UnitKind, id: &str) -> Self {
        match kind {
            UnitKind::Team => Self::Team(id.to_owned()),
            UnitKind::Product => Self::Product(id.to_owned()),
        }
    }
}
