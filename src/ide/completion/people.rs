//! People: who holds a seat, covers for one, or is a member.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::cursor::Place;
use super::form::Word;
use super::insert::Body;
use super::names::{MOST, fits, joined};
use super::site::{Offer, Site, Slot};
use super::{About, CompletionKind};
use crate::ide::View;
use crate::ide::people::{People, Somebody, spelled};
use crate::spec::{Unit, is_placeholder};
use crate::syntax::Name;
use crate::text::Span;
use crate::workspace::{FileFacts, FileId, PersonFact};

/// Without a people document, so many names are looked for in other files.
const ENOUGH: usize = 200;
/// With more people than this nobody waits until those are found whom the document lacks.
const MANY: usize = 2_000;

/// Somebody who may be meant.
struct Candidate<'a> {
    rank: u8,
    /// As files name them.
    id: &'a str,
    name: Option<&'a str>,
    /// Their last day.
    left: Option<Date>,
}

/// Offers people for a seat, or as members.
pub(super) fn holders(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, word: Word) {
    let view = site.view;
    let people = People::around(view);
    let near = near(site.unit(), word);
    // The seat that somebody is about to fill is none that they hold already.
    let own = match place.path.as_slice() {
        ["roles", name, ..] => site.seat(name).map(|role| role.key.name.span),
        _ => None,
    };
    let mut found = match people.are_listed() {
        true => listed(site, &people, &near),
        false => named(site, &near),
    };
    found.sort_by_key(|one| one.rank);
    // Only those are looked at closely that may be shown.
    site.incomplete |= found.len() > MOST;
    found.truncate(MOST + place.there.len());
    found.retain(|one| !place.there.iter().any(|there| is_called(one, there)));
    for one in found {
        let seats = seats(view, &people, one.id, own);
        let note = one
            .left
            .map_or_else(String::new, |day| match day <= site.today() {
                true => format!("left {day}"),
                false => format!("leaves {day}"),
            });
        let offer = Offer {
            label: one.id.to_owned(),
            detail: joined(&joined(one.name.unwrap_or(""), &seats), &note),
            kind: CompletionKind::Person,
            body: site.scalar(slot, one.id),
            about: About::Person(one.id.to_owned()),
        };
        site.add(place, slot, offer);
        // Whoever types a name finds the id.
        if let Some(name) = one.name {
            site.also_called(name);
        }
    }
}

fn is_called(one: &Candidate<'_>, name: &str) -> bool {
    let name = spelled(name);
    spelled(one.id) == name || one.name.is_some_and(|own| spelled(own) == name)
}

/// Those who are likelier than others: the team's members, or for the members those who hold its seats.
fn near(unit: Option<&Unit>, word: Word) -> Vec<String> {
    let Some(unit) = unit else { return Vec::new() };
    let names: Vec<&str> = match word {
        Word::Member => {
            let holders = unit.roles.iter().flat_map(|role| role.people());
            holders.map(|holder| &*holder.person.text).collect()
        }
        _ => {
            let members = unit.members.iter().flatten();
            members.map(|member| &*member.text).collect()
        }
    };
    names
        .into_iter()
        .filter(|name| !is_placeholder(name))
        .map(spelled)
        .collect()
}

/// Those of the people documents.
fn listed<'a>(site: &Site<'_>, people: &People<'a>, near: &[String]) -> Vec<Candidate<'a>> {
    let typed = site.word.typed;
    let today = site.today();
    let is_near = |person: &PersonFact| {
        let is = |name: &str| near.iter().any(|near| near.eq_ignore_ascii_case(name));
        is(&person.id.text) || person.name.as_ref().is_some_and(|name| is(&name.text))
    };
    let found = people.all().filter(|person| {
        let name = person.name.as_ref().map_or("", |name| &name.text);
        may_be(&person.id.text, typed) || may_be(name, typed)
    });
    found
        .map(|person| {
            let left = person.left.map(|(day, _)| day);
            Candidate {
                rank: match left {
                    Some(day) if day <= today => 2,
                    _ => u8::from(!is_near(person)),
                },
                id: &person.id.text,
                name: person.name.as_ref().map(|name| &*name.text),
                left,
            }
        })
        .collect()
}

/// Whether somebody with a name may be meant: it, or one of its words, begins so. There may be very many names.
fn may_be(name: &str, typed: &str) -> bool {
    let (name, typed) = (name.as_bytes(), typed.trim_start().as_bytes());
    let Some(first) = typed.first() else {
        return true;
    };
    let mut before = b' ';
    for (at, byte) in name.iter().enumerate() {
        let begins = before == b' ' && byte.eq_ignore_ascii_case(first);
        before = *byte;
        if begins
            && name
                .get(at..at + typed.len())
                .is_some_and(|part| part.eq_ignore_ascii_case(typed))
        {
            return true;
        }
    }
    false
}

/// Without a people document, those whom files name.
fn named<'v>(site: &Site<'v>, near: &[String]) -> Vec<Candidate<'v>> {
    let view = site.view;
    let at = |span: Span| span.start <= site.offset && site.offset <= span.end;
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut found = Vec::new();
    let mut add = |name: &'v str| {
        let wanted = may_be(name, site.word.typed) && !is_placeholder(name);
        if wanted && known.insert(spelled(name)) {
            found.push(Candidate {
                rank: u8::from(!near.contains(&spelled(name))),
                id: name,
                name: None,
                left: None,
            });
        }
        found.len() >= ENOUGH
    };
    let members = site.unit().and_then(|unit| unit.members.as_deref());
    for member in members.into_iter().flatten().filter(|one| !at(one.span)) {
        add(&member.text);
    }
    let own = view.session.facts_of(view.file);
    let others = view.session.facts(view.file);
    let others = others.into_iter().filter(|facts| facts.file != view.file);
    for (file, person) in own.into_iter().chain(others).flat_map(in_seats) {
        let is_typed = file == view.file && at(person.span);
        if !is_typed && add(&person.text) {
            break;
        }
    }
    found
}

/// Those who hold seats or cover for one, each with the file.
fn in_seats(facts: &FileFacts) -> impl Iterator<Item = (FileId, &Name)> {
    let seats = facts.units.iter().flat_map(|unit| unit.seats.iter());
    seats.flat_map(|seat| {
        let holders = seat.holders.iter().map(|holder| &holder.person);
        let all = holders.chain(seat.cover());
        all.map(|person| (facts.file, person))
    })
}

/// What somebody holds already: "Product Owner of checkout", and how many more.
fn seats(view: &View<'_>, people: &People<'_>, id: &str, own: Option<Span>) -> String {
    let somebody = Somebody::of(people, id);
    let mut first = None;
    let mut more = 0;
    for facts in view.session.facts_with_person(view.file, somebody.calls()) {
        for unit in facts.units.iter() {
            for seat in &unit.seats {
                let mut holders = seat.holders.iter();
                let is_own = facts.file == view.file && Some(seat.key) == own;
                if is_own || !holders.any(|holder| somebody.is(people, &holder.person.text)) {
                    continue;
                }
                let title = seat.role.map(|role| &*view.catalog().role(role).title);
                match (&first, title) {
                    (None, Some(title)) => first = Some(format!("{title} of {}", unit.id.text)),
                    _ => more += 1,
                }
            }
        }
    }
    match (first, more) {
        (None, 0) => String::new(),
        (None, 1) => "1 seat".to_owned(),
        (None, more) => format!("{more} seats"),
        (Some(first), 0) => first,
        (Some(first), more) => format!("{first}, and {more} more"),
    }
}

// --- The people document ---------------------------------------------------------------------------------

/// Offers the ids of those who hold seats and are not in a people document.
pub(super) fn keys(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    for (id, detail) in unlisted(site, place) {
        let value = Body::stop(&title(&id));
        let offer = Offer {
            body: Body::nothing(),
            about: About::Person(id.clone()),
            label: id,
            detail,
            kind: CompletionKind::Person,
        };
        site.add_key(place, slot, value, offer);
    }
}

/// The same in a list.
pub(super) fn missing(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    for (id, detail) in unlisted(site, place) {
        let offer = Offer {
            body: site.scalar(slot, &id),
            about: About::Person(id.clone()),
            label: id,
            detail,
            kind: CompletionKind::Person,
        };
        site.add(place, slot, offer);
    }
}

fn unlisted(site: &Site<'_>, place: &Place<'_>) -> Vec<(String, String)> {
    let view = site.view;
    let people = People::around(view);
    if people.all().take(MANY + 1).count() > MANY {
        return Vec::new();
    }
    let at = |span: Span| span.start <= site.offset && site.offset <= span.end;
    let others = people
        .all()
        .filter(|person| person.file != view.file || !at(person.id.span));
    let names = others.flat_map(|person| std::iter::once(&person.id).chain(&person.name));
    let mut known: BTreeSet<String> = names.map(|name| spelled(&name.text)).collect();
    known.extend(place.there.iter().map(|there| spelled(there)));
    let mut found = Vec::new();
    for facts in view.session.facts(view.file) {
        for (_, person) in in_seats(facts) {
            if fits(&person.text, site.word.typed) && known.insert(spelled(&person.text)) {
                let seats = seats(view, &people, &person.text, None);
                found.push((person.text.to_string(), seats));
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// `ana-lima` as a name.
fn title(id: &str) -> String {
    let words = id
        .split(['-', '_', '.', ' '])
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .map(|word| {
            let mut characters = word.chars();
            let first = characters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(characters).collect()
        })
        .collect();
    words.join(" ")
}
