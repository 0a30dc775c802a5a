use crate::syntax::Tree;
use crate::text::{LineIndex, Span};

/// A comment that silences findings: `# rolelint: ignore missing-role -- agreed in May`.
#[derive(Debug)]
pub struct Ignore {
    /// The rules that it names, each with its place.
    pub rules: Vec<(Box<str>, Span)>,
    /// Why, after `--`.
    pub reason: Option<Box<str>>,
    /// The line that it is about: its own, or the next one with content where it stands alone.
    pub line: Span,
    /// The whole comment.
    pub span: Span,
}

impl Ignore {
    /// Every such comment of a file.
    pub fn all(tree: &Tree) -> Vec<Ignore> {
        let text = tree.text();
        // Nearly all files have none.
        if !text.contains("rolelint") {
            return Vec::new();
        }
        let lines = LineIndex::new(text);
        tree.comments()
            .iter()
            .filter_map(|comment| {
                let (rules, reason) = parse(comment.span.slice(text), comment.span)?;
                let mut line = lines.line(comment.span.start);
                if comment.own_line {
                    line += 1;
                    while line < lines.count()
                        && is_no_content(lines.line_span(line, text).slice(text))
                    {
                        line += 1;
                    }
                }
                Some(Ignore {
                    rules,
                    reason,
                    line: lines.line_span(line, text),
                    span: comment.span,
                })
            })
            .collect()
    }
}

fn is_no_content(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

type Parsed = (Vec<(Box<str>, Span)>, Option<Box<str>>);

/// Reads a comment, tolerant of spacing, of a colon after `ignore` and of capitals.
fn parse(comment: &str, span: Span) -> Option<Parsed> {
    let after = |text: &str, word: &str| -> Option<usize> {
        let trimmed = text.trim_start();
        let start = text.len() - trimmed.len();
        trimmed
            .get(..word.len())
            .filter(|found| found.eq_ignore_ascii_case(word))
            .map(|_| start + word.len())
    };
    let mut at = comment.len() - comment.trim_start_matches('#').len();
    for word in ["rolelint", ":", "ignore"] {
        at += after(comment.get(at..)?, word)?;
    }
    let rest = comment.get(at..)?;
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '_') {
        return None;
    }
    let (names, reason) = match rest.split_once("--") {
        Some((names, reason)) => (names, Some(reason.trim().into())),
        None => (rest, None),
    };
    let mut rules = Vec::new();
    let mut from = at;
    for part in names.split_inclusive([',', ' ', '\t', ':']) {
        let name = part.trim_matches([',', ' ', '\t', ':']);
        if !name.is_empty() {
            let start = from + part.find(name).unwrap_or(0);
            rules.push((name.into(), span.sub(start, start + name.len())));
        }
        from += part.len();
    }
    Some((rules, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn ignores(text: &str) -> Vec<(Vec<String>, Option<String>, String)> {
        let tree = crate::syntax::parse(&Arc::from(text));
        Ignore::all(&tree)
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
}
