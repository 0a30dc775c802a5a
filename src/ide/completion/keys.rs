//! Keys, as far as they are not there yet.

use super::cursor::Place;
use super::form::{self, Keys, Word, form};
use super::insert::Body;
use super::site::{Offer, Site, Slot};
use super::{About, CompletionKind, duties, people, roles, rules, snippets};
use crate::catalog::CatalogDocument;
use crate::rules::find;
use crate::spec::{
    DUTY_KEYS, HOLDER_KEYS, PEOPLE_KEYS, PERSON_KEYS, PIN_KEYS, PRODUCT_KEYS, SHARED_KEYS,
    TEAM_KEYS, UnitKind, VACANT_KEYS,
};
use crate::workspace::{CONFIG_KEYS, EXCEPTION_KEYS};

/// The keys of a role, the usual ones first.
const ROLE: &[&str] = &[
    "holder",
    "duties",
    "works_with",
    "vacant",
    "combines",
    "title",
    "filled",
    "holders",
    "job_share",
    "allocation",
    "notes",
];

/// Keys that say the same, or the opposite: where one is there, the others make no sense.
const INSTEAD: &[&[&str]] = &[
    &["holder", "holders", "vacant", "filled"],
    &["duties", "responsibilities", "accountabilities"],
];

impl Keys {
    /// What the keys belong to, as explanations are kept; nothing for ids.
    pub fn place(self) -> Option<&'static str> {
        Some(match self {
            Keys::New | Keys::Roles | Keys::People | Keys::Rules | Keys::RuleOptions => {
                return None;
            }
            Keys::CatalogRoles | Keys::CatalogDuties => return None,
            Keys::Unit(UnitKind::Team) => "team",
            Keys::Unit(UnitKind::Product) => "product",
            Keys::Role => "role",
            Keys::Holder => "holder",
            Keys::Vacancy => "vacancy",
            Keys::Duty => "duty",
            Keys::Row => "shared",
            Keys::PeopleDocument => "people",
            Keys::Person => "person",
            Keys::Catalog => "catalog",
            Keys::CatalogRole => "catalog role",
            Keys::CatalogDuty => "catalog duty",
            Keys::LookAlike => "look-alike",
            Keys::Configuration => "configuration",
            Keys::Exception => "exception",
        })
    }

    /// All that keys may belong to.
    pub fn places() -> impl Iterator<Item = &'static str> {
        const ALL: [Keys; 15] = [
            Keys::Unit(UnitKind::Team),
            Keys::Unit(UnitKind::Product),
            Keys::Role,
            Keys::Holder,
            Keys::Vacancy,
            Keys::Duty,
            Keys::Row,
            Keys::PeopleDocument,
            Keys::Person,
            Keys::Catalog,
            Keys::CatalogRole,
            Keys::CatalogDuty,
            Keys::LookAlike,
            Keys::Configuration,
            Keys::Exception,
        ];
        ALL.into_iter().filter_map(Keys::place)
    }

    /// The keys that there are.
    fn names(self, there: &[&str]) -> &'static [&'static str] {
        match self {
            Keys::Unit(UnitKind::Team) => TEAM_KEYS,
            Keys::Unit(UnitKind::Product) => PRODUCT_KEYS,
            // `product-owner: {person: ben}` is a holder.
            Keys::Role if there.contains(&"person") => HOLDER_KEYS,
            Keys::Role => ROLE,
            Keys::Holder => HOLDER_KEYS,
            Keys::Vacancy => VACANT_KEYS,
            // Beside an id with its text some keys of the long form make no sense.
            Keys::Duty if !there.iter().all(|key| DUTY_KEYS.contains(key)) => PIN_KEYS,
            Keys::Duty => DUTY_KEYS,
            Keys::Row => SHARED_KEYS,
            Keys::PeopleDocument => PEOPLE_KEYS,
            Keys::Person => PERSON_KEYS,
            Keys::Catalog => CatalogDocument::KEYS,
            Keys::CatalogRole => CatalogDocument::ROLE_KEYS,
            Keys::CatalogDuty => CatalogDocument::DUTY_KEYS,
            Keys::LookAlike => CatalogDocument::LOOK_ALIKE_KEYS,
            Keys::Configuration => CONFIG_KEYS,
            Keys::Exception => EXCEPTION_KEYS,
            Keys::New
            | Keys::Roles
            | Keys::People
            | Keys::Rules
            | Keys::RuleOptions
            | Keys::CatalogRoles
            | Keys::CatalogDuties => &[],
        }
    }
}

/// Offers the keys of a group at a place.
pub(super) fn offer(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, keys: Keys) {
    match keys {
        Keys::New => new(site, place, slot),
        Keys::Roles => {
            roles::keys(site, place, slot);
            snippets::roles(site, place, slot);
        }
        Keys::People => people::keys(site, place, slot),
        Keys::CatalogRoles => roles::of_catalog(site, place, slot),
        Keys::CatalogDuties => duties::of_catalog(site, place, slot),
        Keys::Rules => rules::keys(site, place, slot),
        Keys::RuleOptions => options(site, place, slot),
        Keys::Duty => {
            let has_words = |key: &&str| !PIN_KEYS.contains(key);
            if !place.there.iter().any(has_words) {
                duties::keys(site, place, slot);
            }
            plain(site, place, slot, keys);
        }
        Keys::Role => {
            plain(site, place, slot, keys);
            snippets::seat(site, place, slot);
        }
        _ => plain(site, place, slot, keys),
    }
}

/// Offers a group as the value of a key, right behind the key.
pub(super) fn offer_value(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, keys: Keys) {
    match keys {
        Keys::Roles | Keys::People | Keys::CatalogRoles | Keys::CatalogDuties | Keys::Rules => {
            let place = Place {
                path: place.path.clone(),
                there: Vec::new(),
                ..*place
            };
            offer(site, &place, slot, keys);
        }
        Keys::Role => snippets::seat(site, place, slot),
        Keys::Holder => snippets::holder(site, place, slot),
        Keys::Vacancy => snippets::vacancy(site, place, slot),
        Keys::RuleOptions => snippets::options(site, place, slot),
        _ => {}
    }
}

/// Offers a group as an item of a list.
pub(super) fn offer_item(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, keys: Keys) {
    match keys {
        Keys::Row => snippets::row(site, place, slot),
        Keys::Exception => snippets::exception(site, place, slot),
        Keys::LookAlike => snippets::look_alike(site, place, slot),
        Keys::Duty => snippets::duty(site, place, slot),
        _ => {}
    }
    if keys == Keys::Duty && !site.word.flow {
        // Most duties are a line; whoever begins with a key begins with their text.
        key_of(site, place, slot, ("duty", "text"), Body::nothing());
    } else if matches!(slot, Slot::Item | Slot::Dash) && !site.word.flow {
        // The keys that stand behind the dash are those of a group that only begins.
        let place = Place {
            path: place.path.clone(),
            there: Vec::new(),
            ..*place
        };
        plain(site, &place, slot, keys);
    }
}

/// Offers what a document can begin with.
fn new(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    snippets::documents(site, place, slot);
    for (kind, key) in [
        (form::Kind::Unit(UnitKind::Team), "team"),
        (form::Kind::Unit(UnitKind::Product), "product"),
        (form::Kind::People, "people"),
        (form::Kind::Catalog, "catalog"),
    ] {
        let value = template(kind, &[], key);
        key_of(site, place, slot, (key, key), value);
    }
    for key in TEAM_KEYS
        .iter()
        .filter(|key| !matches!(**key, "team" | "product"))
    {
        if !place.there.contains(key) {
            let value = template(form::Kind::Unit(UnitKind::Team), &[], key);
            key_of(site, place, slot, ("team", *key), value);
        }
    }
}

fn plain(site: &mut Site<'_>, place: &Place<'_>, slot: Slot, keys: Keys) {
    let Some(at) = keys.place() else { return };
    let there = &place.there;
    let is_said = |key: &str| {
        let said = |names: &&&[&str]| {
            names.contains(&key) && there.iter().any(|known| names.contains(known))
        };
        there.contains(&key) || (keys == Keys::Role && INSTEAD.iter().any(|names| said(&names)))
    };
    let at = match keys {
        Keys::Role if there.contains(&"person") => "holder",
        _ => at,
    };
    for key in keys.names(there) {
        if !is_said(key) {
            let value = template(site.kind, &place.path, key);
            key_of(site, place, slot, (at, key), value);
        }
    }
    if keys == Keys::Role && there.is_empty() && site.word.flow {
        key_of(site, place, slot, ("holder", "person"), Body::nothing());
    }
}

fn key_of(
    site: &mut Site<'_>,
    place: &Place<'_>,
    slot: Slot,
    (at, key): (&str, &str),
    value: Body,
) {
    let offer = Offer {
        label: key.to_owned(),
        detail: String::new(),
        kind: CompletionKind::Key,
        body: Body::nothing(),
        about: About::Key(at.to_owned(), key.to_owned()),
    };
    site.add_key(place, slot, value, offer);
}

/// What follows a key.
pub(super) fn template(kind: form::Kind, path: &[&str], key: &str) -> Body {
    let mut path = path.to_vec();
    path.push(key);
    let value = form(kind, &path);
    path.push("[]");
    let item = form(kind, &path);
    match value {
        form::Form {
            word: Some(Word::Yes),
            keys: None,
            ..
        } => Body::word("true"),
        // People are a group of ids first, and may be a list.
        form::Form {
            word: None,
            list: true,
            keys: None,
        } => {
            let is_short = matches!(
                item.word,
                Some(Word::Member | Word::Team | Word::Part) if item.keys.is_none()
            );
            match is_short || key == "aliases" {
                true => Body::Brackets(vec![Body::nothing()]),
                false => Body::List(vec![Body::nothing()]),
            }
        }
        form::Form {
            word: None,
            keys: Some(_),
            ..
        } => Body::Below(Box::new(Body::nothing())),
        _ => Body::nothing(),
    }
}

/// Offers what a configuration may say of the rule that the path names.
fn options(site: &mut Site<'_>, place: &Place<'_>, slot: Slot) {
    let rule = place.path.last().and_then(|id| find(id));
    let mut add = |name: &str, detail: &str, value: Body| {
        if !place.there.contains(&name) {
            let offer = Offer {
                label: name.to_owned(),
                detail: detail.to_owned(),
                kind: CompletionKind::Key,
                body: Body::nothing(),
                about: About::Text(detail.to_owned()),
            };
            site.add_key(place, slot, value, offer);
        }
    };
    add("severity", "how much a finding matters", Body::nothing());
    for option in rule.into_iter().flat_map(|rule| rule.options) {
        let value = option
            .default
            .map_or_else(Body::nothing, |default| Body::stop(&default.to_string()));
        add(option.name, option.meaning, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DUTIES_WORDS, ROLE_KEYS};

    #[test]
    fn no_key_of_a_role_is_forgotten() {
        let mut offered = ROLE.to_vec();
        let mut known = ROLE_KEYS.to_vec();
        offered.sort_unstable();
        known.sort_unstable();
        assert_eq!(offered, known);
        let duties = INSTEAD.iter().flat_map(|names| names.iter());
        assert!(
            DUTIES_WORDS
                .iter()
                .all(|word| duties.clone().any(|known| known == word))
        );
    }
}
