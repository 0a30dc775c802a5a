//! The one place that knows the YAML parser we stand on.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle};

use super::SyntaxError;
use super::duplicates::check_keys;
use super::repair::STAND_IN;
use super::tree::{Comment, Document, Kind, NONE, Node, NodeData, Style, Tree, Value};
use crate::text::Span;

/// Why and where the parser gave up.
pub(super) struct Stop {
    /// Byte offset into the text that was parsed.
    pub offset: usize,
    pub kind: ErrorKind,
}

/// How a place in the mended text maps to the text as written.
pub(super) trait Origin {
    fn map(&self, offset: usize) -> usize;
}

/// The text is as written.
pub(super) struct Unchanged;

impl Origin for Unchanged {
    fn map(&self, offset: usize) -> usize {
        offset
    }
}

fn events(text: &str) -> Parser<'_, granit_parser::StrInput<'_>> {
    Parser::new_from_str_with_options(
        text,
        granit_parser::options! {
            max_buffered_comment_events: usize::MAX,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
        },
    )
}

/// How far a parse gets: where it stops (the end of the text where it does not), and how many scalars
/// with content it sees.
pub(super) fn reach(text: &str) -> (usize, usize) {
    let mut scalars = 0;
    for event in events(text) {
        match event {
            Ok((Event::Scalar(value, ..), span)) if span.start != span.end && value != STAND_IN => {
                scalars += 1;
            }
            Ok(_) => {}
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(0);
                return (offset.min(text.len()), scalars);
            }
        }
    }
    (text.len() + 1, scalars)
}

/// Parses `source`, which stands for `written` by way of `origin`. On an error the tree holds what came
/// before it.
pub(super) fn build(
    source: &str,
    written: &Arc<str>,
    origin: &impl Origin,
) -> (Tree, Option<Stop>) {
    let mut builder = Builder {
        source,
        origin,
        open: Vec::new(),
        anchors: HashMap::new(),
        started: None,
        tree: Tree {
            text: Arc::clone(written),
            nodes: Vec::with_capacity(source.len() / 16),
            documents: Vec::new(),
            comments: Vec::new(),
            errors: Vec::new(),
            pieces: vec![0],
            lost: Vec::new(),
            cut_at: None,
            lines: OnceLock::new(),
        },
    };
    let mut stop = None;
    for event in events(source) {
        match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                stop = Some(Stop {
                    offset: error.marker().byte_offset().unwrap_or(0).min(source.len()),
                    kind: error.kind().clone(),
                });
                break;
            }
        }
    }
    builder.finish();
    (builder.tree, stop)
}

struct Open {
    node: u32,
    last: u32,
}

struct Builder<'s, O> {
    source: &'s str,
    origin: &'s O,
    open: Vec<Open>,
    anchors: HashMap<usize, u32>,
    /// The document under way: its root, once there is one.
    started: Option<u32>,
    tree: Tree,
}

impl<O: Origin> Builder<'_, O> {
    fn span(&self, span: granit_parser::Span) -> Span {
        let at = |marker: granit_parser::Marker| {
            let offset = marker.byte_offset().unwrap_or(0).min(self.source.len());
            let text = &self.tree.text;
            text.floor_char_boundary(self.origin.map(offset))
        };
        Span::new(at(span.start), at(span.end))
    }

    fn event(&mut self, event: Event<'_>, at: granit_parser::Span) {
        let span = self.span(at);
        match event {
            Event::DocumentStart(..) => self.started = Some(NONE),
            Event::DocumentEnd => self.end_document(),
            Event::Comment(..) => self.comment(span),
            Event::Scalar(value, style, anchor, tag) => {
                let empty = at.start == at.end && style == ScalarStyle::Plain && tag.is_none();
                let kind = match style {
                    _ if empty => Kind::Empty,
                    ScalarStyle::Plain => Kind::Scalar(Style::Plain),
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                        Kind::Scalar(Style::Quoted)
                    }
                    _ => Kind::Scalar(Style::Block),
                };
                let mut span = span;
                if kind == Kind::Scalar(Style::Block) {
                    // The parser counts the break and the next line's indentation in.
                    let length = span.slice(&self.tree.text).trim_end().len();
                    span = span.sub(0, length);
                    if span.is_empty() {
                        // One without text ends where its first line does, and not on the next one.
                        let before = self.tree.text.get(..span.start as usize).unwrap_or("");
                        span = Span::new(before.trim_end().len(), before.trim_end().len());
                    }
                }
                let value = self.value(&value);
                self.add(kind, span, value, anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                self.start(Kind::Sequence { flow }, span, anchor);
            }
            Event::MappingStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                self.start(Kind::Mapping { flow }, span, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(Some(span)),
            Event::Anchor(id, _) => {
                if let Some(node) = self.anchors.get(&id)
                    && let Some(data) = self.tree.nodes.get_mut(*node as usize)
                {
                    data.anchor = span;
                }
            }
            Event::Alias(id) => {
                let target = self.anchors.get(&id).copied().unwrap_or(NONE);
                if self.open.iter().any(|open| open.node == target) {
                    self.tree.errors.push(SyntaxError::endless_alias(span));
                    self.add_alias(span, NONE);
                } else {
                    self.add_alias(span, target);
                }
            }
            Event::UnresolvedAlias(name) => {
                self.tree
                    .errors
                    .push(SyntaxError::unknown_alias(span, &name));
                self.add_alias(span, NONE);
            }
            _ => {}
        }
    }

    /// Most values stand in the text as they are; then only their place is kept.
    fn value(&self, value: &str) -> Value {
        let base = self.source.as_ptr() as usize;
        let at = (value.as_ptr() as usize).wrapping_sub(base);
        if at.saturating_add(value.len()) <= self.source.len() {
            let span = Span::new(self.origin.map(at), self.origin.map(at + value.len()));
            if span.slice(&self.tree.text) == value {
                return Value::Slice(span);
            }
        }
        Value::Decoded(value.into())
    }

    fn comment(&mut self, span: Span) {
        let before = self.tree.text.get(..span.start as usize).unwrap_or("");
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
        self.tree.comments.push(Comment {
            span,
            own_line: line.trim_start_matches('\u{feff}').trim().is_empty(),
        });
    }

    fn add(&mut self, kind: Kind, span: Span, value: Value, anchor: usize) -> u32 {
        let id = u32::try_from(self.tree.nodes.len()).unwrap_or(NONE);
        self.tree.nodes.push(NodeData {
            span,
            anchor: Span::default(),
            first: NONE,
            next: NONE,
            target: NONE,
            kind,
            value,
        });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        match self.open.last_mut() {
            Some(parent) => {
                let previous = std::mem::replace(&mut parent.last, id);
                let (node, first) = match previous {
                    NONE => (parent.node, true),
                    _ => (previous, false),
                };
                if let Some(data) = self.tree.nodes.get_mut(node as usize) {
                    *(if first {
                        &mut data.first
                    } else {
                        &mut data.next
                    }) = id;
                }
            }
            None => self.started = Some(id),
        }
        id
    }

    fn add_alias(&mut self, span: Span, target: u32) {
        let id = self.add(Kind::Alias, span, Value::Slice(span), 0);
        if let Some(data) = self.tree.nodes.get_mut(id as usize) {
            data.target = target;
        }
    }

    fn start(&mut self, kind: Kind, span: Span, anchor: usize) {
        let node = self.add(kind, span, Value::Slice(Span::default()), anchor);
        self.open.push(Open { node, last: NONE });
    }

    /// Closes the innermost collection. The parser ends a block collection where the next token starts,
    /// so its end is taken from its last child.
    fn end(&mut self, span: Option<Span>) {
        let Some(open) = self.open.pop() else { return };
        let last = self
            .tree
            .nodes
            .get(open.last as usize)
            .map(|last| last.span);
        // So is that of `a: b` in `[a: b]`, which has no braces.
        let is_bare = Node::new(&self.tree, open.node).is_bare();
        let Some(data) = self.tree.nodes.get_mut(open.node as usize) else {
            return;
        };
        let flow = !is_bare
            && matches!(
                data.kind,
                Kind::Mapping { flow: true } | Kind::Sequence { flow: true }
            );
        let end = match (flow, span, last) {
            (true, Some(span), _) => span.end,
            (_, _, Some(last)) => last.end,
            _ => data.span.end,
        };
        data.span.end = end.max(data.span.start);
        if !matches!(data.kind, Kind::Mapping { .. }) {
            return;
        }
        let mut children = 0;
        let mut child = data.first;
        while let Some(data) = self.tree.nodes.get(child as usize) {
            children += 1;
            child = data.next;
        }
        let node = open.node;
        if children % 2 == 1 {
            // A stop in the middle of an entry leaves a key without a value.
            let at = Span { start: end, end };
            self.open.push(open);
            self.add(Kind::Empty, at, Value::Slice(at), 0);
            self.open.pop();
        }
        check_keys(&mut self.tree, node);
    }

    fn end_document(&mut self) {
        while !self.open.is_empty() {
            self.end(None);
        }
        self.anchors.clear();
        if let Some(root) = self.started.take() {
            let data = self.tree.nodes.get(root as usize);
            let root = match data {
                Some(data) if data.kind != Kind::Empty => root,
                _ => NONE,
            };
            let span = data.map(|data| data.span).unwrap_or_default();
            self.tree.documents.push(Document { root, span });
        }
    }

    fn finish(&mut self) {
        self.end_document();
    }
}
