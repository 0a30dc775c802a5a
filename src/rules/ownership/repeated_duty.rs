use crate::recognize::Certainty;
use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::{Duty, Role};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "repeated-duty",
    group: Group::Ownership,
    severity: Some(Severity::Warning),
    summary: "one duty twice in one role",
    why: "Two lines for one duty drift apart: somebody changes the first, and the second still says what was true last year. \
          Readers also wonder what the difference is meant to be.",
    remedy: "Keep one line. If the two mean different things, give each the id of the duty that it means.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      \
          - Prepare the retrospective\n      - Mentor new colleagues\n      - prepare the retrospective\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master:\n    holder: carla\n    duties:\n      \
           - Prepare the retrospective\n      - Mentor new colleagues\n",
    misses: "Two lines in different words that were both recognised as one duty: they may be two parts of it, so nothing is said \
             unless one of them is pinned.",
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
    let pinned = [one, other]
        .iter()
        .any(|reading| reading.certainty == Certainty::Pinned);
    one.duty == other.duty && pinned
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
    RULE.finding(context.file, second.span, message)
        .label("the second time")
        .why("Two lines for one duty drift apart, and readers wonder what the difference is.")
        .help(help)
        .related(context.file, first.span, "the first time")
}
