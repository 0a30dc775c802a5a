//! Who is meant by an id or a name.

use jiff::civil::Date;

use super::View;
use crate::spec::is_placeholder;
pub(super) use crate::workspace::spelled;
use crate::workspace::{FileFacts, PersonFact};

/// The people of an organisation, as its people documents have them. Nothing is prepared: whoever asks once about a
/// few names is answered at once, however many people there are.
#[derive(Debug)]
pub(super) struct People<'a> {
    files: Vec<&'a FileFacts>,
    today: Date,
}

impl<'a> People<'a> {
    /// Those of the organisation that a file belongs to.
    pub fn around(view: &View<'a>) -> Self {
        Self {
            files: view.session.people_facts(view.file),
            today: view.session.today(view.file),
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

    /// The person of an id or a name, as the rules find them: by the id as it is written, then by the id in capital or
    /// small letters, then by the name.
    pub fn find(&self, id_or_name: &str) -> Option<&'a PersonFact> {
        let is_id = |person: &&PersonFact| *person.id.text == *id_or_name;
        let exact = self.all().find(is_id);
        exact.or_else(|| {
            let call = spelled(id_or_name);
            let is_id = |person: &&PersonFact| is_spelled(&person.id.text, &call);
            let by_id = self.all().find(is_id);
            by_id.or_else(|| self.named(id_or_name).first().copied())
        })
    }

    /// Everybody who may be meant by a name, in order of place: of those who share it nobody means one who is gone as
    /// long as another is here.
    pub fn named(&self, name: &str) -> Vec<&'a PersonFact> {
        let call = spelled(name);
        let is_called = |person: &&PersonFact| {
            let name = person.name.as_ref();
            name.is_some_and(|name| is_spelled(&name.text, &call))
        };
        let mut found: Vec<&PersonFact> = self.all().filter(is_called).collect();
        let is_here = |person: &&PersonFact| person.left.is_none_or(|(day, _)| day > self.today);
        if found.iter().any(is_here) {
            found.retain(is_here);
        }
        found
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

    /// Whether an id or name means them. What stands in for a name means nobody.
    pub fn is(&self, people: &People<'a>, id_or_name: &str) -> bool {
        // Most names are those of others, and this is asked of many.
        let mut calls = self.calls.iter();
        if !calls.any(|call| is_spelled(id_or_name, call)) || is_placeholder(id_or_name) {
            return false;
        }
        match (self.known, people.find(id_or_name)) {
            (Some(known), Some(found)) => known.id.text == found.id.text,
            (Some(_), None) => false,
            (None, found) => found.is_none(),
        }
    }

    /// Whether the entry of an id in a people document is theirs.
    pub fn has_id(&self, people: &People<'a>, id: &str) -> bool {
        match self.known {
            Some(known) => *known.id.text == *id,
            None => self.is(people, id),
        }
    }

    /// What files may call them, in small letters.
    pub fn calls(&self) -> &[String] {
        &self.calls
    }
}

/// Whether a name is spelled like `call`, which is as [`spelled`] has it.
fn is_spelled(name: &str, call: &str) -> bool {
    name.eq_ignore_ascii_case(call) || (!is_plain(name) && spelled(name) == call)
}

/// Whether only capitals can tell a name from what [`spelled`] makes of it.
fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_odd = |byte: &u8| byte.is_ascii_control() || !byte.is_ascii();
    let is_blank = |byte: Option<&u8>| byte == Some(&b' ');
    !bytes.iter().any(is_odd)
        && !bytes.windows(2).any(|two| two == b"  ")
        && !is_blank(bytes.first())
        && !is_blank(bytes.last())
}
