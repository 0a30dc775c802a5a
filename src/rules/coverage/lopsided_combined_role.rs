use super::has_lost_words;
use crate::catalog::{Catalog, DutyDef, DutyIx, RoleIx};
use crate::rules::adding::add_ids;
use crate::rules::mend::Mend;
use crate::rules::seats::SeatAt;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule};
use crate::spec::{Role, Unit};
use crate::workspace::{Seat, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "lopsided-combined-role",
    group: Group::Coverage,
    severity: Some(Severity::Warning),
    summary: "a combined role whose duties cover one side only",
    why: "Whoever holds two roles in one seat still has two kinds of work: looking far ahead, and keeping the team's week in \
          order. The urgent side wins, and the other one quietly stops. A list of duties with one side only is \
          where that begins to show.",
    remedy: "Add the duties of the missing side. If somebody else has them, give that role a seat of its own and leave it \
             out of `combines:`. A seat without any list of duties is assumed to hold both sides.",
    bad: "team: returns\nroles:\n  popm:\n    combines: [product-manager, product-owner]\n    holder: chen\n    duties:\n      \
          - customer-research\n      - vision-and-strategy\n      - roadmap\n",
    good: "team: returns\nroles:\n  popm:\n    combines: [product-manager, product-owner]\n    holder: chen\n",
    misses: "A side that is there with a single duty; `uncovered-duty` names the others. Where lines were not recognised \
             they may be the other side, so the finding is a hint then.",
    options: &[],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    add_side(context).into_iter().collect()
}

/// Adds the core duties of the missing side.
fn add_side(context: &FixContext<'_>) -> Option<Fix> {
    let mend = Mend::own(context)?;
    let (_, role) = mend.seat(context.finding.span)?;
    let (_, side) = context.finding.subject.rsplit_once(' ')?;
    let side = context.catalog().find_role(side)?;
    let at = SeatAt::find(context, mend.file, role)?;
    let own = at.own_duties(context).into_iter().map(|(_, def)| def);
    let of_side: Vec<&DutyDef> = own.filter(|def| def.role == side).collect();
    let any_core = of_side.iter().any(|def| def.core);
    let added = of_side.into_iter().filter(|def| def.core == any_core);
    let title = &context.catalog().role(side).title;
    let title = format!("Add the duties of the {title}");
    Some(Fix::asked(title).edit(mend.file, add_ids(context, &mend, role, added)?))
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    if has_lost_words(context, unit) {
        return;
    }
    for role in &unit.roles {
        let missing = missing_of_role(context, unit, role);
        for side in missing {
            findings.push(of_side(context, unit, role, side));
        }
    }
}

fn missing_of_role(context: &FileContext<'_>, unit: &Unit, role: &Role) -> Vec<RoleIx> {
    let catalog = context.catalog();
    let Some(duties) = &role.duties else {
        return Vec::new();
    };
    let parts = parts_of(context, role);
    let is = |other: &Role, side: RoleIx| {
        other.key.role == Some(side) || parts_of(context, other).contains(&side)
    };
    let named = |duty| Some(unit.misnamed(role, duty, catalog)?.1);
    let own = duties
        .items
        .iter()
        .flat_map(|duty| duty.all_owned().chain(named(duty)));
    let shared = unit.shared.iter().filter_map(|row| {
        let mut roles = row.accountable.iter().chain(&row.responsible);
        let named = roles.any(|name| name.role.is_some_and(|named| is(role, named)));
        let duty = row.duty.as_ref().filter(|_| named)?;
        catalog.find_duty(&duty.text)
    });
    let held: Vec<DutyIx> = own.map(|reading| reading.duty).chain(shared).collect();
    let mut missing = missing_sides(&parts, &held, catalog);
    missing.retain(|side| {
        let mut others = unit
            .roles
            .iter()
            .filter(|other| !std::ptr::eq(*other, role));
        !others.any(|other| is(other, *side))
    });
    missing
}

fn parts_of(context: &FileContext<'_>, role: &Role) -> Vec<RoleIx> {
    if role.combines.is_empty() {
        let known = role.key.role;
        return known.map_or(Vec::new(), |known| {
            context.catalog().role(known).combines.clone()
        });
    }
    role.combines.iter().filter_map(|part| part.role).collect()
}

/// The sides of a combined role that none of its duties belongs to, where another side has some.
fn missing_sides(parts: &[RoleIx], held: &[DutyIx], catalog: &Catalog) -> Vec<RoleIx> {
    let has = |side: RoleIx| held.iter().any(|duty| catalog.duty(*duty).role == side);
    if parts.len() < 2 || !parts.iter().any(|side| has(*side)) {
        return Vec::new();
    }
    let lacks = |side: &&RoleIx| catalog.duties_of(**side).next().is_some() && !has(**side);
    parts.iter().filter(lacks).copied().collect()
}

/// Whether this rule says of a seat that the side of `role` is missing.
pub(in crate::rules) fn lacks_side(
    unit: &UnitFacts,
    seat: &Seat,
    role: RoleIx,
    catalog: &Catalog,
) -> bool {
    let own = seat.duties.iter().map(|said| said.duty);
    let held: Vec<DutyIx> = own.chain(unit.shared_with(seat)).collect();
    let elsewhere = unit
        .seats
        .iter()
        .any(|other| !std::ptr::eq(other, seat) && other.is(role));
    seat.unread.is_some()
        && !elsewhere
        && missing_sides(seat.combines(), &held, catalog).contains(&role)
}

fn of_side(context: &FileContext<'_>, unit: &Unit, role: &Role, side: RoleIx) -> Finding {
    let catalog = context.catalog();
    let side = catalog.role(side);
    let name = &role.key.name.text;
    let side_duties = catalog
        .duties()
        .filter(|(_, duty)| catalog.role(duty.role).id == side.id);
    let ids: Vec<String> = side_duties
        .filter(|(_, duty)| duty.core)
        .take(3)
        .map(|(_, duty)| format!("`{}`", duty.id))
        .collect();
    let examples = match ids.as_slice() {
        [] => String::new(),
        ids => format!(" (such as {})", ids.join(", ")),
    };
    let title = &side.title;
    let unread = role.duties.as_ref().map_or(0, |duties| {
        duties.real().filter(|duty| duty.is_unread()).count()
    });
    let subject = format!("{name} {}", side.id);
    let finding = if unread == 0 {
        RULE.finding(
            context.file,
            role.key.name.span,
            format!("`{name}` combines roles, and no duty of the {title} is on its list"),
        )
        .label(format!("nothing of the {title}'s side"))
        .why("One seat stands for both roles here, so nobody else does what its list leaves out.")
        .help(format!(
            "Add the {title}'s duties{examples}, or remove the list; then both sides are assumed. If somebody else is {title}, give that role a seat of its own."
        ))
    } else {
        let (lines, line) = match unread {
            1 => ("1 line was".to_owned(), "it"),
            _ => (format!("{unread} lines were"), "one of them"),
        };
        RULE.finding(
            context.file,
            role.key.name.span,
            format!("`{name}` combines roles, and no duty that was recognised is the {title}'s"),
        )
        .label(format!("perhaps nothing of the {title}'s side"))
        .why(format!(
            "One seat stands for both roles here. {lines} not recognised, and {line} may be the {title}'s side."
        ))
        .help(format!(
            "Put the id before the line that belongs there: `- {}: your words`. If no line does, add the {title}'s duties{examples}.",
            ids.first().map_or("id", |id| id.trim_matches('`'))
        ))
        .severity(Severity::Hint)
    };
    finding.about(unit.label(), subject)
}
