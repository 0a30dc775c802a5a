//! What ties a place to others: aliases, brackets around it, and blocks of text, which take in what follows them.

use super::places::{Children, Mark, is_flow};
use super::{Editor, Kind, Node, Style};
use crate::syntax::{Step, Tree};
use crate::text::Span;

impl Editor<'_> {
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

    /// Whether more than one place says what stands here: an alias stands for a node or for something that it lies in,
    /// or a key on the way to it stands twice. Then an edit would change something else as well, or nothing.
    pub(super) fn is_repeated(&self, node: Node<'_>) -> bool {
        if self.targets.is_empty() && self.tree.errors().is_empty() {
            return false;
        }
        self.path(node).iter().any(|step| match step {
            Step::Root(root) => self.is_target(*root),
            Step::Entry(entry) => {
                let name = entry.key.text();
                let same = entry
                    .mapping
                    .entries()
                    .filter(|(key, _)| key.text() == name);
                self.is_target(entry.value)
                    || self.is_target(entry.key) && entry.key.id() == node.id()
                    || name.is_some() && same.count() > 1
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

    /// Where a node begins: that of a block of text at its `|` or `>`, which is no part of its span.
    pub fn start(&self, node: Node<'_>) -> Option<u32> {
        if node.kind() != Kind::Scalar(Style::Block) {
            return Some(node.span().start);
        }
        self.header(node).map(|header| header.start)
    }

    /// The `|` or `>` of a block of text, with what belongs to it.
    fn header(&self, node: Node<'_>) -> Option<Span> {
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
        Some(header.span)
    }

    /// Whether a sign stands in the header of a block of text, or may.
    fn header_has(&self, node: Node<'_>, wanted: impl Fn(char) -> bool) -> bool {
        let header = self.header(node);
        header.is_none_or(|header| header.slice(self.text).contains(wanted))
    }

    /// The blocks of text that end at a place, blanks aside.
    fn blocks_before(&self, at: u32) -> impl Iterator<Item = Node<'_>> {
        let before = self.text.get(..at as usize).unwrap_or("");
        let end = Span::new(before.trim_end().len(), 0).start;
        self.tree
            .every_node()
            .filter(move |node| node.kind() == Kind::Scalar(Style::Block) && node.span().end == end)
    }

    /// Whether the blank lines behind a place belong to a block of text (`|+`) that ends there.
    pub(super) fn is_kept(&self, at: u32) -> bool {
        let mut blocks = self.blocks_before(at);
        blocks.any(|block| self.header_has(block, |sign| sign == '+'))
    }

    /// Whether a block of text in front of some lines would take in what follows them if they went: blank lines, or
    /// comments that are further in than `width`.
    pub(super) fn would_grow(&self, region: Span, width: usize) -> bool {
        if self.blocks_before(region.start).next().is_none() {
            return false;
        }
        let comment = self.next_comment(self.line(region.end));
        let comment = comment.and_then(|line| self.comment_on(line));
        self.is_kept(region.start)
            || comment.is_some_and(|comment| self.column(comment.start) > width)
    }

    /// The line of the next comment below a line, if there is nothing but blank lines between.
    pub(super) fn next_comment(&self, line: usize) -> Option<usize> {
        let mut lines = (line + 1..self.lines.count()).skip_while(|line| {
            let line = self.lines.line_span(*line, self.text);
            line.slice(self.text).trim().is_empty()
        });
        let next = lines.next()?;
        self.comment_on(next).map(|_| next)
    }

    /// Whether all blocks of text in a node may stand elsewhere: not those that count their blanks or blank lines.
    pub(super) fn may_move(&self, node: Node<'_>) -> bool {
        match node.kind() {
            Kind::Scalar(Style::Block) => {
                !self.header_has(node, |sign| sign == '+' || sign.is_ascii_digit())
            }
            Kind::Sequence { .. } => node.items().all(|item| self.may_move(item)),
            Kind::Mapping { .. } => {
                let mut values = node.entries().map(|(_, value)| value);
                values.all(|value| self.may_move(value))
            }
            _ => true,
        }
    }
}

/// The nodes that aliases stand for, in order.
pub(super) fn targets(tree: &Tree) -> Vec<u32> {
    let aliases = tree.every_node().filter(|node| node.kind() == Kind::Alias);
    let mut targets: Vec<u32> = aliases.map(|alias| alias.resolved().id()).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}
