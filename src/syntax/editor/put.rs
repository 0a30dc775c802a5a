//! Putting items, keys and lines in.

use super::places::{Children, is_flow};
use super::{Editor, Entry, Kind, Layout, Node, Piece, Value};
use crate::syntax::Step;
use crate::syntax::value::indented;
use crate::text::{Span, TextEdit};

/// How far deeper levels are indented where a file does not show it.
const STEP: usize = 2;

impl Editor<'_> {
    /// Puts items at the end of a list.
    pub fn push(&self, list: Node<'_>, pieces: &[Piece]) -> Option<Vec<TextEdit>> {
        if !matches!(list.kind(), Kind::Sequence { .. })
            || pieces.is_empty()
            || self.is_repeated(list)
        {
            return None;
        }
        let children = Children::of(list);
        if children.is_flow() {
            let flow: Vec<String> = pieces.iter().map(|piece| piece.flow.clone()).collect();
            let comments = Value::Items(pieces.to_vec()).comments();
            let mut edits = self.put_into_flow(&children, children.len().checked_sub(1), &flow)?;
            edits.extend(self.comments_above(list, &comments)?);
            return Some(edits);
        }
        let last = self.slot(&children, children.len().checked_sub(1)?)?;
        let dash = self.dash(last.mark, last.start);
        let width = self.width(last.mark)?;
        let lines = pieces.iter().flat_map(|piece| piece.item_lines(&dash));
        Some(vec![self.below(last.end, width, lines)?])
    }

    /// Puts keys with values into a mapping: behind the key `after`, or at its end.
    pub fn add(
        &self,
        mapping: Node<'_>,
        after: Option<&str>,
        entries: &[(&str, Value)],
    ) -> Option<Vec<TextEdit>> {
        if !matches!(mapping.kind(), Kind::Mapping { .. })
            || entries.is_empty()
            || self.is_repeated(mapping)
        {
            return None;
        }
        let children = Children::of(mapping);
        let wanted = after.and_then(|after| {
            let mut keys = mapping.entries();
            keys.position(|(key, _)| key.text() == Some(after))
        });
        let at = wanted.or(children.len().checked_sub(1));
        if children.is_flow() {
            let mut edits = self.put_into_flow(&children, at, &flow_entries(entries))?;
            edits.extend(self.comments_above(mapping, &comments(entries))?);
            return Some(edits);
        }
        let width = self.width(self.slot(&children, 0)?.mark)?;
        let lines = self.lines_for(mapping, entries);
        Some(vec![self.below(
            self.slot(&children, at?)?.end,
            width,
            lines.into_iter(),
        )?])
    }

    /// Puts keys with values before all others of a mapping.
    pub fn add_first(&self, mapping: Node<'_>, entries: &[(&str, Value)]) -> Option<Vec<TextEdit>> {
        let children = Children::of(mapping);
        if children.len() == 0 {
            return self.add(mapping, None, entries);
        }
        if !matches!(mapping.kind(), Kind::Mapping { .. })
            || entries.is_empty()
            || self.is_repeated(mapping)
        {
            return None;
        }
        let at = self.slot(&children, 0)?.mark;
        if children.is_flow() {
            let is_free = !children.is_bare();
            let text = format!("{}, ", flow_entries(entries).join(", "));
            let mut edits = is_free.then(|| vec![TextEdit::insert(at, text)])?;
            edits.extend(self.comments_above(mapping, &comments(entries))?);
            return Some(edits);
        }
        let indent = " ".repeat(self.width(at)?);
        let lines = self.lines_for(mapping, entries).into_iter();
        let lines: Vec<String> = lines
            .map(|line| format!("{line}{}{indent}", self.newline))
            .collect();
        Some(vec![TextEdit::insert(at, lines.concat())])
    }

    /// Writes the lines of a value below its key.
    pub fn lines_below(&self, entry: Entry<'_>, value: &Value) -> Option<Vec<TextEdit>> {
        let children = Children::of(entry.mapping);
        if children.is_flow() || self.is_repeated(entry.mapping) {
            return None;
        }
        let width = self.width(self.slot(&children, 0)?.mark)?;
        let lines = value.lines("k", &self.layout(entry.mapping));
        let lines = lines.into_iter().skip(1);
        Some(vec![self.below(self.end_of_entry(entry), width, lines)?])
    }

    /// Makes a group of keys of a value: it goes under `main`, and `more` follows. `product-owner: ben` becomes
    /// `product-owner:` with `holder: ben` and more below it.
    pub fn expand(
        &self,
        entry: Entry<'_>,
        main: &str,
        more: &[(&str, Value)],
    ) -> Option<Vec<TextEdit>> {
        let place = self.value_place(entry)?;
        let colon = place.colon?;
        if place.span.is_empty() || more.is_empty() || self.is_repeated(entry.mapping) {
            return None;
        }
        if is_flow(entry.mapping) {
            let more_text = flow_entries(more).join(", ");
            let mut edits = vec![
                TextEdit::insert(place.span.start, format!("{{{main}: ")),
                TextEdit::insert(place.span.end, format!(", {more_text}}}")),
            ];
            edits.extend(self.comments_above(entry.key, &comments(more))?);
            return Some(edits);
        }
        let width = self.width(self.slot(&Children::of(entry.mapping), 0)?.mark)?;
        let step = self.layout(entry.mapping).step;
        let inner = " ".repeat(width + step);
        let mut edits = vec![if place.below {
            TextEdit::insert(
                self.line_end(colon),
                format!("{}{inner}{main}:", self.newline),
            )
        } else {
            let blanks = Span {
                start: colon,
                end: place.span.start,
            };
            TextEdit::replace(blanks, format!("{}{inner}{main}: ", self.newline))
        }];
        // What stands below the key goes as far in as its new key does.
        for line in self.line(colon) + 1..=self.line(place.span.end) {
            let line = self.lines.line_span(line, self.text);
            if !line
                .slice(self.text)
                .trim_end_matches(['\n', '\r'])
                .is_empty()
            {
                edits.push(TextEdit::insert(line.start, " ".repeat(step)));
            }
        }
        let lines = self.lines_for(entry.mapping, more).into_iter();
        edits.push(self.below(
            place.span.end,
            width,
            lines.map(|line| indented(&line, step)),
        )?);
        Some(edits)
    }

    /// Puts lines, such as comments, above the line of `at`, as far in as it is.
    pub fn above(&self, at: u32, lines: &[String]) -> TextEdit {
        let indent = " ".repeat(self.blanks(at));
        let lines: Vec<String> = lines
            .iter()
            .map(|line| format!("{indent}{line}{}", self.newline))
            .collect();
        TextEdit::insert(self.line_start(at), lines.concat())
    }

    /// A new document at the end of the file.
    pub fn append_document(&self, lines: &[String]) -> TextEdit {
        let end = Span::new(self.text.len(), 0).start;
        let mut text = String::new();
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\r', '\u{feff}']) {
            text.push_str(self.newline);
        }
        if !self.text.trim_start_matches('\u{feff}').trim().is_empty() {
            text.push_str("---");
            text.push_str(self.newline);
        }
        for line in lines {
            text.push_str(line);
            text.push_str(self.newline);
        }
        TextEdit::insert(end, text)
    }

    /// Puts texts between brackets, behind the child `after`; first where there is none.
    fn put_into_flow(
        &self,
        children: &Children<'_>,
        after: Option<usize>,
        texts: &[String],
    ) -> Option<Vec<TextEdit>> {
        let Some(after) = after else {
            let at = children.collection().span().start + 1;
            return Some(vec![TextEdit::insert(at, texts.join(", "))]);
        };
        if children.is_bare() {
            return None;
        }
        let slot = self.slot(children, after)?;
        if !self.is_first(slot.mark) {
            return Some(vec![TextEdit::insert(
                slot.end,
                format!(", {}", texts.join(", ")),
            )]);
        }
        // Where each stands on a line of its own, those put in do as well.
        let start = format!("{}{}", self.newline, " ".repeat(self.width(slot.mark)?));
        let lines = texts.join(&format!(",{start}"));
        match self.comma_behind(children, after, slot.end)? {
            Some(comma) if self.is_last(comma) => {
                let at = self.line_end(comma);
                Some(vec![TextEdit::insert(at, format!("{start}{lines},"))])
            }
            None if self.is_last(slot.end) => Some(vec![
                TextEdit::insert(slot.end, ","),
                TextEdit::insert(self.line_end(slot.end), format!("{start}{lines}")),
            ]),
            _ => Some(vec![TextEdit::insert(slot.end, format!(",{start}{lines}"))]),
        }
    }

    /// Puts comments above the line on which something in brackets or braces stands; nothing where there are none.
    pub(super) fn comments_above(
        &self,
        node: Node<'_>,
        comments: &[String],
    ) -> Option<Vec<TextEdit>> {
        if comments.is_empty() {
            return Some(Vec::new());
        }
        let path = self.path(node);
        // The innermost thing on a line of its own.
        let at = path.iter().rev().find_map(|step| {
            let (collection, node) = match step {
                Step::Entry(entry) => (entry.mapping, entry.key),
                Step::Item(item) => (item.list, item.node),
                Step::Root(_) => return None,
            };
            let children = Children::of(collection);
            let at = children.position(node)?;
            (!children.is_flow()).then(|| self.slot(&children, at))
        })??;
        self.width(at.mark)?;
        Some(vec![self.above(at.mark, comments)])
    }

    /// Lines below the one on which something ends, as far in as `width`, below comments that are further in.
    fn below(
        &self,
        end: u32,
        width: usize,
        lines: impl Iterator<Item = String>,
    ) -> Option<TextEdit> {
        if !self.is_last(end) || self.is_kept(end) {
            return None;
        }
        let mut line = self.line(end);
        while let Some(next) = self.next_comment(line)
            && self.column(self.comment_on(next)?.start) > width
        {
            line = next;
        }
        let at = self.line_end(self.lines.line_span(line, self.text).start.max(end));
        let text: Vec<String> = lines
            .map(|line| format!("{}{}", self.newline, indented(&line, width)))
            .collect();
        Some(TextEdit::insert(at, text.concat()))
    }

    fn lines_for(&self, mapping: Node<'_>, entries: &[(&str, Value)]) -> Vec<String> {
        let layout = self.layout(mapping);
        let lines = entries
            .iter()
            .flat_map(|(key, value)| value.lines(key, &layout));
        lines.collect()
    }

    /// How far in something in lines stands; `None` behind more than blanks and dashes.
    fn width(&self, mark: u32) -> Option<usize> {
        let before = Span {
            start: self.line_start(mark),
            end: mark,
        };
        let is_plain = before
            .slice(self.text)
            .chars()
            .all(|c| matches!(c, ' ' | '-'));
        is_plain.then(|| self.column(mark))
    }

    /// A dash with the blanks behind it, as at `mark`; a plain one where the item starts on another line.
    fn dash(&self, mark: u32, start: u32) -> String {
        let dash = Span {
            start: mark,
            end: start,
        }
        .slice(self.text);
        let is_plain = dash.len() > 1 && dash.trim_end_matches(' ') == "-";
        if is_plain { dash } else { "- " }.to_owned()
    }

    /// How the levels of this file are laid out, as near to a mapping as it shows.
    fn layout(&self, mapping: Node<'_>) -> Layout {
        let step = self.step(mapping);
        let near = mapping
            .entries()
            .find_map(|entry| self.list_under(mapping, entry));
        let mut every = self.tree.every_node();
        let list = near.or_else(|| {
            every.find_map(|node| {
                let mut entries = own_entries(node);
                entries.find_map(|entry| self.list_under(node, entry))
            })
        });
        let (list, dash) = list.unwrap_or((step, "- ".to_owned()));
        Layout { step, list, dash }
    }

    /// How a list below a key is laid out: how much further in than the key, and with what dash.
    fn list_under(
        &self,
        mapping: Node<'_>,
        (key, value): (Node<'_>, Node<'_>),
    ) -> Option<(usize, String)> {
        if is_flow(mapping) || value.kind() != (Kind::Sequence { flow: false }) {
            return None;
        }
        let first = self.slot(&Children::of(value), 0)?;
        let list = self
            .width(first.mark)?
            .checked_sub(self.column(key.span().start))?;
        Some((list, self.dash(first.mark, first.start)))
    }

    /// How much deeper the levels of this file are indented, as near to a mapping as it shows.
    fn step(&self, mapping: Node<'_>) -> usize {
        let step = |node: Node<'_>| {
            let (own, _) = own_entries(node).next()?;
            let mut nested = own_entries(node).filter_map(|(_, value)| own_entries(value).next());
            nested.find_map(|(inner, _)| {
                let (inner, own) = (inner.span().start, own.span().start);
                let step = self.column(inner).checked_sub(self.column(own))?;
                (step > 0).then_some(step)
            })
        };
        let mut every = self.tree.every_node();
        step(mapping)
            .or_else(|| every.find_map(step))
            .unwrap_or(STEP)
    }
}

/// The entries of a mapping in lines, where it is one itself and no alias for one.
fn own_entries(node: Node<'_>) -> impl Iterator<Item = (Node<'_>, Node<'_>)> {
    let is_block = node.kind() == Kind::Mapping { flow: false };
    node.entries().filter(move |_| is_block)
}

fn flow_entries(entries: &[(&str, Value)]) -> Vec<String> {
    let entries = entries.iter();
    entries
        .map(|(key, value)| format!("{key}: {}", value.flow()))
        .collect()
}

fn comments(entries: &[(&str, Value)]) -> Vec<String> {
    entries
        .iter()
        .flat_map(|(_, value)| value.comments())
        .collect()
}
