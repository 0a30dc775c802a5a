//! The program as it is used: what was typed, what was printed, how it ended.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[path = "support/program.rs"]
mod program;

use std::path::Path;
use std::process::Stdio;

use program::{command, finish, folder, run};

const GOOD: &str = "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n";
const NO_OWNER: &str = "team: search\nroles:\n  product-manager: ana\n";
const WARNS: &str = "team: deck\nroles:\n  product-manager: ana\n  product-owner: TBD\n";

#[test]
fn the_exit_code_is_0_when_clean_1_with_findings_and_2_when_it_could_not_run() {
    let here = folder(&[
        ("good/a.roles.yaml", GOOD),
        ("bad/b.roles.yaml", NO_OWNER),
        ("warn/c.roles.yaml", WARNS),
    ]);
    let code = |args: &[&str]| run(here.path(), args).code;
    assert_eq!(code(&["check", "good"]), 0);
    assert_eq!(code(&["check", "bad"]), 1);
    assert_eq!(code(&["check", "warn"]), 1);
    assert_eq!(code(&["check", "warn", "--fail-on", "error"]), 0);
    assert_eq!(code(&["check", "bad", "--fail-on", "never"]), 0);
    assert_eq!(code(&["check", "nowhere"]), 2);
    assert_eq!(code(&["check", "--no-such-flag"]), 2);
    assert_eq!(code(&["check", "-", "good"]), 2);
    assert_eq!(
        code(&["check", "good", "--stdin-filename", "x.roles.yaml"]),
        2
    );
}

#[test]
fn a_missing_path_the_root_and_a_home_folder_are_refused_with_the_reason() {
    let here = folder(&[("a.roles.yaml", GOOD)]);
    let ended = run(here.path(), &["check", "nowhere"]);
    assert!(
        ended.err.starts_with("error: cannot look at "),
        "{}",
        ended.err
    );
    assert!(
        ended
            .err
            .ends_with("nowhere: there is no such file or folder.\n"),
        "{}",
        ended.err
    );
    let ended = run(here.path(), &["check", "/"]);
    assert_eq!(ended.code, 2);
    assert!(
        ended.err.contains("rolelint does not search those"),
        "{}",
        ended.err
    );
    let mut at_home = command(here.path(), &["check"]);
    at_home.env("HOME", here.path());
    let ended = finish(at_home, None);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("a home folder"), "{}", ended.err);
    // A single file in a home folder may be checked.
    let mut at_home = command(here.path(), &["check", "-q", "a.roles.yaml"]);
    at_home.env("HOME", here.path());
    assert_eq!(finish(at_home, None).code, 0);
}

#[test]
fn concise_output_is_a_line_each_in_order_of_place() {
    let here = folder(&[("z.roles.yaml", WARNS), ("b.roles.yaml", NO_OWNER)]);
    let expected = "b.roles.yaml:2:1: error[missing-role] team `search` has no Product Owner\n\
                    z.roles.yaml:4:18: warning[placeholder] \"TBD\" holds the seat of Product Owner\n";
    for args in [
        [
            "check",
            "--format",
            "concise",
            "z.roles.yaml",
            "b.roles.yaml",
        ],
        [
            "check",
            "--format",
            "concise",
            "b.roles.yaml",
            "z.roles.yaml",
        ],
    ] {
        assert_eq!(run(here.path(), &args).out, expected);
    }
}

#[test]
fn json_output_is_one_object_that_its_schema_describes() {
    let text =
        "team: deck\r\nname: Zürich 🎉\r\nroles: {product-manager: Zoë, product-owner: TBD}\r\n";
    let here = folder(&[("a.roles.yaml", text)]);
    let ended = run(here.path(), &["check", "--format", "json"]);
    assert_eq!(ended.code, 1);
    let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    let schema = run(here.path(), &["schema", "output"]).out;
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    assert!(schema.is_valid(&found));
    assert_eq!(found["version"], 1);
    let finding = &found["findings"][0];
    assert_eq!(finding["rule"], "placeholder");
    assert_eq!(finding["file"], "a.roles.yaml");
    let byte = text.find("TBD").unwrap();
    assert_eq!(
        finding["start"],
        serde_json::json!({"line": 3, "column": 46, "byte": byte})
    );
    assert_eq!(
        finding["end"],
        serde_json::json!({"line": 3, "column": 49, "byte": byte + 3})
    );
    assert_eq!(finding["fingerprint"].as_str().unwrap().len(), 16);
    assert_eq!(found["summary"]["warnings"], 1);
    // A fingerprint does not move with its line.
    std::fs::write(
        here.path().join("a.roles.yaml"),
        format!("# a remark\r\n\r\n{text}"),
    )
    .unwrap();
    let moved: serde_json::Value =
        serde_json::from_str(&run(here.path(), &["check", "--format", "json"]).out).unwrap();
    assert_eq!(moved["findings"][0]["fingerprint"], finding["fingerprint"]);
}

#[test]
fn standard_input_stands_alone_or_for_a_file_among_others() {
    let here = folder(&[
        (
            "shop.roles.yaml",
            "product: shop\nroles:\n  product-manager: ana\n",
        ),
        ("team.roles.yaml", NO_OWNER),
    ]);
    let typed = "team: search\nproduct: shop\nroles:\n  product-owner: ben\n";
    let alone = finish(
        command(here.path(), &["check", "-q", "-", "--format", "concise"]),
        Some(typed),
    );
    assert_eq!(alone.code, 1);
    assert!(
        alone
            .out
            .starts_with("<stdin>:2:10: error[unresolved-reference]"),
        "{}",
        alone.out
    );
    let args = ["check", "-q", "-", "--stdin-filename", "team.roles.yaml"];
    let among = finish(command(here.path(), &args), Some(typed));
    assert_eq!((among.code, among.out.as_str()), (0, ""), "{}", among.err);
}

#[test]
fn a_file_alone_gets_the_findings_that_it_gets_with_all_others() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample");
    let all = run(&sample, &["check", "--format", "concise"]).out;
    let one = run(
        &sample,
        &["check", "--format", "concise", "teams/checkout.roles.yaml"],
    )
    .out;
    let wanted: Vec<&str> = all
        .lines()
        .filter(|line| line.starts_with("teams/checkout"))
        .collect();
    assert!(wanted.len() >= 3);
    assert_eq!(one.lines().collect::<Vec<_>>(), wanted);
}

#[test]
fn what_is_ignored_hidden_excluded_or_no_role_file_is_left_out_and_config_says_why() {
    let here = folder(&[
        (".gitignore", "build/\n"),
        (
            ".rolelint.yaml",
            "exclude: [old]\ninclude: [\"org/**/*.yaml\"]\n",
        ),
        ("build/a.roles.yaml", NO_OWNER),
        (".hidden/b.roles.yaml", NO_OWNER),
        ("old/c.roles.yaml", NO_OWNER),
        ("org/teams/d.yaml", NO_OWNER),
        ("other.yaml", NO_OWNER),
    ]);
    let ended = run(here.path(), &["check", "--format", "concise"]);
    assert_eq!(
        ended.out,
        "org/teams/d.yaml:2:1: error[missing-role] team `search` has no Product Owner\n"
    );
    for (path, why) in [
        (
            "build/a.roles.yaml",
            "is not checked: a `.gitignore` or `.ignore` leaves it out.",
        ),
        (
            "old/c.roles.yaml",
            "is not checked: `exclude` has the pattern `old`.",
        ),
        (
            "org/teams/d.yaml",
            "is checked: `include` has the pattern `org/**/*.yaml`.",
        ),
        (
            "other.yaml",
            "is not checked: its name does not end in `.roles.yaml` or `.roles.yml`, and no `include` takes it in.",
        ),
    ] {
        let ended = run(here.path(), &["config", path]);
        assert_eq!(ended.out.lines().next().unwrap(), format!("{path} {why}"));
    }
    let ended = run(here.path(), &["check", "-q", "old/c.roles.yaml"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, ""));
    assert!(
        ended.err.contains("is not checked: `exclude`"),
        "{}",
        ended.err
    );
}

#[test]
fn the_nearest_configuration_answers_first_and_a_root_starts_an_organisation() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "model: none\nrules: {placeholder: error}\n",
        ),
        ("a.roles.yaml", NO_OWNER),
        ("near/.rolelint.yaml", "model: two-roles\n"),
        ("near/b.roles.yaml", &WARNS.replace(" ana", " xxx")),
        ("apart/.rolelint.yaml", "root: true\nmodel: none\n"),
        ("apart/c.roles.yaml", NO_OWNER),
    ]);
    let ended = run(here.path(), &["check", "--format", "concise"]);
    assert_eq!(
        ended.out,
        "near/b.roles.yaml:3:20: error[placeholder] \"xxx\" holds the seat of Product Manager\n\
         near/b.roles.yaml:4:18: error[placeholder] \"TBD\" holds the seat of Product Owner\n",
        "the id `search` stands in two organisations and is no duplicate"
    );
}

#[test]
fn an_exception_holds_until_its_last_day() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "exceptions:\n  - {rule: missing-role, where: teams/, reason: agreed, until: 2026-06-15}\n",
        ),
        ("teams/a.roles.yaml", NO_OWNER),
    ]);
    let on = |day: &str| {
        run(
            here.path(),
            &["check", "--format", "concise", "--today", day],
        )
        .out
    };
    assert_eq!(on("2026-06-15"), "");
    assert_eq!(
        on("2026-06-16"),
        ".rolelint.yaml:2:64: warning[unused-ignore] this exception from `missing-role` ended on 2026-06-15\n\
         teams/a.roles.yaml:2:1: error[missing-role] team `search` has no Product Owner\n"
    );
}

#[test]
fn a_wrong_configuration_is_reported_where_it_is_wrong_and_the_rest_is_checked() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "catalog: nowhere.yaml\nmodle: none\nrules: {mising-role: off}\n",
        ),
        ("a.roles.yaml", NO_OWNER),
    ]);
    let ended = run(here.path(), &["check", "--format", "concise"]);
    let rules: Vec<&str> = ended
        .out
        .lines()
        .filter_map(|line| Some(line.split_once(": ")?.1))
        .collect();
    assert_eq!(ended.code, 1);
    assert_eq!(rules.len(), 4, "{}", ended.out);
    assert!(
        rules[0].starts_with("error[unresolved-reference]"),
        "{}",
        ended.out
    );
    assert!(
        rules[1].starts_with("error[unknown-key] a configuration has no key `modle`"),
        "{}",
        ended.out
    );
    assert!(
        rules[2].starts_with("error[unknown-key] there is no rule or group `mising-role`"),
        "{}",
        ended.out
    );
    assert!(rules[3].starts_with("error[missing-role]"), "{}", ended.out);
}

#[test]
fn places_far_apart_in_one_file_are_shown_apart() {
    let remarks = "# a remark\n".repeat(1_000);
    let team = "team: checkout\nroles: {product-manager: ana, product-owner: ben}\n";
    let text = format!("{team}{remarks}---\n{team}");
    let here = folder(&[("all.roles.yaml", &text)]);
    assert_eq!(
        run(here.path(), &["check"]).out.split("\nFound").next(),
        Some(
            "\
error[duplicate-id]: team `checkout` is defined a second time
    --> all.roles.yaml:1004:7
     |
1004 | team: checkout
     |       ^^^^^^^^ here again
     |
    ::: all.roles.yaml:1:7
     |
   1 | team: checkout
     |       -------- `checkout` is defined here first
     |
     = why: Whatever names this id may mean either of the two, and rolelint takes the first.
     = do: Give one of them another id, or join the two documents into one.
"
        )
    );
}

#[test]
fn colours_come_only_where_they_are_asked_for() {
    let here = folder(&[("a.roles.yaml", NO_OWNER)]);
    assert!(!run(here.path(), &["check"]).out.contains('\x1b'));
    assert!(
        run(here.path(), &["check", "--color", "always"])
            .out
            .contains('\x1b')
    );
}

#[test]
fn init_writes_a_file_that_passes_and_never_overwrites() {
    let here = folder(&[]);
    let team = here.path().join("Checkout Squad");
    std::fs::create_dir(&team).unwrap();
    let ended = run(&team, &["init"]);
    assert_eq!(
        ended.out,
        "Wrote checkout-squad.roles.yaml. Put your own names in it, then run `rolelint check`.\n"
    );
    assert_eq!(run(&team, &["check", "--fail-on", "hint"]).code, 0);
    std::fs::write(team.join("checkout-squad.roles.yaml"), "mine").unwrap();
    let ended = run(&team, &["init"]);
    assert_eq!(ended.code, 2);
    assert_eq!(
        ended.err,
        "error: checkout-squad.roles.yaml is there already, and it is left as it is.\n"
    );
    assert_eq!(
        std::fs::read_to_string(team.join("checkout-squad.roles.yaml")).unwrap(),
        "mine"
    );
    assert_eq!(std::fs::read_dir(&team).unwrap().count(), 1);
}

#[test]
fn explain_knows_rules_duties_roles_and_what_was_probably_meant() {
    let here = folder(&[]);
    for (name, title) in [
        ("missing-role", "missing-role"),
        ("roadmap", "Roadmap"),
        ("PO", "Product Owner"),
        ("people", "people"),
    ] {
        let ended = run(here.path(), &["explain", name]);
        assert_eq!((ended.code, ended.out.lines().next()), (0, Some(title)));
    }
    let ended = run(here.path(), &["explain", "roadmpa"]);
    assert_eq!(ended.code, 2);
    assert_eq!(
        ended.err,
        "error: there is no rule, duty or role `roadmpa`; did you mean `roadmap`?\n"
    );
    let all = run(here.path(), &["explain", "--all", "--format", "markdown"]).out;
    for rule in rolelint::rules::RULES.iter() {
        assert!(all.contains(&format!("# {}\n", rule.id)), "{}", rule.id);
    }
    let json = run(here.path(), &["explain", "--all", "--format", "json"]).out;
    assert!(
        serde_json::from_str::<Vec<serde_json::Value>>(&json)
            .unwrap()
            .len()
            > 50
    );
}

#[test]
fn a_catalog_shows_where_its_answers_come_from_and_comes_out_as_one_that_is_accepted() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample");
    let shown = run(&sample, &["catalog"]).out;
    assert!(shown.contains("[popm; ferryline changed role]"), "{shown}");
    assert!(
        shown.contains("because: Our Product Managers read every complaint themselves, see ADR 12")
    );
    let yaml = run(&sample, &["catalog", "--format", "yaml"]).out;
    let here = folder(&[("whole.roles.yaml", &yaml)]);
    let checked = run(here.path(), &["check", "-q"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""));
    let again = run(
        here.path(),
        &["catalog", "whole.roles.yaml", "--format", "yaml"],
    )
    .out;
    assert_eq!(again, yaml);
}

#[test]
fn every_shell_gets_its_completions() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ended = run(here.path(), &["completions", shell]);
        assert!(ended.code == 0 && ended.out.contains("fail-on"), "{shell}");
    }
}

#[test]
fn a_folder_without_role_files_says_what_they_are_called() {
    let here = folder(&[("other.yaml", "a: b\n")]);
    let ended = run(here.path(), &["check"]);
    assert_eq!(ended.code, 0);
    assert_eq!(
        ended.out,
        "No role files found (they are named `*.roles.yaml`, or taken in by `include:`).\n"
    );
}

#[test]
fn a_catalog_that_cannot_be_read_through_is_never_passed_over() {
    let config = (".rolelint.yaml", "catalog: acme.yaml\n");
    let says = |extends: &str| {
        let acme = format!("catalog: acme\nextends: {extends}\n");
        let here = folder(&[config, ("acme.yaml", &acme), ("a.roles.yaml", GOOD)]);
        let ended = run(here.path(), &["check", "--format", "concise"]);
        (ended.code, ended.out)
    };
    assert_eq!(says("popm"), (0, String::new()));
    let at = ".rolelint.yaml:1:10: error[unresolved-reference] `acme.yaml` extends";
    assert_eq!(
        says("nowhere.yaml"),
        (
            1,
            format!("{at} `nowhere.yaml`, and there is no such catalog\n")
        )
    );
    assert_eq!(
        says("a.roles.yaml"),
        (1, format!("{at} `a.roles.yaml`, which holds no catalog\n"))
    );
    assert_eq!(
        says("acme.yaml"),
        (
            1,
            format!("{at} `acme.yaml`, which in the end extends it\n")
        )
    );
}

#[test]
fn the_nearest_day_counts_and_one_above_holds_where_the_nearest_is_silent() {
    let acting = "roles:\n  product-manager: ana\n  product-owner: {person: ben, status: acting, until: 2026-06-14}\n";
    let here = folder(&[
        (".rolelint.yaml", "today: 2026-06-15\n"),
        ("a.roles.yaml", &format!("team: a\n{acting}")),
        ("early/.rolelint.yaml", "today: 2026-06-14\n"),
        ("early/b.roles.yaml", &format!("team: b\n{acting}")),
        (
            "agreed/.rolelint.yaml",
            "exceptions: [{rule: missing-role, reason: agreed, until: 2026-06-15}]\n",
        ),
        ("agreed/c.roles.yaml", NO_OWNER),
    ]);
    let late = "a.roles.yaml:4:55: warning[interim-overdue] ben was to be acting Product Owner until 2026-06-14, 1 day ago\n";
    assert_eq!(
        run(here.path(), &["check", "--format", "concise"]).out,
        late
    );
    // What is typed comes before what any configuration says.
    let typed = ["check", "--format", "concise", "--today", "2026-06-14"];
    assert_eq!(run(here.path(), &typed).out, "");
}

#[test]
fn config_knows_a_hidden_folder_from_wherever_it_is_asked() {
    let here = folder(&[(".rolelint.yaml", ""), (".old/a.roles.yaml", NO_OWNER)]);
    for (from, path) in [("", ".old/a.roles.yaml"), (".old", "a.roles.yaml")] {
        let ended = run(&here.path().join(from), &["config", path]);
        assert_eq!(
            ended.out.lines().next().unwrap(),
            format!("{path} is not checked: it, or a folder above it, starts with a dot.")
        );
    }
}

#[test]
fn hints_fail_only_where_that_is_asked_for() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "rules: {placeholder: hint, structure: error}\n",
        ),
        ("a.roles.yaml", WARNS),
    ]);
    for (level, code) in [("error", 0), ("warning", 0), ("hint", 1), ("never", 0)] {
        let ended = run(
            here.path(),
            &["check", "--format", "concise", "--fail-on", level],
        );
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (
                code,
                "a.roles.yaml:4:18: hint[placeholder] \"TBD\" holds the seat of Product Owner\n"
            ),
            "a rule's own severity comes before its group's"
        );
    }
}

#[test]
fn a_catalog_of_its_own_starts_another_organisation() {
    let files = [
        (".rolelint.yaml", ""),
        ("a.roles.yaml", GOOD),
        ("in/b.roles.yaml", GOOD),
    ];
    let here = folder(&files);
    let check = || run(here.path(), &["check", "--format", "concise"]).out;
    assert_eq!(
        check(),
        "in/b.roles.yaml:1:7: error[duplicate-id] team `checkout` is defined a second time\n"
    );
    std::fs::write(here.path().join("in/.rolelint.yaml"), "catalog: popm\n").unwrap();
    assert_eq!(check(), "");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let here = folder(&[]);
    for number in 0..300 {
        let text = format!("team: t{number}\nroles: {{product-owner: TBD}}\n");
        std::fs::write(here.path().join(format!("{number}.roles.yaml")), text).unwrap();
    }
    for format in ["text", "concise", "json"] {
        let mut child = command(here.path(), &["check", "--format", format])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_folders_named_like_role_files_do_no_harm() {
    let here = folder(&[("in/a.roles.yaml", GOOD)]);
    std::fs::create_dir(here.path().join("in/x.roles.yaml")).unwrap();
    std::os::unix::fs::symlink("..", here.path().join("in/again")).unwrap();
    std::os::unix::fs::symlink("self", here.path().join("in/self")).unwrap();
    let ended = run(here.path(), &["check", "--format", "concise"]);
    assert_eq!(
        (ended.code, ended.out.as_str(), ended.err.as_str()),
        (0, "", "")
    );
}
