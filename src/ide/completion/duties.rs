//! Duties: what the seat should have and nobody has first, what it has already last.

use super::cursor::Place;
use super::insert::Body;
use super::names::joined;
use super::site::{Behind, Offer, Site, Slot};
use super::{About, CompletionKind};
use crate::catalog::{Catalog, DutyIx, RoleIx};
use crate::ide::lookup::Around;
use crate::spec::{Duties, Role};
use crate::workspace::{Hands, Index, Seat, UnitFacts};

/// How a duty stands to a seat; the first is what is wanted most.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It is the seat's, and nobody has it.
    Open,
    /// It is the seat's, nobody has it, and nobody has to.
    Spare,
    /// It is the seat's, and somebody else has it.
    Elsewhere(String),
    /// It is another role's, and nobody has it.
    Foreign,
    /// It is another role's, which has it.
    ForeignHeld(String),
    /// It is on the list.
    Listed,
    /// Nobody can tell.
    Unknown,
}

/// How each duty of the catalog stands to the seat that a place is in, in the catalog's order.
pub(super) fn standings(site: &Site<'_>, place: &Place<'_>) -> Vec<(DutyIx, Standing)> {
    let view = site.view;
    let catalog = view.catalog();
    let all = || catalog.duties().map(|(duty, _)| duty);
    let name = match place.path.as_slice() {
        ["roles", name, ..] => *name,
        _ => return all().map(|duty| (duty, Standing::Unknown)).collect(),
    };
    let role = site.seat(name);
    let listed = listed(site, place, role);
    let product = view.session.product(view.file);
    let seats = product.as_ref().and_then(|product| {
        let index = &product.index;
        let around = Around::find(view, site.unit()?, index)?;
        Some(Seats::of(around, role, index, catalog))
    });
    let own = catalog.find_role(name);
    let is_own = |owner: RoleIx| {
        own.is_some_and(|own| own == owner || catalog.role(own).combines.contains(&owner))
    };
    all()
        .map(|duty| {
            let def = catalog.duty(duty);
            if listed.contains(&duty) {
                return (duty, Standing::Listed);
            }
            let standing = match &seats {
                Some(seats) => seats.standing(duty, is_own(def.role)),
                None if is_own(def.role) && def.core => Standing::Open,
                None if is_own(def.role) => Standing::Spare,
                None => Standing::Foreign,
            };
            (duty, standing)
        })
        .collect()
}

/// What the list has already, the line that is being typed left out.
fn listed(site: &Site<'_>, place: &Place<'_>, role: Option<&Role>) -> Vec<DutyIx> {
    let catalog = site.view.catalog();
    let at = site.offset;
    let duties = role.and_then(|role| role.duties.as_ref());
    let others = duties.into_iter().flat_map(Duties::real);
    let others = others.filter(|duty| at < duty.span.start || duty.span.end < at);
    let mut listed: Vec<DutyIx> = others
        .flat_map(|duty| duty.all_owned().map(|said| said.duty))
        .collect();
    listed.extend(place.there.iter().filter_map(|id| catalog.find_duty(id)));
    listed
}

/// The seats of a team or product.
struct Seats<'i> {
    hands: Hands<'i>,
    /// The one that the place is in.
    own: Option<&'i Seat>,
    catalog: &'i Catalog,
}

impl<'i> Seats<'i> {
    fn of(around: Around<'i>, role: Option<&Role>, index: &'i Index, catalog: &'i Catalog) -> Self {
        let hands = around.hands(index, catalog);
        Self {
            hands,
            own: role.and_then(|role| around.seat(role.key.name.span)),
            catalog,
        }
    }

    fn standing(&self, duty: DutyIx, is_role: bool) -> Standing {
        let def = self.catalog.duty(duty);
        let mut others = self
            .hands
            .seats()
            .filter(|(_, seat)| !self.own.is_some_and(|own| std::ptr::eq(own, *seat)));
        let holder = others
            .find(|(_, seat)| self.hands.holds(seat, duty).is_some())
            .map(|holder| self.called(holder));
        let holder = holder.or_else(|| self.hands.shares(duty).then(|| "it is shared".to_owned()));
        let own = self.own.map(|own| self.hands.answers_for(own, def.role));
        match (own.unwrap_or(is_role), holder) {
            (true, None) if def.core => Standing::Open,
            (true, None) => Standing::Spare,
            (true, Some(holder)) => Standing::Elsewhere(holder),
            (false, None) => Standing::Foreign,
            (false, Some(holder)) => Standing::ForeignHeld(holder),
        }
    }

    fn called(&self, (unit, seat): (&UnitFacts, &Seat)) -> String {
        match seat.role {
            Some(role) => {
                let title = &self.catalog.role(role).title;
                format!("{title} of {} has it", unit.id.text)
            }
            None => format!("another seat of {} has it", unit.id.text),
        }
    }
}

/// Offers duties as values and items. Before words of somebody's own, which stay, they become keys.
pub(super) fn words(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let word = site.word;
    let own_words = match site.words_behind() {
        Behind::Nothing => false,
        Behind::Words(start) if slot == Slot::Item => {
            site.word.end = start;
            true
        }
        // They would be lost.
        Behind::Words(_) | Behind::Others => return,
    };
    for (duty, detail) in ranked(site, place) {
        let id = &site.view.catalog().duty(duty).id;
        let body = match own_words {
            true => Body::word(&format!("{id}: ")),
            false => site.scalar(slot, id),
        };
        let offer = offer(id, detail, body);
        site.add(place, slot, offer);
    }
    site.word = word;
}

/// Offers duties as keys, with words of one's own behind them.
pub(super) fn keys(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    for (duty, detail) in ranked(site, place) {
        let id = &site.view.catalog().duty(duty).id;
        let offer = offer(id, detail, Body::nothing());
        site.add_key(place, slot, Body::nothing(), offer);
    }
}

fn offer(id: &str, detail: String, body: Body) -> Offer {
    Offer {
        label: id.to_owned(),
        detail,
        kind: CompletionKind::Duty,
        body,
        about: About::Duty(id.to_owned()),
    }
}

/// The duties, the most wanted first, each with a few words.
fn ranked(site: &Site<'_>, place: &Place<'_>) -> Vec<(DutyIx, String)> {
    let catalog = site.view.catalog();
    let mut all = standings(site, place);
    let rank = |standing: &Standing| match standing {
        Standing::Open | Standing::Unknown => 0,
        Standing::Spare => 1,
        Standing::Elsewhere(_) => 2,
        Standing::Foreign => 3,
        Standing::ForeignHeld(_) => 4,
        Standing::Listed => 5,
    };
    all.sort_by_key(|(_, standing)| rank(standing));
    all.into_iter()
        .map(|(duty, standing)| {
            let def = catalog.duty(duty);
            let owner = &catalog.role(def.role).title;
            let words = match standing {
                Standing::Open => "nobody has it yet".to_owned(),
                Standing::Spare => "nobody has it, and it is not asked for".to_owned(),
                Standing::Elsewhere(who) | Standing::ForeignHeld(who) => who,
                Standing::Foreign => format!("the {owner}'s, and nobody has it yet"),
                Standing::Listed => "is on this list already".to_owned(),
                Standing::Unknown => owner.clone(),
            };
            (duty, joined(&def.title, &words))
        })
        .collect()
}

/// Offers the duties of the catalog below, for a catalog that changes some of them.
pub(super) fn of_catalog(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let catalog = site.view.catalog();
    for (_, def) in catalog.duties() {
        if place.there.contains(&&*def.id) {
            continue;
        }
        let owner = &catalog.role(def.role).title;
        let detail = joined(&def.title, &format!("{owner}; change it"));
        let offer = offer(&def.id, detail, Body::nothing());
        let value = Body::Below(Box::new(Body::nothing()));
        site.add_key(place, slot, value, offer);
    }
}
