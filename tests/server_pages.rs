//! Markdown pages as a client of the language server meets them: their tables of who is responsible and accountable are
//! checked, and nothing else is said of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use serde_json::{Value, json};
use support::client::{Client, Workspace};

const CONFIG: &str = "include: [\"wiki/*.md\"]\n";
const TEAM: &str = "team: lounge\nroles:\n  product-manager: ana\n  product-owner: ben\n";
const PAGE: &str = "\
# Lounge 🚢

team: lounge

| Task | Product Manager | Product Owner |
|------|-----------------|---------------|
| Set the roadmap | A/R | C |
| 🚢 | A | A/R |
";
const GOOD: &str = "| Task | Product Manager |\n|------|---|\n| Plan | A/R |\n";

const PUSH: fn() -> Value = || json!({"textDocument": {"publishDiagnostics": {}, "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}});
const PULL: fn() -> Value = || json!({"textDocument": {"diagnostic": {}}});
const TWO: &str =
    "7:7-7:14 one-accountable: 2 roles are accountable for \"🚢\": Product Manager, Product Owner";

/// A folder with files, and a client that looks at it.
struct Scene {
    folder: Workspace,
    client: Client,
}

impl Scene {
    fn of(capabilities: Value, files: &[(&str, &str)]) -> Self {
        let folder = Workspace::of(files);
        let client = Client::begin(&folder.base, capabilities);
        Self { folder, client }
    }

    fn uri(&self, path: &str) -> String {
        self.folder.uri(path)
    }

    /// Opens a document as an editor does that knows Markdown.
    fn open(&mut self, path: &str, text: &str) {
        let document =
            json!({"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text});
        self.client
            .notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn close(&mut self, path: &str) {
        let document = json!({"uri": self.uri(path)});
        self.client
            .notify("textDocument/didClose", json!({"textDocument": document}));
    }

    /// Changes files on disk, `None` deletes one, and tells the server.
    fn on_disk(&mut self, path: &str, text: Option<&str>) {
        let at = self.folder.base.join(path);
        let kind = match (text, at.exists()) {
            (Some(_), true) => 2,
            (Some(_), false) => 1,
            (None, _) => 3,
        };
        match text {
            Some(text) => std::fs::write(&at, text).unwrap(),
            None => std::fs::remove_file(&at).unwrap(),
        }
        let changes = json!({"changes": [{"uri": self.uri(path), "type": kind}]});
        self.client
            .notify("workspace/didChangeWatchedFiles", changes);
    }

    /// What comes next of diagnostics, with the end of its address and its version.
    fn sent(&mut self) -> (String, Value, String) {
        let next = self.client.next("textDocument/publishDiagnostics");
        let uri = next["uri"].as_str().unwrap();
        let name = uri.strip_prefix(&self.uri("")).unwrap().to_owned();
        (name, next["version"].clone(), shown(&next["diagnostics"]))
    }

    #[track_caller]
    fn is_sent(&mut self, path: &str, version: Value, wanted: &str) {
        assert_eq!(self.sent(), (path.to_owned(), version, wanted.to_owned()));
    }

    fn why(&mut self, path: &str) -> String {
        let uri = self.uri(path);
        let params = json!({"command": "rolelint.whyNotChecked", "arguments": [{"uri": uri}]});
        let answer = self.client.request("workspace/executeCommand", params);
        answer.as_str().unwrap().to_owned()
    }
}

/// What a person sees of diagnostics: place, rule and first line, one a line.
fn shown(diagnostics: &Value) -> String {
    let line = |one: &Value| {
        let (start, end) = (&one["range"]["start"], &one["range"]["end"]);
        format!(
            "{}:{}-{}:{} {}: {}",
            start["line"],
            start["character"],
            end["line"],
            end["character"],
            one["code"].as_str().unwrap(),
            one["message"].as_str().unwrap().lines().next().unwrap()
        )
    };
    let lines: Vec<String> = diagnostics.as_array().unwrap().iter().map(line).collect();
    lines.join("\n")
}

#[test]
fn findings_of_a_page_are_sent_while_it_is_typed_and_when_it_changes_on_disk() {
    let mut scene = Scene::of(
        PUSH(),
        &[
            (".rolelint.yaml", CONFIG),
            ("lounge.roles.yaml", TEAM),
            ("wiki/lounge.md", PAGE),
            ("README.md", PAGE),
        ],
    );
    let page = "wiki/lounge.md";
    scene.is_sent(page, Value::Null, TWO);
    scene.open(page, PAGE);
    scene.is_sent(page, json!(1), TWO);
    let place = |line, character| json!({"line": line, "character": character});
    // The emoji counts as two.
    let change = json!({"range": {"start": place(7, 11), "end": place(7, 12)}, "text": "C"});
    let document = json!({"uri": scene.uri(page), "version": 2});
    scene.client.notify(
        "textDocument/didChange",
        json!({"textDocument": document, "contentChanges": [change]}),
    );
    scene.is_sent(page, json!(2), "");
    scene.close(page);
    scene.is_sent(page, Value::Null, TWO);
    scene.on_disk(page, Some(GOOD));
    scene.is_sent(page, Value::Null, "");
    scene.on_disk(page, Some(PAGE));
    scene.is_sent(page, Value::Null, TWO);
    scene.on_disk(page, None);
    scene.is_sent(page, Value::Null, "");
    scene.on_disk("wiki/new.md", Some(PAGE));
    scene.is_sent("wiki/new.md", Value::Null, TWO);
    // The configuration decides which pages are meant, and how much they matter.
    let off = "include: [\"wiki/*.md\"]\nrules: {one-accountable: off}\n";
    scene.on_disk(".rolelint.yaml", Some(off));
    scene.is_sent("wiki/new.md", Value::Null, "");
    scene.on_disk(".rolelint.yaml", Some("include: [README.md]\n"));
    scene.is_sent("README.md", Value::Null, TWO);
    scene.client.end();
}

#[test]
fn a_folder_with_nothing_but_pages_is_checked_and_clients_may_ask() {
    let mut scene = Scene::of(
        PULL(),
        &[(".rolelint.yaml", CONFIG), ("wiki/lounge.md", PAGE)],
    );
    let page = scene.uri("wiki/lounge.md");
    let all = json!({"previousResultIds": []});
    let report = scene.client.request("workspace/diagnostic", all);
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{report}");
    assert_eq!(items[0]["uri"], page);
    assert_eq!(shown(&items[0]["items"]), TWO);
    let known = json!({"previousResultIds": [{"uri": page, "value": items[0]["resultId"]}]});
    let waiting = scene.client.ask("workspace/diagnostic", known);
    scene.open("wiki/lounge.md", GOOD);
    let answer = scene.client.answer(waiting);
    let item = &answer["result"]["items"][0];
    assert_eq!(
        (&item["uri"], &item["version"], &item["items"]),
        (&json!(page), &json!(1), &json!([]))
    );
    let ask = json!({"textDocument": {"uri": page}});
    let report = scene.client.request("textDocument/diagnostic", ask.clone());
    assert_eq!(report["items"], json!([]));
    scene.close("wiki/lounge.md");
    let report = scene.client.request("textDocument/diagnostic", ask);
    assert_eq!(shown(&report["items"]), TWO);
    scene.client.end();
}

#[test]
fn exceptions_and_the_baseline_hold_for_pages() {
    let exception = "exceptions:\n  - {rule: one-accountable, where: wiki/old.md, reason: Kept}\n";
    let mut scene = Scene::of(
        PUSH(),
        &[
            (".rolelint.yaml", &format!("{CONFIG}{exception}")),
            ("wiki/lounge.md", PAGE),
            ("wiki/old.md", PAGE),
        ],
    );
    let said = scene.client.next("textDocument/publishDiagnostics");
    assert!(said["uri"].as_str().unwrap().ends_with("wiki/lounge.md"));
    let one = &said["diagnostics"][0];
    assert_eq!(one["severity"], 1);
    let known = json!({"version": 1, "findings": [{
        "file": "wiki/lounge.md",
        "rule": "one-accountable",
        "fingerprint": one["data"]["fingerprint"],
        "message": one["message"].as_str().unwrap().lines().next(),
    }]});
    scene.on_disk(".rolelint-baseline.json", Some(&known.to_string()));
    let said = scene.client.next("textDocument/publishDiagnostics");
    let one = &said["diagnostics"][0];
    assert_eq!(one["severity"], 4);
    assert!(
        one["message"]
            .as_str()
            .unwrap()
            .contains("the baseline knows it")
    );
    // An exception that silences nothing any more is told of.
    scene.on_disk("wiki/old.md", Some(GOOD));
    let (file, _, said) = scene.sent();
    assert_eq!(file, ".rolelint.yaml");
    assert!(said.contains("unused-ignore"), "{said}");
    scene.client.end();
}

#[test]
fn nothing_but_findings_is_said_of_a_page() {
    // It would be a role file, were it YAML.
    let page = format!("team: lounge\nroles: {{product-owner: ben}}\n\n{PAGE}");
    let mut scene = Scene::of(
        PUSH(),
        &[
            (".rolelint.yaml", CONFIG),
            ("lounge.roles.yaml", TEAM),
            ("wiki/lounge.md", &page),
            ("README.md", &page),
        ],
    );
    let said = TWO.replace("7:7-7:14", "10:7-10:14");
    scene.is_sent("wiki/lounge.md", Value::Null, &said);
    scene.open("README.md", &page);
    scene.open("wiki/lounge.md", &page);
    scene.is_sent("wiki/lounge.md", json!(1), &said);
    for path in ["wiki/lounge.md", "README.md"] {
        let document = json!({"uri": scene.uri(path)});
        for (line, character) in [(0, 7), (1, 25), (10, 8)] {
            let at = json!({"line": line, "character": character});
            let range = json!({"start": at, "end": at});
            for method in [
                "hover",
                "completion",
                "definition",
                "references",
                "documentHighlight",
                "prepareRename",
                "codeAction",
                "inlayHint",
                "codeLens",
                "documentSymbol",
                "documentLink",
                "foldingRange",
                "selectionRange",
            ] {
                let params = json!({
                    "textDocument": document,
                    "position": at,
                    "positions": [at],
                    "range": range,
                    "context": {"diagnostics": [], "includeDeclaration": true},
                });
                let method = format!("textDocument/{method}");
                let id = scene.client.ask(&method, params);
                let answer = scene.client.answer(id);
                let result = &answer["result"];
                assert!(
                    result.is_null() || *result == json!([]),
                    "{method} at {line}:{character} of {path}: {answer}"
                );
            }
            let params = json!({"textDocument": document, "position": at, "newName": "bar"});
            let id = scene.client.ask("textDocument/rename", params);
            let answer = scene.client.answer(id);
            assert!(answer["result"].is_null(), "{answer}");
        }
    }
    // Of the team as its role file has it, everything is said; of the one in the pages nothing.
    let symbols = scene
        .client
        .request("workspace/symbol", json!({"query": "lounge"}));
    let symbols = symbols.as_array().unwrap();
    assert!(!symbols.is_empty());
    let role_file = scene.uri("lounge.roles.yaml");
    assert!(
        symbols
            .iter()
            .all(|one| one["location"]["uri"] == role_file.as_str())
    );
    scene.client.end();
}

#[test]
fn a_page_that_was_never_saved_is_no_role_file() {
    let mut scene = Scene::of(PUSH(), &[("lounge.roles.yaml", TEAM)]);
    let open = |language| json!({"textDocument": {"uri": "untitled:Untitled-1", "languageId": language, "version": 1, "text": "team: lounge\n"}});
    scene
        .client
        .notify("textDocument/didOpen", open("markdown"));
    let symbols = json!({"textDocument": {"uri": "untitled:Untitled-1"}});
    let symbols = scene.client.request("textDocument/documentSymbol", symbols);
    assert!(symbols.is_null(), "{symbols}");
    scene.client.end();
}

#[test]
fn clients_are_asked_to_tell_of_pages_once_there_are_some() {
    let capabilities = json!({
        "textDocument": {"synchronization": {"dynamicRegistration": true}, "publishDiagnostics": {}},
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
    });
    let mut scene = Scene::of(
        capabilities,
        &[("lounge.roles.yaml", TEAM), ("wiki/lounge.md", PAGE)],
    );
    let asked = |scene: &mut Scene| {
        let message = scene
            .client
            .wait(|message| message["method"] == "client/registerCapability");
        let id = &message["id"];
        scene
            .client
            .send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
        message["params"]["registrations"].clone()
    };
    let watched = asked(&mut scene);
    assert_eq!(
        watched,
        json!([{
            "id": "rolelint-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": [
                {"globPattern": "**/*.{yaml,yml,md,MD}"},
                {"globPattern": "**/{.gitignore,.ignore,.rolelint-baseline.json}"},
            ]},
        }])
    );
    // No page is of any interest yet.
    let ask = json!({"query": "lounge"});
    scene.client.request("workspace/symbol", ask);
    assert!(scene.client.take("client/registerCapability").is_empty());
    scene.on_disk(".rolelint.yaml", Some(CONFIG));
    let followed = asked(&mut scene);
    let selector = json!([{"scheme": "file", "pattern": "**/*.{md,MD}"}]);
    assert_eq!(
        followed,
        json!([
            {"id": "rolelint-pages-open", "method": "textDocument/didOpen", "registerOptions": {"documentSelector": selector}},
            {"id": "rolelint-pages-change", "method": "textDocument/didChange", "registerOptions": {"documentSelector": selector, "syncKind": 2}},
            {"id": "rolelint-pages-close", "method": "textDocument/didClose", "registerOptions": {"documentSelector": selector}},
        ])
    );
    scene.is_sent("wiki/lounge.md", Value::Null, TWO);
    scene.on_disk("wiki/lounge.md", None);
    scene.is_sent("wiki/lounge.md", Value::Null, "");
    scene.on_disk("wiki/lounge.md", Some(PAGE));
    scene.is_sent("wiki/lounge.md", Value::Null, TWO);
    // Once is enough.
    scene.client.end();
}

#[test]
fn the_reason_why_a_file_is_checked_is_the_true_one() {
    let mut scene = Scene::of(
        PUSH(),
        &[
            (
                ".rolelint.yaml",
                "include: [\"wiki/*.md\", \"org/*.yaml\"]\nexclude: [wiki/old.md]\n",
            ),
            (".gitignore", "build/\n"),
            ("build/a.roles.yaml", TEAM),
            (".hidden/a.roles.yaml", TEAM),
            ("wiki/lounge.md", GOOD),
            ("wiki/old.md", PAGE),
            ("README.md", PAGE),
        ],
    );
    let missing = "This file is not checked: there is no such file.";
    for (path, why) in [
        (
            "wiki/lounge.md",
            "This file is checked: `include` has the pattern `wiki/*.md`. Of a page only tables of who is responsible and accountable are read.",
        ),
        (
            "wiki/old.md",
            "This file is not checked: `exclude` has the pattern `wiki/old.md`.",
        ),
        (
            "README.md",
            "This page is not checked: no `include` takes it in. Name it under `include:` in `.rolelint.yaml`, if it has a table of who is responsible and accountable.",
        ),
        ("wiki/nowhere.md", missing),
        ("org/nowhere.yaml", missing),
        ("nowhere.roles.yaml", missing),
        ("nowhere.txt", missing),
        (
            "build/a.roles.yaml",
            "This file is not checked: a `.gitignore` or `.ignore` leaves it out.",
        ),
        (
            ".hidden/a.roles.yaml",
            "This file is not checked: it, or a folder above it, starts with a dot.",
        ),
    ] {
        assert_eq!(scene.why(path), why, "{path}");
    }
    let other = tempfile::tempdir().unwrap();
    let path = other.path().canonicalize().unwrap().join("a.roles.yaml");
    std::fs::write(&path, TEAM).unwrap();
    assert_eq!(
        scene.why(path.to_str().unwrap()),
        "This file is not checked: it lies outside of the folders that are searched."
    );
    scene.client.end();
}
