use super::roster::{days, days_between};
use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::{Holder, Role, Status, Unit};
use crate::syntax::ProblemKind;
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
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units(&RULE) {
        for role in &unit.roles {
            for holder in role.people() {
                findings.extend(overdue(context, unit, role, holder));
            }
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
