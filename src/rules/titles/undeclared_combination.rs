use std::collections::BTreeMap;

use super::combine;
use crate::catalog::RoleIx;
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::spec::Status;
use crate::syntax::Name;
use crate::workspace::{Group as Product, SeatState, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "undeclared-combination",
    group: Group::Titles,
    severity: Some(Severity::Hint),
    summary: "one person holds the seats of Product Manager and Product Owner of a product, and nothing says that it is meant",
    why: "One person may do both jobs, and many do. But the file looks the same when somebody left and the other one filled in for \
          want of anybody else. Said aloud, the two seats count as one: no duty is on the wrong side, and both sides are \
          checked.",
    remedy: "Make one seat of the two with `combines: [product-manager, product-owner]`, or set `model: combined`. If it is only for \
             a time, say so with `status: interim` and `until:`. If it is not meant, name somebody else for one of the seats.",
    bad: "team: checkout\nroles:\n  product-manager: {holder: ana, works_with: [product-owner]}\n  product-owner: {holder: ana, works_with: [product-manager]}\n",
    good: "team: checkout\nroles:\n  popm:\n    combines: [product-manager, product-owner]\n    holder: ana\n",
    misses: "One person under two names that no people document joins. Somebody who does both jobs and is written down for one.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(combine::fix),
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let (Some(manager), Some(owner)) = (
        context.catalog.product_manager(),
        context.catalog.product_owner(),
    ) else {
        return;
    };
    for group in context.groups(&RULE) {
        if group.model.has_both_roles() {
            of_group(context, group, manager, owner, findings);
        }
    }
}

/// A seat of somebody, and where they are named.
type Held<'a> = (&'a UnitFacts, &'a Name);

fn of_group(
    context: &OrganisationContext<'_>,
    group: &Product,
    manager: RoleIx,
    owner: RoleIx,
    findings: &mut Vec<Finding>,
) {
    let index = context.index;
    // By person: seats of the Product Manager, of the Product Owner, and of both in one.
    let mut people: BTreeMap<String, [Vec<Held<'_>>; 3]> = BTreeMap::new();
    for (unit, seat) in group.seats(index) {
        let kind = match (seat.is(manager), seat.is(owner)) {
            (true, true) => 2,
            (_, true) => 1,
            (true, _) => 0,
            _ => continue,
        };
        let is_meant = !index.model_of(unit).has_both_roles();
        if seat.state != SeatState::Held {
            continue;
        }
        for holder in &seat.holders {
            let person = people
                .entry(index.person_key(&holder.person.text))
                .or_default();
            // A seat for both, a model that has but one seat and an end in sight all say that it is meant.
            let declared = is_meant || holder.status != Status::Permanent;
            person[if declared { 2 } else { kind }].push((unit, &holder.person));
        }
    }
    for [managers, owners, meant] in people.values() {
        if let ([first, ..], [(unit, person), ..], []) =
            (managers.as_slice(), owners.as_slice(), meant.as_slice())
        {
            let finding = finding(context, group, unit, person);
            findings.push(finding.related(
                first.0.file,
                first.1.span,
                format!("the seat of {}", context.title(manager)),
            ));
        }
    }
}

fn finding(
    context: &OrganisationContext<'_>,
    group: &Product,
    unit: &UnitFacts,
    named: &Name,
) -> Finding {
    let index = context.index;
    let person = &named.text;
    let head = group.head(index).unwrap_or(unit);
    let help = if group.teams.len() > 1 {
        format!(
            "If it is meant, write `combines: [product-manager, product-owner]` in one of the two seats. If not, name somebody else than {person} for one of them."
        )
    } else {
        format!(
            "If it is meant, make one seat of the two: `popm: {{combines: [product-manager, product-owner], holder: {person}}}`. If not, name somebody else for one of them."
        )
    };
    RULE.finding(
        unit.file,
        named.span,
        format!(
            "{person} is both Product Manager and Product Owner of {}",
            head.label()
        ),
    )
    .label("the seat of Product Owner")
    .why("That works when it is meant. The file does not say so, and it looks the same when one of the two seats has lost its holder.")
    .help(help)
    .about(head.label(), index.person_key(person))
}
