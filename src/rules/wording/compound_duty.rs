use super::line_parts::{Part, as_line, parts};
use super::split;
use crate::catalog::RoleIx;
use crate::recognize::{Candidate, Certainty};
use crate::rules::evidence::places;
use crate::rules::{Check, FileContext, Finding, Group, Line, Rule, lines};
use crate::spec::Unit;
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
    misses: "Lines that were not recognised as a whole, and parts without a verb, such as \"vision, roadmap and backlog\". Several \
             activities that are one duty (\"refine and order the backlog\") are fine together, and so is a part that goes on about \
             the one before (\"and explain why\", \"and rank it\"). A warning is for parts of different roles; two \
             duties of the seat's own are a hint. Two duties that both belong to one other role are left to `wrong-role`; where \
             this rule speaks of a line, `wrong-role` does not speak of it as well.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(split::fix),
};

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for line in lines(unit) {
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
    let named: Vec<(Candidate, RoleIx)> = parts
        .iter()
        .filter_map(|part| {
            let duty = part.duty?;
            Some((duty, catalog.duty(duty.duty).role))
        })
        .collect();
    let (first, first_role) = named.first()?;
    if named.iter().all(|(duty, _)| duty.duty == first.duty) {
        return None;
    }
    let roles_differ = named.iter().any(|(_, role)| role != first_role);
    let is_own = |role: RoleIx| context.answers_for(line.unit, line.role, role);
    let all_own = named.iter().all(|(_, role)| is_own(*role));
    let known = line.role.key.role.is_some() || !line.role.combines.is_empty();
    if known && !roles_differ && !all_own {
        return None;
    }
    let certain = named
        .iter()
        .all(|(duty, _)| duty.certainty() >= Certainty::Recognized);
    let elsewhere = known && !all_own;
    let severity = if elsewhere && certain {
        Severity::Warning
    } else {
        Severity::Hint
    };
    Some(finding(context, line, &parts, elsewhere, severity))
}

fn finding(
    context: &FileContext<'_>,
    line: Line<'_>,
    parts: &[Part],
    elsewhere: bool,
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
    let (message, why) = if elsewhere {
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
    let spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
    let found = places(line.text, &spans, context.text());
    let mut marks = found
        .iter()
        .zip(labels)
        .filter_map(|(place, label)| Some(((*place)?, label)));
    // Parts that YAML has folded or escaped away have no place of their own.
    let (place, label) = marks.next().unwrap_or_else(|| {
        let label = format!("{} duties in one line", count(ids.len()));
        (line.text.span, label)
    });
    let mut finding = RULE
        .finding(context.file, place, message)
        .label(label)
        .why(why)
        .help(format!(
            "If one duty is meant, put its id before the words: `- {first}: your words`. Else write a line for each:{lines}"
        ))
        .severity(severity)
        .about(line.unit.label(), line.subject());
    for (place, label) in marks {
        finding = finding.related(context.file, place, label);
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
