//! From words to a duty.
//!
//! The first version is careful: a line is recognised when its words, without little words and endings, are
//! those of one of the catalog's own examples, titles or ids. A hedge ("help with"), a negation or the name of
//! another role adds a word and so leaves the line unrecognised. Unsure means silent.

mod words;

use std::collections::HashMap;

use crate::catalog::{Catalog, DutyIx};
use words::word_key;

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The file says nothing: a role without `duties` is assumed to hold its catalog duties.
    Assumed,
    /// Recognised from its words.
    Recognized,
    /// Named by its id.
    Pinned,
}

/// The duty that a line names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub duty: DutyIx,
    /// How sure that is.
    pub certainty: Certainty,
}

/// Recognises the duties of one catalog.
#[derive(Debug)]
pub struct Recognizer {
    /// The duty whose examples have these words; `None` where two duties share them.
    known: HashMap<u64, Option<DutyIx>>,
}

impl Recognizer {
    /// Learns the examples of a catalog.
    pub fn new(catalog: &Catalog) -> Self {
        let mut known: HashMap<u64, Option<DutyIx>> = HashMap::new();
        for (duty, def) in catalog.duties() {
            let id = def.id.replace('-', " ");
            for text in def.examples.iter().chain([&def.title, &id]) {
                let Some(key) = word_key(text) else { continue };
                known
                    .entry(key)
                    .and_modify(|other| {
                        if *other != Some(duty) {
                            *other = None;
                        }
                    })
                    .or_insert(Some(duty));
            }
        }
        Self { known }
    }

    /// Reads a line of free text.
    pub fn read(&self, text: &str) -> Option<Reading> {
        let duty = (*self.known.get(&word_key(text)?)?)?;
        Some(Reading {
            duty,
            certainty: Certainty::Recognized,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let catalog = Catalog::builtin("popm");
        let reading = Recognizer::new(&catalog).read(text)?;
        Some(catalog.duty(reading.duty).id.clone())
    }

    #[test]
    fn every_example_is_read_as_its_duty() {
        for name in crate::catalog::BUILTIN_NAMES {
            let catalog = Catalog::builtin(name);
            let recognizer = Recognizer::new(&catalog);
            for (duty, def) in catalog.duties() {
                for example in &def.examples {
                    let reading = recognizer.read(example);
                    assert_eq!(
                        reading.map(|reading| reading.duty),
                        Some(duty),
                        "{name}: {example}"
                    );
                }
            }
        }
    }

    #[test]
    fn endings_and_little_words_make_no_difference() {
        assert_eq!(read("The roadmap").as_deref(), Some("roadmap"));
        assert_eq!(
            read("refining the backlog").as_deref(),
            Some("backlog-refinement")
        );
    }

    #[test]
    fn a_hedge_a_negation_or_another_subject_leaves_a_line_unread() {
        assert_eq!(read("Does not own the roadmap"), None);
        assert_eq!(read("Give input on the roadmap"), None);
        assert_eq!(read("Order pizza for the team"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("the of and"), None);
    }
}
