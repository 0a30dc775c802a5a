//! Mending as it is used: what was typed, what was printed, what is in the files afterwards.
//!
//! Only three rules are on, whatever others can mend one day.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[path = "support/program.rs"]
mod program;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use program::{Ended, command, finish, folder, run};

const CONFIG: &str = "\
today: 2026-06-15
rules:
  {structure: off, coverage: off, ownership: off, titles: off, horizon: off, people: off, wording: off, accountability: off,
   departed-holder: error, missing-pm-po-link: hint, wrong-role: error}
";

/// The hint can be mended without asking, the error only if somebody agrees.
const CHECKOUT: &str = "\
# Who answers for what in checkout.
team: checkout
roles:
  product-manager: ana # since 2024
  product-owner:
    holder: ben
    duties:
      - value-maximization
      - roadmap # ours
      - backlog-refinement
";

const CHECKOUT_LINKED: &str = "\
# Who answers for what in checkout.
team: checkout
roles:
  product-manager:
    holder: ana # since 2024
    works_with: [product-owner]
  product-owner:
    holder: ben
    duties:
      - value-maximization
      - roadmap # ours
      - backlog-refinement
    works_with: [product-manager]
";

const DECK: &str = "\
team: deck
roles:
  product-manager: ana
  product-owner: fay # for now
---
people:
  ana: {name: Ana Lima}
  fay: {name: Fay Moss, left: 2026-02-28}
";

const DECK_VACANT: &str = "\
team: deck
roles:
  product-manager: ana
  product-owner: {vacant: {since: 2026-02-28}} # for now
---
people:
  ana: {name: Ana Lima}
  fay: {name: Fay Moss, left: 2026-02-28}
";

/// With the errors that need consent left.
const FINDINGS: &str = "\
checkout.roles.yaml:11:9: error[wrong-role] `roadmap` is on the Product Owner of team `checkout`, and the catalog gives it to the Product Manager
deck.roles.yaml:4:18: error[departed-holder] Fay Moss left on 2026-02-28 and still holds the seat of the Product Owner
";

fn sample() -> tempfile::TempDir {
    folder(&[
        (".rolelint.yaml", CONFIG),
        ("checkout.roles.yaml", CHECKOUT),
        ("deck.roles.yaml", DECK),
    ])
}

fn read(folder: &Path, path: &str) -> String {
    String::from_utf8(std::fs::read(folder.join(path)).unwrap()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[track_caller]
fn assert_ended(ended: &Ended, code: i32, out: &str, err: &str) {
    assert_eq!(
        (ended.code, ended.out.as_str(), ended.err.as_str()),
        (code, out, err)
    );
}

#[test]
fn fix_mends_what_is_safe_and_shows_what_is_left() {
    for args in [
        &["fix", "--format", "concise"][..],
        &["check", "--fix", "--format", "concise"],
    ] {
        let here = sample();
        let ended = run(here.path(), args);
        let note = "note: Fixed 1 finding in 1 file; 2 left (2 errors).\n";
        assert_ended(&ended, 1, FINDINGS, note);
        assert_eq!(read(here.path(), "checkout.roles.yaml"), CHECKOUT_LINKED);
        assert_eq!(read(here.path(), "deck.roles.yaml"), DECK);
        let again = run(here.path(), args);
        assert_ended(
            &again,
            1,
            FINDINGS,
            "note: Nothing to fix; 2 left (2 errors).\n",
        );
    }
}

#[test]
fn unsafe_fixes_mends_in_the_first_way_of_each_finding() {
    let here = sample();
    let ended = run(here.path(), &["fix", "--unsafe-fixes", "--show-fixes"]);
    assert_ended(
        &ended,
        0,
        "\
Fixed 3 findings in 2 files; none left.
  checkout.roles.yaml: Say on both seats that they work together (missing-pm-po-link)
  deck.roles.yaml: Mark the seat vacant since 2026-02-28 (departed-holder)
  checkout.roles.yaml: Move to Product Manager (wrong-role)
",
        "",
    );
    let checkout = read(here.path(), "checkout.roles.yaml");
    // The duties that were assumed are written out, and the line that moved is among them with its comment.
    assert!(checkout.contains("      - roadmap # ours\n"), "{checkout}");
    assert!(checkout.find("- roadmap # ours") < checkout.find("  product-owner:\n"));
    assert!(checkout.contains("      - value-maximization\n      - backlog-refinement\n"));
    assert_eq!(read(here.path(), "deck.roles.yaml"), DECK_VACANT);
    assert_ended(&run(here.path(), &["fix"]), 0, "Nothing to fix.\n", "");
    assert_eq!(
        names(here.path()),
        [".rolelint.yaml", "checkout.roles.yaml", "deck.roles.yaml"]
    );
}

#[test]
fn text_shows_how_findings_can_be_mended_where_that_is_asked_for() {
    let here = sample();
    let plain = run(here.path(), &["check", "deck.roles.yaml"]).out;
    assert!(!plain.contains("mend"), "{plain}");
    let shown = run(
        here.path(),
        &["check", "--show-fixes", "checkout.roles.yaml"],
    )
    .out;
    let mends: Vec<&str> = shown.lines().filter(|line| line.contains("mend")).collect();
    assert_eq!(
        mends,
        [
            "  = mend: Say on both seats that they work together",
            "  = mend: Move to Product Manager (if you agree)",
            "  = mend: Share it: Product Manager is accountable (if you agree)",
            "1 of them can be mended with `rolelint fix`, 1 more with `--unsafe-fixes`.",
        ]
    );
    let left = run(here.path(), &["fix", "--show-fixes", "checkout.roles.yaml"]).out;
    let end = "\
Fixed 1 finding in 1 file; 1 left (1 error).
  checkout.roles.yaml: Say on both seats that they work together (missing-pm-po-link)
1 of them can be mended with `rolelint fix --unsafe-fixes`.
";
    assert!(left.ends_with(end), "{left}");
}

const PATCH: &str = "\
--- a/checkout.roles.yaml
+++ b/checkout.roles.yaml
@@ -1,10 +1,13 @@
 # Who answers for what in checkout.
 team: checkout
 roles:
-  product-manager: ana # since 2024
+  product-manager:
+    holder: ana # since 2024
+    works_with: [product-owner]
   product-owner:
     holder: ben
     duties:
       - value-maximization
       - roadmap # ours
       - backlog-refinement
+    works_with: [product-manager]
";

#[test]
fn diff_prints_a_patch_and_writes_nothing() {
    let here = sample();
    for args in [
        &["fix", "--diff"][..],
        &["check", "--diff"],
        &["check", "--fix", "--diff"],
    ] {
        let ended = run(here.path(), args);
        assert_ended(&ended, 1, PATCH, "note: would fix 1 finding in 1 file.\n");
    }
    let ended = run(here.path(), &["fix", "--diff", "-q", "deck.roles.yaml"]);
    assert_ended(&ended, 0, "", "");
    let ended = run(here.path(), &["fix", "--diff", "deck.roles.yaml"]);
    assert_ended(&ended, 0, "", "note: nothing to fix.\n");
    let ended = run(
        here.path(),
        &[
            "fix",
            "--diff",
            "--unsafe-fixes",
            "-q",
            "deck.roles.yaml",
            "--color",
            "always",
        ],
    );
    assert_ended(
        &ended,
        1,
        "\
\x1b[1m--- a/deck.roles.yaml\x1b[0m
\x1b[1m+++ b/deck.roles.yaml\x1b[0m
\x1b[36m@@ -1,7 +1,7 @@\x1b[0m
 team: deck
 roles:
   product-manager: ana
\x1b[31m-  product-owner: fay # for now\x1b[0m
\x1b[32m+  product-owner: {vacant: {since: 2026-02-28}} # for now\x1b[0m
 ---
 people:
   ana: {name: Ana Lima}
",
        "",
    );
    assert_eq!(read(here.path(), "checkout.roles.yaml"), CHECKOUT);
    assert_eq!(read(here.path(), "deck.roles.yaml"), DECK);
}

/// The programs that apply patches, as far as they are there.
fn appliers() -> Vec<Vec<&'static str>> {
    let all = [vec!["git", "apply"], vec!["patch", "-p1", "--silent"]];
    let is_there = |words: &Vec<&str>| {
        let mut command = Command::new(words[0]);
        command.arg("--version").stdout(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    all.into_iter().filter(is_there).collect()
}

#[track_caller]
fn apply(folder: &Path, applier: &[&str], patch: &str) {
    let mut command = Command::new(applier[0]);
    command.args(&applier[1..]).current_dir(folder);
    // A repository around must not be taken for the one that is meant.
    command.env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap());
    let ended = finish(command, Some(patch));
    assert_eq!(
        ended.code, 0,
        "{applier:?}: {}{}\n{patch}",
        ended.out, ended.err
    );
}

#[test]
fn the_patch_is_applied_by_git_and_patch_to_the_byte() {
    let windows = CHECKOUT.replace('\n', "\r\n");
    let open_end = CHECKOUT.trim_end();
    let both = DECK.replace('\n', "\r\n");
    let files = [
        (".rolelint.yaml", CONFIG),
        ("plain.roles.yaml", CHECKOUT),
        ("in/windows.roles.yaml", &windows),
        ("our team ü.roles.yaml", open_end),
        ("in/both.roles.yaml", both.trim_end()),
    ]
    .map(|(path, text)| {
        (
            path,
            text.replace(": checkout", &format!(": {}", path.len())),
        )
    });
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let fixed = folder(&files);
    let ended = run(fixed.path(), &["fix", "--unsafe-fixes"]);
    assert_eq!(
        ended.out, "Fixed 7 findings in 4 files; none left.\n",
        "{}",
        ended.err
    );
    for applier in appliers() {
        let patched = folder(&files);
        let ended = run(patched.path(), &["fix", "--unsafe-fixes", "--diff", "-q"]);
        assert_eq!((ended.code, ended.err.as_str()), (1, ""));
        apply(patched.path(), &applier, &ended.out);
        for (path, _) in &files {
            let expected = read(fixed.path(), path);
            assert_eq!(read(patched.path(), path), expected, "{applier:?} {path}");
        }
    }
}

#[test]
fn a_patch_makes_new_files_and_knows_odd_texts() {
    let cases = [
        ("new.yaml", None, "a\nb\n"),
        ("in/open end.yaml", None, "a"),
        (
            "old.yaml",
            Some("a\rb\r\nc\u{2028}d\n\n\ne"),
            "a\rB\r\nc\u{2028}d\n\n\ne\n",
        ),
        ("most.yaml", Some("x"), "y\r"),
        ("empty.yaml", Some("x\n"), ""),
    ];
    let mut patch = Vec::new();
    let plain = rolelint::report::Paint::new(false);
    for (path, old, new) in cases {
        rolelint::report::patch(path, old, new, plain, &mut patch).unwrap();
    }
    let patch = String::from_utf8(patch).unwrap();
    for applier in appliers() {
        let olds: Vec<_> = cases
            .iter()
            .filter_map(|(path, old, _)| Some((*path, (*old)?)))
            .collect();
        let here = folder(&olds);
        apply(here.path(), &applier, &patch);
        for (path, _, new) in cases {
            // `patch` takes away files that have become empty.
            let found = std::fs::read_to_string(here.path().join(path)).unwrap_or_default();
            assert_eq!(found, new, "{applier:?} {path}");
        }
    }
}

#[test]
fn standard_input_comes_out_mended_and_findings_go_to_standard_error() {
    let here = sample();
    let typed = format!("\u{feff}{}", CHECKOUT.trim_end().replace('\n', "\r\n"));
    let expected = format!(
        "\u{feff}{}",
        CHECKOUT_LINKED.trim_end().replace('\n', "\r\n")
    );
    let args = [
        "fix",
        "-",
        "--stdin-filename",
        "checkout.roles.yaml",
        "--format",
        "concise",
    ];
    let ended = finish(command(here.path(), &args), Some(&typed));
    let findings = FINDINGS.lines().next().unwrap();
    assert_ended(&ended, 1, &expected, &format!("{findings}\n"));
    // Nothing to mend: it comes out as it went in.
    let args = ["check", "--fix", "-", "--stdin-filename", "deck.roles.yaml"];
    let ended = finish(command(here.path(), &args), Some("team: [\n"));
    assert_ended(&ended, 0, "team: [\n", "Nothing to fix.\n");
    let args = [
        "fix",
        "--diff",
        "-q",
        "-",
        "--stdin-filename",
        "checkout.roles.yaml",
    ];
    let ended = finish(command(here.path(), &args), Some(CHECKOUT));
    assert_ended(&ended, 1, PATCH, "");
    assert_eq!(read(here.path(), "checkout.roles.yaml"), CHECKOUT);
}

/// The roadmap belongs to the Product Manager, who is in another file.
const SHOP: &str =
    "product: shop\nroles:\n  product-manager: {holder: ana, duties: [market-trends]}\n";
const TEAM: &str = "\
team: team
product: shop
roles:
  product-owner:
    holder: ben
    works_with: [product-manager]
    duties:
      - backlog-refinement
      - roadmap
";

fn two_files() -> tempfile::TempDir {
    folder(&[
        (".rolelint.yaml", CONFIG),
        ("products/shop.roles.yaml", SHOP),
        ("products/deck.roles.yaml", DECK),
        ("teams/team.roles.yaml", TEAM),
    ])
}

#[test]
fn a_finding_that_was_asked_for_may_change_another_file_and_others_stay() {
    let here = two_files();
    let ended = run(here.path(), &["fix", "teams", "--unsafe-fixes"]);
    assert_ended(&ended, 0, "Fixed 1 finding in 2 files; none left.\n", "");
    assert_eq!(
        read(here.path(), "products/shop.roles.yaml"),
        SHOP.replace("trends]", "trends, roadmap]")
    );
    assert_eq!(
        read(here.path(), "teams/team.roles.yaml"),
        TEAM.replace("      - roadmap\n", "")
    );
    assert_eq!(read(here.path(), "products/deck.roles.yaml"), DECK);
    // Standard input alone never changes a file.
    let here = two_files();
    let args = [
        "fix",
        "-",
        "--unsafe-fixes",
        "--stdin-filename",
        "teams/team.roles.yaml",
        "-q",
        "--format",
        "concise",
    ];
    let ended = finish(command(here.path(), &args), Some(TEAM));
    assert_ended(
        &ended,
        1,
        TEAM,
        "note: teams/team.roles.yaml: \"Move to Product Manager of product `shop`\" (wrong-role) is not applied: it changes `products/shop.roles.yaml` too, and only this file is mended.\n\
         teams/team.roles.yaml:9:9: error[wrong-role] `roadmap` is on the Product Owner of team `team`, and the catalog gives it to the Product Manager\n",
    );
    assert_eq!(read(here.path(), "products/shop.roles.yaml"), SHOP);
}

#[test]
fn json_has_the_edits_of_each_mend_and_they_do_what_fix_does() {
    let here = sample();
    let json = |args: &[&str]| -> serde_json::Value {
        let ended = run(
            here.path(),
            &[&["check", "--format", "json"], args].concat(),
        );
        let found = serde_json::from_str(&ended.out).unwrap();
        let schema = run(here.path(), &["schema", "output"]).out;
        let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        assert!(schema.is_valid(&found), "{}", ended.out);
        found
    };
    let plain = json(&[]);
    assert!(plain["findings"][0].get("fixes").is_none());
    assert!(plain["summary"].get("fixed").is_none());
    let found = json(&["--show-fixes"]);
    let fix = &found["findings"][2]["fixes"][0];
    let at = DECK.find(" fay").unwrap() + 1;
    assert_eq!(
        fix,
        &serde_json::json!({
            "title": "Mark the seat vacant since 2026-02-28",
            "safety": "asked",
            "edits": [{
                "file": "deck.roles.yaml",
                "creates": false,
                "start": {"line": 4, "column": 18, "byte": at},
                "end": {"line": 4, "column": 21, "byte": at + 3},
                "text": "{vacant: {since: 2026-02-28}}",
            }],
        })
    );
    let safe = &found["findings"][0]["fixes"][0];
    assert_eq!(safe["safety"], "safe");
    let mut text = CHECKOUT.to_owned();
    let edits = safe["edits"].as_array().unwrap();
    for edit in edits.iter().rev() {
        let at = |name: &str| usize::try_from(edit[name]["byte"].as_u64().unwrap()).unwrap();
        text.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
    }
    let fixed = json(&["--fix"]);
    assert_eq!(fixed["summary"]["fixed"], 1);
    assert_eq!(text, read(here.path(), "checkout.roles.yaml"));
}

#[test]
fn what_does_not_go_together_is_refused_with_the_reason() {
    let here = sample();
    for (args, why) in [
        (
            &["check", "--unsafe-fixes"][..],
            "--unsafe-fixes goes with --fix or --diff",
        ),
        (
            &["check", "--watch", "--fix"],
            "--watch only checks: it goes without --fix and --diff",
        ),
        (
            &["fix", "--watch"],
            "--watch goes with `rolelint check` alone",
        ),
        (
            &["check", "--watch", "-"],
            "--watch needs files or folders, not standard input",
        ),
    ] {
        assert_ended(&run(here.path(), args), 2, "", &format!("error: {why}.\n"));
    }
    let help = run(here.path(), &["fix", "--help"]).out;
    assert!(
        help.contains("--unsafe-fixes") && !help.contains("--watch"),
        "{help}"
    );
}

#[test]
fn what_is_not_utf_8_stays_as_it_is() {
    let here = sample();
    let mut bytes = CHECKOUT.as_bytes().to_vec();
    bytes.extend(b"# caf\xe9\n");
    std::fs::write(here.path().join("checkout.roles.yaml"), &bytes).unwrap();
    let ended = run(
        here.path(),
        &["fix", "--unsafe-fixes", "-q", "--fail-on", "never"],
    );
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(
        std::fs::read(here.path().join("checkout.roles.yaml")).unwrap(),
        bytes
    );
    assert_eq!(read(here.path(), "deck.roles.yaml"), DECK_VACANT);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_what_is_write_protected_is_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let here = sample();
    let path = |name: &str| here.path().join(name);
    let mode = |name: &str| path(name).metadata().unwrap().permissions().mode() & 0o777;
    let set_mode = |name: &str, mode| {
        std::fs::set_permissions(path(name), PermissionsExt::from_mode(mode)).unwrap();
    };
    std::fs::rename(path("deck.roles.yaml"), path("elsewhere")).unwrap();
    symlink("elsewhere", path("deck.roles.yaml")).unwrap();
    set_mode("elsewhere", 0o640);
    let ended = run(here.path(), &["fix", "--unsafe-fixes", "deck.roles.yaml"]);
    assert_ended(&ended, 0, "Fixed 1 finding in 1 file; none left.\n", "");
    assert!(path("deck.roles.yaml").is_symlink());
    assert_eq!(read(here.path(), "elsewhere"), DECK_VACANT);
    assert_eq!(mode("elsewhere"), 0o640);
    set_mode("checkout.roles.yaml", 0o444);
    assert_ended(
        &run(here.path(), &["fix"]),
        2,
        "",
        "error: cannot write checkout.roles.yaml: it is write-protected; nothing was written.\n",
    );
    assert_eq!(read(here.path(), "checkout.roles.yaml"), CHECKOUT);
}

/// Starts the program over and over and kills it at another moment each time.
#[test]
fn killed_at_any_moment_every_file_is_whole() {
    const FILES: usize = 200;
    const KILLS: u32 = 16;
    let here = folder(&[
        (".rolelint.yaml", CONFIG),
        (
            "people.roles.yaml",
            "people:\n  ana: {name: Ana Lima}\n  fay: {name: Fay Moss, left: 2026-02-28}\n",
        ),
    ]);
    let path = |number| here.path().join(format!("{number}.roles.yaml"));
    let text = |number, owner: &str| {
        format!(
            "team: t{number}\nroles:\n  product-manager: ana\n  product-owner: {owner} # {number}\n"
        )
    };
    let old = |number| text(number, "fay");
    let new = |number| text(number, "{vacant: {since: 2026-02-28}}");
    let write_old =
        || (0..FILES).for_each(|number| std::fs::write(path(number), old(number)).unwrap());
    let start = || {
        let mut command = command(here.path(), &["fix", "--unsafe-fixes", "-q"]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.spawn().unwrap()
    };
    let is_writing = || names(here.path()).iter().any(|name| name.ends_with(".tmp"));
    let changed = || {
        let mut changed = 0;
        for number in 0..FILES {
            let found = std::fs::read_to_string(path(number)).unwrap();
            let is_new = found == new(number);
            assert!(is_new || found == old(number), "{number}: {found:?}");
            changed += usize::from(is_new);
        }
        changed
    };
    write_old();
    let began = Instant::now();
    assert!(start().wait().unwrap().success());
    let whole = began.elapsed();
    assert_eq!(changed(), FILES);
    let mut were_halfway = 0;
    for moment in 0..KILLS {
        write_old();
        let mut child = start();
        if moment % 2 == 0 {
            std::thread::sleep(whole * moment / KILLS);
        } else {
            // Right in the middle of writing, which may be but a small part of the run.
            while !is_writing() && child.try_wait().unwrap().is_none() {}
            if moment % 4 == 1 {
                // Files take their places one after the other; the first one has.
                while is_writing() && std::fs::read_to_string(path(0)).unwrap() == old(0) {}
            } else {
                std::thread::sleep(whole * moment / (4 * KILLS));
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        were_halfway += usize::from((1..FILES).contains(&changed()));
    }
    eprintln!("{were_halfway} of {KILLS} were killed between the first file and the last");
    // What lies around afterwards bothers nobody.
    assert!(start().wait().unwrap().success());
    assert_eq!(changed(), FILES);
    let ended = run(here.path(), &["check"]);
    let expected = format!("All is well in {} files", FILES + 1);
    assert!(ended.out.starts_with(&expected), "{}", ended.out);
}
