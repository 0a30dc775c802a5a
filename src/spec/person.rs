use std::collections::HashSet;

use super::holder::DateAt;
use crate::syntax::{Fields, Name, Node, Reader, Same};
use crate::text::{Places, Span};

/// The keys of a people document.
pub const PEOPLE_KEYS: &[&str] = &["people"];
/// The keys of one person.
pub const PERSON_KEYS: &[&str] = &["name", "email", "left"];

/// The people that holders refer to.
#[derive(Debug)]
pub struct People {
    /// Each of them.
    pub people: Vec<Person>,
    /// The whole document.
    pub span: Span,
}

/// Somebody who can hold a role.
#[derive(Clone, Debug)]
pub struct Person {
    /// Stable id.
    pub id: Name,
    /// As people call them.
    pub name: Option<Name>,
    /// E-mail address.
    pub email: Option<Name>,
    /// Their last day.
    pub left: Option<DateAt>,
    /// The id with all that is said of them.
    pub span: Span,
}

impl People {
    /// Reads a people document; `earlier` has what it said before.
    pub(super) fn read(root: Node<'_>, reader: &mut Reader, mut earlier: EarlierPeople) -> Self {
        let fields = reader.fields(root, "", "a people document", PEOPLE_KEYS);
        let mut people = Vec::new();
        if let Some(list) = fields.get("people") {
            if list.is_sequence() {
                // A plain list of names says who there is, too.
                for item in list.items() {
                    if item.is_mapping() {
                        read_group(item, reader, &mut people, &mut EarlierPeople::default());
                    } else if let Some(id) = Name::read(item, "people", reader) {
                        people.push(Person {
                            span: id.span,
                            id,
                            name: None,
                            email: None,
                            left: None,
                        });
                    }
                }
            } else if list.is_mapping() {
                read_group(list, reader, &mut people, &mut earlier);
            } else if !list.is_null() {
                reader.wrong_shape(list, "people", "a group of ids, each with a name");
            }
        }
        Self {
            people,
            span: root.span(),
        }
    }
}

fn read_group(
    node: Node<'_>,
    reader: &mut Reader,
    people: &mut Vec<Person>,
    earlier: &mut EarlierPeople,
) {
    let mut known = HashSet::new();
    for (key, value) in Fields::of(node).entries {
        let anew = |reader: &mut Reader| {
            let id = Name::read(key, "people", reader)?;
            Some(read_person(id, value, reader))
        };
        let person = earlier
            .at(key.span(), value.span())
            .or_else(|| anew(reader));
        // A key that stands twice in one group is a mistake of YAML, not a second person.
        if let Some(person) = person
            && known.insert(key.text().unwrap_or_default().trim())
        {
            people.push(person);
        }
    }
}

/// The people that a document named before it changed, and what of it is the same.
#[derive(Debug, Default)]
pub(super) struct EarlierPeople {
    people: std::vec::IntoIter<Person>,
    same: Option<Same>,
}

impl EarlierPeople {
    /// Of a document in which everything could be read.
    pub fn of(people: People, same: Same) -> Self {
        Self {
            people: people.people.into_iter(),
            same: Some(same),
        }
    }

    /// The person whose id and whose value stand at two places now, if both are the same. Asked for in order.
    fn at(&mut self, id: Span, value: Span) -> Option<Person> {
        let same = self.same?;
        let (before, _) = (same.before(id)?, same.before(value)?);
        while self.people.as_slice().first()?.id.span.start < before.start {
            self.people.next();
        }
        if self.people.as_slice().first()?.id.span != before {
            return None;
        }
        let mut person = self.people.next()?;
        person.places(&mut |span| *span = same.now(*span).unwrap_or(*span));
        Some(person)
    }
}

fn read_person(id: Name, node: Node<'_>, reader: &mut Reader) -> Person {
    let mut person = Person {
        span: id.span.to(node.span()),
        id,
        name: None,
        email: None,
        left: None,
    };
    if node.is_null() {
        return person;
    }
    if !node.is_mapping() {
        // `ana: Ana Lima`
        person.name = Name::read(node, &person.id.text, reader);
        return person;
    }
    let fields = reader.fields(node, &person.id.text, "a person", PERSON_KEYS);
    let mut name = |key: &'static str| {
        fields
            .get(key)
            .and_then(|value| Name::read(value, key, reader))
    };
    person.name = name("name");
    person.email = name("email");
    person.left = fields
        .get("left")
        .and_then(|left| DateAt::read(left, "left", reader));
    person
}
