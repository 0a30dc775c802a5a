//! `rolelint due` as it is used: what runs out, and when.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

use std::path::Path;
use std::process::Command;

struct Ended {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .arg("due")
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

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// A tea company with something of everything.
const TEA: &[(&str, &str)] = &[
    (
        ".rolelint.yaml",
        "today: 2026-06-15
rules: {vacant-role: {max_days: 60}}
exceptions:
  - rule: missing-role
    where: teams/tasting.roles.yaml
    reason: The tasters decide together until the harvest is over
    until: 2026-07-01
  - {rule: placeholder, until: 2026-06-01}
  - {rule: vague-duty, reason: agreed for good}
  - {rule: one-off-duty, until: 2026-12-31}
",
    ),
    (
        "people.roles.yaml",
        "people:
  ada: {name: Ada Finch, left: 2026-06-30}
  bo: {name: Bo Larsen}
  cy: {name: Cy Patel, left: 2026-05-01}
  dee: {name: Dee Okoro, left: 2026-06-20}
  ed: {name: Ed Roth, left: 2026-06-18}
",
    ),
    (
        "shop.roles.yaml",
        "product: shop
teams: [packing, tasting]
roles:
  product-manager:
    holder: ada
    duties:
      - text: Find a second harbour for everything that comes by sea before the autumn storms
        until: 2026-06-16
      - roadmap: Keep the next four quarters in order
        until: 2026-12-31
",
    ),
    (
        "teams/packing.roles.yaml",
        "team: packing
members: [bo, cy]
roles:
  product-owner:
    - {person: Bo Larsen, status: interim, until: 2026-06-15}
    - {person: cy, since: 2026-01-01}
  scrum-master: {person: dee, status: acting, until: 2026-06-19}
  quality-scout:
    vacant: {since: 2026-04-20, cover: ed}
",
    ),
    (
        "teams/tasting.roles.yaml",
        "team: tasting
roles:
  scrum-master: {person: bo, until: 2026-06-14}
  developers: {vacant: {since: 2026-07-01}}
  tech-lead: {vacant: {since: 2025-12-01, cover: bo}}
  tester: {vacant: true}
  architect: {person: bo, status: interim}
",
    ),
];

#[test]
fn what_runs_out_is_listed_by_day() {
    let here = folder(TEA);
    let ended = run(here.path(), &[]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(
        ended.out,
        "\
Overdue

  Fri 2026-01-30  136 days ago  The seat of the Tech Lead of team `tasting` has been vacant for more
                                than 60 days; Bo Larsen covers for it
                                teams/tasting.roles.yaml:5
  Fri 2026-05-01  45 days ago   Cy Patel left and is still Product Owner of team `packing`
                                teams/packing.roles.yaml:6
  Mon 2026-06-01  14 days ago   The exception from `placeholder` ended
                                .rolelint.yaml:8
  Sun 2026-06-14  yesterday     Bo Larsen was to be Scrum Master of team `tasting` until then
                                teams/tasting.roles.yaml:3

In the next 30 days

  Mon 2026-06-15  today         Bo Larsen is interim Product Owner of team `packing` until then
                                teams/packing.roles.yaml:5
  Tue 2026-06-16  tomorrow      \"Find a second harbour for everything that comes by sea befor…\" is a
                                duty of the Product Manager of product `shop` until then
                                shop.roles.yaml:8
  Thu 2026-06-18  in 3 days     Ed Roth, who covers for the quality-scout of team `packing`, leaves
                                teams/packing.roles.yaml:9
  Fri 2026-06-19  in 4 days     Dee Okoro is acting Scrum Master of team `packing` until then
                                teams/packing.roles.yaml:7
  Fri 2026-06-19  in 4 days     The seat of the quality-scout of team `packing` will have been
                                vacant for 60 days; Ed Roth covers for it
                                teams/packing.roles.yaml:9
  Tue 2026-06-30  in 15 days    Ada Finch, Product Manager of product `shop`, leaves
                                shop.roles.yaml:5
  Wed 2026-07-01  in 16 days    The exception from `missing-role` for teams/tasting.roles.yaml ends:
                                The tasters decide together until the harvest is over
                                .rolelint.yaml:7
  Wed 2026-07-01  in 16 days    The seat of the Developers of team `tasting` becomes vacant; nobody
                                covers for it
                                teams/tasting.roles.yaml:4

4 things have run out, and 8 more run out in the next 30 days.
"
    );
}

/// The days that are listed, each with the line where it stands.
fn listed(folder: &Path, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    let ended = run(folder, &args);
    let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let due = found["due"].as_array().unwrap().iter();
    due.map(|due| {
        let place = format!("{}:{}", due["file"].as_str().unwrap(), due["start"]["line"]);
        format!(
            "{} {} {place}",
            due["day"].as_str().unwrap(),
            due["kind"].as_str().unwrap()
        )
    })
    .collect()
}

#[test]
fn how_far_ahead_is_up_to_the_reader() {
    let here = folder(TEA);
    let ahead = |within: &str| {
        let all = listed(here.path(), &["--within", within]);
        all.into_iter()
            .filter(|due| due.as_str() >= "2026-06-15")
            .count()
    };
    assert_eq!(ahead("0d"), 1);
    assert_eq!(ahead("1d"), 2);
    assert_eq!(ahead("1w"), 5);
    assert_eq!(ahead("1m"), 8);
    assert_eq!(ahead("1y"), 10);
    let nothing = folder(&[("a.roles.yaml", "team: a\nroles: {product-owner: bo}\n")]);
    for (within, words) in [
        ("0d", "today"),
        ("1w", "in the next week"),
        ("2w", "in the next 2 weeks"),
        ("3m", "in the next 3 months"),
    ] {
        let ended = run(nothing.path(), &["--within", within]);
        assert_eq!(ended.out, format!("Nothing runs out {words} (1 file).\n"));
    }
    for within in ["30", "d", "-1d", "soon", "99999d"] {
        let ended = run(here.path(), &["--within", within]);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{within}");
    }
    let ended = run(here.path(), &["--within", "30"]);
    let wanted = "write a number with d, w, m or y behind it: 30d, 2w, 3m, 1y";
    assert!(ended.err.contains(wanted), "{}", ended.err);
}

#[test]
fn json_has_the_same_for_programs() {
    let here = folder(TEA);
    let ended = run(
        here.path(),
        &[
            "--format",
            "json",
            "--within",
            "1d",
            "--today",
            "2026-06-18",
        ],
    );
    let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        (&found["version"], &found["within"]),
        (&1.into(), &"1d".into())
    );
    let last = found["due"].as_array().unwrap().last().unwrap();
    assert_eq!(
        last,
        &serde_json::json!({
            "day": "2026-06-19",
            "days": 1,
            "kind": "vacancy",
            "what": "The seat of the quality-scout of team `packing` will have been vacant for 60 days; Ed Roth covers for it",
            "who": "Ed Roth",
            "unit": "team `packing`",
            "file": "teams/packing.roles.yaml",
            "start": {"line": 9, "column": 21, "byte": 258},
        })
    );
    assert_eq!(
        found["summary"],
        serde_json::json!({"overdue": 6, "ahead": 3, "files": 4, "files_with_errors": 0})
    );
}

#[test]
fn only_what_is_asked_for_is_listed_and_exceptions_with_the_files_that_they_are_about() {
    let here = folder(TEA);
    assert_eq!(
        listed(here.path(), &["teams/tasting.roles.yaml"]),
        [
            "2026-01-30 vacancy teams/tasting.roles.yaml:5",
            // It is about every file.
            "2026-06-01 exception .rolelint.yaml:8",
            "2026-06-14 holder teams/tasting.roles.yaml:3",
            "2026-07-01 exception .rolelint.yaml:7",
            "2026-07-01 vacancy teams/tasting.roles.yaml:4",
        ]
    );
    assert_eq!(
        listed(here.path(), &["shop.roles.yaml", "--within", "2w"]),
        [
            "2026-06-01 exception .rolelint.yaml:8",
            "2026-06-16 duty shop.roles.yaml:8"
        ]
    );
}

#[test]
fn it_fails_only_where_that_is_asked_for() {
    let here = folder(TEA);
    let code = |args: &[&str]| run(here.path(), args).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail"]), 1);
    let early = ["shop.roles.yaml", "--today", "2026-01-01", "--within", "1d"];
    assert_eq!(code(&early), 0);
    assert_eq!(code(&[&early[..], &["--fail"]].concat()), 0);
    assert_eq!(code(&["nowhere"]), 2);
    assert_eq!(code(&["--today", "soon"]), 2);
}

#[test]
fn a_seat_that_is_settled_and_one_that_is_written_twice_are_listed_once() {
    let here = folder(&[(
        "a.roles.yaml",
        "team: a
roles:
  product-manager: {person: ada, until: 2026-06-20}
  product-owner: &lead {person: bo, until: 2026-06-21}
  scrum-master: *lead
  tech-lead:
    holder: cy # the old name misleads nobody
    vacant: {since: 2026-06-01, cover: dee}
---
people:
  ada: {name: Ada Finch, left: 2026-06-30}
  bo: {name: Bo Larsen, left: 2026-06-20}
  cy: {name: Cy Patel, left: 2026-05-01}
  dee: {name: Dee Okoro}
",
    )]);
    assert_eq!(
        listed(here.path(), &["--today", "2026-06-15"]),
        [
            "2026-06-20 holder a.roles.yaml:3",
            "2026-06-20 departure a.roles.yaml:4",
            "2026-06-20 departure a.roles.yaml:4",
            "2026-06-21 holder a.roles.yaml:4",
            "2026-06-21 holder a.roles.yaml:4",
        ],
        "two seats of one text are two seats"
    );
}

#[test]
fn the_nearest_day_counts_and_a_rule_that_is_off_sets_no_limit() {
    let seat = "roles:\n  product-owner: {person: bo, until: 2026-06-20}\n  scrum-master: {vacant: {since: 2026-05-01}}\n";
    let here = folder(&[
        (".rolelint.yaml", "today: 2026-06-15\n"),
        ("a.roles.yaml", &format!("team: a\n{seat}")),
        (
            "late/.rolelint.yaml",
            "today: 2026-07-01\nrules: {vacant-role: off}\n",
        ),
        ("late/b.roles.yaml", &format!("team: b\n{seat}")),
    ]);
    let ended = run(here.path(), &["--within", "2m"]);
    assert_eq!(
        ended.out,
        "\
Overdue

  Sat 2026-06-20  11 days ago  bo was to be Product Owner of team `b` until then
                               late/b.roles.yaml:3

In the next 2 months

  Sat 2026-06-20  in 5 days    bo is Product Owner of team `a` until then
                               a.roles.yaml:3
  Thu 2026-07-30  in 45 days   The seat of the Scrum Master of team `a` will have been vacant for 90
                               days; nobody covers for it
                               a.roles.yaml:4

1 thing has run out, and 2 more run out in the next 2 months.
"
    );
}

#[test]
fn broken_files_are_read_as_far_as_they_go_and_said_to_hide_something() {
    let here = folder(&[
        (
            "a.roles.yaml",
            "team: a\nroles:\n  product-owner: {person: bo, until: 2026-06-20}\n  scrum-master: \"cy\n",
        ),
        ("b.roles.yaml", "team: b\nroles: {product-owner: bo}\n"),
    ]);
    let ended = run(here.path(), &["--today", "2026-06-15"]);
    assert_eq!(ended.code, 0);
    let last: Vec<&str> = ended.out.lines().rev().take(2).collect();
    assert_eq!(
        last,
        [
            "1 file has errors in its YAML and may hide more; `rolelint check` shows them.",
            "1 thing runs out in the next 30 days.",
        ]
    );
    let none = run(folder(&[]).path(), &[]);
    assert!(none.out.starts_with("No role files found"), "{}", none.out);
}

#[test]
fn colours_come_only_where_they_are_asked_for() {
    let here = folder(TEA);
    assert!(!run(here.path(), &[]).out.contains('\x1b'));
    let colours = run(here.path(), &["--color", "always"]).out;
    assert!(
        colours.contains("\x1b[1;31m136 days ago\x1b[0m"),
        "{colours}"
    );
}

#[test]
fn numbers_and_days_at_the_edge_of_time_do_no_harm() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "rules: {vacant-role: {max_days: 4294967295}}\n",
        ),
        (
            "a.roles.yaml",
            "team: a
roles:
  product-manager: {person: bo, until: 9999-12-31}
  product-owner: {vacant: {since: 9999-12-30}}
  scrum-master: {vacant: {since: 0001-01-01}}
",
        ),
    ]);
    let args = ["--within", "65535y", "--today", "0001-01-01"];
    assert_eq!(
        listed(here.path(), &args),
        [
            "9999-12-30 vacancy a.roles.yaml:4",
            "9999-12-31 holder a.roles.yaml:3",
            "9999-12-31 vacancy a.roles.yaml:5",
        ]
    );
}
