use std::ops::Range;

use super::vague_words::{Vague, by_words, hollow_words, names_presence};
use crate::recognize::OtherWork;
use crate::rules::horizon::one_off_duty;
use crate::rules::phrases::Phrases;
use crate::rules::{Check, Evidence, FileContext, Finding, Group, Line, Rule, lines};
use crate::spec::Unit;
use crate::text::Span;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "vague-duty",
    group: Group::Wording,
    severity: Some(Severity::Hint),
    summary: "a line that names no activity, or says what somebody is like and not what they do",
    why: "A duty is worth writing down when two people who read it would expect the same. \"Various tasks as needed\" promises \
          everything and can be held against nobody; when the seat is empty, nobody knows what stops. \"Strong communicator\" \
          is a fine thing to be, and still no answer to the question who does what.",
    remedy: "Say what is done, and to what: a verb and a thing, as in \"Answer the harbours' letters\". If a part of something \
             is meant, say which part. What a person should be like belongs in the job advertisement. If a line means a \
             duty of the catalog, put its id before the words: `- id: your words`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      \
          - Keep the stand-up short\n      - Various tasks as needed\n      - Strong communicator\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      \
           - Keep the stand-up short\n      - Book the room for the review\n",
    misses: "Vague words in other languages than English, and lines that have one plain word among many hollow ones. Lines that \
             were read as a duty, however loosely they are worded, and lines with an id before them: those say what they mean. \
             A line with a date at which it ends is told so by `one-off-duty` and is not called vague as well.",
    options: &[],
    check: Check::Unit(check),
    fix: None,
};

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for line in lines(unit) {
        findings.extend(of_line(context, line));
    }
}

fn of_line(context: &FileContext<'_>, line: Line<'_>) -> Option<Finding> {
    let duty = line.duty;
    if duty.pin.is_some() || duty.reading.is_some() {
        return None;
    }
    let words = Phrases::of(&line.text.text);
    let about = match duty.other {
        Some(OtherWork::Trait) => About::Trait,
        Some(OtherWork::Vague) if names_presence(&words) => return None,
        Some(OtherWork::Vague) => match by_words(&words) {
            Some(vague) => About::Words(vague),
            None => About::Reading(Some(hollow_words(&words)).filter(|words| !words.is_empty())?),
        },
        Some(_) => return None,
        None => About::Words(by_words(&words)?),
    };
    if one_off_duty::speaks(context, line) {
        return None;
    }
    Some(finding(context, line, &words, &about))
}

/// What tells that a line is vague.
enum About {
    /// Words that say so whatever else there is.
    Words(Vague),
    /// The recogniser, and the hollow words that are in it.
    Reading(Vec<Range<usize>>),
    /// The recogniser: it is what somebody is like.
    Trait,
}

fn finding(
    context: &FileContext<'_>,
    line: Line<'_>,
    words: &Phrases<'_>,
    about: &About,
) -> Finding {
    let seat = context.called(line.role);
    let (text, source) = (line.text, context.source);
    let at = |ranges: &[Range<usize>]| {
        let spans: Vec<Span> = ranges
            .iter()
            .map(|range| words.span(range.clone()))
            .collect();
        Evidence::at(text, &spans, source)
    };
    let quoted = |range: &Range<usize>| format!("\"{}\"", words.slice(range.clone()));
    let (message, label, evidence) = match about {
        // All of its words are hollow, and they are what is marked.
        About::Words(Vague::Hollow) => (
            format!("a duty of {seat} names no activity"),
            "could mean anything".to_owned(),
            at(std::slice::from_ref(&(0..words.len()))).silent(),
        ),
        About::Reading(hollow) => (
            format!("a duty of {seat} names no activity"),
            "reads as no activity".to_owned(),
            at(hollow),
        ),
        About::Words(Vague::Part(range)) => (
            format!("a duty of {seat} does not say which part of the work is theirs"),
            format!("{} leaves open who does what", quoted(range)),
            at(std::slice::from_ref(range)).silent(),
        ),
        About::Words(Vague::OpenEnd(range)) => (
            format!("a duty of {seat} leaves open what else belongs to it"),
            format!("{} could be anything", quoted(range)),
            at(std::slice::from_ref(range)).silent(),
        ),
        About::Trait => (
            format!("a line of {seat} says what somebody is like, and not what they do"),
            "reads as a trait".to_owned(),
            Evidence::of_work(text, source, &context.knowledge.recognizer),
        ),
    };
    let (why, help) = match about {
        About::Trait => (
            "What a good holder is like helps to find one. It does not tell anybody whom to ask, or what stops when the seat is empty.",
            "Keep it for the job advertisement. If there is work behind it, say what is done, and to what.",
        ),
        About::Words(Vague::Part(_)) => (
            "Where two do one thing and neither knows which half is theirs, the halves in between are nobody's.",
            "Say which part it is, as in \"Book the stand at the fair\".",
        ),
        About::Words(Vague::OpenEnd(_)) => (
            "Readers fill in the rest, each in their own way.",
            "Name what else is meant, or leave the end out.",
        ),
        _ => (
            "Two people who read this expect different things, and nobody can say whether it is done.",
            "Say what is done, and to what, as in \"Answer the harbours' letters\".",
        ),
    };
    let nearest = line.duty.nearest.map(|duty| context.catalog().duty(duty));
    let (duty, id) = nearest.map_or_else(
        || ("a duty of the catalog".to_owned(), "id"),
        |def| (format!("`{}`", def.id), def.id.as_str()),
    );
    let mut finding = RULE
        .finding(context.file, text.span, message)
        .label(label)
        .why(why)
        .help(format!(
            "{help} If it means {duty}, put the id before the words: `- {id}: your words`."
        ))
        .about(line.unit.label(), line.subject());
    finding.show(&evidence);
    finding
}
