use crate::catalog::{Model, RoleIx};
use crate::rules::mend::Mend;
use crate::rules::new_seat::add_seat;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::workspace::{Group as Product, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "missing-role",
    group: Group::Coverage,
    severity: Some(Severity::Error),
    summary: "a product or team lacks a role that its model needs",
    why: "Where there is no Product Manager, nobody decides what is worth building; where there is no Product Owner, nobody \
          orders the team's work. The duties do not go away: they fall to whoever shouts loudest. Roles get lost in \
          reorganisations, and a file that says nothing looks just like a file that is complete.",
    remedy: "Add the role with its holder. If nobody has it yet, add it as `vacant:`, so that everybody can see it. If your \
             organisation works without the role, say so with `model:` (see the format), in the file or in `.rolelint.yaml`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "A role that is named in the file and that nobody fills in practice.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let one_seat = make_one(context);
    let added = add(context).unwrap_or_default();
    one_seat.into_iter().chain(added).collect()
}

/// Under `model: combined`, where one side is there: that seat stands for both.
fn make_one(context: &FixContext<'_>) -> Option<Fix> {
    let mend = Mend::own(context)?;
    let unit = mend.unit(context.finding.span)?;
    let catalog = context.catalog();
    let (manager, owner) = (catalog.product_manager()?, catalog.product_owner()?);
    let missing = catalog.find_role(&context.finding.subject)?;
    let mut facts = context.index.units().map(|(_, facts)| facts);
    let facts = facts.find(|facts| facts.file == mend.file && facts.id.span == unit.id.span)?;
    if context.index.model_of(facts) != Model::Combined || ![manager, owner].contains(&missing) {
        return None;
    }
    let other = if missing == manager { owner } else { manager };
    let mut both = catalog.roles().map(|(_, def)| def);
    let both = both.find(|def| def.combines.contains(&manager) && def.combines.contains(&owner))?;
    let mut seats = unit
        .roles
        .iter()
        .filter(|role| role.key.role == Some(other));
    let (seat, another) = (seats.next()?, seats.next());
    let is_free = another.is_none() && seat.combines.is_empty();
    let edit = is_free.then(|| mend.editor().rename(seat.key.name.span, &both.id))??;
    let title = format!("Let one seat stand for both: `{}`", both.id);
    Some(Fix::asked(title).edit(mend.file, [edit]))
}

/// Adds the seat to the file.
fn add(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let mend = Mend::own(context)?;
    let unit = mend.unit(context.finding.span)?;
    let role = context.catalog().find_role(&context.finding.subject)?;
    add_seat(context, &mend, unit, role)
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let manager = context.catalog.product_manager();
    let owner = context.catalog.product_owner();
    for group in context.groups(&RULE) {
        match group.model {
            Model::None => {}
            Model::Combined => {
                if let (Some(manager), Some(owner)) = (manager, owner) {
                    combined(context, group, manager, owner, findings);
                }
            }
            model => {
                if model.needs_product_manager()
                    && let Some(manager) = manager
                {
                    product_manager(context, group, manager, findings);
                }
                if model.needs_product_owner_per_team()
                    && let Some(owner) = owner
                {
                    owner_per_team(context, group, owner, findings);
                }
                if model.has_one_product_owner()
                    && let Some(owner) = owner
                {
                    one_owner(context, group, owner, findings);
                }
            }
        }
    }
}

/// A product with several teams is the business of `multi-team-without-pm`.
fn product_manager(
    context: &OrganisationContext<'_>,
    group: &Product,
    manager: RoleIx,
    findings: &mut Vec<Finding>,
) {
    let exists = group.seats_of(context.index, manager).next().is_some();
    if exists || group.undefined || group.teams.len() > 1 {
        return;
    }
    if let Some(head) = group.head(context.index) {
        if group.product.is_none() && head.may_hide(&["product"]) {
            // The line that a syntax error hides may name the product, whose Product Manager is inherited.
            return;
        }
        let why = if group.model == Model::PmLed {
            "Nobody decides what is built next and why, and under `model: pm-led` the team's daily work falls to the same seat."
        } else {
            "Nobody decides which product is built next and why, speaks for its customers, or owns its vision and roadmap."
        };
        findings.extend(missing(context, head, manager, why));
    }
}

fn owner_per_team(
    context: &OrganisationContext<'_>,
    group: &Product,
    owner: RoleIx,
    findings: &mut Vec<Finding>,
) {
    let why =
        "Nobody orders the backlog, decides on feedback, or makes the most of the team's work.";
    let has = |unit: &UnitFacts| unit.seats.iter().any(|seat| seat.is(owner));
    let product = group.product.map(|unit| context.index.unit(unit));
    if product.is_some_and(has) {
        return;
    }
    for team in group.teams.iter().map(|team| context.index.unit(*team)) {
        if !has(team) && team.model.is_none_or(Model::needs_product_owner_per_team) {
            findings.extend(missing(context, team, owner, why));
        }
    }
}

fn one_owner(
    context: &OrganisationContext<'_>,
    group: &Product,
    owner: RoleIx,
    findings: &mut Vec<Finding>,
) {
    if group.undefined || group.seats_of(context.index, owner).next().is_some() {
        return;
    }
    if let Some(head) = group.head(context.index) {
        let why = "Nobody answers for the product's value and the order of its backlog.";
        findings.extend(missing(context, head, owner, why));
    }
}

fn combined(
    context: &OrganisationContext<'_>,
    group: &Product,
    manager: RoleIx,
    owner: RoleIx,
    findings: &mut Vec<Finding>,
) {
    if group.undefined {
        return;
    }
    let Some(head) = group.head(context.index) else {
        return;
    };
    let lacks = |role| group.seats_of(context.index, role).next().is_none();
    match (lacks(manager), lacks(owner)) {
        (false, false) => {}
        (true, true) => {
            let popm = context.catalog.roles().find(|(_, role)| {
                role.combines.contains(&manager) && role.combines.contains(&owner)
            });
            let why = "Under `model: combined` one seat answers for both sides: what is built and why, and the team's daily work.";
            findings.extend(missing(
                context,
                head,
                popm.map_or(manager, |(role, _)| role),
                why,
            ));
        }
        (lacks_manager, _) => {
            let role = if lacks_manager { manager } else { owner };
            let why = "Under `model: combined` one seat, or one person, answers for both sides, and only one side is here.";
            findings.extend(missing(context, head, role, why));
        }
    }
}

fn missing(
    context: &OrganisationContext<'_>,
    unit: &UnitFacts,
    role: RoleIx,
    why: &'static str,
) -> Option<Finding> {
    let def = context.catalog.role(role);
    let mut words = vec![def.id.as_str(), def.title.as_str()];
    words.extend(def.aliases.iter().map(String::as_str));
    if unit.may_hide(&words) {
        return None;
    }
    let id = &def.id;
    Some(
        RULE.finding(unit.file, unit.roles_at, format!("{} has no {}", unit.label(), def.title))
            .label(format!("no `{id}` here"))
            .why(why)
            .help(format!(
                "Add `{id}:` with its holder under `roles:`; if nobody has it yet, write `{id}: {{vacant: true}}`. If you work without this role, say so with `model:`."
            ))
            .about(unit.label(), id.as_str()),
    )
}
