//! People who leave.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Due, DueKind, Plan};
use crate::rules::people::{called, find};
use crate::rules::{Checked, Outcome};
use crate::syntax::Name;
use crate::text::Span;
use crate::workspace::{FileId, Seat, SeatState, UnitFacts};

/// People who leave and hold a seat or cover for one. Whose time in a seat ends before, settles it.
pub(super) fn departures(
    organisation: &Checked,
    outcome: &Outcome,
    plan: &Plan,
    settled: &HashMap<(FileId, Span), Date>,
) -> Vec<Due> {
    let index = &organisation.index;
    let mut dues = Vec::new();
    for (_, unit) in index.units() {
        let Some(days) = plan.files.get(&unit.file) else {
            continue;
        };
        for (seat, name, covers) in unit.seats.iter().flat_map(occupants) {
            let person = find(index, &name.text, days.today);
            let Some((last, _)) = person.and_then(|person| person.left) else {
                continue;
            };
            let Some(left) = days.left(last) else {
                continue;
            };
            let ends = settled.get(&(unit.file, name.span));
            if ends.is_some_and(|day| *day <= last) {
                continue;
            }
            let who = called(index, &name.text);
            let seat = format!(
                "{} of {}",
                title(organisation, outcome, unit, seat),
                unit.label()
            );
            let what = match (left < 0, covers) {
                (false, false) => format!("{who}, {seat}, leaves"),
                (false, true) => format!("{who}, who covers for the {seat}, leaves"),
                (true, false) => format!("{who} left and is still {seat}"),
                (true, true) => format!("{who} left and still covers for the {seat}"),
            };
            dues.push(Due {
                day: last,
                days: left,
                kind: DueKind::Departure,
                what,
                who: Some(who.to_owned()),
                unit: Some(unit.label()),
                file: unit.file,
                span: name.span,
            });
        }
    }
    dues
}

/// Who sits in a seat, or covers for it. A name beside `vacant:` misleads nobody.
fn occupants(seat: &Seat) -> impl Iterator<Item = (&Seat, &Name, bool)> {
    let sits = seat.state != SeatState::Vacant;
    let holders = seat.holders.iter().filter(move |_| sits);
    let holders = holders.map(move |holder| (seat, &holder.person, false));
    let cover = seat.cover().map(|cover| (seat, cover, true));
    holders.chain(cover)
}

/// The title of a seat; one that the catalog does not know is called as it is written.
fn title(organisation: &Checked, outcome: &Outcome, unit: &UnitFacts, seat: &Seat) -> String {
    match seat.role {
        Some(role) => organisation.knowledge.catalog.role(role).title.clone(),
        None => {
            let text = outcome.sources.text(unit.file);
            seat.key.slice(&text).trim_matches(['"', '\'']).to_owned()
        }
    }
}
