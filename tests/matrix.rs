//! `rolelint matrix` as it is used: who answers for what, in every format.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::assert_file;
use unicode_width::UnicodeWidthStr;

struct Ended {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .arg("matrix")
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What is drawn, where all goes well.
fn drawn(folder: &Path, args: &[&str]) -> String {
    let ended = run(folder, args);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{}", ended.out);
    ended.out
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Of one product or team with the text drawing.
fn team(text: &str) -> String {
    let folder = folder(&[("a.roles.yaml", text)]);
    drawn(folder.path(), &["--today", "2026-06-15"])
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A tea company with something of everything.
fn tea() -> tempfile::TempDir {
    folder(&[
        (
            ".rolelint.yaml",
            "today: 2026-06-15
catalog: tea.roles.yaml
exceptions:
  - rule: missing-role
    where: teams/tasting.roles.yaml
    reason: The tasters decide together until the harvest is over
    until: 2026-07-01
  - {rule: vague-duty, reason: agreed for good}
",
        ),
        (
            "tea.roles.yaml",
            "catalog: tea
extends: popm
roles:
  leaf-buyer: {title: Leaf Buyer, scope: product}
duties:
  leaf-quality:
    title: Quality of the leaf
    role: leaf-buyer
    horizon: medium
    core: true
    explain: Somebody tastes before anybody pays.
    examples: [Taste every delivery before it is paid for]
",
        ),
        (
            "people.roles.yaml",
            "people:
  ada: {name: Ada Finch}
  bo: {name: Bo Larsen}
  cy: {name: Cy Patel, left: 2026-05-01}
  dee: {name: Dee Okoro}
",
        ),
        (
            "shop.roles.yaml",
            "product: shop
name: The tea shop
teams: [packing, tasting, blending]
roles:
  product-manager:
    holders: [ada, dee]
    job_share: true
    duties:
      - customer-research: Ask ten guests a month
      - vision-and-strategy
      - Own the roadmap for the next four quarters
      - Contributes to the backlog refinement of the packers
      - Dust the shelves
  leaf-buyer:
    holder: {person: bo, status: interim, since: 2026-02-01, until: 2026-06-10}
",
        ),
        (
            "teams/packing.roles.yaml",
            "team: packing
name: Packing crew
roles:
  product-owner:
    holder: bo
    works_with: [product-manager]
    duties: [backlog-refinement, roadmap, leaf-quality, team-liaison]
  scrum-master: {filled: true}
shared:
  - {duty: customer-focus, accountable: product-manager, responsible: [product-owner]}
",
        ),
        (
            "teams/tasting.roles.yaml",
            "team: tasting
name: Tasting crew
# rolelint: ignore vacant-role -- the harvest decides
roles:
  product-owner:
    vacant: {since: 2026-03-01}
",
        ),
        (
            "teams/blending.roles.yaml",
            "team: blending
name: Blending crew
roles:
  product-owner: cy
",
        ),
        (
            "teams/garden.roles.yaml",
            "team: garden
model: combined
roles:
  popm: {combines: [product-manager, product-owner], holder: ada}
",
        ),
        (
            "teams/harbour.roles.yaml",
            "team: harbour
product: ships
model: po-led
roles:
  product-owner: {vacant: {since: 2026-06-01, cover: dee}}
",
        ),
        (
            "teams/office.roles.yaml",
            "team: office
model: none
roles:
  office-cat: tom
",
        ),
    ])
}

fn expected(name: &str, found: &str) {
    assert_file(&root().join("tests/matrix").join(name), found);
}

#[test]
fn a_terminal_shows_everything_in_eighty_columns() {
    let tea = tea();
    let text = drawn(tea.path(), &[]);
    for line in text.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
    assert!(
        !text.contains('\u{1b}'),
        "no colours where nobody sees them"
    );
    expected("tea.txt", &text);
    // Colours add nothing but colours.
    let painted = drawn(tea.path(), &["--color", "always"]);
    let mut plain = String::new();
    let mut rest = painted.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, text);
}

#[test]
fn a_page_for_a_handbook() {
    let tea = tea();
    expected("tea.md", &drawn(tea.path(), &["--format", "markdown"]));
}

#[test]
fn the_page_of_a_handbook_is_the_same_on_another_day() {
    let tea = tea();
    let on = |day| drawn(tea.path(), &["--format", "markdown", "--today", day]);
    assert_eq!(on("2026-06-15"), on("2027-11-30"));
}

#[test]
fn a_spreadsheet() {
    let tea = tea();
    let text = drawn(tea.path(), &["--format", "csv"]);
    let columns = text.lines().next().unwrap().split(',').count();
    // No field of this company has a comma or a line break in it but the names of holders.
    for line in text.lines().filter(|line| !line.contains('"')) {
        assert_eq!(line.split(',').count(), columns, "{line}");
    }
    expected("tea.csv", &text);
}

#[test]
fn json_is_what_the_schema_says() {
    let tea = tea();
    let text = drawn(tea.path(), &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (_, schema) = rolelint::report::schemas()
        .into_iter()
        .find(|(name, _)| *name == "matrix.schema.json")
        .unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let product = |id: &str| {
        let products = value["products"].as_array().unwrap();
        products.iter().find(|one| one["id"] == id).unwrap()
    };
    let shop = product("shop");
    assert_eq!(shop["seats"][0]["job_share"], true);
    assert_eq!(shop["seats"][1]["holders"][0]["until"], "2026-06-10");
    assert_eq!(shop["places"][0]["lines"][4]["reading"], "unread");
    assert_eq!(shop["places"][0]["lines"][2]["duties"][0], "roadmap");
    assert_eq!(product("ships")["defined"], false);
    assert_eq!(value["summary"]["teams"], 6);
    let ada = value["people"].as_array().unwrap();
    let ada = ada.iter().find(|one| one["name"] == "Ada Finch").unwrap();
    assert_eq!(ada["teams"], 4, "three of the shop and the garden");
    expected("tea.json", &text);
}

#[test]
fn a_picture_and_a_page_hold_the_same_and_are_well_formed() {
    let tea = tea();
    for (format, end) in [("svg", "svg"), ("html", "html")] {
        let text = drawn(tea.path(), &["--format", format]);
        for name in [
            "The tea shop",
            "Packing crew",
            "Bo Larsen",
            "Quality of the leaf",
        ] {
            assert!(text.contains(name), "{name} in {format}");
        }
        assert!(text.trim_end().ends_with(&format!("</{end}>")));
        let outside = text.replace("http://www.w3.org/2000/svg", "");
        for reference in [
            "http:", "https:", "//cdn", "url(", "@import", "<link", "<img", "src=",
        ] {
            assert!(!outside.contains(reference), "{reference} in {format}");
        }
    }
}

/// Names that try to become something else, wherever a name can stand.
const NASTY: &str = "</script></style><b onload=x>&amp;\"'`|--><!--]]>=1+1";

#[test]
fn a_name_stays_a_name_in_every_format() {
    let yaml = NASTY.replace('\\', "\\\\").replace('"', "\\\"");
    let file = format!(
        "product: \"{yaml}\"
name: \"{yaml}\"
roles:
  product-manager: {{title: \"{yaml}\", holder: \"{yaml}\", duties: [\"{yaml}\", \"roadmap\", {{roadmap: \"{yaml}\"}}]}}
  \"{yaml}\": \"{yaml}\"
---
team: \"t{yaml}\"
product: \"{yaml}\"
roles:
  product-owner: {{person: \"x{yaml}\", status: interim, until: 2026-07-01}}
---
people:
  \"{yaml}\": {{name: \"{yaml}\"}}
"
    );
    let folder = folder(&[
        ("a.roles.yaml", &file),
        (
            ".rolelint.yaml",
            &format!(
                "today: 2026-06-15\nexceptions: [{{rule: vague-duty, reason: \"{yaml}\", where: \"**\"}}]\n"
            ),
        ),
    ]);
    let html = drawn(folder.path(), &["--format", "html"]);
    assert_eq!(html.matches("</script>").count(), 1);
    assert_eq!(html.matches("<script>").count(), 1);
    assert_eq!(html.matches("</style>").count(), 1);
    assert!(!html.contains("<b onload"));
    assert!(html.contains("&lt;b onload=x&gt;"));
    let svg = drawn(folder.path(), &["--format", "svg"]);
    assert!(!svg.contains("<b ") && svg.matches("</style>").count() == 1);
    let csv = drawn(folder.path(), &["--format", "csv"]);
    assert!(!csv.lines().any(|line| line.starts_with('=')));
    let markdown = drawn(folder.path(), &["--format", "markdown"]);
    assert!(!markdown.contains("<b") || markdown.contains("\\<b"));
    let rows = markdown
        .lines()
        .filter(|line| line.starts_with("| Roadmap"));
    for row in rows {
        let cells = row.replace("\\|", "").matches('|').count();
        assert_eq!(cells, 6, "{row}");
    }
    let json = drawn(folder.path(), &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["products"][0]["name"], NASTY);
}

#[test]
fn a_name_tells_a_terminal_and_xml_nothing() {
    let file = "team: a\nname: \"one\\e[31mtwo\\a\\nthree\\u202e\"\nroles: {product-owner: \"b\\0\\x08\\u009b31m\"}\n";
    let folder = folder(&[("a.roles.yaml", file)]);
    let text = run(folder.path(), &[]).out;
    assert!(
        !text.contains(|one: char| one.is_control() && one != '\n'),
        "{text:?}"
    );
    let svg = run(folder.path(), &["--format", "svg"]).out;
    assert!(!svg.contains(|one: char| one.is_control() && one != '\n'));
}

#[test]
fn one_person_in_both_seats_is_one_person() {
    let text = team(
        "team: returns
roles:
  product-manager: {holder: chen, duties: [roadmap, customer-research]}
  product-owner: {holder: Chen, duties: [backlog-refinement, roadmap]}
",
    );
    assert!(
        text.contains("chen sits in 2 seats: Product Manager, Product Owner."),
        "{text}"
    );
    assert!(
        !text.contains("held twice\n"),
        "who holds both holds nothing twice: {text}"
    );
}

#[test]
fn a_model_that_leaves_a_role_out_gives_its_duties_to_the_other() {
    let text = team("team: a\nmodel: po-led\nroles: {product-owner: ben}\n");
    assert!(
        text.contains("All 12 duties that must be held have somebody (assumed"),
        "{text}"
    );
    let text =
        team("team: a\nmodel: none\nroles: {product-owner: {holder: ben, duties: [roadmap]}}\n");
    assert!(
        !text.contains('✗') || text.matches('✗').count() == 1,
        "only in the legend: {text}"
    );
}

#[test]
fn a_product_or_a_team_is_drawn_alone() {
    let tea = tea();
    let text = drawn(tea.path(), &["--product", "SHOP"]);
    assert!(text.starts_with("The tea shop · product `shop`"), "{text}");
    assert!(!text.contains("garden"), "{text}");
    let text = drawn(tea.path(), &["--team", "packing crew"]);
    assert!(
        text.contains("Packing crew") && text.contains("Ada Finch"),
        "{text}"
    );
    assert!(!text.contains("Tasting crew"), "{text}");
    let both = drawn(
        tea.path(),
        &["--team", "garden", "--product", "the tea shop"],
    );
    assert!(
        both.contains("garden · team") && both.contains("Tasting crew"),
        "{both}"
    );
    // A file leads to its product.
    let text = drawn(tea.path(), &["teams/packing.roles.yaml"]);
    assert!(
        text.contains("Tasting crew") && !text.contains("garden"),
        "{text}"
    );
}

#[test]
fn a_wrong_name_is_answered_with_the_right_one() {
    let tea = tea();
    let say = |args: &[&str]| {
        let ended = run(tea.path(), args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""));
        ended.err
    };
    assert_eq!(
        say(&["--product", "shpo"]),
        "error: there is no product `shpo`; did you mean `shop`?\n"
    );
    assert_eq!(
        say(&["--team", "Taisting crew"]),
        "error: there is no team `Taisting crew`; did you mean `Tasting crew`?\n"
    );
    assert_eq!(
        say(&["--product", "zebra"]),
        "error: there is no product `zebra`; there are `The tea shop`, `ships`, `shop`.\n"
    );
    assert_eq!(
        say(&["people.roles.yaml"]),
        "error: there is no team and no product here that could be drawn.\n"
    );
}

#[test]
fn a_file_is_written_whole_and_only_when_it_changes() {
    let tea = tea();
    let page = tea.path().join("out/roles.html");
    let out = drawn(tea.path(), &["--output", "out/roles.html"]);
    assert_eq!(out, "Wrote out/roles.html.\n");
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
    let out = drawn(tea.path(), &["--output", "out/roles.html"]);
    assert_eq!(out, "out/roles.html is up to date.\n");
    let written: Vec<_> = std::fs::read_dir(page.parent().unwrap()).unwrap().collect();
    assert_eq!(written.len(), 1, "nothing is left beside it");
    for (name, start) in [
        ("a.md", "# Who"),
        ("a.csv", "organisation,"),
        ("a.json", "{"),
        ("a.svg", "<svg"),
        ("a.txt", "ships · product"),
    ] {
        drawn(tea.path(), &["--output", name]);
        let text = std::fs::read_to_string(tea.path().join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {}", &text[..40]);
    }
    let ended = run(tea.path(), &["--output", "roles.pdf"]);
    assert_eq!(ended.code, 2);
    assert_eq!(
        ended.err,
        "error: the name roles.pdf does not say in which format to write; add --format.\n"
    );
}

#[test]
fn a_committed_page_is_checked() {
    let tea = tea();
    let check = |args: &[&str]| {
        let args: Vec<&str> = args
            .iter()
            .copied()
            .chain(["--check", "docs/roles.md"])
            .collect();
        let ended = run(tea.path(), &args);
        assert_eq!(ended.err, "");
        (ended.code, ended.out)
    };
    assert_eq!(
        check(&[]),
        (
            1,
            "docs/roles.md does not exist yet. Run `rolelint matrix --format markdown --output docs/roles.md` and commit what it writes.\n".to_owned()
        )
    );
    drawn(tea.path(), &["--output", "docs/roles.md"]);
    assert_eq!(check(&[]), (0, "docs/roles.md is up to date.\n".to_owned()));
    // Line ends are the business of the version control.
    let page = tea.path().join("docs/roles.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, text.replace('\n', "\r\n")).unwrap();
    assert_eq!(check(&[]).0, 0);
    let garden = tea.path().join("teams/garden.roles.yaml");
    std::fs::write(
        &garden,
        "team: garden\nmodel: combined\nroles: {popm: {vacant: true}}\n",
    )
    .unwrap();
    let (code, out) = check(&[]);
    assert_eq!(code, 1);
    expected("check.txt", &out);
    let (_, out) = check(&["--team", "packing crew", "."]);
    let last = "Run `rolelint matrix --team 'packing crew' --format markdown --output docs/roles.md` and commit what it writes.\n";
    assert!(out.ends_with(last), "{out}");
    let ended = run(
        tea.path(),
        &["--check", "docs/roles.md", "--format", "html"],
    );
    assert_eq!(ended.code, 2);
}

#[test]
fn the_page_that_check_asks_for_satisfies_it() {
    let tea = tea();
    drawn(
        tea.path(),
        &[
            "--product",
            "shop",
            "--format",
            "markdown",
            "--output",
            "a.md",
        ],
    );
    assert_eq!(
        run(tea.path(), &["--product", "shop", "--check", "a.md"]).code,
        0
    );
    assert_eq!(run(tea.path(), &["--check", "a.md"]).code, 1);
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = folder(&[(
        "a.roles.yaml",
        "team: a\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties: [roadmap, \"Plan the\n",
    )]);
    let ended = run(folder.path(), &[]);
    assert_eq!(ended.code, 0);
    assert_eq!(
        ended.err,
        "note: 1 file could not be read in full, so duties may be missing; `rolelint check` says where.\n"
    );
    assert!(
        ended.out.contains("Not read in full\n· a.roles.yaml\n"),
        "{}",
        ended.out
    );
}

#[test]
fn many_seats_are_drawn_in_parts_that_fit() {
    let mut text = "product: p\nroles: {product-manager: ana}\n".to_owned();
    for team in 0..40 {
        text.push_str(&format!(
            "---\nteam: t{team}\nname: 第{team}組の長い名前のチーム\nproduct: p\nroles:\n  product-owner: {{holder: o{team}, duties: [backlog-refinement]}}\n"
        ));
    }
    let out = team(&text);
    for line in out.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
    assert!(out.contains("  a  Product Manager: ana"), "{out}");
    assert!(
        out.contains("  ao Product Owner of 第39組の長い名前のチーム: o39"),
        "{out}"
    );
    assert!(out.contains("nobody in every\n"), "{out}");
}
