use crate::syntax::Tree;
use crate::text::Span;

/// A comment that silences findings: `# rolelint: ignore missing-role -- agreed in May`, or
/// `# rolelint: ignore-file missing-role` for the whole file.
#[derive(Debug)]
pub struct Ignore {
    /// The rules that it names in small letters, each with its place.
    pub rules: Vec<(Box<str>, Span)>,
    /// Why, after `--`.
    pub reason: Option<Box<str>>,
    /// The line that it is about: its own, or the next one with content where it stands alone. Lines that a text runs
    /// over count as one. For the whole file it is all of them.
    pub line: Span,
    /// The whole comment.
    pub span: Span,
    /// Whether it holds for the whole file.
    pub whole_file: bool,
    /// Where the list of rules ends.
    pub rules_end: u32,
    /// Whether its line is the last one, so that what is wrong at the end of the file belongs to it.
    is_last: bool,
}

impl Ignore {
    /// Every such comment of a file.
    pub fn all(tree: &Tree) -> Vec<Ignore> {
        let text: &str = tree.text();
        let comments = tree.comments().iter().filter_map(|comment| {
            let said = Said::read(comment.span.slice(text), comment.span)?;
            if said.whole_file && !comment.own_line {
                return None;
            }
            let line = if said.whole_file {
                Span::new(0, text.len())
            } else {
                line_of(tree, comment.span, comment.own_line)
            };
            Some(Ignore {
                rules: said.rules,
                reason: said.reason,
                line,
                span: comment.span,
                whole_file: said.whole_file,
                rules_end: said.rules_end,
                is_last: line.end as usize >= text.len(),
            })
        });
        comments.collect()
    }

    /// Whether it is about what starts at a place.
    pub fn covers(&self, start: u32) -> bool {
        self.line.contains(start) || self.is_last && self.line.end <= start
    }

    /// Whether it names a rule.
    pub fn names(&self, rule: &str) -> bool {
        self.rules.iter().any(|(name, _)| **name == *rule)
    }
}

/// The lines that a comment is about.
fn line_of(tree: &Tree, comment: Span, own_line: bool) -> Span {
    let lines = tree.lines();
    let text = tree.text();
    let mut line = lines.line(comment.start);
    if own_line {
        line += 1;
        while line < lines.count() && is_no_content(lines.line_span(line, text).slice(text)) {
            line += 1;
        }
    }
    let (first, last) = tree.joined_lines(line);
    lines.line_span(first, text).to(lines.line_span(last, text))
}

fn is_no_content(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// What a comment says, where it is one of ours.
struct Said {
    rules: Vec<(Box<str>, Span)>,
    reason: Option<Box<str>>,
    whole_file: bool,
    rules_end: u32,
}

/// What may stand between rules.
const BETWEEN: [char; 4] = [',', ' ', '\t', ':'];

impl Said {
    /// Reads a comment, tolerant of spacing, of a colon after `ignore` and of capitals.
    fn read(comment: &str, span: Span) -> Option<Self> {
        let mut at = comment.len() - comment.trim_start_matches('#').len();
        for word in ["rolelint", ":", "ignore"] {
            at += after(comment.get(at..)?, word)?;
        }
        let file = comment.get(at..)?.trim_start();
        let file = after(file.strip_prefix(['-', '_']).unwrap_or(file), "file")
            .map(|length| {
                comment.len() - file.len() + usize::from(file.starts_with(['-', '_'])) + length
            })
            .filter(|end| comment.get(*end..).is_some_and(ends_word));
        let whole_file = file.is_some();
        at = file.unwrap_or(at);
        let rest = comment.get(at..).filter(|rest| ends_word(rest))?;
        let (names, reason) = match rest.split_once("--") {
            Some((names, reason)) => (names, Some(reason.trim().into())),
            None => (rest, None),
        };
        let mut rules = Vec::new();
        let mut rules_end = span.sub(at, at).start;
        let mut from = at;
        for part in names.split_inclusive(BETWEEN) {
            let name = part.trim_matches(BETWEEN);
            if !name.is_empty() {
                let start = from + part.find(name).unwrap_or(0);
                let place = span.sub(start, start + name.len());
                rules.push((name.to_ascii_lowercase().into(), place));
                rules_end = place.end;
            }
            from += part.len();
        }
        Some(Self {
            rules,
            reason,
            whole_file,
            rules_end,
        })
    }
}

/// Behind a word, with the blanks before it, at the start of a text.
fn after(text: &str, word: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let start = text.len() - trimmed.len();
    trimmed
        .get(..word.len())
        .filter(|found| found.eq_ignore_ascii_case(word))
        .map(|_| start + word.len())
}

/// Whether a word that ends before `rest` is whole.
fn ends_word(rest: &str) -> bool {
    let is_more = |next: char| next.is_alphanumeric() || next == '-' || next == '_';
    // `ignore--why` has no rule, but a reason.
    rest.starts_with("--") || !rest.starts_with(is_more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn all(text: &str) -> Vec<Ignore> {
        Ignore::all(&crate::syntax::parse(&Arc::from(text)))
    }

    /// The rules of the comments that are about the first place of `word`.
    fn about(text: &str, word: &str) -> Vec<String> {
        let at = u32::try_from(text.find(word).unwrap()).unwrap();
        let all = all(text);
        let about = all.iter().filter(|ignore| ignore.covers(at));
        let rules = about.flat_map(|ignore| &ignore.rules);
        rules.map(|(rule, _)| rule.to_string()).collect()
    }

    fn ignores(text: &str) -> Vec<(Vec<String>, Option<String>, String)> {
        all(text)
            .into_iter()
            .map(|ignore| {
                (
                    ignore
                        .rules
                        .iter()
                        .map(|(rule, _)| rule.to_string())
                        .collect(),
                    ignore.reason.map(Into::into),
                    ignore.line.slice(text).trim().to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn a_comment_is_about_its_own_line_or_the_next_one_with_content() {
        let found = ignores(
            "a: 1 # rolelint: ignore x-y, z -- agreed\n#rolelint:ignore q\n\n# more\nb: 2\n# rolelint: ignored\n",
        );
        assert_eq!(
            found,
            [
                (
                    vec!["x-y".to_owned(), "z".to_owned()],
                    Some("agreed".to_owned()),
                    "a: 1 # rolelint: ignore x-y, z -- agreed".to_owned()
                ),
                (vec!["q".to_owned()], None, "b: 2".to_owned()),
            ]
        );
    }

    #[test]
    fn a_text_of_several_lines_counts_as_one() {
        let text = "# rolelint: ignore a\nx: >\n  one\n\n  two\ny: 'three\n  four' # rolelint: ignore b\nz: five\n";
        for word in ["x:", "one", "two"] {
            assert_eq!(about(text, word), ["a"], "{word}");
        }
        for word in ["y:", "three", "four"] {
            assert_eq!(about(text, word), ["b"], "{word}");
        }
        assert!(about(text, "five").is_empty());
    }

    #[test]
    fn spacing_and_capitals_do_not_matter() {
        for comment in [
            "# rolelint: ignore-file x-y -- why",
            "#RoleLint :Ignore-File:x-y--why",
            "##  rolelint:ignore file  X-Y  --  why",
            "# ROLELINT: IGNORE_FILE x-y -- why",
        ] {
            let text = format!("a: 1\nb: 2\n{comment}\n");
            let [ignore] = &all(&text)[..] else {
                panic!("{comment}");
            };
            assert!(ignore.whole_file, "{comment}");
            assert_eq!(ignore.reason.as_deref(), Some("why"));
            assert_eq!(about(&text, "a:"), ["x-y"], "{comment}");
            let end = ignore.rules_end as usize;
            assert!(text[..end].to_lowercase().ends_with("x-y"), "{comment}");
        }
        let [line] = &all("a: 1 # rolelint: ignore -- file was agreed")[..] else {
            panic!();
        };
        assert!(!line.whole_file && line.rules.is_empty());
        // Not on a line of its own, and other words.
        for comment in ["ignore-file x", "ignore-files x", "ignore-line x"] {
            assert!(all(&format!("a: 1 # rolelint: {comment}")).is_empty());
        }
    }

    #[test]
    fn the_last_line_holds_the_end_of_the_file() {
        let text = "a: 1\nb: 2 # rolelint: ignore x";
        let end = u32::try_from(text.len()).unwrap();
        assert!(all(text)[0].covers(end));
        assert!(!all("a: 1 # rolelint: ignore x\nb: 2")[0].covers(26));
    }
}
