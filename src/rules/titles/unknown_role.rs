use super::words::{in_capitals, jobs_meant, two_roles};
use crate::catalog::{BUILTIN_NAMES, Catalog, simple_name};
use crate::rules::mend::Mend;
use crate::rules::own_catalog::OwnCatalog;
use crate::rules::structure::unresolved_reference::{near_role, near_roles};
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Role, Unit, UnitKind};
use crate::syntax::Value;
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
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let Some((unit, role)) = mend.seat(context.finding.span) else {
        return Vec::new();
    };
    let catalog = context.catalog();
    let name = &*role.key.name.text;
    let titled = role.title.as_ref();
    let titled = titled.and_then(|title| catalog.find_role(&title.text));
    let titled = titled.map(|role| catalog.role(role).id.clone());
    let ids: Vec<String> = match kind_of(name, catalog) {
        Some((kind, _)) => vec![kind.to_owned()],
        None => {
            let near = near_roles(name, catalog);
            let known = titled.filter(|titled| !near.contains(titled));
            near.into_iter().chain(known).collect()
        }
    };
    let mut fixes: Vec<Fix> = ids
        .iter()
        .filter_map(|id| rename(context, &mend, unit, role, id))
        .collect();
    let own = OwnCatalog::of(context);
    let alias = || {
        let (own, id) = (own.as_ref()?, ids.first()?);
        let meant = &catalog.role(catalog.find_role(id)?).title;
        let edits = own.add_alias(id, name)?;
        let title = format!("Let `{name}` mean {meant} in the catalog `{}`", own.id);
        Some(Fix::asked(title).edit(own.file(), edits))
    };
    fixes.extend(alias());
    let define = || {
        let own = own.as_ref()?;
        let scope = match unit.kind {
            UnitKind::Team => "team",
            UnitKind::Product => "product",
        };
        let id = simple_name(name);
        let edits = own.add_role(&id, vec![("scope", Value::text(scope))])?;
        let title = format!("Add the role `{id}` to the catalog `{}`", own.id);
        Some(Fix::asked(title).edit(own.file(), edits))
    };
    fixes.extend(define());
    fixes
}

/// Writes a role that the catalog knows, unless the team has it already. What more a name says becomes the title.
fn rename(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    unit: &Unit,
    role: &Role,
    id: &str,
) -> Option<Fix> {
    let meant = context.catalog().find_role(id);
    if unit.roles.iter().any(|other| other.key.role == meant) {
        return None;
    }
    let name = &role.key.name.text;
    let mut edits = vec![mend.editor().rename(role.key.name.span, id)?];
    let mut title = format!("Write `{id}`");
    let simple = simple_name(name);
    let more = simple.replacen(id, "", 1);
    if more.len() < simple.len() && more.contains(char::is_alphabetic) && role.title.is_none() {
        let says = in_capitals(name);
        edits.extend(mend.add_keys(role, &[("title", Value::text(says.as_str()))])?);
        title.push_str(&format!(", with the title \"{says}\""));
    }
    Some(Fix::asked(title).edit(mend.file, edits))
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    let catalog = context.catalog();
    if catalog.roles().next().is_none() {
        return;
    }
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
