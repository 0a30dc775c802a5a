//! Files of several documents, parsed document by document.
//!
//! A line that begins with `---` begins a document whatever stands before it, so each document can be parsed by itself:
//! a mistake in one is not felt in the next, and after a change only the documents that changed are parsed again; of a
//! long one only the entry that changed, where that is possible.

use std::sync::{Arc, OnceLock};

use super::SyntaxError;
use super::patch::patched;
use super::recover::parse_whole;
use super::tree::{Comment, Document, NONE, NodeData, Tree, Value};
use crate::text::Span;

/// Parses YAML text. Never fails; see [`Tree::errors`].
pub fn parse(text: &Arc<str>) -> Tree {
    if starts(text).len() == 1 {
        return parse_whole(text);
    }
    Pieces::default().parse(text).0
}

/// The documents of a file as they were parsed last, each with its own text.
#[derive(Debug, Default)]
pub struct Pieces {
    text: Arc<str>,
    trees: Vec<Arc<Tree>>,
}

/// What of a text is as it was in another, in bytes: everything before `until`, and everything from `from` on, which was
/// from `old_from` on. Documents lie on one side or the other, but for one that changed in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// Until where the beginning is as it was.
    pub until: u32,
    /// From where on the rest was as it is.
    pub old_from: u32,
    /// From where on the rest is as it was.
    pub from: u32,
}

impl Same {
    /// Where something of the other text stands now; `None` where it was changed.
    pub fn now(self, span: Span) -> Option<Span> {
        if span.end <= self.until {
            return Some(span);
        }
        let start = span.start.checked_sub(self.old_from)?;
        let end = span.end.checked_sub(self.old_from)?;
        Some(Span {
            start: start + self.from,
            end: end + self.from,
        })
    }

    /// The same where `length` bytes that are the same come before both texts.
    fn after(self, length: u32) -> Self {
        Self {
            until: self.until + length,
            old_from: self.old_from + length,
            from: self.from + length,
        }
    }

    /// Where something stood in the other text; `None` where it was changed.
    pub fn before(self, span: Span) -> Option<Span> {
        let back = Self {
            until: self.until,
            old_from: self.from,
            from: self.old_from,
        };
        back.now(span)
    }
}

/// Shorter texts of one document are parsed so fast that nothing is kept of them: in bytes.
const LONG: usize = 16 << 10;

impl Pieces {
    /// The text that was parsed last.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Parses a text; what was parsed last is taken over where it is the same. Tells what was.
    pub fn parse(&mut self, text: &Arc<str>) -> (Tree, Option<Same>) {
        let starts = starts(text);
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let pieces: Vec<&str> = starts
            .iter()
            .zip(ends)
            .filter_map(|(start, end)| text.get(*start..end))
            .collect();
        let old = std::mem::take(&mut self.trees);
        self.text = Arc::clone(text);
        if pieces.len() < 2 && text.len() < LONG {
            return (parse_whole(text), None);
        }
        let is_same = |piece: &&str, tree: &Arc<Tree>| **piece == **tree.text();
        let head = pieces
            .iter()
            .zip(&old)
            .take_while(|(piece, tree)| is_same(piece, tree))
            .count();
        let most = pieces.len().min(old.len()) - head;
        let tail = pieces
            .iter()
            .rev()
            .zip(old.iter().rev())
            .take(most)
            .take_while(|(piece, tree)| is_same(piece, tree))
            .count();
        let length = |trees: &[Arc<Tree>]| trees.iter().map(|tree| tree.text().len()).sum();
        let (before, rest) = old.split_at(head);
        let after = rest.get(rest.len() - tail..).unwrap_or_default();
        let mut same = Same {
            until: Span::new(length(before), 0).start,
            old_from: Span::new(length(&old) - length(after), 0).start,
            from: Span::new(text.len() - length(after), 0).start,
        };
        let gone = rest.get(..rest.len() - tail).unwrap_or_default();
        let changed = pieces.get(head..pieces.len() - tail).unwrap_or_default();
        let mut new: Vec<Arc<Tree>> = Vec::with_capacity(changed.len());
        for piece in changed {
            let text: Arc<str> = Arc::from(*piece);
            let known = match gone {
                [known] if changed.len() == 1 && text.len() >= LONG => patched(known, &text),
                _ => None,
            };
            new.push(Arc::new(match known {
                Some((tree, inside)) => {
                    same = inside.after(same.until);
                    tree
                }
                None => parse_whole(&text),
            }));
        }
        let all = before.iter().cloned().chain(new);
        let trees: Vec<Arc<Tree>> = all.chain(after.iter().cloned()).collect();
        if trees.iter().any(|tree| tree.cut_at.is_some()) {
            // What nothing can mend may hide anything that follows.
            return (parse_whole(text), None);
        }
        let tree = joined(text, &trees);
        self.trees = trees;
        (tree, (!old.is_empty()).then_some(same))
    }
}

/// Where the documents of a text begin, the first at 0.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let bytes = text.as_bytes();
    let is_break = |byte: Option<&u8>| matches!(byte, Some(b'\n' | b'\r'));
    let begins = |at: &usize| {
        let after = bytes.get(at + 3);
        *at > 0
            && is_break(bytes.get(at - 1))
            && (after.is_none() || is_break(after) || matches!(after, Some(b' ' | b'\t')))
    };
    // A directive belongs to the document after it.
    let is_directive = |at: usize| at == 0 || is_break(bytes.get(at - 1));
    if memchr::memchr_iter(b'%', bytes).any(is_directive) {
        return starts;
    }
    starts.extend(memchr::memmem::find_iter(bytes, "---").filter(begins));
    starts
}

/// The trees of pieces as one tree of the whole text.
fn joined(text: &Arc<str>, pieces: &[Arc<Tree>]) -> Tree {
    let count = |of: fn(&Tree) -> usize| pieces.iter().map(|tree| of(tree)).sum();
    let mut whole = Tree {
        text: Arc::clone(text),
        nodes: Vec::with_capacity(count(|tree| tree.nodes.len())),
        documents: Vec::with_capacity(count(|tree| tree.documents.len())),
        comments: Vec::with_capacity(count(|tree| tree.comments.len())),
        errors: Vec::new(),
        pieces: Vec::with_capacity(pieces.len()),
        lost: Vec::new(),
        cut_at: None,
        lines: OnceLock::new(),
    };
    let mut offset = 0;
    for piece in pieces {
        whole.pieces.push(offset);
        let place = |span: Span| Span {
            start: span.start + offset,
            end: span.end + offset,
        };
        let first = u32::try_from(whole.nodes.len()).unwrap_or(NONE);
        let number = |id: u32| match id {
            NONE => NONE,
            id => id.saturating_add(first),
        };
        whole.nodes.extend(piece.nodes.iter().map(|node| NodeData {
            span: place(node.span),
            anchor: if node.anchor.is_empty() {
                node.anchor
            } else {
                place(node.anchor)
            },
            first: number(node.first),
            next: number(node.next),
            target: number(node.target),
            kind: node.kind,
            value: match &node.value {
                Value::Slice(span) => Value::Slice(place(*span)),
                Value::Decoded(value) => Value::Decoded(value.clone()),
            },
        }));
        let documents = piece.documents.iter().map(|document| Document {
            root: number(document.root),
            span: place(document.span),
        });
        whole.documents.extend(documents);
        let comments = piece.comments.iter().map(|comment| Comment {
            span: place(comment.span),
            own_line: comment.own_line,
        });
        whole.comments.extend(comments);
        let errors = piece.errors.iter().map(|error| SyntaxError {
            span: place(error.span),
            related: error
                .related
                .as_ref()
                .map(|(span, text)| (place(*span), text.clone())),
            ..error.clone()
        });
        whole.errors.extend(errors);
        whole
            .lost
            .extend(piece.lost.iter().map(|span| place(*span)));
        offset += Span::new(piece.text.len(), 0).start;
    }
    whole
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// All that a tree says.
    pub(in crate::syntax) fn dump(tree: &Tree) -> String {
        let node = |node: &NodeData| {
            let written = node.span.slice(&tree.text);
            let value = match &node.value {
                Value::Slice(span) => span.slice(&tree.text),
                Value::Decoded(value) => value,
            };
            let (span, anchor, kind) = (node.span, node.anchor, node.kind);
            let links = [node.first, node.next, node.target];
            format!("{written:?} {value:?} {span:?} {anchor:?} {links:?} {kind:?}")
        };
        let nodes: Vec<String> = tree.nodes.iter().map(node).collect();
        let (documents, comments) = (&tree.documents, &tree.comments);
        format!("{nodes:#?}\n{documents:?}\n{comments:?}\n{:?}", tree.errors)
    }

    const TEXTS: &[&str] = &[
        "a: 1\n---\nb: [1, \"x\\ny\"]\n---\n# end\n",
        "# c\n---\na: &x {b: 1}\nc: *x\n---\nd: |\n  text\n   more\n---\ne: 1\n",
        "\u{feff}---\r\na: 1\r\n--- # why\r\nb:\r\n  - 1\r\n  - 2\r\n...\r\n---\r\n",
        "a: 1\n--- {b: 1}\n---text\n",
        "%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n---\nb: 1\n",
        "a:\n  k: 1\n  k: 2\n---\nb:\n  k: 1\n  k: 2\n",
        "é: 🎉\n---\nü: *gone\n",
    ];

    #[test]
    fn documents_parsed_by_themselves_are_what_they_are_in_the_whole() {
        for text in TEXTS {
            let text: Arc<str> = Arc::from(*text);
            let whole = parse_whole(&text);
            assert_eq!(dump(&parse(&text)), dump(&whole), "{text:?}");
        }
    }

    #[test]
    fn a_mistake_in_one_document_is_not_felt_in_the_next() {
        let text: Arc<str> = Arc::from("a: [1, 2\n---\nb: 1\n---\nc: \"x\n---\nd: 1\n");
        let tree = parse(&text);
        assert_eq!(tree.documents().len(), 4);
        let places: Vec<&str> = tree
            .errors()
            .iter()
            .map(|error| error.span.slice(&text))
            .collect();
        assert_eq!(places, ["[1, 2", "\"x"]);
    }

    #[test]
    fn what_did_not_change_is_taken_over_with_its_place() {
        let mut pieces = Pieces::default();
        let texts = [
            "a: 1\n---\nb: 2\n---\nc: 3\n",
            "a: 1\n---\nbb: 2\n---\nc: 3\n",
            "a: 1\n---\nc: 3\n",
            "a: 1\n---\nx: 1\n---\nc: 3\n",
            "a: 1\n",
            "a: 1\n---\nx: [1\n---\nc: 3\n",
        ];
        let mut before = String::new();
        for text in texts {
            let text: Arc<str> = Arc::from(text);
            let (tree, same) = pieces.parse(&text);
            assert_eq!(dump(&tree), dump(&parse(&text)));
            if let Some(same) = same {
                let part = |text: &str, start: u32| text[start as usize..].to_owned();
                assert_eq!(
                    text.get(..same.until as usize),
                    before.get(..same.until as usize)
                );
                assert_eq!(part(&text, same.from), part(&before, same.old_from));
            }
            before = text.to_string();
        }
    }
}
