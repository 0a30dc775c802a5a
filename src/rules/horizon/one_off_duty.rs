use std::ops::Range;

use jiff::civil::Date;

use super::dates::{month_number, time_at, version_at};
use crate::catalog::Model;
use crate::recognize::{OtherWork, Part};
use crate::rules::phrases::Phrases;
use crate::rules::{Check, Evidence, FileContext, Finding, Group, Line, Rule};
use crate::syntax::flow_scalar;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "one-off-duty",
    group: Group::Horizon,
    severity: Some(Severity::Hint),
    summary: "a project with an end, not ongoing work",
    why: "A role file says what a seat answers for, this year and next. \"Launch v2 by March\" is done in April, and from then on \
          the line says nothing, or something that is no longer true. Often the ongoing work behind it is nowhere: somebody \
          has to look after v2 when it is out.",
    remedy: "Write what goes on when the project is done. Where a seat does carry something for a time only, use the long form \
             and say until when, with `until:`. Projects themselves are better kept where the team keeps its plans.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  tech-lead:\n    holder: dmitri\n    duties:\n      \
          - Keep the code of the till in good health\n      - Migrate to the new card reader by March\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  tech-lead:\n    holder: dmitri\n    duties:\n      \
           - Keep the code of the till in good health\n      - text: Migrate to the new card reader by March\n        until: 2027-03-31\n",
    misses: "Projects without a date, a version or a \"to the new…\" in them, and lines in other languages than English. Anything with \
             a rhythm is left alone (\"by every Friday\", \"each quarter\", \"the yearly report by March\"), and so is a line with an \
             id before it: it says which ongoing duty it belongs to.",
    options: &[],
    check: Check::File(check),
};

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
struct Ending {
    words: Range<usize>,
    last: Option<Date>,
    /// Whether the words are a time.
    is_time: bool,
}

/// Whether this rule speaks of a line: then others need not.
pub(in crate::rules) fn speaks(context: &FileContext<'_>, line: Line<'_>) -> bool {
    let looked_at = context.model_of(line.unit) != Model::None;
    looked_at && context.settings.is_on(&RULE) && ending(context, line).is_some()
}

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for line in context.lines(&RULE) {
        if let Some(ending) = ending(context, line) {
            findings.push(finding(context, line, &ending));
        }
    }
}

fn ending(context: &FileContext<'_>, line: Line<'_>) -> Option<Ending> {
    let duty = line.duty;
    // Who has been somewhere in 2024 tells of themselves.
    if duty.pin.is_some() || duty.until.is_some() || duty.other == Some(OtherWork::Trait) {
        return None;
    }
    ending_in(&Phrases::of(&line.text.text), context.today)
}

fn ending_in(words: &Phrases<'_>, today: Date) -> Option<Ending> {
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

fn finding(context: &FileContext<'_>, line: Line<'_>, ending: &Ending) -> Finding {
    let words = Phrases::of(&line.text.text);
    let seat = context.called(line.role);
    let quoted = words.slice(ending.words.clone());
    let label = if ending.is_time {
        format!("ends \"{quoted}\"")
    } else {
        format!("\"{quoted}\" is done once")
    };
    let until = ending
        .last
        .map_or_else(|| "YYYY-MM-DD".to_owned(), |day| day.to_string());
    let text = flow_scalar(&line.text.text);
    let mut finding = RULE
        .finding(
            context.file,
            line.text.span,
            format!("a duty of {seat} is a project with an end"),
        )
        .label(label)
        .why("When it is done, the line says nothing any more, and the work that goes on after it has no owner.")
        .help(format!(
            "Write what goes on after it. If {seat} has it for a time only, say until when, such as:\n- {{text: {text}, until: {until}}}"
        ))
        .about(line.unit.label(), line.subject());
    let evidence = Evidence::at(
        line.text,
        &[words.span(ending.words.clone())],
        context.source,
    );
    finding.show(&evidence.silent());
    finding
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
