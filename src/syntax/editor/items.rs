//! Edits of single items and entries that leave their surroundings as they are.

use super::{Editor, is_flow};
use crate::syntax::value::indented;
use crate::syntax::{Entry, Item, Kind, Node, Piece, Step, Style, Value};
use crate::text::{Span, TextEdit};

impl Editor<'_> {
    /// The line break that the file uses.
    pub fn newline(&self) -> &'static str {
        self.newline
    }

    /// Puts several items in the place of one. A comment behind it stays with the first of them.
    pub fn replace_item(&self, item: Item<'_>, pieces: &[Piece]) -> Option<Vec<TextEdit>> {
        let (first, more) = pieces.split_first()?;
        if self.is_tied(item.node) {
            return None;
        }
        let own = item.node.span();
        if is_flow(item.list) {
            let flow: Vec<&str> = pieces.iter().map(|piece| piece.flow.as_str()).collect();
            let no_comments = self.comments_in(own).is_empty()
                && pieces
                    .iter()
                    .all(|piece| piece.above.is_empty() && piece.inside.is_empty());
            return no_comments.then(|| vec![TextEdit::replace(own, flow.join(", "))]);
        }
        let dash = self.dash_of(item)?;
        self.rows(dash, own.end)?;
        // What stands between the dash and a block of text, or a value on the next line, goes with it.
        let on_line = item.node.kind() != Kind::Scalar(Style::Block)
            && self.line(dash) == self.line(own.start);
        let behind_dash = self.blanks_end(dash + 1);
        let start = if on_line { own.start } else { behind_dash };
        if on_line && behind_dash != own.start {
            return None;
        }
        let old = Span {
            start,
            end: self.content_end(own),
        };
        if !self.comments_in(old).is_empty() || first.lines.len() > 1 {
            return None;
        }
        let dash_text = match on_line {
            true => Span {
                start: dash,
                end: start,
            }
            .slice(self.text),
            false => "- ",
        };
        let column = self.column(dash);
        let blank = if old.start == dash + 1 { " " } else { "" };
        let mut edits = vec![TextEdit::replace(
            old,
            format!("{blank}{}", first.lines.first()?),
        )];
        if !more.is_empty() {
            let lines = more.iter().flat_map(|piece| piece.item_lines(dash_text));
            let lines = lines.map(|line| format!("{}{}", self.newline, indented(&line, column)));
            edits.push(TextEdit::insert(
                self.line_end(old.end),
                lines.collect::<String>(),
            ));
        }
        Some(edits)
    }

    /// Takes a key with its value out of its mapping, together with the comments `moved`, which are put somewhere
    /// else. Other comments stay.
    pub fn remove_moved_entry(&self, entry: Entry<'_>, moved: &[String]) -> Option<Vec<TextEdit>> {
        let mut edits = self.remove_entry(entry)?;
        if moved.is_empty() {
            return Some(edits);
        }
        let mut moved = moved.to_vec();
        for edit in edits.iter_mut().filter(|edit| !edit.text.is_empty()) {
            let mut kept = Vec::new();
            for line in edit.text.split(self.newline) {
                match moved
                    .iter()
                    .position(|comment| comment == line.trim_start())
                {
                    Some(at) => drop(moved.swap_remove(at)),
                    None => kept.push(line),
                }
            }
            if kept.is_empty() {
                edit.span = self.whole(edit.span);
            }
            edit.text = kept.join(self.newline);
        }
        moved.is_empty().then_some(edits)
    }

    /// Puts words into a comment: behind the line on which `at` ends, or above it where a comment stands behind it
    /// already. Nothing where that is inside of a text.
    pub fn remark(&self, at: Span, words: &str) -> Option<TextEdit> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = self.line_end(at.end);
        let line = Span {
            start: self.line_start(at.end),
            end,
        };
        if self.comments_in(line).is_empty() && !self.in_text(end) {
            return Some(TextEdit::insert(end, format!(" # {words}")));
        }
        self.remark_above(at, &words)
    }

    /// Puts words into a comment above the line on which `at` ends. Nothing where that is inside of a text.
    pub fn remark_above(&self, at: Span, words: &str) -> Option<TextEdit> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let start = self.line_start(at.end);
        let line = Span {
            start,
            end: self.line_end(at.end),
        };
        let text = line.slice(self.text);
        let indent = text.len() - text.trim_start_matches(' ').len();
        let comment = format!("{}# {words}{}", " ".repeat(indent), self.newline);
        (!self.in_text(start)).then(|| TextEdit::insert(start, comment))
    }

    /// Whether a place lies inside of a scalar, where a comment sign is a letter like others.
    fn in_text(&self, at: u32) -> bool {
        let place = Span { start: at, end: at };
        let inside = |node: Node<'_>| {
            let span = node.span();
            matches!(node.kind(), Kind::Scalar(_)) && span.start < at && at < span.end
        };
        self.tree.steps(place).iter().any(|step| match step {
            Step::Entry(entry) => inside(entry.key) || inside(entry.value),
            Step::Item(item) => inside(item.node),
            Step::Root(node) => inside(*node),
        })
    }

    /// A scalar that YAML takes for a number or a yes or no, in the quotes that the file uses.
    pub fn quote(&self, node: Node<'_>) -> Option<TextEdit> {
        if node.kind() != Kind::Scalar(Style::Plain) {
            return None;
        }
        let raw = node.span().slice(self.text);
        let quote = if self.text.contains('"') && !self.text.contains('\'') {
            '"'
        } else {
            '\''
        };
        Some(TextEdit::replace(
            node.span(),
            format!("{quote}{raw}{quote}"),
        ))
    }

    /// A scalar's place as a text for braces around it, in the quotes that it has.
    pub fn in_braces(&self, node: Node<'_>, text: &str) -> Option<String> {
        match node.kind() {
            Kind::Scalar(Style::Quoted) => Some(self.replace(node, text)?.text),
            Kind::Scalar(Style::Plain) => Some(Value::text(text).flow()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Editor;
    use crate::syntax::{Piece, Tree, parse};
    use crate::text::{Span, TextEdit, apply};
    use std::sync::Arc;

    fn tree(text: &str) -> Tree {
        parse(&Arc::from(text))
    }

    fn place(text: &str, word: &str) -> Span {
        let at = text.find(word).unwrap();
        Span::new(at, at + word.len())
    }

    fn applied(text: &str, edits: Option<Vec<TextEdit>>) -> Option<String> {
        apply(text, &edits?)
    }

    fn split(text: &str, word: &str) -> Option<String> {
        let tree = tree(text);
        let item = tree.item(place(text, word)).unwrap();
        let pieces = ["One", "Two"].map(Piece::text);
        applied(text, Editor::new(&tree).replace_item(item, &pieces))
    }

    #[test]
    fn an_item_makes_place_for_several() {
        for (text, wanted) in [
            (
                "a:\n  - x and y # c\n  - z\n",
                "a:\n  - One # c\n  - Two\n  - z\n",
            ),
            ("a:\r\n-   x\r\n", "a:\r\n-   One\r\n-   Two\r\n"),
            ("a: [z, x]\n", "a: [z, One, Two]\n"),
            (
                "a:\n  - >-\n    x\n    y\n  - z",
                "a:\n  - One\n  - Two\n  - z",
            ),
            ("a:\n  -\n    x\n", "a:\n  - One\n  - Two\n"),
            ("a:\n  - \"x\"", "a:\n  - One\n  - Two"),
        ] {
            assert_eq!(split(text, "x").as_deref(), Some(wanted));
        }
        for text in ["a:\n  - &k x\n", "a:\n  - >- # c\n    x\n"] {
            assert_eq!(split(text, "x"), None, "{text}");
        }
    }

    fn remarked(text: &str, word: &str) -> Option<String> {
        let tree = tree(text);
        let edit = Editor::new(&tree).remark(place(text, word), "why  not")?;
        apply(text, &[edit])
    }

    #[test]
    fn a_remark_never_lands_inside_of_a_text() {
        for (text, wanted) in [
            ("a: x\nb: y\n", Some("a: x # why not\nb: y\n")),
            ("  a: x # c\n", Some("  # why not\n  a: x # c\n")),
            (
                "a: {b: x, c: 'y\n  z'}\n",
                Some("# why not\na: {b: x, c: 'y\n  z'}\n"),
            ),
            ("a: {c: 'y\n  z', b: x, d: 'y\n  z'}\n", None),
            ("a: x", Some("a: x # why not")),
        ] {
            assert_eq!(remarked(text, "x").as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn blocks_of_text_are_taken_with_their_header() {
        for (text, lines, rest) in [
            (
                "a:\n  - >-\n    x\n    y\n  - z\n",
                vec![">-", "x", "y"],
                "a:\n  - z\n",
            ),
            (
                "a:\n  - | # c\n    x\n\n    y\n  - z\n",
                vec!["| # c", "x", "", "y"],
                "a:\n  - z\n",
            ),
            ("a:\n  -\n    x\n  - z\n", vec!["", " x"], "a:\n  - z\n"),
            ("a:\n- b: x\n", vec!["b: x"], "a: []\n"),
        ] {
            let tree = tree(text);
            let root = tree.root(tree.documents().first().unwrap()).unwrap();
            let node = root.get("a").unwrap().items().next().unwrap();
            let item = crate::syntax::Item {
                list: root.get("a").unwrap(),
                node,
            };
            let (piece, edits) = Editor::new(&tree).take(item).unwrap();
            assert_eq!(piece.lines, lines, "{text}");
            assert_eq!(apply(text, &edits).as_deref(), Some(rest), "{text}");
        }
    }

    #[test]
    fn comments_that_move_are_not_left_behind() {
        let text = "r:\n  a: 1\n  b:\n    # goes\n    - x # stays\n  c: 2\n";
        let tree = tree(text);
        let entry = tree.entry(place(text, "b")).unwrap();
        let edits = |moved: &[&str]| {
            let moved: Vec<String> = moved.iter().map(|text| (*text).to_owned()).collect();
            applied(text, Editor::new(&tree).remove_moved_entry(entry, &moved))
        };
        assert_eq!(
            edits(&["# goes"]).as_deref(),
            Some("r:\n  a: 1\n  # stays\n  c: 2\n")
        );
        assert_eq!(
            edits(&["# goes", "# stays"]).as_deref(),
            Some("r:\n  a: 1\n  c: 2\n")
        );
        assert_eq!(edits(&["# elsewhere"]), None);
    }
}
