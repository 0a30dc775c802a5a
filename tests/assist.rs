//! Completion, inlay hints, code lenses and commands as a client meets them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use serde_json::{Value, json};
use support::client::{Client, Workspace};

/// A folder with role files, and a client that looks at it.
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

    /// Opens a document with the cursor `‸` in it; returns where that is, in UTF-16.
    fn open(&mut self, path: &str, text: &str) -> Value {
        let uri = self.uri(path);
        let before = text.split('‸').next().unwrap();
        self.client.open(&uri, 1, &text.replace('‸', ""));
        self.client.diagnostics(&uri, 1);
        let line = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap();
        json!({"line": line, "character": last.encode_utf16().count()})
    }

    fn complete(&mut self, path: &str, position: &Value) -> Vec<Value> {
        let uri = self.uri(path);
        let answer = self.client.request(
            "textDocument/completion",
            json!({"textDocument": {"uri": uri}, "position": position}),
        );
        answer["items"].as_array().unwrap().clone()
    }

    fn command(&mut self, command: &str, arguments: Value) -> Value {
        self.client.request(
            "workspace/executeCommand",
            json!({"command": command, "arguments": arguments}),
        )
    }

    fn end(mut self) {
        self.client.ignore("textDocument/publishDiagnostics");
        self.client.end();
    }
}

fn item<'i>(items: &'i [Value], label: &str) -> &'i Value {
    let mut items = items.iter();
    items.find(|item| item["label"] == label).unwrap()
}

fn labels(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect()
}

const PLAIN: fn() -> Value = || json!({});
const SNIPPETS: fn() -> Value = || {
    json!({"textDocument": {"completion": {"completionItem": {
        "snippetSupport": true,
        "insertTextModeSupport": {"valueSet": [1, 2]},
        "documentationFormat": ["markdown"],
    }}}})
};

#[test]
fn completion_replaces_the_word_and_is_explained_when_somebody_looks() {
    let mut scene = Scene::of(
        SNIPPETS(),
        &[("people.roles.yaml", "people: {ana: Ana Lima}\n")],
    );
    let text = "team: checkout\r\nname: 🎉\r\nroles: {product-manager: ana, product-owner: {holder: \"é🎉an‸\"}}\r\n";
    let position = scene.open("checkout.roles.yaml", &text.replace("é🎉", ""));
    let items = scene.complete("checkout.roles.yaml", &position);
    let ana = item(&items, "ana");
    assert_eq!(
        ana["textEdit"],
        json!({"range": {"start": {"line": 2, "character": 55}, "end": {"line": 2, "character": 57}}, "newText": "ana"})
    );
    assert_eq!(ana["insertTextFormat"], 1);
    assert_eq!(ana.get("documentation"), None);
    let resolved = scene.client.request("completionItem/resolve", ana.clone());
    assert_eq!(
        resolved["documentation"],
        json!({"kind": "markdown", "value": "**Ana Lima** · `ana`\n\n**Holds**\n\n- Product Manager of team `checkout`"})
    );
    scene.end();
}

#[test]
fn columns_are_those_of_the_client() {
    let mut scene = Scene::of(PLAIN(), &[]);
    let position = scene.open(
        "checkout.roles.yaml",
        "team: checkout\nmembers: [\"🎉 ben\", é]\nroles: {developers: [🎉, b‸]}\n",
    );
    let items = scene.complete("checkout.roles.yaml", &position);
    let range = &item(&items, "🎉 ben")["textEdit"]["range"];
    assert_eq!(
        *range,
        json!({"start": {"line": 2, "character": 25}, "end": {"line": 2, "character": 26}})
    );
    scene.end();
}

#[test]
fn whole_snippets_are_for_clients_that_expand_them() {
    let text = "team: checkout\nroles:\n  product-owner: ‸\n";
    let mut scene = Scene::of(SNIPPETS(), &[]);
    let position = scene.open("checkout.roles.yaml", text);
    let items = scene.complete("checkout.roles.yaml", &position);
    let vacancy = item(&items, "a vacancy");
    assert_eq!(vacancy["insertTextFormat"], 2);
    assert_eq!(vacancy["insertTextMode"], 2);
    // The editor adds the two blanks of the line itself, and the blank behind the colon goes.
    assert_eq!(
        vacancy["textEdit"],
        json!({
            "range": {"start": {"line": 2, "character": 16}, "end": {"line": 2, "character": 17}},
            "newText": "\n  vacant:\n    since: ${1:2026-06-15}\n    cover: ${2:who}",
        })
    );
    assert_eq!(vacancy["filterText"], " a vacancy");
    scene.end();

    let mut scene = Scene::of(PLAIN(), &[]);
    let position = scene.open("checkout.roles.yaml", text);
    let items = scene.complete("checkout.roles.yaml", &position);
    assert!(!labels(&items).contains(&"a vacancy"));
    scene.end();
}

#[test]
fn several_lines_are_right_in_clients_that_insert_them_as_they_are() {
    let text = "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    ‸\n";
    for (capabilities, wanted, mode) in [
        (
            PLAIN(),
            "duties:\n      - value-maximization\n      - backlog-refinement",
            Value::Null,
        ),
        (
            SNIPPETS(),
            "duties:\n  - value-maximization\n  - backlog-refinement",
            json!(2),
        ),
    ] {
        let mut scene = Scene::of(capabilities, &[]);
        let position = scene.open("checkout.roles.yaml", text);
        let items = scene.complete("checkout.roles.yaml", &position);
        let duties = item(&items, "the Product Owner's duties");
        let new = duties["textEdit"]["newText"].as_str().unwrap();
        assert!(new.starts_with(wanted), "{new}");
        assert_eq!(duties["insertTextMode"], mode);
        assert_eq!(duties["insertTextFormat"], 1);
        scene.end();
    }
}

#[test]
fn nothing_is_offered_where_rolelint_has_nothing_to_say() {
    let mut scene = Scene::of(PLAIN(), &[("checkout.roles.yaml", "team: checkout\n")]);
    let other = scene.uri("docker-compose.yaml");
    scene.client.open(&other, 1, "services:\n  \n");
    let answer = scene.client.request(
        "textDocument/completion",
        json!({"textDocument": {"uri": other}, "position": {"line": 1, "character": 2}}),
    );
    assert_eq!(answer, Value::Null);
    scene.end();
}

const TEAM: &str = "team: checkout
roles:
  product-manager: ana
  product-owner:
    holder: ben
    works_with: [product-manager]
    duties:
      - Groom the backlog twice a week
      - roadmap
shared:
  - duty: roadmap
    accountable: product-manager
";

fn hints(scene: &mut Scene, first: u32, last: u32) -> Value {
    let uri = scene.uri("checkout.roles.yaml");
    scene.client.request(
        "textDocument/inlayHint",
        json!({"textDocument": {"uri": uri}, "range": {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}}),
    )
}

#[test]
fn hints_are_those_of_the_range_and_explained_when_somebody_points_at_them() {
    let lazily = json!({"textDocument": {"inlayHint": {"resolveSupport": {"properties": ["tooltip", "textEdits"]}}}});
    let mut scene = Scene::of(lazily, &[]);
    scene.open("checkout.roles.yaml", TEAM);
    let all = hints(&mut scene, 0, 99);
    let shown: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| (hint["position"]["line"].clone(), hint["label"].clone()))
        .collect();
    assert_eq!(
        shown,
        [
            (json!(2), json!("9 duties assumed")),
            (json!(7), json!("→ backlog-refinement"))
        ]
    );
    let part = hints(&mut scene, 6, 9);
    let hint = &part[0];
    assert_eq!(part.as_array().unwrap().len(), 1);
    assert_eq!(hint.get("tooltip"), None);
    let resolved = scene.client.request("inlayHint/resolve", hint.clone());
    let tooltip = resolved["tooltip"]["value"].as_str().unwrap();
    assert!(
        tooltip.contains("Reads as **Backlog refinement**"),
        "{tooltip}"
    );
    assert_eq!(
        resolved["textEdits"][0]["newText"],
        "backlog-refinement: Groom the backlog twice a week"
    );
    scene.end();

    let mut scene = Scene::of(PLAIN(), &[]);
    scene.open("checkout.roles.yaml", TEAM);
    assert!(hints(&mut scene, 6, 9)[0]["tooltip"]["value"].is_string());
    scene.end();
}

#[test]
fn lenses_say_how_things_stand_once_they_are_seen() {
    let mut scene = Scene::of(PLAIN(), &[]);
    scene.open("checkout.roles.yaml", TEAM);
    let uri = scene.uri("checkout.roles.yaml");
    let lenses = scene.client.request(
        "textDocument/codeLens",
        json!({"textDocument": {"uri": uri}}),
    );
    let mut shown = Vec::new();
    for lens in lenses.as_array().unwrap() {
        assert_eq!(lens.get("command"), None);
        let resolved = scene.client.request("codeLens/resolve", lens.clone());
        let command = &resolved["command"];
        shown.push(format!(
            "{}: {} ({})",
            lens["range"]["start"]["line"],
            command["title"].as_str().unwrap(),
            command["command"].as_str().unwrap()
        ));
        if command["command"] == "rolelint.showReferences" {
            let places = scene.command("rolelint.showReferences", command["arguments"].clone());
            assert_eq!(
                places[0]["range"]["start"],
                json!({"line": 2, "character": 2})
            );
        }
    }
    assert_eq!(
        shown,
        [
            "0: 4 duties uncovered in this team (rolelint.coverage)",
            "2: 9 duties assumed (rolelint.coverage)",
            "3: 2 of 6 duties · 1 misplaced (rolelint.coverage)",
            "10: who else answers for this: 2 places (rolelint.showReferences)",
        ]
    );
    scene.end();
}

#[test]
fn whoever_wants_neither_hints_nor_lenses_gets_none() {
    let mut scene = Scene::of(PLAIN(), &[]);
    scene.open("checkout.roles.yaml", TEAM);
    let uri = scene.uri("checkout.roles.yaml");
    scene.client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"rolelint": {"inlayHints": false, "codeLens": false, "today": support::TODAY}}}),
    );
    assert_eq!(hints(&mut scene, 0, 99), Value::Null);
    let lenses = scene.client.request(
        "textDocument/codeLens",
        json!({"textDocument": {"uri": uri}}),
    );
    assert_eq!(lenses, Value::Null);
    scene.end();
}

#[test]
fn the_coverage_is_data_with_places_and_a_page() {
    let show = json!({"window": {"showDocument": {"support": true}}});
    let files = [
        (
            "shop.roles.yaml",
            "product: shop\nname: The shop\nroles:\n  product-manager: ana\n",
        ),
        ("people.roles.yaml", "people: {ana: Ana Lima}\n"),
    ];
    let mut scene = Scene::of(show, &files);
    let text = "team: checkout\nproduct: shop\nroles:\n  product-owner:\n    duties: [roadmap, backlog-refinement]\n";
    scene.open("checkout.roles.yaml", text);
    let uri = scene.uri("checkout.roles.yaml");
    let answer = scene.command(
        "rolelint.coverage",
        json!([{"uri": uri, "position": {"line": 3, "character": 4}}]),
    );
    let coverage = &answer["coverage"];
    assert_eq!(
        (&coverage["kind"], &coverage["id"]),
        (&json!("product"), &json!("shop"))
    );
    assert_eq!(coverage["seats"][0]["holders"][0]["name"], "Ana Lima");
    assert_eq!(coverage["seats"][1]["location"]["uri"], uri.as_str());
    assert_eq!(
        coverage["seats"][1]["answers_for"],
        json!(["product-owner"])
    );
    let duties = coverage["duties"].as_array().unwrap();
    let roadmap = duties
        .iter()
        .find(|duty| duty["duty"] == "roadmap")
        .unwrap();
    assert_eq!(roadmap["cells"][0]["has"], "assumed");
    assert_eq!(roadmap["cells"][1]["verdict"], "wrong_seat");
    assert_eq!(
        roadmap["cells"][1]["location"]["range"]["start"],
        json!({"line": 4, "character": 13})
    );
    let page = answer["markdown"].as_str().unwrap();
    assert!(
        page.starts_with("# Who answers for what: The shop\n"),
        "{page}"
    );
    for same in [
        json!([uri]),
        json!([{"product": "shop"}]),
        json!([{"team": "checkout"}]),
    ] {
        assert_eq!(
            scene.command("rolelint.coverage", same)["coverage"]["id"],
            "shop"
        );
    }
    // Shown where the editor can.
    scene.command(
        "rolelint.coverage",
        json!([{"product": "shop", "show": true}]),
    );
    let shown = scene
        .client
        .wait(|message| message["method"] == "window/showDocument");
    let address = shown["params"]["uri"].as_str().unwrap();
    assert!(address.ends_with("/coverage/product-shop.md"), "{address}");
    scene
        .client
        .send(&json!({"jsonrpc": "2.0", "id": shown["id"], "result": {"success": true}}));
    scene.end();
}

#[test]
fn the_overview_has_teams_seats_and_holders_with_places() {
    let files = [
        (
            "shop.roles.yaml",
            "product: shop\nname: The shop\nroles: {product-manager: ana}\n",
        ),
        ("people.roles.yaml", "people: {ana: Ana Lima}\n"),
    ];
    let mut scene = Scene::of(PLAIN(), &files);
    scene.open(
        "checkout.roles.yaml",
        "team: checkout\nproduct: shop\nroles: {product-owner: ben}\n",
    );
    let overview = scene.command("rolelint.overview", json!([]));
    assert_eq!(
        (&overview["files"], &overview["left_out"]),
        (&json!(3), &json!(0))
    );
    let shop = &overview["groups"][0];
    assert_eq!(
        (&shop["kind"], &shop["id"], &shop["name"], &shop["defined"]),
        (
            &json!("product"),
            &json!("shop"),
            &json!("The shop"),
            &json!(true)
        )
    );
    assert_eq!(shop["summary"]["open"], 0);
    assert_eq!(
        shop["units"][0]["seats"][0]["holders"][0]["name"],
        "Ana Lima"
    );
    let range = |line: u32, start: u32, end: u32| json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}});
    let place = |range| json!({"uri": scene.uri("checkout.roles.yaml"), "range": range});
    assert_eq!(
        shop["units"][1],
        json!({
            "kind": "team",
            "id": "checkout",
            "name": null,
            "location": place(range(0, 6, 14)),
            "seats": [{
                "title": "Product Owner",
                "state": "held",
                "cover": null,
                "location": place(range(2, 8, 21)),
                "holders": [{
                    "name": "ben",
                    "person": "ben",
                    "status": "permanent",
                    "location": place(range(2, 23, 26)),
                }],
            }],
        })
    );
    let none = scene.command("rolelint.overview", json!([{"most": 0}]));
    assert_eq!(
        (&none["groups"], &none["left_out"]),
        (&json!([]), &json!(1))
    );
    scene.end();
}

#[test]
fn commands_explain() {
    let mut scene = Scene::of(
        PLAIN(),
        &[("checkout.roles.yaml", TEAM), ("notes.yaml", "a: b\n")],
    );
    let page = scene.command("rolelint.explain", json!(["wrong-role"]));
    assert!(page.as_str().unwrap().starts_with("# wrong-role\n"));
    let uri = scene.uri("checkout.roles.yaml");
    let page = scene.command("rolelint.explain", json!([{"name": "roadmap", "uri": uri}]));
    assert!(page.as_str().unwrap().starts_with("# Roadmap\n"));
    let (notes, team) = (scene.uri("notes.yaml"), scene.uri("checkout.roles.yaml"));
    assert_eq!(
        scene.command("rolelint.whyNotChecked", json!([notes])),
        "This file is not checked: its name does not end in `.roles.yaml` or `.roles.yml`, and no `include` takes it in. Rename it, or name it under `include:` in `.rolelint.yaml`, if it holds roles."
    );
    assert_eq!(
        scene.command("rolelint.whyNotChecked", json!([{"uri": team}])),
        "This file is checked: its name ends like that of a role file."
    );
    assert!(
        scene
            .command("rolelint.whyNotChecked", json!(["untitled:Untitled-1"]))
            .as_str()
            .unwrap()
            .starts_with("This document was never saved, and it does not begin")
    );
    scene.client.open("untitled:Untitled-2", 1, "team: x\n");
    scene
        .client
        .change("untitled:Untitled-2", 2, "hello: world\n");
    assert_eq!(
        scene.command("rolelint.whyNotChecked", json!(["untitled:Untitled-2"])),
        "This document was never saved. It is checked because it began like a role file, until it is closed."
    );
    scene.end();
}

#[test]
fn what_a_bug_report_needs_has_nothing_in_it_that_is_nobodys_business() {
    let mut scene = Scene::of(
        PLAIN(),
        &[(
            ".rolelint.yaml",
            "exclude: [secret-plans/**]\nrules: {coverage: error}\n",
        )],
    );
    let text = "team: black-ops\nroles:\n  product-owner: Mallory Quux\n  product-manager: TBD\n";
    scene.open("hush.roles.yaml", text);
    let uri = scene.uri("hush.roles.yaml");
    let page = scene.command("rolelint.report", json!([uri]));
    let page = page.as_str().unwrap();
    for secret in [
        "black-ops",
        "Mallory",
        "hush",
        "secret-plans",
        scene.folder.base.to_str().unwrap(),
    ] {
        assert!(!page.contains(secret), "{secret}:\n{page}");
    }
    for said in [
        concat!("- version: ", env!("CARGO_PKG_VERSION")),
        "- its name ends like that of a role file",
        "- open, version 1; 4 lines,",
        "- 1 role file, 1 configuration",
        "| placeholder | 0 | 1 | 0 |",
        "uncovered-duty error",
        "encoding: Utf16",
    ] {
        assert!(
            page.contains(said) || page.contains(&said.replace("- 1", "\n- 1")),
            "{said}:\n{page}"
        );
    }
    scene.end();
}

#[test]
fn everything_can_be_read_anew() {
    let mut scene = Scene::of(PLAIN(), &[("shop.roles.yaml", "product: shop\n")]);
    let text = "team: checkout\nproduct: shop\nroles: {product-owner: ben}\n";
    scene.open("checkout.roles.yaml", text);
    // Nobody tells the server of this.
    std::fs::remove_file(scene.folder.base.join("shop.roles.yaml")).unwrap();
    assert_eq!(scene.command("rolelint.restart", json!([])), Value::Null);
    let uri = scene.uri("checkout.roles.yaml");
    let told = scene.client.wait(|message| {
        message["params"]["uri"] == uri.as_str()
            && message["params"]["diagnostics"][0]["code"] == "unresolved-reference"
    });
    assert_eq!(told["params"]["version"], 1);
    let log = scene.client.next("window/logMessage");
    assert_eq!(log["message"], "rolelint has read everything anew.");
    scene.end();
}

#[test]
fn a_command_that_is_none_is_refused() {
    let mut scene = Scene::of(PLAIN(), &[]);
    for (command, arguments, why) in [
        (
            "rolelint.dance",
            json!([]),
            "There is no command `rolelint.dance`.",
        ),
        (
            "rolelint.coverage",
            json!([{"product": "shop"}]),
            "There is no such team or product.",
        ),
        (
            "rolelint.coverage",
            json!([7]),
            "Say which product: the address of a role file, or `product` or `team` with its id.",
        ),
        (
            "rolelint.explain",
            json!([{}]),
            "Say what: the id of a rule, a duty or a role.",
        ),
        (
            "rolelint.explain",
            json!(["roadmapp"]),
            "There is no rule, duty or role `roadmapp`; did you mean `roadmap`?",
        ),
        (
            "rolelint.whyNotChecked",
            json!([]),
            "Say which file, by its address.",
        ),
    ] {
        let id = scene.client.ask(
            "workspace/executeCommand",
            json!({"command": command, "arguments": arguments}),
        );
        let answer = scene.client.answer(id);
        assert_eq!(answer["error"]["message"], why);
    }
    scene.end();
}
