//! `rolelint check --changed-since`: what a branch is about.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[path = "support/terminal.rs"]
mod terminal;

use std::path::Path;
use std::process::Command;

use terminal::{folder, read, run, seen, write};

fn git(folder: &Path, args: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {said}");
}

const SHOP: &str = "product: shop\nteams: [deck, search]\nroles:\n  product-manager: ana\n";
const DECK: &str = "team: deck\nproduct: shop\nroles:\n  product-owner: ben\n  scrum-master: TBD\n";
const SEARCH: &str =
    "team: search\nproduct: shop\nroles:\n  product-owner: eve\n  scrum-master: TBD\n";

/// A repository with a product and two teams on `main`, and a branch that starts there.
fn repository() -> tempfile::TempDir {
    let here = folder(&[
        ("org/shop.roles.yaml", SHOP),
        ("org/deck.roles.yaml", DECK),
        ("org/search.roles.yaml", SEARCH),
        ("README.md", "# Roles\n"),
    ]);
    git(here.path(), &["init", "--quiet"]);
    commit(here.path());
    git(here.path(), &["checkout", "--quiet", "-b", "change"]);
    here
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "Change"]);
}

const CHECK: [&str; 5] = ["check", "--changed-since", "main", "--format", "concise"];

const DECK_TBD: &str =
    "org/deck.roles.yaml:5:17: warning[placeholder] \"TBD\" holds the seat of Scrum Master\n";

#[test]
fn nothing_is_listed_where_nothing_changed_that_matters() {
    let here = repository();
    assert_eq!(seen(here.path(), &CHECK), "");
    write(here.path(), "README.md", "# Our roles\n");
    commit(here.path());
    assert_eq!(seen(here.path(), &CHECK), "");
    // All of it is checked as ever without it.
    assert_eq!(
        run(here.path(), &["check", "--format", "concise"])
            .out
            .lines()
            .count(),
        2
    );
}

#[test]
fn all_findings_in_a_touched_file_are_listed_committed_or_not() {
    let here = repository();
    let line = format!("{DECK_TBD}exit code 1\n");
    write(
        here.path(),
        "org/deck.roles.yaml",
        &format!("{DECK}# A remark.\n"),
    );
    assert_eq!(seen(here.path(), &CHECK), line, "changed");
    git(here.path(), &["add", "--all"]);
    assert_eq!(seen(here.path(), &CHECK), line, "staged");
    git(here.path(), &["commit", "--quiet", "--message", "Change"]);
    assert_eq!(seen(here.path(), &CHECK), line, "committed");
    // Also from a folder of the repository, and in the other formats.
    let shown = seen(&here.path().join("org"), &CHECK);
    assert_eq!(shown, line.replace("org/", ""));
    let mut args = CHECK;
    args[4] = "github";
    assert!(seen(here.path(), &args).starts_with("::warning file=org/deck.roles.yaml,"));
}

#[test]
fn a_new_file_counts_before_it_is_added() {
    let here = repository();
    write(
        here.path(),
        "org/refunds.roles.yaml",
        "team: refunds\nproduct: shop\nroles: {product-owner: TBD}\n",
    );
    let shown = seen(here.path(), &CHECK);
    assert!(
        shown.starts_with("org/refunds.roles.yaml:3:24: warning[placeholder]"),
        "{shown}"
    );
    write(here.path(), ".gitignore", "refunds.roles.yaml\n");
    assert_eq!(
        seen(here.path(), &CHECK),
        "",
        "what git ignores is not part of the branch"
    );
}

#[test]
fn what_a_change_causes_elsewhere_is_listed_and_what_was_there_before_is_not() {
    let here = repository();
    // Without its Product Manager the product lacks one, and its file is the only one that changed.
    write(
        here.path(),
        "org/people.roles.yaml",
        "people:\n  ana: {name: Ana Lima}\n  ben: {name: Ben Okafor}\n",
    );
    let shown = seen(here.path(), &CHECK);
    assert_eq!(
        shown,
        "org/search.roles.yaml:4:18: error[unknown-person] `eve` holds the seat of the Product Owner and is not in the people document\nexit code 1\n"
    );
}

#[test]
fn a_file_that_is_gone_is_missed_where_others_need_it() {
    let here = repository();
    std::fs::remove_file(here.path().join("org/shop.roles.yaml")).unwrap();
    commit(here.path());
    let shown = seen(here.path(), &CHECK);
    assert!(
        shown.contains("org/deck.roles.yaml:2:10: error[unresolved-reference]"),
        "{shown}"
    );
    assert!(
        shown.contains("org/search.roles.yaml:2:10: error[unresolved-reference]"),
        "{shown}"
    );
    assert!(!shown.contains("placeholder"), "{shown}");
}

#[test]
fn a_file_with_another_name_is_touched_and_nothing_else_is() {
    let here = repository();
    git(
        here.path(),
        &["mv", "org/deck.roles.yaml", "org/Größe (1).roles.yaml"],
    );
    commit(here.path());
    assert_eq!(
        seen(here.path(), &CHECK),
        format!("{}exit code 1\n", DECK_TBD.replace("deck", "Größe (1)"))
    );
}

#[test]
fn a_configuration_and_a_catalog_reach_every_file_that_they_hold_for() {
    let here = repository();
    write(here.path(), ".rolelint.yaml", "rules: {placeholder: off}\n");
    commit(here.path());
    git(here.path(), &["branch", "--force", "main"]);
    write(
        here.path(),
        ".rolelint.yaml",
        "rules: {placeholder: error}\n",
    );
    let shown = seen(here.path(), &CHECK);
    assert_eq!(shown.matches("error[placeholder]").count(), 2, "{shown}");
}

#[cfg(unix)]
#[test]
fn files_are_found_through_a_link() {
    let here = repository();
    let other = tempfile::tempdir().unwrap();
    let link = other.path().join("link");
    std::os::unix::fs::symlink(here.path(), &link).unwrap();
    write(
        here.path(),
        "org/people.roles.yaml",
        "people:\n  ana: {name: Ana Lima}\n  ben: {name: Ben Okafor}\n",
    );
    let mut args = CHECK.to_vec();
    let org = link.join("org");
    args.push(org.to_str().unwrap());
    let shown = seen(here.path(), &args);
    assert!(
        shown.contains("/link/org/search.roles.yaml:4:18: error[unknown-person]"),
        "{shown}"
    );
}

#[test]
fn what_main_did_meanwhile_is_not_the_branchs() {
    let here = repository();
    write(
        here.path(),
        "org/deck.roles.yaml",
        &format!("{DECK}# A remark.\n"),
    );
    commit(here.path());
    git(here.path(), &["checkout", "--quiet", "main"]);
    write(
        here.path(),
        "org/search.roles.yaml",
        &format!("{SEARCH}# A remark.\n"),
    );
    commit(here.path());
    git(here.path(), &["checkout", "--quiet", "change"]);
    assert_eq!(
        seen(here.path(), &CHECK),
        format!("{DECK_TBD}exit code 1\n")
    );
    // Commits and tags are references, too.
    git(here.path(), &["tag", "v1", "main"]);
    let args = ["check", "--changed-since", "v1", "--format", "concise"];
    assert_eq!(seen(here.path(), &args), format!("{DECK_TBD}exit code 1\n"));
}

#[test]
fn the_summary_and_the_exit_code_are_those_of_what_is_listed() {
    let here = repository();
    let args = ["check", "--changed-since", "main"];
    assert_eq!(
        seen(here.path(), &args),
        "Nothing new since `main` in 3 files (2 teams, 1 product) in 8 ms.\n"
    );
    write(
        here.path(),
        "org/deck.roles.yaml",
        &format!("{DECK}# A remark.\n"),
    );
    let ended = run(here.path(), &args);
    assert_eq!(ended.code, 1);
    assert!(
        ended.out.ends_with(
            "Found 1 warning in 1 of 3 files since `main` (2 teams, 1 product) in 8 ms.\n"
        ),
        "{}",
        ended.out
    );
}

#[test]
fn what_cannot_be_told_says_why() {
    let alone = folder(&[("a.roles.yaml", DECK)]);
    let ended = run(alone.path(), &CHECK);
    assert_eq!(ended.code, 2);
    assert!(
        ended
            .err
            .starts_with("error: --changed-since needs a git repository, and "),
        "{}",
        ended.err
    );
    let here = repository();
    assert_eq!(
        seen(here.path(), &["check", "--changed-since", "develop"]),
        "error: there is no branch, tag or commit `develop`; if it is a branch of the remote, name it like `origin/develop`.\nexit code 2\n"
    );
    assert_eq!(
        seen(here.path(), &["check", "--changed-since=--output=x"])
            .lines()
            .last()
            .unwrap(),
        "exit code 2"
    );
    assert!(!here.path().join("x").exists());
    git(here.path(), &["checkout", "--quiet", "--orphan", "other"]);
    write(here.path(), "README.md", "# Other roles\n");
    commit(here.path());
    assert_eq!(
        seen(here.path(), &CHECK),
        "error: the current branch and `main` have no commit in common.\nexit code 2\n"
    );
    for (args, why) in [
        (
            ["check", "--changed-since", "main", "--fix"],
            "--changed-since only checks",
        ),
        (
            ["check", "--changed-since", "main", "--watch"],
            "--watch goes without --changed-since",
        ),
        (
            ["check", "--changed-since", "main", "-"],
            "--changed-since needs files or folders",
        ),
    ] {
        assert!(seen(here.path(), &args).starts_with(&format!("error: {why}")));
    }
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let here = repository();
    write(
        here.path(),
        "org/deck.roles.yaml",
        &format!("{DECK}# A remark.\n"),
    );
    commit(here.path());
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", here.path().display());
    let target = clone.path().join("clone");
    let target_name = target.to_str().unwrap();
    git(
        clone.path(),
        &[
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--branch",
            "change",
            &url,
            target_name,
        ],
    );
    let shown = seen(&target, &["check", "--changed-since", "origin/main"]);
    assert!(
        shown.starts_with("error: there is no commit `origin/main` in this clone, which does not have the whole history; fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` for `actions/checkout`"),
        "{shown}"
    );
    git(
        &target,
        &["fetch", "--quiet", "--depth", "1", "origin", "main:main"],
    );
    let shown = seen(&target, &["check", "--changed-since", "main"]);
    assert!(
        shown.starts_with("error: this clone does not have the history back to where the branch left `main`; fetch all of it"),
        "{shown}"
    );
    assert!(shown.ends_with("exit code 2\n"));
}

#[test]
fn the_repository_is_only_looked_at() {
    let here = repository();
    write(
        here.path(),
        "org/deck.roles.yaml",
        &format!("{DECK}# A remark.\n"),
    );
    let index = std::fs::read(here.path().join(".git/index")).unwrap();
    let head = read(here.path(), ".git/HEAD");
    seen(here.path(), &CHECK);
    assert_eq!(
        std::fs::read(here.path().join(".git/index")).unwrap(),
        index
    );
    assert_eq!(read(here.path(), ".git/HEAD"), head);
}
