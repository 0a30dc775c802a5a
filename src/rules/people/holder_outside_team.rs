use super::holders;
use super::roster::{called, is_gone};
use crate::catalog::simple_name;
use crate::rules::mend::Mend;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::spec::{UnitKind, is_placeholder};
use crate::syntax::{Entry, Kind, Piece, Value};
use crate::workspace::{Index, SeatState, Severity};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "holder-outside-team",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "a holder who should be in the team, such as the Product Owner, and is not among its listed members",
    why: "A Product Owner is a member of the team and not somebody who hands work in from outside: developers have questions \
          every day. Often the list of members is only out of date, and then it misleads whoever relies on it.",
    remedy: "Add the holder to `members:`. If the person really is outside the team, talk about what that means for the team's \
             questions.",
    bad: "team: checkout\nmembers: [carla, dmitri]\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    good: "team: checkout\nmembers: [ben, carla, dmitri]\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "A team that lists no members. A holder who is listed and never there. Seats in a product's document.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    add(context).into_iter().collect()
}

/// Adds the holder to the team's members: by id where the list has ids.
fn add(context: &FixContext<'_>) -> Option<Fix> {
    let mend = Mend::own(context)?;
    let place = holders::find(&mend, context.finding.span)?;
    let members = mend.document(place.unit)?;
    // Where the key stands twice, the last one counts.
    let named = members
        .entries()
        .filter(|(key, _)| key.text() == Some("members"));
    let (key, list) = named.last()?;
    // What an anchor stands for may be more than the members.
    if list.anchor().is_some() {
        return None;
    }
    let index = context.index;
    let written = &*place.holder.person.text;
    let mut ids = place.unit.members.iter().flatten();
    let by_id = ids.any(|member| {
        index
            .person(&member.text)
            .is_some_and(|known| known.id.text == member.text)
    });
    let person = index.person(written).filter(|_| by_id);
    let name = person.map_or(written, |person| &person.id.text);
    let editor = mend.editor();
    let edits = match list.kind() {
        Kind::Sequence { .. } => editor.push(list, &[Piece::text(name)])?,
        Kind::Scalar(_) => {
            let entry = Entry {
                mapping: members,
                key,
                value: list,
            };
            editor.rewrite(entry, &Value::list([list.text()?, name]).flow())?
        }
        _ => return None,
    };
    let who = called(index, written);
    let title = format!("Add {who} to the members of {}", place.unit.label());
    Some(Fix::asked(title).edit(mend.file, edits))
}

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for (_, unit) in context.index.units() {
        let Some(members) = unit.members().filter(|_| unit.kind == UnitKind::Team) else {
            continue;
        };
        // A list that is still being written says nothing of who is not in it.
        if members.names.iter().any(|member| is_placeholder(member)) {
            continue;
        }
        let seats = unit
            .seats
            .iter()
            .filter(|seat| seat.state == SeatState::Held);
        for seat in seats {
            let Some(role) = seat.role.filter(|role| context.catalog.role(*role).in_team) else {
                continue;
            };
            let title = context.title(role);
            for holder in &seat.holders {
                let person = &holder.person.text;
                let is_member = members
                    .names
                    .iter()
                    .any(|member| same_person(context.index, member, person));
                if is_member || is_gone(context.index, person, context.today) {
                    continue;
                }
                let who = called(context.index, person);
                findings.push(
                    RULE.finding(
                        unit.file,
                        holder.person.span,
                        format!("{who} is {title} of {} and not among its members", unit.label()),
                    )
                    .label("not in `members:`")
                    .why(format!("The {title} belongs to the team, so that questions are answered the same day."))
                    .help(format!("Add `{person}` to `members:`, or correct the name here."))
                    .related(unit.file, members.span, "the members of the team")
                    .about(unit.label(), format!("{} {person}", context.catalog.role(role).id)),
                );
            }
        }
    }
}

/// Whether a member and a holder may be one person. Without a people document, "ben" among the members may well
/// be "Ben Stone".
fn same_person(index: &Index, member: &str, holder: &str) -> bool {
    let member = member
        .split_once(['(', '['])
        .map_or(member, |(name, _)| name.trim_end());
    if index.person_key(member) == index.person_key(holder) {
        return true;
    }
    if index.person(member).is_some() && index.person(holder).is_some() {
        return false;
    }
    let (member, holder) = (simple_name(member), simple_name(holder));
    let first = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
    member == holder || first(&member) == holder || first(&holder) == member
}
