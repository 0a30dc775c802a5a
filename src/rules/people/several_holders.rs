use std::collections::HashSet;

use super::roster::{listed, spelled};
use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::{Holder, Role, Unit};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "several-holders",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "more than one holder of a role that wants one, and no word of a job share",
    why: "A Product Owner is one person, not a committee, and so is a Product Manager. Where two decide, the team gets two \
          answers to one question, and each of the two believes that the other one has it in hand.",
    remedy: "Keep the one who decides; others can help without holding the seat. If two people share one job, say so with \
             `job_share: true`. If one hands over to the other, give the first an `until:` or the second a `since:`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: [ben, carla]\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holders: [ben, carla]\n    job_share: true\n",
    misses: "A committee that decides behind one named holder. One person under two names: without a people document nobody can \
             tell.",
    options: &[],
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units(&RULE) {
        for role in &unit.roles {
            findings.extend(several(context, unit, role));
        }
    }
}

fn several(context: &FileContext<'_>, unit: &Unit, role: &Role) -> Option<Finding> {
    let def = context.catalog().role(role.key.role?);
    if !def.single || role.job_share || role.vacant.is_some() {
        return None;
    }
    let mut seen = HashSet::new();
    let now: Vec<&Holder> = role
        .people()
        .filter(|holder| sits_now(context, holder))
        .filter(|holder| seen.insert(spelled(&holder.person.text)))
        .collect();
    // A handover: the seat goes from those who have an end to the one who stays.
    let staying = now.iter().filter(|holder| holder.until.is_none()).count();
    if now.len() < 2 || staying == 1 {
        return None;
    }
    let names: Vec<&str> = now.iter().map(|holder| &*holder.person.text).collect();
    let title = &def.title;
    let span = role.holders_span.unwrap_or(role.span);
    Some(
        RULE.finding(
            context.file,
            span,
            format!("{} hold the seat of the {title} together", listed(&names)),
        )
        .label("one seat, one person")
        .why("Where several people decide, the team gets several answers to one question, and each believes that another has it in hand.")
        .help(format!(
            "Keep the one who decides, such as {}; the others can help without holding the seat. If they share one job, write `job_share: true` beside `holders:`.",
            names.first().copied().unwrap_or_default()
        ))
        .about(unit.label(), role.key.name.text.clone()),
    )
}

fn sits_now(context: &FileContext<'_>, holder: &Holder) -> bool {
    let started = holder.since.is_none_or(|since| since.date <= context.today);
    let ended = holder.until.is_some_and(|until| until.date < context.today);
    started && !ended
}
