//! What was read, before it is written.

use crate::catalog::{Catalog, simple_name};
use crate::markdown::find_role;
use crate::spec::{UnitKind, is_placeholder};

/// Longer ids make file names that no system takes.
const MAX_ID: usize = 60;

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub units: Vec<Unit>,
    pub people: Vec<Person>,
    /// What belongs to none of them.
    pub rest: Vec<String>,
    /// Words that need not be kept, because the keys of a role file say the same.
    pub said: Vec<String>,
}

/// A team or a product.
#[derive(Debug)]
pub(super) struct Unit {
    pub kind: UnitKind,
    pub id: String,
    pub name: Option<String>,
    pub purpose: Option<String>,
    pub product: Option<String>,
    pub model: Option<&'static str>,
    pub teams: Vec<String>,
    pub members: Vec<String>,
    pub seats: Vec<Seat>,
    pub rows: Vec<Row>,
    /// Comments at its top.
    pub above: Vec<String>,
    /// Comments at its end.
    pub rest: Vec<String>,
}

/// A role.
#[derive(Debug, Default)]
pub(super) struct Seat {
    pub key: String,
    pub title: Option<String>,
    pub holders: Vec<Holder>,
    pub vacant: bool,
    pub duties: Vec<Line>,
    pub above: Vec<String>,
}

/// Who holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Holder {
    pub person: String,
    pub status: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
}

/// A line of text with comments above it.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    pub above: Vec<String>,
}

/// A row of `shared`.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub duty: String,
    /// Roles by key, as `Hand::ALL` lists what they do.
    pub hands: [Vec<String>; 4],
    pub above: Vec<String>,
}

/// Somebody of whom more than an id is known.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub id: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub above: Vec<String>,
}

impl Draft {
    /// The unit of an id, made where there is none yet.
    pub fn unit(&mut self, kind: UnitKind, id: &str) -> &mut Unit {
        let found = self
            .units
            .iter()
            .position(|unit| unit.kind == kind && unit.id == id);
        let at = found.unwrap_or_else(|| {
            self.units.push(Unit::new(kind, id));
            self.units.len() - 1
        });
        &mut self.units[at]
    }

    /// The person of an id, made where there is none yet.
    pub fn person(&mut self, id: &str) -> &mut Person {
        let found = self.people.iter().position(|person| person.id == id);
        let at = found.unwrap_or_else(|| {
            self.people.push(Person {
                id: id.to_owned(),
                ..Person::default()
            });
            self.people.len() - 1
        });
        &mut self.people[at]
    }
}

impl Unit {
    fn new(kind: UnitKind, id: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            name: None,
            purpose: None,
            product: None,
            model: None,
            teams: Vec::new(),
            members: Vec::new(),
            seats: Vec::new(),
            rows: Vec::new(),
            above: Vec::new(),
            rest: Vec::new(),
        }
    }

    /// Calls it by a name, unless its id says all of it.
    pub fn call(&mut self, name: &str) {
        let name = one_line(name);
        if name != self.id && !name.is_empty() {
            match &self.name {
                Some(known) if *known != name => push_once(&mut self.above, name),
                _ => self.name = Some(name),
            }
        }
    }

    /// The seat of a role, made where there is none yet. `title` is what it is called where it was read.
    pub fn seat(&mut self, title: &str, catalog: &Catalog) -> &mut Seat {
        let title = one_line(title);
        let key = role_key(&title, catalog);
        let found = self.seats.iter().position(|seat| seat.key == key);
        let at = found.unwrap_or_else(|| {
            self.seats.push(Seat {
                key: key.clone(),
                ..Seat::default()
            });
            self.seats.len() - 1
        });
        let seat = &mut self.seats[at];
        // An id says the same as its title in other letters.
        if simple_name(&title) != key
            || title
                .chars()
                .any(|c| !c.is_alphanumeric() && !"- _".contains(c))
        {
            match &seat.title {
                Some(known) if *known != title => push_once(&mut seat.above, title),
                _ => seat.title = Some(title),
            }
        }
        seat
    }
}

impl Seat {
    /// Gives it to somebody; a stand-in for a name makes it vacant.
    pub fn hold(&mut self, holder: Holder) {
        if is_placeholder(&holder.person) {
            self.vacant = true;
            if !holder.person.eq_ignore_ascii_case("vacant") {
                push_once(&mut self.above, holder.person);
            }
        } else if !self.holders.contains(&holder) {
            self.holders.push(holder);
        }
    }

    /// Gives it to somebody by name.
    pub fn hold_by(&mut self, name: &str) {
        self.hold(Holder {
            person: one_line(name),
            ..Holder::default()
        });
    }

    /// Adds a duty.
    pub fn answer_for(&mut self, text: &str, catalog: &Catalog) {
        let line = Line {
            text: duty_name(text, catalog),
            above: Vec::new(),
        };
        if !line.text.is_empty() {
            self.duties.push(line);
        }
    }
}

/// What a role is called in a file: the catalog's id, else one made from its title.
pub(super) fn role_key(title: &str, catalog: &Catalog) -> String {
    match find_role(title, catalog) {
        Some(role) => catalog.role(role).id.clone(),
        None => id_of(title, "role"),
    }
}

/// A duty as a file names it: by the catalog's id where it is one, or the title of one; else in its own words.
pub(super) fn duty_name(text: &str, catalog: &Catalog) -> String {
    let text = one_line(text);
    let simple = simple_name(&text);
    let mut duties = catalog.duties();
    let known = duties.find(|(_, duty)| duty.id == text || simple_name(&duty.title) == simple);
    known.map_or(text, |(_, duty)| duty.id.clone())
}

/// An id made from a name.
pub(super) fn id_of(name: &str, otherwise: &str) -> String {
    let mut id = simple_name(name);
    if let Some((cut, _)) = id.char_indices().nth(MAX_ID) {
        id.truncate(cut);
        id.truncate(id.trim_end_matches('-').len());
    }
    if id.is_empty() {
        otherwise.to_owned()
    } else {
        id
    }
}

/// A text without line breaks and blanks around it.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Adds a text that is not there yet.
pub(super) fn push_once(list: &mut Vec<String>, text: String) {
    if !text.trim().is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
