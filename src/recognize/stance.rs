//! Whether a line says that its seat answers for the work, has a part in it, shares it, or does not do it.

use std::collections::HashMap;

use super::lexicon::join;
use super::words::{Part, Word, stem_of, words};
use crate::catalog::{Catalog, PRODUCT_MANAGER, PRODUCT_OWNER, RoleIx};

/// How a line stands to the duty that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// The seat answers for it.
    Owns,
    /// "Give input on the roadmap": somebody else answers for it.
    HasPart,
    /// "Shape the roadmap with the Product Manager": its owner is named beside the seat.
    Collaborates,
    /// "Does not own the roadmap".
    Negated,
}

impl Stance {
    /// As written in the JSON output.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Owns => "owns",
            Stance::HasPart => "has-part",
            Stance::Collaborates => "collaborates",
            Stance::Negated => "negated",
        }
    }
}

/// Which words make a stance what it is, as indexes into the line, last one included.
pub(super) type Because = Option<(usize, usize)>;

/// A role that a line names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    /// Which; `None` where "PM" could be several.
    pub role: Option<RoleIx>,
    /// Its first word, an index into the line.
    pub from: usize,
    /// Its last word.
    pub to: usize,
}

/// The names of the Product Manager and the Product Owner, and of what combines them.
#[derive(Debug)]
pub(super) struct RoleNames {
    names: HashMap<u32, Option<RoleIx>>,
    /// A bit for each stem that begins a name, by its last digits: most words are none.
    begins: [u64; 16],
}

/// The most words of a role's name that are looked at.
const LONGEST_NAME: usize = 4;

impl RoleNames {
    pub fn of(catalog: &Catalog) -> Self {
        let mut roles = Self {
            names: HashMap::new(),
            begins: [0; 16],
        };
        for (role, def) in catalog.roles() {
            let product = [PRODUCT_MANAGER, PRODUCT_OWNER].contains(&def.id.as_str())
                || !def.combines.is_empty();
            if !product && catalog.duties_of(role).next().is_none() {
                continue;
            }
            for name in def.aliases.iter().chain([&def.title]) {
                roles.add(name, Some(role));
            }
            if def.id == PRODUCT_MANAGER {
                for name in [
                    "product management",
                    "PM",
                    "head of product",
                    "product manager",
                ] {
                    roles.add(name, Some(role));
                }
            }
        }
        roles
    }

    fn add(&mut self, name: &str, role: Option<RoleIx>) {
        let stems: Vec<u32> = words(name)
            .iter()
            .map(|word| word.stem)
            .filter(|stem| *stem != 0)
            .collect();
        let Some((first, rest)) = stems.split_first() else {
            return;
        };
        if rest.len() >= LONGEST_NAME {
            return;
        }
        let key = rest.iter().fold(*first, |key, stem| join(key, *stem));
        self.names.entry(key).or_insert(role);
        self.begins[(first >> 6) as usize & 15] |= 1 << (first & 63);
    }

    /// The roles that a line names, from left to right.
    pub fn mentions(&self, line: &[Word]) -> smallvec::SmallVec<[Mention; 2]> {
        let mut mentions = smallvec::SmallVec::new();
        let mut at = 0;
        while at < line.len() {
            let stem = line[at].stem;
            let begins = self.begins[(stem >> 6) as usize & 15] & (1 << (stem & 63)) != 0;
            let found = begins.then(|| self.longest(line, at)).flatten();
            match found {
                Some(mention) => {
                    at = mention.to + 1;
                    mentions.push(mention);
                }
                None => at += 1,
            }
        }
        mentions
    }

    fn longest(&self, line: &[Word], from: usize) -> Option<Mention> {
        let mut key = 0;
        let mut found = None;
        for (to, word) in line.iter().enumerate().skip(from).take(LONGEST_NAME) {
            if word.stem == 0 {
                break;
            }
            key = if to == from {
                word.stem
            } else {
                join(key, word.stem)
            };
            if let Some(role) = self.names.get(&key) {
                found = Some(Mention {
                    role: *role,
                    from,
                    to,
                });
            }
        }
        found
    }
}

/// Verbs at the head of a line that say "somebody else leads this".
const HEDGES: &[&str] = &[
    "participate",
    "contribute",
    "support",
    "help",
    "assist",
    "aid",
    "attend",
    "join",
    "understand",
    "know",
    "advise",
    "consult",
    "consulted",
    "input",
    "comment",
    "partake",
    "aware",
    "familiar",
    "involve",
    "informed",
];
/// Nouns that, after "give" and its like, say the same: "give input on".
const GIFTS: &[&str] = &[
    "input",
    "feedback",
    "advice",
    "support",
    "help",
    "assistance",
    "comments",
    "opinion",
    "hand",
    "thoughts",
];
const GIVE: &[&str] = &[
    "give", "provide", "offer", "share", "bring", "lend", "stay", "keep", "has", "play", "take",
];
const STAY: &[&str] = &["aware", "informed", "familiar", "posted", "part"];
/// "not only" and "not just" deny nothing.
const BUT_ALSO: &[&str] = &["only", "just", "merely", "simply", "least"];
/// "no" denies a duty only before these.
const DENIED: &[&str] = &[
    "say",
    "part",
    "role",
    "responsible",
    "responsibility",
    "ownership",
    "longer",
    "authority",
    "control",
    "owner",
];

/// The stems of the lists above.
#[derive(Debug)]
pub(super) struct StanceWords {
    hedges: Vec<u32>,
    gifts: Vec<u32>,
    give: Vec<u32>,
    stay: Vec<u32>,
    but_also: Vec<u32>,
    denied: Vec<u32>,
    no: u32,
    without: u32,
}

impl StanceWords {
    pub fn new() -> Self {
        let stems = |list: &[&str]| list.iter().map(|word| stem_of(word)).collect();
        Self {
            hedges: stems(HEDGES),
            gifts: stems(GIFTS),
            give: stems(GIVE),
            stay: stems(STAY),
            but_also: stems(BUT_ALSO),
            denied: stems(DENIED),
            no: stem_of("no"),
            without: stem_of("without"),
        }
    }

    /// Whether the line denies that the seat does this: "not", "never", "no say in".
    pub fn negated(&self, line: &[Word]) -> Because {
        let mut content = 0;
        for (at, word) in line.iter().enumerate() {
            match word.part {
                Part::Not if word.stem == self.without => return None,
                Part::Not => {
                    let next = line.get(at + 1).map_or(0, |next| next.stem);
                    let denies = if word.stem == self.no {
                        self.denied.contains(&next)
                    } else {
                        !self.but_also.contains(&next)
                    };
                    if denies {
                        return Some((at, at));
                    }
                }
                // What is denied further on is a detail of the work.
                Part::Clause | Part::Means => return None,
                Part::Content => {
                    content += 1;
                    if content > 2 {
                        return None;
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether the line begins with words that leave the lead to somebody else. `from` is the first word after
    /// the line's subject.
    pub fn hedged(&self, line: &[Word], from: usize) -> Because {
        let mut content = line
            .iter()
            .enumerate()
            .skip(from)
            .filter(|(_, word)| word.part == Part::Content);
        let (first_at, first) = content.next()?;
        if self.hedges.contains(&first.stem) {
            return Some((first_at, first_at));
        }
        let (second_at, second) = content.next()?;
        // "actively participate", "regularly contribute"; but "sort support tickets"
        let follows = self.hedges[..4].contains(&second.stem) && second_at == first_at + 1;
        let next = line.get(second_at + 1);
        let is_noun = first.verb && next.is_some_and(|next| next.part == Part::Content);
        let adverb = follows && !is_noun;
        let gift = self.give.contains(&first.stem)
            && (self.gifts.contains(&second.stem) || self.stay.contains(&second.stem))
            // "Give feedback to the team" is a liaison's work; "give feedback on the roadmap" is a part in it.
            && line.get(second_at + 1).is_some_and(|next| next.part == Part::Preposition);
        (adverb || gift).then_some((first_at, second_at))
    }
}
