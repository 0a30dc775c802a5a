//! Duties that nothing was trained for: an organisation's own, known by a handful of examples.
//!
//! A line is as likely one of them as it shares telling words, and concepts, with one of their examples.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::lexicon::Lexicon;
use super::why::Weights;
use super::words::{Part, Word};
use crate::catalog::{DutyDef, DutyIx};

/// The untrained duties, by the words and concepts of their examples.
#[derive(Debug, Default)]
pub(super) struct FewShot {
    duties: Vec<DutyIx>,
    /// How much each word or concept speaks for which duties (places in `duties`).
    terms: HashMap<u32, SmallVec<[(u16, f32); 2]>>,
}

/// How much must speak for a duty for a line to be as likely that duty as not, and how fast that grows.
const EVEN: f32 = 4.2;
const SLOPE: f32 = 1.6;
/// The share of a duty's wording that a handful of examples does not show.
const UNSEEN: f32 = 0.5;
/// The most that one word can say.
const MOST: f32 = 3.0;
/// What a word tells that only stands for the same concept as one of the examples.
const SIBLING: f32 = 0.75;
/// What a verb tells beside its object, which decides.
const VERB: f32 = 0.5;
/// What a word tells that only explains.
const EXPLAINS: f32 = 0.3;
/// Words in a usual line: a longer one says less with each.
const USUAL: f32 = 4.0;
/// How the weights of the lexicon were made: the logarithm of how many lines there were.
const LINES: f32 = 8.9;

impl FewShot {
    /// Learns the examples of some duties; of each the first `usize` examples are known otherwise.
    pub fn learn<'a>(
        lexicon: &Lexicon,
        duties: impl Iterator<Item = (DutyIx, &'a DutyDef, usize)>,
    ) -> Self {
        let mut few = Self::default();
        for (duty, def, skip) in duties {
            let place = few.duties.len() as u16;
            few.duties.push(duty);
            let id = def.id.replace('-', " ");
            let described = [&def.title, &id, &def.explain];
            let described = described.into_iter().filter(|_| skip == 0);
            let texts = def.examples.iter().skip(skip).chain(described);
            let mut counts: HashMap<u32, (f32, u8)> = HashMap::new();
            let mut count = 0.0;
            for text in texts {
                count += 1.0;
                for (term, tells) in terms(lexicon, &lexicon.read_line(text)) {
                    counts.entry(term).or_insert((0.0, tells)).0 += 1.0;
                }
            }
            for (term, (seen, tells)) in counts {
                // How much likelier the term is in a line of this duty than in any line.
                let usual = (-LINES * f32::from(tells) / 255.0).exp();
                let here = (1.0 - UNSEEN) * seen / count + UNSEEN * usual;
                let speaks = (here / usual).ln().clamp(0.0, MOST);
                few.terms.entry(term).or_default().push((place, speaks));
            }
        }
        few
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.duties.is_empty()
    }

    /// How much each word speaks for a duty.
    pub fn weights(&self, line: &[Word], duty: DutyIx) -> Weights {
        let place = self.duties.iter().position(|known| *known == duty);
        let mut weights = Weights::from_elem(0.0, line.len());
        self.each(line, |at, found, speaks| {
            if let (true, Some(weight)) = (Some(found) == place, weights.get_mut(at)) {
                *weight = speaks;
            }
        });
        weights
    }

    /// How likely the line is each of the duties, best first; what is left is the chance of none.
    pub fn chances(&self, line: &[Word]) -> SmallVec<[(DutyIx, f32); 4]> {
        let mut sums = vec![0f32; self.duties.len()];
        self.each(line, |_, duty, speaks| {
            if let Some(sum) = sums.get_mut(duty) {
                *sum += speaks;
            }
        });
        let words = line
            .iter()
            .filter(|word| word.part == Part::Content)
            .count();
        let damping = (USUAL / (words as f32).max(USUAL)).sqrt();
        let odds: Vec<f32> = sums
            .iter()
            .map(|sum| (SLOPE * (sum * damping - EVEN)).exp())
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

    /// Hands out what each word of a line says for which duty: by itself, or through its concept if that says more.
    fn each(&self, line: &[Word], mut emit: impl FnMut(usize, usize, f32)) {
        let mut share = 1.0;
        let mut seen: SmallVec<[u32; 16]> = SmallVec::new();
        for (at, word) in line.iter().enumerate() {
            match word.part {
                Part::Content if !seen.contains(&word.stem) => seen.push(word.stem),
                Part::Clause | Part::Means => {
                    share = EXPLAINS;
                    continue;
                }
                Part::Stop => {
                    share = 1.0;
                    continue;
                }
                _ => continue,
            }
            let mut best: SmallVec<[(u16, f32); 4]> = SmallVec::new();
            let own = (word.stem, 1.0);
            let concepts = word.concepts.into_iter().filter(|concept| *concept != 0);
            let concepts = concepts.map(|concept| (CONCEPT | u32::from(concept), SIBLING));
            for (term, part) in std::iter::once(own).chain(concepts) {
                for (duty, speaks) in self.terms.get(&term).into_iter().flatten() {
                    let speaks = speaks * part * share * if word.verb { VERB } else { 1.0 };
                    match best.iter_mut().find(|(known, _)| known == duty) {
                        Some((_, most)) => *most = most.max(speaks),
                        None => best.push((*duty, speaks)),
                    }
                }
            }
            for (duty, speaks) in best {
                emit(at, usize::from(duty), speaks);
            }
        }
    }
}

/// The words and concepts of a line, each once, with how much it tells.
fn terms(lexicon: &Lexicon, line: &[Word]) -> SmallVec<[(u32, u8); 24]> {
    let mut terms: SmallVec<[(u32, u8); 24]> = SmallVec::new();
    let mut put = |term: u32, tells: u8| {
        if !terms.iter().any(|(known, _)| *known == term) {
            terms.push((term, tells));
        }
    };
    for word in line.iter().filter(|word| word.part == Part::Content) {
        put(word.stem, lexicon.weight(word.stem));
        for concept in word.concepts.into_iter().filter(|concept| *concept != 0) {
            put(
                CONCEPT | u32::from(concept),
                lexicon.concept_weight(concept),
            );
        }
    }
    terms
}

/// Keeps the numbers of concepts away from those of stems, as well as 32 bits can.
const CONCEPT: u32 = 0xffff_ff00;
