use super::rows::{Row, same, title};
use super::{duty_of, may_stand, wanted};
use crate::catalog::{Catalog, Model, RoleIx};
use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Role, RoleName, SharedRow, Spec, Unit, UnitKind};
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
    check: Check::Unit(check),
    fix: Some(fix),
};

/// How many roles are offered where nobody is accountable.
const MAX_ROLES: usize = 3;

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let Some(row) = Row::at(&mend, context.finding.span) else {
        return Vec::new();
    };
    let Some(model) = row.model() else {
        return Vec::new();
    };
    let seats = Seats::of(context.catalog(), &mend.source.spec, row.unit, model);
    let several = seats.each_once(&row.row.accountable);
    let edits: Vec<Option<Fix>> = match several.as_slice() {
        [] => pick(context, &mend, &row, model),
        several => several
            .iter()
            .map(|kept| keep(context, &mend, &row, &seats, kept))
            .collect(),
    };
    edits.into_iter().flatten().collect()
}

/// Leaves the last word to one role; the others do the work.
fn keep(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    row: &Row<'_>,
    seats: &Seats,
    kept: &RoleName,
) -> Option<Fix> {
    let catalog = context.catalog();
    let others = seats.each_once(&row.row.accountable);
    let others = others
        .into_iter()
        .filter(|other| !seats.are_one(other, kept));
    let others: Vec<&RoleName> = others.collect();
    let works = |other: &RoleName| {
        let mut responsible = row.row.responsible.iter();
        responsible.any(|name| seats.are_one(name, other))
    };
    let new = others.iter().filter(|other| !works(other));
    let new: Vec<&str> = new.map(|other| &*other.name.text).collect();
    let mut edits = row.account(&kept.name.text)?;
    edits.extend(row.add("responsible", &new)?);
    let whom = match others.as_slice() {
        [other] => format!("the {}", title(catalog, other)),
        _ => "the others".to_owned(),
    };
    let kept = title(catalog, kept);
    let title = format!("Keep the {kept} accountable and make {whom} responsible");
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// Makes a role accountable where none is: the one that the catalog names, or one that does the work.
fn pick(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    row: &Row<'_>,
    model: Model,
) -> Vec<Option<Fix>> {
    let catalog = context.catalog();
    let duty = row
        .row
        .duty
        .as_ref()
        .and_then(|duty| catalog.find_duty(&duty.text));
    let owner = duty.and_then(|duty| wanted(catalog, model, duty));
    let named = owner.map(|role| {
        (
            row.written(role, catalog),
            catalog.role(role).title.as_str(),
        )
    });
    let works = row.row.responsible.iter().filter(|name| {
        let is_owner = owner.is_some() && name.role == owner;
        !is_owner && row.knows(name, context)
    });
    let works = works.map(|name| (name.name.text.to_string(), title(catalog, name)));
    let roles = named.into_iter().chain(works).take(MAX_ROLES);
    roles
        .map(|(written, title)| {
            let edits = row.account(&written)?;
            Some(Fix::asked(format!("Make the {title} accountable")).edit(mend.file, edits))
        })
        .collect()
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for row in &unit.shared {
        findings.extend(of_row(context, unit, row));
    }
}

fn of_row(context: &FileContext<'_>, unit: &Unit, row: &SharedRow) -> Option<Finding> {
    let duty = duty_of(context, row);
    let model = context.model_of(unit);
    let seats = Seats::of(context.catalog(), &context.source.spec, unit, model);
    let several = seats.each_once(&row.accountable);
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
            let title = |role: &&RoleName| title(context.catalog(), role).to_owned();
            let names: Vec<String> = several.iter().map(title).collect();
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

/// Which roles are one seat: where a team, or its product in the same file, combines them.
struct Seats {
    combined: Vec<Vec<RoleIx>>,
}

impl Seats {
    fn of(catalog: &Catalog, spec: &Spec, unit: &Unit, model: Model) -> Self {
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
            .chain(spec.units().filter(is_product))
            .flat_map(|unit| &unit.roles);
        let mut combined: Vec<Vec<RoleIx>> = roles.map(sides).collect();
        if model == Model::Combined {
            let both = catalog
                .product_manager()
                .into_iter()
                .chain(catalog.product_owner());
            combined.push(both.collect());
        }
        Self { combined }
    }

    /// The first name of each seat.
    fn each_once<'n>(&self, names: &'n [RoleName]) -> Vec<&'n RoleName> {
        let mut once: Vec<&RoleName> = Vec::new();
        for name in names {
            if !once.iter().any(|other| self.are_one(other, name)) {
                once.push(name);
            }
        }
        once
    }

    fn are_one(&self, a: &RoleName, b: &RoleName) -> bool {
        let together = |sides: &Vec<RoleIx>| {
            let in_it = |name: &RoleName| name.role.is_some_and(|role| sides.contains(&role));
            in_it(a) && in_it(b)
        };
        same(a, b) || self.combined.iter().any(together)
    }
}
