//! Coming from elsewhere, and going there: what was in the files, what was typed, what was printed and written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use rolelint::catalog::Catalog;
use rolelint::convert::{Kind, Source, convert};
use rolelint::spec::{Knowledge, SourceFile};
use support::{Random, assert_file};
use terminal::{copy, files, folder, read, run, seen};

/// Each folder is a case: its files are converted, and `shown.txt` is what one sees then.
#[test]
fn what_others_keep_becomes_role_files() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert");
    let mut names: Vec<_> = std::fs::read_dir(&cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() > 8);
    for case in names {
        let here = folder(&[]);
        copy(&case, here.path());
        std::fs::remove_file(here.path().join("shown.txt")).unwrap_or_default();
        let inputs = files(here.path());
        let args: Vec<&str> = std::iter::once("convert")
            .chain(inputs.iter().map(String::as_str))
            .collect();
        let mut shown = format!(
            "$ rolelint {}\n{}",
            args.join(" "),
            seen(here.path(), &args)
        );
        for file in files(here.path()) {
            if !inputs.contains(&file) {
                shown.push_str(&format!("\n--- {file} ---\n{}", read(here.path(), &file)));
            }
        }
        assert_file(&case.join("shown.txt"), &shown);
    }
}

const TABLE: &str = "# Team checkout\n\n| Task | Product Manager | Product Owner |\n|---|---|---|\n| Set the roadmap | A/R | C |\n";

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let here = folder(&[
        ("raci.md", TABLE),
        ("checkout.roles.yaml", "team: checkout\n"),
    ]);
    assert_eq!(
        seen(here.path(), &["convert", "raci.md"]),
        "error: checkout.roles.yaml is there already, and it is left as it is; nothing was written. `--output` takes another folder, or `-` to print.\nexit code 2\n"
    );
    assert_eq!(read(here.path(), "checkout.roles.yaml"), "team: checkout\n");
    let ended = run(
        here.path(),
        &["convert", "raci.md", "--output", "new/roles"],
    );
    assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
    assert_eq!(
        files(here.path()),
        [
            "checkout.roles.yaml",
            "new/roles/checkout.roles.yaml",
            "raci.md"
        ]
    );
}

#[test]
fn what_is_printed_can_be_saved() {
    let here = folder(&[("raci.md", TABLE)]);
    let ended = run(here.path(), &["convert", "raci.md", "--output", "-"]);
    assert_eq!(
        ended.out,
        "\
team: checkout
roles:
  product-manager:
    filled: true # nobody is named: write `holder:` and a name, or `vacant: true`
  product-owner:
    filled: true # nobody is named: write `holder:` and a name, or `vacant: true`
shared:
  - duty: Set the roadmap
    accountable: product-manager
    responsible: [product-manager]
    consulted: [product-owner]
"
    );
    let note = "note: raci.md is read as a RACI table in Markdown (`--from raci`).\nAll is well in 1 file (1 team, 0 products) in ";
    assert!(ended.err.starts_with(note), "{}", ended.err);
    assert_eq!(files(here.path()), ["raci.md"]);
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let plain = folder(&[("raci.md", TABLE)]);
    let windows = folder(&[(
        "raci.md",
        &format!("\u{feff}{}", TABLE.replace('\n', "\r\n")),
    )]);
    let args = ["convert", "raci.md", "--output", "-"];
    assert_eq!(run(windows.path(), &args).out, run(plain.path(), &args).out);
}

#[test]
fn what_cannot_be_read_is_said() {
    let here = folder(&[
        ("notes.md", "# Notes\n\nNothing of a role.\n"),
        ("broken.yaml", "kind: Group\nmetadata: {name: a\nspec: [\n"),
        ("page.md", "| Task | Product Manager |\n|---|---|\n"),
        ("none.csv", "a,b\n1,2\n"),
    ]);
    std::fs::write(here.path().join("latin.md"), b"# B\xfcro\n").unwrap();
    let mut shown = String::new();
    for args in [
        vec!["notes.md"],
        vec!["notes.md", "--from", "raci"],
        vec!["broken.yaml", "--from", "backstage"],
        vec!["none.csv", "--from", "csv"],
        vec!["latin.md"],
        vec!["gone.md"],
        vec!["page.md"],
        vec!["page.md", "--from", "raci", "--output", "-", "--quiet"],
    ] {
        let all: Vec<&str> = std::iter::once("convert").chain(args).collect();
        shown.push_str(&format!(
            "$ rolelint {}\n{}",
            all.join(" "),
            seen(here.path(), &all)
        ));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert-errors.txt");
    assert_file(&path, &shown);
}

const STOREFRONT: &str = "\
product: storefront
name: Storefront
teams: [checkout]
roles:
  product-manager:
    holder: ana
    duties:
      - roadmap
      - 'Talk to A|B *merchants* <b>, _often_'
---
team: checkout
roles:
  product-owner:
    holders: [ben, Carla Reyes]
    title: Backlog keeper
    duties:
      - backlog-refinement: Refine the backlog
  scrum-master:
    vacant: true
shared:
  - duty: release-decision
    accountable: product-manager
    responsible: [product-owner, developers]
    informed: [support]
---
people:
  ana: {name: Ana Lima}
  ben: {name: Ben Okafor}
  carla: {name: Carla Reyes}
";

#[test]
fn a_table_is_made_and_read_back() {
    let here = folder(&[("all.roles.yaml", STOREFRONT)]);
    let table = run(here.path(), &["export", "raci"]);
    assert_eq!(table.err, "");
    assert_eq!(
        table.out,
        "\
## Product storefront: Storefront

| Duty                                       | Product Manager<br>Ana Lima |
| ------------------------------------------ | --------------------------- |
| Roadmap                                    | A/R                         |
| Talk to A\\|B \\*merchants\\* \\<b>, \\_often\\_ | A/R                         |

## Team checkout

| Duty               | Backlog keeper (Product Owner)<br>Ben Okafor, Carla Reyes | Scrum Master<br>vacant | Product Manager | Developers | support |
| ------------------ | --------------------------------------------------------- | ---------------------- | --------------- | ---------- | ------- |
| Refine the backlog | A/R                                                       |                        |                 |            |         |
| release-decision   | R                                                         |                        | A               | R          | I       |
"
    );
    let again = folder(&[("table.md", &table.out)]);
    run(again.path(), &["convert", "table.md"]);
    assert_eq!(
        files(again.path()),
        ["checkout.roles.yaml", "storefront.roles.yaml", "table.md"]
    );
    let rows = |out: &str| -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = out
            .lines()
            .filter(|line| line.starts_with('|'))
            .map(|line| {
                line.split(" | ")
                    .map(|cell| cell.trim_matches([' ', '|']).to_owned())
                    .collect()
            })
            .collect();
        rows.sort();
        rows
    };
    let second = run(again.path(), &["export", "raci"]);
    assert_eq!(rows(&second.out), rows(&table.out), "{}", second.out);
}

#[test]
fn a_table_of_one_team_or_product() {
    let here = folder(&[
        ("all.roles.yaml", STOREFRONT),
        (
            "bare.roles.yaml",
            "team: bare\nroles:\n  product-owner: ben\n",
        ),
    ]);
    let heads = |args: &[&str]| -> Vec<String> {
        let ended = run(here.path(), args);
        ended
            .out
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        heads(&["export", "raci", "--team", "checkout"]),
        ["## Team checkout"]
    );
    assert_eq!(
        heads(&["export", "raci", "--product", "Storefront"]),
        ["## Product storefront: Storefront", "## Team checkout"]
    );
    assert_eq!(
        seen(here.path(), &["export", "raci", "--team", "nowhere"]),
        "error: there is no team `nowhere` in these files.\nexit code 2\n"
    );
    assert_eq!(
        seen(here.path(), &["export", "raci", "--team", "bare"]),
        "error: no role there lists duties, and nothing is shared, so there is no row for a table.\nexit code 2\n"
    );
}

fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Converts a text, and holds it to what is promised: what is written is YAML with nothing wrong about its form, and every
/// word is in it, apart from letters that a row says by its keys.
fn assert_kept(kind: Kind, text: &str, said: &[&str], knowledge: &Knowledge) {
    let source = Source {
        name: "input".to_owned(),
        stem: "input".to_owned(),
        text: text.to_owned(),
        kind,
    };
    let Ok(converted) = convert(&[source], &knowledge.catalog) else {
        return;
    };
    let mut all = String::new();
    for file in &converted.files {
        let read = SourceFile::read(&Arc::from(file.text.as_str()), knowledge);
        assert!(
            read.tree.errors().is_empty(),
            "{:?}\n{text}\n{}",
            read.tree.errors(),
            file.text
        );
        assert!(
            read.spec.problems.is_empty(),
            "{:?}\n{text}\n{}",
            read.spec.problems,
            file.text
        );
        assert!(
            rolelint::spec::Ignore::all(&read.tree).is_empty(),
            "{}",
            file.text
        );
        all.push_str(&file.text);
    }
    let written = words(&all);
    for word in words(text) {
        let letters = word.chars().all(|letter| "raci".contains(letter));
        let said = letters || word == "br" || said.contains(&&*word);
        assert!(
            said || written.contains(&word),
            "`{word}` is lost\n{text}\n{all}"
        );
    }
}

const PIECES: &[&str] = &[
    "Set the roadmap",
    "A/R",
    "C, I",
    "**A**",
    "–",
    "",
    "R",
    "A",
    "I",
    "yes: no",
    "it's \"so\"",
    "# no",
    "- x",
    "ünï 中文",
    "🚢",
    "null",
    "2026-01-01",
    "[a](https://example.org/zed)",
    "`code`",
    "<br>",
    "<b>bold</b>",
    "{a: b}",
    "rolelint: ignore all",
    "Ana Lima",
    "Product Owner",
    "PO (Ben Okafor)",
    "PM",
    "a\\|b",
    "&amp;",
    "*",
    "'",
    "@x",
    "%",
    "!tag",
    "&anchor",
    "Product Manager<br>Ana Lima",
    "on",
    "true",
    "~",
    "rolelint: ignore-file vague-duty",
    "\u{a0}",
    "\u{85}x",
];

#[test]
fn nothing_is_lost_whatever_stands_in_a_table() {
    let knowledge = Knowledge::new(Catalog::builtin("popm"));
    let mut random = Random::new(7);
    for _ in 0..400 {
        let mut text = String::new();
        let width = 1 + random.below(5);
        if random.below(2) == 0 {
            text.push_str(&format!("# {}\n\n", PIECES[random.below(PIECES.len())]));
        }
        let heads = [
            "Task",
            "Product Manager",
            "Product Owner (Ana Lima)",
            "Zed",
            "Notes",
        ];
        text.push_str(&format!(
            "| {} |\n|{}\n",
            heads[..width].join(" | "),
            "---|".repeat(width)
        ));
        for _ in 0..random.below(6) {
            let cells = (width + random.below(3)).saturating_sub(1);
            let row: Vec<&str> = (0..cells)
                .map(|_| PIECES[random.below(PIECES.len())])
                .collect();
            text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        if random.below(2) == 0 {
            text.push_str(&format!("\n{}\n", PIECES[random.below(PIECES.len())]));
        }
        assert_kept(Kind::Raci, &text, &["task"], &knowledge);
    }
}

#[test]
fn nothing_is_lost_whatever_stands_on_a_page() {
    let knowledge = Knowledge::new(Catalog::builtin("popm"));
    let mut random = Random::new(11);
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..random.below(12) {
            let piece = PIECES[random.below(PIECES.len())];
            let before = [
                "# ",
                "## ",
                "## Product Owner – ",
                "### ",
                "- ",
                "  - ",
                "1. ",
                "",
                "> ",
                "\n",
            ];
            text.push_str(&format!("{}{piece}\n", before[random.below(before.len())]));
        }
        assert_kept(Kind::Personas, &text, &[], &knowledge);
    }
}

#[test]
fn nothing_is_lost_whatever_stands_in_a_sheet() {
    let knowledge = Knowledge::new(Catalog::builtin("popm"));
    let mut random = Random::new(13);
    let heads = [
        "Role", "Team", "Person", "Duty", "Product", "Email", "Since", "Status", "Place", "",
    ];
    for _ in 0..400 {
        let mut columns = vec!["Role"];
        for _ in 0..random.below(6) {
            columns.push(heads[random.below(heads.len())]);
        }
        let mut text = format!("{}\n", columns.join(","));
        for _ in 0..random.below(6) {
            let cells = columns.len() + random.below(2);
            let row: Vec<String> = (0..cells)
                .map(|_| {
                    format!(
                        "\"{}\"",
                        PIECES[random.below(PIECES.len())].replace('"', "\"\"")
                    )
                })
                .collect();
            text.push_str(&format!("{}\n", row.join(",")));
        }
        // The keys of a role file say what such columns hold.
        let said = [
            "role", "team", "person", "duty", "product", "email", "since", "status",
        ];
        assert_kept(Kind::Csv, &text, &said, &knowledge);
    }
}

#[test]
fn words_of_entities_are_kept() {
    let knowledge = Knowledge::new(Catalog::builtin("popm"));
    let mut random = Random::new(17);
    let keys = ["name", "title", "description", "note"];
    for _ in 0..200 {
        let mut text = String::new();
        for _ in 0..1 + random.below(4) {
            let kinds = ["Group", "User", "System", "Component", "Location"];
            let mut entity = format!("kind: {}\nmetadata:\n", kinds[random.below(kinds.len())]);
            for key in &keys[..1 + random.below(3)] {
                let piece = PIECES[random.below(PIECES.len() - 2)].replace('\'', "''");
                entity.push_str(&format!("  {key}: '{piece}'\n"));
            }
            let piece = PIECES[random.below(PIECES.len() - 2)].replace('\'', "''");
            entity.push_str(&format!(
                "spec:\n  owner: '{piece}'\n  memberOf: ['{piece}']\n  members: ['{piece}']\n---\n"
            ));
            text.push_str(&entity);
        }
        let values: Vec<&str> = text
            .lines()
            .filter(|line| line.contains('\''))
            .filter_map(|line| line.split_once('\''))
            .map(|(_, value)| value)
            .collect();
        let source = Source {
            name: "input".to_owned(),
            stem: "input".to_owned(),
            text: text.clone(),
            kind: Kind::Backstage,
        };
        let Ok(converted) = convert(&[source], &knowledge.catalog) else {
            continue;
        };
        let all: Vec<&str> = converted
            .files
            .iter()
            .map(|file| file.text.as_str())
            .collect();
        let all = all.join("\n");
        for file in &converted.files {
            let read = SourceFile::read(&Arc::from(file.text.as_str()), &knowledge);
            assert!(read.tree.errors().is_empty(), "{text}\n{}", file.text);
        }
        for word in words(&values.join(" ")) {
            assert!(
                words(&all).contains(&word),
                "`{word}` is lost\n{text}\n{all}"
            );
        }
    }
}

#[test]
fn standard_input_is_read() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let here = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .args(["convert", "-", "--output", "-"])
        .current_dir(here.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = "role,person\nProduct Manager,ana\nProduct Owner,ben\n";
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "team: team\nroles:\n  product-manager: ana\n  product-owner: ben\n"
    );
}
