//! What says that the work of a line ends.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::{month_number, time_at, version_at};
use crate::recognize::Part;
use crate::rules::phrases::Phrases;

/// Words that say that something comes back.
const RHYTHM: &[&str] = &[
    "each",
    "every",
    "per",
    "daily",
    "weekly",
    "biweekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "yearly",
    "annual",
    "annually",
    "regular",
    "regularly",
    "recurring",
    "ongoing",
    "continuous",
    "continuously",
    "always",
    "whenever",
    "any",
    "once a",
    "twice a",
    "times a",
    "a day",
    "a week",
    "a month",
    "a quarter",
    "a year",
    "year after year",
    "mondays",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays",
];
/// Before a time, these make an end of it.
const UNTIL: &[&str] = &[
    "by",
    "until",
    "till",
    "before",
    "no later than",
    "not later than",
];
/// After a verb of what is done once, any of these before a time will do.
const AT: &[&str] = &["in", "on", "at", "during", "for", "from"];
/// What follows a time without belonging to it: "by March at the latest" is a time, "by March sales" is none.
const AFTER: &[&str] = &[
    "and",
    "at",
    "the latest",
    "with",
    "without",
    "in",
    "for",
    "so",
    "to",
    "together",
    "across",
    "on",
];
/// What follows these is not about the work itself.
const INSIDE: &[&str] = &[
    "what", "which", "who", "that", "whether", "when", "if", "how",
];
/// What is done once.
const ONCE: &[&str] = &[
    "launch",
    "relaunch",
    "ship",
    "release",
    "roll out",
    "rollout",
    "migrate",
    "replace",
    "introduce",
    "rebuild",
    "rebrand",
    "relocate",
    "kick off",
    "set up",
    "go live",
    "move",
    "switch",
    "transition",
    "decommission",
    "retire",
    "complete",
    "finish",
    "deliver",
    "implement",
    "merge",
    "open",
    "build",
    "upgrade",
    "convert",
    "phase out",
    "shut down",
    "migration",
    "introduction",
];
/// What is done to a version.
const VERSION: &[&str] = &[
    "launch",
    "relaunch",
    "ship",
    "release",
    "roll out",
    "rollout",
    "deliver",
    "build",
    "finish",
    "complete",
    "implement",
    "migrate",
    "upgrade",
    "go live",
    "migration",
];
/// What is done to get to something new.
const MOVE: &[&str] = &[
    "migrate",
    "move",
    "switch",
    "transition",
    "convert",
    "upgrade",
    "port",
    "migration",
    "change",
];
const TO_NEW: &[&str] = &[
    "to the new",
    "to a new",
    "to our new",
    "onto the new",
    "onto a new",
    "onto our new",
];
/// What is done to something old.
const REPLACE: &[&str] = &[
    "replace",
    "retire",
    "decommission",
    "phase out",
    "shut down",
    "switch off",
    "sunset",
];
const OLD: &[&str] = &[
    "the old",
    "our old",
    "the legacy",
    "our legacy",
    "the current",
    "our current",
    "the existing",
    "our existing",
    "the outdated",
];
/// How many words may stand between a verb and its version.
const NEAR: usize = 5;

/// What says that a line ends, and when.
pub(super) struct Ending {
    /// The words that say so.
    pub words: Range<usize>,
    /// The last day, where it can be told.
    pub last: Option<Date>,
    /// Whether the words are a time.
    pub is_time: bool,
}

/// Why the work of a line ends; nothing where it goes on.
pub(super) fn ending_in(words: &Phrases<'_>, today: Date) -> Option<Ending> {
    let once = once_at_head(words, ONCE);
    let found = deadline(words, today, UNTIL).or_else(|| {
        once?;
        deadline(words, today, AT)
    });
    let found = found.or_else(|| version(words)).or_else(|| renewal(words));
    found.filter(|_| words.find(RHYTHM).is_none() && !names_two_months(words))
}

/// "by March", "until the end of Q3".
fn deadline(words: &Phrases<'_>, today: Date, before: &[&str]) -> Option<Ending> {
    (0..words.len()).find_map(|at| {
        let time = time_at(words, words.any_at(at, before)?, today)?;
        let ends = words.ends_at(time.end) || words.any_at(time.end, AFTER).is_some();
        // "what waits until next year" is about what waits.
        let inside = words.find(INSIDE).is_some_and(|found| found.start < at);
        (ends && !inside).then_some(Ending {
            words: at..time.end,
            last: time.last,
            is_time: true,
        })
    })
}

/// "Launch v2".
fn version(words: &Phrases<'_>) -> Option<Ending> {
    let verb = once_at_head(words, VERSION)?;
    let end = (verb.end..verb.end + NEAR)
        .take_while(|at| !words.ends_at(*at))
        .find_map(|at| version_at(words, at))?;
    Some(Ending {
        words: verb.start..end,
        last: None,
        is_time: false,
    })
}

/// "Migrate to the new CRM", "Replace the old ticket machines".
fn renewal(words: &Phrases<'_>) -> Option<Ending> {
    let ending = |words| Ending {
        words,
        last: None,
        is_time: false,
    };
    if let Some(verb) = once_at_head(words, REPLACE)
        && let Some(end) = words.any_at(verb.end, OLD)
        && !words.ends_at(end)
    {
        return Some(ending(verb.start..end_of_name(words, end)));
    }
    let verb = once_at_head(words, MOVE)?;
    let (at, end) = (verb.end..words.len())
        .take_while(|at| !words.ends_at(*at))
        .find_map(|at| Some((at, words.any_at(at, TO_NEW)?)))?;
    (!words.ends_at(end)).then(|| ending(at..end_of_name(words, end)))
}

/// Where the name of a thing ends that begins at `at`: "ticket machines" in "ticket machines of the harbour".
fn end_of_name(words: &Phrases<'_>, at: usize) -> usize {
    let is_name = |at: &usize| {
        let word = words.get(*at);
        word.is_some_and(|word| word.part == Part::Content)
    };
    at + (at..words.len()).take_while(is_name).count()
}

/// The verb at the head of a line where it is one of some, as it is, with -s or with -ing. "Launched" is over.
fn once_at_head(words: &Phrases<'_>, verbs: &[&str]) -> Option<Range<usize>> {
    let head = words.head()?;
    let word = words.word(head);
    verbs.iter().find_map(|verb| {
        let (first, rest) = verb.split_once(' ').unwrap_or((verb, ""));
        if !is_form_of(&word, first) {
            return None;
        }
        let end = match rest {
            "" => head + 1,
            rest => words.phrase_at(head + 1, rest)?,
        };
        // "Migration help" is help.
        let is_noun = matches!(*verb, "migration" | "introduction" | "rollout");
        let is_whole = !is_noun
            || words.get(end).is_some_and(|word| {
                matches!(word.part, Part::To | Part::Preposition) || word.stem == 0
            });
        is_whole.then_some(head..end)
    })
}

fn is_form_of(word: &str, verb: &str) -> bool {
    let Some(ending) = word.strip_prefix(verb) else {
        // "migrating", "shipping", "setting", "shutting"
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let ending = word.strip_prefix(stem);
        return ending == Some("ing");
    };
    let doubled = verb
        .chars()
        .next_back()
        .is_some_and(|last| ending == format!("{last}ing"));
    matches!(ending, "" | "s" | "es" | "ing") || doubled
}

/// "in March and September": that comes back.
fn names_two_months(words: &Phrases<'_>) -> bool {
    let named = (0..words.len()).filter_map(|at| month_number(&words.word(at)));
    let mut months: Vec<i8> = named.collect();
    months.dedup();
    months.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        let words = Phrases::of(text);
        let today = Date::new(2026, 6, 15).unwrap();
        let ending = ending_in(&words, today)?;
        Some(words.slice(ending.words).to_owned())
    }

    #[test]
    fn projects_have_an_end() {
        for (text, words) in [
            ("Launch v2 by March", "by March"),
            ("Launching version 3 of the app", "Launching version 3"),
            ("Ships Ferryline 2.0", "Ships Ferryline 2.0"),
            ("Migrate to the new CRM", "to the new CRM"),
            (
                "Migrating all harbours to the new tills",
                "to the new tills",
            ),
            (
                "Replace the old ticket machines of the harbours",
                "Replace the old ticket machines",
            ),
            (
                "Roll out the app in all harbours by the end of 2026",
                "by the end of 2026",
            ),
            ("Relaunch the website in Q3 2026", "in Q3 2026"),
            (
                "Rollout of the app in autumn, ready by 2027-01-31",
                "by 2027-01-31",
            ),
            (
                "Find two new harbours by the end of the year",
                "by the end of the year",
            ),
            ("Open the fifth pier next to the mill in May", "in May"),
            (
                "Setting up the night shift until March, with Ana",
                "until March",
            ),
        ] {
            assert_eq!(found(text).as_deref(), Some(words), "{text}");
        }
    }

    #[test]
    fn rhythms_plans_and_numbers_have_none() {
        for text in [
            "Order the backlog by every Friday",
            "Plan the next quarter by the end of each quarter",
            "Publish the annual report by March",
            "Close the books by the end of the month",
            "Answer letters by the end of the day",
            "Review the roadmap in March and September",
            "Sort requests by Q3 goals",
            "Sort letters by 2000 harbours",
            "Plan the payment methods for 2027",
            "Keep the roadmap for Q3 in order",
            "Launch small things often",
            "Release notes for new versions",
            "Move stories to the right column",
            "Retire features that nobody uses",
            "Set up interviews with passengers",
            "Launched the app in 2024",
            "Migration help for people who move to the new app",
            "What comes first and what waits until next year",
            "Welcome new colleagues",
            "Bis März fertig werden",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
