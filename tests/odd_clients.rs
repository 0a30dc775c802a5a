//! Editors that do what is allowed and nobody expects, and messages that are none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use serde_json::{Value, json};
use support::client::{Client, Workspace};

const PRODUCT: &str = "product: shop\nroles:\n  product-manager: ana\n  product-owner: ben\n";

fn begin(folder: &Workspace, pulls: bool) -> Client {
    let mut document = json!({"publishDiagnostics": {"relatedInformation": true}});
    if pulls {
        document["diagnostic"] = json!({});
    }
    Client::begin(&folder.base, json!({"textDocument": document}))
}

/// The rules that were found, by the question about one document.
fn rules(client: &mut Client, uri: &str) -> Vec<String> {
    let ask = json!({"textDocument": {"uri": uri}});
    let report = client.request("textDocument/diagnostic", ask);
    let items = report["items"].as_array().unwrap().iter();
    let code = |one: &Value| one["code"].as_str().unwrap().to_owned();
    items.map(code).collect()
}

fn close(client: &mut Client, uri: &str) {
    let params = json!({"textDocument": {"uri": uri}});
    client.notify("textDocument/didClose", params);
}

#[test]
fn what_was_said_of_a_document_that_was_never_saved_is_taken_back_when_it_is_closed() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = begin(&folder, false);
    client.open("untitled:Untitled-1", 1, "team: new\nproduct: shopp\n");
    let said = client.diagnostics("untitled:Untitled-1", 1);
    assert!(!said.as_array().unwrap().is_empty());
    close(&mut client, "untitled:Untitled-1");
    let sent = client.next("textDocument/publishDiagnostics");
    assert_eq!(
        (&sent["uri"], &sent["diagnostics"]),
        (&json!("untitled:Untitled-1"), &json!([]))
    );
    client.end();
}

#[test]
fn an_address_that_is_written_in_another_way_is_left_without_findings() {
    let folder = Workspace::of(&[("büro.roles.yaml", "team: x\nroles: {product-owner: ben}\n")]);
    let usual = folder.uri("büro.roles.yaml");
    let other = usual.replace("%C3%BC", "%c3%bc");
    assert_ne!(usual, other);
    let mut client = begin(&folder, false);
    client.open(&other, 1, "team: x\nroles: {product-owner: ben}\n");
    assert!(!client.diagnostics(&other, 1).as_array().unwrap().is_empty());
    close(&mut client, &other);
    let sent = client.wait(|message| message["params"]["uri"] == other.as_str());
    assert_eq!(sent["params"]["diagnostics"], json!([]));
    let sent = client.wait(|message| message["params"]["uri"] == usual.as_str());
    assert_ne!(sent["params"]["diagnostics"], json!([]));
    client.end();
}

#[test]
fn messages_that_are_none_are_answered_under_their_number_and_the_conversation_goes_on() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = begin(&folder, true);
    for (message, id) in [
        (json!({}), json!(null)),
        (json!({"foo": 1}), json!(null)),
        (json!({"jsonrpc": "2.0", "method": 5}), json!(null)),
        (
            json!({"jsonrpc": "2.0", "id": 1.5, "method": "x"}),
            json!(null),
        ),
        (
            json!({"jsonrpc": "2.0", "id": {"a": 1}, "method": "x"}),
            json!(null),
        ),
        (
            json!({"jsonrpc": "2.0", "id": [], "result": 1}),
            json!(null),
        ),
        (
            json!({"id": 301, "method": "workspace/symbol", "params": {"query": ""}}),
            json!(301),
        ),
        (
            json!({"jsonrpc": "1.0", "id": "a", "method": "workspace/symbol"}),
            json!("a"),
        ),
        (
            json!({"jsonrpc": "2.0", "id": 302, "method": "workspace/symbol", "params": 5}),
            json!(302),
        ),
        (json!({"jsonrpc": "2.0", "id": 303}), json!(303)),
    ] {
        client.send(&message);
        let refused = client.wait(|message| message.get("error").is_some());
        assert_eq!(
            (&refused["id"], &refused["error"]["code"]),
            (&id, &json!(-32600)),
            "{message}"
        );
    }
    // Answers that nobody asked for, and questions about nothing.
    client.send(&json!({"jsonrpc": "2.0", "id": 999, "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "id": "z", "error": {"code": 1, "message": "no"}}));
    client.send(&json!({"jsonrpc": "2.0", "id": 304, "method": "no/such", "params": null}));
    let refused = client.wait(|message| message["id"] == 304);
    assert_eq!(refused["error"]["code"], -32601);
    let found = client.request("workspace/symbol", json!({"query": "shop"}));
    assert!(!found.as_array().unwrap().is_empty());
    client.end();
}

#[test]
fn a_setting_that_does_not_fit_leaves_the_others_as_they_are() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = begin(&folder, true);
    let shop = folder.uri("shop.roles.yaml");
    client.open(&shop, 1, PRODUCT);
    let lenses = |client: &mut Client| {
        let ask = json!({"textDocument": {"uri": shop}});
        let lenses = client.request("textDocument/codeLens", ask);
        lenses.as_array().map_or(0, Vec::len)
    };
    assert!(lenses(&mut client) > 0);
    let tell = |client: &mut Client, settings: Value| {
        let params = json!({"settings": settings});
        client.notify("workspace/didChangeConfiguration", params);
    };
    tell(
        &mut client,
        json!({"rolelint": {"inlayHints": "nope", "codeLens": false}}),
    );
    assert_eq!(lenses(&mut client), 0);
    // The settings of somebody else.
    tell(&mut client, json!({"other": {"codeLens": true}}));
    assert_eq!(lenses(&mut client), 0);
    tell(&mut client, json!({"rolelint": {"codeLens": true}}));
    assert!(lenses(&mut client) > 0);
    client.end();
}

#[test]
fn a_folder_with_a_catalog_that_goes_and_comes_back_counts_at_once() {
    let catalog = "catalog: own\nextends: popm\nroles:\n  boss: {title: Boss}\n";
    let team = "team: x\nroles:\n  product-manager: ana\n  product-owner: ben\n  boss: eve\n";
    let folder = Workspace::of(&[
        (".rolelint.yaml", "catalog: cat/own.roles.yaml\n"),
        ("cat/own.roles.yaml", catalog),
        ("x.roles.yaml", team),
    ]);
    let (inside, away) = (folder.base.join("cat"), folder.base.join("elsewhere"));
    let mut client = begin(&folder, true);
    let x = folder.uri("x.roles.yaml");
    assert_eq!(rules(&mut client, &x), [""; 0]);
    let tell = |client: &mut Client, kind: u8| {
        let changes = json!({"changes": [{"uri": folder.uri("cat"), "type": kind}]});
        client.notify("workspace/didChangeWatchedFiles", changes);
    };
    std::fs::rename(&inside, &away).unwrap();
    tell(&mut client, 3);
    assert_eq!(rules(&mut client, &x), ["unknown-role"]);
    std::fs::rename(&away, &inside).unwrap();
    tell(&mut client, 1);
    assert_eq!(rules(&mut client, &x), [""; 0]);
    client.end();
}
