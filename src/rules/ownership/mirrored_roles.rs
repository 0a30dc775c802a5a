use super::combine::combine;
use super::contested_duty::is_settled_between;
use super::{SeatOf, called, id_of, is_link, manager_beside, name_of};
use crate::catalog::DutyIx;
use crate::recognize::Certainty;
use crate::rules::mend::Mend;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule, RuleOption};
use crate::spec::Unit;
use crate::workspace::{DutyFact, Group as Product, Seat, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "mirrored-roles",
    group: Group::Ownership,
    severity: Some(Severity::Warning),
    summary: "a Product Manager and a Product Owner whose lists of duties are mostly the same",
    why: "Two people with one list do one job twice, or half of it each, and nobody can say which half. It often begins with a \
          copied file or a job title that changed before the work did. The lists show it long before the two people do: they \
          are polite, and each leaves the hard part to the other.",
    remedy: "Decide which it is. If one person can do it all, make one seat of the two with `combines:`. If there are two jobs, let \
             each keep its own side: the Product Manager looks outwards and ahead, the Product Owner looks after the team's \
             work. What both really have a hand in goes under `shared:`, with one who is accountable.",
    bad: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n    duties:\n      \
          - vision-and-strategy\n      - roadmap\n      - feature-prioritization\n      - backlog-refinement\n      \
          - customer-research\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    duties:\n      \
          - vision-and-strategy\n      - roadmap\n      - feature-prioritization\n      - backlog-refinement\n",
    good: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n    duties:\n      \
           - vision-and-strategy\n      - roadmap\n      - feature-prioritization\n      - customer-research\n  \
           product-owner:\n    holder: ben\n    works_with: [product-manager]\n    duties:\n      - backlog-refinement\n      \
           - delivery-process\n      - feedback-analysis\n",
    misses: "Lists that say the same in lines that were not recognised: only duties that are pinned or recognised with certainty on \
             both lists count as the same. A duty with a row under `shared:` is settled and does not count. It takes three \
             duties that are on both lists; fewer, or a smaller share, are `contested-duty`, each by itself.",
    options: &[RuleOption {
        name: "percent",
        default: Some(60),
        meaning: "how much of the longer list has to be on the other one too, in percent",
    }],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let finding = context.finding;
    let Some(manager) = finding.related.first() else {
        return Vec::new();
    };
    // Of several teams, each may need its own.
    let mut groups = context.index.groups().iter();
    let is_one = groups.any(|group| {
        let seats = group.seats(context.index);
        let mut own =
            seats.filter(|(unit, seat)| unit.file == finding.file && seat.key == finding.span);
        own.next().is_some() && group.teams.len() < 2
    });
    let together = Mend::own(context).is_some_and(|mend| {
        let same = |one: &Unit| {
            mend.seat(manager.span)
                .is_some_and(|(other, _)| one.span == other.span)
        };
        manager.file == finding.file && mend.seat(finding.span).is_some_and(|(unit, _)| same(unit))
    });
    if !is_one && !together {
        return Vec::new();
    }
    combine(
        context,
        (manager.file, manager.span),
        (finding.file, finding.span),
    )
}

/// How many duties two lists have to have in common.
const LEAST: usize = 3;

/// Two seats with one list.
pub(super) struct Mirror<'a> {
    manager: SeatOf<'a>,
    owner: SeatOf<'a>,
    /// What is on both lists.
    common: Vec<DutyIx>,
    /// How many lines the longer list has.
    longer: usize,
}

impl Mirror<'_> {
    /// Whether a duty of a seat is one that both of them have.
    pub(super) fn shows(&self, seat: &Seat, duty: DutyIx) -> bool {
        let is_one = std::ptr::eq(seat, self.manager.1) || std::ptr::eq(seat, self.owner.1);
        is_one && self.common.contains(&duty)
    }
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let mirrors = of_group(context, group);
        findings.extend(mirrors.iter().map(|mirror| finding(context, mirror)));
    }
}

/// The pairs of a product of which this rule says that their lists are the same; none where it is off, because
/// others have to speak then.
pub(super) fn of_group<'a>(
    context: &'a OrganisationContext<'_>,
    group: &Product,
) -> Vec<Mirror<'a>> {
    let Some(owner) = context.catalog.product_owner() else {
        return Vec::new();
    };
    let seats = group.seats_of(context.index, owner);
    let listed = seats.filter(|(_, seat)| seat.duties.len() >= LEAST);
    listed
        .filter_map(|seat| of_owner(context, group, seat))
        .collect()
}

/// Whether this rule says of a seat that its list is that of another one.
pub(in crate::rules) fn speaks(
    context: &OrganisationContext<'_>,
    group: &Product,
    seat: &Seat,
) -> bool {
    let mirrors = of_group(context, group);
    let mut seats = mirrors
        .iter()
        .flat_map(|mirror| [mirror.manager.1, mirror.owner.1]);
    seats.any(|one| std::ptr::eq(one, seat))
}

fn of_owner<'a>(
    context: &'a OrganisationContext<'_>,
    group: &Product,
    owner: SeatOf<'a>,
) -> Option<Mirror<'a>> {
    let settings = context.settings.of(owner.0.file);
    let manager = manager_beside(context, group, owner.0)?;
    let is_both = |seat: &Seat| {
        let sides = [
            context.catalog.product_manager(),
            context.catalog.product_owner(),
        ];
        sides.iter().flatten().all(|side| seat.is(*side))
    };
    if manager.1.duties.len() < LEAST
        || is_both(manager.1)
        || is_both(owner.1)
        || !settings.is_on(&RULE)
    {
        return None;
    }
    let mut common: Vec<DutyIx> = Vec::new();
    for said in &owner.1.duties {
        let duty = said.duty;
        let both = [manager.1, owner.1]
            .iter()
            .all(|seat| seat.says(duty) >= Some(Certainty::Recognized));
        if both
            && !common.contains(&duty)
            && !is_link(context, manager.1, duty)
            && !is_settled_between(context, group, duty, manager, owner)
        {
            common.push(duty);
        }
    }
    let longer = length(manager.1).max(length(owner.1));
    let percent = settings.option(&RULE, "percent").unwrap_or(100) as usize;
    let is_mostly_same = common.len() >= LEAST && common.len() * 100 >= longer * percent;
    is_mostly_same.then_some(Mirror {
        manager,
        owner,
        common,
        longer,
    })
}

/// How many different things a seat lists. A line that was not recognised counts as different from all others.
fn length(seat: &Seat) -> usize {
    let mut duties: Vec<DutyIx> = seat.duties.iter().map(|said| said.duty).collect();
    duties.sort_unstable();
    duties.dedup();
    duties.len() + usize::from(seat.unread.unwrap_or(0))
}

fn finding(context: &OrganisationContext<'_>, mirror: &Mirror<'_>) -> Finding {
    let catalog = context.catalog;
    let (manager, owner) = (mirror.manager, mirror.owner);
    let (unit, seat) = owner;
    let pair = if std::ptr::eq(unit, manager.0) {
        let (one, other) = (called(context, manager.1), called(context, seat));
        format!("{one} and {other} of {}", unit.label())
    } else {
        format!(
            "{} and {}",
            name_of(context, manager),
            name_of(context, owner)
        )
    };
    let (count, longer) = (mirror.common.len(), mirror.longer);
    let side = |wanted: &Seat| {
        let of_side = mirror.common.iter().map(|duty| catalog.duty(*duty));
        of_side
            .filter(|def| wanted.is(def.role))
            .map(|def| format!("`{}`", def.id))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let sides = [(manager.1, side(manager.1)), (seat, side(seat))];
    let keep: Vec<String> = sides
        .iter()
        .filter(|(_, duties)| !duties.is_empty())
        .map(|(seat, duties)| format!("{duties} to {}", called(context, seat)))
        .collect();
    let all: Vec<String> = mirror
        .common
        .iter()
        .map(|duty| format!("`{}`", catalog.duty(*duty).id))
        .collect();
    let (manager_id, owner_id) = (id_of(context, manager.1), id_of(context, seat));
    let combined = catalog.roles().find(|(role, def)| {
        def.combines.len() == 2
            && [manager.1, seat].iter().all(|seat| {
                seat.role
                    .is_some_and(|side| side != *role && def.combines.contains(&side))
            })
    });
    let one_seat = match combined {
        Some((_, def)) => format!("`{}:`", def.id),
        None => format!("`combines: [{manager_id}, {owner_id}]`"),
    };
    let mut help = format!(
        "If one person is to do all of it, make one seat of the two: {one_seat}. If not, let each keep its own side"
    );
    if !keep.is_empty() {
        help.push_str(&format!("; the catalog gives {}", keep.join(", and ")));
    }
    help.push_str(". What both have a hand in goes under `shared:`, with one who is accountable.");
    let read: Vec<(SeatOf<'_>, &DutyFact)> = [manager, owner]
        .into_iter()
        .flat_map(|seat| seat.1.duties.iter().map(move |said| (seat, said)))
        .filter(|(_, said)| {
            said.certainty == Certainty::Recognized && mirror.common.contains(&said.duty)
        })
        .collect();
    if !read.is_empty() {
        help.push_str(" If a line means something else, put the id that it means before it: `- id: your words`.");
    }
    let mut finding = RULE
        .finding(
            unit.file,
            seat.key,
            format!("{pair} have mostly the same duties: {count} of {longer}"),
        )
        .label("one list")
        .why(format!(
            "Both lists have {}. Each can wait for the other, or both decide and the team gets two answers.",
            all.join(", ")
        ))
        .help(help)
        .related(manager.0.file, manager.1.key, "and the other")
        .reads(true)
        .about(unit.label(), format!("{manager_id} {owner_id}"));
    for ((unit, _), said) in read {
        let id = &catalog.duty(said.duty).id;
        let mut known = finding.related.iter();
        // The words that decided are those of the line as a whole.
        if !known.any(|known| (known.file, known.span) == (unit.file, said.span)) {
            finding = finding.related(unit.file, said.span, format!("reads as `{id}`"));
        }
    }
    finding
}
