//! The values of a YAML tree, and which of them were taken.

use std::collections::HashSet;

use super::draft::one_line;
use crate::syntax::Node;
use crate::text::Span;

/// Which values were taken.
#[derive(Default)]
pub(super) struct Taken(HashSet<Span>);

impl Taken {
    /// The text below keys.
    pub fn text(&mut self, node: Node<'_>, path: &[&str]) -> Option<String> {
        let found = at(node, path)?;
        self.take(found)
    }

    /// The text of a value.
    pub fn take(&mut self, node: Node<'_>) -> Option<String> {
        let text = one_line(node.text()?);
        self.0.insert(node.span());
        (!text.is_empty()).then_some(text)
    }

    /// The texts of a list below keys.
    pub fn list(&mut self, node: Node<'_>, path: &[&str]) -> Vec<String> {
        let Some(found) = at(node, path) else {
            return Vec::new();
        };
        if found.is_sequence() {
            found.items().filter_map(|item| self.take(item)).collect()
        } else {
            self.take(found).into_iter().collect()
        }
    }

    /// Takes everything below a node.
    pub fn all(&mut self, node: Node<'_>) {
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            if node.is_mapping() {
                waiting.extend(node.entries().map(|(_, value)| value));
            } else if node.is_sequence() {
                waiting.extend(node.items());
            } else {
                self.0.insert(node.span());
            }
        }
    }

    /// Every value that nobody took, with the keys above it.
    pub fn left(&self, node: Node<'_>) -> Vec<String> {
        let mut left = Vec::new();
        let mut waiting = vec![(String::new(), node)];
        while let Some((path, node)) = waiting.pop() {
            let below = |key: &str| match path.as_str() {
                "" => key.to_owned(),
                path => format!("{path}.{key}"),
            };
            if node.is_mapping() {
                // From the top of a stack the last comes first.
                let entries: Vec<_> = node.entries().collect();
                let entries = entries.into_iter().rev();
                waiting
                    .extend(entries.map(|(key, value)| (below(key.text().unwrap_or("?")), value)));
            } else if node.is_sequence() {
                let items: Vec<_> = node.items().collect();
                waiting.extend(items.into_iter().rev().map(|item| (path.clone(), item)));
            } else if !self.0.contains(&node.span()) {
                match node.text().map(one_line) {
                    Some(text) if !text.is_empty() => left.push(format!("{path}: {text}")),
                    _ => left.push(path.clone()),
                }
            }
        }
        left
    }
}

/// The node below keys.
pub(super) fn at<'t>(node: Node<'t>, path: &[&str]) -> Option<Node<'t>> {
    path.iter().try_fold(node, |node, key| node.get(key))
}
