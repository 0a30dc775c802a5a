//! Parsing again only the entry of a long document that changed.
//!
//! An entry of a block mapping ends where the next one begins, whatever stands in it, as long as it is sound by itself:
//! so its lines can be parsed alone. Wherever that is not plain, nothing is patched and the document is parsed whole.

use std::sync::{Arc, OnceLock};

use super::duplicates::check_keys;
use super::events::{Unchanged, build};
use super::pieces::Same;
use super::tree::{Comment, Document, Kind, NONE, Node, NodeData, Tree, Value};
use crate::text::Span;

/// Stands for the next entry, because where things are that are not written depends on what follows.
const FOLLOWING: &str = "…: 1\n";
/// How many nodes that has.
const FOLLOWING_NODES: usize = 2;

/// Deeper nesting than anybody writes; the parser has a limit of its own, counted from the top of the document.
const DEEPEST: usize = 16;

/// The entry that changed.
struct Entry {
    /// Where its first line begins, in both texts.
    start: usize,
    /// Where the line of the next entry begins, in the old text.
    end: usize,
    /// The column of its key.
    column: usize,
    /// The mapping that it is in.
    mapping: u32,
    /// The node of its key, and that of the next key.
    nodes: (u32, u32),
}

/// The tree of `text`, made from that of a text of one document that differs in one entry; with what of it is the same.
pub(super) fn patched(old: &Tree, text: &Arc<str>) -> Option<(Tree, Same)> {
    if !is_plain(old) {
        return None;
    }
    let (head, tail) = ends(old.text.as_bytes(), text.as_bytes());
    let entry = entry(old, head, old.text.len() - tail)?;
    let end = (entry.end + text.len()).checked_sub(old.text.len())?;
    let part = parse_entry(text.get(entry.start..end)?, entry.column)?;
    let same = Same {
        until: Span::new(entry.start, 0).start,
        old_from: Span::new(entry.end, 0).start,
        from: Span::new(end, 0).start,
    };
    let mut tree = joined(old, text, &part, &entry, same)?;
    check_keys(&mut tree, entry.mapping);
    Some((tree, same))
}

/// Whether each part of a tree is a matter of its own lines.
fn is_plain(tree: &Tree) -> bool {
    let is_sound = tree.errors.is_empty() && tree.lost.is_empty() && tree.cut_at.is_none();
    let is_named = |node: &NodeData| node.kind == Kind::Alias || !node.anchor.is_empty();
    is_sound && tree.documents.len() == 1 && !tree.nodes.iter().any(is_named)
}

/// How many bytes two texts have in common at the beginning, and at the end of the rest.
fn ends(old: &[u8], new: &[u8]) -> (usize, usize) {
    const STEP: usize = 4096;
    let mut head = 0;
    let most = old.len().min(new.len());
    while head + STEP <= most && old[head..head + STEP] == new[head..head + STEP] {
        head += STEP;
    }
    while head < most && old[head] == new[head] {
        head += 1;
    }
    let (old, new) = (&old[head..], &new[head..]);
    let most = most - head;
    let mut tail = 0;
    let from_end = |text: &[u8], at: usize, length: usize| -> std::ops::Range<usize> {
        text.len() - at - length..text.len() - at
    };
    while tail + STEP <= most && old[from_end(old, tail, STEP)] == new[from_end(new, tail, STEP)] {
        tail += STEP;
    }
    while tail < most && old[old.len() - tail - 1] == new[new.len() - tail - 1] {
        tail += 1;
    }
    (head, tail)
}

/// The smallest entry that a change from `from` to `to` lies in, behind the first letter of its key and before the end
/// of its last line.
fn entry(tree: &Tree, from: usize, to: usize) -> Option<Entry> {
    let mut found = None;
    let mut mapping = tree.documents.first()?.root;
    loop {
        let node = tree.nodes.get(mapping as usize)?;
        if node.kind != (Kind::Mapping { flow: false }) {
            return found;
        }
        let keys = Keys {
            tree,
            next: node.first,
        };
        let mut last = None;
        let mut following = None;
        for key in keys {
            if tree.nodes.get(key as usize)?.span.start as usize >= from {
                following = Some(key);
                break;
            }
            last = Some(key);
        }
        let Some(key) = last else {
            return found;
        };
        if let Some(next) = following {
            let lines = line_of(tree, key).zip(line_of(tree, next));
            let fits = |((_, column), (end, next))| column == next && to < end;
            let Some(((start, column), (end, _))) = lines.filter(|lines| fits(*lines)) else {
                return found;
            };
            found = Some(Entry {
                start,
                end,
                column,
                mapping,
                nodes: (key, next),
            });
        }
        mapping = tree.nodes.get(key as usize)?.next;
    }
}

/// The keys of a mapping.
struct Keys<'t> {
    tree: &'t Tree,
    next: u32,
}

impl Iterator for Keys<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let key = self.next;
        let data = self.tree.nodes.get(key as usize)?;
        let value = self.tree.nodes.get(data.next as usize);
        self.next = value.map_or(NONE, |value| value.next);
        Some(key)
    }
}

/// Where the line of a key begins, and in which column the key stands; `None` where more than blanks stands before it,
/// or the key is none that is written there: an empty one after `?` lies wherever something follows.
fn line_of(tree: &Tree, key: u32) -> Option<(usize, usize)> {
    let node = tree.nodes.get(key as usize)?;
    if !matches!(node.kind, Kind::Scalar(_)) || node.span.is_empty() {
        return None;
    }
    let at = node.span.start as usize;
    let before = tree.text.get(..at)?;
    let column = before.len() - before.trim_end_matches(' ').len();
    let start = at - column;
    let begins = start == 0 || before.get(..start)?.ends_with(['\n', '\r']);
    begins.then_some((start, column))
}

/// The tree of the lines of an entry, or of several, with [`FOLLOWING`] after them; `None` where they are not sound by
/// themselves.
fn parse_entry(text: &str, column: usize) -> Option<Tree> {
    let ends_document = |line: &str| line.starts_with("---") || line.starts_with("...");
    if text.split(['\n', '\r']).any(ends_document) {
        return None;
    }
    let text = format!("{text}{}{FOLLOWING}", " ".repeat(column));
    let (tree, stop) = build(&text, &Arc::from(text.as_str()), &Unchanged);
    let [Document { root: 0, .. }] = tree.documents.as_slice() else {
        return None;
    };
    let root = tree.nodes.first()?;
    let is_group = root.kind == (Kind::Mapping { flow: false });
    let begins = root.span.start as usize == column;
    let keys = Node::new(&tree, 0).entries().map(|(key, _)| key.id());
    let following = tree.nodes.len().checked_sub(FOLLOWING_NODES)?;
    let ends = keys.last().map(|key| key as usize) == Some(following);
    let sound = stop.is_none() && is_group && begins && ends;
    (sound && is_plain(&tree) && depth(Node::new(&tree, 0)) <= DEEPEST).then_some(tree)
}

fn depth(node: Node<'_>) -> usize {
    let inside = node.entries().flat_map(|(key, value)| [key, value]);
    let deepest = inside.chain(node.items()).map(depth).max();
    1 + deepest.unwrap_or(0)
}

/// The old tree with `part` in place of an entry.
fn joined(old: &Tree, text: &Arc<str>, part: &Tree, entry: &Entry, same: Same) -> Option<Tree> {
    let (first, next) = entry.nodes;
    // The node of the part that stands for the mapping is there already, and what follows is in the old tree.
    let inner = part
        .nodes
        .get(1..part.nodes.len().checked_sub(FOLLOWING_NODES)?)?;
    let new_next = first.checked_add(u32::try_from(inner.len()).ok()?)?;
    let later = |id: u32| match id {
        NONE => NONE,
        id if id >= next => id - next + new_next,
        id => id,
    };
    let mut nodes = Vec::with_capacity(old.nodes.len() + inner.len());
    for node in old.nodes.get(..first as usize)? {
        let mut span = node.span;
        if span.end >= same.old_from {
            span.end = span.end - same.old_from + same.from;
        }
        nodes.push(NodeData {
            span,
            ..copied(node, later, |value| value)
        });
    }
    let inside = |span: Span| Span {
        start: span.start + same.until,
        end: span.end + same.until,
    };
    let number = |id: u32| match id {
        NONE => NONE,
        id => id - 1 + first,
    };
    nodes.extend(inner.iter().map(|node| NodeData {
        span: inside(node.span),
        ..copied(node, number, inside)
    }));
    let after = |span: Span| same.now(span).unwrap_or(span);
    for node in old.nodes.get(next as usize..)? {
        nodes.push(NodeData {
            span: same.now(node.span)?,
            ..copied(node, later, after)
        });
    }
    let comments = |of: &[Comment], place: &dyn Fn(Span) -> Span| -> Vec<Comment> {
        let moved = of.iter().map(|comment| Comment {
            span: place(comment.span),
            own_line: comment.own_line,
        });
        moved.collect()
    };
    let before = old
        .comments
        .partition_point(|one| one.span.start < same.until);
    let behind = old
        .comments
        .partition_point(|one| one.span.start < same.old_from);
    let document = old.documents.first()?;
    Some(Tree {
        text: Arc::clone(text),
        documents: vec![Document {
            root: document.root,
            span: nodes.get(document.root as usize)?.span,
        }],
        pieces: vec![0],
        comments: [
            comments(old.comments.get(..before)?, &|span| span),
            comments(&part.comments, &inside),
            comments(old.comments.get(behind..)?, &after),
        ]
        .concat(),
        errors: Vec::new(),
        lost: Vec::new(),
        cut_at: None,
        lines: OnceLock::new(),
        nodes,
    })
}

/// A node, its links and the place of its value moved.
fn copied(node: &NodeData, link: impl Fn(u32) -> u32, place: impl Fn(Span) -> Span) -> NodeData {
    NodeData {
        span: node.span,
        anchor: node.anchor,
        first: link(node.first),
        next: link(node.next),
        target: node.target,
        kind: node.kind,
        value: match &node.value {
            Value::Slice(span) => Value::Slice(place(*span)),
            Value::Decoded(value) => Value::Decoded(value.clone()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::pieces::tests::dump;
    use crate::syntax::recover::parse_whole;

    const TEXTS: &[&str] = &[
        "# all of them\npeople:\n  ana: {name: Ana Lima, email: ana@example.com}\n  ben: # new\n    name: 'Ben\n      Stone'\n    \
         email: ben@example.com\n\n  # gone\n  carla:\n    name: Carla\n    left: 2026-01-01\n  dov: Dov\n",
        "team: checkout\nname: |\n  a text\n   # no comment\n\npurpose: >-\n  folded\n  text\nroles:\n  product-owner:\n    \
         holder: ben\n    duties:\n    - roadmap: Own it\n      horizon: long\n    - \"Order: the backlog\"\n  \
         product-manager:\n    holder: [ana, {person: eve}]\n    works_with:\n    - product-owner\nmembers: [a,\n  b]\n",
        "---\na:\n    b: 1\n    c:\n    d:\n        e: x\n        f: y # z\n    g: [1, 2]\nh:\n  - i: 1\n    j: 2\n  - k\nl: end",
        "a: 1\r\nb:\r\n  c: é🎉\r\n  d: |+\r\n    text\r\n\r\n  e: 2\r\nf: 3\r\n",
        "roles:\n  ? product-owner\n  : ben\n  x: &a y\n  z: 1\n",
        "a: 1\nb:\n  c: 2\n  d: |+\n    text\n? \n # c\nf: 3\n",
        "a:\n b: 1\n c: 2\n b2: 3\nd:\n b: 1\n",
    ];
    const WRITTEN: &[&str] = &[
        "x",
        "b",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        ":",
        ": ",
        "- ",
        "\n  b: 1",
        "# ",
        "#",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">",
        "&a ",
        "*a",
        "? ",
        "! ",
        "!!str ",
        "\t",
        "\r",
        "é",
        "---",
        "\n---\n",
        "...",
        "%",
        "\n  # c\n",
        "\n      # c\n",
        "null",
        "~",
    ];

    /// The same numbers each time.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % end
        }
    }

    /// A text with something written or taken out.
    fn changed(text: &str, numbers: &mut Numbers) -> String {
        let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        places.push(text.len());
        let from = numbers.below(places.len());
        let taken = [0, 0, 1, 1, 2, 5, 20][numbers.below(7)];
        let to = (from + taken).min(places.len() - 1);
        let written = match numbers.below(3) {
            0 if taken > 0 => "",
            _ => WRITTEN[numbers.below(WRITTEN.len())],
        };
        format!("{}{written}{}", &text[..places[from]], &text[places[to]..])
    }

    #[test]
    fn a_patched_tree_is_what_the_whole_text_gives() {
        let mut numbers = Numbers(7);
        let (mut patches, mut tries) = (0, 0);
        for first in TEXTS {
            for _ in 0..400 {
                let mut text: Arc<str> = Arc::from(*first);
                let mut tree = parse_whole(&text);
                for _ in 0..4 {
                    let new: Arc<str> = Arc::from(changed(&text, &mut numbers));
                    let whole = parse_whole(&new);
                    tries += 1;
                    if let Some((patched, same)) = patched(&tree, &new) {
                        patches += 1;
                        assert_eq!(dump(&patched), dump(&whole), "{text}\n=>\n{new}");
                        let (until, from) = (same.until as usize, same.from as usize);
                        assert_eq!(text.get(..until), new.get(..until));
                        assert_eq!(text.get(same.old_from as usize..), new.get(from..));
                    }
                    (text, tree) = (new, whole);
                }
            }
        }
        assert!(patches > tries / 10, "{patches} of {tries}");
    }

    #[test]
    fn a_key_in_a_long_document_changes_its_entry_alone() {
        let people: String = (0..2000)
            .map(|at| format!("  p-{at}:\n    name: P {at}\n    left: 2027-01-01\n"))
            .collect();
        let old = format!("people:\n{people}");
        let new: Arc<str> = Arc::from(old.replace("P 1000\n", "P 1000x\n"));
        let (tree, same) = patched(&parse_whole(&Arc::from(old)), &new).expect("a plain document");
        assert_eq!(dump(&tree), dump(&parse_whole(&new)));
        let changed = new.get(same.until as usize..same.from as usize);
        assert_eq!(changed, Some("    name: P 1000x\n"));
    }
}
