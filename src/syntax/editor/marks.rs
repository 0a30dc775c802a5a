//! The marks of YAML around a node: its dash, its colon, the header of a block of text.

use super::Editor;
use crate::syntax::{Entry, Item, Kind, Node, Style};

impl Editor<'_> {
    /// Just behind the colon of an entry.
    pub(super) fn colon(&self, entry: Entry<'_>) -> Option<u32> {
        let end = entry.key.span().end;
        let rest = self.text.get(end as usize..)?;
        let at = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(at..)?.starts_with(':').then_some(())?;
        u32::try_from(at + 1).ok().map(|at| end + at)
    }

    pub(super) fn blanks_end(&self, at: u32) -> u32 {
        let rest = self.text.get(at as usize..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        at + u32::try_from(blanks).unwrap_or(0)
    }

    /// Where a node begins: that of a block of text at its `|` or `>`, which is no part of its span.
    pub(super) fn start_of(&self, node: Node<'_>) -> Option<u32> {
        let start = node.span().start;
        if node.kind() != Kind::Scalar(Style::Block) {
            return Some(start);
        }
        let before = self.text.get(..start as usize)?.trim_end();
        let comment = |comment: &&crate::syntax::Comment| {
            comment
                .span
                .range()
                .contains(&before.len().saturating_sub(1))
        };
        let header = match self.tree.comments().iter().find(comment) {
            Some(comment) => before.get(..comment.span.start as usize)?.trim_end(),
            None => before,
        };
        let mark =
            header.trim_end_matches(|sign: char| sign.is_ascii_digit() || "+-".contains(sign));
        mark.ends_with(['|', '>'])
            .then(|| u32::try_from(mark.len() - 1).ok())
            .flatten()
    }

    /// Where the dash of an item of a block list stands.
    pub(super) fn dash_of(&self, item: Item<'_>) -> Option<u32> {
        let start = self.start_of(item.node)?;
        let mut start = item
            .node
            .anchor()
            .map_or(start, |anchor| anchor.start.min(start));
        // `- !tag value`
        let line = self
            .text
            .get(self.line_start(start) as usize..start as usize)?;
        if let Some(tag) = line.rfind('!') {
            start = self.line_start(start) + u32::try_from(tag).ok()?;
        }
        let before = self.text.get(..start as usize)?;
        let before = before.trim_end_matches([' ', '\t', '\n', '\r']);
        before
            .ends_with('-')
            .then(|| u32::try_from(before.len() - 1).ok())
            .flatten()
    }

    /// The entry whose value a collection is. A list that is no further in than its key may have the place of its
    /// only item.
    pub(super) fn entry_of_value(&self, node: Node<'_>) -> Option<Entry<'_>> {
        self.tree
            .steps(node.span())
            .into_iter()
            .find_map(|step| match step {
                crate::syntax::Step::Entry(entry)
                    if entry.value.span() == node.span() && entry.value.kind() == node.kind() =>
                {
                    Some(entry)
                }
                _ => None,
            })
    }
}
