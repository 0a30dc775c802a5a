use super::alike::are_alike;
use crate::recognize::Certainty;
use crate::rules::{Check, Evidence, FileContext, Finding, Group, Rule};
use crate::spec::{Duty, Role};
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
             both were recognised as one duty, and they do the same to the same, or one of them is the bare id of that duty. \
             If one of the two was recognised weakly, it is a hint. Lines that were not recognised count only in the same words.",
    options: &[],
    check: Check::File(check),
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units(&RULE) {
        for role in &unit.roles {
            let duties: Vec<&Duty> = role
                .duties
                .iter()
                .flat_map(|duties| duties.real())
                .collect();
            for (number, duty) in duties.iter().enumerate() {
                let mut earlier = duties.iter().take(number);
                if let Some(first) = earlier.find(|first| is_same(first, duty)) {
                    findings.push(
                        of_duty(context, role, first, duty)
                            .about(unit.label(), subject(context, role, duty)),
                    );
                }
            }
        }
    }
}

fn is_same(first: &Duty, second: &Duty) -> bool {
    if first.pin.is_some() && second.pin.is_some() {
        // Pins were set by hand: they tell two duties apart even where the words agree.
        let pin = |duty: &Duty| duty.pin.as_ref().map(|pin| pin.text.clone());
        return pin(first) == pin(second);
    }
    if plain(first) == plain(second) {
        return true;
    }
    let (Some(one), Some(other)) = (first.owned(), second.owned()) else {
        return false;
    };
    if one.duty != other.duty {
        return false;
    }
    match (&first.text, &second.text) {
        (Some(first), Some(second)) => are_alike(&first.text, &second.text),
        // A bare id is the whole duty, so whatever else names it is in it; a compound line is more than that.
        _ => !one.compound && !other.compound,
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

fn subject(context: &FileContext<'_>, role: &Role, duty: &Duty) -> String {
    let what = match duty.reading {
        Some(reading) => context.catalog().duty(reading.duty).id.clone(),
        None => shown(duty).to_lowercase(),
    };
    format!("{} {what}", role.key.name.text)
}

fn of_duty(context: &FileContext<'_>, role: &Role, first: &Duty, second: &Duty) -> Finding {
    let title = context.role_title(role);
    let id = first
        .reading
        .map(|reading| context.catalog().duty(reading.duty).id.as_str());
    let same_words = plain(first) == plain(second);
    let message = match id {
        Some(id) => format!("the {title} has the duty `{id}` twice"),
        None => format!("the {title} has the duty \"{}\" twice", shown(second)),
    };
    let help = if same_words {
        "Remove one of the two lines."
    } else if first.pin.is_some() && second.pin.is_some() {
        "Make one line of the two, or give one of them the id of the duty that it means."
    } else {
        "Make one line of the two. If they mean different things, put the id of each duty before its words: `- id: your words`."
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
    let first_time = said(first, "the first time") + &because.unwrap_or_default();
    let is_weak = |duty: &Duty| {
        let certainty = duty.reading.map(|reading| reading.certainty);
        certainty == Some(Certainty::Weak) && !same_words
    };
    let mut finding = RULE
        .finding(context.file, second.span, message)
        .label(said(second, "the second time"))
        .why("Two lines for one duty drift apart, and readers wonder what the difference is.")
        .help(help)
        .related(context.file, first.span, first_time);
    if let Some(evidence) = evidence(second) {
        finding.show(&evidence);
    }
    if is_weak(first) || is_weak(second) {
        finding = finding.severity(Severity::Hint);
    }
    finding
}
