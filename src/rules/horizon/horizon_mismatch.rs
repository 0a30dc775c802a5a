use std::ops::Range;

use crate::catalog::{DutyDef, Horizon};
use crate::recognize::{Certainty, Part};
use crate::rules::phrases::Phrases;
use crate::rules::{Check, Evidence, FileContext, Finding, Group, Line, Rule};
use crate::spec::{Duty, Role, Unit};
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
             \"look at the roadmap every week\" are fine. Lines that were not recognised for certain, lines with an id or a \
             `horizon:` of their own, lines that join two duties (`compound-duty`), and duties on another seat than the \
             catalog's (`wrong-role`). A `horizon:` that is one step off, such as `medium` for a long-term duty.",
    options: &[],
    check: Check::File(check),
};

/// What looks years ahead, whatever stands around it.
const FAR: &[&str] = &[
    "multi year",
    "coming years",
    "years ahead",
    "years to come",
    "next decade",
    "coming decade",
    "long range",
];
/// What looks far ahead after "long-term".
const FAR_THINGS: &[&str] = &[
    "plan",
    "plans",
    "planning",
    "vision",
    "strategy",
    "roadmap",
    "direction",
    "outlook",
    "order",
    "priorities",
];
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "ten", "2", "3", "4", "5", "6", "7",
    "8", "10",
];
/// What comes before a number of years that lie ahead.
const AHEAD: &[&str] = &["next", "coming"];
/// What comes after them.
const FURTHER: &[&str] = &["ahead", "out", "from now"];
/// What "three-year" stands before when it is about time to come.
const YEAR_THINGS: &[&str] = &[
    "plan", "plans", "planning", "vision", "strategy", "roadmap", "horizon", "outlook", "goal",
    "goals", "view", "order",
];
/// What looks days ahead, whatever stands around it.
const NEAR: &[&str] = &[
    "day to day",
    "next sprint",
    "this sprint",
    "current sprint",
    "coming sprint",
    "upcoming sprint",
    "next iteration",
    "current iteration",
    "next two weeks",
    "next few days",
    "next few weeks",
    "next week",
    "this week",
    "coming week",
    "tomorrow",
];
/// What looks a day ahead after "daily".
const DAILY_THINGS: &[&str] = &[
    "order",
    "plan",
    "plans",
    "planning",
    "priorities",
    "tasks",
    "decisions",
    "roadmap",
    "vision",
    "strategy",
];
/// What stands after these is a goal, a reason or a means: only what comes before says how far the work looks.
const RELATIONS: &[&str] = &[
    "with",
    "into",
    "to",
    "from",
    "towards",
    "toward",
    "against",
    "in",
    "at",
    "before",
    "after",
    "serve",
    "serves",
    "serving",
    "guide",
    "guides",
    "balance",
    "balances",
    "balancing",
];

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units(&RULE) {
        for role in &unit.roles {
            for duty in role.duties.iter().flat_map(|duties| duties.real()) {
                let Some(def) = own_duty(context, unit, role, duty) else {
                    continue;
                };
                findings.extend(stated(context, unit, role, duty, def));
                findings.extend(worded(context, unit, role, duty, def));
            }
        }
    }
}

/// The duty that a line names for certain, where its seat answers for it.
fn own_duty<'c>(
    context: &'c FileContext<'_>,
    unit: &Unit,
    role: &Role,
    duty: &Duty,
) -> Option<&'c DutyDef> {
    let reading = duty.owned()?;
    let def = context.catalog().duty(reading.duty);
    let certain = reading.certainty >= Certainty::Recognized && !reading.compound;
    (certain && context.answers_for(unit, role, def.role)).then_some(def)
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
    if opposite(known) != Some(said) {
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

/// Words that look the other way than the duty.
fn worded(
    context: &FileContext<'_>,
    unit: &Unit,
    role: &Role,
    duty: &Duty,
    def: &DutyDef,
) -> Option<Finding> {
    let text = duty.text.as_ref()?;
    if duty.pin.is_some() || duty.horizon.is_some() || duty.until.is_some() {
        return None;
    }
    let sides = [
        context.catalog().product_manager(),
        context.catalog().product_owner(),
    ];
    let meant = opposite(def.horizon?)?;
    if !sides.contains(&Some(def.role)) {
        return None;
    }
    let words = Phrases::of(&text.text);
    let range = looks(&words, meant)?;
    let line = Line {
        unit,
        role,
        duty,
        text,
    };
    Some(finding(context, line, def, meant, &words, range))
}

fn opposite(horizon: Horizon) -> Option<Horizon> {
    match horizon {
        Horizon::Short => Some(Horizon::Long),
        Horizon::Long => Some(Horizon::Short),
        Horizon::Medium => None,
    }
}

/// The words of the work itself that look that far.
fn looks(words: &Phrases<'_>, horizon: Horizon) -> Option<Range<usize>> {
    let head = words.head()?;
    let is_aside = |at: usize| {
        let part = words.get(at).map(|word| word.part);
        words.ends_at(at)
            || words.any_at(at, RELATIONS).is_some()
            || matches!(part, Some(Part::Clause | Part::Means | Part::Not))
    };
    for at in head..words.len() {
        let found = match horizon {
            Horizon::Long => far_at(words, at),
            _ => near_at(words, at),
        };
        if let Some(end) = found {
            return Some(at..end);
        }
        if is_aside(at) {
            return None;
        }
    }
    None
}

fn far_at(words: &Phrases<'_>, at: usize) -> Option<usize> {
    if let Some(end) = words.any_at(at, FAR) {
        return Some(end);
    }
    if let Some(end) = words.phrase_at(at, "long term") {
        return words.any_at(end, FAR_THINGS);
    }
    let ahead = words.any_at(at, AHEAD).is_some();
    let number = at + usize::from(ahead);
    let end = words.any_at(number, NUMBERS)?;
    if words.word(end) == "year" {
        return words.any_at(end + 1, YEAR_THINGS);
    }
    let years = words.phrase_at(end, "years")?;
    if ahead {
        return Some(years);
    }
    words.any_at(years, FURTHER)
}

fn near_at(words: &Phrases<'_>, at: usize) -> Option<usize> {
    if let Some(end) = words.phrase_at(at, "daily") {
        return words.any_at(end, DAILY_THINGS);
    }
    words.any_at(at, NEAR)
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
        .map(|(other, title)| format!(", such as the {title}'s `{other}`"))
        .unwrap_or_default();
    let time = words.span(range);
    let text = &line.text.text;
    let mut deciding = context.knowledge.recognizer.explain(text).evidence;
    // The words of time are shown as what they are.
    deciding.retain(|word| word.end <= time.start || time.end <= word.start);
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
            "If \"{quoted}\" is what counts, it is another duty{other}: move it there, or put the id that it means before the words: `- id: your words`. If it is about `{id}`, leave \"{quoted}\" out."
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, horizon: Horizon) -> Option<String> {
        let words = Phrases::of(text);
        Some(words.slice(looks(&words, horizon)?).to_owned())
    }

    #[test]
    fn words_about_the_work_itself_say_how_far_it_looks() {
        for (text, words) in [
            (
                "Order the backlog for the next three years",
                "next three years",
            ),
            ("Write stories for a long-term plan", "long-term plan"),
            ("Accept the work of the coming years", "coming years"),
            ("Plan sprints three years ahead", "three years ahead"),
            (
                "Decide the order of the three-year vision",
                "three-year vision",
            ),
        ] {
            assert_eq!(found(text, Horizon::Long).as_deref(), Some(words), "{text}");
        }
        for (text, words) in [
            ("Decide the daily order of the vision", "daily order"),
            ("Write the vision for the next sprint", "next sprint"),
            ("Own the day-to-day roadmap", "day-to-day"),
        ] {
            assert_eq!(
                found(text, Horizon::Short).as_deref(),
                Some(words),
                "{text}"
            );
        }
    }

    #[test]
    fn goals_rhythms_and_the_past_do_not() {
        for text in [
            "Order the backlog so that the three-year vision comes nearer",
            "Keep the backlog in line with the long-term strategy",
            "Delete stories that are two years old",
            "Delete two-year-old stories",
            "Read the complaints of the last three years",
            "Order the backlog for long-term value",
            "Balance the three-year vision and the backlog",
            "Serve the three-year plan",
            "",
        ] {
            assert_eq!(found(text, Horizon::Long), None, "{text}");
        }
        for text in [
            "Look at the roadmap every week",
            "Watch rivals daily",
            "Daily look at what rivals do",
            "Translate the vision into day-to-day work",
            "Show the roadmap in the next sprint review",
            "Explain the strategy so that this week makes sense",
        ] {
            assert_eq!(found(text, Horizon::Short), None, "{text}");
        }
    }
}
