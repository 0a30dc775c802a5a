//! Which files on disk the client is to watch.

use serde_json::json;
use tower_lsp::ls_types::Registration;

use super::client::Capabilities;

/// What is registered once the client is ready.
pub fn registrations(client: &Capabilities) -> Vec<Registration> {
    let registration = |id: &str, method: &str, options| Registration {
        id: id.to_owned(),
        method: method.to_owned(),
        register_options: Some(options),
    };
    let mut registrations = Vec::new();
    if client.watch_files {
        // `include:` may take in any YAML file, a catalog may have any name, and an ignored file may be ignored no more.
        let watchers = json!({"watchers": [
            {"globPattern": "**/*.{yaml,yml}"},
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
