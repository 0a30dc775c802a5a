use std::sync::{Arc, OnceLock};

use super::SyntaxError;
use crate::text::{LineIndex, Span};

pub(super) const NONE: u32 = u32::MAX;

/// How deep aliases are followed. A cycle cannot be built (an alias only points backwards to a closed
/// node), so this only bounds silly chains.
const MAX_ALIAS_HOPS: usize = 8;

/// One file as a tree. Owns its text, so it can be kept and shared.
#[derive(Debug)]
pub struct Tree {
    pub(super) text: Arc<str>,
    pub(super) nodes: Vec<NodeData>,
    pub(super) documents: Vec<Document>,
    /// Where the pieces begin that were parsed by themselves, the first at 0.
    pub(super) pieces: Vec<u32>,
    pub(super) comments: Vec<Comment>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) lost: Vec<Span>,
    pub(super) cut_at: Option<u32>,
    /// Found once somebody asks.
    pub(super) lines: OnceLock<LineIndex>,
}

/// One document of a stream.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    pub(super) root: u32,
    /// From its first to its last node; empty for a document without content.
    pub span: Span,
}

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Copy, Debug)]
pub struct Comment {
    /// The comment with its `#`, without the line break.
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// After `|` or `>`.
    Block,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is written where a value could stand (`key:`).
    Empty,
    /// A single value.
    Scalar(Style),
    /// A list; `flow` when written in brackets.
    Sequence {
        /// Written in brackets.
        flow: bool,
    },
    /// Keys with values; `flow` when written in braces.
    Mapping {
        /// Written in braces.
        flow: bool,
    },
    /// `*name`.
    Alias,
}

/// What YAML 1.2's core schema makes of a plain scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarType {
    /// Text.
    Text,
    /// `12`, `0x1f`, `1.5`.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null` or `~`.
    Null,
}

#[derive(Debug)]
pub(super) enum Value {
    /// The value stands in the text as it is.
    Slice(Span),
    /// The value differs from what is written (escapes, folded lines).
    Decoded(Box<str>),
}

#[derive(Debug)]
pub(super) struct NodeData {
    pub span: Span,
    pub anchor: Span,
    pub first: u32,
    pub next: u32,
    pub target: u32,
    pub kind: Kind,
    pub value: Value,
}

impl Tree {
    /// The text it was parsed from, byte-order mark included.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Where each line of its text starts.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The documents of the stream, in order.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The top node of a document, unless the document is empty.
    pub fn root(&self, document: &Document) -> Option<Node<'_>> {
        (document.root != NONE).then_some(Node {
            tree: self,
            id: document.root,
        })
    }

    /// Every comment, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What is wrong with the YAML, in order of place.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// Written text that the tree does not hold because of a syntax error. What seems to be missing from
    /// the file may stand in there.
    pub fn lost(&self) -> &[Span] {
        &self.lost
    }

    /// What is [`lost`](Self::lost) from `start` to the end of the document there: no mistake reaches beyond.
    pub fn lost_from(&self, start: u32) -> impl Iterator<Item = Span> {
        let next = self.pieces.partition_point(|piece| *piece <= start);
        let end = self.pieces.get(next).copied().unwrap_or(u32::MAX);
        let lost = self.lost.iter().copied();
        lost.filter(move |lost| (start..end).contains(&lost.start))
    }

    /// Where reading ended early because nothing could mend an error; what follows is not in the tree.
    pub fn cut_at(&self) -> Option<u32> {
        self.cut_at
    }

    /// Every node, in the order in which they start.
    pub(super) fn every_node(&self) -> impl Iterator<Item = Node<'_>> {
        let ids = 0..u32::try_from(self.nodes.len()).unwrap_or(NONE);
        ids.map(|id| Node { tree: self, id })
    }

    fn data(&self, id: u32) -> Option<&NodeData> {
        self.nodes.get(id as usize)
    }
}

/// A place in a [`Tree`]; as cheap to copy as a reference.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    id: u32,
}

impl<'a> Node<'a> {
    pub(super) fn new(tree: &'a Tree, id: u32) -> Self {
        Self { tree, id }
    }

    /// What tells it from every other node of its tree; grows in the order in which they are written.
    pub(super) fn id(self) -> u32 {
        self.id
    }

    fn data(self) -> &'a NodeData {
        static EMPTY: NodeData = NodeData {
            span: Span { start: 0, end: 0 },
            anchor: Span { start: 0, end: 0 },
            first: NONE,
            next: NONE,
            target: NONE,
            kind: Kind::Empty,
            value: Value::Slice(Span { start: 0, end: 0 }),
        };
        self.tree.data(self.id).unwrap_or(&EMPTY)
    }

    /// The tree it belongs to.
    pub fn tree(self) -> &'a Tree {
        self.tree
    }

    /// Its place: quotes and brackets included, anchor and tag not.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// Where its `&anchor` stands.
    pub fn anchor(self) -> Option<Span> {
        let anchor = self.data().anchor;
        (!anchor.is_empty()).then_some(anchor)
    }

    /// What it is, aliases not followed.
    pub fn kind(self) -> Kind {
        self.data().kind
    }

    /// The node that an alias stands for; itself for any other node, and for an alias to nowhere.
    pub fn resolved(self) -> Node<'a> {
        let mut node = self;
        for _ in 0..MAX_ALIAS_HOPS {
            if node.kind() != Kind::Alias || node.data().target == NONE {
                break;
            }
            node.id = node.data().target;
        }
        node
    }

    /// Its value, escapes decoded; `None` unless it is a scalar. Aliases are followed.
    pub fn text(self) -> Option<&'a str> {
        let node = self.resolved();
        match node.kind() {
            Kind::Scalar(_) => Some(match &node.data().value {
                Value::Slice(span) => span.slice(&self.tree.text),
                Value::Decoded(value) => value,
            }),
            _ => None,
        }
    }

    /// The type of a scalar; `None` unless it is one. Quoted scalars are always text.
    pub fn scalar_type(self) -> Option<ScalarType> {
        let node = self.resolved();
        let text = node.text()?;
        if node.kind() != Kind::Scalar(Style::Plain) {
            return Some(ScalarType::Text);
        }
        Some(match text {
            "" | "~" | "null" | "Null" | "NULL" => ScalarType::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarType::Boolean,
            _ if is_number(text) => ScalarType::Number,
            _ => ScalarType::Text,
        })
    }

    /// Whether nothing is there, or `null` or `~`.
    pub fn is_null(self) -> bool {
        let node = self.resolved();
        node.kind() == Kind::Empty || node.scalar_type() == Some(ScalarType::Null)
    }

    /// The items of a sequence; nothing for any other node. Aliases are followed.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> {
        let node = self.resolved();
        let first = match node.kind() {
            Kind::Sequence { .. } => node.data().first,
            _ => NONE,
        };
        Siblings {
            tree: self.tree,
            at: first,
        }
    }

    /// The keys and values of a mapping as written; nothing for any other node. Aliases are followed.
    pub fn entries(self) -> impl Iterator<Item = (Node<'a>, Node<'a>)> {
        let node = self.resolved();
        let first = match node.kind() {
            Kind::Mapping { .. } => node.data().first,
            _ => NONE,
        };
        let mut nodes = Siblings {
            tree: self.tree,
            at: first,
        };
        std::iter::from_fn(move || Some((nodes.next()?, nodes.next()?)))
    }

    /// Whether it is a mapping in brackets that has no braces of its own, as in `[a: b]`.
    pub(super) fn is_bare(self) -> bool {
        let start = self.span().start;
        let text = self.tree.text.get(start as usize..);
        let has_brace = || text.is_some_and(|text| text.starts_with('{'));
        let first = || self.entries().next().map(|(key, _)| key.span().start);
        self.kind() == Kind::Mapping { flow: true } && (!has_brace() || first() == Some(start))
    }

    /// The value of a key, the first where it stands twice.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entries()
            .find(|(name, _)| name.text() == Some(key))
            .map(|(_, value)| value)
    }

    /// Whether it is a mapping, aliases followed.
    pub fn is_mapping(self) -> bool {
        matches!(self.resolved().kind(), Kind::Mapping { .. })
    }

    /// Whether it is a sequence, aliases followed.
    pub fn is_sequence(self) -> bool {
        matches!(self.resolved().kind(), Kind::Sequence { .. })
    }
}

struct Siblings<'a> {
    tree: &'a Tree,
    at: u32,
}

impl<'a> Iterator for Siblings<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let node = Node::new(self.tree, self.at);
        self.at = self.tree.data(self.at)?.next;
        Some(node)
    }
}

/// Whether YAML reads a plain scalar as a number.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some(hex) = digits.strip_prefix("0x") {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
        || (digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            && digits.bytes().any(|byte| byte.is_ascii_digit())
            && digits.parse::<f64>().is_ok())
}
