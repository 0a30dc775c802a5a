//! Known findings as people meet them: what is written, what is printed, how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[path = "support/program.rs"]
mod program;
mod support;

use std::path::{Path, PathBuf};

use program::{copy, files, folder, read, run, seen, write};

const NAME: &str = ".rolelint-baseline.json";
const CONFIG: (&str, &str) = (".rolelint.yaml", "today: 2026-06-15\n");
const NO_OWNER: &str = "team: search\nroles:\n  product-manager: ana\n";
const STAND_INS: &str = "team: deck\nroles:\n  product-manager: TBD\n  product-owner: TBD\n";

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample")
}

#[test]
fn known_findings_fail_no_check_and_new_ones_do() {
    let here = folder(&[CONFIG, ("teams/a.roles.yaml", NO_OWNER), ("teams/b.roles.yaml", STAND_INS)]);
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
    {"file":"teams/a.roles.yaml","rule":"missing-role","fingerprint":"","message":"team `search` has no Product Owner"},
    {"file":"teams/b.roles.yaml","rule":"placeholder","fingerprint":"","message":"\"TBD\" holds the seat of Product Manager"},
    {"file":"teams/b.roles.yaml","rule":"placeholder","fingerprint":"","message":"\"TBD\" holds the seat of Product Owner"}
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
    write(at, "teams/a.roles.yaml", &format!("# moved\n\n{NO_OWNER}  scrum-master: \"???\"\n"));
    assert_eq!(
        seen(at, &["check", "--show-known", "teams/a.roles.yaml"]),
        "\
known error[missing-role]: team `search` has no Product Owner
 --> teams/a.roles.yaml:4:1
  |
4 | roles:
  | ^^^^^
"
    );
}
