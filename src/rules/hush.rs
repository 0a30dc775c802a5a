//! Ignore comments for findings that are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Finding;
use crate::spec::Ignore;
use crate::syntax::{Kind, Node, Tree, parse};
use crate::text::{Span, TextEdit, apply};

/// The widest that a line gets by a comment at its end, in characters.
const WIDEST: usize = 100;

/// A text with ignore comments for its findings.
#[derive(Debug)]
pub struct Hushed {
    /// The text. It says the same as before.
    pub text: Arc<str>,
    /// Where each finding starts now; `None` where no comment about it fits into the file.
    pub starts: Vec<Option<u32>>,
}

/// Writes ignore comments for findings of one file: at the end of their line where that fits, else above it; a
/// comment that is there already gets more rules.
pub fn hush(text: &Arc<str>, findings: &[&Finding], reason: Option<&str>) -> Hushed {
    let reason = reason.map(one_line).filter(|reason| !reason.is_empty());
    let tree = parse(text);
    let lines = tree.lines();
    let mut groups: BTreeMap<usize, Group<'_>> = BTreeMap::new();
    for (number, finding) in findings.iter().enumerate() {
        let (first, _) = tree.joined_lines(lines.line(finding.span.start));
        let group = groups.entry(first).or_default();
        group.findings.push((number, finding.span.start));
        if !group.rules.contains(&finding.rule.id) {
            group.rules.push(finding.rule.id);
        }
    }
    let mut hushed = Hushed {
        text: Arc::clone(text),
        starts: vec![None; findings.len()],
    };
    let groups: Vec<Group<'_>> = groups.into_values().collect();
    let mut tree = Some(tree);
    // From the last to the first, so that places further up stay where they are.
    let mut waiting = vec![groups.as_slice()];
    while let Some(groups) = waiting.pop() {
        let old = tree.take().unwrap_or_else(|| parse(&hushed.text));
        let reason = reason.as_deref();
        match place(&old, groups, reason) {
            Some((new, edits)) => {
                let placed = groups.iter().flat_map(|group| &group.findings);
                let moved = |start: u32| moved(start, &edits);
                for start in hushed.starts.iter_mut().flatten() {
                    *start = moved(*start);
                }
                for (number, start) in placed {
                    if let Some(known) = hushed.starts.get_mut(*number) {
                        *known = Some(moved(*start));
                    }
                }
                hushed.text = Arc::clone(new.text());
                tree = Some(new);
            }
            None => {
                if groups.len() > 1 {
                    let (above, below) = groups.split_at(groups.len() / 2);
                    waiting.extend([above, below]);
                }
                tree = Some(old);
            }
        }
    }
    hushed
}

/// Findings on one line, or on lines that one text runs over.
#[derive(Debug, Default)]
struct Group<'a> {
    /// The number of each, and where it starts.
    findings: Vec<(usize, u32)>,
    rules: Vec<&'a str>,
}

/// Places a comment for each group, if all of them can be placed together: their best places are tried, and of a
/// group alone all places.
fn place(old: &Tree, groups: &[Group<'_>], reason: Option<&str>) -> Option<(Tree, Vec<TextEdit>)> {
    let ignores = Ignore::all(old);
    let places = |group: &Group<'_>| places(old, &ignores, group, reason);
    let tries: Vec<Vec<TextEdit>> = match groups {
        [only] => places(only),
        many => {
            let first = many.iter().map(|group| places(group).into_iter().next());
            vec![first.collect::<Option<Vec<_>>>()?.concat()]
        }
    };
    tries.into_iter().find_map(|edits| {
        let text = apply(old.text(), &edits)?;
        let new = parse(&Arc::from(text));
        let is_silent = |ignores: &[Ignore], group: &Group<'_>| {
            group.findings.iter().all(|(_, start)| {
                let start = moved(*start, &edits);
                let about = || ignores.iter().filter(|ignore| ignore.covers(start));
                let mut rules = group.rules.iter();
                rules.all(|rule| about().any(|ignore| ignore.names(rule)))
            })
        };
        let ignores = Ignore::all(&new);
        let fits = says_the_same(old, &new) && groups.iter().all(|one| is_silent(&ignores, one));
        fits.then_some((new, edits))
    })
}

/// Where a comment for a group could stand, the best place first.
fn places(
    tree: &Tree,
    ignores: &[Ignore],
    group: &Group<'_>,
    reason: Option<&str>,
) -> Vec<Vec<TextEdit>> {
    let text: &str = tree.text();
    let Some((_, start)) = group.findings.first() else {
        return Vec::new();
    };
    let lines = tree.lines();
    let (first, last) = tree.joined_lines(lines.line(*start));
    let mut known = ignores
        .iter()
        .filter(|ignore| !ignore.whole_file && ignore.covers(*start));
    // One at the end of the line stands below those above it.
    let known = known.next_back();
    let extended = known.map(|known| extended(text, known, &group.rules, reason));
    let mut comment = format!("# rolelint: ignore {}", group.rules.join(", "));
    if let Some(reason) = reason {
        comment.push_str(&format!(" -- {reason}"));
    }
    let whole = lines.line_span(first, text).slice(text);
    let line = whole.trim_end_matches(['\n', '\r']);
    let indent = line.trim_start_matches('\u{feff}');
    let mark = line.len() - indent.len();
    let blanks = indent.len() - indent.trim_start_matches([' ', '\t']).len();
    let above = lines.line_span(first, text).sub(mark, mark).start;
    let above = vec![TextEdit::insert(
        above,
        format!(
            "{}{comment}{}",
            indent.get(..blanks).unwrap_or(""),
            newline(text)
        ),
    )];
    let end = lines.line_span(last, text);
    let behind = end.slice(text).trim_end_matches(['\n', '\r']);
    let gap = if behind.is_empty() || behind.ends_with([' ', '\t']) {
        ""
    } else {
        " "
    };
    let at = end.sub(behind.len(), behind.len()).start;
    let width = behind.chars().count() + gap.len() + comment.chars().count();
    let fits = first == last && width <= WIDEST && !has_comment(tree, end);
    let behind = vec![TextEdit::insert(at, format!("{gap}{comment}"))];
    let new = if fits {
        [behind, above]
    } else {
        [above, behind]
    };
    extended.into_iter().chain(new).collect()
}

/// Adds rules to a comment that is there.
pub(super) fn extended(
    text: &str,
    ignore: &Ignore,
    rules: &[&str],
    reason: Option<&str>,
) -> Vec<TextEdit> {
    let new: Vec<&str> = rules
        .iter()
        .copied()
        .filter(|rule| !ignore.names(rule))
        .collect();
    let gap = if ignore.rules.is_empty() { " " } else { ", " };
    let mut edits = vec![TextEdit::insert(
        ignore.rules_end,
        format!("{gap}{}", new.join(", ")),
    )];
    let comment = ignore.span.slice(text).trim_end().len();
    let end = ignore.span.sub(comment, comment).start;
    edits.extend(match (reason, ignore.reason.as_deref()) {
        (None, _) => None,
        (Some(reason), None) => Some(TextEdit::insert(end, format!(" -- {reason}"))),
        (Some(reason), Some("")) => Some(TextEdit::insert(end, format!(" {reason}"))),
        (Some(reason), Some(known)) if known.contains(reason) => None,
        (Some(reason), Some(_)) => Some(TextEdit::insert(end, format!("; {reason}"))),
    });
    edits
}

/// Whether a comment stands in a line.
fn has_comment(tree: &Tree, line: Span) -> bool {
    let mut comments = tree.comments().iter();
    comments.any(|comment| line.contains(comment.span.start))
}

/// The line break of a text.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    let words = text.split(|next: char| next.is_whitespace() || next.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Where a place is after insertions.
fn moved(start: u32, edits: &[TextEdit]) -> u32 {
    let before = edits.iter().filter(|edit| edit.span.start <= start);
    let more = before.map(|edit| u32::try_from(edit.text.len()).unwrap_or(u32::MAX));
    more.fold(start, u32::saturating_add)
}

/// Whether two trees hold the same, whatever their comments.
pub(super) fn says_the_same(a: &Tree, b: &Tree) -> bool {
    if a.errors().len() != b.errors().len() || a.documents().len() != b.documents().len() {
        return false;
    }
    let roots = |tree| -> Vec<Option<Node<'_>>> { roots(tree) };
    let mut waiting: Vec<(Node<'_>, Node<'_>)> = Vec::new();
    for pair in roots(a).into_iter().zip(roots(b)) {
        match pair {
            (Some(a), Some(b)) => waiting.push((a, b)),
            (None, None) => {}
            _ => return false,
        }
    }
    while let Some((a, b)) = waiting.pop() {
        if a.kind() != b.kind() || a.anchor().is_some() != b.anchor().is_some() {
            return false;
        }
        if a.kind() == Kind::Alias {
            let name = |node: Node<'_>| node.span().slice(node.tree().text()).to_owned();
            if name(a) != name(b) {
                return false;
            }
            continue;
        }
        let (of_a, of_b) = (inside(a), inside(b));
        if a.text() != b.text() || of_a.len() != of_b.len() {
            return false;
        }
        waiting.extend(of_a.into_iter().zip(of_b));
    }
    true
}

fn roots(tree: &Tree) -> Vec<Option<Node<'_>>> {
    let documents = tree.documents().iter();
    documents.map(|document| tree.root(document)).collect()
}

/// The items, keys and values right inside a node.
fn inside(node: Node<'_>) -> Vec<Node<'_>> {
    let entries = node.entries().flat_map(|(key, value)| [key, value]);
    node.items().chain(entries).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::find;
    use crate::workspace::FileId;

    /// Findings of rules at the first places of some words.
    fn findings(text: &str, at: &[(&str, &str)]) -> Vec<Finding> {
        at.iter()
            .map(|(rule, word)| {
                let start = text.find(word).unwrap();
                let span = Span::new(start, start + word.len());
                find(rule).unwrap().finding(FileId(0), span, "")
            })
            .collect()
    }

    fn hushed(text: &str, at: &[(&str, &str)], reason: Option<&str>) -> String {
        let findings = findings(text, at);
        let findings: Vec<&Finding> = findings.iter().collect();
        let hushed = hush(&Arc::from(text), &findings, reason);
        for (start, (_, word)) in hushed.starts.iter().zip(at) {
            let start = start.unwrap_or_else(|| panic!("no place for {word}")) as usize;
            assert!(hushed.text[start..].starts_with(word), "{word}");
        }
        hushed.text.to_string()
    }

    #[test]
    fn a_comment_stands_at_the_end_of_its_line() {
        for newline in ["\n", "\r\n"] {
            let text = "\u{feff}team: a\nroles:\n  po: TBD\n  pm: {holder: \"T # B\", status: x}  \n  x: é".replace('\n', newline);
            assert_eq!(
                hushed(
                    &text,
                    &[("placeholder", "TBD"), ("missing-role", "roles"), ("duplicate-id", "team"), ("wrong-shape", "\"T # B\""), ("unknown-role", "x: é")],
                    Some(" a\nb ")
                ),
                "\u{feff}team: a # rolelint: ignore duplicate-id -- a b\nroles: # rolelint: ignore missing-role -- a b\n  po: TBD # rolelint: ignore placeholder -- a b\n  pm: {holder: \"T # B\", status: x}  # rolelint: ignore wrong-shape -- a b\n  x: é # rolelint: ignore unknown-role -- a b".replace('\n', newline)
            );
        }
    }

    #[test]
    fn a_comment_stands_above_where_the_line_is_full_or_part_of_a_text() {
        let long = "x".repeat(70);
        let text = format!(
            "a: TBD # Ben's\nb:\n  - >-\n    some\n    words\n  - 'more\n    words here' # why\n  - [x, 'y\n    z', w]\n  - {long}\n"
        );
        assert_eq!(
            hushed(
                &text,
                &[
                    ("placeholder", "TBD"),
                    ("vague-duty", "some"),
                    ("repeated-duty", "words"),
                    ("vague-duty", "words here"),
                    ("wrong-shape", "w]"),
                    ("vague-duty", &long)
                ],
                None
            ),
            format!(
                "# rolelint: ignore placeholder\na: TBD # Ben's\nb:\n  # rolelint: ignore vague-duty, repeated-duty\n  - >-\n    some\n    words\n  # rolelint: ignore vague-duty\n  - 'more\n    words here' # why\n  # rolelint: ignore wrong-shape\n  - [x, 'y\n    z', w]\n  # rolelint: ignore vague-duty\n  - {long}\n"
            )
        );
    }

    #[test]
    fn a_comment_that_is_there_gets_more_rules() {
        let text = "# rolelint: ignore vague-duty -- old\na: 1\nb: 2 # rolelint: ignore syntax\nc: 3 #rolelint:ignore -- new\n# rolelint: ignore-file empty-role\nd: 4\n";
        let at = [
            ("placeholder", "a: 1"),
            ("unknown-key", "1"),
            ("placeholder", "2"),
            ("placeholder", "3"),
            ("placeholder", "4"),
        ];
        assert_eq!(
            hushed(text, &at, Some("new")),
            "# rolelint: ignore vague-duty, placeholder, unknown-key -- old; new\na: 1\nb: 2 # rolelint: ignore syntax, placeholder -- new\nc: 3 #rolelint:ignore placeholder -- new\n# rolelint: ignore-file empty-role\nd: 4 # rolelint: ignore placeholder -- new\n"
        );
    }

    #[test]
    fn what_no_comment_reaches_is_told_and_the_rest_is_done() {
        let text = "a: 1 # Ben's\n# the end\n";
        let findings = findings(text, &[("placeholder", "1"), ("wrong-shape", "# the")]);
        let findings: Vec<&Finding> = findings.iter().collect();
        let hushed = hush(&Arc::from(text), &findings, None);
        assert_eq!(
            (&*hushed.text, hushed.starts),
            (
                "# rolelint: ignore placeholder\na: 1 # Ben's\n# the end\n",
                vec![Some(34), None]
            )
        );
    }
}
