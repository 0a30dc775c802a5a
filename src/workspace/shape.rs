//! The configuration as types, for its JSON Schema.

#![allow(dead_code)] // The types are never built: their schema is what is used.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::catalog::Model;
use crate::spec::shape::{Date, Names};

/// `.rolelint.yaml`: which files are checked, against which catalog and model, and how strictly.
#[derive(JsonSchema)]
#[schemars(title = "rolelint configuration")]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Patterns of further role files, and of Markdown pages with RACI tables, relative to this file.
    #[serde(default)]
    pub include: Option<Names>,
    /// Patterns of files and folders that are left out, relative to this file.
    #[serde(default)]
    pub exclude: Option<Names>,
    /// The catalog of roles and duties: `popm` (the default), `scrum`, `safe`, `none`, or a path relative to
    /// this file. A configuration that names one starts an organisation of its own.
    #[serde(default)]
    pub catalog: Option<String>,
    /// Which roles must exist, where a team or product does not say.
    #[serde(default)]
    pub model: Option<Model>,
    /// Severities and options, by rule or group of rules.
    #[serde(default)]
    pub rules: Option<BTreeMap<String, RuleSetting>>,
    /// Findings that somebody agreed to, for a time.
    #[serde(default)]
    pub exceptions: Option<Vec<Exception>>,
    /// A day to compare dates with, in place of today.
    #[serde(default)]
    pub today: Option<Date>,
    /// Whether configurations in the folders above do not count.
    #[serde(default)]
    pub root: Option<bool>,
}

/// A severity, or a severity with options.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum RuleSetting {
    /// A severity.
    Severity(Severity),
    /// A severity with options; `rolelint explain RULE` lists them.
    Options(RuleOptions),
}

/// A severity with options.
#[derive(JsonSchema)]
pub struct RuleOptions {
    /// How much findings matter.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Numbers that the rule asks for.
    #[serde(flatten)]
    pub options: BTreeMap<String, u32>,
}

/// How much findings matter.
#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Wrong.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Hint,
    /// Not reported.
    Off,
}

/// A finding that somebody agreed to.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule's id.
    pub rule: String,
    /// A pattern for the files that it is about, relative to this file; all files unless said.
    #[serde(default, rename = "where")]
    pub pattern: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// The last day it holds. After that the finding is reported again, and the exception too.
    #[serde(default)]
    pub until: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::super::{CONFIG_KEYS, EXCEPTION_KEYS};
    use super::*;

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        for (schema, keys) in [
            (schemars::schema_for!(Config), CONFIG_KEYS),
            (schemars::schema_for!(Exception), EXCEPTION_KEYS),
        ] {
            let properties = schema
                .get("properties")
                .and_then(|value| value.as_object())
                .unwrap();
            let mut found: Vec<&str> = properties.keys().map(String::as_str).collect();
            let mut wanted = keys.to_vec();
            found.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(found, wanted);
        }
    }
}
