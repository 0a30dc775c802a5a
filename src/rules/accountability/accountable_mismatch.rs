use super::rows::{self, Row};
use super::wanted;
use crate::catalog::{DutyIx, Model, RoleIx};
use crate::rules::mend::Mend;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::spec::RoleName;
use crate::workspace::{Index, Seat, Severity, SharedFact, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "accountable-mismatch",
    group: Group::Accountability,
    severity: Some(Severity::Warning),
    summary: "a `shared` row that makes another role accountable for a duty than the catalog names",
    why: "Sharing a duty does not move it: whoever answers for it should still be the role that has the view and the time for it. \
          Where a row says otherwise, either the row is wrong, or your organisation has decided differently and the catalog \
          does not know.",
    remedy: "Make the catalog's role accountable and the other one responsible or consulted. If your organisation splits it \
             differently on purpose, say so in your own catalog, with `role:` and `reason:`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\nshared:\n  - duty: backlog-refinement\n    accountable: product-manager\n    responsible: [product-owner]\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\nshared:\n  - duty: backlog-refinement\n    accountable: product-owner\n    responsible: [product-owner]\n    consulted: [product-manager]\n",
    misses: "Rows about duties that the catalog does not have.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let found = Mend::own(context).map(|mend| [swap(context, &mend), ask(context, &mend)]);
    found.into_iter().flatten().flatten().collect()
}

/// The catalog's role answers, and the one that did does the work.
fn swap(context: &FixContext<'_>, mend: &Mend<'_>) -> Option<Fix> {
    let row = Row::at(mend, context.finding.span)?;
    let catalog = context.catalog();
    let [was] = row.row.accountable.as_slice() else {
        return None;
    };
    let duty = catalog.find_duty(&row.row.duty.as_ref()?.text)?;
    let wanted = wanted(catalog, row.model()?, duty)?;
    let written = row.written(wanted, catalog);
    let works = |role: Option<RoleIx>| {
        let mut responsible = row.row.responsible.iter();
        responsible.find(|name| name.role == role)
    };
    let mut edits = row.account(&written)?;
    edits.extend(match (works(Some(wanted)), works(was.role)) {
        (_, Some(_)) => Vec::new(),
        (Some(other), None) => row.exchange("responsible", other, &was.name.text)?,
        (None, None) => row.add("responsible", &[&was.name.text])?,
    });
    let title = format!(
        "Make the {} accountable and the {} responsible",
        catalog.role(wanted).title,
        rows::title(catalog, was)
    );
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// The catalog's role, which does the work already, answers for it too, and the one that did is asked.
fn ask(context: &FixContext<'_>, mend: &Mend<'_>) -> Option<Fix> {
    let row = Row::at(mend, context.finding.span)?;
    let catalog = context.catalog();
    let [was] = row.row.accountable.as_slice() else {
        return None;
    };
    let duty = catalog.find_duty(&row.row.duty.as_ref()?.text)?;
    let wanted = wanted(catalog, row.model()?, duty)?;
    let is_in = |names: &[RoleName], role| names.iter().any(|name| name.role == Some(role));
    let responsible = &row.row.responsible;
    if !is_in(responsible, wanted) || is_in(responsible, was.role?) {
        return None;
    }
    let mut edits = row.account(&row.written(wanted, catalog))?;
    if !is_in(&row.row.consulted, was.role?) {
        edits.extend(row.add("consulted", &[&was.name.text])?);
    }
    let title = format!(
        "Make the {} accountable and ask the {}",
        catalog.role(wanted).title,
        rows::title(catalog, was)
    );
    Some(Fix::asked(title).edit(mend.file, edits))
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let product = group.product.map(|unit| context.index.unit(unit));
        for unit in group.units(context.index) {
            let model = unit.model.unwrap_or(group.model);
            if model == Model::None {
                continue;
            }
            for row in &unit.shared {
                // Several, or one that nobody knows, are the business of other rules.
                let (Some(duty), [accountable], 1) =
                    (row.duty, &*row.accountable, row.accountable_named)
                else {
                    continue;
                };
                let Some(wanted) = wanted(context.catalog, model, duty) else {
                    continue;
                };
                let of_product = product.into_iter().flat_map(|product| &product.seats);
                let seats: Vec<&Seat> = unit.seats.iter().chain(of_product).collect();
                if !are_one(context, model, &seats, *accountable, wanted) {
                    findings.push(mismatch(context, unit, row, duty, *accountable, wanted));
                }
            }
        }
    }
}

/// Whether the two roles come down to one: one role, one seat, or one person.
fn are_one(
    context: &OrganisationContext<'_>,
    model: Model,
    seats: &[&Seat],
    a: RoleIx,
    b: RoleIx,
) -> bool {
    let (manager, owner) = (
        context.catalog.product_manager(),
        context.catalog.product_owner(),
    );
    let is_product_role = |role: RoleIx| Some(role) == manager || Some(role) == owner;
    a == b
        || context.catalog.role(a).combines.contains(&b)
        || context.catalog.role(b).combines.contains(&a)
        || (model == Model::Combined && is_product_role(a) && is_product_role(b))
        || seats.iter().any(|seat| seat.is(a) && seat.is(b))
        || people(context.index, seats, a)
            .iter()
            .any(|person| people(context.index, seats, b).contains(person))
}

fn people(index: &Index, seats: &[&Seat], role: RoleIx) -> Vec<String> {
    seats
        .iter()
        .filter(|seat| seat.is(role))
        .flat_map(|seat| &seat.holders)
        .map(|holder| index.person_key(&holder.person.text))
        .collect()
}

fn mismatch(
    context: &OrganisationContext<'_>,
    unit: &UnitFacts,
    row: &SharedFact,
    duty: DutyIx,
    accountable: RoleIx,
    wanted: RoleIx,
) -> Finding {
    let def = context.catalog.duty(duty);
    let [is, should] = [accountable, wanted].map(|role| context.catalog.role(role));
    let by_model = def.role != wanted;
    let gives = match by_model {
        true => "without a Product Manager it falls to",
        false => "the catalog gives it to",
    };
    // The catalog explains why its own role has the duty, which says nothing of who takes it over.
    let why = match by_model {
        true => format!(
            "Where nobody is {}, one seat answers for those duties too, so that product decisions stay in one hand.",
            context.catalog.role(def.role).title
        ),
        false => def.explain.clone(),
    };
    RULE.finding(
        unit.file,
        row.accountable_at,
        format!(
            "the {} is accountable for \"{}\", and {gives} the {}",
            is.title, def.title, should.title
        ),
    )
    .label(format!("not `{}`?", should.id))
    .why(why)
    .help(format!(
        "Write `accountable: {}` and name `{}` under `responsible:` or `consulted:`. If you split it this way on purpose, give `{}` to `{}` in your own catalog, with the reason.",
        should.id, is.id, def.id, is.id
    ))
    .about(unit.label(), def.id.as_str())
}
