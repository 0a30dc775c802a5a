//! What the client is to tell of: files on disk, settings, and Markdown pages while they are typed.

use serde_json::{Value, json};
use tower_lsp::ls_types::{Registration, TextDocumentSyncKind};

use super::client::Capabilities;

/// What is registered once the client is ready.
pub fn registrations(client: &Capabilities) -> Vec<Registration> {
    let mut registrations = Vec::new();
    if client.watch_files {
        // `include:` may take in any YAML file and any Markdown page, a catalog may have any name, and an ignored file
        // may be ignored no more.
        let watchers = json!({"watchers": [
            {"globPattern": "**/*.{yaml,yml,md,MD}"},
            {"globPattern": "**/{.gitignore,.ignore,.rolelint-baseline.json}"},
        ]});
        registrations.push(registration(
            "rolelint-files",
            "workspace/didChangeWatchedFiles",
            watchers,
        ));
    }
    if client.dynamic_configuration {
        registrations.push(registration(
            "rolelint-settings",
            "workspace/didChangeConfiguration",
            json!({"section": "rolelint"}),
        ));
    }
    registrations
}

/// What is registered once a configuration takes in Markdown pages: what is typed into them. Clients ask nothing about
/// them by it, as they would if they took them for role files, and elsewhere no page is sent at all.
pub fn pages() -> Vec<Registration> {
    let selector = json!([{"scheme": "file", "pattern": "**/*.{md,MD}"}]);
    let with_selector = json!({"documentSelector": selector});
    vec![
        registration(
            "rolelint-pages-open",
            "textDocument/didOpen",
            with_selector.clone(),
        ),
        registration(
            "rolelint-pages-change",
            "textDocument/didChange",
            json!({"documentSelector": selector, "syncKind": TextDocumentSyncKind::INCREMENTAL}),
        ),
        registration(
            "rolelint-pages-close",
            "textDocument/didClose",
            with_selector,
        ),
    ]
}

fn registration(id: &str, method: &str, options: Value) -> Registration {
    Registration {
        id: id.to_owned(),
        method: method.to_owned(),
        register_options: Some(options),
    }
}
