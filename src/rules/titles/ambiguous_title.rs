use super::words::{jobs_meant, words, written_out};
use crate::catalog::{Catalog, PRODUCT_MANAGER, simple_name};
use crate::rules::mend::Mend;
use crate::rules::own_catalog::OwnCatalog;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Role, RoleName, Unit};
use crate::syntax::{Name, Step, Value};
use crate::text::{Span, TextEdit};
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
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let Some(unit) = mend.unit(context.finding.span) else {
        return Vec::new();
    };
    let catalog = context.catalog();
    let names = names(unit, catalog);
    let Some(name) = names.iter().find(|name| name.span == context.finding.span) else {
        return Vec::new();
    };
    let jobs = jobs_meant(&name.text, catalog).unwrap_or_default();
    let mut fixes: Vec<Fix> = jobs
        .iter()
        .filter_map(|job| write_out(context, &mend, unit, &names, job))
        .collect();
    fixes.extend(jobs.first().and_then(|job| let_mean(context, name, job)));
    fixes
}

/// Writes one of the jobs in every place of the team where the short form stands.
fn write_out(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    unit: &Unit,
    names: &[&Name],
    job: &str,
) -> Option<Fix> {
    let catalog = context.catalog();
    let known = catalog.find_role(job).map(|role| catalog.role(role));
    let id = known.map_or_else(|| simple_name(job), |role| role.id.clone());
    let related = context.finding.related.iter().map(|related| related.span);
    let mut edits = Vec::new();
    let mut is_seat = false;
    let mut written = format!("`{id}`");
    for place in related.chain([context.finding.span]) {
        let name = names.iter().find(|name| name.span == place)?;
        let full = written_out(&name.text, job);
        let seat = unit.roles.iter().find(|role| role.key.name.span == place);
        if let Some(role) = seat {
            // Two seats of one name would be one too many.
            let mut others = unit.roles.iter();
            if is_seat || others.any(|other| is_named(other, &id, catalog)) {
                return None;
            }
            is_seat = true;
            edits.push(mend.editor().rename(place, &id)?);
            if role.title.is_none() && known.is_none_or(|known| known.title != full) {
                edits.extend(mend.add_keys(role, &[("title", Value::text(full))])?);
            }
            continue;
        }
        let titles = unit.roles.iter().filter_map(|role| role.title.as_ref());
        let is_title = titles.into_iter().any(|title| title.span == place);
        let text = if is_title { &full } else { &id };
        edits.push(write_at(mend, place, text)?);
        if is_title && context.finding.related.is_empty() {
            written = format!("\"{full}\"");
        }
    }
    let everywhere = match context.finding.related.is_empty() {
        true => "",
        false => " everywhere here",
    };
    let title = format!("Write it out{everywhere}: {written}");
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// Whether a seat has a name, or another one for the same role.
fn is_named(role: &Role, id: &str, catalog: &Catalog) -> bool {
    let meant = catalog.find_role(id);
    simple_name(&role.key.name.text) == id || (meant.is_some() && role.key.role == meant)
}

fn write_at(mend: &Mend<'_>, place: Span, text: &str) -> Option<TextEdit> {
    let step = mend.source.tree.steps(place).pop()?;
    let node = match step {
        Step::Entry(entry) => entry.value,
        step => step.node(),
    };
    (node.span() == place).then(|| mend.editor().replace(node, text))?
}

/// Says in the organisation's own catalog what the short form means there.
fn let_mean(context: &FixContext<'_>, name: &Name, job: &str) -> Option<Fix> {
    let role = context.catalog().role(context.catalog().find_role(job)?);
    let own = OwnCatalog::of(context)?;
    let edits = own.add_alias(&role.id, &name.text)?;
    let title = format!(
        "Let `{}` mean {} in the catalog `{}`",
        name.text, role.title, own.id
    );
    Some(Fix::asked(title).edit(own.file(), edits))
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    let catalog = context.catalog();
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
