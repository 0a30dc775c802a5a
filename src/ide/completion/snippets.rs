//! Several lines at once.

use super::cursor::Place;
use super::duties::{Standing, standings};
use super::insert::Body;
use super::names::stem;
use super::roles::{combined, needed};
use super::site::{Behind, Offer, Site, Slot};
use super::{About, CompletionKind};
use crate::catalog::{DutyIx, RoleIx};
use crate::rules::find;
use crate::workspace::Severity;

fn add(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, label: &str, body: Body, says: &str) {
    let offer = Offer {
        label: label.to_owned(),
        detail: String::new(),
        kind: CompletionKind::Snippet,
        body,
        about: About::Text(says.to_owned()),
    };
    // A key that is there with its value needs no lines of its own.
    if !site.word.is_key {
        site.add(place, slot, offer);
    }
}

fn who() -> Body {
    Body::stop("who")
}

// --- Documents -------------------------------------------------------------------------------------------

/// Offers whole documents.
pub(super) fn documents(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    if !place.there.is_empty() || site.word.flow {
        return;
    }
    let stem = stem(site);
    let id = |other: &str| Body::stop(stem.as_deref().unwrap_or(other));
    let has_products = site
        .view
        .session
        .facts(site.view.file)
        .iter()
        .flat_map(|facts| facts.units.iter())
        .any(|unit| unit.kind == crate::spec::UnitKind::Product);
    let mut team = vec![("team".to_owned(), id("checkout"))];
    let mut seats = Vec::new();
    if has_products {
        team.push(("product".to_owned(), Body::stop("product")));
    } else {
        seats.push(("product-manager".to_owned(), who()));
    }
    seats.push(("product-owner".to_owned(), who()));
    team.push(("roles".to_owned(), Body::Keys(seats)));
    add(
        site,
        place,
        slot,
        "a new team",
        Body::Keys(team),
        "A team with its Product Owner. Where no product is there yet, its Product Manager stands here too.",
    );
    let product = Body::keys([
        ("product", id("storefront")),
        ("roles", Body::keys([("product-manager", who())])),
    ]);
    let says =
        "A product with its Product Manager. Teams join it by `product:` in their own files.";
    add(site, place, slot, "a new product", product, says);
    let both = Body::keys([
        ("team", id("returns")),
        ("roles", Body::keys([("popm", one_for_both())])),
    ]);
    let says = "A team in which one person is Product Manager and Product Owner.";
    add(site, place, slot, "one person for both roles", both, says);
    let people = Body::keys([(
        "people",
        Body::keys([("ana", Body::keys([("name", Body::stop("Ana Lima"))]))]),
    )]);
    let says = "The people that holders refer to. With such a document rolelint says where a holder is not among them, or has left.";
    add(site, place, slot, "the people", people, says);
    let duty = Body::keys([
        ("title", Body::stop("Tell customers about incidents")),
        ("role", Body::stop("product-owner")),
        (
            "examples",
            Body::List(vec![Body::stop("Keep the status page current")]),
        ),
    ]);
    let catalog = Body::keys([
        ("catalog", id("acme")),
        ("extends", Body::stop("popm")),
        ("duties", Body::keys([("incident-updates", duty)])),
    ]);
    let says = "Roles and duties of your own, on top of a built-in catalog. The examples teach rolelint how people word the duty.";
    add(site, place, slot, "a catalog of your own", catalog, says);
}

fn one_for_both() -> Body {
    Body::keys([
        (
            "combines",
            Body::words(["product-manager", "product-owner"]),
        ),
        ("holder", who()),
    ])
}

// --- Roles -----------------------------------------------------------------------------------------------

/// Offers whole seats.
pub(super) fn roles(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let catalog = site.view.catalog();
    let today = site.today().to_string();
    for role in needed(site) {
        let def = catalog.role(role);
        if place.there.contains(&&*def.id) || !def.combines.is_empty() {
            continue;
        }
        let duties = catalog.duties_of(role).filter(|(_, duty)| duty.core);
        let duties: Vec<Body> = duties.map(|(_, duty)| Body::word(&duty.id)).collect();
        if !duties.is_empty() {
            let seat = Body::keys([("holder", who()), ("duties", Body::List(duties))]);
            let says = format!("A {} with the duties that must be held.", def.title);
            let label = format!("the {} with all duties", def.title);
            let body = Body::Keys(vec![(def.id.clone(), seat)]);
            add(site, place, slot, &label, body, &says);
        }
        let vacant = vacancy_keys(&today);
        let seat = match site.word.flow {
            true => vacant,
            false => Body::keys([("vacant", vacant)]),
        };
        let seat = match site.word.flow {
            true => Body::keys([("vacant", seat)]),
            false => seat,
        };
        let says = format!(
            "Nobody is {} yet: since when, and who does the work meanwhile.",
            def.title
        );
        let label = format!("a vacant {}", def.title);
        let body = Body::Keys(vec![(def.id.clone(), seat)]);
        add(site, place, slot, &label, body, &says);
    }
    let sides = [catalog.product_manager(), catalog.product_owner()];
    let [Some(manager), Some(owner)] = sides else {
        return;
    };
    let has = |role: RoleIx| {
        let mut there = place.there.iter();
        there.any(|name| catalog.find_role(name) == Some(role))
    };
    let both = combined(catalog, (manager, owner));
    if let Some(both) = both.filter(|both| !has(*both) && !has(manager) && !has(owner)) {
        let body = Body::Keys(vec![(catalog.role(both).id.clone(), one_for_both())]);
        let says = "One person is Product Manager and Product Owner: nothing is on the wrong role between the two, and both sides must be covered.";
        add(site, place, slot, "one person for both roles", body, says);
    }
}

fn vacancy_keys(today: &str) -> Body {
    Body::keys([("since", Body::stop(today)), ("cover", who())])
}

/// Offers what a seat may have in it.
pub(super) fn seat(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let catalog = site.view.catalog();
    let has = |keys: &[&str]| place.there.iter().any(|there| keys.contains(there));
    let name = place.path.get(1).copied().unwrap_or("");
    if !has(&["duties", "responsibilities", "accountabilities"])
        && let Some(role) = catalog.find_role(name)
    {
        let mut path = place.path.clone();
        path.extend(["duties", "[]"]);
        let inside = Place {
            path,
            there: Vec::new(),
            ..*place
        };
        let duties = wanted(site, &inside);
        if duties.len() > 1 {
            let label = format!("{} duties", owner_of(site, role));
            let list = Body::List(duties);
            let body = match slot {
                // Below its key a seat needs its holder, too.
                Slot::Below | Slot::Braces => Body::keys([("holder", who()), ("duties", list)]),
                _ => Body::keys([("duties", list)]),
            };
            let says = "The duties of the role that nobody else has. Take out what your holder does not do, and put your own words behind an id: `- roadmap: Keep the next four quarters in order`.";
            add(site, place, slot, &label, body, says);
        }
    }
    if !has(&["holder", "holders", "vacant", "filled", "person"]) {
        let today = site.today().to_string();
        let body = Body::keys([("vacant", vacancy_keys(&today))]);
        let says = "Nobody has the seat: since when, and who does the work meanwhile.";
        add(site, place, slot, "a vacancy", body, says);
    }
}

/// "the Product Owner's"; of a seat that combines two roles "both roles'".
fn owner_of(site: &Site<'_>, role: RoleIx) -> String {
    let def = site.view.catalog().role(role);
    match def.combines.len() {
        0 | 1 => format!("the {}'s", def.title),
        2 => "both roles'".to_owned(),
        _ => "all roles'".to_owned(),
    }
}

/// The ids of the duties that a seat should have and nobody else has: those that must be held, else all.
fn wanted(site: &Site<'_>, place: &Place<'_>) -> Vec<Body> {
    let catalog = site.view.catalog();
    let standings = standings(site, place);
    let of = |wanted: &dyn Fn(DutyIx, &Standing) -> bool| -> Vec<Body> {
        let duties = standings.iter();
        duties
            .filter(|(duty, standing)| wanted(*duty, standing))
            .map(|(duty, _)| Body::word(&catalog.duty(*duty).id))
            .collect()
    };
    of(&|_, standing| *standing == Standing::Open)
}

/// Offers all duties at once that a seat should have.
pub(super) fn duties(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let ["roles", name, _, "[]"] = place.path.as_slice() else {
        return;
    };
    let Some(role) = site.view.catalog().find_role(name) else {
        return;
    };
    let wanted = wanted(site, place);
    if wanted.len() > 1 {
        let owner = owner_of(site, role);
        let label = match place.there.is_empty() {
            true => format!("{owner} duties"),
            false => format!("{owner} other duties"),
        };
        let says = format!(
            "The {} duties of the seat that nobody has yet, a line each. Take out what your holder does not do.",
            wanted.len()
        );
        add(site, place, slot, &label, Body::List(wanted), &says);
    }
}

/// Offers a duty in its long form; not where it would take the place of words.
pub(super) fn duty(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    if !matches!(site.words_behind(), Behind::Nothing) {
        return;
    }
    let body = Body::keys([
        ("text", Body::stop("your own words")),
        ("as", Body::stop("id")),
        ("horizon", Body::stop("medium")),
    ]);
    let says =
        "A duty in your own words, with the catalog's duty that it is and how far ahead it looks.";
    add(site, place, slot, "a duty in full", body, says);
}

/// Offers a holder in its long form.
pub(super) fn holder(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let today = site.today().to_string();
    let body = Body::keys([("person", who()), ("since", Body::stop(&today))]);
    let says = "Who holds the seat, and since when.";
    add(site, place, slot, "a holder with dates", body, says);
    let body = Body::keys([
        ("person", who()),
        ("status", Body::stop("interim")),
        ("until", Body::stop(&today)),
    ]);
    let says = "Somebody who holds the seat for a time: `interim` until somebody is found, `acting` in somebody's place.";
    add(site, place, slot, "somebody for a time", body, says);
}

/// Offers a vacancy with its dates.
pub(super) fn vacancy(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let today = site.today().to_string();
    let says = "Since when the seat is empty, and who does the work meanwhile.";
    let body = vacancy_keys(&today);
    add(site, place, slot, "a vacancy with cover", body, says);
}

// --- Rows and the like -----------------------------------------------------------------------------------

/// Offers a row of `shared`.
pub(super) fn row(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let seats = site.unit().into_iter().flat_map(|unit| &unit.roles);
    let mut seats = seats.map(|seat| seat.key.name.text.to_string());
    let first = seats.next().unwrap_or_else(|| "product-manager".to_owned());
    let second = seats.next().unwrap_or_else(|| "product-owner".to_owned());
    let body = Body::keys([
        ("duty", Body::stop("roadmap")),
        ("accountable", Body::stop(&first)),
        ("responsible", Body::Brackets(vec![Body::stop(&second)])),
    ]);
    let says = "A duty with several hands: the one role that answers for it, and those that do the work. `consulted` and `informed` may follow.";
    add(site, place, slot, "a shared duty", body, says);
}

/// Offers an exception.
pub(super) fn exception(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let until = site.today().saturating_add(jiff::ToSpan::months(6));
    let body = Body::keys([
        ("rule", Body::stop("missing-role")),
        ("where", Body::stop("platform/**")),
        ("reason", Body::stop("why that is fine for now")),
        ("until", Body::stop(&until.to_string())),
    ]);
    let says =
        "Findings that somebody agreed to, for a time: after its last day the exception speaks up.";
    add(site, place, slot, "an exception", body, says);
}

/// Offers a look-alike.
pub(super) fn look_alike(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let body = Body::keys([
        ("duty", Body::stop("roadmap")),
        ("word", Body::stop("the word that tells them apart")),
        ("tell", Body::stop("How to tell them apart.")),
    ]);
    let says = "A duty that this one is easily taken for, and how to tell them apart.";
    add(site, place, slot, "a look-alike", body, says);
}

/// Offers the options of a rule with its severity.
pub(super) fn options(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let Some(rule) = place.path.last().and_then(|id| find(id)) else {
        return;
    };
    if rule.options.is_empty() {
        return;
    }
    let severity = rule.severity.map_or("warning", Severity::name);
    let mut keys = vec![("severity".to_owned(), Body::stop(severity))];
    for option in rule.options {
        let default = option
            .default
            .map_or_else(String::new, |one| one.to_string());
        keys.push((option.name.to_owned(), Body::stop(&default)));
    }
    let options: Vec<String> = rule
        .options
        .iter()
        .map(|option| format!("- `{}`: {}", option.name, option.meaning))
        .collect();
    let says = format!(
        "How much its findings matter, and its options:\n\n{}",
        options.join("\n")
    );
    add(
        site,
        place,
        slot,
        "severity and options",
        Body::Keys(keys),
        &says,
    );
}
