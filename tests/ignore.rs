//! Ignore comments as people meet them: what is written, what is printed, how it ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use std::path::Path;
use std::sync::Arc;

use rolelint::rules::{Finding, hush};
use serde::Deserialize;
use support::{Random, check_files};
use terminal::{copy, files, folder, read, run, seen, write};

const DECK: &str = "team: deck\nroles:\n  product-manager: TBD\n  product-owner: TBD # hiring\n";
const NO_OWNER: &str = "team: search\nroles:\n  product-manager: ana\n";

#[test]
fn comments_are_written_and_the_check_is_silent() {
    let here = folder(&[("a.roles.yaml", DECK), ("b.roles.yaml", NO_OWNER)]);
    let at = here.path();
    assert_eq!(
        seen(at, &["ignore", "--add", "--reason", "agreed in May"]),
        "Wrote ignore comments for 3 findings in 2 files.\n"
    );
    assert_eq!(
        read(at, "a.roles.yaml"),
        "\
team: deck
roles:
  product-manager: TBD # rolelint: ignore placeholder -- agreed in May
  # rolelint: ignore placeholder -- agreed in May
  product-owner: TBD # hiring
"
    );
    assert_eq!(
        read(at, "b.roles.yaml"),
        "team: search\nroles: # rolelint: ignore missing-role -- agreed in May\n  product-manager: ana\n"
    );
    assert_eq!(
        seen(at, &["check"]),
        "All is well in 2 files (2 teams, 0 products) in 8 ms.\n"
    );
    assert_eq!(
        seen(at, &["ignore", "--add"]),
        "There are no findings, so there is nothing to ignore.\n"
    );
    assert_eq!(
        seen(at, &["check", "--no-ignores", "--format", "concise"]),
        "a.roles.yaml:3:20: warning[placeholder] \"TBD\" holds the seat of Product Manager\n\
         a.roles.yaml:5:18: warning[placeholder] \"TBD\" holds the seat of Product Owner\n\
         b.roles.yaml:2:1: error[missing-role] team `search` has no Product Owner\n\
         exit code 1\n"
    );
}

#[test]
fn a_patch_shows_what_would_be_written_and_writes_nothing() {
    let here = folder(&[("in/a.roles.yaml", DECK)]);
    let at = here.path();
    assert_eq!(
        seen(at, &["ignore", "--add", "--diff", "in"]),
        "\
--- a/in/a.roles.yaml
+++ b/in/a.roles.yaml
@@ -1,4 +1,5 @@
 team: deck
 roles:
-  product-manager: TBD
+  product-manager: TBD # rolelint: ignore placeholder
+  # rolelint: ignore placeholder
   product-owner: TBD # hiring
note: would write ignore comments for 2 findings in 1 file.
exit code 1
"
    );
    assert_eq!(read(at, "in/a.roles.yaml"), DECK);
}

#[test]
fn only_the_rules_that_are_named_are_ignored() {
    let here = folder(&[("a.roles.yaml", &format!("{NO_OWNER}  scrum-master: TBD\n"))]);
    let at = here.path();
    let says = |rule: &str| seen(at, &["ignore", "--add", "--rule", rule]);
    assert_eq!(
        says("missing-role"),
        "Wrote ignore comments for 1 finding in 1 file.\n"
    );
    assert_eq!(
        seen(at, &["check", "--format", "concise"]),
        "a.roles.yaml:4:17: warning[placeholder] \"TBD\" holds the seat of Scrum Master\nexit code 1\n"
    );
    assert_eq!(
        says("missing-role"),
        "There are no findings, so there is nothing to ignore.\n"
    );
    assert_eq!(
        says("placeholdr"),
        "error: there is no rule `placeholdr`; did you mean `placeholder`?\nexit code 2\n"
    );
    assert_eq!(
        says("everything"),
        "error: there is no rule `everything`; `rolelint rules` lists them.\nexit code 2\n"
    );
    assert_eq!(
        says("unused-ignore"),
        "error: no comment silences `unused-ignore`; correct or remove the comment or exception that it is about.\nexit code 2\n"
    );
    assert_eq!(run(at, &["ignore"]).code, 2);
}

#[test]
fn a_comment_that_is_there_gets_the_rule_and_the_reason() {
    let text = "\
team: search # rolelint: ignore unlinked-team -- alone
roles:
  # rolelint: ignore status-in-name -- until she is back
  product-manager: Ana (on leave)
  product-owner: TBD # rolelint: ignore
";
    let here = folder(&[
        ("a.roles.yaml", text),
        ("p.roles.yaml", "people: {ben: Ben Oh}\n"),
    ]);
    let at = here.path();
    let ended = run(at, &["ignore", "--add", "--reason", "new"]);
    assert_eq!(
        read(at, "a.roles.yaml"),
        "\
team: search # rolelint: ignore unlinked-team -- alone
roles:
  # rolelint: ignore status-in-name, unknown-person -- until she is back; new
  product-manager: Ana (on leave)
  product-owner: TBD # rolelint: ignore placeholder -- new
"
    );
    assert_eq!(
        ended.out,
        "\
Wrote ignore comments for 2 findings in 1 file.
1 finding is left, as no comment can silence it:
a.roles.yaml:1:33: warning[unused-ignore] nothing here needs `ignore unlinked-team`
"
    );
    assert_eq!(ended.code, 1);
}

#[test]
fn every_layout_and_line_ending_stays_as_it_is() {
    let text = "\u{feff}{team: deck, roles: {product-manager: TBD, product-owner: [TBD,\r\n    \"TBD\"]}}\r\n---\r\nteam: pier\r\nroles:\r\n    product-manager:\r\n        holder: ana\t\r\n        duties:\r\n            - >-\r\n                Help with\r\n                various things\r\n            - 'Help with\r\n              anything'\r\n    product-owner: ben   \r\n    scrum-master: ???";
    let here = folder(&[
        ("a.roles.yaml", text),
        (
            ".rolelint.yaml",
            "rules: {coverage: off, ownership: off, several-holders: off}\n",
        ),
    ]);
    let at = here.path();
    assert_eq!(
        seen(at, &["ignore", "--add"]),
        "Wrote ignore comments for 7 findings in 1 file.\n"
    );
    assert_eq!(read(at, "a.roles.yaml").replace("\r\n", "⏎\n"), "\u{feff}{team: deck, roles: {product-manager: TBD, product-owner: [TBD, # rolelint: ignore placeholder⏎
    \"TBD\"]}} # rolelint: ignore placeholder⏎
---⏎
team: pier⏎
roles:⏎
    product-manager: # rolelint: ignore no-long-term-owner⏎
        holder: ana\t⏎
        duties:⏎
            # rolelint: ignore vague-duty⏎
            - >-⏎
                Help with⏎
                various things⏎
            # rolelint: ignore vague-duty⏎
            - 'Help with⏎
              anything'⏎
    product-owner: ben   ⏎
    scrum-master: ??? # rolelint: ignore placeholder");
    assert_eq!(run(at, &["check", "-q"]).code, 0);
}

#[test]
fn what_no_comment_can_silence_is_left_and_told() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "modle: none\nexceptions: [{rule: placeholder}]\n",
        ),
        ("a.roles.yaml", "catalog: acme\nextends: nowhere.yaml\n"),
        ("b.roles.yaml", NO_OWNER),
        ("c.roles.yaml", "# nothing but a remark\n"),
    ]);
    let at = here.path();
    assert_eq!(
        seen(at, &["ignore", "--add"]),
        "\
Wrote ignore comments for 1 finding in 1 file.
3 findings are left, as no comment can silence them:
.rolelint.yaml:1:1: error[unknown-key] a configuration has no key `modle`
.rolelint.yaml:2:21: warning[unused-ignore] nothing needs this exception from `placeholder`
a.roles.yaml:2:10: error[unresolved-reference] there is no catalog `nowhere.yaml`
exit code 1
"
    );
    assert_eq!(
        read(at, "a.roles.yaml"),
        "catalog: acme\nextends: nowhere.yaml\n"
    );
}

#[test]
fn what_the_baseline_knows_gets_no_comment() {
    let here = folder(&[("a.roles.yaml", DECK)]);
    let at = here.path();
    run(at, &["baseline"]);
    write(at, "b.roles.yaml", NO_OWNER);
    assert_eq!(
        seen(at, &["ignore", "--add"]),
        "Wrote ignore comments for 1 finding in 1 file.\n"
    );
    assert_eq!(read(at, "a.roles.yaml"), DECK);
    assert_eq!(
        seen(at, &["ignore", "--add"]),
        "There are no new findings, so there is nothing to ignore.\n"
    );
    assert_eq!(
        seen(at, &["ignore", "--add", "--no-baseline", "--diff"])
            .matches("\n+")
            .count(),
        3,
        "two comments and the name of the file"
    );
    assert_eq!(
        seen(at, &["check"]),
        "Nothing new in 2 files, and 2 known from the baseline (2 teams, 0 products) in 8 ms.\n"
    );
    assert_eq!(
        seen(at, &["check", "--no-ignores", "--format", "concise"]),
        "a.roles.yaml:3:20: warning[placeholder] \"TBD\" holds the seat of Product Manager\n\
         a.roles.yaml:4:18: warning[placeholder] \"TBD\" holds the seat of Product Owner\n\
         b.roles.yaml:2:1: error[missing-role] team `search` has no Product Owner\n\
         exit code 1\n"
    );
}

#[test]
fn nothing_is_silent_without_ignores() {
    let here = folder(&[
        (
            ".rolelint.yaml",
            "exceptions:\n  - {rule: missing-role, reason: agreed}\n  - {rule: vague-duty, until: 2020-01-01}\n",
        ),
        (
            "a.roles.yaml",
            "# rolelint: ignore-file placeholder, missing-role -- hiring\nteam: deck # rolelint: disable placeholder\nroles:\n  product-manager: TBD # rolelint: ignore status-in-name\n",
        ),
    ]);
    let at = here.path();
    assert_eq!(
        seen(at, &["check", "--no-ignores", "--format", "concise"]),
        "a.roles.yaml:3:1: error[missing-role] team `deck` has no Product Owner\n\
         a.roles.yaml:4:20: warning[placeholder] \"TBD\" holds the seat of Product Manager\n\
         exit code 1\n"
    );
    let shown = run(at, &["check", "--format", "concise"]).out;
    assert!(
        shown.lines().all(|line| line.contains("[unused-ignore]")),
        "{shown}"
    );
    assert_eq!(shown.lines().count(), 4, "{shown}");
}

/// The files of the cases in `tests/rules`, each case in a folder of its own.
fn cases(to: &Path) {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    for name in files(&cases) {
        let markdown = read(&cases, &name);
        for (number, case) in markdown.split("\n## ").enumerate().skip(1) {
            let folder = format!("{}/{number}", name.trim_end_matches(".md"));
            write(to, &format!("{folder}/.rolelint.yaml"), "root: true\n");
            for block in case.split("\n```yaml ").skip(1) {
                let (path, text) = block.split_once('\n').unwrap();
                let text = text.split("```").next().unwrap();
                let root = if path == ".rolelint.yaml" {
                    "root: true\n"
                } else {
                    ""
                };
                write(to, &format!("{folder}/{path}"), &format!("{root}{text}"));
            }
        }
    }
}

/// What YAML holds, if it is YAML.
fn meaning(text: &str) -> Option<Vec<serde_yaml::Value>> {
    let documents = serde_yaml::Deserializer::from_str(text);
    let documents: Result<Vec<_>, _> = documents.map(serde_yaml::Value::deserialize).collect();
    documents.ok()
}

/// Ignores everything: afterwards only what no comment can silence is reported, and nothing but comments has come.
fn assert_all_can_be_ignored(at: &Path) {
    let before: Vec<(String, String)> = files(at)
        .into_iter()
        .map(|path| (path.clone(), read(at, &path)))
        .collect();
    let on = |args: &[&str]| run(at, &[args, &["--today", "2026-06-15"]].concat());
    let found = on(&["check", "--format", "concise"]).out;
    let ended = on(&["ignore", "--add", "--reason", "known: # \"so\""]);
    assert_eq!(ended.err, "");
    let left = on(&["check", "--format", "concise"]).out;
    let told: Vec<&str> = ended.out.lines().skip(2).collect();
    assert_eq!(left.lines().collect::<Vec<_>>(), told);
    assert!(found.lines().count() > 10 * told.len(), "{left}");
    for line in told {
        let of_comments = line.contains("[unused-ignore]");
        let of_settings = line.contains("/.rolelint.yaml:");
        assert!(
            of_comments || of_settings || line.contains("catalog"),
            "{line}"
        );
    }
    for (path, old) in before {
        let new = read(at, &path);
        assert_eq!(meaning(&old), meaning(&new), "{path}\n{new}");
        let mut rest = new.as_str();
        for line in old.lines() {
            let words = line.split(" # rolelint").next().unwrap();
            let at = rest
                .find(words)
                .unwrap_or_else(|| panic!("{path} lost {line}\n{new}"));
            rest = &rest[at + words.len()..];
        }
    }
}

#[test]
fn every_finding_of_the_cases_of_the_rules_and_of_the_sample_can_be_ignored() {
    let here = folder(&[]);
    cases(here.path());
    assert!(files(here.path()).len() > 500);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample");
    copy(&sample, &here.path().join("sample"));
    for path in files(here.path()).iter().step_by(2) {
        let text = read(here.path(), path);
        write(here.path(), path, &text.replace('\n', "\r\n"));
    }
    assert_all_can_be_ignored(here.path());
}

const CHUNKS: &[&str] = &[
    "TBD",
    " # a remark",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "- ",
    ": ",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "!t ",
    "---\n",
    "%YAML 1.2\n",
    "🎉",
    "\u{feff}",
    "# rolelint: ignore placeholder",
    "#rolelint:ignore",
    "? ",
];

/// A text with a few mistakes in it.
fn broken(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.below(6) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        if places.is_empty() {
            break;
        }
        let at = places[random.below(places.len())];
        if random.below(3) == 0 {
            let end = places[random.below(places.len())].min(at + 20).max(at);
            let end = (end..).find(|end| text.is_char_boundary(*end)).unwrap();
            text.replace_range(at..end, "");
        } else {
            text.insert_str(at, CHUNKS[random.below(CHUNKS.len())]);
        }
    }
    text
}

#[test]
fn comments_in_broken_files_do_no_harm_either() {
    // `ROLELINT_SEEDS=10000` tries as many.
    let seeds = std::env::var("ROLELINT_SEEDS").ok();
    let seeds = seeds.map_or(50, |seeds| seeds.parse().unwrap());
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sample/teams");
    let texts: Vec<String> = files(&sample)
        .iter()
        .map(|path| read(&sample, path))
        .collect();
    let mut placed = 0;
    for seed in 1..=seeds {
        let mut random = Random::new(seed);
        let text = broken(&texts[random.below(texts.len())], &mut random);
        let check = |text: &str| check_files(&[("a.roles.yaml".to_owned(), text.to_owned())]);
        let outcome = check(&text);
        let meant = |finding: &&Finding| finding.rule.id != "unused-ignore";
        let findings: Vec<&Finding> = outcome.findings.iter().filter(meant).collect();
        let hushed = hush(&Arc::from(text.as_str()), &findings, Some("why"));
        let shown = || format!("seed {seed}:\n{text}\n---- became ----\n{}", hushed.text);
        assert_eq!(meaning(&text), meaning(&hushed.text), "{}", shown());
        let after = check(&hushed.text);
        for (finding, start) in findings.iter().zip(&hushed.starts) {
            let Some(start) = *start else { continue };
            placed += 1;
            let is_same = |other: &&Finding| {
                other.rule == finding.rule
                    && other.span.start == start
                    && other.subject == finding.subject
            };
            let still = after.findings.iter().find(is_same);
            assert!(still.is_none(), "{still:?} in {}", shown());
        }
    }
    assert!(placed > seeds);
}
