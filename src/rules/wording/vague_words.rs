//! Words that name no activity, and what to make of a line of them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::recognize::Part;
use crate::rules::phrases::Phrases;

/// Words that name nothing that somebody does, however they are put together. A line is vague only when it has no
/// others, so a word belongs here only when it says nothing beside all the rest.
const HOLLOW: &[&str] = &[
    // What one does without doing anything in particular.
    "help",
    "helps",
    "helping",
    "assist",
    "assists",
    "assisting",
    "support",
    "supports",
    "supporting",
    "ensure",
    "ensures",
    "ensuring",
    "contribute",
    "contributes",
    "contributing",
    "handle",
    "handles",
    "handling",
    "deal",
    "deals",
    "dealing",
    "drive",
    "drives",
    "driving",
    "deliver",
    "delivers",
    "delivering",
    "foster",
    "fosters",
    "fostering",
    "strive",
    "strives",
    "perform",
    "performs",
    "performing",
    "do",
    "does",
    "doing",
    "done",
    "make",
    "makes",
    "making",
    "get",
    "gets",
    "take",
    "takes",
    "taking",
    "care",
    "act",
    "acts",
    "work",
    "works",
    "working",
    "add",
    "adds",
    "adding",
    "provide",
    "provides",
    "providing",
    "carry",
    "carries",
    "out",
    "involved",
    "happen",
    "participate",
    "participates",
    "manage",
    "manages",
    "managing",
    // What it is done to.
    "thing",
    "things",
    "task",
    "tasks",
    "duty",
    "duties",
    "activity",
    "activities",
    "matter",
    "matters",
    "topic",
    "topics",
    "stuff",
    "job",
    "jobs",
    "area",
    "areas",
    "aspect",
    "aspects",
    "everything",
    "anything",
    "something",
    "whatever",
    "success",
    "excellence",
    "quality",
    "value",
    "result",
    "results",
    "impact",
    "efficiency",
    "effectiveness",
    "performance",
    "productivity",
    "synergy",
    "synergies",
    "growth",
    "improvement",
    "improvements",
    "innovation",
    "alignment",
    "collaboration",
    "cooperation",
    "teamwork",
    "best",
    "practices",
    "day",
    "team",
    "teams",
    "colleagues",
    "company",
    "organisation",
    "organization",
    "business",
    "product",
    "products",
    // How.
    "various",
    "several",
    "many",
    "different",
    "diverse",
    "miscellaneous",
    "general",
    "overall",
    "related",
    "relevant",
    "further",
    "additional",
    "special",
    "ad",
    "hoc",
    "needed",
    "need",
    "needs",
    "required",
    "necessary",
    "assigned",
    "requested",
    "appropriate",
    "possible",
    "wherever",
    "whenever",
    "smooth",
    "smoothly",
    "effective",
    "effectively",
    "efficient",
    "efficiently",
    "successful",
    "successfully",
    "high",
    "highest",
    "great",
    "good",
    "continuous",
    "constant",
    "proactive",
    "daily",
    "etc",
];

/// Heads that say that somebody else does it, and not which part is whose.
const PARTS: &[&str] = &[
    "help with",
    "helps with",
    "helping with",
    "help out with",
    "helps out with",
    "helping out with",
    "assist with",
    "assists with",
    "assisting with",
    "assist in",
    "assists in",
    "assisting in",
    "lend a hand with",
    "lends a hand with",
    "is involved in",
    "be involved in",
];

static HOLLOW_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| HOLLOW.iter().copied().collect());

/// Ends that leave the rest to the reader.
const OPEN_ENDS: &[&str] = &["etc", "and so on", "and so forth", "and the like"];

/// Heads of being there, which is an activity where something follows.
const PRESENT: &[&str] = &[
    "attend",
    "attends",
    "attending",
    "participate",
    "participates",
    "participating",
    "join",
    "joins",
    "joining",
];

/// Turns of phrase that name no activity.
const IDIOMS: &[&str] = &[
    "many hats",
    "extra mile",
    "move the needle",
    "moves the needle",
    "whatever it takes",
    "make a difference",
    "makes a difference",
    "key role",
    "next level",
    "mini ceo",
    "fast paced",
    "own it",
    "by example",
    "stuff done",
    "be proactive",
    "hit the ground running",
    "big picture",
    "to life",
    "on board",
    "fill gaps",
    "fills gaps",
    "hands on",
    "end to end",
    "real impact",
    "go getter",
    "special projects",
];

/// What is vague about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Vague {
    /// It has no word but those that could mean anything.
    Hollow,
    /// Its head leaves open which part is meant.
    Part(Range<usize>),
    /// Its end leaves open what else is meant.
    OpenEnd(Range<usize>),
}

/// What is vague about a line, by its words alone.
pub(super) fn by_words(line: &Phrases<'_>) -> Option<Vague> {
    let hollow = hollow(line).len();
    if hollow > 0 && hollow == content(line).count() {
        return Some(Vague::Hollow);
    }
    if let Some(head) = line.head()
        && let Some(end) = line.any_at(head, PARTS)
        && !line.ends_at(end)
    {
        return Some(Vague::Part(head..end));
    }
    line.find(OPEN_ENDS).map(Vague::OpenEnd)
}

/// The words that bear out that a line names no activity where the recogniser says so: a turn of phrase, or half of
/// its words and more. None, and it may be wrong.
pub(super) fn hollow_words(line: &Phrases<'_>) -> Vec<Range<usize>> {
    if let Some(idiom) = line.find(IDIOMS) {
        return vec![idiom];
    }
    let hollow = hollow(line);
    if hollow.len() * 2 < content(line).count() {
        return Vec::new();
    }
    together(hollow)
}

/// Whether a line names where somebody is present: "Attend the fair". That is little, but not nothing.
pub(super) fn names_presence(line: &Phrases<'_>) -> bool {
    let present = line.head().is_some_and(|head| {
        line.any_at(head, PRESENT).is_some() || line.any_at(head, &["part of"]).is_some()
    });
    let hollow = hollow(line);
    present && content(line).skip(1).any(|at| !hollow.contains(&at))
}

fn content(line: &Phrases<'_>) -> impl Iterator<Item = usize> {
    (0..line.len()).filter(|at| line.get(*at).is_some_and(|word| word.part == Part::Content))
}

fn hollow(line: &Phrases<'_>) -> Vec<usize> {
    content(line)
        .filter(|at| HOLLOW_WORDS.contains(line.word(*at).as_str()))
        .collect()
}

fn together(words: Vec<usize>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in words {
        match ranges.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_nothing_but_hollow_words_are_vague() {
        for text in [
            "Various tasks as needed",
            "Ensure success",
            "Other duties as assigned",
            "Supports the team in various areas",
            "Drive excellence in everything we do",
            "Ad-hoc work, as required",
            "Make things happen",
        ] {
            let found = by_words(&Phrases::of(text));
            assert_eq!(found, Some(Vague::Hollow), "{text}");
        }
    }

    #[test]
    fn one_word_that_names_something_is_enough() {
        for text in [
            "Talk to suppliers as needed",
            "Ensure that invoices go out within two days",
            "Answer various letters",
            "Support passengers by phone",
            "Help passengers choose a boat",
            "Run the ferry",
            "Verschiedene Aufgaben",
            "",
            "…",
        ] {
            assert_eq!(by_words(&Phrases::of(text)), None, "{text}");
        }
    }

    #[test]
    fn being_somewhere_is_an_activity() {
        let is = |text| names_presence(&Phrases::of(text));
        assert!(is("Attend the harbour fair") && is("Participates in the retrospective"));
        assert!(!is("Participate in various activities") && !is("Rate the harbour fair"));
    }

    #[test]
    fn heads_and_ends_that_leave_something_open_are_seen() {
        let found = |text| by_words(&Phrases::of(text));
        assert_eq!(found("Help with the harbour fair"), Some(Vague::Part(0..2)));
        assert_eq!(
            found("Responsible for helping out with the fair"),
            Some(Vague::Part(2..5))
        );
        assert_eq!(
            found("Pay piers, harbours, etc."),
            Some(Vague::OpenEnd(5..6))
        );
        assert_eq!(found("Write the guide that people get help with"), None);
    }
}
