use super::{SeatOf, manager_beside, name_of, title_of};
use crate::rules::mend::Mend;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::spec::Role;
use crate::workspace::{PM_COLLABORATION, Seat, SeatState, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "missing-pm-po-link",
    group: Group::Ownership,
    severity: Some(Severity::Hint),
    summary: "a Product Manager and a Product Owner, and nothing says that they work together, or only one side says it",
    why: "The Product Manager looks outwards and the Product Owner looks after the team's work; what makes one product of it is \
          that the two talk. Where only one of them counts that as their work, it is the first thing to go in a busy month.",
    remedy: "Name the other role under `works_with:` on both seats. A line that says so does as well: the duty `pm-collaboration`, \
             \"Weekly meeting with the Product Manager\", or a duty that names the other one, such as \"Shape the roadmap with the \
             Product Manager\".",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - value-maximization\n      \
          - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      - team-liaison\n",
    good: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n  product-owner:\n    \
           holder: ben\n    works_with: [product-manager]\n    duties:\n      - value-maximization\n      - backlog-refinement\n      \
           - feedback-analysis\n      - delivery-process\n      - team-liaison\n",
    misses: "Two people who are linked in the file and never talk. Seats without a list say nothing, so they lack nothing. Where \
             lines of a seat were not recognised, one of them may say it, and nothing is reported.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    link_both(context).into_iter().collect()
}

/// Says on both seats that they work together, where they do not say it yet.
fn link_both(context: &FixContext<'_>) -> Option<Fix> {
    let here = Mend::own(context)?;
    let other = context.finding.related.first()?;
    let there = Mend::of(context, other.file)?;
    let (_, silent) = here.seat(context.finding.span)?;
    let (_, counterpart) = there.seat(other.span)?;
    let catalog = context.catalog();
    let (manager, owner) = (catalog.product_manager()?, catalog.product_owner()?);
    let (own, theirs) = match silent.is(owner, catalog) {
        true => (owner, manager),
        false => (manager, owner),
    };
    let id = |role| catalog.role(role).id.as_str();
    let edits = here.add_to_list(silent, "works_with", id(theirs))?;
    let mut fix = Fix::safe("Say on both seats that they work together").edit(here.file, edits);
    let says = |role: &Role, other| role.works_with.iter().any(|name| name.role == Some(other));
    let lists = |role: &Role| {
        let mut lines = role.duties.iter().flat_map(|duties| &duties.items);
        let duty = catalog.find_duty(PM_COLLABORATION);
        lines.any(|line| line.all_owned().any(|said| Some(said.duty) == duty))
    };
    if !says(counterpart, own) && !lists(counterpart) {
        fix = fix.edit(
            there.file,
            there.add_to_list(counterpart, "works_with", id(own))?,
        );
    }
    Some(fix)
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        let (Some(manager), Some(owner)) = (
            context.catalog.product_manager(),
            context.catalog.product_owner(),
        ) else {
            continue;
        };
        let link = Link { context };
        let both = |seat: &Seat| seat.is(manager) && seat.is(owner);
        let mut silent_managers: Vec<&Seat> = Vec::new();
        for owner_seat in group.seats_of(context.index, owner) {
            let Some(manager_seat) = manager_beside(context, group, owner_seat.0) else {
                continue;
            };
            if both(owner_seat.1)
                || both(manager_seat.1)
                || owner_seat.1.shares_holder(manager_seat.1, context.index)
                || [owner_seat, manager_seat].iter().any(is_unclear)
            {
                continue;
            }
            let manager_says =
                manager_seat.1.works_with.contains(&owner) || link.lists(manager_seat.1);
            let owner_says = owner_seat.1.works_with.contains(&manager) || link.lists(owner_seat.1);
            if !owner_says && lists_all(owner_seat.1) {
                findings.push(link.finding(owner_seat, manager_seat, manager_says));
            } else if owner_says
                && !manager_says
                && speaks(manager_seat.1)
                && !silent_managers
                    .iter()
                    .any(|known| std::ptr::eq(*known, manager_seat.1))
            {
                silent_managers.push(manager_seat.1);
                findings.push(link.finding(manager_seat, owner_seat, true));
            }
        }
    }
}

/// A seat where nobody sits works with nobody; one with an empty list, or beside a syntax error, is told so.
fn is_unclear((unit, seat): &SeatOf<'_>) -> bool {
    seat.state == SeatState::Vacant
        || seat.hollow()
        || unit.may_hide(&["works_with", PM_COLLABORATION])
}

/// Whether a seat lists its duties, every line was recognised, and so nothing is assumed.
fn lists_all(seat: &Seat) -> bool {
    seat.unread == Some(0)
}

/// Whether a seat says what it does or with whom, so that its silence means something.
fn speaks(seat: &Seat) -> bool {
    lists_all(seat) || (seat.assumes() && !seat.works_with.is_empty())
}

struct Link<'a> {
    context: &'a OrganisationContext<'a>,
}

impl<'a> Link<'a> {
    /// Whether a seat lists working with its counterpart as a duty.
    fn lists(&self, seat: &Seat) -> bool {
        let duty = self.context.catalog.find_duty(PM_COLLABORATION);
        duty.is_some_and(|duty| seat.says(duty).is_some())
    }

    /// `silent` does not say that it works with `other`.
    fn finding(&self, silent: SeatOf<'_>, other: SeatOf<'_>, other_says: bool) -> Finding {
        let (unit, seat) = silent;
        let title = title_of(self.context, seat);
        let (other_title, other_name) = (
            title_of(self.context, other.1),
            name_of(self.context, other),
        );
        let message = if other_says {
            format!("{other_name} works with the {title}, and the {title} does not say so")
        } else {
            format!(
                "nothing says that the {title} of {} and the {other_title} work together",
                unit.label()
            )
        };
        let id = self.role_id(other.1);
        let is_owner = self
            .context
            .catalog
            .product_owner()
            .is_some_and(|owner| seat.is(owner));
        let listed = self.context.catalog.find_duty(PM_COLLABORATION).is_some();
        let or_duty = if is_owner && listed {
            format!(", or list the duty `{PM_COLLABORATION}`")
        } else {
            String::new()
        };
        let both = if other_says {
            String::new()
        } else {
            format!(
                " On the {other_title}'s seat, name `{}`.",
                self.role_id(seat)
            )
        };
        RULE.finding(unit.file, seat.key, message)
            .label(format!("add `works_with: [{id}]`"))
            .why("The two steer one product. What is nobody's work is the first thing to go in a busy month.")
            .help(format!("Add `works_with: [{id}]` to the {title}{or_duty}.{both}"))
            .related(other.0.file, other.1.key, format!("{other_name} is here"))
            .about(unit.label(), self.role_id(seat))
    }

    fn role_id(&self, seat: &Seat) -> &'a str {
        let catalog = self.context.catalog;
        seat.role.map_or("", |role| &catalog.role(role).id)
    }
}
