//! What the recogniser looks at in a line: stems, the concepts they stand for, neighbours, and frames of a verb
//! and its object, apart for what a line says and what it only explains.

use smallvec::SmallVec;

use super::words::{Part, Word};

/// Where in its line a word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// What is done.
    Main = 0,
    /// With whom, for whom, where.
    Side = 1,
    /// Why and how.
    Reason = 2,
}

/// A feature with the words that make it, as indexes into the line.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Its number.
    pub key: u32,
    /// The first word.
    pub from: u8,
    /// The last word.
    pub to: u8,
}

struct Item {
    at: u8,
    stem: u32,
    concepts: [u8; 2],
    zone: Zone,
    joined: bool,
}

/// Hands every feature of a line, or of a part of it, to `emit`.
pub fn features(line: &[Word], mut emit: impl FnMut(Feature)) {
    let items = items(line);
    let mut put = |kind: u32, a: u32, b: u32, from: u8, to: u8| {
        emit(Feature {
            key: number(kind, a, b),
            from,
            to,
        });
    };
    let mut unknown = 0u32;
    for (index, item) in items.iter().enumerate() {
        let at = item.at;
        let zone = item.zone as u32;
        put(1, item.stem, 0, at, at);
        put(2, item.stem, zone, at, at);
        if !line[at as usize].known {
            unknown += 1;
        }
        for concept in item.concepts.into_iter().filter(|concept| *concept != 0) {
            let concept = u32::from(concept);
            put(3, concept, 0, at, at);
            put(4, concept, zone, at, at);
        }
        let Some(next) = items.get(index + 1) else {
            continue;
        };
        put(5, item.stem, next.stem, at, next.at);
        if next.zone != item.zone {
            continue;
        }
        let (a, b) = (item.concepts[0], next.concepts[0]);
        if a != 0 && b != 0 && !(next.joined && a == b) {
            put(6, u32::from(a), u32::from(b), at, next.at);
        }
        if b != 0 {
            put(7, item.stem, u32::from(b), at, next.at);
        }
        if a != 0 {
            put(8, u32::from(a), next.stem, at, next.at);
        }
    }
    frames(&items, &mut put);
    let count = items.len() as u32;
    put(20, count.min(12) / 3, 0, NOWHERE, NOWHERE);
    if count > 1 {
        put(21, unknown * 4 / count, 0, NOWHERE, NOWHERE);
    }
    put(22, 0, 0, NOWHERE, NOWHERE);
}

/// In the place of a word's index: no word in particular.
pub const NOWHERE: u8 = u8::MAX;

/// The verb that a line begins with, and everything of its main part that it may govern.
fn frames(items: &[Item], put: &mut impl FnMut(u32, u32, u32, u8, u8)) {
    let Some(verb) = items.first() else { return };
    put(9, verb.stem, 0, verb.at, verb.at);
    let verb_concept = u32::from(verb.concepts[0]);
    if verb_concept != 0 {
        put(10, verb_concept, 0, verb.at, verb.at);
    }
    let mut seen: SmallVec<[u8; 12]> = SmallVec::new();
    for item in items.iter().skip(1) {
        for concept in item.concepts.into_iter().filter(|concept| *concept != 0) {
            if seen.contains(&concept) || seen.len() == 12 {
                continue;
            }
            seen.push(concept);
            let kind = if item.zone == Zone::Main { 11 } else { 12 };
            if verb_concept != 0 {
                put(kind, verb_concept, u32::from(concept), verb.at, item.at);
            }
        }
    }
    // The last word of the first noun phrase is what it is about: "roadmap" in "hiring roadmap".
    let main = items.iter().take_while(|item| item.zone == Zone::Main);
    if let Some(head) = main.last() {
        put(14, head.stem, 0, head.at, head.at);
        if head.concepts[0] != 0 {
            put(15, u32::from(head.concepts[0]), 0, head.at, head.at);
        }
    }
    // Everything that stands together in the main part, in whatever order.
    let main: SmallVec<[&Item; 8]> = items
        .iter()
        .filter(|item| item.zone == Zone::Main && item.concepts[0] != 0)
        .take(7)
        .collect();
    for (index, a) in main.iter().enumerate() {
        for b in &main[index + 1..] {
            let (low, high) = if a.concepts[0] <= b.concepts[0] {
                (a.concepts[0], b.concepts[0])
            } else {
                (b.concepts[0], a.concepts[0])
            };
            if low != high {
                put(16, u32::from(low), u32::from(high), a.at, b.at);
            }
        }
    }
}

/// The content words with their zones.
fn items(line: &[Word]) -> SmallVec<[Item; 32]> {
    let mut items: SmallVec<[Item; 32]> = SmallVec::new();
    let mut zone = Zone::Main;
    let mut joined = false;
    for (at, word) in line.iter().enumerate().skip(subject(line)) {
        match word.part {
            Part::Content => {
                items.push(Item {
                    at: at as u8,
                    stem: word.stem,
                    concepts: word.concepts,
                    zone,
                    joined,
                });
                joined = false;
            }
            Part::And | Part::Comma => joined = true,
            _ if items.is_empty() => {}
            Part::With | Part::Preposition if zone == Zone::Main => zone = Zone::Side,
            Part::Clause | Part::Means => zone = Zone::Reason,
            // "work to…", "able to…" begin a line; later "to" says what for.
            Part::To if items.len() > 1 => zone = Zone::Reason,
            Part::Stop => zone = Zone::Main,
            _ => {}
        }
    }
    items
}

/// How many words in front say who does it, and not what is done: "The Product Owner orders…".
fn subject(line: &[Word]) -> usize {
    let begin = line
        .iter()
        .take_while(|word| word.part == Part::Little)
        .count();
    let names = line[begin..].iter().take_while(|word| word.role).count();
    let end = begin + names;
    let says = line.get(end).is_some_and(|next| {
        matches!(next.part, Part::Little | Part::Not) || (next.verb && next.ends_in_s)
    });
    if names > 0 && says { end } else { 0 }
}

fn number(kind: u32, a: u32, b: u32) -> u32 {
    let mut key = kind.wrapping_mul(0x9e37_79b1) ^ a.wrapping_mul(0x85eb_ca6b);
    key = (key ^ (key >> 15))
        .wrapping_add(b)
        .wrapping_mul(0xc2b2_ae35);
    key ^= key >> 13;
    key = key.wrapping_mul(0x27d4_eb2f);
    (key ^ (key >> 16)).max(1)
}
