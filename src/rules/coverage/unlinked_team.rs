use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::workspace::{Group as Product, Severity, UnitRef};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unlinked-team",
    group: Group::Coverage,
    severity: Some(Severity::Hint),
    summary: "a team that no product lists, or a product without a team, where others are linked",
    why: "A team inherits the Product Manager of its product. Without the link it counts as a product of its own, so it seems \
          to lack a Product Manager, and the product seems smaller than it is. Where all other teams are linked, the \
          one that is not was most likely forgotten.",
    remedy: "Write `product:` with the product's id into the team's file, or add the team to `teams:` of the product. A team \
             that is a product of its own on purpose can say so with an ignore comment and the reason.",
    bad: "product: storefront\nroles:\n  product-manager: ana\n---\nteam: checkout\nproduct: storefront\nroles:\n  \
          product-owner: ben\n---\nteam: search\nroles:\n  product-manager: ana\n  product-owner: eve\n",
    good: "product: storefront\nroles:\n  product-manager: ana\n---\nteam: checkout\nproduct: storefront\nroles:\n  \
           product-owner: ben\n---\nteam: search\nproduct: storefront\nroles:\n  product-owner: eve\n",
    misses: "A team that is linked to the wrong product. Where no team is linked, nothing is said: then teams and products are \
             kept apart on purpose.",
    options: &[],
    check: Check::Organisation(check),
    fix: None,
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let count = context.index.linked_teams();
    if count == 0 {
        return;
    }
    for group in context.groups(&RULE) {
        match (group.product, group.teams.as_slice()) {
            (None, [team]) if !group.undefined => {
                team_alone(context, group, *team, count, findings)
            }
            (Some(product), []) => product_alone(context, product, findings),
            _ => {}
        }
    }
}

fn team_alone(
    context: &OrganisationContext<'_>,
    group: &Product,
    team: UnitRef,
    linked: usize,
    findings: &mut Vec<Finding>,
) {
    let unit = context.index.unit(team);
    // A second team of the same id is the business of `duplicate-id`: the product that lists it means one of them.
    if unit.id.text.is_empty() || unit.may_hide(&["product"]) {
        return;
    }
    let others = match linked {
        1 => "1 other team of this organisation does".to_owned(),
        _ => format!("{linked} other teams of this organisation do"),
    };
    let manager = context.catalog.product_manager();
    let consequence = match manager {
        Some(manager) if group.seats_of(context.index, manager).next().is_none() => format!(
            " Without a product it counts as a product of its own, and inherits no {}.",
            context.title(manager)
        ),
        _ => " Without a product it counts as a product of its own.".to_owned(),
    };
    let label = unit.label();
    findings.push(
        RULE.finding(unit.file, unit.id.span, format!("{label} belongs to no product"))
            .label("no product names it, and it names none")
            .why(format!("{others}.{consequence}"))
            .help("Add `product:` with the product's id to this team, or add the team to `teams:` of its product. If it stands alone on purpose, ignore this finding with the reason.")
            .about(label, "product"),
    );
}

fn product_alone(context: &OrganisationContext<'_>, product: UnitRef, findings: &mut Vec<Finding>) {
    let unit = context.index.unit(product);
    // Teams that are listed and not there are reported as such; a product with its own Product Owner is its own
    // team.
    let own_team = context
        .catalog
        .product_owner()
        .is_some_and(|owner| unit.seats.iter().any(|seat| seat.is(owner)));
    if unit.id.text.is_empty() || own_team || !unit.teams.is_empty() || unit.may_hide(&["teams"]) {
        return;
    }
    let label = unit.label();
    findings.push(
        RULE.finding(unit.file, unit.id.span, format!("{label} has no team"))
            .label("no team belongs to it")
            .why("Other products of this organisation have teams. A product without one is planned for and built by nobody, or the link was forgotten.")
            .help(format!(
                "Add `product: {}` to the files of its teams, or list them here: `teams: [...]`.",
                unit.id.text
            ))
            .about(label, "teams"),
    );
}
