use super::holder::DateAt;
use crate::syntax::{Fields, Name, Node, Reader};
use crate::text::Span;

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
}

impl People {
    pub(super) fn read(root: Node<'_>, reader: &mut Reader) -> Self {
        let fields = reader.fields(root, "", "a people document", PEOPLE_KEYS);
        let mut people = Vec::new();
        if let Some(list) = fields.get("people") {
            if list.is_sequence() {
                // A plain list of names says who there is, too.
                for item in list.items() {
                    if item.is_mapping() {
                        read_group(item, reader, &mut people);
                    } else if let Some(id) = Name::read(item, "people", reader) {
                        people.push(Person {
                            id,
                            name: None,
                            email: None,
                            left: None,
                        });
                    }
                }
            } else if list.is_mapping() {
                read_group(list, reader, &mut people);
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

fn read_group(node: Node<'_>, reader: &mut Reader, people: &mut Vec<Person>) {
    let mut known = std::collections::HashSet::new();
    for (key, value) in Fields::of(node).entries {
        if let Some(id) = Name::read(key, "people", reader) {
            let person = read_person(id, value, reader);
            // A key that stands twice in one group is a mistake of YAML, not a second person.
            if known.insert(person.id.text.clone()) {
                people.push(person);
            }
        }
    }
}

fn read_person(id: Name, node: Node<'_>, reader: &mut Reader) -> Person {
    let mut person = Person {
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
