use super::{SeatOf, called, claims, id_of, is_link, meet, mirrored_roles, name_of, owners};
use crate::catalog::{DutyDef, DutyIx, Horizon, Model, RoleIx};
use crate::recognize::Certainty;
use crate::rules::assigning::assign;
use crate::rules::mend::Mend;
use crate::rules::moving::{Moving, lines_of, move_to, share};
use crate::rules::pinning::pin;
use crate::rules::seats::SeatAt;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::spec::Duty;
use crate::workspace::{DutyFact, Group as Product, Severity, Takeover};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "wrong-role",
    group: Group::Ownership,
    severity: Some(Severity::Error),
    summary: "a duty that the catalog gives to another role",
    why: "When a duty sits on another seat than everybody expects, two things happen: people ask the wrong person, and the \
          person who was expected to do it believes that it is done. Roadmaps kept by Product Owners and backlogs kept by \
          Product Managers are the usual pair.",
    remedy: "Move the line to the role that the catalog names. If both have a hand in it, say so with a row under `shared:`. If \
             your organisation splits the work differently, say that once in your catalog, with the reason, and nobody has to \
             argue about it again.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - roadmap\n      \
          - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      \
          - pm-collaboration\n      - team-liaison\n",
    good: "team: checkout\nroles:\n  product-manager: {holder: ana, works_with: [product-owner]}\n  product-owner:\n    holder: \
           ben\n    duties:\n      - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      \
           - delivery-process\n      - pm-collaboration\n      - team-liaison\n",
    misses: "Lines that were not recognised, that only have a part in the duty, or that deny it. A line that joins a duty of its own \
             seat with one of another is `compound-duty`; a duty that stands on the right seat as well is `contested-duty`, or \
             `mirrored-roles` where most of two lists is the same. On a seat that the \
             catalog does not know nothing is wrong: whatever is listed there was put there on purpose.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

/// How likely a line has to mean a duty of its own seat for that to be offered.
const LEAST: f32 = 0.1;

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    fixes(context).unwrap_or_default()
}

fn fixes(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let here = Mend::own(context)?;
    let (unit, role, line) = here.duty(context.finding.span)?;
    let catalog = context.catalog();
    let (_, id) = context.finding.subject.rsplit_once(' ')?;
    let duty = catalog.find_duty(id)?;
    let owner = catalog.duty(duty).role;
    let lines = lines_of(role, duty);
    let moving: Vec<Moving<'_>> = lines.iter().map(|line| Moving::of(line, duty)).collect();
    let mut fixes = move_to(context, &here, role, &moving, owner);
    // A row about a role that is not there would settle nothing.
    let at = SeatAt::find(context, here.file, role)?;
    if !at.others(context, owner).is_empty() {
        let roles = (&*catalog.role(owner).id, &*catalog.role(role.key.role?).id);
        let edits = share(&here, unit, id, roles);
        let title = format!("Share it: {} is accountable", catalog.role(owner).title);
        fixes.extend(edits.map(|edits| Fix::asked(title).edit(here.file, edits)));
    }
    if lines.len() == 1 {
        fixes.extend(pin_here(context, &here, at, line));
    }
    fixes.extend(assign(context, duty, role.key.role?));
    Some(fixes)
}

/// Says that the line means the duty of its own seat that comes next.
fn pin_here(context: &FixContext<'_>, here: &Mend<'_>, at: SeatAt<'_>, line: &Duty) -> Option<Fix> {
    let text = line.text.as_ref().filter(|_| line.pin.is_none())?;
    let catalog = context.catalog();
    let read = context.knowledge.recognizer.explain(&text.text);
    let near = read.runner_up.filter(|near| near.confidence >= LEAST)?.duty;
    let def = catalog.duty(near);
    let is_new = at.seat.says(near).is_none() && !at.is_claimed(context, near);
    let edits = (at.seat.is(def.role) && is_new).then(|| pin(here, line, &def.id))??;
    let title = format!("Pin it here as `{}`", def.id);
    Some(Fix::asked(title).edit(here.file, edits))
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let mirrors = mirrored_roles::of_group(context, group);
        for at in group.seats(context.index) {
            // A second time is the business of `repeated-duty`.
            for said in claims_of(context, group, at) {
                let in_mirror = mirrors.iter().any(|mirror| mirror.shows(at.1, said.duty));
                if !in_mirror {
                    findings.extend(of_duty(context, group, at, &said));
                }
            }
        }
    }
}

/// What a seat says in lines that are wrong as a whole, if they are wrong.
fn claims_of(context: &OrganisationContext<'_>, group: &Product, at: SeatOf<'_>) -> Vec<DutyFact> {
    if at.1.duties.is_empty() {
        return Vec::new();
    }
    let model = at.0.model.unwrap_or(group.model);
    let is_own = |duty: DutyIx| {
        let role = context.catalog.duty(duty).role;
        let nobody = || owners(context, group, role).is_empty();
        at.1.is(role) || allowed(context, model, at, role, nobody())
    };
    let claims = claims(at.1, is_own).into_iter();
    let plain = claims.filter_map(|(_, plain)| plain);
    plain
        .filter(|said| !is_link(context, at.1, said.duty))
        .collect()
}

fn of_duty(
    context: &OrganisationContext<'_>,
    group: &Product,
    at: SeatOf<'_>,
    said: &DutyFact,
) -> Option<Finding> {
    let (unit, seat) = at;
    let role = seat.role?;
    let def = context.catalog.duty(said.duty);
    let model = unit.model.unwrap_or(group.model);
    let all = owners(context, group, def.role);
    if seat.is(def.role) || allowed(context, model, at, def.role, all.is_empty()) {
        return None;
    }
    if all.is_empty() && is_missed(context, group, model, def.role) {
        return None;
    }
    let near: Vec<SeatOf<'_>> = all
        .iter()
        .copied()
        .filter(|owner| meet(context, said.duty, at, *owner))
        .collect();
    // On the right seat as well, it is contested; and nobody contests with themselves.
    let settled = near.iter().any(|(_, owner)| {
        owner.says(said.duty).is_some() || owner.shares_holder(seat, context.index)
    });
    let product = group.product.map(|product| context.index.unit(product));
    let shared = product
        .into_iter()
        .chain([unit])
        .any(|unit| unit.shared_with(seat).any(|duty| duty == said.duty));
    if settled || shared || unit.may_hide(&["shared", &def.id]) {
        return None;
    }
    let owner = near
        .iter()
        .find(|(other, _)| std::ptr::eq(*other, unit))
        .or(near.first())
        .copied();
    Some(finding(context, at, role, said, def, owner))
}

/// Whether the model lets a seat have the duties of `owner`.
fn allowed(
    context: &OrganisationContext<'_>,
    model: Model,
    (_, seat): SeatOf<'_>,
    owner: RoleIx,
    nobody: bool,
) -> bool {
    let sides = [
        context.catalog.product_manager(),
        context.catalog.product_owner(),
    ];
    let is_side = |role: RoleIx| sides.contains(&Some(role));
    match model {
        Model::None => true,
        Model::Combined => is_side(owner) && sides.iter().flatten().any(|side| seat.is(*side)),
        model => Takeover::of(model, context.catalog)
            .is_some_and(|takeover| takeover.absent == owner && (nobody || seat.is(takeover.by))),
    }
}

/// Whether another rule says already that a role is not there: then its duties have to be somewhere else.
fn is_missed(
    context: &OrganisationContext<'_>,
    group: &Product,
    model: Model,
    role: RoleIx,
) -> bool {
    if context.catalog.product_manager() == Some(role) {
        return model.needs_product_manager() || model == Model::Combined || group.undefined;
    }
    if context.catalog.product_owner() == Some(role) {
        let teams = !group.teams.is_empty();
        return (model.needs_product_owner_per_team() && teams)
            || model == Model::Combined
            || model.has_one_product_owner()
            || group.undefined;
    }
    false
}

fn finding(
    context: &OrganisationContext<'_>,
    at: SeatOf<'_>,
    role: RoleIx,
    said: &DutyFact,
    def: &DutyDef,
    owner: Option<SeatOf<'_>>,
) -> Finding {
    let (unit, seat) = at;
    let (id, name) = (&def.id, called(context, seat));
    let owner_def = context.catalog.role(def.role);
    let owner_title = &owner_def.title;
    let pinned = said.certainty == Certainty::Pinned;
    let label = if pinned {
        format!("the {owner_title}'s")
    } else {
        format!("the {owner_title}'s: reads as `{id}`")
    };
    let place = match owner {
        Some((other, _)) if std::ptr::eq(other, unit) => String::new(),
        Some((other, _)) => format!(" in {}", other.label()),
        None => " once there is such a seat".to_owned(),
    };
    let mut help = format!("Move it to `{}`{place}.", owner_def.id);
    if !pinned {
        help.push_str(" If the words mean something else, put the id that they mean before them: `- id: your words`.");
    }
    help.push_str(&format!(
        " If your split differs, say so in your catalog: `duties: {{{id}: {{role: {}, reason: ...}}}}`.",
        id_of(context, seat)
    ));
    let finding = RULE
        .finding(
            unit.file,
            said.span,
            format!(
                "`{id}` is on {name} of {}, and the catalog gives it to the {owner_title}",
                unit.label()
            ),
        )
        .label(label)
        .why(why(context, role, def))
        .help(help)
        .severity(match said.certainty {
            Certainty::Pinned => Severity::Error,
            Certainty::Recognized => Severity::Warning,
            Certainty::Weak | Certainty::Assumed => Severity::Hint,
        })
        .reads(!pinned)
        .about(unit.label(), format!("{} {id}", id_of(context, seat)));
    match owner {
        Some((other, owner)) => finding.related(
            other.file,
            owner.key,
            format!("{} is here", name_of(context, (other, owner))),
        ),
        None => finding,
    }
}

/// Why a duty belongs to its role: as the organisation's catalog says, else what tells it from the seat's own
/// duties, else how far ahead it looks.
fn why(context: &OrganisationContext<'_>, role: RoleIx, def: &DutyDef) -> String {
    let owner = &context.catalog.role(def.role).title;
    let reason = def
        .changes
        .iter()
        .rev()
        .filter(|change| change.keys.contains(&"role"))
        .find_map(|change| change.reason.as_ref());
    if let Some(reason) = reason {
        return format!(
            "Your catalog gives it to the {owner}: {}.",
            reason.trim_end_matches('.')
        );
    }
    let parts = &context.catalog.role(role).combines;
    let of_seat = |duty: DutyIx| {
        let owner = context.catalog.duty(duty).role;
        owner == role || parts.contains(&owner)
    };
    let tell = def
        .look_alikes
        .iter()
        .find(|other| of_seat(other.duty))
        .map(|other| {
            let own = &context.catalog.duty(other.duty).id;
            format!("It is easily taken for `{own}`. {}", other.tell)
        });
    tell.unwrap_or_else(|| {
        let far = match def.horizon {
            Some(Horizon::Long) => "It is work for quarters and years, and people",
            Some(Horizon::Medium) => "It is work for weeks and quarters, and people",
            Some(Horizon::Short) => "It is work for days and weeks, and people",
            None => "People",
        };
        format!("{far} will ask the {owner} for it.")
    })
}
