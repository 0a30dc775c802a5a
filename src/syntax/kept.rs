//! Whether edits leave alone what they do not touch.

use super::{Kind, Node, Tree};
use crate::text::{Span, TextEdit};

/// A word or line of a tree, and the keys that lead to it.
struct Leaf<'a> {
    node: Node<'a>,
    is_key: bool,
    keys: Vec<Span>,
}

/// Whether every word that edits do not touch says the same afterwards, below the same keys. `after` is what became
/// of `before`. Keys that are new may have come between.
pub fn keeps_values(before: &Tree, edits: &[TextEdit], after: &Tree) -> bool {
    let moved = Moved::by(edits);
    let (old, new) = (leaves(before), leaves(after));
    let keys = old.iter().filter(|leaf| leaf.is_key);
    let keys: Vec<Span> = keys
        .filter_map(|key| moved.place(key.node.span()))
        .collect();
    // The old key that a new one was, with new quotes around it perhaps.
    let known = |key: &Span| {
        let at = keys.partition_point(|old| old.start < key.start);
        keys.get(at).copied().filter(|old| old.end <= key.end)
    };
    old.iter().all(|leaf| {
        let Some(place) = moved.place(leaf.node.span()) else {
            return true;
        };
        let at = new.partition_point(|leaf| leaf.node.span().start <= place.start);
        let Some(found) = at.checked_sub(1).and_then(|at| new.get(at)) else {
            return false;
        };
        let path = leaf.keys.iter().filter_map(|key| moved.place(*key));
        found.node.span().end >= place.end
            && found.is_key == leaf.is_key
            && says_the_same(leaf.node, found.node, &moved)
            && path.eq(found.keys.iter().filter_map(known))
    })
}

fn says_the_same(old: Node<'_>, new: Node<'_>, moved: &Moved<'_>) -> bool {
    let is_alias = |node: Node<'_>| node.kind() == Kind::Alias;
    match (is_alias(old), is_alias(new)) {
        (false, false) => old.text() == new.text(),
        (true, true) => {
            let target = moved.place(old.resolved().span());
            target == Some(new.resolved().span())
        }
        _ => false,
    }
}

/// The words and lines of a tree in order.
fn leaves(tree: &Tree) -> Vec<Leaf<'_>> {
    let mut found = Vec::new();
    let mut open: Vec<Leaf<'_>> = Vec::new();
    let roots = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document));
    for node in roots {
        open.push(Leaf {
            node,
            is_key: false,
            keys: Vec::new(),
        });
        while let Some(leaf) = open.pop() {
            let deeper = |node, is_key, key: Option<Node<'_>>| Leaf {
                node,
                is_key,
                keys: leaf
                    .keys
                    .iter()
                    .copied()
                    .chain(key.map(Node::span))
                    .collect(),
            };
            match leaf.node.kind() {
                Kind::Sequence { .. } => {
                    open.extend(leaf.node.items().map(|item| deeper(item, false, None)));
                }
                Kind::Mapping { .. } => {
                    let entries = leaf.node.entries();
                    open.extend(entries.flat_map(|(key, value)| {
                        [deeper(key, true, None), deeper(value, false, Some(key))]
                    }));
                }
                Kind::Scalar(_) | Kind::Alias if !leaf.node.span().is_empty() => found.push(leaf),
                _ => {}
            }
        }
    }
    found.sort_by_key(|leaf| leaf.node.span());
    found
}

/// Where places are after edits.
struct Moved<'a> {
    /// In order of place, each with how far it moves what follows it.
    edits: Vec<(&'a TextEdit, i64)>,
}

impl<'a> Moved<'a> {
    fn by(edits: &'a [TextEdit]) -> Self {
        let mut sorted: Vec<&TextEdit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut by = 0;
        let length = |text: &str| i64::try_from(text.len()).unwrap_or(0);
        let edits = sorted.into_iter().map(|edit| {
            by += length(&edit.text) - (i64::from(edit.span.end) - i64::from(edit.span.start));
            (edit, by)
        });
        Self {
            edits: edits.collect(),
        }
    }

    /// Where a place is afterwards; `None` where an edit reaches into it.
    fn place(&self, span: Span) -> Option<Span> {
        let before = self
            .edits
            .partition_point(|(edit, _)| edit.span.end <= span.start);
        let next = self.edits.get(before);
        if next.is_some_and(|(edit, _)| edit.span.start < span.end) {
            return None;
        }
        let by = before.checked_sub(1).and_then(|last| self.edits.get(last));
        let by = by.map_or(0, |(_, by)| *by);
        let moved = |at: u32| u32::try_from(i64::from(at) + by).ok();
        Some(Span {
            start: moved(span.start)?,
            end: moved(span.end)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::apply;
    use std::sync::Arc;

    fn keeps(before: &str, edits: &[(&str, &str)]) -> bool {
        // Each edit puts something in place of the first such text; `|` is where something is put in.
        let edits: Vec<TextEdit> = edits
            .iter()
            .map(|(old, new)| {
                let plain = old.replace('|', "");
                let start = before.find(&plain).unwrap();
                match old.find('|') {
                    Some(at) => TextEdit::insert(Span::new(start + at, 0).start, *new),
                    None => TextEdit::replace(Span::new(start, start + old.len()), *new),
                }
            })
            .collect();
        let after = apply(before, &edits).unwrap();
        let tree = |text: &str| parse(&Arc::from(text));
        keeps_values(&tree(before), &edits, &tree(&after))
    }

    #[test]
    fn what_is_not_touched_may_move_but_not_change() {
        let text = "a:\n  b: c # d\n  e: [f, g]\nh: i\n";
        for edits in [
            &[("c", "x")][..],
            &[("|h", "j:\n  - k\n")],
            &[("  b: c # d\n", "")],
            &[("[f", "[x, f")],
            &[("|c", "'"), ("c|", "'")],
            &[("|c", "["), ("c|", "]")],
            &[("[", ""), (", g]", "")],
            &[("|c", "\n    holder: ")],
            &[("b", "z"), ("h", "y")],
        ] {
            assert!(keeps(text, edits), "{edits:?}");
        }
        for edits in [
            // Part of another word, of a text, of a comment, or gone with an error.
            &[("c|", "x")][..],
            &[("|f", "x ")],
            &[("|h", "j: |\n ")],
            &[("|h", "# ")],
            // Below another key, or no longer below one.
            &[("|h", "  ")],
            &[("|  b", "z:\n")],
        ] {
            assert!(!keeps(text, edits), "{edits:?}");
        }
    }

    #[test]
    fn an_alias_still_stands_for_the_same() {
        let text = "a: &x b\nc: &x d\ne: *x\n";
        assert!(keeps(text, &[("a: &x b\n", "")]));
        assert!(keeps(text, &[("b", "z")]));
        assert!(!keeps(text, &[("c: &x d\n", "")]));
        assert!(!keeps(text, &[("d", "z")]));
        assert!(!keeps(text, &[("c: &x", "c: &y")]));
    }
}
