//! Code actions as a client meets them: offered, resolved, and carried out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use serde_json::{Value, json};
use support::client::{Client, Workspace};

/// Applies an edit of one document, as a client does.
fn applied(text: &str, edit: &Value) -> String {
    let mut edits: Vec<(usize, usize, String)> = edit["documentChanges"][0]["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let offset = |at: &Value| {
                let line = at["line"].as_u64().unwrap() as usize;
                let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
                start + at["character"].as_u64().unwrap() as usize
            };
            let range = &edit["range"];
            (
                offset(&range["start"]),
                offset(&range["end"]),
                edit["newText"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

fn with_actions() -> Value {
    json!({
        "workspace": {"workspaceEdit": {"documentChanges": true}},
        "textDocument": {
            "diagnostic": {},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}},
                "isPreferredSupport": true,
                "dataSupport": true,
                "resolveSupport": {"properties": ["edit"]},
            },
        },
    })
}

#[test]
fn a_quick_fix_is_offered_resolved_and_mends() {
    let text = "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - value-maximization\n      - backlog-refinement\n      - feedback-analysis\n      - delivery-process\n      - team-liaison\n";
    let folder = Workspace::of(&[("checkout.roles.yaml", text)]);
    let mut client = Client::begin(&folder.base, with_actions());
    let team = folder.uri("checkout.roles.yaml");
    client.open(&team, 3, text);
    let report = client.request(
        "textDocument/diagnostic",
        json!({"textDocument": {"uri": team}}),
    );
    let diagnostic = &report["items"][0];
    assert_eq!(diagnostic["code"], "missing-pm-po-link", "{report}");
    let at = &diagnostic["range"];
    let ask = json!({"textDocument": {"uri": team}, "range": at, "context": {"diagnostics": [diagnostic]}});
    let actions = client.request("textDocument/codeAction", ask.clone());
    let action = &actions[0];
    assert_eq!(action["title"], "Say on both seats that they work together");
    assert_eq!(
        (&action["kind"], &action["isPreferred"]),
        (&json!("quickfix"), &json!(true))
    );
    assert_eq!(&action["diagnostics"], &json!([diagnostic]));
    let resolved = client.request("codeAction/resolve", action.clone());
    assert_eq!(
        resolved["edit"]["documentChanges"][0]["textDocument"]["version"],
        3
    );
    let mended = applied(text, &resolved["edit"]);
    assert!(
        mended.contains("  product-manager:\n    holder: ana\n    works_with: [product-owner]\n"),
        "{mended}"
    );
    client.change(&team, 4, &mended);
    let report = client.request(
        "textDocument/diagnostic",
        json!({"textDocument": {"uri": team}}),
    );
    assert_eq!(report["items"], json!([]));
    // What was offered for the old text does nothing to the new one.
    let late = client.request("codeAction/resolve", action.clone());
    assert_eq!(late.get("edit"), None);
    client.end();
}

#[test]
fn only_the_kinds_of_actions_that_are_asked_for_are_offered() {
    let text = "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - value-maximization\n      - Groom the backlog every week\n      - feedback-analysis\n      - delivery-process\n      - team-liaison\n";
    let folder = Workspace::of(&[("checkout.roles.yaml", text)]);
    let mut client = Client::begin(&folder.base, with_actions());
    let team = folder.uri("checkout.roles.yaml");
    client.open(&team, 1, text);
    let mut titles = |line: u32, only: Option<&str>| -> Vec<String> {
        let at = json!({"line": line, "character": 12});
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let ask = json!({"textDocument": {"uri": team}, "range": {"start": at, "end": at}, "context": context});
        let actions = client.request("textDocument/codeAction", ask);
        let titles = actions.as_array().unwrap().iter();
        titles
            .map(|action| action["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        titles(3, Some("quickfix"))[0],
        "Say on both seats that they work together"
    );
    assert_eq!(
        titles(7, Some("refactor")),
        ["Pin this line as backlog-refinement"]
    );
    assert_eq!(
        titles(3, Some("source.fixAll")),
        ["Fix everything that can safely be fixed"]
    );
    assert_eq!(
        titles(3, Some("source.organizeImports")),
        Vec::<String>::new()
    );
    client.end();
}

#[test]
fn ignoring_is_offered_after_the_mends() {
    let text = "team: checkout\nroles:\n  product-manager: ana\n  product-owner: TBD\n";
    let folder = Workspace::of(&[("checkout.roles.yaml", text)]);
    let mut client = Client::begin(&folder.base, with_actions());
    let team = folder.uri("checkout.roles.yaml");
    client.open(&team, 1, text);
    let at = json!({"start": {"line": 3, "character": 20}, "end": {"line": 3, "character": 20}});
    let ask = json!({"textDocument": {"uri": team}, "range": at, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", ask);
    let shown: Vec<String> = actions
        .as_array()
        .unwrap()
        .iter()
        .map(|action| {
            format!(
                "{} {}",
                action["kind"].as_str().unwrap(),
                action["title"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "quickfix Mark the seat vacant",
            "quickfix Ignore placeholder here",
            "quickfix Ignore placeholder in this file"
        ]
    );
    let mut tried = Vec::new();
    for action in &actions.as_array().unwrap()[1..] {
        let resolved = client.request("codeAction/resolve", action.clone());
        let new = applied(text, &resolved["edit"]);
        client.change(&team, 2, &new);
        let report = client.request(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": team}}),
        );
        assert!(
            !shown_codes(&report["items"]).contains(&"placeholder".to_owned()),
            "{report}"
        );
        tried.push(new);
        client.change(&team, 1, text);
    }
    assert_eq!(
        tried,
        [
            text.replace("TBD", "TBD # rolelint: ignore placeholder"),
            format!("# rolelint: ignore-file placeholder\n{text}"),
        ]
    );
    client.end();
}

fn shown_codes(diagnostics: &Value) -> Vec<String> {
    let diagnostics = diagnostics.as_array().unwrap().iter();
    diagnostics
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect()
}
