use crate::catalog::{DutyDef, DutyIx, Horizon, RoleIx};
use crate::rules::adding::{add_ids, name_of_seat, named};
use crate::rules::coverage::hollow_role;
use crate::rules::coverage::lopsided_combined_role::lacks_side;
use crate::rules::mend::Mend;
use crate::rules::ownership::{called, multi_team_without_pm};
use crate::rules::seats::SeatAt;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::workspace::{Group as Product, Hands, Seat, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "no-long-term-owner",
    group: Group::Horizon,
    severity: Some(Severity::Warning),
    summary: "a product where nobody answers for anything long-term or, mirrored, for anything short-term",
    why: "Somebody has to know where the product will be in two years, and somebody has to know what the team does on Monday. When \
          every duty of a product looks one way, the other way is left to chance: a product with a full backlog and no \
          direction, or one with a fine vision and nobody to ask.",
    remedy: "Add at least one duty that looks the missing way to the role that has it (the message names them). A duty can also \
             say for itself how far ahead it looks, with `horizon:`.",
    bad: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n    duties:\n      \
          - customer-research\n      - feature-prioritization\n      - customer-focus\n      - stakeholder-alignment\n  \
          product-owner: ben\n",
    good: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n    duties:\n      \
           - vision-and-strategy\n      - roadmap\n      - customer-research\n      - feature-prioritization\n      \
           - customer-focus\n      - stakeholder-alignment\n  product-owner: ben\n",
    misses: "Long-term work that is listed and never done. Where lines were not recognised on the seats that should look \
             far ahead, nothing is said: one of them may. A seat that lists hardly any duty of its role is `hollow-role`.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    add_duties(context).into_iter().collect()
}

/// Adds the duties that look the missing way: the core ones, where there are any.
fn add_duties(context: &FixContext<'_>) -> Option<Fix> {
    let horizon = Horizon::from_word(&context.finding.subject)?;
    let mend = Mend::own(context)?;
    let (_, role) = mend.seat(context.finding.span)?;
    let at = SeatAt::find(context, mend.file, role)?;
    let own = at.own_duties(context).into_iter().map(|(_, def)| def);
    let far: Vec<&DutyDef> = own.filter(|def| def.horizon == Some(horizon)).collect();
    let core: Vec<&DutyDef> = far.iter().copied().filter(|def| def.core).collect();
    let added = if core.is_empty() { far } else { core };
    let duties = named(&added, &format!("{}-term duties", horizon.name()));
    let title = format!("Add {duties} to {}", name_of_seat(context.catalog(), role));
    Some(Fix::asked(title).edit(mend.file, add_ids(context, &mend, role, added)?))
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let whole = Hands::of_group(group, context.index, context.catalog);
        for horizon in [Horizon::Long, Horizon::Short] {
            let owners = blind_owners(context, group, &whole, horizon);
            findings.extend(finding(context, group, &whole, horizon, &owners));
        }
    }
}

/// The horizons of which this rule says that nobody in a product looks that far.
pub(in crate::rules) fn unseen(context: &OrganisationContext<'_>, group: &Product) -> Vec<Horizon> {
    let whole = Hands::of_group(group, context.index, context.catalog);
    let is_unseen = |horizon: &Horizon| {
        let owners = blind_owners(context, group, &whole, *horizon);
        // Where the rule is off, others have to speak.
        owners
            .first()
            .is_some_and(|(unit, _)| context.settings.of(unit.file).is_on(&RULE))
    };
    [Horizon::Long, Horizon::Short]
        .into_iter()
        .filter(is_unseen)
        .collect()
}

/// The seats that should look that far where, for certain, nobody does; else none.
fn blind_owners<'a>(
    context: &OrganisationContext<'_>,
    group: &Product,
    whole: &Hands<'a>,
    horizon: Horizon,
) -> Vec<(&'a UnitFacts, &'a Seat)> {
    let duties = duties_of(context, horizon);
    let says_horizon = |(_, seat): (&UnitFacts, &Seat)| {
        let mut said = seat.duties.iter();
        said.any(|duty| duty.horizon == Some(horizon))
    };
    if group.undefined
        || whole.may_hide()
        || duties
            .iter()
            .any(|(duty, _)| whole.held(*duty).is_some() || whole.shares(*duty))
        || whole.seats().any(says_horizon)
    {
        return Vec::new();
    }
    let mut roles: Vec<RoleIx> = Vec::new();
    // A Scrum Master may look far ahead, too; the one who should is the role with the core duties of the kind.
    let any_core = duties.iter().any(|(_, def)| def.core);
    for (_, def) in &duties {
        if def.core == any_core && !roles.contains(&def.role) {
            roles.push(def.role);
        }
    }
    let mut owners: Vec<(&UnitFacts, &Seat)> = Vec::new();
    for role in roles {
        let answering: Vec<_> = whole.answering(role).collect();
        let manager = context.catalog.product_manager() == Some(role);
        let side = manager || context.catalog.product_owner() == Some(role);
        // A role that is not there, or that answers for nothing, is the cause, and has a rule of its own.
        if (side && answering.is_empty())
            || (manager && multi_team_without_pm::speaks(context, group))
            || answering.iter().any(|(unit, seat)| {
                seat.hollow()
                    || seat.unread != Some(0)
                    || lacks_side(unit, seat, role, context.catalog)
                    || hollow_role::speaks(context, group, whole, (unit, seat))
            })
        {
            return Vec::new();
        }
        owners.extend(answering);
    }
    owners
}

/// The duties of a horizon, core or not.
fn duties_of<'c>(
    context: &'c OrganisationContext<'_>,
    horizon: Horizon,
) -> Vec<(DutyIx, &'c DutyDef)> {
    context
        .catalog
        .duties()
        .filter(|(_, def)| def.horizon == Some(horizon))
        .collect()
}

fn finding(
    context: &OrganisationContext<'_>,
    group: &Product,
    whole: &Hands<'_>,
    horizon: Horizon,
    owners: &[(&UnitFacts, &Seat)],
) -> Option<Finding> {
    let ((unit, seat), others) = owners.split_first()?;
    let head = group.head(context.index)?;
    let (label, far) = (head.label(), horizon.name());
    let mut duties = duties_of(context, horizon);
    // The model may leave another role's duties to the seat. The core ones are the best to begin with.
    duties.retain(|(_, def)| whole.answers_for(seat, def.role));
    duties.sort_by_key(|(_, def)| !def.core);
    let ids: Vec<String> = duties
        .iter()
        .take(3)
        .map(|(_, def)| format!("`{}`", def.id))
        .collect();
    let name = called(context, seat);
    let why = match horizon {
        Horizon::Short => {
            "Nobody can be asked what the team does next week, so whoever is loudest decides."
        }
        Horizon::Long | Horizon::Medium => {
            "Nobody can be asked where the product will be in two years, so each quarter starts from nothing."
        }
    };
    let mut finding = RULE
        .finding(
            unit.file,
            seat.key,
            format!("nobody in {label} answers for anything {far}-term"),
        )
        .label(format!("no {far}-term duty on the list"))
        .why(why)
        .help(format!(
            "Add what {name} does of this kind, such as {}. A duty of your own can say it, too: `horizon: {far}`.",
            ids.join(", ")
        ))
        .about(label, far);
    for (unit, seat) in others {
        let name = called(context, seat);
        finding = finding.related(
            unit.file,
            seat.key,
            format!("{name} of {} lists none either", unit.label()),
        );
    }
    Some(finding)
}
