use super::words::{jobs_meant, words};
use crate::catalog::{Catalog, PRODUCT_MANAGER};
use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::{RoleName, Unit};
use crate::syntax::Name;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "ambiguous-title",
    group: Group::Titles,
    severity: Some(Severity::Warning),
    summary: "a bare \"PM\" where product, project and program manager are all possible",
    why: "A product manager decides what is worth building, a project manager delivers by a date, a program manager keeps \
          several efforts in step: three jobs with one abbreviation. Each reader takes the one that they know, and the duties \
          go to the wrong desk. \"TPM\", \"GPM\" and \"APM\" are no better.",
    remedy: "Write the title out: `product-manager`. If your organisation uses the abbreviation for one job only, make it an alias \
             in your catalog (`aliases: [PM]`), and it is understood everywhere.",
    bad: "team: checkout\nroles:\n  PM: ana\n  product-manager: ana\n  product-owner: ben\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "Abbreviations in the text of duties. A `title: PM` under the key `product-manager` is left alone, because the key says \
             which one it is. \"PO\", \"PdM\" and \"SM\" mean one thing.",
    options: &[],
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog();
    for unit in context.units(&RULE) {
        // One name, one question, in however many places of the unit it stands.
        let mut found: Vec<(String, Finding)> = Vec::new();
        for name in names(unit, catalog) {
            let Some(jobs) = jobs_meant(&name.text, catalog) else {
                continue;
            };
            let simple = words(&name.text).join("-");
            match found.iter_mut().find(|(known, _)| *known == simple) {
                Some((_, finding)) => finding.related.push(crate::rules::Related {
                    file: context.file,
                    span: name.span,
                    message: "and here".into(),
                }),
                None => found.push((simple, of_name(context, unit, name, jobs))),
            }
        }
        findings.extend(found.into_iter().map(|(_, finding)| finding));
    }
}

/// The names of a unit that should say which role is meant, keys first.
fn names<'u>(unit: &'u Unit, catalog: &Catalog) -> Vec<&'u Name> {
    let manager = catalog.find_role(PRODUCT_MANAGER);
    let keys = unit.roles.iter().map(|role| &role.key.name);
    let titles = unit
        .roles
        .iter()
        .filter(|role| manager.is_none() || role.key.role != manager)
        .filter_map(|role| role.title.as_ref());
    let of_roles = unit
        .roles
        .iter()
        .flat_map(|role| role.works_with.iter().chain(&role.combines));
    let of_rows = unit.shared.iter().flat_map(|row| {
        [
            &row.accountable,
            &row.responsible,
            &row.consulted,
            &row.informed,
        ]
        .into_iter()
        .flatten()
    });
    let name = |role: &'u RoleName| &role.name;
    keys.chain(titles)
        .chain(of_roles.map(name))
        .chain(of_rows.map(name))
        .collect()
}

fn of_name(
    context: &FileContext<'_>,
    unit: &Unit,
    name: &Name,
    jobs: &'static [&'static str],
) -> Finding {
    let text = &name.text;
    let jobs = match jobs {
        [start @ .., last] if !start.is_empty() => format!("{} or {last}", start.join(", ")),
        jobs => jobs.join(""),
    };
    let manager = context.catalog().product_manager();
    let id = manager.map_or(PRODUCT_MANAGER, |role| &context.catalog().role(role).id);
    RULE.finding(
        context.file,
        name.span,
        format!("\"{text}\" may be {jobs}"),
    )
    .label("which one?")
    .why("These are different jobs, and each reader takes the one that they know. rolelint takes none, so the seat does not count.")
    .help(format!(
        "Write it out, `{id}` for instance. If \"{text}\" always means the same with you, add it to that role in your catalog: `aliases: [{text}]`."
    ))
    .about(unit.label(), text.clone())
}
