//! Edits of several keys or items at once, and of values whose comments have to stay.

use super::{Editor, flow_entries, is_flow};
use crate::syntax::{Entry, Kind, Node, Value};
use crate::text::{Span, TextEdit};

impl Editor<'_> {
    /// Writes a text as it is behind a key, in place of its value. Comments in lines below the key stay there.
    pub fn rewrite(&self, entry: Entry<'_>, text: &str) -> Option<Vec<TextEdit>> {
        let old = entry.value.span();
        let colon = self.colon(entry)?;
        if old.is_empty() {
            return Some(vec![TextEdit::replace(
                self.gap(colon)?,
                format!(" {text}"),
            )]);
        }
        if self.is_tied(entry.value) {
            return None;
        }
        let content = Span {
            start: old.start,
            end: self.content_end(old),
        };
        if self.line(colon) == self.line(old.start) || is_flow(entry.mapping) {
            let is_free = self.comments_in(content).is_empty();
            return is_free.then(|| vec![TextEdit::replace(content, text)]);
        }
        // A list that is no further in than its key starts behind its first dash.
        let before = Span {
            start: self.line_start(old.start),
            end: old.start,
        };
        let dash = before
            .slice(self.text)
            .trim_end_matches(' ')
            .strip_suffix('-');
        let first = dash.map_or(old.start, |blanks| {
            before.sub(blanks.len(), blanks.len()).start
        });
        let region = self.rows(first, old)?;
        let indent = self.indent(entry.key.span().start);
        let comments = self.comments_in(region);
        Some(vec![
            TextEdit::insert(colon, format!(" {text}")),
            self.take_rows(region, &comments, &indent),
        ])
    }

    /// The blanks behind a colon without a value, unless a comment follows them. What could not be read may be there.
    fn gap(&self, colon: u32) -> Option<Span> {
        let end = self.blanks_end(colon);
        let rest = self.text.get(end as usize..)?;
        let is_free = rest.is_empty() || rest.starts_with(['\n', '\r', '#', ',', ']', '}']);
        is_free.then_some(Span {
            start: colon,
            end: if rest.starts_with('#') { colon } else { end },
        })
    }

    /// Takes keys with their values out of a mapping that keeps others. Comments stay.
    pub fn remove_entries(&self, mapping: Node<'_>, keys: &[&str]) -> Option<Vec<TextEdit>> {
        let entries: Vec<Entry<'_>> = mapping
            .entries()
            .map(|(key, value)| Entry {
                mapping,
                key,
                value,
            })
            .collect();
        let goes = |entry: &Entry<'_>| entry.key.text().is_some_and(|key| keys.contains(&key));
        if entries.iter().all(goes)
            || entries
                .iter()
                .any(|entry| goes(entry) && self.is_tied(entry.value))
        {
            return None;
        }
        if is_flow(mapping) {
            let spans: Vec<(Span, bool)> = entries
                .iter()
                .map(|entry| (entry.span(), goes(entry)))
                .collect();
            return self.remove_runs(&spans);
        }
        let going = entries.into_iter().filter(goes);
        let edits: Option<Vec<Vec<TextEdit>>> =
            going.map(|entry| self.remove_entry(entry)).collect();
        Some(edits?.concat())
    }

    /// Takes items out of a list that keeps others. Comments stay.
    pub fn remove_items(&self, list: Node<'_>, gone: &[Span]) -> Option<Vec<TextEdit>> {
        let goes = |node: &Node<'_>| gone.contains(&node.span());
        let items: Vec<Node<'_>> = list.items().collect();
        if list.kind() == Kind::Alias
            || items.iter().all(goes)
            || items.iter().any(|item| goes(item) && self.is_tied(*item))
        {
            return None;
        }
        if is_flow(list) {
            let spans: Vec<(Span, bool)> =
                items.iter().map(|item| (item.span(), goes(item))).collect();
            return self.remove_runs(&spans);
        }
        let going = items.into_iter().filter(goes);
        let edits: Option<Vec<Vec<TextEdit>>> = going
            .map(|node| self.remove(crate::syntax::Item { list, node }))
            .collect();
        Some(edits?.concat())
    }

    /// Puts keys with values before all others of a mapping.
    pub fn add_first(&self, mapping: Node<'_>, entries: &[(&str, Value)]) -> Option<Vec<TextEdit>> {
        if !matches!(mapping.kind(), Kind::Mapping { .. }) {
            return None;
        }
        let Some((first, _)) = mapping.entries().next() else {
            return self.add(mapping, None, entries);
        };
        let at = first.span().start;
        if is_flow(mapping) {
            return Some(vec![TextEdit::insert(
                at,
                format!("{}, ", flow_entries(entries)),
            )]);
        }
        let step = self.step(mapping);
        let indent = " ".repeat(self.column(at));
        let lines = entries
            .iter()
            .flat_map(|(key, value)| value.entry_lines(key, step));
        let lines: Vec<String> = lines
            .map(|line| format!("{line}{}{indent}", self.newline))
            .collect();
        Some(vec![TextEdit::insert(at, lines.concat())])
    }

    /// Takes what is marked out of brackets or braces that keep something, with the commas that go with it.
    fn remove_runs(&self, all: &[(Span, bool)]) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        let mut at = 0;
        while let Some((one, goes)) = all.get(at).copied() {
            let mut end = at + 1;
            if goes {
                while all.get(end).is_some_and(|(_, goes)| *goes) {
                    end += 1;
                }
                let (last, _) = all.get(end - 1).copied()?;
                let before = at.checked_sub(1).and_then(|before| all.get(before));
                let span = match (before, all.get(end)) {
                    (_, Some((next, _))) => Span {
                        start: one.start,
                        end: next.start,
                    },
                    (Some((before, _)), None) => Span {
                        start: before.end,
                        end: last.end,
                    },
                    (None, None) => return None,
                };
                if !self.comments_in(span).is_empty() {
                    return None;
                }
                edits.push(TextEdit::delete(span));
            }
            at = end;
        }
        Some(edits)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::syntax::{Tree, parse};
    use crate::text::apply;

    /// What a text becomes when `edit` is made at the key `k`.
    fn at_k(
        text: &str,
        edit: impl Fn(&Editor<'_>, Entry<'_>) -> Option<Vec<TextEdit>>,
    ) -> Option<String> {
        let tree: Tree = parse(&Arc::from(text));
        let at = text.find("k:").unwrap();
        let entry = tree.entry(Span::new(at, at + 1)).unwrap();
        let edits = edit(&Editor::new(&tree), entry)?;
        let changed = apply(text, &edits).expect("edits that fit the text");
        let errors = parse(&Arc::from(changed.as_str())).errors().len();
        assert_eq!(errors, 0, "{changed}");
        Some(changed)
    }

    #[test]
    fn a_value_is_rewritten_and_its_comments_stay() {
        for (text, wanted) in [
            ("k: a # one\n", Some("k: X # one\n")),
            ("k:   # one\n", Some("k: X   # one\n")),
            ("{k: , l: 1}\n", Some("{k: X, l: 1}\n")),
            ("k: [a, b]\r\nl: 1\r\n", Some("k: X\r\nl: 1\r\n")),
            (
                "k: # one\r\n  a: 1 # two\r\n  b: 2\r\nl: 1\r\n",
                Some("k: X # one\r\n# two\r\nl: 1\r\n"),
            ),
            ("k:\n- a\n# one\n- b", Some("k: X\n# one")),
            ("k: &a b\n", None),
            ("k: [a, # one\n  b]\n", None),
        ] {
            let found = at_k(text, |editor, entry| editor.rewrite(entry, "X"));
            assert_eq!(found.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn keys_go_together_and_leave_the_others() {
        for (text, wanted) in [
            ("k: {a: 1, b: 2, c: 3}\n", Some("k: {c: 3}\n")),
            ("k: {a: 1, c: 3, b: 2}\n", Some("k: {c: 3}\n")),
            ("k: {c: 3, a: 1, b: 2}\n", Some("k: {c: 3}\n")),
            (
                "k:\r\n  a: 1 # one\r\n  c: 3\r\n  b: 2\r\n",
                Some("k:\r\n  # one\r\n  c: 3\r\n"),
            ),
            ("k: {a: 1, b: 2}\n", None),
            ("k: {c: 3, # one\n  a: 1}\n", None),
            ("k: {c: 3, a: &x 1}\n", None),
        ] {
            let found = at_k(text, |editor, entry| {
                editor.remove_entries(entry.value, &["a", "b"])
            });
            assert_eq!(found.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn items_go_together_and_leave_the_others() {
        for (text, wanted) in [
            ("k: [a, b, c]\n", Some("k: [c]\n")),
            ("k: [c, a, b]\n", Some("k: [c]\n")),
            ("k: [a, c, b]\n", Some("k: [c]\n")),
            (
                "k:\n- a\n- c # one\n- b # two\n",
                Some("k:\n- c # one\n# two\n"),
            ),
            ("k: [a, b]\n", None),
        ] {
            let found = at_k(text, |editor, entry| {
                let gone = entry.value.items().filter(|item| item.text() != Some("c"));
                let gone: Vec<Span> = gone.map(Node::span).collect();
                editor.remove_items(entry.value, &gone)
            });
            assert_eq!(found.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn keys_go_before_all_others() {
        for (text, wanted) in [
            ("k: {a: 1}\n", "k: {n: m, a: 1}\n"),
            ("k: {}\n", "k: {n: m}\n"),
            (
                "k:\r\n  # one\r\n  a: 1\r\n",
                "k:\r\n  # one\r\n  n: m\r\n  a: 1\r\n",
            ),
            ("k:\n- a: 1\n", "k:\n- n: m\n  a: 1\n"),
        ] {
            let found = at_k(text, |editor, entry| {
                let mapping = entry.value.items().next().unwrap_or(entry.value);
                editor.add_first(mapping, &[("n", Value::text("m"))])
            });
            assert_eq!(found.as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn the_only_key_of_a_mapping_leaves_an_empty_one() {
        let text = "k:\n  a: 1 # one\nl: 2\n";
        let found = at_k(text, |editor, entry| {
            let (key, value) = entry.value.entries().next()?;
            editor.remove_entry(Entry {
                mapping: entry.value,
                key,
                value,
            })
        });
        assert_eq!(found.as_deref(), Some("k: {}\n# one\nl: 2\n"));
    }

    #[test]
    fn a_list_in_brackets_over_several_lines_moves_in_when_it_gets_a_key() {
        let text = "r:\n  k: [\n    a, # one\n    b,\n  ]\n";
        let found = at_k(text, |editor, entry| {
            editor.expand(entry, "main", &[("more", Value::True)])
        });
        let wanted = "r:\n  k:\n    main: [\n      a, # one\n      b,\n    ]\n    more: true\n";
        assert_eq!(found.as_deref(), Some(wanted));
    }
}
