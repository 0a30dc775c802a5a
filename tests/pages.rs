//! Tables of who is responsible and accountable, checked where they stand: in Markdown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

#[path = "support/terminal.rs"]
mod terminal;

use terminal::{folder, read, seen};

const CONFIG: &str = "include: [\"wiki/**/*.md\"]\n";
const TEAM: &str = "team: lounge\nroles:\n  product-manager: ana\n  product-owner: ben\n";
const PAGE: &str = "\
# Lounge

Who does what. 🚢

| Task | Product Manager | Product Owner | Legal |
|------|:---------------:|---------------|-------|
| **Ahead** | | | |
| Set the roadmap | **A/R** | C | I |
| Sign contracts | A |  | A/R |
| Buy chairs | A | – | C |
| Paint | | R | |

| Option | Grade |
|--------|-------|
| Blue   | A     |
";

#[test]
fn each_row_needs_one_who_answers_and_somebody_who_works() {
    let here = folder(&[
        (".rolelint.yaml", CONFIG),
        ("lounge.roles.yaml", TEAM),
        ("wiki/lounge.md", PAGE),
        (
            "wiki/notes.md",
            "# Notes\n\n| a | b |\n|---|---|\n| A | R |\n",
        ),
        ("elsewhere.md", PAGE),
    ]);
    assert_eq!(
        seen(here.path(), &["check"]),
        "\
error[one-accountable]: 2 roles are accountable for \"Sign contracts\": Product Manager, Legal
 --> wiki/lounge.md:9:20
  |
9 | | Sign contracts | A |  | A/R |
  |                    ^^^^^^^^^^ one of them, not all
  |
  = why: Where two have the last word, each can say no and neither has to say yes.
  = do: Leave the `A` with one of them, and give the others an `R` or a `C`.

warning[no-responsible]: nobody is responsible for \"Buy chairs\"
  --> wiki/lounge.md:10:3
   |
10 | | Buy chairs | A | – | C |
   |   ^^^^^^^^^^ who does it?
   |
   = why: `Product Manager` answers for it, and the row does not say who does the work.
   = do: Put an `R` into the column of whoever does the work, and `A/R` if that is the one who
         is accountable.

error[one-accountable]: nobody is accountable for \"Paint\"
  --> wiki/lounge.md:11:3
   |
11 | | Paint | | R | |
   |   ^^^^^ who has the last word?
   |
   = why: Several hands do the work and none of them answers for it.
   = do: Put an `A` into the column of the one role that has the last word.

Found 2 errors and 1 warning in 1 of 2 files (1 team, 0 products) in 8 ms.
exit code 1
"
    );
}

/// Without a table nothing is said, however odd the page would be as YAML.
#[test]
fn other_pages_say_nothing() {
    let here = folder(&[
        (".rolelint.yaml", CONFIG),
        ("lounge.roles.yaml", TEAM),
        (
            "wiki/a.md",
            "team: [\n\t- : : {\n# rolelint: ignore nothing\n| pipe\n",
        ),
        ("wiki/b.md", ""),
    ]);
    std::fs::write(here.path().join("wiki/c.md"), b"| \xff | A |\n|---|---|\n").unwrap();
    assert_eq!(
        seen(here.path(), &["check"]),
        "All is well in 1 file (1 team, 0 products) in 8 ms.\n"
    );
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_move_nothing() {
    let page = format!("\u{feff}{}", PAGE.replace('\n', "\r\n"));
    let files = |page| {
        let here = folder(&[(".rolelint.yaml", CONFIG), ("wiki/lounge.md", page)]);
        seen(here.path(), &["check", "--format", "concise"])
    };
    assert_eq!(files(&page), files(PAGE));
    assert!(files(PAGE).contains("wiki/lounge.md:9:20: error[one-accountable]"));
}

/// Mends and comments are YAML, so a page stays as it is; exceptions and a baseline hold for it.
#[test]
fn pages_are_never_written() {
    let exceptions =
        "exceptions:\n  - {rule: one-accountable, where: 'wiki/**', reason: Old pages}\n";
    let here = folder(&[
        (".rolelint.yaml", &format!("{CONFIG}{exceptions}")),
        ("lounge.roles.yaml", TEAM),
        ("wiki/lounge.md", PAGE),
    ]);
    let line =
        "wiki/lounge.md:10:3: warning[no-responsible] nobody is responsible for \"Buy chairs\"\n";
    let at = here.path();
    assert_eq!(
        seen(at, &["fix", "--unsafe-fixes", "--format", "concise"]),
        format!("{line}note: Nothing to fix; 1 left (1 warning).\nexit code 1\n")
    );
    assert_eq!(
        seen(at, &["ignore", "--add"]),
        format!("1 finding is left, as no comment can silence it:\n{line}exit code 1\n")
    );
    assert_eq!(read(at, "wiki/lounge.md"), PAGE);
    seen(at, &["baseline"]);
    assert_eq!(seen(at, &["check", "--format", "concise"]), "");
}

/// A page that somebody names is checked, too.
#[test]
fn a_page_may_be_named() {
    let here = folder(&[("raci.md", PAGE)]);
    let shown = seen(here.path(), &["check", "raci.md", "--format", "concise"]);
    assert_eq!(shown.lines().count(), 4, "{shown}");
}
