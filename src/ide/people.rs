//! Who is meant by an id or a name.

use super::View;
use crate::workspace::{FileFacts, PersonFact};

/// The people of an organisation, as its people documents have them. Nothing is prepared: whoever asks once about a
/// few names is answered at once, however many people there are.
#[derive(Debug)]
pub(super) struct People<'a> {
    files: Vec<&'a FileFacts>,
}

impl<'a> People<'a> {
    /// Those of the organisation that a file belongs to.
    pub fn around(view: &View<'a>) -> Self {
        Self {
            files: view.session.people_facts(view.file),
        }
    }

    /// Every one of them, in order of place.
    pub fn all(&self) -> impl Iterator<Item = &'a PersonFact> {
        self.files.iter().flat_map(|facts| &facts.other().people)
    }

    /// Whether there is a people document.
    pub fn are_listed(&self) -> bool {
        !self.files.is_empty()
    }

    /// The person of an id or a name; as [`Index::person`](crate::workspace::Index::person) has it.
    pub fn find(&self, id_or_name: &str) -> Option<&'a PersonFact> {
        let is_called = |person: &&PersonFact| {
            let name = person.name.as_ref();
            name.is_some_and(|name| same_letters(&name.text, id_or_name))
        };
        self.all()
            .find(|person| *person.id.text == *id_or_name)
            .or_else(|| self.all().find(is_called))
    }

    /// What to call somebody whom a file names by id or name.
    pub fn called<'n>(&self, id_or_name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        let name = self
            .find(id_or_name)
            .and_then(|person| person.name.as_ref());
        name.map_or(id_or_name, |name| &name.text)
    }
}

/// Somebody, however files call them.
#[derive(Debug)]
pub(super) struct Somebody<'a> {
    /// The person of the people documents, where there is one.
    pub known: Option<&'a PersonFact>,
    /// What files may call them, as [`spelled`].
    calls: Vec<String>,
}

impl<'a> Somebody<'a> {
    /// Whom an id or name means.
    pub fn of(people: &People<'a>, id_or_name: &str) -> Self {
        let known = people.find(id_or_name);
        let calls = match known {
            Some(person) => std::iter::once(&person.id)
                .chain(&person.name)
                .map(|name| spelled(&name.text))
                .collect(),
            None => vec![spelled(id_or_name)],
        };
        Self { known, calls }
    }

    /// Whether an id or name means them.
    pub fn is(&self, people: &People<'a>, id_or_name: &str) -> bool {
        let calls = &self.calls;
        let is_plain = || {
            let bytes = id_or_name.as_bytes();
            id_or_name.is_ascii() && !bytes.windows(2).any(|two| two == b"  ")
        };
        // Most names are those of others, and this is asked of many.
        let is_called = calls
            .iter()
            .any(|call| call.eq_ignore_ascii_case(id_or_name))
            || (!is_plain() && calls.contains(&spelled(id_or_name)));
        if !is_called {
            return false;
        }
        match (self.known, people.find(id_or_name)) {
            (Some(known), Some(found)) => known.id.text == found.id.text,
            (Some(known), None) => spelled(&known.id.text) == spelled(id_or_name),
            (None, found) => found.is_none(),
        }
    }

    /// What files may call them, in small letters.
    pub fn calls(&self) -> &[String] {
        &self.calls
    }
}

/// A name as it is compared: in small letters, with single blanks.
pub(super) fn spelled(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn same_letters(one: &str, other: &str) -> bool {
    let small = |text: &'_ str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    small(one) == small(other)
}
