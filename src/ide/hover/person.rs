//! A person: every seat they hold, and whether they are still here.

use std::fmt::Write as _;

use super::super::View;
use super::super::people::{People, Somebody};
use super::{limited, seat_title};
use crate::spec::Status;
use crate::workspace::{PersonFact, SeatHolder};

/// So many seats are named.
const MOST: usize = 20;

/// Whoever a file calls so.
pub(super) fn text(view: &View<'_>, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if crate::spec::is_placeholder(name) {
        return Some(
            "This only stands in for a name, so readers take the seat for filled. If nobody has it, write `vacant:` with \
             `since:` and who covers for it."
                .to_owned(),
        );
    }
    let people = People::around(view);
    let somebody = Somebody::of(&people, name);
    let mut page = match somebody.known {
        Some(person) => known(view, person),
        None if people.are_listed() => {
            format!("**{name}** · not in the people document")
        }
        None => format!("**{name}**"),
    };
    let mut holds = Vec::new();
    let mut covers = Vec::new();
    for facts in view.session.facts_with_person(view.file, somebody.calls()) {
        for unit in facts.units.iter() {
            for seat in &unit.seats {
                let title = || format!("{} of {}", seat_title(view, unit, seat), unit.label());
                let own = seat.holders.iter();
                for holder in own.filter(|holder| somebody.is(&people, &holder.person.text)) {
                    holds.push(format!("- {}{}", title(), terms(holder)));
                }
                let cover = seat.cover();
                if cover.is_some_and(|cover| somebody.is(&people, &cover.text)) {
                    covers.push(format!("- {}, which is vacant", title()));
                }
            }
        }
    }
    if holds.is_empty() && covers.is_empty() {
        page.push_str("\n\nHolds no seat.");
    }
    if !holds.is_empty() {
        let _ = write!(page, "\n\n**Holds**\n\n{}", limited(holds, MOST));
    }
    if !covers.is_empty() {
        let _ = write!(page, "\n\n**Covers**\n\n{}", limited(covers, MOST));
    }
    Some(page)
}

/// What the people document says.
fn known(view: &View<'_>, person: &PersonFact) -> String {
    let id = &person.id.text;
    let mut page = match &person.name {
        Some(name) => format!("**{}** · `{id}`", name.text),
        None => format!("**{id}**"),
    };
    if let Some(email) = &person.email {
        let _ = write!(page, " · {}", email.text);
    }
    if let Some((day, _)) = person.left {
        let words = match day <= view.session.today(view.file) {
            true => "Left on",
            false => "Leaves on",
        };
        let _ = write!(page, "\n\n{words} {day}.");
    }
    page
}

/// On what terms and for how long.
fn terms(holder: &SeatHolder) -> String {
    let mut text = String::new();
    if holder.status != Status::Permanent {
        let _ = write!(text, ", {}", holder.status.name());
    }
    if let Some(since) = holder.since {
        let _ = write!(text, ", since {since}");
    }
    if let Some(until) = holder.until {
        let _ = write!(text, ", until {until}");
    }
    text
}
