use std::ops::Range;

use super::sight::looks;
use crate::catalog::{DutyDef, DutyIx, Horizon};
use crate::recognize::{Candidate, Certainty, Reading};
use crate::rules::again;
use crate::rules::mend::Mend;
use crate::rules::moving::{Moving, move_to};
use crate::rules::phrases::Phrases;
use crate::rules::pinning::pin;
use crate::rules::seats::SeatAt;
use crate::rules::{Check, Evidence, FileContext, Finding, Fix, FixContext, Group, Line, Rule};
use crate::spec::{Duty, Role, Unit};
use crate::syntax::{Name, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "horizon-mismatch",
    group: Group::Horizon,
    severity: Some(Severity::Hint),
    summary: "long-term words on a day-to-day duty, or the reverse",
    why: "Far sight and near sight are different work. A backlog that is put in order for the next three years is a roadmap in \
          small pieces, most of which is thrown away; a vision for the next sprint changes every two weeks, and then nobody \
          follows it. A line whose words look one way and whose duty looks the other is read by everybody as they like.",
    remedy: "Decide how far ahead the line is meant to look. If the words are right, it is another duty, often on another seat; if \
             the duty is right, change the words. Where your organisation sees a duty differently, say so once in your catalog, \
             with `horizon:` and the reason.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
          duties:\n      - Order the backlog for the next three years\n      - value-maximization\n      - feedback-analysis\n      \
          - delivery-process\n      - team-liaison\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
           duties:\n      - Order the backlog\n      - value-maximization\n      - feedback-analysis\n      - delivery-process\n      \
           - team-liaison\n",
    misses: "Words of time about a goal, a reason or a rhythm: \"order the backlog so that the three-year vision comes nearer\" and \
             \"look at the roadmap every week\" are fine. Lines that were not recognised for certain, unless their words look \
             both ways; lines with an id or a `horizon:` of their own, lines that join two duties (`compound-duty`), and \
             duties on another seat than the catalog's (`wrong-role`). A `horizon:` that is one step off, such as `medium` for a long-term duty.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    fixes(context).unwrap_or_default()
}

fn fixes(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let here = Mend::own(context)?;
    let (unit, role, duty) = here.duty(context.finding.span)?;
    match duty.horizon {
        Some((_, span)) => said_otherwise(context, &here, duty, span),
        None => {
            let file = again::file(context, &here.source);
            worded_otherwise(&file, context, &here, (unit, role, duty))
        }
    }
}

/// Lets `horizon:` say what the catalog says.
fn said_otherwise(
    context: &FixContext<'_>,
    here: &Mend<'_>,
    duty: &Duty,
    span: Span,
) -> Option<Vec<Fix>> {
    let known = context.catalog().duty(duty.owned()?.duty).horizon?.name();
    let entry = here.source.tree.entry_of(span, "horizon")?;
    let editor = here.editor();
    let fixes = [
        (
            format!("Write `horizon: {known}`"),
            editor.set(entry, &Value::text(known)),
        ),
        (
            "Leave `horizon:` out".to_owned(),
            editor.remove_entry(entry),
        ),
    ];
    let fixes = fixes
        .into_iter()
        .filter_map(|(title, edits)| Some(Fix::asked(title).edit(here.file, edits?)));
    Some(fixes.collect())
}

/// Leaves the words of time out; or takes the line for the duty that looks as far as they do, on the seat that has
/// it; or takes it for what it is without them.
fn worded_otherwise(
    file: &FileContext<'_>,
    context: &FixContext<'_>,
    here: &Mend<'_>,
    (unit, role, duty): (&Unit, &Role, &Duty),
) -> Option<Vec<Fix>> {
    let catalog = context.catalog();
    let text = duty.text.as_ref()?;
    let words = Phrases::of(&text.text);
    let (known, meant, range) = contradiction(file, unit, role, duty, &words)?;
    let mut fixes = Vec::new();
    let out = leave_out(here, text, words.span(range), meant);
    fixes.extend(
        out.map(|(left, edits)| Fix::asked(format!("Leave \"{left}\" out")).edit(here.file, edits)),
    );
    let read = context.knowledge.recognizer.explain(&text.text);
    let fits = |candidate: &Candidate| {
        let def = catalog.duty(candidate.duty);
        candidate.confidence >= LEAST && def.horizon == Some(meant)
    };
    let other = read.duty.filter(fits).or(read.runner_up.filter(fits));
    let at = SeatAt::find(context, here.file, role)?;
    // Where somebody has it already, it would be there twice.
    let is_new = |duty: &DutyIx| at.seat.says(*duty).is_none() && !at.is_claimed(context, *duty);
    if let Some(other) = other.map(|other| other.duty).filter(is_new) {
        let def = catalog.duty(other);
        if file.answers_for(unit, role, def.role) {
            fixes.extend(pin_as(here, duty, &def.id));
        } else {
            let line = Moving {
                line: duty,
                duty: Some(other),
                pin: Some(&def.id),
            };
            fixes.extend(move_to(context, here, role, &[line], def.role));
        }
    }
    fixes.extend(pin_as(here, duty, &known.id));
    Some(fixes)
}

fn pin_as(here: &Mend<'_>, duty: &Duty, id: &str) -> Option<Fix> {
    let edits = pin(here, duty, id)?;
    Some(Fix::asked(format!("Pin it as `{id}`")).edit(here.file, edits))
}

/// How likely a line has to mean another duty for that to be offered.
const LEAST: f32 = 0.1;
/// What may stand between a word of relation and words of time.
const ARTICLES: &[&str] = &["the", "our", "your", "this", "a"];
/// What ties words of time to the end of a line, so that the line is whole without both.
const TIES: &[&str] = &["for", "in", "over", "of", "during", "within"];

/// The end of a line that says when, where the line is whole without it.
fn leave_out(
    here: &Mend<'_>,
    line: &Name,
    time: Span,
    meant: Horizon,
) -> Option<(String, Vec<TextEdit>)> {
    let (before, rest) = line.text.split_at_checked(time.start as usize)?;
    let behind = rest.get((time.end - time.start) as usize..)?;
    if !behind.trim_matches(['.', ' ']).is_empty() {
        return None;
    }
    let mut kept = before.trim_end();
    let mut is_tied = false;
    while !is_tied {
        let (more, word) = kept.rsplit_once(' ')?;
        is_tied = TIES.contains(&word);
        if !is_tied && !ARTICLES.contains(&word) {
            return None;
        }
        kept = more.trim_end();
    }
    if looks(&Phrases::of(kept), meant).is_some() {
        return None;
    }
    let gap = line.text.get(kept.len()..time.end as usize)?;
    let raw = line.span.slice(here.source.text());
    let mut found = raw.match_indices(gap);
    let (at, _) = found.next()?;
    // What stands on a line of its own takes the line along.
    let from = raw.get(..at)?.trim_end().len();
    let edit = TextEdit::delete(line.span.sub(from, at + gap.len()));
    found
        .next()
        .is_none()
        .then(|| (gap.trim().to_owned(), vec![edit]))
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        for duty in role.duties.iter().flat_map(|duties| duties.real()) {
            let owned = duty.owned().filter(|reading| !reading.compound);
            let certain = owned.filter(|reading| reading.certainty >= Certainty::Recognized);
            let said = certain.and_then(|reading| {
                let def = context.catalog().duty(reading.duty);
                stated(context, unit, role, duty, def)
            });
            let found = said.or_else(|| worded(context, unit, role, duty));
            findings.extend(found);
        }
    }
}

/// A `horizon:` at the other end of the catalog's.
fn stated(
    context: &FileContext<'_>,
    unit: &Unit,
    role: &Role,
    duty: &Duty,
    def: &DutyDef,
) -> Option<Finding> {
    let (said, span) = duty.horizon?;
    let known = def.horizon?;
    if opposite(known) != Some(said) || !context.answers_for(unit, role, def.role) {
        return None;
    }
    let (id, seat) = (&def.id, context.called(role));
    let (said, known) = (said.name(), known.name());
    let pin = if duty.pin.is_some() {
        "If another duty is meant, use its id."
    } else {
        "If the words mean something else, put the id that they mean before them: `- id: your words`."
    };
    let finding = RULE
        .finding(
            context.file,
            span,
            format!("`{id}` of {seat} is said to be {said}-term, and the catalog says {known}-term"),
        )
        .label(format!("`{known}` in the catalog"))
        .why("Whoever looks for the ones who think years ahead, or days ahead, finds the wrong line, and may think that somebody does.")
        .help(format!(
            "Leave `horizon:` out, or write `horizon: {known}`. {pin} If your organisation sees `{id}` as {said}-term work, say so in your catalog: `duties: {{{id}: {{horizon: {said}, reason: ...}}}}`."
        ))
        .about(unit.label(), format!("{} {id} horizon", role.key.name.text));
    let text = duty.text.as_ref().or(duty.pin.as_ref())?;
    let evidence = Evidence::of(duty, context.source, &context.knowledge.recognizer);
    let because = evidence.map_or_else(String::new, |evidence| evidence.because());
    let is = if duty.pin.is_some() {
        "this is"
    } else {
        "this reads as"
    };
    Some(finding.related(context.file, text.span, format!("{is} `{id}`{because}")))
}

/// Words that look the other way than the duty. They are what makes such a line hard to read, so it is read
/// without them.
fn worded(context: &FileContext<'_>, unit: &Unit, role: &Role, duty: &Duty) -> Option<Finding> {
    let text = duty.text.as_ref()?;
    let words = Phrases::of(&text.text);
    let (def, meant, range) = contradiction(context, unit, role, duty, &words)?;
    let line = Line {
        unit,
        role,
        duty,
        text,
    };
    Some(finding(context, line, def, meant, &words, range))
}

/// What a line is about, and the words in it that look the other way, with how far they look.
fn contradiction<'c>(
    context: &'c FileContext<'_>,
    unit: &Unit,
    role: &Role,
    duty: &Duty,
    words: &Phrases<'_>,
) -> Option<(&'c DutyDef, Horizon, Range<usize>)> {
    let text = duty.text.as_ref()?;
    let settled = duty.pin.is_some() || duty.horizon.is_some() || duty.until.is_some();
    if settled
        || duty
            .reading
            .is_some_and(|reading| reading.compound || !reading.owns())
    {
        return None;
    }
    let catalog = context.catalog();
    let sides = [catalog.product_manager(), catalog.product_owner()];
    [Horizon::Long, Horizon::Short]
        .into_iter()
        .find_map(|meant| {
            let range = looks(words, meant)?;
            let time = words.span(range.clone());
            let line = context
                .knowledge
                .recognizer
                .read(&without(&text.text, time));
            let sure = |reading: &Reading| {
                reading.owns() && !reading.compound && reading.certainty == Certainty::Recognized
            };
            let def = catalog.duty(line.reading.filter(sure)?.duty);
            let known =
                sides.contains(&Some(def.role)) && context.answers_for(unit, role, def.role);
            (known && opposite(def.horizon?) == Some(meant)).then_some((def, meant, range))
        })
}

/// A line with blanks for some of its words, so that the others stay where they are.
fn without(text: &str, gap: Span) -> String {
    let (before, rest) = text
        .split_at_checked(gap.start as usize)
        .unwrap_or((text, ""));
    let length = gap.end.saturating_sub(gap.start) as usize;
    let after = rest.get(length..).unwrap_or_default();
    format!("{before}{:length$}{after}", "")
}

fn opposite(horizon: Horizon) -> Option<Horizon> {
    match horizon {
        Horizon::Short => Some(Horizon::Long),
        Horizon::Long => Some(Horizon::Short),
        Horizon::Medium => None,
    }
}

fn finding(
    context: &FileContext<'_>,
    line: Line<'_>,
    def: &DutyDef,
    meant: Horizon,
    words: &Phrases<'_>,
    range: Range<usize>,
) -> Finding {
    let (id, seat) = (&def.id, context.called(line.role));
    let quoted = words.slice(range.clone());
    let (far, near, why) = match meant {
        Horizon::Long => (
            "years",
            "days and weeks",
            "What is put in order for years ahead is thrown away before it is reached, and the next week has no order.",
        ),
        _ => (
            "days",
            "quarters and years",
            "A direction that changes from week to week is none, and nobody follows it.",
        ),
    };
    let other = another(context, meant)
        .map(|(other, title)| format!(", such as `{other}` of the {title}"))
        .unwrap_or_default();
    let time = words.span(range);
    let text = without(&line.text.text, time);
    let deciding = context.knowledge.recognizer.explain(&text).evidence;
    let deciding = Evidence::at(line.text, &deciding, context.source);
    let place = Evidence::at(line.text, &[time], context.source);
    let reads = format!("reads as `{id}`{}", deciding.because());
    let ahead = format!("looks {far} ahead");
    let finding = RULE
        .finding(
            context.file,
            place.spans.first().copied().unwrap_or(line.text.span),
            format!("a line of {seat} {ahead}, and its duty `{id}` looks {near} ahead"),
        )
        .why(why)
        .help(format!(
"If \"{quoted}\" is what counts, it is another duty{other}. If it is about `{id}`, leave \"{quoted}\" out. An id before the words settles what is meant: `- id: your words`."
        ))
        .about(line.unit.label(), line.subject());
    let mut finding = match deciding.spans.first() {
        Some(first) => finding.label(ahead).related(context.file, *first, reads),
        None => finding.label(format!("{ahead}; the line {reads}")),
    };
    finding.evidence = deciding.spans.into_iter().chain(place.spans).collect();
    finding
}

/// A duty of a product role that looks that far, with the title of its role.
fn another<'c>(context: &'c FileContext<'_>, horizon: Horizon) -> Option<(&'c str, &'c str)> {
    let catalog = context.catalog();
    let sides = [catalog.product_manager(), catalog.product_owner()];
    let fits = |def: &&DutyDef| def.horizon == Some(horizon) && sides.contains(&Some(def.role));
    let fitting: Vec<&DutyDef> = catalog.duties().map(|(_, def)| def).filter(fits).collect();
    let core = fitting.iter().find(|def| def.core);
    let first = core.or(fitting.first())?;
    Some((&first.id, &catalog.role(first.role).title))
}
