//! The language server as an editor starts it: a process of its own behind two pipes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use support::client::{Client, uri};

const TEAM: &str = "team: checkout\nproduct: shop\nroles:\n  product-owner: TBD\n";

fn server(folder: &Path) -> Client {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolelint"));
    command.arg("server").current_dir(folder);
    Client::of_program(command)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("checkout.roles.yaml"), TEAM).unwrap();
    folder
}

#[test]
fn it_answers_and_ends_as_it_should() {
    let folder = folder();
    let base = folder.path().canonicalize().unwrap();
    let mut client = server(&base);
    let able = client.initialize(&base, json!({"textDocument": {"diagnostic": {}}}));
    assert_eq!(able["positionEncoding"], "utf-16");
    let document = json!({"uri": uri(&base.join("checkout.roles.yaml"))});
    let report = client.request("textDocument/diagnostic", json!({"textDocument": document}));
    let codes: Vec<&Value> = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["code"])
        .collect();
    assert_eq!(codes, ["unresolved-reference", "placeholder"]);
    let hover = client.request(
        "textDocument/hover",
        json!({"textDocument": document, "position": {"line": 3, "character": 4}}),
    );
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("Product Owner"),
        "{hover}"
    );
    client.end();
}

#[test]
fn whoever_leaves_without_a_word_finds_it_gone() {
    let folder = folder();
    let begin = || {
        let mut client = server(folder.path());
        client.initialize(folder.path(), json!({"textDocument": {"diagnostic": {}}}));
        client
    };
    assert_eq!(begin().hang_up(), 1);
    let mut client = begin();
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit_code(), 1);
    let mut client = begin();
    client.request("shutdown", Value::Null);
    assert_eq!(client.hang_up(), 0);
    // Before anybody has said hello.
    assert_eq!(server(folder.path()).hang_up(), 1);
}

#[cfg(unix)]
#[test]
fn it_goes_when_the_editor_is_gone_though_the_pipes_stay_open() {
    let folder = folder();
    let mut editor = Command::new("sleep")
        .arg("600")
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let mut client = server(folder.path());
    client.request(
        "initialize",
        json!({"processId": editor.id(), "rootUri": uri(folder.path()), "capabilities": {}}),
    );
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.exit_code(), 1);
}
