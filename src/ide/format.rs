//! What the format says of its keys and words: the texts of the JSON Schema, which are the doc comments of the types
//! that it is made from.

use std::collections::HashMap;
use std::sync::LazyLock;

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use crate::catalog::{Horizon, Model, Scope};
use crate::spec::{Status, shape};
use crate::workspace::shape as configuration;

/// What each key says, by what it belongs to as [`Subject::Key`](super::Subject::Key) has it.
static KEYS: LazyLock<HashMap<(&'static str, String), String>> = LazyLock::new(|| {
    let mut keys = HashMap::new();
    let mut add = |place: &'static str, schema: schemars::Schema| {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, property) in properties.into_iter().flatten() {
            if let Some(text) = property.get("description").and_then(Value::as_str) {
                keys.insert((place, key.clone()), one_line(text));
            }
        }
    };
    add("team", schema_for!(shape::Team));
    add("product", schema_for!(shape::Product));
    add("role", schema_for!(shape::RoleGroup));
    add("holder", schema_for!(shape::Holder));
    add("vacancy", schema_for!(shape::Vacancy));
    add("duty", schema_for!(shape::LongDuty));
    add("shared", schema_for!(shape::Shared));
    add("people", schema_for!(shape::People));
    add("person", schema_for!(shape::Person));
    add("catalog", schema_for!(shape::Catalog));
    add("catalog role", schema_for!(shape::CatalogRole));
    add("catalog duty", schema_for!(shape::CatalogDuty));
    add("look-alike", schema_for!(shape::LookAlike));
    add("configuration", schema_for!(configuration::Config));
    add("exception", schema_for!(configuration::Exception));
    keys
});

/// What each word means that a key can have as its value, in the order of the format.
static WORDS: LazyLock<HashMap<&'static str, Vec<(String, String)>>> = LazyLock::new(|| {
    HashMap::from([
        ("status", words_of::<Status>()),
        ("horizon", words_of::<Horizon>()),
        ("scope", words_of::<Scope>()),
        ("model", words_of::<Model>()),
        ("severity", words_of::<configuration::Severity>()),
    ])
});

/// What a key says, in a sentence or two.
pub fn key(place: &'static str, key: &str) -> Option<&'static str> {
    KEYS.get(&(place, key.to_owned())).map(String::as_str)
}

/// The words that a key can have as its value, each with what it means.
pub fn words(key: &str) -> &'static [(String, String)] {
    WORDS.get(key).map_or(&[], Vec::as_slice)
}

/// What a word means as the value of a key.
pub fn word(key: &str, word: &str) -> Option<&'static str> {
    let mut words = words(key).iter();
    let (_, meaning) = words.find(|(known, _)| known == word)?;
    Some(meaning)
}

fn words_of<T: JsonSchema>() -> Vec<(String, String)> {
    let schema = schema_for!(T);
    let all = schema.get("oneOf").and_then(Value::as_array);
    let said = |word: &Value| {
        let name = word.get("const")?.as_str()?;
        let meaning = word.get("description")?.as_str()?;
        Some((name.to_owned(), one_line(meaning)))
    };
    all.into_iter().flatten().filter_map(said).collect()
}

/// A doc comment's line breaks are those of the code.
fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::CatalogDocument;
    use crate::spec::{
        DUTIES_WORDS, DUTY_KEYS, HOLDER_KEYS, PEOPLE_KEYS, PERSON_KEYS, PRODUCT_KEYS, ROLE_KEYS,
        SHARED_KEYS, TEAM_KEYS, VACANT_KEYS,
    };
    use crate::workspace::{CONFIG_KEYS, EXCEPTION_KEYS};

    #[test]
    fn every_key_of_the_format_is_explained() {
        for (place, keys) in [
            ("team", TEAM_KEYS),
            ("product", PRODUCT_KEYS),
            ("role", ROLE_KEYS),
            ("role", DUTIES_WORDS),
            ("holder", HOLDER_KEYS),
            ("vacancy", VACANT_KEYS),
            ("duty", DUTY_KEYS),
            ("shared", SHARED_KEYS),
            ("people", PEOPLE_KEYS),
            ("person", PERSON_KEYS),
            ("catalog", CatalogDocument::KEYS),
            ("catalog role", CatalogDocument::ROLE_KEYS),
            ("catalog duty", CatalogDocument::DUTY_KEYS),
            ("look-alike", CatalogDocument::LOOK_ALIKE_KEYS),
            ("configuration", CONFIG_KEYS),
            ("exception", EXCEPTION_KEYS),
        ] {
            for name in keys {
                assert!(key(place, name).is_some(), "{place}: {name}");
            }
        }
    }

    #[test]
    fn every_word_of_the_format_is_explained() {
        for (key, known) in [
            ("status", Status::WORDS),
            ("horizon", Horizon::WORDS),
            ("scope", Scope::WORDS),
            ("model", Model::WORDS),
            ("severity", crate::workspace::Severity::WORDS),
        ] {
            let mut explained: Vec<&str> = words(key).iter().map(|(word, _)| &**word).collect();
            let mut known = known.to_vec();
            explained.sort_unstable();
            known.sort_unstable();
            assert_eq!(explained, known, "{key}");
        }
    }
}
