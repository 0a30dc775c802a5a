//! What requests answer to clients that can do more or less.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::ls_types::Uri;

use super::*;
use crate::server::actor::Cancel;
use crate::server::capabilities;
use crate::server::client::{Capabilities, Options};
use crate::server::positions::Encoding;
use crate::server::state::State;
use crate::server::tell::Deaf;
use crate::server::uris::uri_of;

const PEOPLE: &str = "people:\n  ana: {name: Ana Lima}\n  ben: {name: Ben 🎉 Okafor}\n";
const CHECKOUT: &str =
    "team: checkout # 🎉\nmembers: [\"🎉\", ben]\nroles:\n  product-owner: {person: ben}\n";

struct Client {
    state: State,
    base: PathBuf,
    _folder: tempfile::TempDir,
}

impl Client {
    /// With two files, of which the team is open.
    fn of(client: Capabilities) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        std::fs::write(base.join("people.roles.yaml"), PEOPLE).unwrap();
        std::fs::write(base.join("checkout.roles.yaml"), "team: on-disk\n").unwrap();
        let mut state = State::new(Arc::new(Deaf));
        state.begin(client, Options::default(), vec![base.clone()]);
        let uri = uri_of(&base.join("checkout.roles.yaml")).unwrap();
        state.open(uri, 7, CHECKOUT);
        state.refresh();
        Self {
            state,
            base,
            _folder: folder,
        }
    }

    fn uri(&self, name: &str) -> String {
        uri_of(&self.base.join(name)).unwrap().as_str().to_owned()
    }

    /// The parameters of a question about a place in the team's file.
    fn params(&self, line: u32, character: u32) -> Value {
        json!({
            "textDocument": {"uri": self.uri("checkout.roles.yaml")},
            "position": {"line": line, "character": character},
            "newName": "bo",
            "context": {"includeDeclaration": false},
            "query": "ana",
        })
    }

    /// An answer, with the names of files instead of their addresses.
    fn shown(&self, answer: impl serde::Serialize) -> Value {
        let folder = format!(
            "{}/",
            uri_of(&self.base).unwrap().as_str().trim_end_matches('/')
        );
        let text = serde_json::to_string(&answer).unwrap();
        serde_json::from_str(&text.replace(&folder, "")).unwrap()
    }
}

fn params<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

#[test]
fn renames_have_versions_where_the_client_has_them() {
    let client = Client::of(Capabilities {
        document_changes: true,
        ..Capabilities::default()
    });
    let rename = |client: &Client| {
        let params = params(client.params(3, 27));
        client.shown(rename::answer(&client.state, &params, &Cancel::default()).unwrap())
    };
    let edit = |range: Value| json!({"range": range, "newText": "bo"});
    assert_eq!(
        rename(&client),
        json!({"documentChanges": [
            {
                "textDocument": {"uri": "checkout.roles.yaml", "version": 7},
                "edits": [edit(range(1, 16, 19)), edit(range(3, 26, 29))],
            },
            {
                "textDocument": {"uri": "people.roles.yaml", "version": null},
                "edits": [edit(range(2, 2, 5))],
            },
        ]})
    );
    assert_eq!(
        rename(&Client::of(Capabilities::default())),
        json!({"changes": {
            "checkout.roles.yaml": [edit(range(1, 16, 19)), edit(range(3, 26, 29))],
            "people.roles.yaml": [edit(range(2, 2, 5))],
        }})
    );
}

#[test]
fn a_rename_starts_from_the_name_or_says_why_not() {
    let client = Client::of(Capabilities::default());
    let prepare = |line, character| {
        let answer = rename::prepare(&client.state, &params(client.params(line, character)));
        answer.map(|answer| client.shown(answer))
    };
    assert_eq!(
        prepare(3, 26).unwrap(),
        json!({"range": range(3, 26, 29), "placeholder": "ben"})
    );
    assert_eq!(prepare(2, 7).unwrap(), Value::Null);
    let refused = prepare(3, 4).unwrap_err();
    assert_eq!(refused.code.code(), -32803);
    assert!(refused.message.contains("built-in"), "{}", refused.message);
}

#[test]
fn a_definition_comes_with_what_leads_there_where_the_client_has_that() {
    let ask = |client: &Client| {
        let answer = definition::answer(&client.state, &params(client.params(3, 28)));
        client.shown(answer)
    };
    let linked = Client::of(Capabilities {
        definition_link: true,
        ..Capabilities::default()
    });
    assert_eq!(
        ask(&linked),
        json!([{
            "originSelectionRange": range(3, 26, 29),
            "targetUri": "people.roles.yaml",
            "targetRange": range(2, 2, 28),
            "targetSelectionRange": range(2, 2, 5),
        }])
    );
    assert_eq!(
        ask(&Client::of(Capabilities::default())),
        json!({"uri": "people.roles.yaml", "range": range(2, 2, 5)})
    );
}

#[test]
fn columns_count_as_the_client_counts() {
    for (encoding, column) in [
        (Encoding::Utf8, 18),
        (Encoding::Utf16, 16),
        (Encoding::Utf32, 15),
    ] {
        let client = Client::of(Capabilities {
            encoding,
            ..Capabilities::default()
        });
        let asked = params(client.params(1, column + 1));
        let answer = references::answer(&client.state, &asked, &Cancel::default());
        assert_eq!(
            client.shown(answer),
            json!([
                {"uri": "checkout.roles.yaml", "range": range(1, column, column + 3)},
                {"uri": "checkout.roles.yaml", "range": range(3, 26, 29)},
            ])
        );
        let asked = params(client.params(1, column + 1));
        let answer = document_highlight::answer(&client.state, &asked);
        assert_eq!(
            client.shown(answer),
            json!([
                {"range": range(1, column, column + 3), "kind": 2},
                {"range": range(3, 26, 29), "kind": 2},
            ])
        );
    }
}

#[test]
fn hovers_are_markdown_or_plain_text() {
    let ask = |markdown_hover| {
        let client = Client::of(Capabilities {
            markdown_hover,
            ..Capabilities::default()
        });
        let answer = hover::answer(&client.state, &params(client.params(3, 28)));
        client.shown(answer)
    };
    assert_eq!(
        ask(true),
        json!({
            "contents": {
                "kind": "markdown",
                "value": "**Ben 🎉 Okafor** · `ben`\n\n**Holds**\n\n- Product Owner of team `checkout`",
            },
            "range": range(3, 26, 29),
        })
    );
    assert_eq!(
        ask(false)["contents"],
        json!({
            "kind": "plaintext",
            "value": "Ben 🎉 Okafor · `ben`\n\nHolds\n\n  - Product Owner of team `checkout`",
        })
    );
}

#[test]
fn symbols_are_a_tree_or_a_row() {
    let ask = |nested_symbols| {
        let client = Client::of(Capabilities {
            nested_symbols,
            ..Capabilities::default()
        });
        let answer = document_symbol::answer(&client.state, &params(client.params(0, 0)));
        client.shown(answer)
    };
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 30}});
    let seat = range(3, 2, 30);
    assert_eq!(
        ask(true),
        json!([{
            "name": "checkout",
            "kind": 2,
            "range": whole,
            "selectionRange": range(0, 6, 14),
            "children": [{
                "name": "product-owner",
                "detail": "ben",
                "kind": 5,
                "range": seat,
                "selectionRange": range(3, 2, 15),
            }],
        }])
    );
    assert_eq!(
        ask(false),
        json!([
            {
                "name": "checkout",
                "kind": 2,
                "location": {"uri": "checkout.roles.yaml", "range": whole},
            },
            {
                "name": "product-owner",
                "kind": 5,
                "location": {"uri": "checkout.roles.yaml", "range": seat},
                "containerName": "checkout",
            },
        ])
    );
    let client = Client::of(Capabilities::default());
    let answer = workspace_symbol::answer(&client.state, &params(client.params(0, 0)));
    assert_eq!(
        client.shown(answer),
        json!([{
            "name": "Ana Lima",
            "kind": 19,
            "location": {"uri": "people.roles.yaml", "range": range(1, 2, 5)},
            "containerName": "ana",
        }])
    );
}

#[test]
fn folding_and_selecting_is_left_to_whatever_else_knows_yaml() {
    let offered = |options: Value| {
        let options = Options::of(Some(&options));
        let offered = capabilities::of(&Capabilities::default(), &options);
        (
            offered.folding_range_provider.is_some(),
            offered.selection_range_provider.is_some(),
        )
    };
    assert_eq!(offered(json!({})), (false, false));
    assert_eq!(offered(json!({"yamlServer": false})), (true, true));
    assert_eq!(
        offered(json!({"rolelint": {"yamlServer": false}})),
        (true, true)
    );
    let client = Client::of(Capabilities::default());
    let answer = folding_range::answer(&client.state, &params(client.params(0, 0)));
    assert_eq!(
        client.shown(answer),
        json!([{"startLine": 2, "endLine": 3}])
    );
    let asked = json!({
        "textDocument": {"uri": client.uri("checkout.roles.yaml")},
        "positions": [{"line": 3, "character": 27}],
    });
    let answer = selection_range::answer(&client.state, &params(asked));
    assert_eq!(client.shown(answer)[0]["range"], range(3, 26, 29));
}

#[test]
fn nothing_is_said_about_files_of_others() {
    let client = Client::of(Capabilities::default());
    let asked = json!({
        "textDocument": {"uri": client.uri("docker-compose.yaml")},
        "position": {"line": 0, "character": 0},
    });
    assert!(hover::answer(&client.state, &params(asked.clone())).is_none());
    assert!(document_link::answer(&client.state, &params(asked.clone())).is_none());
    assert!(document_symbol::answer(&client.state, &params(asked)).is_none());
}

#[test]
fn links_lead_to_the_line() {
    let mut client = Client::of(Capabilities::default());
    let uri: Uri = client.uri("checkout.roles.yaml").parse().unwrap();
    let team = "team: checkout\nproduct: shop\n";
    client.state.open(uri, 8, team);
    let path = client.base.join("products.roles.yaml");
    std::fs::write(&path, "team: other\n---\nproduct: shop\n").unwrap();
    client.state.touch(&uri_of(&path).unwrap());
    client.state.refresh();
    let answer = document_link::answer(&client.state, &params(client.params(0, 0)));
    assert_eq!(
        client.shown(answer),
        json!([{
            "range": range(1, 9, 13),
            "target": "products.roles.yaml#L3",
            "tooltip": "Open product shop",
        }])
    );
}
