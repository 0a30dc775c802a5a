use super::enrol;
use super::holders::{self, Place};
use super::roster::{find, spelled};
use crate::rules::mend::Mend;
use crate::rules::{Check, Finding, Fix, FixContext, Group, OrganisationContext, Rule};
use crate::syntax::{Name, nearest};
use crate::workspace::{Index, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "unknown-person",
    group: Group::People,
    severity: Some(Severity::Error),
    summary: "a holder who is not in the people document, where there is one",
    why: "Where an organisation lists its people, a holder outside that list is a slip of the keyboard, somebody who was \
          taken off the list when they left, or somebody whom nobody has added yet. In each case readers take the seat for \
          filled and cannot find out who to ask.",
    remedy: "Correct the spelling, or add the person to the people document. If the person is gone, mark the seat `vacant:`.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: bne-stone\n---\npeople:\n  ana: {name: Ana Lima}\n  ben-stone: {name: Ben Stone}\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben-stone\n---\npeople:\n  ana: {name: Ana Lima}\n  ben-stone: {name: Ben Stone}\n",
    misses: "Anything, where the organisation has no people document or an empty one. A name that is spelled like somebody \
             else's.",
    options: &[],
    check: Check::Organisation(check),
    fix: Some(fix),
};

/// How many people are offered who may be meant.
const MAX_NEAR: usize = 3;

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let Some(place) = holders::find(&mend, context.finding.span) else {
        return Vec::new();
    };
    let text = &*place.holder.person.text;
    let mut fixes: Vec<Fix> = meant(context, &place)
        .into_iter()
        .filter_map(|name| {
            let edit = holders::rename(&mend, place.holder, name)?;
            Some(Fix::asked(format!("Write `{name}`")).edit(mend.file, [edit]))
        })
        .collect();
    fixes.extend(enrol::fixes(context, text));
    fixes.extend(holders::without(&mend, &place, None).map(|edits| {
        let others = place.role.people().count() > 1;
        let title = match (place.covers, others || place.role.vacant.is_some()) {
            (true, _) => format!("Take {text} out as cover"),
            (false, true) => format!("Take {text} out"),
            (false, false) => "Mark the seat vacant".to_owned(),
        };
        Fix::asked(title).edit(mend.file, edits)
    }));
    fixes
}

/// The ids and names that somebody may have meant, the nearest first: one for each person, and nobody who sits
/// in the seat already.
fn meant<'a>(context: &FixContext<'a>, place: &Place<'_>) -> Vec<&'a str> {
    let index = context.index;
    let text = &*place.holder.person.text;
    let email = index.people().find(|person| {
        let email = person.email.as_ref();
        email.is_some_and(|email| spelled(&email.text) == spelled(text))
    });
    if let Some(person) = email {
        return vec![&*person.id.text];
    }
    let mut sitting: Vec<String> = place
        .role
        .people()
        .map(|holder| index.person_key(&holder.person.text))
        .collect();
    let mut known: Vec<&str> = known(index).collect();
    let mut meant = Vec::new();
    while meant.len() < MAX_NEAR
        && let Some(near) = nearest(text, known.iter().copied())
    {
        known.retain(|name| *name != near);
        let person = index.person_key(near);
        if !sitting.contains(&person) {
            meant.push(near);
            sitting.push(person);
        }
    }
    meant
}

/// The ids and names of all people, those that a slip may have meant.
fn known(index: &Index) -> impl Iterator<Item = &str> {
    index
        .people()
        .flat_map(|person| std::iter::once(&person.id).chain(&person.name))
        .map(|name| &*name.text)
}

const WHY: &str = "Readers take the seat for filled, and cannot find out who this is or whether they are still here.";

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    if context.index.roster().is_empty() {
        return;
    }
    let lookup = Lookup { context };
    for (_, unit) in context.index.units() {
        for seat in &unit.seats {
            let role = seat.role.map_or("", |role| &context.catalog.role(role).id);
            let title = seat.role.map(|role| context.title(role));
            for holder in &seat.holders {
                let what = match title {
                    Some(title) => format!("holds the seat of the {title}"),
                    None => "holds a seat".to_owned(),
                };
                findings.extend(lookup.unknown(unit, role, &holder.person, &what));
            }
            if let Some(cover) = seat.cover() {
                let what = match title {
                    Some(title) => format!("covers for the {title}"),
                    None => "covers for a vacant seat".to_owned(),
                };
                findings.extend(lookup.unknown(unit, role, cover, &what));
            }
        }
    }
}

struct Lookup<'a> {
    context: &'a OrganisationContext<'a>,
}

impl Lookup<'_> {
    fn unknown(&self, unit: &UnitFacts, role: &str, person: &Name, what: &str) -> Option<Finding> {
        let text = &*person.text;
        let index = self.context.index;
        if find(index, text, self.context.today).is_some() || self.may_be_lost(text) {
            return None;
        }
        let finding = RULE
            .finding(
                unit.file,
                person.span,
                format!("`{text}` {what} and is not in the people document"),
            )
            .why(WHY)
            .about(unit.label(), format!("{role} {text}"));
        if let Some(known) = index.roster().by_email(text) {
            let id = &known.id.text;
            return Some(finding.label("an e-mail address").help(format!(
                "This is the e-mail address of `{id}`: write `{id}`."
            )));
        }
        Some(match nearest(text, known(index)) {
            Some(near) => finding.label(format!("did you mean `{near}`?")).help(format!(
                "Write `{near}` if that is who is meant; else add `{text}` to the people document."
            )),
            None => finding.label("nobody by this id or name").help(format!(
                "Add `{text}` to the people document, or correct the name. If the person is gone, write `vacant:` with `since:` and `cover:` instead."
            )),
        })
    }

    /// Whether a person may stand in words that a syntax error keeps out of the people document.
    fn may_be_lost(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let mut lost = self.context.index.roster().lost();
        lost.any(|lost| lost.is_empty() || lost.contains(&text))
    }
}
