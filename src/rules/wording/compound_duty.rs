use crate::catalog::RoleIx;
use crate::recognize::{Candidate, Certainty, Explanation, Model, Part as WordPart, Word, words};
use crate::rules::evidence::places;
use crate::rules::{Check, FileContext, Finding, Group, Line, Rule};
use crate::syntax::plain_scalar;
use crate::text::Span;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "compound-duty",
    group: Group::Wording,
    severity: Some(Severity::Warning),
    summary: "one line that joins two duties",
    why: "\"Own the roadmap and groom the backlog\" is two kinds of work in one breath. When half of it is done, nobody can say \
          whether the duty is; and when the halves belong to two roles, one of them has been given away without anybody noticing. \
          A line for each can be moved, shared and handed over by itself.",
    remedy: "Write one line for each part; the finding shows them ready to paste, and says for which seat each is where that is \
             another one. If the line means one duty only, put its id before the words: `- id: your words`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
          duties:\n      - Own the roadmap and groom the backlog\n      - value-maximization\n      - feedback-analysis\n      \
          - delivery-process\n      - team-liaison\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
           duties:\n      - Groom the backlog\n      - value-maximization\n      - feedback-analysis\n      - delivery-process\n      \
           - team-liaison\n",
    misses: "Lines whose parts were not recognised for certain, and lines that were not recognised as a whole. Several activities that \
             are one duty (\"refine and order the backlog\") are fine together. A warning is for parts of different roles; two \
             duties of the seat's own are a hint. Two duties that both belong to one other role are left to `wrong-role`; where \
             this rule speaks of a line, `wrong-role` does not speak of it as well.",
    options: &[],
    check: Check::File(check),
};

/// A part of a line.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// Its bytes.
    span: Span,
    /// What it names; nothing where that is not clear.
    duty: Option<Candidate>,
}

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for line in context.lines(&RULE) {
        let reading = line.duty.owned();
        if line.duty.pin.is_some() || !reading.is_some_and(|reading| reading.compound) {
            continue;
        }
        findings.extend(of_line(context, line));
    }
}

fn of_line(context: &FileContext<'_>, line: Line<'_>) -> Option<Finding> {
    let text = &line.text.text;
    let parts = parts(text, &context.knowledge.recognizer.explain(text));
    let catalog = context.catalog();
    let named: Vec<(&Part, Candidate, RoleIx)> = parts
        .iter()
        .filter_map(|part| {
            let duty = part.duty?;
            Some((part, duty, catalog.duty(duty.duty).role))
        })
        .collect();
    let (_, first, first_role) = named.first()?;
    if named.iter().all(|(_, duty, _)| duty.duty == first.duty) {
        return None;
    }
    let roles_differ = named.iter().any(|(_, _, role)| role != first_role);
    let is_own = |role: RoleIx| context.answers_for(line.unit, line.role, role);
    let all_own = named.iter().all(|(_, _, role)| is_own(*role));
    let known = line.role.key.role.is_some() || !line.role.combines.is_empty();
    if known && !roles_differ && !all_own {
        return None;
    }
    let certain = named
        .iter()
        .all(|(_, duty, _)| duty.certainty() >= Certainty::Recognized);
    let severity = if known && certain && !all_own {
        Severity::Warning
    } else {
        Severity::Hint
    };
    Some(finding(context, line, &parts, roles_differ, severity))
}

/// The parts of a line: neighbours that name the same duty are one, and so are words that name nothing by
/// themselves with the part before them.
fn parts(text: &str, explanation: &Explanation) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for segment in &explanation.segments {
        let part = Part {
            span: segment.span,
            duty: segment.duty,
        };
        match parts.last_mut() {
            Some(last) if joins(text, last, &part) => {
                last.span = last.span.to(part.span);
                last.duty = last.duty.or(part.duty);
            }
            _ => parts.push(part),
        }
    }
    parts
}

fn joins(text: &str, last: &Part, next: &Part) -> bool {
    match (last.duty, next.duty) {
        (Some(one), Some(other)) => one.duty == other.duty,
        // "Accept stories, and features": the noun goes with the verb before it.
        (_, None) => !content(next.span.slice(text))
            .first()
            .is_some_and(|word| word.verb),
        // "Sort and groom the backlog": the verb goes with the object after it.
        (None, Some(_)) => content(last.span.slice(text)).len() < 2,
    }
}

/// The words that name something.
fn content(text: &str) -> Vec<Word> {
    let words = match Model::built_in() {
        Some(model) => model.lexicon.read_line(text),
        None => words(text),
    };
    let is_content = |word: &Word| word.part == WordPart::Content;
    words.into_iter().filter(is_content).collect()
}

/// A part as a line of its own: "the roadmap" of "own the vision, the roadmap" takes over the verb.
fn as_line(text: &str, part: &Part) -> String {
    let words: Vec<&str> = part.span.slice(text).split_whitespace().collect();
    let mut own = words.join(" ");
    if part.span.start > 0
        && own.split(' ').next().is_some_and(is_article)
        && let Some(verb) = text.split_whitespace().next()
        && verb.chars().all(char::is_alphabetic)
        && !is_article(verb)
    {
        own = format!("{verb} {own}");
    }
    let mut characters = own.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => own,
    }
}

fn is_article(word: &str) -> bool {
    ["a", "an", "the", "our", "their", "its", "your"]
        .iter()
        .any(|article| word.eq_ignore_ascii_case(article))
}

fn finding(
    context: &FileContext<'_>,
    line: Line<'_>,
    parts: &[Part],
    roles_differ: bool,
    severity: Severity,
) -> Finding {
    let catalog = context.catalog();
    let seat = context.called(line.role);
    let text = &line.text.text;
    let is_own = |role: RoleIx| context.answers_for(line.unit, line.role, role);
    let mut ids: Vec<&str> = Vec::new();
    let mut lines = String::new();
    let mut labels: Vec<String> = Vec::new();
    for part in parts {
        let mut own_line = format!("\n- {}", plain_scalar(&as_line(text, part)));
        match part.duty {
            Some(duty) => {
                let def = catalog.duty(duty.duty);
                let owner = catalog.role(def.role);
                if !ids.contains(&def.id.as_str()) {
                    ids.push(&def.id);
                }
                labels.push(format!("reads as `{}`, the {}'s", def.id, owner.title));
                if !is_own(def.role) && line.role.key.role.is_some() {
                    own_line.push_str(&format!(" # for {}", owner.id));
                }
            }
            None => labels.push("not recognised".to_owned()),
        }
        lines.push_str(&own_line);
    }
    let joined = listed(&ids);
    let (message, why) = if roles_differ {
        (
            format!("a line of {seat} joins duties of different roles: {joined}"),
            "When a part of it is done, nobody can say whether the duty is; and a part that belongs to another role is given away without anybody noticing.",
        )
    } else {
        (
            format!(
                "a line of {seat} joins {} duties: {joined}",
                count(ids.len())
            ),
            "When a part of it is done, nobody can say whether the duty is, and none can be handed over without the others.",
        )
    };
    let first = ids.first().copied().unwrap_or_default();
    let mut finding = RULE
        .finding(context.file, line.text.span, message)
        .label(format!("{} duties in one line", count(ids.len())))
        .why(why)
        .help(format!(
            "If one duty is meant, put its id before the words: `- {first}: your words`. Else write a line for each:{lines}"
        ))
        .severity(severity)
        .about(line.unit.label(), line.subject());
    let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
    let found = places(line.text, &spans, context.text());
    for (place, label) in found.iter().zip(labels) {
        if let Some(place) = place {
            finding = finding.related(context.file, *place, label);
        }
    }
    finding.evidence = found
        .iter()
        .zip(parts)
        .filter_map(|(place, part)| place.filter(|_| part.duty.is_some()))
        .collect();
    finding
}

fn count(number: usize) -> String {
    match number {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        number => number.to_string(),
    }
}

/// "`a`, `b` and `c`".
fn listed(ids: &[&str]) -> String {
    let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
