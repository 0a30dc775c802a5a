//! Findings in the formats of CI services and other programs. What programs of others make of them is tried in
//! `tests/consumers`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::path::{Path, PathBuf};

use serde_json::Value;
use terminal::{Ended, copy, folder, read, run, seen, write};

const FORMATS: [&str; 8] = [
    "github",
    "gitlab",
    "junit",
    "sarif",
    "checkstyle",
    "rdjson",
    "azure",
    "markdown",
];

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report")
}

/// The sample in the folder `org` of a repository: with an error, warnings, hints, related places, mends, something
/// ignored, something excepted and something known.
fn sample() -> (tempfile::TempDir, PathBuf) {
    let repository = tempfile::tempdir().unwrap();
    std::fs::create_dir(repository.path().join(".git")).unwrap();
    let org = repository.path().join("org");
    copy(&here().join("sample"), &org);
    (repository, org)
}

fn check(folder: &Path, args: &[&str]) -> Ended {
    run(folder, &[&["check"], args].concat())
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_format_prints_what_it_is_known_to_print() {
    let (_repository, org) = sample();
    for format in FORMATS {
        let mut args = vec!["--format", format];
        if format == "sarif" {
            args.extend(["--show-known", "--show-ignored"]);
        }
        if format == "junit" {
            args.push("--show-known");
        }
        let ended = check(&org, &args);
        assert_eq!((ended.code, ended.err.as_str()), (1, ""), "{format}");
        let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
        let shown = ended.out.replace(&version, "\"VERSION\"");
        support::assert_file(&here().join("expected").join(format), &shown);
    }
}

#[test]
fn json_formats_follow_their_schemas() {
    let (_repository, org) = sample();
    for format in ["gitlab", "rdjson"] {
        let schema = read(&here(), &format!("{format}.schema.json"));
        let schema = jsonschema::validator_for(&value(&schema)).unwrap();
        let found = value(&check(&org, &["--format", format]).out);
        let errors: Vec<String> = schema
            .iter_errors(&found)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{format}");
        let mut wrong = found;
        let first = wrong.pointer_mut("/0").is_some();
        let severity = if first {
            "/0/severity"
        } else {
            "/diagnostics/0/severity"
        };
        *wrong.pointer_mut(severity).unwrap() = "bad".into();
        assert!(!schema.is_valid(&wrong), "{format}");
    }
}

#[test]
fn one_run_writes_several_files_and_prints_what_format_says() {
    let (_repository, org) = sample();
    let ended = check(
        &org,
        &[
            "--format",
            "concise",
            "--output",
            "sarif=reports/ci/roles.sarif",
            "--output",
            "junit=roles.xml",
            "--output",
            "json=roles.json",
        ],
    );
    assert_eq!(ended.code, 1);
    assert_eq!(ended.out, check(&org, &["--format", "concise"]).out);
    for (file, format) in [
        ("reports/ci/roles.sarif", "sarif"),
        ("roles.xml", "junit"),
        ("roles.json", "json"),
    ] {
        assert_eq!(read(&org, file), check(&org, &["--format", format]).out);
    }
    // A second run replaces what the first one wrote.
    write(&org, "roles.xml", "old");
    check(&org, &["--output", "junit=roles.xml"]);
    assert!(read(&org, "roles.xml").starts_with("<?xml"));
    let clean = folder(&[(
        "a.roles.yaml",
        "team: a\nroles: {product-manager: ana, product-owner: ben}\n",
    )]);
    check(
        clean.path(),
        &["--output", "gitlab=q.json", "--output", "junit=j.xml"],
    );
    assert_eq!(read(clean.path(), "q.json"), "[]\n");
    assert!(read(clean.path(), "j.xml").contains("tests=\"1\" failures=\"0\""));
}

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let (_repository, org) = sample();
    for (output, why) in [
        (
            "report.sarif",
            "a format and a file belong here, like `sarif=report.sarif`",
        ),
        ("sarf=a", "there is no format `sarf`; did you mean `sarif`?"),
        ("sarif=", "the name of a file is missing after `sarif=`"),
    ] {
        let ended = check(&org, &["--output", output]);
        assert_eq!(ended.code, 2);
        assert!(ended.err.contains(why), "{}", ended.err);
    }
    let ended = check(&org, &["--output", "sarif=teams"]);
    assert_eq!(ended.code, 2);
    assert_eq!(ended.err, "error: cannot write teams: it is a folder.\n");
    let ended = check(&org, &["--output", "sarif=people.roles.yaml/x"]);
    assert_eq!(ended.code, 2);
    assert!(
        ended
            .err
            .starts_with("error: cannot write people.roles.yaml/x: ")
    );
    assert_eq!(
        seen(&org, &["check", "--statistics", "--format", "sarif"]),
        "error: --statistics prints text or JSON: `--format text` or `--format json`.\nexit code 2\n"
    );
}

#[test]
fn github_gets_the_worst_first_and_hears_what_it_will_not_show() {
    let mut team = String::from("team: a\nroles:\n  product-manager: ana\n  product-owner: ben\n");
    for number in 0..12 {
        team.push_str(&format!("  role-{number}: TBD\n"));
    }
    team.push_str("rolls: {}\n");
    let here = folder(&[("a.roles.yaml", &team)]);
    let out = check(here.path(), &["--format", "github"]).out;
    let kinds: Vec<&str> = out
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    let warnings = kinds.iter().filter(|kind| **kind == "::warning").count();
    assert_eq!(kinds[0], "::error");
    assert_eq!(kinds[1..=warnings], vec!["::warning"; warnings]);
    assert!(warnings > 10, "{out}");
    let hidden = warnings - 10;
    assert!(
        out.ends_with(&format!(
            "\nGitHub shows 10 annotations of each kind for a step; {hidden} more are only in this log.\n"
        )),
        "{out}"
    );
}

/// Undoes what GitHub undoes.
fn from_github(text: &str) -> String {
    text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%")
}

const HOSTILE: &str =
    "::error::a%0Ab,c;d]e##vso[task.setvariable variable=x]y<b>&\\\"'|`*_@ana](1)]]>";

#[test]
fn names_out_of_files_are_never_commands_or_marks() {
    let path = "d,%3A: ;]\"'<&>/a.roles.yaml";
    let team = format!(
        "team: \"{HOSTILE}\"\nroles:\n  product-manager: TBD\n  product-owner: \"{HOSTILE}\"\n  \"{HOSTILE}\": x\n"
    );
    let here = folder(&[
        (path, &team),
        (".rolelint.yaml", "rules: {unknown-role: hint}\n"),
    ]);
    let out = check(here.path(), &["--format", "github"]).out;
    assert!(out.lines().count() >= 2);
    for line in out.lines() {
        let (head, _) = line[2..].split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&command));
        let file = properties.split(',').next().unwrap();
        assert_eq!(from_github(file.strip_prefix("file=").unwrap()), path);
        let properties: Vec<&str> = properties
            .split(',')
            .map(|property| property.split_once('=').unwrap().0)
            .collect();
        assert_eq!(
            properties,
            ["file", "line", "endLine", "col", "endColumn", "title"]
        );
    }
    let out = check(here.path(), &["--format", "azure"]).out;
    let hints = out
        .lines()
        .filter(|line| !line.starts_with("##vso[task.logissue "));
    let hints: Vec<&str> = hints.collect();
    assert!(!hints.is_empty());
    for hint in hints {
        assert!(!hint.contains("##"), "{hint}");
    }
    let out = check(here.path(), &["--format", "markdown"]).out;
    for row in out.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let bare = row.replace("\\|", "");
        assert_eq!(bare.matches('|').count(), 4, "{row}");
        assert!(!row.contains("<b>") && !row.contains("@ana"), "{row}");
    }
    let log = value(&check(here.path(), &["--format", "sarif"]).out);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "d%2C%253A%3A%20%3B%5D%22%27%3C%26%3E/a.roles.yaml"
    );
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let text = result["message"]["text"].as_str().unwrap();
        assert!(!text.contains("](1)"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_utf_8_and_one_with_control_characters_come_through() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let here = tempfile::tempdir().unwrap();
    for name in [&b"\xff"[..], b"a\x01\nb"] {
        let folder = here.path().join(OsStr::from_bytes(name));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a.roles.yaml"), "team: a\nrolls: {}\n").unwrap();
    }
    let log = value(&check(here.path(), &["--format", "sarif"]).out);
    let of = |number: usize| {
        let location = &log["runs"][0]["results"][number]["locations"][0];
        location["physicalLocation"]["artifactLocation"]["uri"].clone()
    };
    assert_eq!(of(0), "a%01%0Ab/a.roles.yaml");
    let last = log["runs"][0]["results"].as_array().unwrap().len() - 1;
    assert_eq!(of(last), "%FF/a.roles.yaml");
    for format in FORMATS {
        let out = check(here.path(), &["--format", format]).out;
        let is_xml = matches!(format, "junit" | "checkstyle");
        assert!(!is_xml || !out.contains('\u{1}'), "{format}");
        let is_line_format = matches!(format, "github" | "azure");
        assert!(!is_line_format || !out.contains("\nb/"), "{format}");
    }
}

#[test]
fn columns_are_counted_as_each_reader_counts_them() {
    // "é" is two bytes and one unit; the party popper is four bytes, two units and one character.
    let here = folder(&[("a.roles.yaml", "\u{feff}team: {é🎉x: 1}\n")]);
    let out = |format: &str| value(&check(here.path(), &["--format", format]).out);
    let json = out("json");
    let number = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .position(|finding| finding["start"]["column"] != 1)
        .unwrap();
    let column = json["findings"][number]["start"]["column"]
        .as_u64()
        .unwrap();
    let sarif = &out("sarif")["runs"][0]["results"][number]["locations"][0];
    let rdjson = &out("rdjson")["diagnostics"][number]["location"]["range"];
    let region = &sarif["physicalLocation"]["region"];
    assert_eq!(region["startColumn"], column);
    assert_eq!(
        rdjson["start"]["column"],
        column + 3,
        "the mark is three bytes"
    );
    let end = json["findings"][number]["end"]["column"].as_u64().unwrap();
    assert_eq!(region["endColumn"], end + 1);
    assert_eq!(rdjson["end"]["column"], end + 3 + 1 + 3);
}

#[test]
fn junit_fails_what_fails_the_check() {
    let (_repository, org) = sample();
    let failures = |fail_on: &str| {
        let out = check(&org, &["--format", "junit", "--fail-on", fail_on]).out;
        let (_, rest) = out.split_once("failures=\"").unwrap();
        rest.split('"').next().unwrap().parse::<usize>().unwrap()
    };
    let count = |severity: &str| {
        let out = check(&org, &["--format", "concise"]).out;
        out.matches(&format!(": {severity}[")).count()
    };
    assert_eq!(failures("never"), 0);
    assert_eq!(failures("error"), count("error"));
    assert_eq!(failures("warning"), count("error") + count("warning"));
    assert_eq!(
        failures("hint"),
        count("error") + count("warning") + count("hint")
    );
}

#[test]
fn a_summary_links_to_the_files_where_the_service_says_where_they_are() {
    let (_repository, org) = sample();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_rolelint"))
        .args(["check", "--format", "markdown"])
        .current_dir(&org)
        .envs([
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_REPOSITORY", "acme/roles"),
            ("GITHUB_SHA", "1f3c"),
        ])
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains(
        "[org/teams/deck.roles.yaml:5](https://github.com/acme/roles/blob/1f3c/org/teams/deck.roles.yaml#L5)"
    ), "{out}");
}

#[test]
fn statistics_count_the_findings_of_each_rule() {
    let (_repository, org) = sample();
    assert_eq!(
        seen(&org, &["check", "--statistics"]),
        "\
2  hint     vague-duty          a line that names no activity, or says what somebody is like and not what they do
1  error    departed-holder     a holder whose last day (`left:`) has come, and who still holds a role
1  hint     missing-pm-po-link  a Product Manager and a Product Owner, and nothing says that they work together, or only one side says it
1  warning  placeholder         a stand-in where a name or a duty should be: TBD, TODO, n/a, ???, `[Full Name]`, `<name>`, xxx
1  error    unknown-key         a key that the format does not have
0  warning  hollow-role         a role without its defining duties, such as a Product Owner who only writes stories (and 1 known)

Found 2 errors, 1 warning and 3 hints in 2 of 5 files, and 1 known from the baseline (3 teams, 1 product) in 8 ms.
exit code 1
"
    );
    let counts = value(&check(&org, &["--statistics", "--format", "json"]).out);
    assert_eq!(
        counts[0],
        serde_json::json!({"rule": "vague-duty", "group": "wording", "severity": "hint", "findings": 2, "known": 0})
    );
    let known: Vec<&Value> = counts
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["known"] == 1)
        .collect();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0]["rule"], "hollow-role");
    assert_eq!(known[0]["findings"], 0);
}

#[test]
fn timing_says_where_the_time_went_on_standard_error() {
    let (_repository, org) = sample();
    let ended = check(&org, &["--timing", "--format", "concise"]);
    assert_eq!(ended.out, check(&org, &["--format", "concise"]).out);
    let names: Vec<&str> = ended
        .err
        .lines()
        .filter(|line| line.ends_with(" ms"))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        names[..8],
        [
            "discover",
            "read",
            "parse",
            "understand",
            "index",
            "rules",
            "finish",
            "on"
        ]
    );
    assert_eq!(names.len(), 18, "and ten rules: {}", ended.err);
    // Without it nothing is said.
    assert_eq!(check(&org, &["--format", "concise"]).err, "");
}
