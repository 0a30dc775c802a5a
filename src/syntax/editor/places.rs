//! Where things stand around nodes: dashes, colons, commas, anchors and comments, which a tree does not hold.

use super::Editor;
use crate::syntax::{Entry, Kind, Node, Step, Tree};
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
        self.all.iter().position(|(first, _)| first.id() == node.id())
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
        let before = at.checked_sub(1).and_then(|before| children.all.get(before));
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
            let Step::Entry(entry) = step else { return None };
            tokens = self.gap(entry.key.span().end, to)?;
            found = find(&tokens);
        }
        let is_colon = separator == Some(Mark::Colon);
        if found.is_none() && separator.is_some() && !is_colon {
            return None;
        }
        let own = tokens.get(found.map_or(0, |found| found + 1)..)?;
        if own.iter().any(|token| token.mark == Mark::Question && !children.is_flow()) {
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
            Kind::Mapping { flow } if !flow || last.is_bare() => {
                last.entries().last().map(|(key, value)| self.end(key, value))
            }
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

    /// Just behind the colon of an entry.
    pub(super) fn colon(&self, entry: Entry<'_>) -> Option<u32> {
        self.value_place(entry)?.colon
    }

    /// The `|` or `>` of a block of text, with what belongs to it.
    fn header(&self, node: Node<'_>) -> Option<&str> {
        let step = self.path(node).pop()?;
        let from = match step {
            Step::Entry(entry) => entry.key.span().end,
            Step::Item(item) => {
                let children = Children::of(item.list);
                let at = children.position(node)?;
                self.slot(&children, at)?.mark
            }
            Step::Root(_) => return None,
        };
        let tokens = self.gap(from, node.span().start)?;
        let header = tokens.iter().find(|token| token.mark == Mark::Header)?;
        Some(header.span.slice(self.text))
    }

    /// The blocks of text that end at a place, blanks aside.
    fn blocks_before(&self, at: u32) -> impl Iterator<Item = Node<'_>> {
        let before = self.text.get(..at as usize).unwrap_or("");
        let end = Span::new(before.trim_end().len(), 0).start;
        self.tree.every_node().filter(move |node| {
            node.kind() == Kind::Scalar(super::Style::Block) && node.span().end == end
        })
    }

    /// Whether the blank lines behind a place belong to a block of text (`|+`) that ends there.
    pub(super) fn is_kept(&self, at: u32) -> bool {
        let mut blocks = self.blocks_before(at);
        blocks.any(|block| self.header(block).is_none_or(|header| header.contains('+')))
    }

    /// Whether a block of text in front of some lines would take in what follows them if they went: blank lines, or
    /// comments that are further in than `width`.
    pub(super) fn would_grow(&self, region: Span, width: usize) -> bool {
        if self.blocks_before(region.start).next().is_none() {
            return false;
        }
        let mut line = self.line(region.end) + 1;
        let is_blank = |line| {
            let span = self.lines.line_span(line, self.text);
            !span.is_empty() && span.slice(self.text).trim().is_empty()
        };
        while is_blank(line) {
            line += 1;
        }
        let comment = self.comment_on(line);
        self.is_kept(region.start) || comment.is_some_and(|comment| self.column(comment.start) > width)
    }

    /// Whether all blocks of text in a node may stand elsewhere: not those that count their blanks or blank lines.
    pub(super) fn may_move(&self, node: Node<'_>) -> bool {
        match node.kind() {
            Kind::Scalar(super::Style::Block) => self
                .header(node)
                .is_some_and(|header| !header.contains(|c: char| c == '+' || c.is_ascii_digit())),
            Kind::Sequence { .. } => node.items().all(|item| self.may_move(item)),
            Kind::Mapping { .. } => {
                let mut values = node.entries().map(|(_, value)| value);
                values.all(|value| self.may_move(value))
            }
            _ => true,
        }
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

    fn comment_at(&self, at: u32) -> Option<Span> {
        let comments = self.tree.comments();
        let found = comments.binary_search_by_key(&at, |comment| comment.span.start);
        comments.get(found.ok()?).map(|comment| comment.span)
    }

    /// The comment that stands alone on a line.
    pub(super) fn comment_on(&self, line: usize) -> Option<Span> {
        let span = self.lines.line_span(line, self.text);
        let blanks = span.slice(self.text);
        let blanks = blanks.len() - blanks.trim_start_matches(' ').len();
        self.comment_at(span.sub(blanks, blanks).start)
    }

    /// The comments that start in a place.
    pub(super) fn comments_in(&self, span: Span) -> Vec<String> {
        self.comment_spans(span)
            .map(|comment| comment.slice(self.text).trim_end().to_owned())
            .collect()
    }

    pub(super) fn comment_spans(&self, span: Span) -> impl Iterator<Item = Span> + use<'_> {
        let comments = self.tree.comments();
        let first = comments.partition_point(|comment| comment.span.start < span.start);
        comments
            .get(first..)
            .unwrap_or_default()
            .iter()
            .map(|comment| comment.span)
            .take_while(move |comment| comment.start < span.end)
    }

    // --- Lines -------------------------------------------------------------------------------------------

    pub(super) fn line(&self, at: u32) -> usize {
        self.lines.line(at)
    }

    pub(super) fn line_start(&self, at: u32) -> u32 {
        let line = self.lines.line_span(self.line(at), self.text);
        // A byte-order mark belongs to no line.
        if line.start == 0 && self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8() as u32
        } else {
            line.start
        }
    }

    /// The end of the line of `at`, without its line break.
    pub(super) fn line_end(&self, at: u32) -> u32 {
        let line = self.lines.line_span(self.line(at), self.text);
        let kept = line.slice(self.text).trim_end_matches(['\n', '\r']).len();
        line.sub(kept, kept).start
    }

    /// How many characters stand before `at` on its line.
    pub(super) fn column(&self, at: u32) -> usize {
        let before = Span {
            start: self.line_start(at),
            end: at,
        };
        before.slice(self.text).chars().count()
    }

    /// What the line of `at` starts with: its blanks.
    pub(super) fn blanks(&self, at: u32) -> usize {
        let line = Span {
            start: self.line_start(at),
            end: self.line_end(at),
        };
        let text = line.slice(self.text);
        text.len() - text.trim_start_matches(' ').len()
    }

    /// Whether nothing but blanks stands before `at` on its line.
    pub(super) fn is_first(&self, at: u32) -> bool {
        let before = Span {
            start: self.line_start(at),
            end: at,
        };
        before.slice(self.text).trim_matches(' ').is_empty()
    }

    /// Whether nothing but a comment stands behind `at` on its line.
    pub(super) fn is_last(&self, at: u32) -> bool {
        let behind = Span {
            start: at,
            end: self.line_end(at),
        };
        let behind = behind.slice(self.text).trim_start_matches([' ', '\t']);
        behind.is_empty() || behind.starts_with('#')
    }

    /// Where a node's content ends, without the line breaks at the end of a block of text.
    pub(super) fn content_end(&self, span: Span) -> u32 {
        let kept = span.slice(self.text).trim_end().len();
        span.sub(kept, kept).start
    }

    // --- Ancestors and aliases ---------------------------------------------------------------------------

    /// The steps from the top of its document to a node.
    pub(super) fn path(&self, node: Node<'_>) -> Vec<Step<'_>> {
        self.tree.path(node)
    }

    /// Whether a place lies in brackets or braces.
    pub(super) fn in_flow(&self, span: Span) -> bool {
        self.tree.steps(span).iter().any(|step| match step {
            Step::Entry(entry) => is_flow(entry.mapping),
            Step::Item(item) => is_flow(item.list),
            Step::Root(_) => false,
        })
    }

    /// Whether an alias stands for a node, or for something that it lies in: what is edited there changes elsewhere,
    /// too.
    pub(super) fn is_repeated(&self, node: Node<'_>) -> bool {
        !self.targets.is_empty()
            && self.path(node).iter().any(|step| match step {
                Step::Root(root) => self.is_target(*root),
                Step::Entry(entry) => {
                    self.is_target(entry.value) || self.is_target(entry.key) && entry.key.id() == node.id()
                }
                Step::Item(item) => self.is_target(item.node),
            })
    }

    fn is_target(&self, node: Node<'_>) -> bool {
        self.targets.binary_search(&node.id()).is_ok()
    }

    /// Whether an alias elsewhere stands for a node, or for something in it: it cannot go away.
    pub(super) fn is_needed(&self, node: Node<'_>) -> bool {
        !self.targets.is_empty()
            && (self.is_target(node)
                || node.kind() != Kind::Alias
                    && (node.items().any(|item| self.is_needed(item))
                        || node
                            .entries()
                            .any(|(key, value)| self.is_needed(key) || self.is_needed(value))))
    }

    /// Whether a node has an anchor or an alias in it, so that it cannot move.
    pub(super) fn is_tied(&self, node: Node<'_>) -> bool {
        node.kind() == Kind::Alias
            || node.anchor().is_some()
            || node.items().any(|item| self.is_tied(item))
            || node
                .entries()
                .any(|(key, value)| self.is_tied(key) || self.is_tied(value))
    }
}

/// The nodes that aliases stand for, in order.
pub(super) fn targets(tree: &Tree) -> Vec<u32> {
    let aliases = tree.every_node().filter(|node| node.kind() == Kind::Alias);
    let mut targets: Vec<u32> = aliases
        .map(|alias| alias.resolved().id())
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// Whether a node is written in brackets or braces.
pub(super) fn is_flow(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        Kind::Sequence { flow: true } | Kind::Mapping { flow: true }
    )
}
