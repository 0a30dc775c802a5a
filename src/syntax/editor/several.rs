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
            return Some(vec![TextEdit::insert(colon, format!(" {text}"))]);
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
        let region = self.rows(old.start, old)?;
        let indent = self.indent(entry.key.span().start);
        let comments = self.comments_in(region);
        Some(vec![
            TextEdit::insert(colon, format!(" {text}")),
            self.take_rows(region, &comments, &indent),
        ])
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
        if entries.iter().all(goes) || entries.iter().any(|entry| goes(entry) && self.is_tied(entry.value)) {
            return None;
        }
        if is_flow(mapping) {
            let spans: Vec<(Span, bool)> =
                entries.iter().map(|entry| (entry.span(), goes(entry))).collect();
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
            return Some(vec![TextEdit::insert(at, format!("{}, ", flow_entries(entries)))]);
        }
        let step = self.step(mapping);
        let indent = " ".repeat(self.column(at));
        let lines = entries.iter().flat_map(|(key, value)| value.entry_lines(key, step));
        let lines: Vec<String> = lines.map(|line| format!("{line}{}{indent}", self.newline)).collect();
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
