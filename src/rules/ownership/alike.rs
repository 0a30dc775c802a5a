//! How alike two lines are that name one duty: whether they say the same thing twice, or two things that belong
//! together.
//!
//! "Order the backlog" and "Write user stories" are two activities of one duty, and so are interviews with drivers
//! and interviews with merchants. Only lines that do the same to the same are one line twice, so nearly every
//! telling word of the one must be in the other, or a verb of the same sense.

use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::recognize::{Lexicon, Model, Part, Word, stem_of};

/// Verbs that say no more than that somebody does it: "manage the backlog" is "the backlog".
const LIGHT: &[&str] = &[
    "manage",
    "lead",
    "drive",
    "run",
    "handle",
    "oversee",
    "maintain",
    "keep",
    "ensure",
    "do",
    "take",
    "hold",
    "charge",
    "look",
    "care",
    "make",
    "sure",
    "ownership",
    "owner",
];
/// Words that change nothing about what is done.
const FILLERS: &[&str] = &[
    "product",
    "clear",
    "clearly",
    "closely",
    "regularly",
    "regular",
    "continuously",
    "constantly",
    "always",
    "actively",
    "effectively",
    "weekly",
    "daily",
    "monthly",
    "quarterly",
    "yearly",
    "annual",
    "week",
    "day",
    "month",
    "quarter",
    "year",
    "twice",
    "once",
    "time",
    "times",
    "overall",
    "well",
    "good",
    "1",
];
/// What follows these says why, and no work.
const REASONS: &[&str] = &["so", "because"];
/// Verbs of several senses that come to the same.
const SAME: &[[&str; 2]] = &[["prioritise", "order"]];

/// How much of what a line says must be in the other one.
const MOSTLY: f32 = 0.85;

/// The words above as numbers.
struct Stems {
    light: Vec<u32>,
    fillers: Vec<u32>,
    reasons: Vec<u32>,
    /// Concepts that come to the same.
    same: Vec<[u8; 2]>,
}

static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    let stems = |words: &[&str]| words.iter().map(|word| stem_of(word)).collect();
    let concept = |word: &str| {
        let lexicon = &Model::built_in()?.lexicon;
        let concept = lexicon.read_line(word).first()?.concepts[0];
        (concept != 0).then_some(concept)
    };
    let pair = |[one, other]: &[&str; 2]| Some([concept(one)?, concept(other)?]);
    Stems {
        light: stems(LIGHT),
        fillers: stems(FILLERS),
        reasons: stems(REASONS),
        same: SAME.iter().filter_map(pair).collect(),
    }
});

/// Whether two lines say the same in other words.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let Some(model) = Model::built_in() else {
        return false;
    };
    let (one, other) = (telling(&model.lexicon, one), telling(&model.lexicon, other));
    !one.is_empty() && !other.is_empty() && is_in(&one, &other) && is_in(&other, &one)
}

/// A word that says what is done, or to what.
struct Telling {
    word: Word,
    /// How much it says, from 0 to 1.
    weight: f32,
}

/// The telling words of a line, without its reasons: "so that everybody knows what comes" is no work.
fn telling(lexicon: &Lexicon, text: &str) -> SmallVec<[Telling; 16]> {
    let line = lexicon.read_line(text);
    let says = |word: &&Word| {
        let little = STEMS.light.contains(&word.stem) || STEMS.fillers.contains(&word.stem);
        word.part == Part::Content && !little
    };
    line.iter()
        .take_while(|word| !STEMS.reasons.contains(&word.stem))
        .filter(says)
        .map(|word| {
            let weight = f32::from(lexicon.weight(word.stem)) / 255.0;
            Telling {
                word: *word,
                weight: weight * weight,
            }
        })
        .collect()
}

/// Whether most of a line is in another, and what it does above all.
fn is_in(line: &[Telling], other: &[Telling]) -> bool {
    let stays = |word: &Word| other.iter().any(|known| known.word.stem == word.stem);
    let is_there = |word: &Word| {
        stays(word)
            || other.iter().any(|known| do_the_same(word, &known.word))
            // "User stories" are "stories": the words of a phrase stand for one thing.
            || line.iter().any(|near| {
                near.word.stem != word.stem
                    && near.word.concepts[0] != 0
                    && near.word.concepts == word.concepts
                    && stays(&near.word)
            })
    };
    let does_the_same = line
        .first()
        .is_none_or(|first| !first.word.verb || is_there(&first.word));
    let all: f32 = line.iter().map(|telling| telling.weight).sum();
    let there: f32 = line
        .iter()
        .filter(|telling| is_there(&telling.word))
        .map(|telling| telling.weight)
        .sum();
    // Two lines that only share what is done may do it to anything.
    let to_the_same = line
        .iter()
        .enumerate()
        .any(|(at, telling)| (at > 0 || !telling.word.verb) && stays(&telling.word));
    does_the_same && to_the_same && there >= all * MOSTLY
}

fn do_the_same(one: &Word, other: &Word) -> bool {
    let concepts = |word: &Word| word.concepts.into_iter().filter(|concept| *concept != 0);
    let agree = |a: u8, b: u8| {
        a == b
            || STEMS
                .same
                .iter()
                .any(|[x, y]| [a, b] == [*x, *y] || [b, a] == [*x, *y])
    };
    one.verb && other.verb && concepts(one).any(|a| concepts(other).any(|b| agree(a, b)))
}

#[cfg(test)]
mod tests {
    use super::are_alike;
    use crate::catalog::Catalog;

    #[test]
    fn the_same_in_other_words() {
        let pairs = [
            ("Own the roadmap", "Maintain the product roadmap"),
            ("The roadmap", "Own and manage the roadmap"),
            ("Keep the roadmap", "Responsible for the roadmap"),
            ("Order the backlog", "Prioritise the product backlog"),
            ("Prioritizing the backlog", "Backlog prioritisation"),
            ("Groom the backlog", "Refine the backlog"),
            ("Backlog refinement", "Refine the backlog every week"),
            ("Write user stories", "Writing stories"),
            ("Write user stories", "Create user stories"),
            ("Plan the sprints", "Sprint planning"),
            ("Define the product vision", "Set the vision"),
            ("Interview customers", "Talk to customers"),
            (
                "Interview customers every week",
                "Customer interviews, twice a month",
            ),
            (
                "Analyse customer feedback",
                "Evaluate the feedback of customers",
            ),
            ("Accept finished stories", "Approve finished stories"),
            (
                "Own the roadmap so that everybody knows what comes",
                "Own the roadmap",
            ),
            (
                "Align stakeholders on the roadmap",
                "Alignment of the stakeholders on the roadmap",
            ),
            ("Order the backlog", "Order the backlog"),
            ("Monitor competitors", "Track the competitors"),
        ];
        let missed: Vec<_> = pairs.iter().filter(|(a, b)| !are_alike(a, b)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    /// The examples of a catalog word a duty in as many ways as there are; that hardly two of them say the same
    /// twice is how one list ought to be.
    #[test]
    fn the_examples_of_a_duty_are_all_different() {
        let (mut all, mut alike) = (0, Vec::new());
        for name in crate::catalog::BUILTIN_NAMES {
            for (_, def) in Catalog::builtin(name).duties() {
                for (number, one) in def.examples.iter().enumerate() {
                    for other in def.examples.iter().take(number) {
                        all += 1;
                        if are_alike(one, other) {
                            alike.push((one.clone(), other.clone()));
                        }
                    }
                }
            }
        }
        assert!(
            alike.len() * 1_000 < all,
            "{} of {all}: {alike:#?}",
            alike.len()
        );
    }

    #[test]
    fn two_parts_of_one_duty() {
        let pairs = [
            ("Order the backlog", "Write user stories"),
            ("Write user stories", "Split user stories"),
            (
                "Write user stories with clear acceptance criteria",
                "Split user stories with clear acceptance criteria",
            ),
            ("Write user stories", "Write acceptance criteria"),
            ("Present the roadmap", "Maintain the roadmap"),
            ("Communicate the roadmap", "Own the roadmap"),
            (
                "Own the roadmap of the app",
                "Own the roadmap of the website",
            ),
            ("Own the roadmap", "Own the roadmap and the vision"),
            (
                "Interview drivers every week",
                "Interview merchants every week",
            ),
            (
                "Interview five merchants a month",
                "Customer calls, three a week",
            ),
            ("Interview customers", "Run a survey among customers"),
            ("Order the backlog", "Order the backlog of the mobile squad"),
            (
                "Refine the backlog with developers",
                "Refine the backlog with stakeholders",
            ),
            ("Groom the backlog", "Keep the backlog visible to everyone"),
            ("Plan sprints", "Accept finished stories"),
            ("Set the sprint goal", "Plan the sprint"),
            ("Define the vision", "Define the strategy"),
            ("Define the vision", "Explain the vision to the team"),
            ("Analyse feedback", "Collect feedback"),
            ("Read app reviews", "Read support tickets"),
            ("Align sales on the roadmap", "Align finance on the roadmap"),
            (
                "Report progress to management",
                "Report risks to management",
            ),
            (
                "Answer questions of the developers",
                "Tell the developers what management decided",
            ),
            ("Prioritise features", "Say no to features"),
            ("Monitor competitors", "Monitor market trends"),
            ("Roadmap", "Vision"),
            ("Manage", "Lead"),
            ("", "Own the roadmap"),
        ];
        let wrong: Vec<_> = pairs.iter().filter(|(a, b)| are_alike(a, b)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
