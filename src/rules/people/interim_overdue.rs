use jiff::ToSpan;

use super::holders::{self, Place};
use super::roster::{called, days, days_between, is_gone};
use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Holder, Role, Status, Unit};
use crate::syntax::{Kind, ProblemKind, Value};
use crate::text::TextEdit;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "interim-overdue",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "an interim or acting holder whose `until` is past, or who has none",
    why: "An interim without an end is a permanent arrangement that nobody has decided. The holder does two jobs, or holds back \
          from long-term decisions because the seat is not really theirs, and the search for somebody falls asleep.",
    remedy: "Decide. Agree on a new `until:`, make it permanent (remove `status:` and `until:`), or mark the seat `vacant:` \
             with the interim holder as `cover:`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: {person: ben, status: interim, until: 2026-03-31}\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "A status that stands inside the name: `status-in-name` asks for it to be moved first. An `until:` without `status: \
             interim` or `status: acting`.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

/// For how long an interim goes on when it goes on.
const MONTHS: i64 = 3;

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let at = context.finding.span;
    let seats = mend.source.spec.units().flat_map(|unit| &unit.roles);
    let people = seats.flat_map(Role::people);
    let mut found = people.filter(|holder| {
        holder.status_span == Some(at) || holder.until.is_some_and(|until| until.span == at)
    });
    let Some(person) = found.next().filter(|_| found.next().is_none()) else {
        return Vec::new();
    };
    let Some(place) = holders::find(&mend, person.person.span) else {
        return Vec::new();
    };
    let name = &*place.holder.person.text;
    let gone = is_gone(context.index, name, context.today);
    let stays = || {
        [
            extend(context, &mend, place.holder),
            make_permanent(&mend, place.holder),
        ]
    };
    let ends = end(context, &mend, &place, gone);
    let stays = (!gone).then(stays).into_iter().flatten();
    stays.chain([ends]).flatten().collect()
}

/// Gives three more months, from today.
fn extend(context: &FixContext<'_>, mend: &Mend<'_>, holder: &Holder) -> Option<Fix> {
    let until = context.today.checked_add(MONTHS.months()).ok()?.to_string();
    let status = mend.source.tree.entry_of(holder.status_span?, "status")?;
    let editor = mend.editor();
    let (title, edits) = match holder.until {
        Some(old) => {
            let old = mend.source.tree.entry_of(old.span, "until")?;
            let edit = editor.replace(old.value, &until)?;
            (format!("Extend it until {until}"), vec![edit])
        }
        None => {
            let keys = [("until", Value::text(until.as_str()))];
            let edits = editor.add(status.mapping, Some("status"), &keys)?;
            (format!("Let it end on {until}"), edits)
        }
    };
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// Takes out what says that it is for a while; a name that is left alone loses its braces.
fn make_permanent(mend: &Mend<'_>, holder: &Holder) -> Option<Fix> {
    let tree = &mend.source.tree;
    let mapping = tree.entry_of(holder.status_span?, "status")?.mapping;
    let is_for_a_while = |key: Option<&str>| matches!(key, Some("status" | "until"));
    let mut kept = mapping
        .entries()
        .filter(|(key, _)| !is_for_a_while(key.text()));
    let (key, name) = kept.next()?;
    let is_flow = mapping.kind() == Kind::Mapping { flow: true };
    let mut comments = tree.comments().iter().map(|comment| comment.span.start);
    let plain = is_flow
        && key.text() == Some("person")
        && kept.next().is_none()
        && matches!(name.kind(), Kind::Scalar(_))
        && [mapping, name].iter().all(|node| node.anchor().is_none())
        && !comments.any(|at| mapping.span().contains(at));
    let edits = if plain {
        let name = name.span().slice(tree.text());
        vec![TextEdit::replace(mapping.span(), name)]
    } else {
        mend.editor()
            .remove_entries(mapping, &["status", "until"])?
    };
    Some(Fix::asked("Make it permanent").edit(mend.file, edits))
}

/// Marks the seat as vacant since the day on which it ended. Whoever still does the work covers for it.
fn end(context: &FixContext<'_>, mend: &Mend<'_>, place: &Place<'_>, gone: bool) -> Option<Fix> {
    let ended = place.holder.until?.date;
    let name = &*place.holder.person.text;
    let others = place.role.people().count() > 1;
    let (title, edits) = if others || place.role.vacant.is_some() {
        let who = called(context.index, name);
        let edits = holders::take_out(mend, place.role, &[place.holder])?;
        (format!("Take {who} out"), edits)
    } else {
        let mut vacancy = vec![("since", ended.to_string())];
        let mut title = format!("Mark the seat vacant since {ended}");
        if !gone {
            vacancy.push(("cover", name.to_owned()));
            title.push_str(&format!(", covered by {}", called(context.index, name)));
        }
        (title, mend.vacate_with(place.role, &vacancy)?)
    };
    Some(Fix::asked(title).edit(mend.file, edits))
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        for holder in role.people() {
            findings.extend(overdue(context, unit, role, holder));
        }
    }
}

fn overdue(
    context: &FileContext<'_>,
    unit: &Unit,
    role: &Role,
    holder: &Holder,
) -> Option<Finding> {
    let status_span = holder.status_span?;
    if holder.status == Status::Permanent {
        return None;
    }
    let name = &holder.person.text;
    let status = holder.status.name();
    let title = context.role_title(role);
    let finding = match holder.until {
        Some(until) => {
            let over = days_between(until.date, context.today);
            if over <= 0 {
                return None;
            }
            RULE.finding(
                context.file,
                until.span,
                format!(
                    "{name} was to be {status} {title} until {}, {} ago",
                    until.date,
                    days(over)
                ),
            )
            .label("in the past")
            .why("Nobody has decided how it goes on, and the one who was to help out for a while still carries the seat.")
            .help("Agree on a new `until:`, make it permanent (remove `status:` and `until:`), or mark the seat `vacant:`.")
        }
        None if has_bad_date(context, holder) => return None,
        None => RULE
            .finding(
                context.file,
                status_span,
                format!("{name} is {status} {title} without an end date"),
            )
            .label("until when?")
            .why("Without an end nobody is reminded to decide, and the stopgap becomes permanent without anybody saying so.")
            .help("Add `until:` with the day it ends. If it has become permanent, remove `status:`."),
    };
    Some(finding.about(unit.label(), format!("{} {name}", role.key.name.text)))
}

/// Whether a date stands there that cannot be read; `wrong-shape` says so.
fn has_bad_date(context: &FileContext<'_>, holder: &Holder) -> bool {
    context.source.spec.problems.iter().any(|problem| {
        problem.kind == ProblemKind::WrongDate
            && &*problem.key == "until"
            && holder.span.contains(problem.span.start)
    })
}
