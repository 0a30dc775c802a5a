use super::words::{jobs_meant, two_roles};
use crate::catalog::{BUILTIN_NAMES, Catalog, simple_name};
use crate::rules::structure::unresolved_reference::near_role;
use crate::rules::{Check, FileContext, Finding, Group, Rule};
use crate::spec::Role;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unknown-role",
    group: Group::Titles,
    severity: Some(Severity::Warning),
    summary: "a role that the catalog and its aliases do not know",
    why: "rolelint knows what a role is there for from the catalog. Of a role that the catalog does not have it cannot say \
          which duties belong to it, and a misspelt Product Owner looks like a team without one.",
    remedy: "Correct the name. If the role exists in your organisation, add it to your catalog once, and every file may use \
             it; if it is another name for a role of the catalog, add it there as an alias.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-mastr: carla\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master: carla\n",
    misses: "A role of the catalog that is used for another job than the catalog means. A role that says what it is made of \
             with `combines` may be called anything.",
    options: &[],
    check: Check::File(check),
    fix: None,
};

fn check(context: &FileContext<'_>, findings: &mut Vec<Finding>) {
    let catalog = context.catalog();
    if catalog.roles().next().is_none() {
        return;
    }
    for unit in context.units(&RULE) {
        for role in &unit.roles {
            let name = &role.key.name.text;
            let is_known = role.key.role.is_some() || !role.combines.is_empty();
            // Names that may mean several roles, or name two at once, have rules of their own.
            if is_known
                || name.is_empty()
                || jobs_meant(name, catalog).is_some()
                || two_roles(name, catalog).is_some()
            {
                continue;
            }
            findings.push(of_role(context, role).about(unit.label(), name.clone()));
        }
    }
}

fn of_role(context: &FileContext<'_>, role: &Role) -> Finding {
    let catalog = context.catalog();
    let name = &role.key.name.text;
    let finding = RULE
        .finding(
            context.file,
            role.key.name.span,
            format!("the catalog `{}` has no role `{name}`", catalog.id()),
        )
        .why("Nobody can say which duties belong to it, or whether they sit with the right role.");
    if let Some((id, title)) = kind_of(name, catalog) {
        return finding
            .label(format!("a kind of {title}?"))
            .help(format!(
                "If it is a {title}, write `{id}:` and say the rest in `title:`; several people go in `holders:`. {}",
                adding(name, catalog)
            ));
    }
    if let Some(near) = near_role(name, catalog) {
        return finding
            .label(format!("did you mean `{near}`?"))
            .help(format!("Write `{near}:`."));
    }
    let titled = role
        .title
        .as_ref()
        .and_then(|title| catalog.find_role(&title.text))
        .map(|role| catalog.role(role));
    if let Some(meant) = titled {
        return finding
            .label(format!("its title says {}", meant.title))
            .help(format!("If that is what it is, write `{}:`.", meant.id));
    }
    finding.help(adding(name, catalog))
}

/// The role whose id stands in a longer name: `product-owner-mobile` is some kind of Product Owner.
fn kind_of<'c>(name: &str, catalog: &'c Catalog) -> Option<(&'c str, &'c str)> {
    let name = format!("-{}-", simple_name(name));
    catalog
        .roles()
        .map(|(_, role)| (role.id.as_str(), role.title.as_str()))
        .find(|(id, _)| id.contains('-') && name.contains(&format!("-{id}-")))
}

fn adding(name: &str, catalog: &Catalog) -> String {
    let key = simple_name(name);
    if BUILTIN_NAMES.contains(&catalog.id()) {
        format!(
            "If your organisation has this role, add it to a catalog of your own, in a file such as `catalog.roles.yaml`:\ncatalog: our-roles\nroles: {{{key}: {{scope: team}}}}"
        )
    } else {
        format!(
            "If your organisation has this role, add it to the catalog `{}`:\nroles: {{{key}: {{scope: team}}}}",
            catalog.id()
        )
    }
}
