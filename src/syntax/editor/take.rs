//! Taking an item out together with its comments, to be put somewhere else.

use super::places::{Children, Slot};
use super::{Editor, Item, Kind, Node, Piece, Style, Value, double_quoted};
use crate::text::{Span, TextEdit};

impl Editor<'_> {
    /// Takes an item out of its list together with its comments, to be put somewhere else.
    pub fn take(&self, item: Item<'_>) -> Option<(Piece, Vec<TextEdit>)> {
        if self.is_tied(item.node) || self.is_repeated(item.list) || !self.may_move(item.node) {
            return None;
        }
        let children = Children::of(item.list);
        let at = children.position(item.node)?;
        let slot = self.slot(&children, at)?;
        let flow = self.flow_of(item.node)?;
        let own = Span {
            start: slot.start,
            end: slot.end,
        };
        if children.is_flow() {
            let raw = own.slice(self.text);
            if raw.contains(['\n', '\r']) || raw.starts_with('?') {
                return None;
            }
            let mut entries = item.node.entries();
            let is_one = entries.next().is_some() && entries.next().is_none();
            let bare = flow
                .strip_prefix('{')
                .and_then(|flow| flow.strip_suffix('}'));
            // `{roadmap: Four quarters}` needs no braces on a line of its own.
            let line = bare.filter(|_| is_one).unwrap_or(raw);
            let piece = Piece {
                above: Vec::new(),
                inside: Vec::new(),
                lines: vec![line.to_owned()],
                flow,
            };
            return Some((piece, self.take_out(&children, &[at])?));
        }
        let own = Span {
            start: slot.start,
            end: self.line_end(slot.end),
        };
        let beside_dash = Span {
            start: slot.mark,
            end: slot.start,
        };
        let (top, mut above) = self.comments_over(slot.mark);
        above.extend(self.comments_in(beside_dash));
        let piece = Piece {
            above,
            inside: self.comments_in(own),
            lines: self.lines_of(item.node, slot)?,
            flow,
        };
        if children.len() == 1 {
            return Some((piece, self.empty_out(&children, Some(top))?));
        }
        if !self.is_first(slot.mark) {
            let next = self.slot(&children, at + 1)?;
            let behind = Span {
                start: own.end,
                end: next.mark,
            };
            let is_free = self.is_first(next.mark) && self.comments_in(behind).is_empty();
            let region = Span {
                start: slot.mark,
                end: next.mark,
            };
            return is_free.then(|| (piece, vec![TextEdit::delete(region)]));
        }
        let region = Span {
            start: top,
            end: self.rows(slot.mark, slot.end)?.end,
        };
        let is_free = !self.would_grow(region, self.column(slot.mark));
        is_free.then(|| (piece, vec![TextEdit::delete(self.whole(region))]))
    }

    /// The comments right above a line, as far in as what stands at `mark`, and where the first of them starts.
    fn comments_over(&self, mark: u32) -> (u32, Vec<String>) {
        let mut top = self.line_start(mark);
        let mut above = Vec::new();
        let mut line = self.line(mark);
        while self.is_first(mark)
            && let Some(before) = line.checked_sub(1)
            && let Some(comment) = self.comment_on(before)
            && self.column(comment.start) == self.column(mark)
        {
            above.insert(0, comment.slice(self.text).trim_end().to_owned());
            top = self.line_start(comment.start);
            line = before;
        }
        (top, above)
    }

    /// The lines of an item without dash and indentation.
    fn lines_of(&self, node: Node<'_>, slot: Slot) -> Option<Vec<String>> {
        let rest = self.line(slot.start) + 1..=self.line(slot.end);
        let rest: Vec<&str> = rest
            .map(|line| self.lines.line_span(line, self.text).slice(self.text))
            .map(|line| line.trim_end_matches(['\n', '\r']))
            .collect();
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let is_comment = |line: &str| {
            let is_block = node.kind() == Kind::Scalar(Style::Block);
            !is_block && line.trim_start_matches(' ').starts_with('#')
        };
        let mut width = self.column(slot.start);
        if node.kind() == Kind::Scalar(Style::Block) {
            let indents = rest.iter().filter(|line| !line.trim().is_empty());
            width = indents
                .map(|line| indent(line))
                .min()
                .unwrap_or(width)
                .min(width);
        }
        let first = Span {
            start: slot.start,
            end: self.line_end(slot.start),
        };
        let mut lines = vec![first.slice(self.text).to_owned()];
        for line in rest {
            let own = indent(line);
            lines.push(if own >= width || line.trim().is_empty() {
                line.get(width..).unwrap_or("").to_owned()
            } else if is_comment(line) {
                line.trim_start().to_owned()
            } else {
                return None;
            });
        }
        Some(lines)
    }

    /// A node on one line without comments, for brackets around it.
    fn flow_of(&self, node: Node<'_>) -> Option<String> {
        match node.kind() {
            Kind::Empty => Some("~".to_owned()),
            Kind::Alias => None,
            Kind::Scalar(style) => {
                let raw = node.span().slice(self.text);
                let one_line = !raw.contains(['\n', '\r']) && !raw.is_empty();
                match style {
                    Style::Quoted if one_line => Some(raw.to_owned()),
                    Style::Plain if one_line && !raw.contains([',', '[', ']', '{', '}']) => {
                        Some(raw.to_owned())
                    }
                    Style::Plain if raw.is_empty() => None,
                    _ if node.text()?.contains('\n') => Some(double_quoted(node.text()?)),
                    _ => Some(Value::text(node.text()?).flow()),
                }
            }
            Kind::Sequence { .. } => {
                let items: Option<Vec<String>> =
                    node.items().map(|item| self.flow_of(item)).collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            Kind::Mapping { .. } => {
                let entries: Option<Vec<String>> = node
                    .entries()
                    .map(|(key, value)| {
                        let (key, value) = (self.flow_of(key)?, self.flow_of(value)?);
                        Some(format!("{key}: {value}"))
                    })
                    .collect();
                Some(format!("{{{}}}", entries?.join(", ")))
            }
        }
    }
}
