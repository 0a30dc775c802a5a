//! People, seats, teams and products of all files, by a part of their name.

use super::Place;
use super::symbols::SymbolKind;
use crate::catalog::Catalog;
use crate::rules::Session;
use crate::spec::UnitKind;
use crate::text::Span;
use crate::workspace::{FileFacts, FileId, PersonFact, Seat, UnitFacts};

/// Something that a workspace holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// What it belongs to, or how else it is called.
    pub belongs: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Where it is defined.
    pub place: Place,
}

/// The best `most` of all that fit a query: its letters, in their order, in a name or in what it belongs to. Looks at
/// no file's text.
pub fn workspace_symbols(session: &Session, query: &str, most: usize) -> Vec<Named> {
    let query: Vec<char> = query
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let mut found: Vec<((u32, usize), Candidate<'_>)> = Vec::new();
    for facts in session.all_facts() {
        let Some(knowledge) = session.knowledge(facts.file) else {
            continue;
        };
        candidates(facts, &knowledge.catalog, &mut |candidate| {
            if let Some(score) = candidate.score(&query) {
                found.push(((score, candidate.length()), candidate));
            }
        });
    }
    // Of equals the shortest, and then the one that comes first.
    found.sort_by_key(|(score, _)| *score);
    found.truncate(most);
    found
        .into_iter()
        .filter_map(|(_, candidate)| candidate.named(session))
        .collect()
}

/// Something that may be looked for.
enum Candidate<'s> {
    Unit(&'s UnitFacts),
    Seat(&'s UnitFacts, &'s Seat, Option<&'s str>),
    Person(&'s PersonFact),
}

fn candidates<'s>(
    facts: &'s FileFacts,
    catalog: &'s Catalog,
    each: &mut impl FnMut(Candidate<'s>),
) {
    for unit in facts.units.iter() {
        if !unit.id.text.is_empty() {
            each(Candidate::Unit(unit));
        }
        for seat in &unit.seats {
            let title = seat.role.map(|role| catalog.role(role).title.as_str());
            each(Candidate::Seat(unit, seat, title));
        }
    }
    for person in &facts.other().people {
        each(Candidate::Person(person));
    }
}

impl Candidate<'_> {
    /// How far it is from a query; `None` where it does not fit.
    fn score(&self, query: &[char]) -> Option<u32> {
        let fit = |parts: &[&str]| fit(query, parts);
        match self {
            Self::Unit(unit) => {
                let name = unit.name.as_deref().unwrap_or_default();
                least([fit(&[&unit.id.text]), fit(&[name]).map(|score| score + 1)])
            }
            Self::Person(person) => {
                let name = person.name.as_ref().map_or("", |name| &name.text);
                least([fit(&[name]), fit(&[&person.id.text])])
            }
            // "po checkout" and "checkout po" both find the seat. A title alone fits very many.
            Self::Seat(unit, _, title) => {
                let (id, title) = (&*unit.id.text, title.unwrap_or_default());
                let both = least([fit(&[title, id]), fit(&[id, title])]);
                both.map(|score| score + 2)
            }
        }
    }

    /// How much there is of its name.
    fn length(&self) -> usize {
        match self {
            Self::Unit(unit) => unit.id.text.len(),
            Self::Person(person) => person.name.as_ref().unwrap_or(&person.id).text.len(),
            Self::Seat(unit, _, title) => unit.id.text.len() + title.unwrap_or_default().len(),
        }
    }

    fn named(&self, session: &Session) -> Option<Named> {
        let place = |file: FileId, span: Span| Place { file, span };
        Some(match self {
            Self::Unit(unit) => Named {
                name: unit.id.text.to_string(),
                belongs: unit.name.as_deref().unwrap_or_default().to_owned(),
                kind: match unit.kind {
                    UnitKind::Team => SymbolKind::Team,
                    UnitKind::Product => SymbolKind::Product,
                },
                place: place(unit.file, unit.id.span),
            },
            Self::Person(person) => Named {
                name: person.name.as_ref().unwrap_or(&person.id).text.to_string(),
                belongs: person.id.text.to_string(),
                kind: SymbolKind::Person,
                place: place(person.file, person.id.span),
            },
            Self::Seat(unit, seat, title) => {
                let text = session.text(unit.file)?;
                let key = seat.key.slice(&text).trim_matches(['\'', '"']);
                Named {
                    name: title.unwrap_or(key).to_owned(),
                    belongs: format!("{} {}", unit.kind.name(), unit.id.text),
                    kind: SymbolKind::Role,
                    place: place(unit.file, seat.key),
                }
            }
        })
        .filter(|named| !named.name.is_empty())
    }
}

fn least(scores: [Option<u32>; 2]) -> Option<u32> {
    scores.into_iter().flatten().min()
}

/// How well the letters of a query fit into some words, in their order: 0 is best. A letter that does not follow the
/// one before costs one; one that begins a word costs nothing more.
fn fit(query: &[char], parts: &[&str]) -> Option<u32> {
    let mut wanted = query.iter().copied().peekable();
    let mut cost = 0;
    let (mut is_start, mut follows) = (true, true);
    for part in parts {
        for character in part.chars() {
            if !character.is_alphanumeric() {
                is_start = true;
                continue;
            }
            let Some(next) = wanted.peek().copied() else {
                return Some(cost);
            };
            let small = character.to_lowercase().next();
            if small == Some(next) {
                wanted.next();
                cost += u32::from(!follows && !is_start);
                follows = true;
            } else {
                follows = false;
            }
            is_start = false;
        }
        is_start = true;
    }
    wanted.peek().is_none().then_some(cost)
}
