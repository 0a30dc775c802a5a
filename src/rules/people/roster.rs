//! What the rules about people share: finding a person however a file names them, and counting days.

use jiff::civil::Date;

pub(in crate::rules) use crate::workspace::spelled;
use crate::workspace::{Index, PersonFact};

/// The person of an id or name, in capital or small letters. Of two who share the name it is the one who is still here:
/// nobody should be told of a departure that was somebody else's.
pub(in crate::rules) fn find<'a>(
    index: &'a Index,
    id_or_name: &str,
    today: Date,
) -> Option<&'a PersonFact> {
    let roster = index.roster();
    if let Some(person) = roster.by_any_id(id_or_name) {
        return Some(person);
    }
    let is_here = |person: &&PersonFact| departure(person, today).is_none();
    let here = roster.by_name(id_or_name).find(is_here);
    here.or_else(|| roster.by_name(id_or_name).next())
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
