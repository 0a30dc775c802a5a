//! Edits that turn a value into another shape: a list of one into a value, keys into items and the reverse.

use super::{Editor, is_flow};
use crate::syntax::{Entry, Item, Kind, Node, Style};
use crate::text::{Span, TextEdit};

impl Editor<'_> {
    /// Takes a value out of the list in which it is alone: `[ben]` becomes `ben`.
    pub fn unwrap(&self, list: Node<'_>) -> Option<Vec<TextEdit>> {
        let mut items = list.items();
        let (node, None) = (items.next()?, items.next()) else {
            return None;
        };
        if self.is_tied(list) || matches!(node.kind(), Kind::Empty | Kind::Sequence { .. }) {
            return None;
        }
        let (list_span, own) = (list.span(), node.span());
        if is_flow(list) {
            let before = Span {
                start: list_span.start,
                end: own.start,
            };
            let behind = Span {
                start: own.end,
                end: list_span.end,
            };
            // `[a: b]` has keys without braces.
            let is_whole = !node.is_mapping() || own.slice(self.text).starts_with('{');
            let plain = [before, behind].iter().all(|part| {
                let rest = part.slice(self.text).trim_matches(['[', ']', ',', ' ']);
                rest.trim().is_empty()
            });
            let edits = || vec![TextEdit::delete(before), TextEdit::delete(behind)];
            return (is_whole && plain).then(edits);
        }
        if matches!(node.kind(), Kind::Mapping { flow: false }) {
            return self.keys_of_item(Item { list, node });
        }
        if node.kind() == Kind::Scalar(Style::Block) {
            return None;
        }
        let entry = self.entry_of_value(list)?;
        let between = Span {
            start: self.colon(entry)?,
            end: own.start,
        };
        let is_plain = between.slice(self.text).trim() == "-";
        is_plain.then(|| vec![TextEdit::replace(between, " ")])
    }

    /// Puts a group of keys into a list of its own.
    pub fn wrap_group(&self, group: Node<'_>) -> Option<Vec<TextEdit>> {
        if is_flow(group) {
            return self.wrap(group);
        }
        let start = self.own_line_start(group)?;
        let mut edits = vec![TextEdit::insert(start, "- ")];
        edits.extend(self.shift_right(group.span(), 2));
        Some(edits)
    }

    /// Makes items of the keys of a group: `{roadmap: Own it}` becomes `[{roadmap: Own it}]`. A key without a value
    /// becomes an item by itself.
    pub fn items_of_keys(&self, group: Node<'_>) -> Option<Vec<TextEdit>> {
        let entries: Vec<Entry<'_>> = self.entries(group);
        if entries.is_empty() || group.kind() == Kind::Alias {
            return None;
        }
        let flow = is_flow(group);
        let mut edits = Vec::new();
        for entry in &entries {
            let (key, value) = (entry.key.span(), entry.value.span());
            if key.slice(self.text) == "<<" || !matches!(entry.key.kind(), Kind::Scalar(_)) {
                return None;
            }
            let is_empty = entry.value.is_null() && entry.value.kind() != Kind::Alias;
            if is_empty && self.is_tied(entry.value) {
                return None;
            }
            if is_empty {
                let end = if entry.value.kind() == Kind::Empty || value.is_empty() {
                    // In braces there may be no colon.
                    self.colon(*entry).unwrap_or(key.end)
                } else {
                    value.end
                };
                edits.push(TextEdit::delete(Span {
                    start: key.end,
                    end,
                }));
            }
            match (flow, is_empty) {
                (true, true) => {}
                (true, false) => {
                    edits.push(TextEdit::insert(key.start, "{"));
                    edits.push(TextEdit::insert(value.end, "}"));
                }
                (false, _) => {
                    let before = Span {
                        start: self.line_start(key.start),
                        end: key.start,
                    };
                    if !before.slice(self.text).trim_matches(' ').is_empty() {
                        return None;
                    }
                    edits.push(TextEdit::insert(key.start, "- "));
                    if !is_empty {
                        edits.extend(self.shift_right(entry.span(), 2));
                    }
                }
            }
        }
        if flow {
            edits.extend(self.other_brackets(group, "[", "]")?);
        }
        Some(edits)
    }

    /// Makes one group of the groups in a list: `- product-owner: ben` becomes `product-owner: ben`.
    pub fn keys_of_items(&self, list: Node<'_>) -> Option<Vec<TextEdit>> {
        let mut known: Vec<&str> = Vec::new();
        for item in list.items() {
            for (key, _) in item.entries() {
                let key = key.text()?;
                if known.contains(&key) || key == "<<" {
                    return None;
                }
                known.push(key);
            }
        }
        if known.is_empty() || self.is_tied(list) {
            return None;
        }
        let mut edits = Vec::new();
        for node in list.items() {
            edits.extend(self.keys_of_item(Item { list, node })?);
        }
        if is_flow(list) {
            edits.extend(self.other_brackets(list, "{", "}")?);
        }
        Some(edits)
    }

    fn keys_of_item(&self, item: Item<'_>) -> Option<Vec<TextEdit>> {
        let span = item.node.span();
        let braces = span.slice(self.text).starts_with('{');
        let first = item.node.entries().next()?.0.span().start;
        if is_flow(item.list) {
            return Some(match braces {
                true => self.other_brackets(item.node, "", "")?,
                false => Vec::new(),
            });
        }
        let dash = self.dash_of(item)?;
        if self.line(dash) != self.line(first) {
            return None;
        }
        let behind = |edits: &mut Vec<TextEdit>| {
            let one_line = self.line(span.start) == self.line(span.end);
            let one_key = item.node.entries().count() == 1;
            let brace = Span {
                start: span.end - 1,
                end: span.end,
            };
            edits.push(TextEdit::delete(brace));
            (one_line && one_key).then_some(())
        };
        // A list that stands as far left as its key has no room to the left.
        let has_room = self
            .entry_of_value(item.list)
            .is_some_and(|entry| self.column(dash) > self.column(entry.key.span().start));
        let mut edits = Vec::new();
        if !has_room {
            // The keys stay where they are.
            let start = if braces { first } else { dash + 1 };
            let old = Span {
                start: dash,
                end: start,
            };
            let width = if braces { span.start - dash } else { 1 };
            edits.push(TextEdit::replace(old, " ".repeat(width as usize)));
            if braces {
                behind(&mut edits)?;
            }
            return Some(edits);
        }
        edits.push(TextEdit::delete(Span {
            start: dash,
            end: first,
        }));
        if braces {
            behind(&mut edits)?;
            return Some(edits);
        }
        let width = (first - dash) as usize;
        for line in self.line(first) + 1..=self.line(self.content_end(span)) {
            let line = self.lines.line_span(line, self.text);
            let text = line.slice(self.text);
            let blanks = text.len() - text.trim_start_matches(' ').len();
            edits.push(TextEdit::delete(line.sub(0, blanks.min(width))));
        }
        Some(edits)
    }

    /// Makes an item of each key of an item.
    pub fn split_item(&self, item: Item<'_>) -> Option<Vec<TextEdit>> {
        if item.node.kind() == Kind::Alias || item.node.anchor().is_some() {
            return None;
        }
        let entries = self.entries(item.node);
        let braces = item.node.span().slice(self.text).starts_with('{');
        let new_line = match is_flow(item.list) {
            true => None,
            false => {
                let dash = self.dash_of(item)?;
                let start = item.node.span().start;
                let dash = Span {
                    start: dash,
                    end: start,
                };
                (self.line(dash.start) == self.line(start)).then_some(())?;
                Some((self.column(dash.start), dash.slice(self.text)))
            }
        };
        let mut edits = Vec::new();
        for pair in entries.windows(2) {
            let [one, next] = pair else { return None };
            let next = next.key.span().start;
            let gap = Span {
                start: one.span().end,
                end: next,
            };
            let edit = match (new_line, braces) {
                (None, true) => TextEdit::replace(gap, "}, {"),
                (Some((column, dash)), true) => {
                    let indent = " ".repeat(column);
                    TextEdit::replace(gap, format!("}}{}{indent}{dash}{{", self.newline))
                }
                (Some((column, dash)), false) => {
                    let start = self.line_start(next);
                    let before = Span { start, end: next };
                    if !before.slice(self.text).trim_matches(' ').is_empty() {
                        return None;
                    }
                    TextEdit::replace(before, format!("{}{dash}", " ".repeat(column)))
                }
                (None, false) => return None,
            };
            if braces && gap.slice(self.text).trim() != "," {
                return None;
            }
            edits.push(edit);
        }
        Some(edits)
    }

    fn entries<'n>(&self, mapping: Node<'n>) -> Vec<Entry<'n>> {
        let entry = |(key, value)| Entry {
            mapping,
            key,
            value,
        };
        mapping.entries().map(entry).collect()
    }

    /// The start of a node before which only blanks stand on its line.
    fn own_line_start(&self, node: Node<'_>) -> Option<u32> {
        let start = node.span().start;
        let before = Span {
            start: self.line_start(start),
            end: start,
        };
        let is_plain = before.slice(self.text).trim_matches(' ').is_empty();
        (is_plain && node.anchor().is_none()).then_some(start)
    }

    /// Moves the lines of a place after its first one to the right.
    fn shift_right(&self, span: Span, by: usize) -> Vec<TextEdit> {
        (self.line(span.start) + 1..=self.line(self.content_end(span)))
            .map(|line| self.lines.line_span(line, self.text))
            .filter(|line| !line.slice(self.text).trim().is_empty())
            .map(|line| TextEdit::insert(line.start, " ".repeat(by)))
            .collect()
    }

    /// Other brackets around a collection in brackets or braces.
    fn other_brackets(&self, node: Node<'_>, open: &str, close: &str) -> Option<Vec<TextEdit>> {
        let span = node.span();
        let text = span.slice(self.text);
        let is_closed =
            text.len() >= 2 && text.starts_with(['[', '{']) && text.ends_with([']', '}']);
        is_closed.then(|| {
            let length = text.len();
            vec![
                TextEdit::replace(span.sub(0, 1), open),
                TextEdit::replace(span.sub(length - 1, length), close),
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Editor;
    use crate::syntax::{Node, Tree, parse};
    use crate::text::{TextEdit, apply};
    use std::sync::Arc;

    type Edit = fn(&Editor<'_>, Node<'_>) -> Option<Vec<TextEdit>>;

    /// Edits the value of the key `a`.
    fn edited(text: &str, edit: Edit) -> Option<String> {
        let tree: Tree = parse(&Arc::from(text));
        let root = tree.root(tree.documents().first().unwrap()).unwrap();
        let edits = edit(&Editor::new(&tree), root.get("a").unwrap())?;
        let edited = apply(text, &edits).expect("edits that fit");
        assert!(
            parse(&Arc::from(edited.as_str())).errors().is_empty(),
            "{edited}"
        );
        Some(edited)
    }

    fn assert_edits(edit: Edit, cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            let wanted = (!wanted.is_empty()).then_some(*wanted);
            assert_eq!(edited(text, edit).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_list_of_one_becomes_its_value() {
        assert_edits(
            |editor, node| editor.unwrap(node),
            &[
                ("a: [ben] # c\n", "a: ben # c\n"),
                ("a: [\n  'ben',\n]\n", "a: 'ben'\n"),
                ("a:\n  - ben # c\nb: 1\n", "a: ben # c\nb: 1\n"),
                ("a:\r\n- ben\r\n", "a: ben\r\n"),
                ("a:\n  - p: ben\n    s: 1\n", "a:\n  p: ben\n  s: 1\n"),
                ("a:\n- p: ben\n  s: 1\n", "a:\n  p: ben\n  s: 1\n"),
                ("a: [{p: ben}]\n", "a: {p: ben}\n"),
                ("a: # c\n  - ben\n", ""),
                ("a: [p: ben]\n", ""),
                ("a: [ben, eve]\n", ""),
                ("a: &x [ben]\n", ""),
                ("a: [&x ben]\n", ""),
                ("a: [ben # c\n  ]\n", ""),
            ],
        );
    }

    #[test]
    fn a_group_becomes_the_one_item_of_a_list() {
        assert_edits(
            |editor, node| editor.wrap_group(node),
            &[
                ("a: {b: 1}\n", "a: [{b: 1}]\n"),
                (
                    "a:\n  b: 1 # c\n\n  # d\n  e: |\n    x\n",
                    "a:\n  - b: 1 # c\n\n    # d\n    e: |\n      x\n",
                ),
            ],
        );
    }

    #[test]
    fn keys_become_items() {
        assert_edits(
            |editor, node| editor.items_of_keys(node),
            &[
                ("a: {b: 1, 'c': x}\n", "a: [{b: 1}, {'c': x}]\n"),
                ("a: {b, c: ~}\n", "a: [b, c]\n"),
                (
                    "a:\n  # d\n  b: x\n    y\n  c: # e\n  f: >-\n    z\n",
                    "a:\n  # d\n  - b: x\n      y\n  - c # e\n  - f: >-\n      z\n",
                ),
                ("a:\r\n  b: x\r\n  c: y", "a:\r\n  - b: x\r\n  - c: y"),
                ("a: {}\n", ""),
                ("x: &x {b: 1}\na: {<<: *x}\n", ""),
            ],
        );
    }

    #[test]
    fn groups_in_a_list_become_one_group() {
        assert_edits(
            |editor, node| editor.keys_of_items(node),
            &[
                (
                    "a:\n  - b: x # c\n    # d\n    e:\n      f: 1\n  # g\n  - h: y\n",
                    "a:\n  b: x # c\n  # d\n  e:\n    f: 1\n  # g\n  h: y\n",
                ),
                (
                    "a:\n- b: x\n- c: y\n  d: z\n",
                    "a:\n  b: x\n  c: y\n  d: z\n",
                ),
                ("a:\n  - {b: x}\n  - {c: y}\n", "a:\n  b: x\n  c: y\n"),
                ("a:\n- {b: x}\n", "a:\n  b: x\n"),
                ("a:\n  - {b: x, d: z}\n  - {c: y}\n", ""),
                ("a: [{b: x}, c: y]\n", "a: {b: x, c: y}\n"),
                ("a:\n  - b: x\n  - b: y\n", ""),
                ("a: [x, b: y]\n", ""),
            ],
        );
    }

    #[test]
    fn keys_of_an_item_become_items() {
        assert_edits(
            |editor, node| {
                let item = editor.tree().item(node.items().next()?.span())?;
                editor.split_item(item)
            },
            &[
                (
                    "a:\n  - b: x # c\n    # e\n    d: y\n",
                    "a:\n  - b: x # c\n    # e\n  - d: y\n",
                ),
                ("a: [{b: x, d: y}, z]\n", "a: [{b: x}, {d: y}, z]\n"),
                ("a:\n  - {b: x, d: y}\n", "a:\n  - {b: x}\n  - {d: y}\n"),
            ],
        );
    }
}
