use super::rows::{Row, same, title};
use super::{duty_of, may_stand};
use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::Unit;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "no-responsible",
    group: Group::Accountability,
    severity: Some(Severity::Warning),
    summary: "a `shared` row with somebody accountable and nobody responsible",
    why: "Answering for a duty and doing it are two things. A row that names only who answers leaves open who does the work, and \
          that is what the row is for.",
    remedy: "Name who does the work under `responsible:`. If it is the accountable role itself, name it there too; if that role \
             does it alone, the duty needs no row and belongs among that role's duties.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\nshared:\n  - duty: release-decision\n    accountable: product-manager\n    informed: [support]\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\nshared:\n  - duty: release-decision\n    accountable: product-manager\n    responsible: [product-owner]\n    informed: [support]\n",
    misses: "Roles that are named as responsible and do nothing.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

/// How many other seats are offered.
const MAX_SEATS: usize = 3;

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let Some(row) = Row::at(&mend, context.finding.span) else {
        return Vec::new();
    };
    let [accountable] = row.row.accountable.as_slice() else {
        return Vec::new();
    };
    let catalog = context.catalog();
    let does_it = |name: &str, title: String| {
        let edits = row.add("responsible", &[name])?;
        Some(Fix::asked(title).edit(mend.file, edits))
    };
    let own = format!("Let the {} do it too", title(catalog, accountable));
    let seats = row.unit.roles.iter().filter(|seat| seat.vacant.is_none());
    let others = seats
        .map(|seat| &seat.key)
        .filter(|key| !same(key, accountable));
    let others = others.take(MAX_SEATS).map(|key| {
        let title = title(catalog, key);
        does_it(&key.name.text, format!("Let the {title} do it"))
    });
    let own = row
        .knows(accountable, context)
        .then(|| does_it(&accountable.name.text, own));
    own.into_iter().chain(others).flatten().collect()
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for row in &unit.shared {
        // With several accountable, most are meant to be responsible: `one-accountable` speaks first.
        let [accountable] = row.accountable.as_slice() else {
            continue;
        };
        if !row.responsible.is_empty() || may_stand(context, row, "responsible") {
            continue;
        }
        let name = &accountable.name.text;
        let duty = duty_of(context, row);
        let subject = row.duty.as_ref().map_or("row", |duty| &duty.text);
        findings.push(
            RULE.finding(
                context.file,
                row.duty.as_ref().map_or(accountable.name.span, |duty| duty.span),
                format!("nobody is responsible for {duty}"),
            )
            .label("who does it?")
            .why(format!("`{name}` answers for it, and the row does not say who does the work."))
            .help(format!(
                "Add `responsible:` with those who do the work; `responsible: [{name}]` if that is the same role."
            ))
            .about(unit.label(), subject),
        );
    }
}
