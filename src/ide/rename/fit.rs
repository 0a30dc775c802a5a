//! Whether a name can be given: YAML reads it, it suits, and nothing else has it.

use super::super::View;
use super::super::people::{People, spelled};
use super::super::target::{Subject, Target};
use super::naming::{Naming, Start};
use super::places;
use crate::catalog::simple_name;
use crate::spec::{UnitKind, is_placeholder, looks_like_id, person_in};
use crate::syntax::plain_scalar;

/// Whether YAML reads a name as it is written, without quotes.
pub(super) fn check_written(new: &str) -> Result<(), String> {
    if new.is_empty() {
        return Err("A name needs at least one letter.".to_owned());
    }
    if new.chars().any(char::is_control) {
        return Err("A name has to fit on one line.".to_owned());
    }
    let is_date = new.parse::<jiff::civil::Date>().is_ok();
    if plain_scalar(new) != new || is_date {
        return Err(misread(new));
    }
    Ok(())
}

/// What is said of a name that YAML takes for something else.
pub(super) fn misread(new: &str) -> String {
    format!("YAML would read `{new}` as something else than a name. Please choose another one.")
}

/// Whether a name is free, and fit for what it is to name.
pub(super) fn check_free(
    view: &View<'_>,
    start: &Start<'_>,
    new: &str,
    is_given_up: &dyn Fn() -> bool,
) -> Result<(), String> {
    let taken = |what: &str| {
        Err(format!(
            "There is already {what} `{new}`. Please choose another name."
        ))
    };
    let facts = || view.session.facts(view.file).into_iter();
    let units = || facts().flat_map(|facts| facts.units.iter());
    let has_unit = |kind: UnitKind| {
        units().any(|unit| {
            let listed = unit.teams.iter().filter(|_| kind == UnitKind::Team);
            let product = unit.product.iter().filter(|_| kind == UnitKind::Product);
            let own = (unit.kind == kind).then_some(&unit.id);
            own.into_iter()
                .chain(listed)
                .chain(product)
                .any(|id| *id.text == *new)
        })
    };
    match &start.target.subject {
        Subject::Person(old) => {
            if is_placeholder(new) || *person_in(new) != *new {
                return Err(format!("`{new}` does not read like the name of a person."));
            }
            let own = match start.naming {
                // Whoever it is, the seat is theirs then.
                Naming::Nobody => return Ok(()),
                Naming::Person { known, .. } => known,
                _ => None,
            };
            let people = People::around(view);
            let is_other = |found: &str| own.is_none_or(|own| *own.id.text != *found);
            if let Some(known) = people.find(new).filter(|known| is_other(&known.id.text)) {
                return Err(format!(
                    "`{new}` is already somebody else: `{}`{}. Please choose another name.",
                    known.id.text,
                    known
                        .name
                        .as_ref()
                        .map_or_else(String::new, |name| format!(", {}", name.text))
                ));
            }
            let call = spelled(new);
            let seats = units().flat_map(|unit| &unit.seats);
            let mut named = seats.flat_map(|seat| {
                let holders = seat.holders.iter().map(|holder| &holder.person);
                holders.chain(seat.cover())
            });
            let is_named = spelled(old) != call
                && people.find(new).is_none()
                && named.any(|name| spelled(&name.text) == call);
            if is_named {
                taken("somebody called")
            } else {
                Ok(())
            }
        }
        Subject::Team(_) if has_unit(UnitKind::Team) => taken("a team"),
        Subject::Product(_) if has_unit(UnitKind::Product) => taken("a product"),
        Subject::Role(old, known) => {
            let simple = simple_name(new);
            if simple.is_empty() {
                return Err("A role needs at least one letter in its name.".to_owned());
            }
            let found = view.catalog().find_role(new);
            let is_own = found.is_some() && found == *known;
            let in_units =
                || units().any(|unit| unit.own_roles().iter().any(|role| **role == *simple));
            let is_taken = match &start.naming {
                _ if simple == simple_name(old) => found.is_some() && !is_own,
                // An id may read like the title, and a title like the id.
                Naming::Role {
                    by_id: true, names, ..
                } if is_own => !names.contains(&simple),
                Naming::Role {
                    id: Some(id),
                    names,
                    ..
                } if is_own => names.contains(&simple) || simple_name(id) != simple,
                _ => found.is_some() || in_units(),
            };
            match &start.naming {
                _ if is_taken => taken("a role"),
                Naming::Role {
                    id: Some(_),
                    by_id: true,
                    ..
                } => check_role_id(new),
                _ => Ok(()),
            }
        }
        Subject::Duty(_, known) => {
            // What is no duty of a catalog may have a name in words, but not where only an id can stand.
            if (known.is_some() || start.target.seat.is_some()) && !looks_like_id(new) {
                return Err(no_duty_id(new));
            }
            let other = Target {
                subject: Subject::Duty(new.into(), None),
                ..start.target.clone()
            };
            let is_used = || !places(view, &other, is_given_up).is_empty();
            if view.catalog().find_duty(new).is_some() || is_used() {
                return taken("a duty");
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_role_id(new: &str) -> Result<(), String> {
    if looks_like_id(new) {
        return Ok(());
    }
    let simple = simple_name(new);
    let instead = match looks_like_id(&simple) {
        true => format!(" `{simple}` would do."),
        false => String::new(),
    };
    Err(format!(
        "The id of a role has small letters, digits and hyphens only.{instead} `{new}` can be its title: rename that, or give it one in your catalog."
    ))
}

/// What is said of a name that cannot be the id of a duty.
pub(super) fn no_duty_id(new: &str) -> String {
    format!(
        "The id of a duty has small letters, digits and hyphens only; `{new}` would be read as a line of text."
    )
}
