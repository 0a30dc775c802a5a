//! Duties that nothing was trained for: an organisation's own, known by a handful of examples.
//!
//! A line is as likely one of them as it shares telling words, and concepts, with one of their examples.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::lexicon::Lexicon;
use super::why::Weights;
use super::words::{Part, Word};
use crate::catalog::{DutyDef, DutyIx};

/// The examples of the untrained duties, by the words and concepts in them.
#[derive(Debug, Default)]
pub(super) struct FewShot {
    duties: Vec<DutyIx>,
    /// For each example its duty's place in `duties`, and how much its words tell together.
    examples: Vec<(u16, f32)>,
    /// Which examples have a term.
    postings: HashMap<u32, SmallVec<[u16; 4]>>,
}

/// How alike a line and an example must be to be as likely the same duty as not, and how fast that grows.
const EVEN: f32 = 0.50;
const SLOPE: f32 = 14.0;
/// The title and the explanation are not how people word a duty: they count a little less.
const DESCRIPTION: f32 = 0.9;

impl FewShot {
    /// Learns the examples of some duties.
    pub fn learn<'a>(
        lexicon: &Lexicon,
        duties: impl Iterator<Item = (DutyIx, &'a DutyDef, usize)>,
    ) -> Self {
        let mut few = Self::default();
        for (duty, def, skip) in duties {
            let place = few.duties.len() as u16;
            few.duties.push(duty);
            let id = def.id.replace('-', " ");
            for text in def.examples.iter().skip(skip) {
                few.add(lexicon, text, place, 1.0);
            }
            if skip == 0 {
                for text in [&def.title, &id, &def.explain] {
                    few.add(lexicon, text, place, DESCRIPTION);
                }
            }
        }
        few
    }

    fn add(&mut self, lexicon: &Lexicon, text: &str, duty: u16, share: f32) {
        let example = self.examples.len() as u16;
        let mut total = 0.0;
        for (term, weight) in terms(lexicon, &lexicon.read_line(text)) {
            total += weight;
            self.postings.entry(term).or_default().push(example);
        }
        if total > 0.0 {
            self.examples.push((duty, total / (share * share)));
        } else {
            // Nothing telling: keep the numbers in step.
            self.examples.push((duty, f32::INFINITY));
        }
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.duties.is_empty()
    }

    /// How much each word has to do with the examples of a duty.
    pub fn weights(&self, line: &[Word], duty: DutyIx) -> Weights {
        let is_of_duty = |example: &u16| {
            let of = self.examples.get(*example as usize).map(|(of, _)| *of);
            of.and_then(|of| self.duties.get(of as usize)) == Some(&duty)
        };
        let weight = |word: &Word| {
            let content = word.part == Part::Content;
            let examples = self.postings.get(&word.stem).filter(|_| content);
            examples.map_or(0, |examples| {
                examples
                    .iter()
                    .filter(|example| is_of_duty(example))
                    .count()
            }) as f32
        };
        line.iter().map(weight).collect()
    }

    /// How likely the line is each of the duties, best first; what is left is the chance of none.
    pub fn chances(&self, lexicon: &Lexicon, line: &[Word]) -> SmallVec<[(DutyIx, f32); 4]> {
        let mut shared = vec![0f32; self.examples.len()];
        let mut total = 0.0;
        for (term, weight) in terms(lexicon, line) {
            total += weight;
            for example in self.postings.get(&term).into_iter().flatten() {
                if let Some(shared) = shared.get_mut(*example as usize) {
                    *shared += weight;
                }
            }
        }
        let mut best = vec![0f32; self.duties.len()];
        for (shared, (duty, own)) in shared.iter().zip(&self.examples) {
            let alike = shared / (total * own).sqrt().max(f32::MIN_POSITIVE);
            if let Some(best) = best.get_mut(*duty as usize) {
                *best = best.max(alike);
            }
        }
        let odds: Vec<f32> = best
            .iter()
            .map(|alike| (SLOPE * (alike - EVEN)).exp())
            .collect();
        let sum: f32 = 1.0 + odds.iter().sum::<f32>();
        let mut chances: SmallVec<[(DutyIx, f32); 4]> = self
            .duties
            .iter()
            .zip(&odds)
            .map(|(duty, odds)| (*duty, odds / sum))
            .filter(|(_, chance)| *chance > 0.05)
            .collect();
        chances.sort_by(|a, b| b.1.total_cmp(&a.1));
        chances
    }
}

/// The words and concepts of a line with how much each tells; each once.
fn terms(lexicon: &Lexicon, line: &[Word]) -> SmallVec<[(u32, f32); 24]> {
    let mut terms: SmallVec<[(u32, f32); 24]> = SmallVec::new();
    let mut put = |term: u32, weight: f32| {
        if !terms.iter().any(|(known, _)| *known == term) {
            terms.push((term, weight));
        }
    };
    for word in line.iter().filter(|word| word.part == Part::Content) {
        // A word that no training line has is as telling as can be.
        let weight = f32::from(lexicon.weight(word.stem).unwrap_or(255)) / 255.0;
        let weight = weight * weight;
        put(word.stem, weight);
        for concept in word.concepts.into_iter().filter(|concept| *concept != 0) {
            put(CONCEPT | u32::from(concept), weight * 0.5);
        }
    }
    terms
}

/// Keeps the numbers of concepts away from those of stems, as well as 32 bits can.
const CONCEPT: u32 = 0xffff_ff00;
