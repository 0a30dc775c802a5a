//! From a place in the text to the nodes that it lies in.

use super::{Kind, Node, Tree};
use crate::text::Span;

/// A node together with what it hangs on.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// The top of a document.
    Root(Node<'a>),
    /// A key with its value.
    Entry(Entry<'a>),
    /// One of a list.
    Item(Item<'a>),
}

/// A key with its value, in its mapping.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// The mapping.
    pub mapping: Node<'a>,
    /// The key.
    pub key: Node<'a>,
    /// The value.
    pub value: Node<'a>,
}

/// One of a list.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    /// The list.
    pub list: Node<'a>,
    /// The item.
    pub node: Node<'a>,
}

impl<'a> Step<'a> {
    /// The node itself: of an entry its value.
    pub fn node(self) -> Node<'a> {
        match self {
            Step::Root(node) => node,
            Step::Entry(entry) => entry.value,
            Step::Item(item) => item.node,
        }
    }
}

impl<'a> Entry<'a> {
    /// From the key to the end of the value.
    pub fn span(self) -> Span {
        let value = self.value.span();
        // An empty value has no place of its own to speak of.
        if value.is_empty() {
            self.key.span()
        } else {
            self.key.span().to(value)
        }
    }
}

impl Tree {
    /// The nodes that `span` lies in, from the top of its document to the innermost. Aliases are not followed: what
    /// they stand for lies somewhere else.
    pub fn steps(&self, span: Span) -> Vec<Step<'_>> {
        let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        let root = self
            .documents()
            .iter()
            .filter_map(|document| self.root(document))
            .find(|root| holds(root.span()));
        let Some(root) = root else { return Vec::new() };
        let mut steps = vec![Step::Root(root)];
        let mut node = root;
        loop {
            let next = match node.kind() {
                Kind::Mapping { .. } => node
                    .entries()
                    .map(|(key, value)| Entry {
                        mapping: node,
                        key,
                        value,
                    })
                    .find(|entry| holds(entry.span()))
                    .map(Step::Entry),
                Kind::Sequence { .. } => node
                    .items()
                    .map(|item| Item {
                        list: node,
                        node: item,
                    })
                    .find(|item| holds(item.node.span()))
                    .map(Step::Item),
                _ => None,
            };
            let Some(next) = next else { return steps };
            steps.push(next);
            if let Step::Entry(entry) = next
                && holds(entry.key.span())
            {
                return steps;
            }
            node = next.node();
        }
    }

    /// The steps from the top of its document to a node; none for a node of another tree.
    pub(super) fn path(&self, node: Node<'_>) -> Vec<Step<'_>> {
        let is_before = |other: Node<'_>| other.id() <= node.id();
        let roots = self
            .documents()
            .iter()
            .filter_map(|document| self.root(document));
        let Some(root) = roots.take_while(|root| is_before(*root)).last() else {
            return Vec::new();
        };
        let mut steps = vec![Step::Root(root)];
        let mut at = root;
        while at.id() != node.id() {
            let next = match at.kind() {
                Kind::Mapping { .. } => at
                    .entries()
                    .take_while(|(key, _)| is_before(*key))
                    .last()
                    .map(|(key, value)| Entry {
                        mapping: at,
                        key,
                        value,
                    })
                    .map(Step::Entry),
                Kind::Sequence { .. } => at
                    .items()
                    .take_while(|item| is_before(*item))
                    .last()
                    .map(|item| Item {
                        list: at,
                        node: item,
                    })
                    .map(Step::Item),
                _ => None,
            };
            let Some(next) = next else { return Vec::new() };
            steps.push(next);
            at = match next {
                Step::Entry(entry) if !is_before(entry.value) => entry.key,
                step => step.node(),
            };
        }
        steps
    }

    /// The innermost list item that `span` lies in.
    pub fn item(&self, span: Span) -> Option<Item<'_>> {
        self.steps(span)
            .into_iter()
            .rev()
            .find_map(|step| match step {
                Step::Item(item) => Some(item),
                _ => None,
            })
    }

    /// The innermost entry that `span` lies in, be it in the key or in the value.
    pub fn entry(&self, span: Span) -> Option<Entry<'_>> {
        self.steps(span)
            .into_iter()
            .rev()
            .find_map(|step| match step {
                Step::Entry(entry) => Some(entry),
                _ => None,
            })
    }

    /// The innermost entry of the key `key` that `span` lies in.
    pub fn entry_of(&self, span: Span, key: &str) -> Option<Entry<'_>> {
        self.steps(span)
            .into_iter()
            .rev()
            .find_map(|step| match step {
                Step::Entry(entry) if entry.key.text() == Some(key) => Some(entry),
                _ => None,
            })
    }
}
