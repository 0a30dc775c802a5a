use super::{SeatOf, name_of};
use crate::catalog::Model;
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::workspace::{Group as Product, Seat, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "split-backlog",
    group: Group::Ownership,
    severity: Some(Severity::Hint),
    summary: "several Product Owners on one product, and nobody answers for the whole",
    why: "Each Product Owner makes the most of one team's work. Somebody has to make the most of the product, which sometimes means \
          that one team helps another. Without that, each backlog is in good order and the product is not.",
    remedy: "Name who answers for the whole: a Product Owner or a Product Manager in the product's own document. Under `scrum`, \
             `po-led` and `less` it is one Product Owner for all teams.",
    bad: "product: storefront\nmodel: scrum\nteams: [checkout, search]\n---\nteam: checkout\nroles:\n  product-owner: ben\n---\nteam: \
          search\nroles:\n  product-owner: eve\n",
    good: "product: storefront\nmodel: scrum\nteams: [checkout, search]\nroles:\n  product-owner: ana\n---\nteam: checkout\nroles:\n  \
           product-owner: ana\n---\nteam: search\nroles:\n  product-owner: ana\n",
    misses: "Product Owners whose files do not name them (`filled: true`). A product without a document of its own: what stands \
             in it cannot be known.",
    options: &[],
    check: Check::Organisation(check),
    fix: None,
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        findings.extend(of_group(context, group));
    }
}

fn of_group(context: &OrganisationContext<'_>, group: &Product) -> Option<Finding> {
    let (manager, owner) = (
        context.catalog.product_manager(),
        context.catalog.product_owner()?,
    );
    let unit = context.index.unit(group.product?);
    let answers = |seat: &Seat| seat.is(owner) || manager.is_some_and(|manager| seat.is(manager));
    if unit.lost().is_some() || unit.seats.iter().any(answers) {
        return None;
    }
    // Where a Product Manager is the rule, any of them may be the one; `multi-team-without-pm` asks where it stands.
    let managed = manager.is_some_and(|manager| {
        let mut seats = group.seats_of(context.index, manager);
        seats.any(|(_, seat)| !seat.is(owner))
    });
    let one_owner = group.model.has_one_product_owner() || group.model == Model::Combined;
    if managed && !one_owner {
        return None;
    }
    let seats: Vec<SeatOf<'_>> = group
        .seats_of(context.index, owner)
        .filter(|(_, seat)| !seat.holders.is_empty())
        .collect();
    let (first, _) = seats.first()?;
    let one_team = seats.iter().all(|(unit, _)| std::ptr::eq(*unit, *first));
    if one_team || one_for_all(context, &seats) {
        return None;
    }
    let mut people: Vec<String> = Vec::new();
    for holder in seats.iter().flat_map(|(_, seat)| &seat.holders) {
        let key = context.index.person_key(&holder.person.text);
        if !people.contains(&key) {
            people.push(key);
        }
    }
    let combined = context
        .catalog
        .roles()
        .find(|(_, def)| group.model == Model::Combined && def.combines.contains(&owner));
    let (label, title) = (unit.label(), context.title(owner));
    let id = &context
        .catalog
        .role(combined.map_or(owner, |(role, _)| role))
        .id;
    let model = if one_owner {
        format!(" `model: {}` has one for all teams.", group.model.name())
    } else {
        String::new()
    };
    let help = match manager {
        Some(manager) if !one_owner => format!(
            "Add `{}:` with its holder under `roles:` of this product.",
            context.catalog.role(manager).id
        ),
        _ => format!(
            "Add `{id}:` with the one holder under `roles:` of this product. If every team has its own on purpose, another `model:` fits better, such as `two-roles`."
        ),
    };
    let mut finding = RULE
        .finding(
            unit.file,
            unit.roles_at,
            format!(
                "{label} has {} {title}s, and nobody answers for the whole",
                people.len()
            ),
        )
        .label("nobody here for all teams")
        .why(format!(
            "Each of them puts one team's work in order; nobody decides between the teams.{model}"
        ))
        .help(help)
        .about(label, id.as_str());
    for (seat_unit, seat) in &seats {
        finding = finding.related(
            seat_unit.file,
            seat.key,
            format!("{} is here", name_of(context, (*seat_unit, seat))),
        );
    }
    Some(finding)
}

/// Whether somebody sits in all of the seats.
fn one_for_all(context: &OrganisationContext<'_>, seats: &[SeatOf<'_>]) -> bool {
    let keys = |seat: &SeatOf<'_>| -> Vec<String> {
        let holders = seat.1.holders.iter();
        holders
            .map(|holder| context.index.person_key(&holder.person.text))
            .collect()
    };
    let Some((first, others)) = seats.split_first() else {
        return true;
    };
    keys(first)
        .iter()
        .any(|key| others.iter().all(|seat| keys(seat).contains(key)))
}
