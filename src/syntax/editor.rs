//! Edits of a YAML file as small replacements on its own text: what is not touched stays as it is, byte for byte.
//!
//! Every method answers `None` where it cannot be sure: what an alias stands for would change, a comment would be
//! lost, the layout is none that it knows, or a syntax error is too near.

mod items;
mod lines;
mod marks;
mod places;
mod put;
mod remove;
mod reshape;
mod take;
#[cfg(test)]
mod tests;
mod ties;

use places::is_flow;
use ties::targets;

use super::plain_scalar;
use super::value::Layout;
use super::write::{double_quoted, is_unprintable};
use super::{Entry, Item, Kind, Node, Piece, Style, Tree, Value};
use crate::text::{LineIndex, Span, TextEdit};

/// Makes edits for one file.
#[derive(Debug)]
pub struct Editor<'a> {
    tree: &'a Tree,
    text: &'a str,
    lines: &'a LineIndex,
    newline: &'static str,
    /// The nodes that aliases stand for.
    targets: Vec<u32>,
}

impl<'a> Editor<'a> {
    /// For the file of a tree.
    pub fn new(tree: &'a Tree) -> Self {
        let text: &str = tree.text();
        let newline = match text.find(['\n', '\r']) {
            Some(at) if text[at..].starts_with("\r\n") => "\r\n",
            Some(at) if text[at..].starts_with('\r') => "\r",
            _ => "\n",
        };
        Self {
            tree,
            text,
            lines: tree.lines(),
            newline,
            targets: targets(tree),
        }
    }

    /// The tree it edits.
    pub fn tree(&self) -> &'a Tree {
        self.tree
    }

    /// Writes another word or line in place of a scalar, in the same quotes.
    pub fn replace(&self, node: Node<'_>, text: &str) -> Option<TextEdit> {
        let Kind::Scalar(style) = node.kind() else {
            return None;
        };
        let span = node.span();
        if span.is_empty() || self.is_repeated(node) {
            return None;
        }
        let raw = span.slice(self.text);
        let new = match style {
            Style::Quoted if raw.starts_with('\'') && !text.contains(is_unprintable) => {
                format!("'{}'", text.replace('\'', "''"))
            }
            Style::Quoted => double_quoted(text),
            Style::Plain if self.in_flow(span) => Value::text(text).flow(),
            Style::Plain => plain_scalar(text),
            Style::Block => return None,
        };
        Some(TextEdit::replace(span, new))
    }

    /// Writes another key.
    pub fn rename(&self, key: Span, name: &str) -> Option<TextEdit> {
        let entry = self.tree.entry(key)?;
        (entry.key.span() == key)
            .then(|| self.replace(entry.key, name))
            .flatten()
    }

    /// Writes another value behind a key, on the same line. Comments in lines below the key stay there.
    pub fn set(&self, entry: Entry<'_>, value: &Value) -> Option<Vec<TextEdit>> {
        let text = match value {
            Value::Text(text) if !is_flow(entry.mapping) => plain_scalar(text),
            value => value.flow(),
        };
        let mut edits = self.rewrite(entry, &text)?;
        edits.extend(self.comments_above(entry.key, &value.comments())?);
        Some(edits)
    }

    /// Writes a text as it is behind a key, in place of its value. Comments in lines below the key stay there.
    pub fn rewrite(&self, entry: Entry<'_>, text: &str) -> Option<Vec<TextEdit>> {
        if self.is_repeated(entry.mapping) || self.is_needed(entry.value) {
            return None;
        }
        let place = self.value_place(entry)?;
        let Some(colon) = place.colon else {
            return Some(vec![TextEdit::insert(
                place.span.start,
                format!(": {text}"),
            )]);
        };
        let behind_colon = format!(" {text}");
        if place.span.is_empty() {
            // The blanks that stand there have done their work, unless a comment stands apart by them.
            let rest = self.text.get(colon as usize..)?;
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let behind = rest.get(blanks..)?;
            let is_comment = behind.starts_with('#');
            // What could not be read may be there.
            if !is_comment && !behind.is_empty() && !behind.starts_with(['\n', '\r', ',', ']', '}'])
            {
                return None;
            }
            let end = Span::new(colon as usize + if is_comment { 0 } else { blanks }, 0).start;
            let gap = Span { start: colon, end };
            return Some(vec![TextEdit::replace(gap, behind_colon)]);
        }
        let whole = Span {
            start: colon,
            end: place.span.end,
        };
        if !place.below {
            let is_free = self.comments_in(whole).is_empty();
            return is_free.then(|| {
                vec![if colon == place.span.start {
                    TextEdit::replace(whole, behind_colon)
                } else {
                    TextEdit::replace(place.span, text)
                }]
            });
        }
        if self.comments_in(whole).is_empty() {
            // A block below its key comes up behind it; blanks at its end stay.
            return Some(vec![TextEdit::replace(whole, behind_colon)]);
        }
        let region = self.rows(place.span.start, place.span.end)?;
        let indent = self.column(entry.key.span().start);
        Some(vec![
            TextEdit::insert(colon, behind_colon),
            self.take_rows(region, indent),
        ])
    }

    /// Writes a value behind a key that has none (`key:`, `key: ~`, `key: []`), in lines below it or on its line.
    pub fn fill(&self, entry: Entry<'_>, value: &Value) -> Option<Vec<TextEdit>> {
        let is_empty = entry.value.is_null()
            || is_flow(entry.value)
                && entry.value.items().next().is_none()
                && entry.value.entries().next().is_none();
        if !is_empty {
            return None;
        }
        let in_lines = match value {
            Value::Items(items) => !items.is_empty(),
            Value::Keys(keys) => !keys.is_empty(),
            _ => false,
        };
        if !in_lines || is_flow(entry.mapping) {
            return self.set(entry, value);
        }
        if self.is_needed(entry.value) {
            return None;
        }
        let place = self.value_place(entry)?;
        let mut edits = self.lines_below(entry, value)?;
        if !place.span.is_empty() {
            let old = Span {
                start: place.colon?,
                end: place.span.end,
            };
            if !self.comments_in(old).is_empty() {
                return None;
            }
            edits.push(TextEdit::delete(old));
        }
        Some(edits)
    }

    /// Puts a value into a list of its own: `teams: checkout` becomes `teams: [checkout]`.
    pub fn wrap(&self, node: Node<'_>) -> Option<Vec<TextEdit>> {
        let span = node.span();
        let is_plain = node.kind() == Kind::Scalar(Style::Plain);
        let is_one_line = self.line(span.start) == self.line(span.end);
        if !(is_plain || is_flow(node) || node.kind() == Kind::Scalar(Style::Quoted))
            || span.is_empty()
            || !is_one_line
            || self.is_tied(node)
            || self.is_repeated(node)
        {
            return None;
        }
        let raw = span.slice(self.text);
        if is_plain && raw.contains([',', '[', ']', '{', '}']) {
            let quoted = Value::text(node.text()?).flow();
            return Some(vec![TextEdit::replace(span, format!("[{quoted}]"))]);
        }
        Some(vec![
            TextEdit::insert(span.start, "["),
            TextEdit::insert(span.end, "]"),
        ])
    }
}
