//! What is generated is current, and says the same as the program. `ROLELINT_UPDATE=1` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::{Path, PathBuf};

use rolelint::catalog::Catalog;
use rolelint::report::{catalog_page, rules_page, schemas};
use serde::Deserialize;
use support::assert_file;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_schemas_are_current() {
    for (name, text) in schemas() {
        assert_file(&root().join("schemas").join(name), &text);
    }
}

#[test]
fn the_rule_reference_is_current() {
    assert_file(&root().join("docs/rules.md"), &rules_page());
}

#[test]
fn the_pages_of_the_catalogs_are_current() {
    for name in ["popm", "scrum", "safe"] {
        let page = catalog_page(&Catalog::builtin(name));
        assert_file(&root().join(format!("docs/catalog-{name}.md")), &page);
    }
}

#[test]
fn the_changelog_counts_the_rules() {
    let changelog = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(changelog.contains(&format!("- {} rules ", rolelint::rules::RULES.len())));
}

fn validator(number: usize) -> jsonschema::Validator {
    let (_, text) = &schemas()[number];
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

/// Whether the role-file schema accepts every document of a stream.
fn is_accepted(yaml: &str) -> bool {
    let schema = validator(0);
    serde_yaml::Deserializer::from_str(yaml).all(|document| {
        let value = serde_json::Value::deserialize(document).unwrap();
        schema.is_valid(&value)
    })
}

#[test]
fn the_schema_accepts_every_form_of_the_format() {
    let format = std::fs::read_to_string(root().join("docs/format.md")).unwrap();
    let mut seen = 0;
    for block in format.split("```yaml\n").skip(1) {
        let yaml = block.split("```").next().unwrap();
        // A fragment is made a team.
        let yaml = if yaml.starts_with("roles:") {
            format!("team: t\n{yaml}")
        } else {
            yaml.to_owned()
        };
        assert!(is_accepted(&yaml), "{yaml}");
        seen += 1;
    }
    assert!(seen >= 5);
    for yaml in [
        "team: t\nroles:\n  po: ben\n",
        "team: t\nroles:\n  po: {person: ben, status: acting, until: 2026-09-30}\n",
        "team: t\nroles:\n  po: [ben, {person: eve, since: 2026-01-01}]\n",
        "team: t\nroles:\n  po: {holders: [ben, eve], job_share: true, title: Owner, allocation: 50 %}\n",
        "team: t\nroles:\n  po: {vacant: true}\n",
        "team: t\nroles:\n  po: {filled: true, works_with: pm, duties: [roadmap, {roadmap: x}, {roadmap: null}, {text: y, as: roadmap}]}\n",
        "people: {jo: Jo Tran, eve: {name: Eve}}\n---\ncatalog: c\nroles: {x: null}\n",
    ] {
        assert!(is_accepted(yaml), "{yaml}");
    }
}

#[test]
fn the_schema_rejects_what_the_linter_calls_an_error() {
    for yaml in [
        "team: 3\n",
        "team: t\nrolse: {}\n",
        "team: t\nroles:\n  po: {holdr: ben}\n",
        "team: t\nroles:\n  po: {person: ben, status: sometimes}\n",
        "team: t\nmodel: waterfall\n",
        "nothing: here\n",
    ] {
        assert!(!is_accepted(yaml), "{yaml}");
    }
}

#[test]
fn the_sample_is_described_by_the_schemas_but_for_its_mistakes() {
    let config = std::fs::read_to_string(root().join("docs/sample/.rolelint.yaml")).unwrap();
    assert!(validator(1).is_valid(&serde_yaml::from_str::<serde_json::Value>(&config).unwrap()));
    let booking =
        std::fs::read_to_string(root().join("docs/sample/products/booking.roles.yaml")).unwrap();
    assert!(is_accepted(&booking));
    let deck = std::fs::read_to_string(root().join("docs/sample/teams/deck.roles.yaml")).unwrap();
    assert!(!is_accepted(&deck), "`dutys` is no key");
}
