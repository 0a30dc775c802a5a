//! Everything that a file names.

use super::target::{Path, Subject, Target};
use crate::catalog::Catalog;
use crate::rules::find;
use crate::spec::{Ignore, looks_like_id};
use crate::syntax::{Kind, Node, Tree};
use crate::text::Span;

/// Everything that a file names, in order of place: whatever [`target`](super::target::target) would find there.
pub(super) fn targets(tree: &Tree, catalog: &Catalog, is_configuration: bool) -> Vec<Target> {
    let mut walk = Walk {
        catalog,
        is_configuration,
        keys: Vec::new(),
        seat: None,
        found: Vec::new(),
    };
    for document in tree.documents() {
        if let Some(root) = tree.root(document) {
            walk.node(root, root);
        }
    }
    let mut found = walk.found;
    for (rule, span) in Ignore::all(tree).iter().flat_map(|ignore| &ignore.rules) {
        found.extend(find(rule).map(|rule| Target {
            subject: Subject::Rule(rule),
            span: *span,
            defines: false,
            seat: None,
            entry: None,
        }));
    }
    found.sort_by_key(|target| target.span);
    found
}

struct Walk<'a, 'c> {
    catalog: &'c Catalog,
    is_configuration: bool,
    keys: Vec<&'a str>,
    seat: Option<Span>,
    found: Vec<Target>,
}

impl<'a> Walk<'a, '_> {
    fn node(&mut self, root: Node<'a>, node: Node<'a>) {
        match node.kind() {
            Kind::Mapping { .. } => {
                for (key, value) in node.entries() {
                    let Some(text) = key.text() else { continue };
                    self.keys.push(text);
                    let is_seat = matches!(self.keys.as_slice(), ["roles", _]);
                    if is_seat {
                        self.seat = Some(key.span());
                    }
                    self.scalar(root, key, true);
                    self.node(root, value);
                    if is_seat {
                        self.seat = None;
                    }
                    self.keys.pop();
                }
            }
            Kind::Sequence { .. } => {
                // A list of roles is read as if its dashes were not there.
                let is_list = self.keys != ["roles"];
                for item in node.items() {
                    if is_list {
                        self.keys.push("[]");
                    }
                    self.node(root, item);
                    if is_list {
                        self.keys.pop();
                    }
                }
            }
            // What an alias stands for is met where it is written.
            Kind::Scalar(_) | Kind::Alias => self.scalar(root, node, false),
            Kind::Empty => {}
        }
    }

    fn scalar(&mut self, root: Node<'a>, node: Node<'a>, on_key: bool) {
        if node.text().is_none() {
            return;
        }
        let path = Path {
            keys: std::mem::take(&mut self.keys),
            on_key,
            node,
            seat: self.seat,
        };
        let found = path.target(root, self.catalog, self.is_configuration);
        self.found.extend(found.map(|mut target| {
            // "Own: the roadmap" is a line of text, whatever YAML says.
            if let Subject::Duty(name, None) = &target.subject
                && path.on_key
                && matches!(path.keys.as_slice(), [.., "[]", _])
                && !looks_like_id(name)
            {
                target.subject = Subject::Line(name.clone());
            }
            target
        }));
        self.keys = path.keys;
    }
}
