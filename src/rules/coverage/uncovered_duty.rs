use std::collections::HashSet;

use super::gaps::{Gap, of_group};
use super::hollow_role;
use super::lopsided_combined_role::lacks_side;
use crate::catalog::DutyIx;
use crate::rules::adding::{add_ids, name_of_seat};
use crate::rules::horizon::no_long_term_owner;
use crate::rules::mend::Mend;
use crate::rules::ownership::called;
use crate::rules::pinning::{pin, quoted};
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::text::Span;
use crate::workspace::{FileId, Group as Product, Hands, NearFact, Seat, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "uncovered-duty",
    group: Group::Coverage,
    severity: Some(Severity::Warning),
    summary: "a catalog duty that nobody answers for",
    why: "Every role can be filled and work can still fall between the chairs: everybody believes that somebody else talks to \
          the customers. A list of duties shows such a gap on the day it is written, long before it hurts. Only the core \
          duties of the catalog are looked for, and only where the role that should have them lists its duties; a role \
          without a list is assumed to hold them all.",
    remedy: "Add the duty to the role that has it, by its id or in your own words. If a line means it already, put the id \
             before it (`- roadmap: your words`). Where another role has it, list it there. If it does not matter in your \
             organisation, set `core: false` for it in your catalog.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - backlog-refinement\n      \
          - feedback-analysis\n      - value-maximization\n      - delivery-process\n      - pm-collaboration\n",
    good: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n  product-owner:\n    \
           holder: ben\n    duties:\n      - backlog-refinement\n      - feedback-analysis\n      - value-maximization\n      \
           - delivery-process\n      - pm-collaboration\n      - team-liaison\n",
    misses: "A duty that somebody lists and nobody does. Where lines of the role were not recognised, one of them may be the \
             duty, so the finding is a hint then, and names the line that comes nearest. A seat with hardly any duty of its role is \
             said once, by `hollow-role`; what nobody looks at for years or for weeks, by `no-long-term-owner`.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    fixes(context).unwrap_or_default()
}

/// Adds the duty to the seat, or says that one of the lines that come near means it. Which of the two is likelier
/// depends on whether that line was recognised as something else.
fn fixes(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let finding = context.finding;
    let mend = Mend::own(context)?;
    let (_, role) = mend.seat(finding.span)?;
    let catalog = context.catalog();
    let def = catalog.duty(catalog.find_duty(&finding.subject)?);
    let id = &def.id;
    let mut pins = Vec::new();
    let mut leads = Vec::new();
    for near in &finding.related {
        let pinned = || {
            let there = Mend::of(context, near.file)?;
            let (_, _, line) = there.duty(near.span)?;
            let title = format!("Pin {} as `{id}`", quoted(line));
            let fix = Fix::asked(title).edit(near.file, pin(&there, line, id)?);
            Some((line.reading.is_some(), fix))
        };
        match pinned() {
            Some((true, fix)) => leads.push(fix),
            Some((false, fix)) => pins.push(fix),
            None => {}
        }
    }
    let add = || {
        let title = format!("Add `{id}` to {}", name_of_seat(catalog, role));
        Some(Fix::asked(title).edit(mend.file, add_ids(context, &mend, role, [def])?))
    };
    pins.extend(add());
    pins.extend(leads);
    Some(pins)
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let gaps = of_group(context, group);
        if gaps.is_empty() {
            continue;
        }
        let whole = Hands::of_group(group, context.index, context.catalog);
        // How far ahead nobody looks at all, as another rule says.
        let unseen = no_long_term_owner::unseen(context, group);
        // What was said already: one seat can serve several teams.
        let mut said: HashSet<(FileId, Span, DutyIx)> = HashSet::new();
        for gap in gaps {
            let is_unseen = gap
                .def
                .horizon
                .is_some_and(|horizon| unseen.contains(&horizon));
            let (unit, seat) = gap.at;
            if !is_unseen
                && !is_told_better(context, group, &whole, &gap)
                && said.insert((unit.file, seat.key, gap.duty))
            {
                findings.push(finding(context, &gap));
            }
        }
    }
}

/// Whether another rule says of a whole seat what this one would say of each duty.
fn is_told_better(
    context: &OrganisationContext<'_>,
    group: &Product,
    whole: &Hands<'_>,
    gap: &Gap<'_>,
) -> bool {
    let is_told = |&(unit, seat): &(&UnitFacts, &Seat)| {
        seat.hollow()
            || lacks_side(unit, seat, gap.def.role, context.catalog)
            || hollow_role::speaks(context, group, whole, (unit, seat))
    };
    gap.owners.iter().any(is_told)
}

fn finding(context: &OrganisationContext<'_>, gap: &Gap<'_>) -> Finding {
    let (unit, seat) = gap.at;
    let (id, title) = (&gap.def.id, &gap.def.title);
    let role = context.title(gap.def.role);
    let name = called(context, seat);
    let label = unit.label();
    let core = format!("{title} is a core duty of the {role}.");
    let (parts, near): (Vec<_>, Vec<_>) = gap.near().partition(|(_, near)| near.has_part);
    let mut finding = if gap.unread == 0 {
        let list = match parts.is_empty() {
            true => "The list here leaves it out, so it is left to chance.",
            false => {
                "The list here has a part in it and leaves the lead to somebody else, and nobody else has it."
            }
        };
        let lead = match parts.is_empty() {
            true => String::new(),
            false => format!(
                " If {name} leads it, let the line say so: `- {id}: {}`.",
                Finding::YOUR_WORDS
            ),
        };
        let finding = RULE
            .finding(
                unit.file,
                seat.key,
                format!("nobody in {label} answers for `{id}`"),
            )
            .label(format!("`{id}` is not on the list"))
            .why(format!("{core} {list}"))
            .help(format!(
                "Add `- {id}` to the duties of {name}, or to those of whoever has it.{lead} If you do without it, set `core: false` for it in your catalog."
            ));
        parts.iter().fold(finding, |finding, at| {
            relate(finding, at, "only has a part in it")
        })
    } else {
        let unclear = RULE
            .finding(
                unit.file,
                seat.key,
                format!("it is not clear who in {label} answers for `{id}`"),
            )
            .label(format!("perhaps without `{id}`"))
            .severity(Severity::Hint);
        match near.as_slice() {
            [] => {
                let (lines, line) = match gap.unread {
                    1 => ("1 line was".to_owned(), "it"),
                    _ => (format!("{} lines were", gap.unread), "one of them"),
                };
                unclear
                    .why(format!("{core} {lines} not recognised here, and {line} may be it."))
                    .help(format!(
                        "If a line means it, put the id before it: `- {id}: your words`. If none does, add `- {id}`."
                    ))
            }
            [first, others @ ..] => {
                let (lines, means) = match others.len() {
                    0 => (
                        "One line comes near to it, too little to be sure.",
                        "If that line means it",
                    ),
                    _ => (
                        "Some lines come near to it, too little to be sure.",
                        "If one of those lines means it",
                    ),
                };
                let finding = unclear.why(format!("{core} {lines}")).help(format!(
                    "{means}, put the id before it: `- {id}: {}`. If not, add `- {id}`.",
                    Finding::YOUR_WORDS
                ));
                let finding = relate(finding, first, "may be it");
                others
                    .iter()
                    .fold(finding, |finding, at| relate(finding, at, "or this one"))
            }
        }
    };
    if !finding.related.is_empty() {
        finding = finding.quotes();
    }
    finding.about(label, id.as_str())
}

fn relate(finding: Finding, (unit, near): &(&UnitFacts, &NearFact), what: &str) -> Finding {
    finding.related(unit.file, near.span, what)
}
