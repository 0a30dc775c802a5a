//! Where things stand around nodes: dashes, colons, commas, anchors and comments, which a tree does not hold.

use super::Editor;
use crate::syntax::{Entry, Kind, Node, Step};
use crate::text::Span;

/// What can stand between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `- `
    Dash,
    /// `? `
    Question,
    Colon,
    Comma,
    /// An anchor or a tag.
    Property,
    /// `|` or `>` with what belongs to it.
    Header,
    Comment,
    Break,
}

/// A mark with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub mark: Mark,
    pub span: Span,
}

/// Where a child of a list or mapping stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Where its dash is; where it has none, the same as `start`.
    pub mark: u32,
    /// Where it starts, anchor and tag included.
    pub start: u32,
    /// Where it ends, the colon of an empty value included.
    pub end: u32,
}

/// Where the value of an entry stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValuePlace {
    /// Just behind the colon; `None` for a key in braces that has none.
    pub colon: Option<u32>,
    /// From its anchor or tag to its end; empty and right behind the colon where nothing is written.
    pub span: Span,
    /// Whether it starts on a line below the key.
    pub below: bool,
}

/// The children of a list or mapping, each as its first and its last node.
pub(super) struct Children<'a> {
    of: Node<'a>,
    all: Vec<(Node<'a>, Node<'a>)>,
}

impl<'a> Children<'a> {
    pub fn of(collection: Node<'a>) -> Self {
        let all = match collection.kind() {
            Kind::Sequence { .. } => collection.items().map(|item| (item, item)).collect(),
            Kind::Mapping { .. } => collection.entries().collect(),
            _ => Vec::new(),
        };
        Self {
            of: collection,
            all,
        }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The number of the child that starts with a node.
    pub fn position(&self, node: Node<'_>) -> Option<usize> {
        self.all
            .iter()
            .position(|(first, _)| first.id() == node.id())
    }

    pub fn is_flow(&self) -> bool {
        is_flow(self.of)
    }

    /// Whether it is a mapping without braces, as in `[a: b]`.
    pub fn is_bare(&self) -> bool {
        self.of.is_bare()
    }

    pub fn collection(&self) -> Node<'a> {
        self.of
    }

    /// The nodes of a child; none where there is no such child.
    pub fn nodes(&self, at: usize) -> impl Iterator<Item = Node<'a>> {
        let child = self.all.get(at).copied();
        child.into_iter().flat_map(|(first, last)| [first, last])
    }
}

impl Editor<'_> {
    /// Where a child stands; `None` where something odd stands around it, or it has a question mark.
    pub(super) fn slot(&self, children: &Children<'_>, at: usize) -> Option<Slot> {
        let (first, last) = *children.all.get(at)?;
        let before = at
            .checked_sub(1)
            .and_then(|before| children.all.get(before));
        let from = before.map_or_else(|| self.inside(children), |(_, last)| last.span().end);
        let to = first.span().start;
        let mut tokens = self.gap(from, to)?;
        let separator = match children.of.kind() {
            Kind::Sequence { flow: false } => Some(Mark::Dash),
            Kind::Mapping { flow: false } => before.map(|_| Mark::Colon),
            _ => before.map(|_| Mark::Comma),
        };
        let find = |tokens: &[Token]| {
            let mut tokens = tokens.iter();
            tokens.rposition(|token| Some(token.mark) == separator)
        };
        let mut found = find(&tokens);
        if found.is_none() && before.is_none() && separator.is_some() {
            // A list as far left as its key starts, for the tree, behind its first dash.
            let step = self.path(children.of).pop()?;
            let Step::Entry(entry) = step else {
                return None;
            };
            tokens = self.gap(entry.key.span().end, to)?;
            found = find(&tokens);
        }
        let is_colon = separator == Some(Mark::Colon);
        if found.is_none() && separator.is_some() && !is_colon {
            return None;
        }
        let own = tokens.get(found.map_or(0, |found| found + 1)..)?;
        if own
            .iter()
            .any(|token| token.mark == Mark::Question && !children.is_flow())
        {
            return None;
        }
        let starts = [Mark::Property, Mark::Header, Mark::Question];
        let start = own.iter().find(|token| starts.contains(&token.mark));
        let start = start.map_or(to, |token| token.span.start);
        let mark = match (separator, found.and_then(|found| tokens.get(found))) {
            (Some(Mark::Dash), Some(dash)) => dash.span.start,
            _ => start,
        };
        Some(Slot {
            mark,
            start,
            end: self.end(first, last).max(start),
        })
    }

    /// Where the first child may start: behind the bracket.
    fn inside(&self, children: &Children<'_>) -> u32 {
        let has_bracket = children.is_flow() && !children.is_bare();
        children.of.span().start + u32::from(has_bracket)
    }

    /// Where a child ends, the colon of an empty value included.
    fn end(&self, first: Node<'_>, last: Node<'_>) -> u32 {
        let deeper = match last.kind() {
            Kind::Empty if first.id() != last.id() => self.next_colon(first.span().end),
            Kind::Sequence { flow: false } => last.items().last().map(|last| self.end(last, last)),
            Kind::Mapping { flow } if !flow || last.is_bare() => last
                .entries()
                .last()
                .map(|(key, value)| self.end(key, value)),
            _ => None,
        };
        self.content_end(last.span()).max(deeper.unwrap_or(0))
    }

    /// Where a node ends, the colon of an empty value included.
    pub(super) fn end_of(&self, node: Node<'_>) -> u32 {
        self.end(node, node)
    }

    /// Where an entry ends, the colon of an empty value included.
    pub(super) fn end_of_entry(&self, entry: Entry<'_>) -> u32 {
        self.end(entry.key, entry.value).max(entry.key.span().end)
    }

    /// Just behind the colon, if the next thing is one.
    fn next_colon(&self, from: u32) -> Option<u32> {
        let mut at = from;
        loop {
            let rest = self.text.get(at as usize..)?;
            if rest.starts_with(':') {
                return Some(at + 1);
            }
            at = match self.comment_at(at) {
                Some(comment) => comment.end,
                None if rest.starts_with([' ', '\t', '\n', '\r']) => at + 1,
                None => return None,
            };
        }
    }

    /// Where the value of an entry stands; `None` where something odd stands around it.
    pub(super) fn value_place(&self, entry: Entry<'_>) -> Option<ValuePlace> {
        let (key, value) = (entry.key.span(), entry.value.span());
        let is_empty = entry.value.kind() == Kind::Empty && entry.value.anchor().is_none();
        if is_empty {
            let behind = self.next_colon(key.end);
            let colon = behind.unwrap_or(key.end);
            let between = Span {
                start: key.end,
                end: colon,
            };
            let is_odd = between.slice(self.text).contains(['\n', '\r'])
                || behind.is_none() && !is_flow(entry.mapping);
            return (!is_odd).then_some(ValuePlace {
                colon: behind,
                span: Span {
                    start: colon,
                    end: colon,
                },
                below: false,
            });
        }
        let tokens = self.gap(key.end, value.start)?;
        let colon = tokens.iter().position(|token| token.mark == Mark::Colon)?;
        let (before, after) = tokens.split_at(colon);
        if before.iter().any(|token| token.mark == Mark::Break) {
            // `? key` with its colon on a line of its own.
            return None;
        }
        let starts = [Mark::Property, Mark::Header, Mark::Dash];
        let start = after.iter().position(|token| starts.contains(&token.mark));
        let above = after.get(..start.unwrap_or(after.len()))?;
        let start = start.and_then(|start| after.get(start));
        Some(ValuePlace {
            colon: after.first().map(|colon| colon.span.end),
            span: Span {
                start: start.map_or(value.start, |token| token.span.start),
                end: self.end_of(entry.value),
            },
            below: above.iter().any(|token| token.mark == Mark::Break),
        })
    }

    /// What stands between two nodes; `None` where that is more than marks and comments, as beside a syntax error.
    pub(super) fn gap(&self, from: u32, to: u32) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        let mut at = from;
        while at < to {
            let rest = self.text.get(at as usize..to as usize)?;
            let next = rest.chars().next()?;
            // A mark that needs a blank behind it.
            let alone = || {
                let behind = self.text.get(at as usize + 1..).unwrap_or("");
                behind.is_empty() || behind.starts_with([' ', '\t', '\n', '\r'])
            };
            let until = |ends: &[char]| rest.find(ends).unwrap_or(rest.len());
            let (mark, length) = match next {
                ' ' | '\t' => {
                    at += 1;
                    continue;
                }
                '\u{feff}' if at == 0 => {
                    at += 3;
                    continue;
                }
                '\n' | '\r' => (Mark::Break, 1),
                '#' => (Mark::Comment, self.comment_at(at)?.range().len()),
                ':' => (Mark::Colon, 1),
                ',' => (Mark::Comma, 1),
                '-' if alone() => (Mark::Dash, 1),
                '?' if alone() => (Mark::Question, 1),
                '!' if rest.starts_with("!<") => (Mark::Property, until(&['>']) + 1),
                '&' | '!' => {
                    let ends = [' ', '\t', '\n', '\r', ',', '[', ']', '{', '}'];
                    (Mark::Property, until(&ends))
                }
                '|' | '>' => (Mark::Header, until(&[' ', '\t', '\n', '\r'])),
                _ => return None,
            };
            let end = at + u32::try_from(length).ok()?;
            let span = Span { start: at, end };
            tokens.push(Token { mark, span });
            at = end;
        }
        (at <= to.max(from)).then_some(tokens)
    }
}

/// Whether a node is written in brackets or braces.
pub(super) fn is_flow(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        Kind::Sequence { flow: true } | Kind::Mapping { flow: true }
    )
}
