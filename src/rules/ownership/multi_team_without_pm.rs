use super::{SeatOf, name_of};
use crate::catalog::Model;
use crate::rules::mend::Mend;
use crate::rules::new_seat::add_seat;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::workspace::{Group as Product, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "multi-team-without-pm",
    group: Group::Ownership,
    severity: Some(Severity::Error),
    summary: "a product with two or more teams and no product-level Product Manager",
    why: "With one team, the Product Manager may well sit in it. With several, somebody has to decide between the teams: one \
          vision, one roadmap, one order of the large pieces. A Product Manager inside each team gives a product with as many \
          roadmaps as teams.",
    remedy: "Add the Product Manager to the product's own document. If the teams really work on separate products, give each of \
             them its own product. If your organisation works without Product Managers, say so with `model:`.",
    bad: "product: storefront\nteams: [checkout, search]\n---\nteam: checkout\nroles:\n  product-owner: ben\n---\nteam: search\nroles:\n  \
          product-owner: eve\n",
    good: "product: storefront\nteams: [checkout, search]\nroles:\n  product-manager: ana\n---\nteam: checkout\nroles:\n  \
           product-owner: ben\n---\nteam: search\nroles:\n  product-owner: eve\n",
    misses: "A product without a document of its own: `unresolved-reference` asks for one. A product with one team is the business \
             of `missing-role`.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    add(context).unwrap_or_default()
}

/// Adds the seat to the product's own document.
fn add(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let mend = Mend::own(context)?;
    let unit = mend.unit(context.finding.span)?;
    add_seat(context, &mend, unit, context.catalog().product_manager()?)
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        if speaks(context, group) {
            findings.extend(of_group(context, group));
        }
    }
}

/// Whether this rule says of a product that it has no Product Manager.
pub(in crate::rules) fn speaks(context: &OrganisationContext<'_>, group: &Product) -> bool {
    let (Some(product), Some(manager)) = (group.product, context.catalog.product_manager()) else {
        return false;
    };
    let unit = context.index.unit(product);
    let def = context.catalog.role(manager);
    let mut words = vec![def.id.as_str(), def.title.as_str()];
    words.extend(def.aliases.iter().map(String::as_str));
    group.model.needs_product_manager()
        && group.teams.len() > 1
        && !unit.seats.iter().any(|seat| seat.is(manager))
        && !unit.may_hide(&words)
}

fn of_group(context: &OrganisationContext<'_>, group: &Product) -> Option<Finding> {
    let manager = context.catalog.product_manager()?;
    let unit = context.index.unit(group.product?);
    let def = context.catalog.role(manager);
    let (id, title) = (&def.id, &def.title);
    let inside: Vec<SeatOf<'_>> = group.seats_of(context.index, manager).collect();
    let (label, teams) = (unit.label(), group.teams.len());
    let seats = match (inside.len(), group.model) {
        (0, Model::PmLed) => format!(
            "Nobody decides between the teams, and under `model: pm-led` the {title} is the one who should."
        ),
        (0, _) => {
            "Nobody decides between the teams: there is no one vision, no one roadmap.".to_owned()
        }
        (1, _) => {
            "The one inside a team speaks for that team; nobody decides for the whole product."
                .to_owned()
        }
        (seats, _) => format!(
            "The {seats} inside the teams each speak for their own team; nobody decides for the whole product."
        ),
    };
    let mut finding = RULE
        .finding(unit.file, unit.roles_at, format!("{label} has {teams} teams and no {title} of its own"))
        .label(format!("no `{id}` here"))
        .why(seats)
        .help(format!(
            "Add `{id}:` with its holder under `roles:` of this product; if nobody has it yet, write `{id}: {{vacant: true}}`. If you work without this role, say so with `model:`."
        ))
        .about(label, id.as_str());
    for seat in inside {
        finding = finding.related(
            seat.0.file,
            seat.1.key,
            format!("{} counts for this team only", name_of(context, seat)),
        );
    }
    Some(finding)
}
