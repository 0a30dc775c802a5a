use std::collections::HashMap;

use super::alike::are_alike;
use crate::catalog::DutyIx;
use crate::recognize::Certainty;
use crate::rules::mend::Mend;
use crate::rules::pinning::{pin, quoted};
use crate::rules::{Check, Evidence, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Duty, Role, Unit};
use crate::text::TextEdit;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "repeated-duty",
    group: Group::Ownership,
    severity: Some(Severity::Warning),
    summary: "one duty twice in one role, in the same words or in others",
    why: "Two lines for one duty drift apart: somebody changes the first, and the second still says what was true last year. \
          Readers also wonder what the difference is meant to be.",
    remedy: "Keep one line. If the two mean different things, give each the id of the duty that it means.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      \
          - Prepare the retrospective\n      - Mentor new colleagues\n      - prepare the retrospective\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      \
           - Prepare the retrospective\n      - Mentor new colleagues\n",
    misses: "Two parts of one duty: \"Write user stories\" and \"Order the backlog\" both belong to `backlog-refinement`, and \
             interviews with drivers are not interviews with merchants. So two lines in different words count as the same only where \
             both were recognised as one duty, and they do the same to the same. If one of the two was recognised weakly, it is a \
             hint, and so is a line that is only a part of what a bare id beside it says. Lines that were not recognised count only in the same words.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    fixes(context).unwrap_or_default()
}

fn fixes(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let mend = Mend::own(context)?;
    let (_, _, second) = mend.duty(context.finding.span)?;
    let (_, _, first) = mend.duty(context.finding.related.first()?.span)?;
    if says_no_more(&mend, first, second) {
        let edits = remove(&mend, second)?;
        return Some(vec![
            Fix::safe("Remove the second line").edit(mend.file, edits),
        ]);
    }
    let mut fixes = Vec::new();
    let mut offer = |title: String, edits: Option<Vec<TextEdit>>| {
        fixes.extend(edits.map(|edits| Fix::asked(title).edit(mend.file, edits)));
    };
    for (id, words) in [(first, second), (second, first)] {
        if let (None, Some(pinned), Some(_), None) = (&id.text, &id.pin, &words.text, &words.pin) {
            let edits = || Some([pin(&mend, words, &pinned.text)?, remove(&mend, id)?].concat());
            offer(
                format!("Make one line of the two, with the id `{}`", pinned.text),
                edits(),
            );
        }
    }
    // The one that says less goes first.
    let order = if first.text.is_none() && second.pin.is_some() {
        [first, second]
    } else {
        [second, first]
    };
    for line in order {
        let title = match (plain(first) == plain(second), line.span == second.span) {
            (false, _) => format!("Remove {}", quoted(line)),
            (true, true) => "Remove this line".to_owned(),
            (true, false) => "Remove the other line".to_owned(),
        };
        offer(title, remove(&mend, line));
    }
    Some(fixes)
}

fn remove(mend: &Mend<'_>, duty: &Duty) -> Option<Vec<TextEdit>> {
    let item = mend.source.tree.item(duty.span)?;
    (item.node.span() == duty.span)
        .then(|| mend.editor().remove(item))
        .flatten()
}

/// Whether the second line says nothing that the first does not say as well.
fn says_no_more(mend: &Mend<'_>, first: &Duty, second: &Duty) -> bool {
    let raw = |duty: &Duty| duty.span.slice(mend.source.text()).to_owned();
    let pin = |duty: &Duty| duty.pin.as_ref().map(|pin| pin.text.clone());
    let is_words_only = |duty: &Duty| {
        let words = duty.text.as_ref().or(duty.pin.as_ref());
        words.is_some_and(|words| words.span == duty.span)
    };
    raw(first) == raw(second)
        || (plain(first) == plain(second)
            && first.until.is_none()
            && is_words_only(second)
            && (second.pin.is_none() || pin(first) == pin(second)))
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        let duties: Vec<&Duty> = role
            .duties
            .iter()
            .flat_map(|duties| duties.real())
            .collect();
        let mut earlier = Earlier::default();
        for (number, duty) in duties.iter().enumerate() {
            // What says it best is the first time: a bare id may stand after a line with the same words.
            let found = earlier
                .like(number, duty)
                .into_iter()
                .filter_map(|first| duties.get(first))
                .filter_map(|first| Some((compare(context, first, duty)?, *first)))
                .min_by_key(|(same, _)| *same == Same::PartOfId);
            if let Some((same, first)) = found {
                // The id is the whole and the words are the part, in whatever order they stand.
                let (first, second) = match (same, &duty.text) {
                    (Same::PartOfId, None) => (*duty, first),
                    _ => (first, *duty),
                };
                let subject = format!("{} {}", role.key.name.text, plain(second));
                let finding = of_duty(context, role, (first, second), same);
                findings.push(finding.about(unit.label(), subject));
            }
        }
    }
}

/// How many lines of one duty are compared with a further one.
const MOST_COMPARED: usize = 100;

/// The duties of a seat so far, by what another may have in common with them.
#[derive(Default)]
struct Earlier<'d> {
    /// By the words, and whether there is a pin: two pins tell duties apart where the words agree.
    words: HashMap<(String, bool), usize>,
    pins: HashMap<&'d str, usize>,
    duties: HashMap<DutyIx, Vec<usize>>,
}

impl<'d> Earlier<'d> {
    /// Those that the next one may say again, in order; and takes it in.
    fn like(&mut self, number: usize, duty: &'d Duty) -> Vec<usize> {
        let mut like = Vec::new();
        let mut take = |known: usize| {
            if known != number {
                like.push(known);
            }
        };
        let (words, is_pinned) = (plain(duty), duty.pin.is_some());
        if let Some(known) = self.words.get(&(words.clone(), !is_pinned)) {
            take(*known);
        }
        take(*self.words.entry((words, is_pinned)).or_insert(number));
        if let Some(pin) = &duty.pin {
            take(*self.pins.entry(&pin.text).or_insert(number));
        }
        if let Some(owned) = duty.owned() {
            let same = self.duties.entry(owned.duty).or_default();
            like.extend(same.iter().copied());
            if same.len() < MOST_COMPARED {
                same.push(number);
            }
        }
        like.sort_unstable();
        like.dedup();
        like
    }
}

/// How one line says what another does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    /// By the same pin, or in the same words.
    Exactly,
    /// In other words.
    InOtherWords,
    /// One of them is the id of a duty, and the other a piece of it.
    PartOfId,
}

fn compare(context: &FileContext<'_>, first: &Duty, second: &Duty) -> Option<Same> {
    if first.pin.is_some() && second.pin.is_some() {
        // Pins were set by hand: they tell two duties apart even where the words agree.
        let pin = |duty: &Duty| duty.pin.as_ref().map(|pin| pin.text.clone());
        return (pin(first) == pin(second)).then_some(Same::Exactly);
    }
    if plain(first) == plain(second) {
        return Some(Same::Exactly);
    }
    let (one, other) = (first.owned()?, second.owned()?);
    if one.duty != other.duty {
        return None;
    }
    match (&first.text, &second.text) {
        (Some(first), Some(second)) => {
            are_alike(&first.text, &second.text).then_some(Same::InOtherWords)
        }
        // A compound line is more than the duty of a bare id.
        _ if one.compound || other.compound => None,
        (Some(line), None) | (None, Some(line)) => {
            let def = context.catalog().duty(one.duty);
            let names = [def.title.clone(), def.id.replace('-', " ")];
            let whole = names.iter().any(|name| are_alike(name, &line.text));
            Some(if whole {
                Same::InOtherWords
            } else {
                Same::PartOfId
            })
        }
        (None, None) => None,
    }
}

/// The words without case, spacing and the full stop at the end.
fn plain(duty: &Duty) -> String {
    let words: Vec<&str> = duty.words().split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches(['.', ';', ','])
        .to_lowercase()
}

/// What two lines of one duty have in common: the pin, else the words.
fn shown(duty: &Duty) -> &str {
    match &duty.pin {
        Some(pin) => &pin.text,
        None => duty.words().trim_end_matches(['.', ';', ',']),
    }
}

fn of_duty(
    context: &FileContext<'_>,
    role: &Role,
    (first, second): (&Duty, &Duty),
    same: Same,
) -> Finding {
    let title = context.role_title(role);
    let id = first
        .reading
        .map(|reading| context.catalog().duty(reading.duty).id.as_str());
    let same_words = plain(first) == plain(second);
    let message = match id {
        Some(id) if same == Same::PartOfId => {
            format!("the {title} has the duty `{id}`, and a part of it once more")
        }
        Some(id) if !same_words || first.pin.is_some() => {
            format!("the {title} has the duty `{id}` twice")
        }
        _ => format!("the {title} has the duty \"{}\" twice", shown(second)),
    };
    let help = match (same, id) {
        _ if same_words => "Remove one of the two lines.".to_owned(),
        (Same::Exactly, _) => {
            "Make one line of the two, or give one of them the id of the duty that it means."
                .to_owned()
        }
        (Same::PartOfId, Some(id)) => format!(
            "Make one line of the two: put the words after the id, `- {id}: your words`. If they mean something else, put the id of that duty before them."
        ),
        _ => "Make one line of the two. If they mean different things, put the id of each duty before its words: `- id: your words`.".to_owned(),
    };
    let evidence = |duty: &Duty| {
        let in_words = (!same_words).then_some(duty)?;
        Evidence::of(in_words, context.source, &context.knowledge.recognizer)
    };
    let said = |duty: &Duty, time: &str| match (evidence(duty), id) {
        (Some(_), Some(id)) => format!("{time}, read as `{id}`"),
        _ => time.to_owned(),
    };
    let because = evidence(first).map(|evidence| evidence.because());
    let times = match same {
        Same::PartOfId => ["all of it", "a part of it"],
        _ => ["the first time", "the second time"],
    };
    let first_time = said(first, times[0]) + &because.unwrap_or_default();
    let is_weak = |duty: &Duty| {
        let certainty = duty.reading.map(|reading| reading.certainty);
        certainty == Some(Certainty::Weak) && !same_words
    };
    let mut finding = RULE
        .finding(context.file, second.span, message)
        .label(said(second, times[1]))
        .why("Two lines for one duty drift apart, and readers wonder what the difference is.")
        .help(help)
        .related(context.file, first.span, first_time);
    if let Some(evidence) = evidence(second) {
        finding.show(&evidence);
    }
    if is_weak(first) || is_weak(second) || same == Same::PartOfId {
        finding = finding.severity(Severity::Hint);
    }
    finding
}
