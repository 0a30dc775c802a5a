//! Comments that were probably meant to silence something, and do not.

use super::unused_ignore::RULE;
use crate::rules::{Finding, RULES, find};
use crate::spec::Ignore;
use crate::syntax::{Comment, Tree, nearest};
use crate::workspace::FileId;

/// What other tools call it.
const OTHER_WORDS: &[&str] = &[
    "allow",
    "disable",
    "disable-file",
    "disable-line",
    "disable-next-line",
    "except",
    "exclude",
    "ignore-line",
    "ignore-next-line",
    "nolint",
    "noqa",
    "off",
    "silence",
    "skip",
    "skip-file",
    "suppress",
];
/// Our own.
const OWN_WORDS: &[&str] = &["ignore", "ignore-file"];
/// What people write of rolelint in a sentence.
const SENTENCES: &[&str] = &["ignores", "ignored"];

/// What is to be said of such comments; `ignores` are those that rolelint understands.
pub(in crate::rules) fn check(
    file: FileId,
    tree: &Tree,
    ignores: &[Ignore],
    findings: &mut Vec<Finding>,
) {
    let is_understood =
        |comment: &&Comment| ignores.iter().any(|ignore| ignore.span == comment.span);
    for comment in tree.comments() {
        let Some(meant) = meant(comment.span.slice(tree.text())) else {
            continue;
        };
        if is_understood(&comment) {
            continue;
        }
        let finding = if meant.is_right {
            RULE.finding(
                file,
                comment.span,
                "`ignore-file` counts only on a line of its own, so nothing is silenced",
            )
            .help("Move the comment to a line of its own, or write `ignore` for this line alone.")
        } else {
            let shown = format!("# rolelint: {} {}", meant.word, meant.rules.join(", "));
            let shown = shown.trim_end();
            RULE.finding(
                file,
                comment.span,
                "this looks like a comment for rolelint and is none, so nothing is silenced",
            )
            .label(format!("did you mean `{shown}`?"))
            .help(if meant.rules.is_empty() {
                format!("Write `{shown}` and the rule.")
            } else {
                format!("Write `{shown} -- why`.")
            })
        };
        findings.push(
            finding
                .why("Whatever it was meant for is still reported.")
                .about("", format!("{} {}", meant.word, meant.rules.join(" "))),
        );
    }
}

/// What a comment was probably meant to say.
struct Meant {
    word: &'static str,
    rules: Vec<String>,
    /// Whether it is written as it should be.
    is_right: bool,
}

/// Reads a comment that starts with rolelint's name and goes on with a word that tools silence findings with.
fn meant(comment: &str) -> Option<Meant> {
    let comment = comment.trim_start_matches('#').trim();
    let (named, rest) = after_name(comment)?;
    let between = rest.len()
        - rest
            .trim_start_matches([':', '-', '_', ' ', '\t', '.', '/', '=', '('])
            .len();
    let (between, rest) = rest.split_at_checked(between)?;
    let is_word = |next: char| next.is_alphanumeric() || next == '-' || next == '_';
    let end = rest.find(|next| !is_word(next)).unwrap_or(rest.len());
    let (word, rest) = rest.split_at_checked(end)?;
    // `ignore--why`
    let word = word.split("--").next()?.to_lowercase().replace('_', "-");
    let has_sign = between.contains([':', '-', '_', '.', '/', '=', '(']);
    if !has_sign && SENTENCES.contains(&word.as_str()) {
        return None;
    }
    let next = rest.trim_start_matches([' ', '-', '_']).to_lowercase();
    let (known, is_file) = match OTHER_WORDS.iter().find(|other| **other == word) {
        Some(other) => (*other, word.contains("file")),
        None => {
            let own = nearest(&word, OWN_WORDS.iter().copied())?;
            (own, own == "ignore-file" || next.starts_with("file"))
        }
    };
    let names = rest.split("--").next()?;
    let names = names.split([',', ' ', '\t', ':', ')', '(', ']', '[', '=', '"']);
    let mut names = names.filter(|name| !name.is_empty()).peekable();
    if is_file
        && names
            .peek()
            .is_some_and(|name| name.eq_ignore_ascii_case("file"))
    {
        names.next();
    }
    let mut rules = Vec::new();
    let mut is_list = true;
    for name in names {
        match rule(name) {
            Some(rule) => rules.push(rule),
            None => {
                // A sentence about rolelint is no list of rules; one that goes on behind a list is its reason.
                is_list = !rules.is_empty();
                break;
            }
        }
    }
    is_list.then(|| Meant {
        word: if is_file { "ignore-file" } else { "ignore" },
        rules,
        is_right: named && known == word && between.trim() == ":" && OWN_WORDS.contains(&known),
    })
}

/// Whether rolelint's name, at the start of a text, is spelled as it should be, and what follows it.
fn after_name(text: &str) -> Option<(bool, &str)> {
    let strip = |text: &str, word: &str| -> Option<usize> {
        let start = text.get(..word.len())?;
        start.eq_ignore_ascii_case(word).then_some(word.len())
    };
    let rest = text.get(strip(text, "role")?..)?;
    let joined = rest.strip_prefix(['-', '_', ' ']).unwrap_or(rest);
    let after = joined.get(strip(joined, "lint")?..)?;
    let is_whole = !after.starts_with(char::is_alphanumeric);
    is_whole.then_some((joined.len() == rest.len(), after))
}

/// The rule that a word names or was meant to name.
fn rule(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let near = || nearest(&word, RULES.iter().map(|rule| rule.id));
    let rule = find(&word).map(|rule| rule.id).or_else(near);
    rule.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn slips_are_seen() {
        for (comment, wanted) in [
            ("# rolelint ignore: placeholder", "ignore placeholder"),
            ("# rolelint ignore placeholder", "ignore placeholder"),
            (
                "# role-lint: ignore placeholder -- hiring",
                "ignore placeholder",
            ),
            ("# Role Lint: Ignore Placeholder", "ignore placeholder"),
            (
                "#rolelint-ignore placeholder, missing-role",
                "ignore placeholder,missing-role",
            ),
            ("# rolelint: disable placeholder", "ignore placeholder"),
            (
                "# rolelint-disable-next-line missing_role",
                "ignore missing-role",
            ),
            ("# rolelint: ignroe placeholder", "ignore placeholder"),
            (
                "# rolelint: ignore-flie placeholder",
                "ignore-file placeholder",
            ),
            (
                "# rolelint ignore file: placeholder",
                "ignore-file placeholder",
            ),
            (
                "# rolelint-disable-file placeholdr",
                "ignore-file placeholder",
            ),
            ("# rolelint: noqa", "ignore "),
            (
                "# rolelint:ignored placeholder until June",
                "ignore placeholder",
            ),
            ("# rolelint(ignore: placeholder)", "ignore placeholder"),
        ] {
            let meant = meant(comment).unwrap_or_else(|| panic!("{comment}"));
            let shown = format!("{} {}", meant.word, meant.rules.join(","));
            assert_eq!(shown, wanted, "{comment}");
            assert!(!meant.is_right, "{comment}");
        }
    }

    #[test]
    fn sentences_and_other_tools_are_left_alone() {
        for comment in [
            "# We told rolelint to ignore this in May.",
            "# rolelint reads this file",
            "# rolelint ignores placeholder here, see ADR 9",
            "# rolelint: see docs/roles.md",
            "# rolelint: off the record, Ben does it",
            "# rolelinter: ignore placeholder",
            "# yamllint disable-line",
            "# role: lint ignore",
            "# eslint-disable placeholder",
            "# ignore placeholder",
            "# roles ignore placeholder",
            "# rolelint ignored the archive until 2025",
            "",
            "#",
        ] {
            assert!(meant(comment).is_none(), "{comment}");
        }
    }
}
