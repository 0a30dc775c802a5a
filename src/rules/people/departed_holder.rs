use super::holders;
use super::roster::{self, called, days, days_between, departure, listed};
use crate::rules::mend::Mend;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::spec::Holder;
use crate::syntax::Name;
use crate::workspace::{Seat, SeatState, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "departed-holder",
    group: Group::People,
    severity: Some(Severity::Error),
    summary: "a holder whose last day (`left:`) has come, and who still holds a role",
    why: "The seat looks filled and is empty. Questions go to somebody who is gone, the duties are nobody's, and because \
          nothing says that the seat is vacant, nobody looks for a successor.",
    remedy: "Name the successor. If there is none yet, mark the seat `vacant:` since that day, with `cover:` for who does the \
             work meanwhile.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: fay\n---\npeople:\n  ana: {name: Ana Lima}\n  fay: {name: Fay Moss, left: 2026-05-31}\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    vacant: {since: 2026-05-31, cover: ana}\n---\npeople:\n  ana: {name: Ana Lima}\n  fay: {name: Fay Moss, left: 2026-05-31}\n",
    misses: "A departure that nobody has entered in the people document, and one that is still to come.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    leave(context).into_iter().collect()
}

/// Takes somebody who left out of what they do: as one of several holders, as the last one, or as a cover.
fn leave(context: &FixContext<'_>) -> Option<Fix> {
    let mend = Mend::own(context)?;
    let place = holders::find(&mend, context.finding.span)?;
    let left = |holder: &Holder| {
        let person = roster::find(context.index, &holder.person.text, context.today)?;
        departure(person, context.today)
    };
    left(place.holder)?;
    let who = called(context.index, &place.holder.person.text);
    if place.covers {
        let edits = holders::drop_cover(&mend, place.role)?;
        return Some(Fix::asked(format!("Take {who} out as cover")).edit(mend.file, edits));
    }
    let here = place.role.people().filter(|holder| left(holder).is_none());
    let here: Vec<&str> = here
        .map(|holder| called(context.index, &holder.person.text))
        .collect();
    if here.is_empty() {
        // Where several are gone the seat is empty since the last of them.
        let since = place.role.people().filter_map(left).max()?;
        let edits = mend.vacate(place.role, Some(&since.to_string()))?;
        let title = format!("Mark the seat vacant since {since}");
        return Some(Fix::asked(title).edit(mend.file, edits));
    }
    let edits = holders::take_out(&mend, place.role, &[place.holder])?;
    let title = format!("Take {who} out and leave the seat to {}", listed(&here));
    Some(Fix::asked(title).edit(mend.file, edits))
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    if context.index.roster().is_empty() {
        return;
    }
    for (_, unit) in context.index.units() {
        for seat in &unit.seats {
            // Whoever marks a seat as vacant knows; the name that still stands there misleads nobody.
            if seat.state != SeatState::Vacant {
                for holder in &seat.holders {
                    findings.extend(departed(context, unit, seat, &holder.person, false));
                }
            }
            if let Some(cover) = seat.cover() {
                findings.extend(departed(context, unit, seat, cover, true));
            }
        }
    }
}

fn departed(
    context: &OrganisationContext<'_>,
    unit: &UnitFacts,
    seat: &Seat,
    name: &Name,
    covers: bool,
) -> Option<Finding> {
    let person = roster::find(context.index, &name.text, context.today)?;
    let left = departure(person, context.today)?;
    let (_, left_at) = person.left?;
    let who = called(context.index, &name.text);
    let title = seat.role.map(|role| context.title(role));
    let what = match (covers, title) {
        (false, Some(title)) => format!("holds the seat of the {title}"),
        (false, None) => "holds a seat".to_owned(),
        (true, Some(title)) => format!("covers for the {title}"),
        (true, None) => "covers for a vacant seat".to_owned(),
    };
    let message = match left == context.today {
        true => format!("{who} leaves today and still {what}"),
        false => format!("{who} left on {left} and still {what}"),
    };
    let label = match days_between(left, context.today) {
        0 => "the last day is today".to_owned(),
        gone => format!("gone for {}", days(gone)),
    };
    let role = seat.role.map_or("", |role| &context.catalog.role(role).id);
    let finding = RULE
        .finding(unit.file, name.span, message)
        .label(label)
        .related(person.file, left_at, format!("the last day of {who}"))
        .about(unit.label(), format!("{role} {}", person.id.text));
    Some(if covers {
        finding
            .why("Nobody does the work of this seat, though it looks as if somebody did.")
            .help("Write under `cover:` who does the work now, or better, fill the seat.")
    } else {
        let why = match left == context.today {
            true => {
                "From tomorrow the seat looks filled and is empty, and nobody looks for a successor."
            }
            false => {
                "The seat looks filled and is empty: questions go to somebody who is gone, and nobody looks for a successor."
            }
        };
        finding
            .why(why)
            .help(format!(
                "Write the name of the successor. If there is none yet, write `vacant: {{since: {left}}}`, with `cover:` for who does the work meanwhile."
            ))
    })
}
