//! The language server as a client meets it: what is said, and what comes back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::client::{Client, Workspace, uri};

/// What a person sees of diagnostics: place, rule and first line, one a line.
fn shown(diagnostics: &Value) -> String {
    let lines: Vec<String> = diagnostics
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let start = &one["range"]["start"];
            let message = one["message"].as_str().unwrap();
            format!(
                "{}:{} {} {}",
                start["line"],
                start["character"],
                one["code"].as_str().unwrap(),
                message.lines().next().unwrap()
            )
        })
        .collect();
    lines.join("\n")
}

const PUSH: fn() -> Value = || json!({"textDocument": {"publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1]}}}});
const PULL: fn() -> Value = || json!({"textDocument": {"diagnostic": {}, "publishDiagnostics": {"relatedInformation": true}}});

const PRODUCT: &str = "product: shop\nroles:\n  product-manager: ana\n";
const TEAM: &str = "team: checkout\nproduct: shop\nroles:\n  product-owner: ben\n";

#[test]
fn diagnostics_are_sent_while_typing_and_what_is_on_disk_counts_after_closing() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT), ("checkout.roles.yaml", TEAM)]);
    let mut client = Client::begin(&folder.base, PUSH());
    let team = folder.uri("checkout.roles.yaml");
    client.open(&team, 1, TEAM);
    assert_eq!(shown(&client.diagnostics(&team, 1)), "");
    client.change(
        &team,
        2,
        "team: checkout\nproduct: shopp\nroles:\n  product-owner: TBD\n",
    );
    assert_eq!(
        shown(&client.diagnostics(&team, 2)),
        "1:9 unresolved-reference team `checkout` belongs to product `shopp`, which no file defines\n\
         3:17 placeholder \"TBD\" holds the seat of Product Owner"
    );
    client.notify(
        "textDocument/didClose",
        json!({"textDocument": {"uri": team}}),
    );
    let after = client.wait(|message| {
        message["params"]["uri"] == team.as_str() && message["params"].get("version").is_none()
    });
    assert_eq!(shown(&after["params"]["diagnostics"]), "");
    // While no team named it, the product had none.
    client.ignore("textDocument/publishDiagnostics");
    client.end();
}

#[test]
fn a_change_in_one_file_is_told_of_in_the_others() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT), ("checkout.roles.yaml", TEAM)]);
    let mut client = Client::begin(&folder.base, PUSH());
    let (product, team) = (
        folder.uri("shop.roles.yaml"),
        folder.uri("checkout.roles.yaml"),
    );
    client.open(&team, 1, TEAM);
    client.open(&product, 1, PRODUCT);
    assert_eq!(shown(&client.diagnostics(&product, 1)), "");
    assert_eq!(shown(&client.diagnostics(&team, 1)), "");
    client.change(
        &product,
        2,
        "product: store\nroles:\n  product-manager: ana\n",
    );
    assert_eq!(
        shown(&client.diagnostics(&team, 1)),
        "1:9 unresolved-reference team `checkout` belongs to product `shop`, which no file defines"
    );
    assert_eq!(
        shown(&client.diagnostics(&product, 2)),
        "0:9 unlinked-team product `store` has no team"
    );
    client.end();
}

#[test]
fn a_client_that_asks_is_answered_and_never_sent_anything() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT), ("checkout.roles.yaml", TEAM)]);
    let mut client = Client::begin(&folder.base, PULL());
    let team = folder.uri("checkout.roles.yaml");
    client.open(&team, 1, "team: checkout\nproduct: shop\nroles: {}\n");
    let ask = json!({"textDocument": {"uri": team}});
    let first = client.request("textDocument/diagnostic", ask);
    assert_eq!(first["kind"], "full");
    assert_eq!(
        shown(&first["items"]),
        "2:0 missing-role team `checkout` has no Product Owner"
    );
    let again = json!({"textDocument": {"uri": team}, "previousResultId": first["resultId"]});
    let second = client.request("textDocument/diagnostic", again.clone());
    assert_eq!(
        second,
        json!({"kind": "unchanged", "resultId": first["resultId"]})
    );
    client.change(&team, 2, TEAM);
    let third = client.request("textDocument/diagnostic", again);
    assert_eq!(
        (&third["kind"], &third["items"]),
        (&json!("full"), &json!([]))
    );
    client.end();
}

#[test]
fn a_question_about_the_whole_workspace_waits_until_something_is_new() {
    let folder = Workspace::of(&[
        ("shop.roles.yaml", PRODUCT),
        ("checkout.roles.yaml", "team: checkout\nproduct: shop\n"),
    ]);
    let mut client = Client::begin(&folder.base, PULL());
    let team = folder.uri("checkout.roles.yaml");
    let first = client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    let items = first["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{first}");
    assert_eq!(items[0]["uri"], team.as_str());
    let known = json!({"previousResultIds": [{"uri": team, "value": items[0]["resultId"]}]});
    let waiting = client.ask("workspace/diagnostic", known);
    // Another question is answered while that one waits.
    client.request(
        "textDocument/diagnostic",
        json!({"textDocument": {"uri": team}}),
    );
    client.open(&team, 1, TEAM);
    let answer = client.answer(waiting);
    let item = &answer["result"]["items"][0];
    assert_eq!(
        (&item["kind"], &item["items"], &item["version"]),
        (&json!("full"), &json!([]), &json!(1))
    );
    client.end();
}

#[test]
fn files_that_change_on_disk_count_at_once() {
    let folder = Workspace::of(&[("checkout.roles.yaml", TEAM)]);
    let mut client = Client::begin(&folder.base, PUSH());
    let team = folder.uri("checkout.roles.yaml");
    assert_eq!(
        shown(&client.next("textDocument/publishDiagnostics")["diagnostics"]),
        "1:9 unresolved-reference team `checkout` belongs to product `shop`, which no file defines"
    );
    std::fs::write(folder.base.join("shop.roles.yaml"), PRODUCT).unwrap();
    let created = json!({"changes": [{"uri": folder.uri("shop.roles.yaml"), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", created);
    let after = client.next("textDocument/publishDiagnostics");
    assert_eq!(
        (after["uri"].as_str().unwrap(), shown(&after["diagnostics"])),
        (team.as_str(), String::new())
    );
    std::fs::remove_file(folder.base.join("shop.roles.yaml")).unwrap();
    let deleted = json!({"changes": [{"uri": folder.uri("shop.roles.yaml"), "type": 3}]});
    client.notify("workspace/didChangeWatchedFiles", deleted);
    assert!(
        shown(&client.next("textDocument/publishDiagnostics")["diagnostics"])
            .contains("unresolved-reference")
    );
    client.end();
}

#[test]
fn thousands_of_edits_in_a_row_come_in_order() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = Client::begin(&folder.base, PULL());
    let team = folder.uri("checkout.roles.yaml");
    client.open(&team, 1, "");
    let wanted =
        format!("# 🎉 née\r\n{}", TEAM.replace('\n', "\r\n")).repeat(1) + "  scrum-master: née\r\n";
    let (mut line, mut column) = (0, 0);
    let mut version = 1;
    for character in wanted.chars() {
        version += 1;
        let at = json!({"line": line, "character": column});
        client.notify(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": team, "version": version},
                "contentChanges": [{"range": {"start": at, "end": at}, "text": character.to_string()}],
            }),
        );
        match character {
            '\n' => (line, column) = (line + 1, 0),
            '\r' => {}
            other => column += other.len_utf16(),
        }
    }
    let report = client.request(
        "textDocument/diagnostic",
        json!({"textDocument": {"uri": team}}),
    );
    assert_eq!(shown(&report["items"]), "");
    client.end();
}

#[test]
fn broken_frames_are_answered_and_the_conversation_goes_on() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let hover = json!({"jsonrpc": "2.0", "id": "after", "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": folder.uri("shop.roles.yaml")}}}).to_string();
    let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    for (bad, code) in [
        (frame("{\"jsonrpc\": \"2.0\", "), Some(-32700)),
        (frame("[]"), Some(-32600)),
        (frame("17"), Some(-32600)),
        ("this is no frame at all\n".to_owned(), None),
        ("garbage without an end".to_owned(), None),
        ("Content-Length: many\r\n\r\n".to_owned(), None),
        ("Content-Length: -5\r\n\r\n".to_owned(), None),
        // Too short a length, and too long a one that swallows what follows.
        (
            "Content-Length: 3\r\n\r\n{\"a\": 1}\r\n".to_owned(),
            Some(-32700),
        ),
        (
            format!(
                "Content-Length: {}\r\n\r\n{{\"a\": 1}}",
                8 + frame(&hover).len()
            ),
            Some(-32700),
        ),
        ("\u{0}\u{1}\r\n\r\n\r\n".to_owned(), None),
    ] {
        let mut client = Client::begin(&folder.base, PULL());
        client.raw(bad.as_bytes());
        client.raw(frame(&hover).as_bytes());
        if let Some(code) = code {
            let refused = client.wait(|message| message.get("error").is_some());
            assert_eq!(
                (&refused["id"], &refused["error"]["code"]),
                (&Value::Null, &json!(code)),
                "{bad:?}"
            );
        }
        let answer = client.wait(|message| message["id"] == "after");
        assert_eq!(answer["result"]["kind"], "full", "{bad:?}");
        client.end();
    }
}

#[test]
fn headers_may_be_written_as_it_pleases() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = Client::begin(&folder.base, PULL());
    let body = json!({"jsonrpc": "2.0", "id": "x", "method": "shutdown"}).to_string();
    client.raw(format!("content-type: application/vscode-jsonrpc; charset=utf8\r\ncONTENT-lENGTH:{}\r\n\r\n{body}", body.len()).as_bytes());
    assert_eq!(
        client.wait(|message| message["id"] == "x")["result"],
        Value::Null
    );
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn addresses_with_raw_blanks_and_accents_are_given_back_as_they_came() {
    let folder = Workspace::of(&[("né e.roles.yaml", TEAM)]);
    let mut client = Client::begin(&folder.base, PUSH());
    let raw = format!("file://{}", folder.base.join("né e.roles.yaml").display());
    client.open(&raw, 7, TEAM);
    assert_eq!(
        shown(&client.diagnostics(&raw, 7)),
        "1:9 unresolved-reference team `checkout` belongs to product `shop`, which no file defines"
    );
    client.ignore("textDocument/publishDiagnostics");
    client.end();
}

#[test]
fn the_exit_code_tells_whether_the_end_was_a_proper_one() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = Client::begin(&folder.base, PULL());
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 1);
    let client = Client::begin(&folder.base, PULL());
    assert_eq!(client.hang_up(), 1);
    let mut client = Client::begin(&folder.base, PULL());
    client.request("shutdown", Value::Null);
    assert_eq!(client.hang_up(), 0);
}

#[test]
fn what_is_no_role_file_is_left_alone() {
    let folder = Workspace::of(&[("compose.yaml", "team: 5\n")]);
    let mut client = Client::begin(&folder.base, PULL());
    let other = uri(&folder.base.join("compose.yaml"));
    client.open(&other, 1, "team: 5\n");
    let report = client.request(
        "textDocument/diagnostic",
        json!({"textDocument": {"uri": other}}),
    );
    assert_eq!(shown(&report["items"]), "");
    client.end();
}

#[test]
fn a_document_that_was_never_saved_is_checked_when_it_begins_as_a_role_file() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = Client::begin(&folder.base, PULL());
    client.open("untitled:Untitled-1", 1, "team: new\nproduct: shopp\n");
    let ask = json!({"textDocument": {"uri": "untitled:Untitled-1"}});
    let report = client.request("textDocument/diagnostic", ask);
    assert!(
        shown(&report["items"])
            .contains("unresolved-reference team `new` belongs to product `shopp`"),
        "{report}"
    );
    client.open("untitled:Untitled-2", 1, "services: {}\n");
    let ask = json!({"textDocument": {"uri": "untitled:Untitled-2"}});
    assert_eq!(
        client.request("textDocument/diagnostic", ask)["items"],
        json!([])
    );
    client.end();
}

#[test]
fn a_document_that_was_empty_at_first_and_is_thrown_away_leaves_nothing_behind() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let mut client = Client::begin(&folder.base, PULL());
    let teams = |client: &mut Client| {
        let command = json!({"command": "rolelint.overview"});
        let overview = client.request("workspace/executeCommand", command);
        overview["groups"].as_array().unwrap().len()
    };
    assert_eq!(teams(&mut client), 1);
    client.open("untitled:Untitled-1", 1, "");
    client.change("untitled:Untitled-1", 2, "team: new\n");
    assert_eq!(teams(&mut client), 2);
    client.notify(
        "textDocument/didClose",
        json!({"textDocument": {"uri": "untitled:Untitled-1"}}),
    );
    assert_eq!(teams(&mut client), 1);
    client.end();
}

#[test]
fn a_folder_that_vanishes_is_no_end() {
    let folder = Workspace::of(&[("shop.roles.yaml", PRODUCT)]);
    let gone: &Path = &folder.base.join("gone");
    let mut client = Client::begin(gone, PULL());
    let report = client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    assert_eq!(report, json!({"items": []}));
    let log = client.next("window/logMessage");
    assert!(
        log["message"]
            .as_str()
            .unwrap()
            .contains("there is no such file or folder"),
        "{log}"
    );
    client.end();
}

#[test]
fn what_the_baseline_knows_is_shown_softly() {
    let folder = Workspace::of(&[(
        "checkout.roles.yaml",
        "team: checkout\nroles:\n  product-manager: ana\n  product-owner: TBD\n",
    )]);
    let mut client = Client::begin(&folder.base, PUSH());
    let before = client.next("textDocument/publishDiagnostics");
    let severities = |params: &Value| -> Vec<u64> {
        let all = params["diagnostics"].as_array().unwrap().iter();
        all.map(|one| one["severity"].as_u64().unwrap()).collect()
    };
    assert_eq!(severities(&before), [2]);
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .args(["baseline", "--today", support::TODAY])
        .current_dir(&folder.base)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let baseline = folder.uri(".rolelint-baseline.json");
    let created = json!({"changes": [{"uri": baseline, "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", created);
    let after = client.next("textDocument/publishDiagnostics");
    assert_eq!(severities(&after), [4]);
    let message = after["diagnostics"][0]["message"].as_str().unwrap();
    assert_eq!(
        message.lines().last().unwrap(),
        "It was there before: the baseline knows it, and it fails no check."
    );
    client.end();
}

#[test]
fn reading_many_files_is_told_of_while_it_lasts() {
    let names: Vec<String> = (0..600)
        .map(|number| format!("team-{number}.roles.yaml"))
        .collect();
    let texts: Vec<String> = (0..600)
        .map(|number| format!("team: team-{number}\nroles: {{product-owner: po-{number}}}\n"))
        .collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(texts.iter().map(String::as_str))
        .collect();
    let folder = Workspace::of(&files);
    let mut client = Client::begin(
        &folder.base,
        json!({"window": {"workDoneProgress": true}, "textDocument": {"diagnostic": {}}}),
    );
    let create = client.wait(|message| message["method"] == "window/workDoneProgress/create");
    let token = &create["params"]["token"];
    client.send(&json!({"jsonrpc": "2.0", "id": create["id"], "result": null}));
    let begin = client.next("$/progress");
    assert_eq!(
        begin,
        json!({"token": token, "value": {"kind": "begin", "title": "Reading 600 role files", "cancellable": false}})
    );
    let end = client.next("$/progress");
    assert_eq!(end, json!({"token": token, "value": {"kind": "end"}}));
    client.end();
}
