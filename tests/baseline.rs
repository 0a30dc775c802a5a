//! Known findings as people meet them: what is written, what is printed, how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::path::{Path, PathBuf};

use terminal::{copy, files, folder, read, run, seen, write};

const NAME: &str = ".rolelint-baseline.json";
const CONFIG: (&str, &str) = (".rolelint.yaml", "today: 2026-06-15\n");
const NO_OWNER: &str = "team: search\nroles:\n  product-manager: ana\n";
const STAND_INS: &str = "team: deck\nroles:\n  product-manager: TBD\n  product-owner: TBD\n";

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample")
}

#[test]
fn known_findings_fail_no_check_and_new_ones_do() {
    let here = folder(&[
        CONFIG,
        ("teams/a.roles.yaml", NO_OWNER),
        ("teams/b.roles.yaml", STAND_INS),
    ]);
    let at = here.path();
    assert_eq!(
        seen(at, &["baseline"]),
        "Wrote .rolelint-baseline.json: it holds 3 findings, and only new ones fail a check from now on.\n"
    );
    assert_eq!(
        read(at, NAME),
        r#"{
  "version": 1,
  "findings": [
    {"file":"teams/a.roles.yaml","rule":"missing-role","fingerprint":"108cbf321e8141b6","message":"team `search` has no Product Owner"},
    {"file":"teams/b.roles.yaml","rule":"placeholder","fingerprint":"57b70b7bd129b60e","message":"\"TBD\" holds the seat of Product Manager"},
    {"file":"teams/b.roles.yaml","rule":"placeholder","fingerprint":"a6ee0aa2638cefda","message":"\"TBD\" holds the seat of Product Owner"}
  ]
}
"#
    );
    assert_eq!(
        seen(at, &["check"]),
        "Nothing new in 2 files, and 3 known from the baseline (2 teams, 0 products) in 8 ms.\n"
    );
    assert_eq!(seen(at, &["check", "--format", "concise"]), "");
    assert_eq!(
        seen(at, &["check", "--show-known", "--format", "concise"]),
        "teams/a.roles.yaml:2:1: known error[missing-role] team `search` has no Product Owner\n\
         teams/b.roles.yaml:3:20: known warning[placeholder] \"TBD\" holds the seat of Product Manager\n\
         teams/b.roles.yaml:4:18: known warning[placeholder] \"TBD\" holds the seat of Product Owner\n"
    );
    write(
        at,
        "teams/a.roles.yaml",
        &format!("# moved\n\n{NO_OWNER}  scrum-master: \"???\"\n"),
    );
    assert_eq!(
        seen(at, &["check", "--show-known", "teams/a.roles.yaml"]),
        "\
known error[missing-role]: team `search` has no Product Owner
 --> teams/a.roles.yaml:4:1
  |
4 | roles:
  | ^^^^^ no `product-owner` here
  |
  = why: Nobody orders the backlog, decides on feedback, or makes the most of the team's work.
  = do: Add `product-owner:` with its holder under `roles:`; if nobody has it yet, write
        `product-owner: {vacant: true}`. If you work without this role, say so with `model:`.

warning[placeholder]: \"???\" holds the seat of Scrum Master
 --> teams/a.roles.yaml:6:17
  |
6 |   scrum-master: \"???\"
  |                 ^^^^^ no name yet
  |
  = why: It looks like an answer and is none: nobody is reminded to fill the seat.
  = do: Write the name, or say that the seat is empty: `vacant: true`, better with `since:`
        and `cover:`.

Found 1 warning in 1 of 1 file, and 1 known from the baseline (1 team, 0 products) in 8 ms.
exit code 1
"
    );
}

#[test]
fn programs_get_known_findings_too_and_the_schemas_describe_them() {
    let here = folder(&[CONFIG, ("a.roles.yaml", STAND_INS)]);
    let at = here.path();
    run(at, &["baseline"]);
    write(at, "b.roles.yaml", NO_OWNER);
    let ended = run(at, &["check", "--format", "json"]);
    assert_eq!(ended.code, 1);
    let schema = |name: &str| {
        let text = run(at, &["schema", name]).out;
        jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
    };
    let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert!(schema("output").is_valid(&found));
    let known: Vec<bool> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["known"].as_bool().unwrap())
        .collect();
    assert_eq!(known, [true, true, false]);
    let summary = &found["summary"];
    assert_eq!(
        (&summary["errors"], &summary["warnings"], &summary["known"]),
        (&1.into(), &0.into(), &2.into())
    );
    assert_eq!(summary["files_with_findings"], 1);
    let baseline: serde_json::Value = serde_json::from_str(&read(at, NAME)).unwrap();
    assert!(schema("baseline").is_valid(&baseline));
    assert!(!schema("baseline").is_valid(&serde_json::json!({"version": 1})));
}

#[test]
fn a_baseline_becomes_smaller_and_whoever_asks_is_told_when_it_could() {
    let here = folder(&[
        CONFIG,
        ("a.roles.yaml", STAND_INS),
        ("b.roles.yaml", NO_OWNER),
    ]);
    let at = here.path();
    for option in ["--check", "--prune"] {
        assert_eq!(
            seen(at, &["baseline", option]),
            "There is no .rolelint-baseline.json, so there is nothing to drop.\n"
        );
    }
    run(at, &["baseline"]);
    assert_eq!(
        seen(at, &["baseline", "--check"]),
        ".rolelint-baseline.json is as small as it can be: all 3 findings in it are still there.\n"
    );
    assert_eq!(
        seen(at, &["baseline", "--prune"]),
        ".rolelint-baseline.json stays as it is: all 3 findings in it are still there.\n"
    );
    assert_eq!(
        seen(at, &["baseline"]),
        ".rolelint-baseline.json is up to date: it holds 3 findings.\n"
    );
    // One of two is mended, and a new one comes.
    write(
        at,
        "a.roles.yaml",
        &STAND_INS.replace("product-owner: TBD", "product-owner: ben"),
    );
    write(at, "c.roles.yaml", &NO_OWNER.replace("search", "find"));
    let gone = "\
1 finding in .rolelint-baseline.json is gone:
  a.roles.yaml: placeholder: \"TBD\" holds the seat of Product Owner
Run `rolelint baseline --prune` and commit what it writes.
exit code 1
";
    assert_eq!(seen(at, &["baseline", "--check"]), gone);
    assert_eq!(
        seen(at, &["baseline", "--prune"]),
        "Dropped 1 finding from .rolelint-baseline.json; it still holds 2.\n"
    );
    assert_eq!(
        seen(at, &["check", "--format", "concise"]),
        "c.roles.yaml:2:1: error[missing-role] team `find` has no Product Owner\nexit code 1\n"
    );
    write(
        at,
        "b.roles.yaml",
        &format!("{NO_OWNER}  product-owner: ben\n"),
    );
    assert_eq!(
        seen(at, &["baseline"]),
        "Wrote .rolelint-baseline.json: it holds 2 findings (1 new, 1 gone).\n"
    );
    for path in ["a.roles.yaml", "c.roles.yaml"] {
        let team = &path[..1];
        let text =
            format!("team: {team}\nroles: {{product-manager: ana, product-owner: {team}}}\n");
        write(at, path, &text);
    }
    assert_eq!(
        seen(at, &["baseline", "--prune"]),
        "Dropped 2 findings from .rolelint-baseline.json. None is left: you can delete it.\n"
    );
    assert_eq!(
        read(at, NAME),
        "{\n  \"version\": 1,\n  \"findings\": []\n}\n"
    );
    assert_eq!(
        seen(at, &["check"]),
        "All is well in 3 files (3 teams, 0 products) in 8 ms.\n"
    );
    std::fs::remove_file(at.join(NAME)).unwrap();
    assert_eq!(
        seen(at, &["baseline"]),
        "There are no findings, so .rolelint-baseline.json is not needed and not written.\n"
    );
    assert!(!at.join(NAME).exists());
}

#[test]
fn a_part_of_the_files_changes_only_its_part_of_the_baseline() {
    let here = folder(&[
        CONFIG,
        ("in/a.roles.yaml", STAND_INS),
        ("b.roles.yaml", NO_OWNER),
    ]);
    let at = here.path();
    run(at, &["baseline"]);
    let before = read(at, NAME);
    std::fs::remove_file(at.join("in/a.roles.yaml")).unwrap();
    write(at, "in/c.roles.yaml", &NO_OWNER.replace("search", "find"));
    std::fs::remove_file(at.join("b.roles.yaml")).unwrap();
    write(at, "d.roles.yaml", &NO_OWNER.replace("search", "seek"));
    assert_eq!(
        seen(at, &["baseline", "--check", "in"]),
        "\
2 findings in .rolelint-baseline.json are gone:
  in/a.roles.yaml: placeholder: \"TBD\" holds the seat of Product Manager
  in/a.roles.yaml: placeholder: \"TBD\" holds the seat of Product Owner
Run `rolelint baseline --prune` and commit what it writes.
exit code 1
"
    );
    // From inside, too.
    run(&at.join("in"), &["baseline"]);
    let after = read(at, NAME);
    let line = |text: &str, word: &str| {
        text.lines()
            .find(|line| line.contains(word))
            .map(|line| line.trim_end_matches(',').to_owned())
    };
    assert_eq!(line(&after, "search"), line(&before, "search"));
    assert!(line(&after, "find").is_some());
    assert_eq!((line(&after, "TBD"), line(&after, "seek")), (None, None));
}

#[test]
fn findings_stay_known_when_lines_move_on_other_machines_and_in_any_part_of_the_files() {
    let here = folder(&[]);
    let (one, other) = (here.path().join("one"), here.path().join("deep/down/other"));
    copy(&sample(), &one);
    run(&one, &["baseline"]);
    let known = |at: &Path, args: &[&str]| -> (i32, u64) {
        let ended = run(at, &[&["check", "--format", "json"], args].concat());
        let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        let new = found["findings"].as_array().unwrap().iter();
        let new: Vec<_> = new.filter(|finding| finding["known"] == false).collect();
        assert!(new.is_empty(), "{new:#?}");
        (ended.code, found["summary"]["known"].as_u64().unwrap())
    };
    let all = known(&one, &[]);
    assert_eq!(all, (0, 18));
    copy(&one, &other);
    for path in files(&other) {
        if path == NAME {
            continue;
        }
        let text = read(&other, &path);
        write(
            &other,
            &path,
            &format!("# moved\n\n{text}").replace('\n', "\r\n"),
        );
    }
    let baseline = read(&other, NAME).replace('\n', "\r\n");
    write(&other, NAME, &baseline);
    assert_eq!(known(&other, &[]), all);
    let teams = known(&other.join("teams"), &[]);
    assert!(teams.0 == 0 && teams.1 > 10 && teams.1 < all.1);
    assert_eq!(known(&other.join("teams"), &["refunds.roles.yaml"]), (0, 3));
    assert_eq!(
        known(here.path(), &["deep/down/other/teams/refunds.roles.yaml"]),
        (0, 3)
    );
    // With another day and other severities, too.
    assert_eq!(known(&other, &["--today", "2026-06-20"]).0, 0);
    let config = read(&other, ".rolelint.yaml");
    write(
        &other,
        ".rolelint.yaml",
        &format!("{config}rules: {{people: error, titles: hint}}\r\n"),
    );
    assert_eq!(known(&other, &["--fail-on", "hint"]), all);
    // A new name makes it another file.
    std::fs::rename(
        other.join("teams/refunds.roles.yaml"),
        other.join("teams/back.roles.yaml"),
    )
    .unwrap();
    let ended = run(&other, &["check", "--format", "concise"]);
    assert_eq!(
        (ended.code, ended.out.lines().count()),
        (1, 3),
        "{}",
        ended.out
    );
}

#[test]
fn findings_that_are_the_same_in_all_parts_are_counted() {
    let duties = |count: usize| {
        let lines = "      - TBD\n".repeat(count);
        format!(
            "team: a\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - backlog-refinement\n{lines}"
        )
    };
    let config = "rules: {coverage: off, ownership: off, repeated-duty: off}\n";
    let here = folder(&[(".rolelint.yaml", config), ("a.roles.yaml", &duties(2))]);
    let at = here.path();
    run(at, &["baseline"]);
    assert_eq!(read(at, NAME).matches("placeholder").count(), 2);
    assert_eq!(run(at, &["check"]).code, 0);
    write(at, "a.roles.yaml", &duties(3));
    assert_eq!(
        seen(at, &["check", "--format", "concise"]),
        "a.roles.yaml:10:9: warning[placeholder] a duty of the Product Owner is only \"TBD\"\nexit code 1\n"
    );
    write(at, "a.roles.yaml", &duties(1));
    assert_eq!(
        seen(at, &["baseline", "--prune"]),
        "Dropped 1 finding from .rolelint-baseline.json; it still holds 1.\n"
    );
}

#[test]
fn another_mistake_in_broken_yaml_is_a_new_finding() {
    let here = folder(&[
        CONFIG,
        (
            "a.roles.yaml",
            "team: a\nroles:\n  product-manager: [ana\n  product-owner: ben\n",
        ),
    ]);
    let at = here.path();
    run(at, &["baseline"]);
    assert_eq!(run(at, &["check"]).code, 0);
    write(
        at,
        "a.roles.yaml",
        "team: a\nroles:\n  product-manager: ana\n  product-owner: `ben\n",
    );
    assert_eq!(
        seen(at, &["check", "--format", "concise"]),
        "a.roles.yaml:4:18: error[syntax] text cannot start with a backtick in YAML\nexit code 1\n"
    );
}

#[test]
fn each_organisation_has_its_baseline() {
    let here = folder(&[
        CONFIG,
        ("a.roles.yaml", NO_OWNER),
        (
            "apart/.rolelint.yaml",
            "root: true\ntoday: 2026-06-15\nexceptions: [{rule: placeholder}]\n",
        ),
        ("apart/a.roles.yaml", NO_OWNER),
    ]);
    let at = here.path();
    assert_eq!(
        seen(at, &["baseline"]),
        "\
Wrote .rolelint-baseline.json: it holds 1 finding, and only new ones fail a check from now on.
Wrote apart/.rolelint-baseline.json: it holds 2 findings, and only new ones fail a check from now on.
"
    );
    let lines: Vec<String> = read(at, "apart/.rolelint-baseline.json")
        .lines()
        .map(str::to_owned)
        .collect();
    assert!(
        lines[3].starts_with("    {\"file\":\".rolelint.yaml\",\"rule\":\"unused-ignore\","),
        "{}",
        lines[3]
    );
    assert!(
        lines[4].starts_with("    {\"file\":\"a.roles.yaml\",\"rule\":\"missing-role\","),
        "{}",
        lines[4]
    );
    assert_eq!(
        seen(at, &["check"]),
        "Nothing new in 2 files, and 3 known from the baseline (2 teams, 0 products) in 8 ms.\n"
    );
    std::fs::remove_file(at.join(NAME)).unwrap();
    assert_eq!(
        seen(at, &["check", "--format", "concise"]),
        "a.roles.yaml:2:1: error[missing-role] team `search` has no Product Owner\nexit code 1\n"
    );
    // One file for all of them knows as many as it holds.
    assert_eq!(
        seen(at, &["baseline", "--file", "ci/known.json"]),
        "Wrote ci/known.json: it holds 3 findings, and only new ones fail a check from now on.\n"
    );
    assert_eq!(
        seen(
            at,
            &[
                "check",
                "--baseline",
                "ci/known.json",
                "--format",
                "concise"
            ]
        ),
        ""
    );
    std::fs::remove_file(at.join("a.roles.yaml")).unwrap();
    assert_eq!(
        seen(at, &["baseline", "--file", "ci/known.json", "--check"]),
        "\
1 finding in ci/known.json is gone:
  a.roles.yaml: missing-role: team `search` has no Product Owner
Run `rolelint baseline --prune --file ci/known.json` and commit what it writes.
exit code 1
"
    );
}

#[test]
fn without_any_settings_a_baseline_marks_the_folder_that_it_is_for() {
    let here = folder(&[("in/a.roles.yaml", NO_OWNER)]);
    let at = here.path();
    run(at, &["baseline"]);
    for (folder, path) in [("", "."), ("", "in"), ("in", "."), ("in", "a.roles.yaml")] {
        assert_eq!(
            seen(&at.join(folder), &["check", "-q", path]),
            "",
            "{folder} {path}"
        );
    }
    assert_eq!(run(at, &["check", "-q", "--no-baseline"]).code, 1);
}

#[test]
fn a_baseline_that_cannot_be_read_stops_everything() {
    let here = folder(&[
        CONFIG,
        ("a.roles.yaml", NO_OWNER),
        ("old/a.roles.yaml", "team: old\n"),
    ]);
    let at = here.path();
    let shown = at.canonicalize().unwrap().join(NAME).display().to_string();
    for (text, why) in [
        (
            "{\"version\": 2, \"findings\": []}",
            "it has version 2, and this rolelint reads version 1; use the rolelint that wrote it, or remove it and run `rolelint baseline`",
        ),
        (
            "{\"version\": 1, \"findings\": [}",
            "it is no baseline: expected value at line 1 column 29",
        ),
        (
            "{\n  \"version\": 1,\n  \"findings\": [\n<<<<<<< ours\n",
            "a merge left two versions of some lines behind; keep the lines of both, then run `rolelint baseline --prune`",
        ),
        (
            "",
            "it is no baseline: EOF while parsing a value at line 1 column 0",
        ),
    ] {
        write(at, NAME, text);
        let wanted = format!("error: cannot read the baseline {shown}: {why}.\nexit code 2\n");
        for args in [
            ["check"].as_slice(),
            &["baseline"],
            &["baseline", "--prune"],
            &["baseline", "--check"],
            &["ignore", "--add"],
        ] {
            assert_eq!(seen(at, args), wanted, "{args:?}");
        }
        assert_eq!(read(at, NAME), text);
        assert_eq!(run(at, &["check", "--no-baseline"]).code, 1);
        assert_eq!(run(at, &["check", "--no-ignores"]).code, 1);
    }
    std::fs::remove_file(at.join(NAME)).unwrap();
    std::fs::create_dir(at.join(NAME)).unwrap();
    assert_eq!(
        seen(at, &["check"]),
        format!("error: cannot read the baseline {shown}: it is a folder.\nexit code 2\n")
    );
    for args in [
        ["check", "--baseline", "no.json"].as_slice(),
        &["baseline", "--file", "no.json", "--check"],
        &["baseline", "--file", "no.json", "--prune"],
    ] {
        assert_eq!(
            seen(at, args),
            "error: there is no baseline no.json.\nexit code 2\n"
        );
    }
    for args in [
        ["check", "--baseline", "a", "--no-baseline"],
        ["check", "--baseline", "a", "--no-ignores"],
    ] {
        assert_eq!(run(at, &args).code, 2);
    }
    assert_eq!(run(at, &["baseline", "--check", "--prune"]).code, 2);
}

#[test]
fn what_a_comment_or_an_exception_silences_is_not_noted() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "exceptions: [{rule: placeholder, reason: agreed}]\n",
        ),
        ("a.roles.yaml", STAND_INS),
        (
            "b.roles.yaml",
            &NO_OWNER.replace("roles:", "roles: # rolelint: ignore missing-role -- agreed"),
        ),
    ]);
    assert_eq!(
        seen(here.path(), &["baseline"]),
        "There are no findings, so .rolelint-baseline.json is not needed and not written.\n"
    );
    assert_eq!(
        seen(&here.path().join("."), &["baseline", "--prune"]),
        "There is no .rolelint-baseline.json, so there is nothing to drop.\n"
    );
    let empty = folder(&[]);
    assert_eq!(
        seen(empty.path(), &["baseline"]),
        "No role files found, so there is nothing that a baseline could hold.\n"
    );
}

#[test]
fn a_line_that_is_known_stays_as_it_was_noted() {
    let vacant = "team: a\nroles:\n  product-manager: ana\n  product-owner:\n    vacant: {since: 2026-01-10, cover: ana}\n";
    let here = folder(&[("a.roles.yaml", vacant)]);
    let at = here.path();
    run(at, &["baseline", "--today", "2026-06-15"]);
    assert!(
        read(at, NAME).contains("vacant for 156 days"),
        "{}",
        read(at, NAME)
    );
    write(at, "b.roles.yaml", NO_OWNER);
    run(at, &["baseline", "--today", "2026-07-15"]);
    let after = read(at, NAME);
    assert!(
        after.contains("vacant for 156 days") && after.contains("missing-role"),
        "{after}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let here = folder(&[CONFIG, ("a.roles.yaml", NO_OWNER)]);
    let at = here.path();
    run(at, &["baseline"]);
    let mode = |path: &str| {
        std::fs::metadata(at.join(path))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(NAME), mode("a.roles.yaml"), "those of any new file");
    std::fs::rename(at.join(NAME), at.join("known.json")).unwrap();
    symlink("known.json", at.join(NAME)).unwrap();
    std::fs::set_permissions(at.join("known.json"), PermissionsExt::from_mode(0o640)).unwrap();
    write(at, "b.roles.yaml", &NO_OWNER.replace("search", "find"));
    assert_eq!(run(at, &["baseline"]).code, 0);
    assert!(at.join(NAME).is_symlink());
    assert_eq!(
        (
            read(at, "known.json").matches("missing-role").count(),
            mode("known.json")
        ),
        (2, 0o640)
    );
    assert_eq!(files(at).len(), 5);
}

/// The words of a command, those in quotes as one.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(number, part)| match number % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part],
    });
    words.collect()
}

/// What a command of the documentation prints in a folder.
fn printed(at: &Path, command: &str) -> String {
    let (command, last) = match command.strip_suffix(" | tail -n 1") {
        Some(command) => (command, true),
        None => (command, false),
    };
    let words = words(command);
    let shown = match words.as_slice() {
        ["rolelint", args @ ..] => {
            let ended = run(at, args);
            format!("{}{}", ended.out, ended.err)
        }
        ["head", "-n", count, path] => {
            let lines = count.parse().unwrap();
            let text = read(at, path);
            text.lines()
                .take(lines)
                .map(|line| format!("{line}\n"))
                .collect()
        }
        _ => panic!("{command}"),
    };
    let shown = shown.trim_end();
    match last {
        true => shown.lines().next_back().unwrap_or_default().to_owned(),
        false => shown.to_owned(),
    }
}

#[test]
fn the_way_to_adopt_rolelint_prints_what_it_shows() {
    let here = folder(&[]);
    let at = here.path();
    copy(&sample(), at);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/adopting.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let mut current = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        current.push_str(line);
        current.push('\n');
        if let Some(edit) = line.strip_prefix("<!-- ") {
            // Unseen by readers: what somebody does to a file meanwhile.
            let edit = edit.strip_suffix(" -->").unwrap();
            let (file, edit) = edit.split_once(": ").unwrap();
            let (old, new) = edit.split_once(" becomes ").unwrap();
            let text = read(at, file);
            let [old, new] = [old, new].map(|text| text.trim_matches('"'));
            assert!(text.contains(old), "{line}");
            write(at, file, &text.replace(old, new));
        }
        if line == "```console" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let command = block[0].strip_prefix("$ ").unwrap();
            current.push_str(&format!("$ {command}\n{}\n```\n", printed(at, command)));
        }
    }
    support::assert_file(&path, &current);
}
