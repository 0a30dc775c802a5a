use jiff::civil::Date;

use super::roster::{called, days, days_between, is_gone, listed};
use super::{covers, holders};
use crate::rules::mend::Mend;
use crate::rules::{Check, FileContext, Finding, Fix, FixContext, Group, Rule, RuleOption};
use crate::spec::{Holder, Role, SourceFile, Unit, Vacancy};
use crate::syntax::{Entry, ProblemKind, Value};
use crate::text::TextEdit;
use crate::workspace::Severity;

pub(in crate::rules) static RULE: Rule = Rule {
    id: "vacant-role",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "a vacant seat; an error where nobody covers for it or it has been vacant for too long",
    why: "Saying that a seat is vacant is right, and better than a name that is out of date. The work of the seat still waits \
          for somebody. With a cover it goes on for a while; without one, or after some months, it is decided by whoever \
          happens to be in the room, or by nobody.",
    remedy: "Fill the seat. Until then, say who does its work: `vacant: {since: 2026-06-01, cover: ana}`. `cover:` takes the id \
             or name of a person. If the seat will not be filled again, take it out of the file and give its duties to \
             others.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    vacant: {since: 2026-05-01}\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n",
    misses: "A seat whose holder has stopped doing its work. How old a vacancy without `since:` is.",
    options: &[RuleOption {
        name: "max_days",
        default: Some(90),
        meaning: "for how many days a seat may be vacant, with somebody covering for it, before that is an error",
    }],
    check: Check::Unit(check),
    fix: Some(fix),
};

fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let Some(mend) = Mend::own(context) else {
        return Vec::new();
    };
    let seat = mend.seat(context.finding.span);
    let found = seat.and_then(|(unit, role)| {
        let vacancy = role.vacant.as_ref()?;
        (vacancy.span == context.finding.span).then_some((unit, role, vacancy))
    });
    let Some((unit, role, vacancy)) = found else {
        return Vec::new();
    };
    if role.people().next().is_some() {
        return one_of_two(context, &mend, role);
    }
    let mut fixes = Vec::new();
    if vacancy
        .cover
        .as_ref()
        .is_none_or(|cover| !cover.is_somebody())
    {
        let covers = covers::for_seat(context, &mend, unit, role);
        fixes.extend(covers.into_iter().filter_map(|cover| {
            let as_what = cover
                .title
                .map_or_else(String::new, |title| format!(" ({title})"));
            let title = format!("Let {}{as_what} cover for it", cover.called);
            let edits = set_cover(&mend, role, &cover.person)?;
            Some(Fix::asked(title).edit(mend.file, edits))
        }));
    }
    if vacancy.since.is_none() && !has_bad_date(&mend.source, vacancy) {
        fixes.extend(
            set_since(&mend, role, context.today)
                .map(|edits| Fix::asked("Say since when: today").edit(mend.file, edits)),
        );
    }
    fixes
}

/// A seat that is vacant and held at once: one of the two goes. Nobody holds it who is gone.
fn one_of_two(context: &FixContext<'_>, mend: &Mend<'_>, role: &Role) -> Vec<Fix> {
    let people: Vec<&Holder> = role.people().collect();
    let names = people
        .iter()
        .map(|holder| called(context.index, &holder.person.text));
    let names: Vec<&str> = names.collect();
    let here = !people
        .iter()
        .any(|holder| is_gone(context.index, &holder.person.text, context.today));
    let fix = |title: String, edits: Option<Vec<TextEdit>>| {
        Some(Fix::asked(title).edit(mend.file, edits?))
    };
    let held = || {
        let hold = if names.len() == 1 { "holds" } else { "hold" };
        let vacant = holders::vacancy(mend, role)?;
        let edits = mend.editor().remove_entries(vacant.mapping, &["vacant"]);
        fix(
            format!("Say that {} {hold} the seat", listed(&names)),
            edits,
        )
    };
    let covered = || {
        let [only] = people.as_slice() else {
            return None;
        };
        // More than a name would be lost.
        let is_name = role.holders.len() == 1 && !only.long_form;
        if !is_name || role.vacant.as_ref()?.cover.is_some() {
            return None;
        }
        let mut edits = set_cover(mend, role, &only.person.text)?;
        edits.extend(holders::take_out(mend, role, &[*only])?);
        fix(
            format!("Say that {} only covers for it", listed(&names)),
            Some(edits),
        )
    };
    let fixes = [
        here.then(held).flatten(),
        here.then(covered).flatten(),
        fix(
            "Say that nobody holds it".to_owned(),
            holders::take_out(mend, role, &people),
        ),
    ];
    fixes.into_iter().flatten().collect()
}

/// Says who does the work of an empty seat.
fn set_cover(mend: &Mend<'_>, role: &Role, person: &str) -> Option<Vec<TextEdit>> {
    let vacant = holders::vacancy(mend, role)?;
    let editor = mend.editor();
    let keys = [("cover", Value::text(person))];
    if !vacant.value.is_mapping() {
        return editor.rewrite(vacant, &Value::Map(keys.into()).flow());
    }
    let mut entries = vacant.value.entries();
    let Some((key, value)) = entries.find(|(key, _)| key.text() == Some("cover")) else {
        return editor.add(vacant.value, Some("since"), &keys);
    };
    let cover = Entry {
        mapping: vacant.value,
        key,
        value,
    };
    editor.rewrite(cover, &Value::text(person).flow())
}

/// Says since when a seat is empty.
fn set_since(mend: &Mend<'_>, role: &Role, day: Date) -> Option<Vec<TextEdit>> {
    let vacant = holders::vacancy(mend, role)?;
    let editor = mend.editor();
    let keys = [("since", Value::text(day.to_string()))];
    if !vacant.value.is_mapping() {
        return editor.rewrite(vacant, &Value::Map(keys.into()).flow());
    }
    let said = vacant.value.get("since").is_some();
    (!said).then(|| editor.add_first(vacant.value, &keys))?
}

fn check(context: &FileContext<'_>, unit: &Unit, findings: &mut Vec<Finding>) {
    for role in &unit.roles {
        if let Some(vacancy) = &role.vacant {
            findings.extend(vacant(context, unit, role, vacancy));
        }
    }
}

fn vacant(
    context: &FileContext<'_>,
    unit: &Unit,
    role: &Role,
    vacancy: &Vacancy,
) -> Option<Finding> {
    let title = context.role_title(role);
    let age = vacancy
        .since
        .map(|since| days_between(since.date, context.today));
    let finding = |message: String| {
        RULE.finding(context.file, vacancy.span, message)
            .about(unit.label(), role.key.name.text.clone())
    };
    if let Some(holder) = role.people().next() {
        // Somebody who is about to go still holds the seat.
        if age.is_some_and(|age| age < 0) {
            return None;
        }
        let name = &holder.person.text;
        return Some(
            finding(format!("the seat of the {title} is marked vacant and names {name} as its holder"))
                .label("nobody, or somebody?")
                .why("Readers cannot tell which of the two is true.")
                .help(format!(
                    "Remove `vacant:` if {name} holds the seat. If {name} only fills in, write `cover: {name}` under `vacant:` instead."
                )),
        );
    }
    let limit = i64::from(context.settings.option(&RULE, "max_days").unwrap_or(90));
    let cover = vacancy
        .cover
        .as_ref()
        .filter(|cover| cover.is_somebody())
        .map(|cover| &*cover.person.text);
    let too_old = age.is_some_and(|age| age > limit);
    let message = match age {
        None => format!("the seat of the {title} is vacant"),
        Some(0) => format!("the seat of the {title} is vacant since today"),
        Some(age) if age > 0 => {
            format!("the seat of the {title} has been vacant for {}", days(age))
        }
        Some(age) => format!("the seat of the {title} will be vacant in {}", days(-age)),
    };
    let finding = finding(message).label(match cover {
        Some(cover) => format!("covered by {cover}"),
        None => "nobody covers for it".to_owned(),
    });
    // A vacancy that is still to come leaves time to find a cover.
    let ahead = age.is_some_and(|age| age < 0);
    let finding = match (cover.is_none() || too_old) && !ahead {
        true => finding.severity(Severity::Error),
        false => finding,
    };
    let undated = match age.is_none() && !has_bad_date(context.source, vacancy) {
        true => " Say since when with `since:`, so that it is not forgotten.",
        false => "",
    };
    Some(match cover {
        None if ahead => finding
            .why("From that day on its work is nobody's, and there is still time to change that.")
            .help("Find a successor, or say who will do the work until there is one: `cover:` with an id or name, under `vacant:`."),
        None => finding
            .why("Its work is nobody's: it is left undone, or decided by whoever happens to be there.")
            .help(format!("Say who does the work until the seat is filled: `cover:` with an id or name, under `vacant:`.{undated}")),
        Some(cover) if too_old => finding
            .why(format!(
                "A cover is meant for a while. After more than {limit} days {cover} either holds the seat in all but name, or its work waits."
            ))
            .help("Fill the seat, give it to whoever covers for it, or take it out and give its duties to others."),
        Some(cover) => finding
            .why(format!("{cover} does its work beside their own, and that holds for a while only."))
            .help(format!("Fill the seat, or agree on a day by which it is filled.{undated}")),
    })
}

/// Whether a date stands there that cannot be read; `wrong-shape` says so.
fn has_bad_date(source: &SourceFile, vacancy: &Vacancy) -> bool {
    source.spec.problems.iter().any(|problem| {
        problem.kind == ProblemKind::WrongDate && vacancy.span.contains(problem.span.start)
    })
}
