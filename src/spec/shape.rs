//! The role file's format as types, for its JSON Schema: editors complete and explain keys from it.
//!
//! Reading goes another way (`read`), because it must not stop at the first surprise; a test holds the keys of
//! both together.

#![allow(dead_code)] // The types are never built: their schema is what is used.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::Status;
use crate::catalog::{Horizon, Model, Scope};

/// One document of a role file: a team, a product, the people, or a catalog.
#[derive(JsonSchema)]
#[schemars(title = "rolelint role file")]
#[serde(untagged)]
pub enum RoleFile {
    /// A team and its roles.
    Team(Team),
    /// A product and its roles.
    Product(Product),
    /// The people that holders refer to.
    People(People),
    /// An organisation's own roles and duties.
    Catalog(Catalog),
}

/// A team and its roles.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The team's stable id, such as `checkout`.
    pub team: String,
    /// Display name.
    #[serde(default)]
    pub name: Option<String>,
    /// What the team is there for, in a line.
    #[serde(default)]
    pub purpose: Option<String>,
    /// The id of the product that the team works on; the product's Product Manager is the team's too.
    #[serde(default)]
    pub product: Option<String>,
    /// Which roles must exist.
    #[serde(default)]
    pub model: Option<Model>,
    /// The members of the team: ids or names of people.
    #[serde(default)]
    pub members: Option<Vec<String>>,
    /// The roles of the team, each with its holder.
    #[serde(default)]
    pub roles: Option<BTreeMap<String, Role>>,
    /// Who does what where a duty has several hands.
    #[serde(default)]
    pub shared: Option<Vec<Shared>>,
}

/// A product and its roles.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The product's stable id, such as `storefront`.
    pub product: String,
    /// Display name.
    #[serde(default)]
    pub name: Option<String>,
    /// What the product is there for, in a line.
    #[serde(default)]
    pub purpose: Option<String>,
    /// Which roles must exist.
    #[serde(default)]
    pub model: Option<Model>,
    /// The ids of the teams that work on it; the teams' own `product:` says the same.
    #[serde(default)]
    pub teams: Option<Vec<String>>,
    /// The roles of the product, each with its holder.
    #[serde(default)]
    pub roles: Option<BTreeMap<String, Role>>,
    /// Who does what where a duty has several hands.
    #[serde(default)]
    pub shared: Option<Vec<Shared>>,
}

/// A role: its holder, several holders, or everything about it.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum Role {
    /// Who holds it: a person's id or name.
    Name(String),
    /// Who holds it, with dates.
    Holder(Holder),
    /// Several holders.
    Holders(Vec<HolderValue>),
    /// Everything about it.
    Role(Box<RoleGroup>),
}

/// Everything about a role.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleGroup {
    /// Display title.
    #[serde(default)]
    pub title: Option<String>,
    /// Who holds it.
    #[serde(default)]
    pub holder: Option<HolderOrHolders>,
    /// Who hold it, where there are several.
    #[serde(default)]
    pub holders: Option<HolderOrHolders>,
    /// Whether its holders share one job.
    #[serde(default)]
    pub job_share: Option<bool>,
    /// That nobody holds it: `true`, or since when and who covers.
    #[serde(default)]
    pub vacant: Option<Vacant>,
    /// That somebody holds it whom the file does not name.
    #[serde(default)]
    pub filled: Option<bool>,
    /// The roles that this seat makes one of, such as `[product-manager, product-owner]`.
    #[serde(default)]
    pub combines: Option<Vec<String>>,
    /// The roles that it works with.
    #[serde(default)]
    pub works_with: Option<Names>,
    /// What it answers for. Without this the catalog's duties are assumed.
    #[serde(default)]
    pub duties: Option<Vec<Duty>>,
    /// The same as `duties`, which is the usual word.
    #[serde(default)]
    #[schemars(extend("deprecated" = true))]
    pub responsibilities: Option<Vec<Duty>>,
    /// The same as `duties`, which is the usual word.
    #[serde(default)]
    #[schemars(extend("deprecated" = true))]
    pub accountabilities: Option<Vec<Duty>>,
    /// How much of somebody's time it takes, in your own words.
    #[serde(default)]
    pub allocation: Option<serde_json::Value>,
    /// Anything that is only for people.
    #[serde(default)]
    pub notes: Option<serde_json::Value>,
}

/// One name or several.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(missing_docs)] // Editors would show what is said of a form in place of what is said of the key.
pub enum Names {
    One(String),
    Several(Vec<String>),
}

/// One holder or several.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(missing_docs)] // As above.
pub enum HolderOrHolders {
    One(HolderValue),
    Several(Vec<HolderValue>),
}

/// Who holds a role: a person's id or name, or a person with dates.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum HolderValue {
    /// A person's id or name.
    Name(String),
    /// A person with dates.
    Holder(Holder),
}

/// Who holds a role, on what terms, since when and until when.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// A person's id or name.
    pub person: String,
    /// On what terms; `permanent` unless said.
    #[serde(default)]
    pub status: Option<Status>,
    /// Since when: a day like 2026-05-01.
    #[serde(default)]
    pub since: Option<Date>,
    /// Until when: the last day, like 2026-12-31.
    #[serde(default)]
    pub until: Option<Date>,
}

/// A day, like 2026-05-01.
#[derive(JsonSchema)]
pub struct Date(#[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))] String);

/// An empty seat.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum Vacant {
    /// Whether it is empty.
    Bool(bool),
    /// Since when, and who covers.
    Vacancy(Vacancy),
}

/// Since when a seat is empty, and who covers.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vacancy {
    /// Since when: a day like 2026-05-01.
    #[serde(default)]
    pub since: Option<Date>,
    /// Who does the work meanwhile.
    #[serde(default)]
    pub cover: Option<HolderValue>,
    /// How hiring goes: `true`, a link, or a line.
    #[serde(default)]
    pub hiring: Option<serde_json::Value>,
}

/// A duty: its text, a catalog id, `id: text`, or everything about it.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum Duty {
    /// Free text, or a catalog id.
    Text(String),
    /// Text, id and dates.
    Long(LongDuty),
    /// A catalog id with your own words for it.
    Pin(BTreeMap<String, Option<String>>),
}

/// A duty with its text, id and dates.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongDuty {
    /// What is done, in your own words.
    #[serde(default)]
    pub text: Option<String>,
    /// The catalog id of the duty that this is.
    #[serde(default, rename = "as")]
    pub pin: Option<String>,
    /// How far ahead it looks.
    #[serde(default)]
    pub horizon: Option<Horizon>,
    /// Until when it holds: the last day, like 2026-12-31.
    #[serde(default)]
    pub until: Option<Date>,
    /// Anything that is only for people.
    #[serde(default)]
    pub notes: Option<serde_json::Value>,
}

/// Who does what where a duty has several hands.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The duty: a catalog id, or a name of your own.
    pub duty: String,
    /// The one role that answers for it.
    pub accountable: Names,
    /// The roles that do the work.
    #[serde(default)]
    pub responsible: Option<Names>,
    /// Whoever is asked.
    #[serde(default)]
    pub consulted: Option<Names>,
    /// Whoever is told.
    #[serde(default)]
    pub informed: Option<Names>,
}

/// The people that holders refer to.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Each by a stable id.
    pub people: BTreeMap<String, PersonValue>,
}

/// A person: a name, or everything about them.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum PersonValue {
    /// Their name.
    Name(Option<String>),
    /// Everything about them.
    Person(Person),
}

/// A person.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// As people call them.
    #[serde(default)]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Their last day; a seat that they still hold is reported.
    #[serde(default)]
    pub left: Option<Date>,
}

/// An organisation's own roles and duties, on top of another catalog.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// The catalog's id.
    pub catalog: String,
    /// The catalog below: `popm` (the default), `scrum`, `safe`, `none`, or a path.
    #[serde(default)]
    pub extends: Option<String>,
    /// Display title.
    #[serde(default)]
    pub title: Option<String>,
    /// Whose view of the roles it is.
    #[serde(default)]
    pub summary: Option<String>,
    /// The model that goes with it.
    #[serde(default)]
    pub model: Option<Model>,
    /// Where the view comes from.
    #[serde(default)]
    pub sources: Option<Vec<String>>,
    /// New roles, and changes to those of the catalog below.
    #[serde(default)]
    pub roles: Option<BTreeMap<String, Option<CatalogRole>>>,
    /// New duties, and changes to those of the catalog below.
    #[serde(default)]
    pub duties: Option<BTreeMap<String, CatalogDuty>>,
}

/// A role of a catalog.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogRole {
    /// As people say it.
    #[serde(default)]
    pub title: Option<String>,
    /// Other names that mean this role for certain.
    #[serde(default)]
    pub aliases: Option<Names>,
    /// Where its work lies.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// Whether the seat wants one holder.
    #[serde(default)]
    pub single: Option<bool>,
    /// Whether its holder should be a member of the team.
    #[serde(default)]
    pub in_team: Option<bool>,
    /// How many teams one holder may serve.
    #[serde(default)]
    pub max_teams: Option<u32>,
    /// The roles that this one makes one seat of.
    #[serde(default)]
    pub combines: Option<Vec<String>>,
    /// What it is for.
    #[serde(default)]
    pub purpose: Option<String>,
    /// Why it differs from the catalog below.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A duty of a catalog.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogDuty {
    /// A short noun phrase.
    #[serde(default)]
    pub title: Option<String>,
    /// The role that answers for it.
    #[serde(default)]
    pub role: Option<String>,
    /// How far ahead it looks.
    #[serde(default)]
    pub horizon: Option<Horizon>,
    /// Whether somebody must hold it.
    #[serde(default)]
    pub core: Option<bool>,
    /// What the work is, and why it sits with its role.
    #[serde(default)]
    pub explain: Option<String>,
    /// Duties that it is easily taken for.
    #[serde(default)]
    pub look_alikes: Option<Vec<LookAlike>>,
    /// How people word it: these teach rolelint to recognise it.
    #[serde(default)]
    pub examples: Option<Names>,
    /// Where the view comes from.
    #[serde(default)]
    pub sources: Option<Names>,
    /// Why it differs from the catalog below.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A duty that another is easily taken for.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAlike {
    /// The other duty's id.
    pub duty: String,
    /// The word that tells this duty from the other.
    #[serde(default)]
    pub word: Option<String>,
    /// How to tell them apart.
    #[serde(default)]
    pub tell: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::super::shape;
    use super::super::*;
    use crate::catalog::CatalogDocument;

    fn keys<T: schemars::JsonSchema>() -> Vec<String> {
        let schema = schemars::schema_for!(T);
        let properties = schema
            .get("properties")
            .and_then(|properties| properties.as_object());
        let mut keys: Vec<String> = properties.unwrap().keys().cloned().collect();
        keys.sort();
        keys
    }

    fn sorted(keys: &[&str]) -> Vec<String> {
        let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        keys.sort();
        keys
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        assert_eq!(keys::<shape::Team>(), sorted(TEAM_KEYS));
        assert_eq!(keys::<shape::Product>(), sorted(PRODUCT_KEYS));
        assert_eq!(keys::<shape::Shared>(), sorted(SHARED_KEYS));
        assert_eq!(keys::<shape::Holder>(), sorted(HOLDER_KEYS));
        assert_eq!(keys::<shape::Vacancy>(), sorted(VACANT_KEYS));
        assert_eq!(keys::<shape::LongDuty>(), sorted(DUTY_KEYS));
        assert_eq!(keys::<shape::People>(), sorted(PEOPLE_KEYS));
        assert_eq!(keys::<shape::Person>(), sorted(PERSON_KEYS));
        assert_eq!(keys::<shape::Catalog>(), sorted(CatalogDocument::KEYS));
        assert_eq!(
            keys::<shape::CatalogRole>(),
            sorted(CatalogDocument::ROLE_KEYS)
        );
        assert_eq!(
            keys::<shape::CatalogDuty>(),
            sorted(CatalogDocument::DUTY_KEYS)
        );
        assert_eq!(
            keys::<shape::LookAlike>(),
            sorted(CatalogDocument::LOOK_ALIKE_KEYS)
        );
        let role: Vec<&str> = ROLE_KEYS.iter().chain(DUTIES_WORDS).copied().collect();
        assert_eq!(keys::<shape::RoleGroup>(), sorted(&role));
    }
}
