use super::{SeatOf, called, claims, id_of, is_link, meet, mirrored_roles, name_of};
use crate::catalog::DutyIx;
use crate::recognize::Certainty;
use crate::rules::adding::name_of_seat;
use crate::rules::mend::Mend;
use crate::rules::moving::{lines_of, share};
use crate::rules::seats::SeatAt;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::spec::{Role, Unit};
use crate::text::TextEdit;
use crate::workspace::{DutyFact, Group as Product, Hands, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "contested-duty",
    group: Group::Ownership,
    severity: Some(Severity::Error),
    summary: "two roles both own a duty, and nothing says who is accountable",
    why: "When two seats own one duty, each can wait for the other, or both decide and the team gets two answers. Working on \
          something together is fine, as long as it is clear who has the last word.",
    remedy: "Keep the duty with one of the two. If both have a hand in it, add a row under `shared:` that says who is \
             accountable and who is responsible.",
    bad: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n    duties:\n      \
          - customer-research\n      - vision-and-strategy\n      - roadmap\n      - feature-prioritization\n      \
          - customer-focus\n      - stakeholder-alignment\n  product-owner:\n    holder: ben\n    duties:\n      - roadmap\n      \
          - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      \
          - pm-collaboration\n      - team-liaison\n",
    good: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n    duties:\n      \
           - customer-research\n      - vision-and-strategy\n      - roadmap\n      - feature-prioritization\n      \
           - customer-focus\n      - stakeholder-alignment\n  product-owner:\n    holder: ben\n    duties:\n      \
           - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      \
           - pm-collaboration\n      - team-liaison\nshared:\n  - duty: roadmap\n    accountable: product-manager\n    \
           responsible: [product-owner]\n",
    misses: "A duty that one of the two seats only assumes because it lists none: then the list counts, and `wrong-role` speaks \
             where it has to. Lines that were not recognised, that only have a part in the duty, or that deny it. Where most of two \
             lists is the same, `mirrored-roles` says so once. A line that joins the duty with one of its own seat is \
             `compound-duty`.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    fixes(context).unwrap_or_default()
}

/// Keeps the duty with the seat that has it by right, shares it, or keeps it with the other one.
fn fixes(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let finding = context.finding;
    let rival = finding.related.first()?;
    let (here, there) = (Mend::own(context)?, Mend::of(context, rival.file)?);
    let (unit, role, line) = here.duty(finding.span)?;
    let (other_unit, other, _) = there.duty(rival.span)?;
    let catalog = context.catalog();
    let (_, id) = finding.subject.rsplit_once(' ')?;
    let duty = catalog.find_duty(id)?;
    let (own_id, other_id) = (role.key.role?, other.key.role?);
    let by_right = SeatAt::find(context, here.file, role)?.has_by_right(context, duty);
    let name = |unit: &Unit, seat: &Role| {
        let name = name_of_seat(catalog, seat);
        match own_id == other_id || unit_differs(&here, unit, &there, other_unit) {
            true => format!("{name} of {}", unit.label()),
            false => name,
        }
    };
    let mut fixes = Vec::new();
    let title = format!("Keep it with {}", name(other_unit, other));
    let edits = drop_line(&here, role, duty);
    fixes.extend(edits.map(|edits| Fix::asked(title).edit(here.file, edits)));
    let share = || {
        let roles = (&*catalog.role(other_id).id, &*catalog.role(own_id).id);
        let edits = share(&here, unit, id, roles)?;
        let title = format!("Share it: {} is accountable", name(other_unit, other));
        Some(Fix::asked(title).edit(here.file, edits))
    };
    // A row names roles, so it cannot tell two seats of one role apart.
    let shared = (own_id != other_id).then(share).flatten();
    let mut title = format!("Keep it with {}", name(unit, role));
    if !by_right {
        title.push_str(", against the catalog");
    }
    // What is only read here as that duty, or is no error now, must not become one.
    let is_fair = by_right || line.pin.is_none() || finding.severity == Severity::Error;
    let edits = is_fair.then(|| drop_line(&there, other, duty)).flatten();
    let kept = edits.map(|edits| Fix::asked(title).edit(there.file, edits));
    match by_right {
        true => fixes.extend(kept.into_iter().chain(shared)),
        false => fixes.extend(shared.into_iter().chain(kept)),
    }
    Some(fixes)
}

fn unit_differs(here: &Mend<'_>, unit: &Unit, there: &Mend<'_>, other: &Unit) -> bool {
    here.file != there.file || unit.span != other.span
}

/// Takes the one line of a seat out that says no more than that the duty is its own.
fn drop_line(mend: &Mend<'_>, role: &Role, duty: DutyIx) -> Option<Vec<TextEdit>> {
    let lines = lines_of(role, duty);
    let [line] = lines.as_slice() else {
        return None;
    };
    if line.all_owned().count() > 1 {
        return None;
    }
    let item = mend.source.tree.item(line.span)?;
    (item.node.span() == line.span)
        .then(|| mend.editor().remove(item))
        .flatten()
}

/// A seat that names a duty.
#[derive(Clone, Copy)]
struct Claim<'a> {
    seat: SeatOf<'a>,
    said: DutyFact,
    /// The same in a line that has nothing else in it.
    plain: Option<DutyFact>,
    /// Whether the catalog, or the model, gives the duty to this seat.
    owner: bool,
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let hands = Hands::of_group(group, context.index, context.catalog);
        let claims = claims_of(context, &hands);
        let mirrors = mirrored_roles::of_group(context, group);
        for (number, claim) in claims.iter().enumerate() {
            let Some(said) = claim.plain else {
                continue;
            };
            let claim = Claim { said, ..*claim };
            let earlier = claims.get(..number).unwrap_or_default();
            let rivals = if claim.owner { earlier } else { &claims };
            let Some(rival) = find_rival(context, group, &claim, rivals) else {
                continue;
            };
            let in_mirror = mirrors.iter().any(|mirror| {
                let duty = claim.said.duty;
                mirror.shows(claim.seat.1, duty) && mirror.shows(rival.seat.1, duty)
            });
            if !in_mirror {
                findings.push(finding(context, &claim, rival));
            }
        }
    }
}

/// What the seats that the catalog knows say, each duty of a seat once.
fn claims_of<'a>(context: &OrganisationContext<'_>, hands: &Hands<'a>) -> Vec<Claim<'a>> {
    let mut found: Vec<Claim<'a>> = Vec::new();
    for seat in hands.seats().filter(|(_, seat)| seat.role.is_some()) {
        let role = |duty: DutyIx| context.catalog.duty(duty).role;
        let is_own = |duty: DutyIx| hands.answers_for(seat.1, role(duty));
        for (said, plain) in claims(seat.1, is_own) {
            let owner = is_own(said.duty);
            if owner || !is_link(context, seat.1, said.duty) {
                found.push(Claim {
                    seat,
                    said,
                    plain,
                    owner,
                });
            }
        }
    }
    found
}

/// The seat that has a duty by right, and that another claims too.
fn find_rival<'c, 'a>(
    context: &OrganisationContext<'_>,
    group: &Product,
    claim: &Claim<'a>,
    others: &'c [Claim<'a>],
) -> Option<&'c Claim<'a>> {
    let is_rival = |other: &&Claim<'a>| {
        other.owner
            && other.said.duty == claim.said.duty
            && !std::ptr::eq(other.seat.1, claim.seat.1)
            && meet(context, claim.said.duty, claim.seat, other.seat)
            && !several_owners(context, group, claim, other)
            && !is_settled(context, group, claim, other)
    };
    let in_unit = |other: &&Claim<'a>| std::ptr::eq(other.seat.0, claim.seat.0);
    let mut rivals = others.iter().filter(is_rival);
    let first = rivals.next()?;
    Some(
        std::iter::once(first)
            .chain(rivals)
            .find(in_unit)
            .unwrap_or(first),
    )
}

/// Several Product Owners where the model wants one: `split-backlog` says so once for all duties.
fn several_owners(
    context: &OrganisationContext<'_>,
    group: &Product,
    one: &Claim<'_>,
    other: &Claim<'_>,
) -> bool {
    group.model.has_one_product_owner()
        && !std::ptr::eq(one.seat.0, other.seat.0)
        && context
            .catalog
            .product_owner()
            .is_some_and(|owner| one.seat.1.is(owner) && other.seat.1.is(owner))
}

fn is_settled(
    context: &OrganisationContext<'_>,
    group: &Product,
    one: &Claim<'_>,
    other: &Claim<'_>,
) -> bool {
    is_settled_between(context, group, one.said.duty, one.seat, other.seat)
}

/// Whether a duty of two seats has one who answers for it: a row of `shared` says who, or the two are one person.
pub(super) fn is_settled_between(
    context: &OrganisationContext<'_>,
    group: &Product,
    duty: DutyIx,
    one: SeatOf<'_>,
    other: SeatOf<'_>,
) -> bool {
    let id = context.catalog.duty(duty).id.as_str();
    let product = group.product.map(|product| context.index.unit(product));
    one.1.shares_holder(other.1, context.index)
        || [one.0, other.0]
            .into_iter()
            .chain(product)
            .any(|unit| unit.shares(duty) || unit.may_hide(&["shared", id]))
}

fn finding(context: &OrganisationContext<'_>, claim: &Claim<'_>, rival: &Claim<'_>) -> Finding {
    let (unit, seat) = claim.seat;
    let def = context.catalog.duty(claim.said.duty);
    let id = &def.id;
    let message = if std::ptr::eq(unit, rival.seat.0) {
        format!(
            "`{id}` is held twice in {}: by {} and by {}",
            unit.label(),
            called(context, rival.seat.1),
            called(context, seat)
        )
    } else {
        let (one, other) = (name_of(context, rival.seat), name_of(context, claim.seat));
        format!("`{id}` is held twice: by {one} and by {other}")
    };
    let pinned = |claim: &Claim<'_>| claim.said.certainty == Certainty::Pinned;
    let both_pinned = pinned(claim) && pinned(rival);
    let (one, other) = (id_of(context, rival.seat.1), id_of(context, seat));
    let mut help = if one == other {
        // A row of `shared` names roles, so it cannot tell the two apart.
        "Keep it with one of them; for a whole product that is the one in the product's own document.".to_owned()
    } else {
        let keep = if claim.owner {
            "Keep it with one of them."
        } else if rival.seat.1.is(def.role) {
            "Keep it with one of them; the catalog gives it to the first."
        } else {
            "Keep it with one of them; the model leaves it to the first."
        };
        format!(
            "{keep} If both have a hand in it, add under `shared:` the row `{{duty: {id}, accountable: {one}, responsible: [{other}]}}`."
        )
    };
    if !both_pinned {
        help.push_str(" If the words mean something else, put the id that they mean before them: `- id: your words`.");
    }
    let label = if pinned(claim) {
        "also on another seat".to_owned()
    } else {
        format!("also on another seat: reads as `{id}`")
    };
    RULE.finding(unit.file, claim.said.span, message)
        .label(label)
        .why("Each can wait for the other, or both decide and the team gets two answers; nothing says who has the last word.")
        .help(help)
        .related(
            rival.seat.0.file,
            rival.said.span,
            if pinned(rival) {
                format!("on {}", name_of(context, rival.seat))
            } else {
                let name = name_of(context, rival.seat);
                format!("on {name}, where it reads as `{id}`")
            },
        )
        .severity(match claim.said.certainty.min(rival.said.certainty) {
            Certainty::Pinned => Severity::Error,
            Certainty::Recognized => Severity::Warning,
            Certainty::Weak | Certainty::Assumed => Severity::Hint,
        })
        .reads(!both_pinned)
        .about(unit.label(), format!("{} {id}", id_of(context, seat)))
}
