//! Pages that describe roles one by one: a heading for each, and below it what the role does.

use super::draft::{Draft, Line, Unit, duty_name, one_line, push_once};
use super::headings::{Headings, named};
use crate::catalog::{Catalog, simple_name};
use crate::markdown::{Block, Item, Page, find_role, holders_of};
use crate::spec::UnitKind;

/// What a list of duties is called.
const DUTY_WORDS: &[&str] = &[
    "responsibilities",
    "responsibility",
    "duties",
    "accountabilities",
    "accountability",
    "key-responsibilities",
    "tasks",
    "main-responsibilities",
    "responsible-for",
    "accountable-for",
    "what-they-do",
    "what-i-do",
    "core-responsibilities",
    "responsibilities-include",
    "day-to-day-responsibilities",
];
/// What the line that names somebody begins with.
const PERSON_WORDS: &[&str] = &[
    "holder",
    "held-by",
    "person",
    "name",
    "who",
    "current-holder",
];

/// Whether a page has a heading that names a role of the catalog, with a list below it.
pub(super) fn is_there(page: &Page, catalog: &Catalog) -> bool {
    let has_list = page
        .blocks
        .iter()
        .any(|block| matches!(block, Block::List(_)));
    has_list && role_level(page, catalog).is_some()
}

/// The level of the headings that name roles.
fn role_level(page: &Page, catalog: &Catalog) -> Option<u8> {
    page.blocks.iter().find_map(|block| match block {
        Block::Heading { level, text, .. } => is_known(text, catalog).then_some(*level),
        _ => None,
    })
}

fn is_known(text: &str, catalog: &Catalog) -> bool {
    find_role(&split(text, catalog).0, catalog).is_some()
}

/// The level of the first heading with a list right below it.
fn list_level(page: &Page) -> Option<u8> {
    let mut above = None;
    for block in &page.blocks {
        match block {
            Block::Heading { level, .. } => above = Some(*level),
            Block::List(_) if above.is_some() => return above,
            _ => {}
        }
    }
    None
}

/// Role and names of a heading: `Ana Lima – Product Owner`, `Product Owner: Ana Lima`, `Product Owner (Ana Lima)`.
fn split(text: &str, catalog: &Catalog) -> (String, Vec<String>) {
    let text = one_line(text);
    if find_role(&text, catalog).is_none() {
        for between in [" – ", " — ", " - ", ": ", " | ", ", "] {
            let Some((before, behind)) = text.split_once(between) else {
                continue;
            };
            for (role, name) in [(behind, before), (before, behind)] {
                if find_role(role, catalog).is_some() {
                    return (role.to_owned(), vec![name.to_owned()]);
                }
            }
        }
    }
    holders_of(&text, catalog)
}

/// Where the reader is.
struct Place {
    unit: (UnitKind, String),
    /// The role, by the title of its heading.
    role: String,
    /// Whether lists are duties here, and not habits or goals.
    duties: bool,
}

/// Reads the roles of a page.
pub(super) fn read(page: &Page, text: &str, stem: &str, catalog: &Catalog, draft: &mut Draft) {
    let Some(roles) = role_level(page, catalog).or_else(|| list_level(page)) else {
        return;
    };
    let mut headings = Headings::default();
    let mut waiting: Vec<String> = Vec::new();
    let mut place: Option<Place> = None;
    for block in &page.blocks {
        match block {
            Block::Heading {
                level, text: title, ..
            } if *level < roles => {
                place = None;
                headings.enter(*level, title);
            }
            Block::Heading {
                level, text: title, ..
            } if *level == roles => {
                let (kind, id, name) = headings.unit(stem);
                let unit = draft.unit(kind, &id);
                if let Some(name) = name {
                    unit.call(&name);
                }
                for text in headings.unused().into_iter().chain(waiting.drain(..)) {
                    push_once(&mut unit.above, text);
                }
                let (role, names) = split(title, catalog);
                let seat = unit.seat(&role, catalog);
                for name in &names {
                    seat.hold_by(name);
                }
                place = Some(Place {
                    unit: (kind, id),
                    role,
                    duties: true,
                });
            }
            Block::Heading { text: title, .. } => match &mut place {
                Some(place) => {
                    place.duties = is_duties(title);
                    if place.duties {
                        draft.said.push(title.clone());
                    } else {
                        waiting.push(title.clone());
                    }
                }
                None => waiting.push(title.clone()),
            },
            Block::Line(span) => {
                let line = span.slice(text);
                match &mut place {
                    Some(place) => {
                        let plain = line.trim_matches(|c: char| {
                            c == '*' || c == '_' || c == ':' || c.is_whitespace()
                        });
                        let is_title = line.trim_end_matches(['*', '_']).ends_with(':')
                            || line.starts_with("**") && line.ends_with("**");
                        if is_title {
                            place.duties = is_duties(plain);
                        }
                        if is_duties(plain) {
                            draft.said.push(plain.to_owned());
                            continue;
                        }
                        let unit = draft.unit(place.unit.0, &place.unit.1);
                        let person = person_line(plain);
                        let seat = unit.seat(&place.role, catalog);
                        match person {
                            Some(name) => seat.hold_by(&name),
                            None => {
                                seat.above.append(&mut waiting);
                                push_once(&mut seat.above, line.to_owned());
                            }
                        }
                    }
                    None => waiting.push(line.to_owned()),
                }
            }
            Block::List(items) => match &place {
                Some(place) => {
                    let unit = draft.unit(place.unit.0, &place.unit.1);
                    add_items(items, place, &mut waiting, unit, catalog);
                }
                None => waiting.extend(items.iter().map(|item| item.text.clone())),
            },
            Block::Table(table) => waiting.push(table.span.slice(text).trim_end().to_owned()),
        }
    }
    waiting.extend(headings.all_unused());
    match draft.units.last_mut() {
        Some(unit) => unit.rest.append(&mut waiting),
        None => draft.rest.append(&mut waiting),
    }
}

fn is_duties(title: &str) -> bool {
    let name = simple_name(title);
    DUTY_WORDS.contains(&name.as_str()) || named(title).is_none() && name.contains("responsib")
}

/// The name in `Name: Ana Lima`.
fn person_line(line: &str) -> Option<String> {
    let (word, name) = line.split_once(':')?;
    let name = name.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    let is_person = PERSON_WORDS.contains(&simple_name(word).as_str());
    (is_person && !name.is_empty()).then(|| name.to_owned())
}

fn add_items(
    items: &[Item],
    place: &Place,
    waiting: &mut Vec<String>,
    unit: &mut Unit,
    catalog: &Catalog,
) {
    let seat = unit.seat(&place.role, catalog);
    if !place.duties {
        seat.above.append(waiting);
        for item in items {
            push_once(
                &mut seat.above,
                format!("{}- {}", "  ".repeat(item.depth), item.text),
            );
        }
        return;
    }
    // What an item is that has others below it: their title, or a duty that they explain.
    let mut above: Vec<(usize, bool)> = Vec::new();
    for item in items {
        above.retain(|(depth, _)| *depth < item.depth);
        let text = one_line(&item.text);
        let is_title = is_duties(text.trim_end_matches(':'));
        let below = above.last().map(|(_, is_title)| *is_title);
        above.push((item.depth, is_title));
        if is_title {
            continue;
        }
        if let Some(name) = person_line(&text) {
            seat.hold_by(&name);
            continue;
        }
        if below == Some(false)
            && let Some(last) = seat.duties.last_mut()
        {
            let inside = "  ".repeat(item.depth - 1);
            last.above.push(format!("{inside}- {text}"));
            continue;
        }
        let mut above = std::mem::take(waiting);
        let duty = duty_name(&text, catalog);
        if duty.is_empty() {
            waiting.append(&mut above);
        } else {
            seat.duties.push(Line { text: duty, above });
        }
    }
}
