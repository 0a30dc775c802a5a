//! What the rules about people share: finding a person however a file names them, and counting days.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::workspace::{Index, PersonFact};

/// The people of an organisation, by what files may call them.
pub(in crate::rules) struct Roster<'a> {
    by_id: HashMap<String, &'a PersonFact>,
    by_name: HashMap<String, Vec<&'a PersonFact>>,
}

impl<'a> Roster<'a> {
    pub(in crate::rules) fn of(index: &'a Index) -> Self {
        let mut roster = Self {
            by_id: HashMap::new(),
            by_name: HashMap::new(),
        };
        for person in index.people() {
            roster
                .by_id
                .entry(spelled(&person.id.text))
                .or_insert(person);
            if let Some(name) = &person.name {
                let named = roster.by_name.entry(spelled(&name.text)).or_default();
                named.push(person);
            }
        }
        roster
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The person of an id or name. Of two who share the name it is the one who is still here: nobody should be
    /// told of a departure that was somebody else's.
    pub(in crate::rules) fn find(&self, id_or_name: &str, today: Date) -> Option<&'a PersonFact> {
        let key = spelled(id_or_name);
        if let Some(person) = self.by_id.get(&key) {
            return Some(person);
        }
        let named = self.by_name.get(&key)?;
        let here = named
            .iter()
            .find(|person| departure(person, today).is_none());
        here.or(named.first()).copied()
    }

    /// Whether the person of an id or name is gone.
    pub(super) fn has_left(&self, id_or_name: &str, today: Date) -> bool {
        self.find(id_or_name, today)
            .is_some_and(|person| departure(person, today).is_some())
    }
}

/// The person of an id or name, as [`Roster::find`] has it, for somebody who asks for one or two.
pub(super) fn find<'a>(index: &'a Index, id_or_name: &str, today: Date) -> Option<&'a PersonFact> {
    // Where two share a name, another one than the first may still be here.
    let is_it =
        |person: &&PersonFact| *person.id.text == *id_or_name || departure(person, today).is_none();
    let known = index.person(id_or_name).filter(is_it);
    known.or_else(|| Roster::of(index).find(id_or_name, today))
}

/// Whether somebody whom a file names by id or name is gone.
pub(super) fn is_gone(index: &Index, id_or_name: &str, today: Date) -> bool {
    let person = find(index, id_or_name, today);
    person.is_some_and(|person| departure(person, today).is_some())
}

/// The last day of a person, when it has come.
pub(super) fn departure(person: &PersonFact, today: Date) -> Option<Date> {
    person.left.map(|(day, _)| day).filter(|day| *day <= today)
}

/// What to call somebody whom a file names by id or name.
pub(in crate::rules) fn called<'a>(index: &'a Index, id_or_name: &'a str) -> &'a str {
    index
        .person(id_or_name)
        .and_then(|person| person.name.as_ref())
        .map_or(id_or_name, |name| &name.text)
}

/// A name as it is compared: in small letters, with single blanks.
pub(super) fn spelled(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// How many days lie between two dates; less than 0 when `to` comes first.
pub(in crate::rules) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// `1 day`, `12 days`.
pub(super) fn days(count: i64) -> String {
    match count {
        1 => "1 day".to_owned(),
        _ => format!("{count} days"),
    }
}

/// `ana`, `ana and ben`, `ana, ben and carla`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
