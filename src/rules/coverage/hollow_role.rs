use super::gaps;
use super::lopsided_combined_role::lacks_side;
use crate::catalog::{DutyDef, DutyIx, Model};
use crate::rules::adding::{add_ids, name_of_seat, named};
use crate::rules::again;
use crate::rules::mend::Mend;
use crate::rules::ownership::called;
use crate::rules::seats::SeatAt;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule, RuleOption};
use crate::workspace::{Group as Product, Hands, PM_COLLABORATION, Seat, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "hollow-role",
    group: Group::Coverage,
    severity: Some(Severity::Hint),
    summary: "a role without its defining duties, such as a Product Owner who only writes stories",
    why: "A title promises something. Whoever meets a Product Owner expects somebody who decides what is worth the team's time; a \
          list that only has the writing of stories in it describes a clerk of the backlog. The duties that make the role what it \
          is go to others without anybody deciding so, or to nobody.",
    remedy: "Add the duties that belong to the role and that its holder really has. If others have them on purpose, give the seat a \
             name that fits what is left, or move the duties in your catalog, with the reason. A seat without any list is assumed to \
             hold all duties of its role.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
          duties:\n      - Write user stories with clear acceptance criteria\n      - Groom the backlog twice a week\n      \
          - Break epics down into stories\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    works_with: [product-manager]\n    \
           duties:\n      - Write user stories with clear acceptance criteria\n      - Groom the backlog twice a week\n      \
           - value-maximization\n      - feedback-analysis\n      - delivery-process\n      - team-liaison\n",
    misses: "A list of fewer than three lines, or one with lines that were not recognised: they may be what is missing, and \
             `uncovered-duty` names them. Where this rule speaks of a seat, `uncovered-duty` and `no-long-term-owner` do not say the \
             same once more. It is a hint where others have what is missing, and a warning where nobody does. Working with the Product Manager does \
             not count here: `missing-pm-po-link` looks at it. An empty list is \
             `empty-role`, and a combined seat with one side only is `lopsided-combined-role`.",
    options: &[RuleOption {
        name: "percent",
        default: Some(33),
        meaning: "how many of the core duties of its role a list has to hold, in percent",
    }],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    add_defining(context).into_iter().collect()
}

/// Adds the defining duties that nobody has. Where others have them on purpose, two would have them.
fn add_defining(context: &FixContext<'_>) -> Option<Fix> {
    let mend = Mend::own(context)?;
    let (_, role) = mend.seat(context.finding.span)?;
    let at = SeatAt::find(context, mend.file, role)?;
    again::organisation(context, |organisation| {
        let whole = Hands::of_group(at.group, context.index, organisation.catalog);
        let hollow = Hollow::of(organisation, at.group, &whole, (at.unit, at.seat))?;
        let lacks = hollow
            .lacks
            .iter()
            .filter(|(duty, _)| !at.is_claimed(context, *duty) && !whole.shares(*duty));
        let added: Vec<&DutyDef> = lacks.map(|(_, def)| *def).collect();
        let core = hollow.has.len() + hollow.lacks.len();
        let percent = context.settings.option(&RULE, "percent").unwrap_or(0) as usize;
        if (hollow.has.len() + added.len()) * 100 < core * percent {
            return None;
        }
        let duties = named(&added, "missing core duties");
        let title = format!(
            "Add {duties} to {}",
            name_of_seat(organisation.catalog, role)
        );
        Some(Fix::asked(title).edit(mend.file, add_ids(context, &mend, role, added)?))
    })
}

/// The shortest list that is meant to say everything, in lines.
const LEAST_LINES: u16 = 3;
/// A role with fewer core duties than this has none that define it: each is looked for by itself.
const LEAST_CORE: usize = 3;

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let whole = Hands::of_group(group, context.index, context.catalog);
        let hollow: Vec<Hollow<'_>> = whole
            .seats()
            .filter_map(|seat| Hollow::of(context, group, &whole, seat))
            .collect();
        if hollow.is_empty() {
            continue;
        }
        let gaps = gaps::of_group(context, group);
        for hollow in hollow {
            let is_own = |gap: &&gaps::Gap<'_>| {
                let mut owners = gap.owners.iter();
                owners.any(|(_, seat)| std::ptr::eq(*seat, hollow.seat))
            };
            let mut open: Vec<DutyIx> = Vec::new();
            for gap in gaps.iter().filter(is_own) {
                if !open.contains(&gap.duty) {
                    open.push(gap.duty);
                }
            }
            findings.push(hollow.finding(context, &open));
        }
    }
}

/// Whether this rule says of a seat that the duties of its role are not on its list. `whole` has all seats of the
/// product.
pub(in crate::rules) fn speaks(
    context: &OrganisationContext<'_>,
    group: &Product,
    whole: &Hands<'_>,
    seat: (&UnitFacts, &Seat),
) -> bool {
    context.settings.of(seat.0.file).is_on(&RULE)
        && Hollow::of(context, group, whole, seat).is_some()
}

/// A seat that lists hardly any of the duties that define its role.
struct Hollow<'a> {
    unit: &'a UnitFacts,
    seat: &'a Seat,
    has: Vec<(DutyIx, &'a DutyDef)>,
    lacks: Vec<(DutyIx, &'a DutyDef)>,
}

impl<'a> Hollow<'a> {
    fn of(
        context: &'a OrganisationContext<'_>,
        group: &Product,
        whole: &Hands<'_>,
        (unit, seat): (&'a UnitFacts, &'a Seat),
    ) -> Option<Self> {
        if seat.lines < LEAST_LINES
            || seat.unread != Some(0)
            || group.undefined
            || whole.may_hide()
            || unit.model == Some(Model::None)
        {
            return None;
        }
        let (index, catalog) = (context.index, context.catalog);
        let absent = gaps::absent(context, group);
        // Working together is what `missing-pm-po-link` looks at, and it makes nobody a Product Owner.
        let (mut has, lacks): (Vec<_>, Vec<_>) = catalog
            .duties()
            .filter(|(_, def)| def.core && def.id != PM_COLLABORATION)
            .filter(|(_, def)| absent != Some(def.role) && whole.answers_for(seat, def.role))
            .partition(|(duty, _)| has(context, group, (unit, seat), *duty));
        let core = has.len() + lacks.len();
        let is_few = |has: usize| {
            let percent = context.settings.of(unit.file).option(&RULE, "percent");
            has * 100 < core * percent.unwrap_or(0) as usize
        };
        if core < LEAST_CORE || !is_few(has.len()) {
            return None;
        }
        let is_lopsided = |(_, def): &(DutyIx, &DutyDef)| lacks_side(unit, seat, def.role, catalog);
        if lacks.iter().any(is_lopsided) {
            return None;
        }
        // One person's seats in several teams are one, and so are those of the model's one Product Owner.
        let is_one = |other: &Seat| {
            let owner = catalog.product_owner();
            let both_owners = owner.is_some_and(|owner| seat.is(owner) && other.is(owner));
            (group.model.has_one_product_owner() && both_owners) || seat.shares_holder(other, index)
        };
        let others: Vec<(&UnitFacts, &Seat)> = whole
            .seats()
            .filter(|(_, other)| !std::ptr::eq(*other, seat) && is_one(other))
            .collect();
        let elsewhere = |duty: DutyIx| {
            let mut others = others.iter();
            others.any(|(_, other)| whole.holds(other, duty).is_some())
        };
        let (more, lacks): (Vec<_>, Vec<_>) =
            lacks.into_iter().partition(|(duty, _)| elsewhere(*duty));
        has.extend(more);
        is_few(has.len()).then_some(Self {
            unit,
            seat,
            has,
            lacks,
        })
    }

    fn finding(&self, context: &OrganisationContext<'_>, open: &[DutyIx]) -> Finding {
        let (unit, seat) = (self.unit, self.seat);
        let name = called(context, seat);
        let core = self.has.len() + self.lacks.len();
        let label = match self.has.as_slice() {
            [] => "none of them".to_owned(),
            has => format!("only {}", listed(has.iter().map(|(_, def)| *def))),
        };
        let (nobody, others): (Vec<_>, Vec<_>) =
            self.lacks.iter().partition(|(duty, _)| open.contains(duty));
        let defs = |duties: &[&(DutyIx, &'a DutyDef)]| listed(duties.iter().map(|(_, def)| *def));
        let mut why = Vec::new();
        if !nobody.is_empty() {
            let ids = defs(&nobody);
            why.push(format!("Nobody in {} answers for {ids}.", unit.label()));
        }
        if !others.is_empty() {
            why.push(format!("Others have {}.", defs(&others)));
        }
        let missing: &[_] = if nobody.is_empty() { &others } else { &nobody };
        let example = missing.first().map_or("id", |(_, def)| def.id.as_str());
        let mut help = format!(
            "Add what {name} really does of these, by its id (`- {example}`) or in your own words. If a line means one of them, put the id before it: `- {example}: your words`."
        );
        help.push_str(if nobody.is_empty() {
            " If the others have them on purpose, move them in your catalog, with the reason."
        } else {
            " If somebody else has them, list them there."
        });
        let finding = RULE
            .finding(
                unit.file,
                seat.key,
                format!(
                    "{name} of {} has {} of the {core} core duties of the role",
                    unit.label(),
                    match self.has.len() {
                        0 => "none".to_owned(),
                        has => format!("only {has}"),
                    }
                ),
            )
            .label(label)
            .why(why.join(" "))
            .help(help)
            .about(
                unit.label(),
                seat.role
                    .map_or("role", |role| &context.catalog.role(role).id),
            );
        if nobody.is_empty() {
            finding
        } else {
            finding.severity(Severity::Warning)
        }
    }
}

/// Whether a seat has a duty by its list or by a row of `shared`.
fn has(
    context: &OrganisationContext<'_>,
    group: &Product,
    (unit, seat): (&UnitFacts, &Seat),
    duty: DutyIx,
) -> bool {
    let product = group.product.map(|product| context.index.unit(product));
    let mut units = product.into_iter().chain([unit]);
    seat.says(duty).is_some()
        || units.any(|unit| unit.shared_with(seat).any(|shared| shared == duty))
}

/// "`roadmap`, `customer-focus`".
fn listed<'a>(defs: impl Iterator<Item = &'a DutyDef>) -> String {
    let ids: Vec<String> = defs.map(|def| format!("`{}`", def.id)).collect();
    ids.join(", ")
}
