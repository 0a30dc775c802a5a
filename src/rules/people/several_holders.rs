use std::collections::HashSet;

use jiff::civil::Date;

use super::holders;
use super::roster::{called, listed, spelled};
use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Holder, Role, RoleForm, Unit};
use crate::syntax::{Entry, Value};
use crate::text::TextEdit;
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
    check: Check::Unit(check),
    fix: Some(fix),
};

/// From how many holders on nobody wants to pick one from a menu.
const MAX_CHOICES: usize = 3;

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let Some((_, role)) = mend.seat(context.finding.span) else {
        return Vec::new();
    };
    let now = sitting(role, context.today);
    let keep = |kept: &&Holder| {
        let all = role
            .people()
            .filter(|holder| sits_now(context.today, holder));
        // A name that stands there twice stays once.
        let gone: Vec<&Holder> = all.filter(|holder| holder.span != kept.span).collect();
        let edits = holders::take_out(&mend, role, &gone)?;
        let name = called(context.index, &kept.person.text);
        Some(Fix::asked(format!("Keep {name}")).edit(mend.file, edits))
    };
    let mut fixes: Vec<Fix> = now.iter().take(MAX_CHOICES).filter_map(keep).collect();
    let shared = share_job(&mend, role);
    fixes.extend(
        shared.map(|edits| Fix::asked("Say that they share one job").edit(mend.file, edits)),
    );
    fixes
}

/// Says that the holders of a seat share one job.
fn share_job(mend: &Mend<'_>, role: &Role) -> Option<Vec<TextEdit>> {
    let seat = mend.entry(role)?.value;
    // Where the key stands twice, the last one counts.
    let said = seat
        .entries()
        .filter(|(key, _)| key.text() == Some("job_share"))
        .last();
    let Some((key, value)) = said.filter(|_| role.form == RoleForm::Group) else {
        return match role.form {
            // Beside the holders it is read together with them.
            RoleForm::Group => {
                let places = mend.holder_entries(role)?;
                let after = places.last()?.key.text();
                mend.editor()
                    .add(seat, after, &[("job_share", Value::True)])
            }
            _ => mend.add_keys(role, &[("job_share", Value::True)]),
        };
    };
    let entry = Entry {
        mapping: seat,
        key,
        value,
    };
    mend.editor().rewrite(entry, "true")
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        findings.extend(several(context, unit, role));
    }
}

fn several(context: &FileContext<'_>, unit: &Unit, role: &Role) -> Option<Finding> {
    let def = context.catalog().role(role.key.role?);
    if !def.single || role.job_share || role.vacant.is_some() {
        return None;
    }
    let now = sitting(role, context.today);
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

/// The people who sit in a seat, each once.
fn sitting(role: &Role, today: Date) -> Vec<&Holder> {
    let mut seen = HashSet::new();
    role.people()
        .filter(|holder| sits_now(today, holder))
        .filter(|holder| seen.insert(spelled(&holder.person.text)))
        .collect()
}

fn sits_now(today: Date, holder: &Holder) -> bool {
    let started = holder.since.is_none_or(|since| since.date <= today);
    let ended = holder.until.is_some_and(|until| until.date < today);
    started && !ended
}
