use super::{duty_of, may_stand};
use crate::catalog::{Model, RoleIx, simple_name};
use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::{Role, RoleName, SharedRow, Unit, UnitKind};
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "one-accountable",
    group: Group::Accountability,
    severity: Some(Severity::Error),
    summary: "a `shared` row with nobody accountable, or with more than one role accountable",
    why: "A row of `shared` is there to end an argument: many may do the work, and one has the last word. With nobody accountable \
          the argument goes on; with two, each can say no and neither has to say yes.",
    remedy: "Name one role under `accountable:`. The others who do the work go under `responsible:`, those who are asked under \
             `consulted:`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\nshared:\n  - duty: release-decision\n    accountable: [product-manager, product-owner]\n    responsible: [product-owner]\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\nshared:\n  - duty: release-decision\n    accountable: product-manager\n    responsible: [product-owner]\n",
    misses: "Two rows about one duty under different names. A role that is accountable on paper and is never asked.",
    options: &[],
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units(&RULE) {
        for row in &unit.shared {
            findings.extend(of_row(context, unit, row));
        }
    }
}

fn of_row(context: &FileContext<'_>, unit: &Unit, row: &SharedRow) -> Option<Finding> {
    let duty = duty_of(context, row);
    let seats = Seats::of(context, unit);
    let mut several: Vec<&RoleName> = Vec::new();
    for name in &row.accountable {
        if !several.iter().any(|other| seats.are_one(other, name)) {
            several.push(name);
        }
    }
    let finding = match several.as_slice() {
        [_] => return None,
        [] if may_stand(context, row, "accountable") => return None,
        [] => {
            let at = row.duty.as_ref().map_or(row.span, |duty| duty.span);
            RULE.finding(
                context.file,
                row.accountable_span
                    .filter(|span| !span.is_empty())
                    .unwrap_or(at),
                format!("nobody is accountable for {duty}"),
            )
            .label("who has the last word?")
            .why("Several hands do the work and none of them answers for it.")
            .help("Add `accountable:` with the one role that has the last word.")
        }
        [first, ..] => {
            let names: Vec<&str> = several.iter().map(|role| title(context, role)).collect();
            RULE.finding(
                context.file,
                row.accountable_span.unwrap_or(row.span),
                format!(
                    "{} roles are accountable for {duty}: {}",
                    names.len(),
                    names.join(", ")
                ),
            )
            .label("one of them, not all")
            .why("Where two have the last word, each can say no and neither has to say yes.")
            .help(format!(
                "Keep one under `accountable:`, such as `{}`, and move the others to `responsible:` or `consulted:`.",
                first.name.text
            ))
        }
    };
    let subject = row.duty.as_ref().map_or("row", |duty| &duty.text);
    Some(finding.about(unit.label(), subject))
}

fn title<'a>(context: &'a FileContext<'_>, role: &'a RoleName) -> &'a str {
    match role.role {
        Some(known) => &context.catalog().role(known).title,
        None => &role.name.text,
    }
}

/// Which roles are one seat: where a team, or its product in the same file, combines them.
struct Seats {
    combined: Vec<Vec<RoleIx>>,
}

impl Seats {
    fn of(context: &FileContext<'_>, unit: &Unit) -> Self {
        let catalog = context.catalog();
        let named = unit.product.as_ref().map(|product| &product.text);
        let is_product =
            |other: &&Unit| other.kind == UnitKind::Product && named == Some(&other.id.text);
        let sides = |role: &Role| -> Vec<RoleIx> {
            let mut sides: Vec<RoleIx> =
                role.combines.iter().filter_map(|side| side.role).collect();
            if let Some(own) = role.key.role {
                if sides.is_empty() {
                    sides.extend(&catalog.role(own).combines);
                }
                sides.push(own);
            }
            sides
        };
        let roles = std::iter::once(unit)
            .chain(context.source.spec.units().filter(is_product))
            .flat_map(|unit| &unit.roles);
        let mut combined: Vec<Vec<RoleIx>> = roles.map(sides).collect();
        if context.model_of(unit) == Model::Combined {
            let both = catalog
                .product_manager()
                .into_iter()
                .chain(catalog.product_owner());
            combined.push(both.collect());
        }
        Self { combined }
    }

    fn are_one(&self, a: &RoleName, b: &RoleName) -> bool {
        match (a.role, b.role) {
            (Some(a), Some(b)) => {
                a == b
                    || self
                        .combined
                        .iter()
                        .any(|sides| sides.contains(&a) && sides.contains(&b))
            }
            (None, None) => simple_name(&a.name.text) == simple_name(&b.name.text),
            _ => false,
        }
    }
}
