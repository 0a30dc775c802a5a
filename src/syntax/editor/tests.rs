//! Tables of what edits make of a file. Each row is tried with the line breaks of every system, with a byte-order mark
//! and without a line break at the end, too; tests/editor.rs tries generated files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod put;
mod several;
mod single;
mod take;

use std::sync::Arc;

use super::Editor;
use crate::syntax::{Entry, Item, Node, Step, Tree, parse};
use crate::text::{TextEdit, apply};

/// In place of a file: the editor has to refuse.
const REFUSED: &str = "(refused)";

/// A place in a file: `roles/product-owner/duties/0`, in the second document `#1/team`.
struct Spot<'a> {
    node: Node<'a>,
    step: Step<'a>,
}

impl<'a> Spot<'a> {
    fn of(tree: &'a Tree, path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        let document = parts.next_if(|part| part.starts_with('#'));
        let document: usize = document.map_or(0, |number| number[1..].parse().unwrap());
        let root = tree.root(&tree.documents()[document]).unwrap();
        let mut spot = Spot {
            node: root,
            step: Step::Root(root),
        };
        for part in parts {
            let outer = spot.node;
            let entry = outer
                .entries()
                .find(|(key, _)| key.text() == Some(part))
                .map(|(key, value)| Entry {
                    mapping: outer,
                    key,
                    value,
                });
            spot = match entry {
                Some(entry) => Spot {
                    node: entry.value,
                    step: Step::Entry(entry),
                },
                None => {
                    let at: usize = part
                        .parse()
                        .unwrap_or_else(|_| panic!("no {part} in {path}"));
                    let node = outer.items().nth(at).unwrap();
                    Spot {
                        node,
                        step: Step::Item(Item { list: outer, node }),
                    }
                }
            };
        }
        spot
    }

    fn entry(&self) -> Entry<'a> {
        match self.step {
            Step::Entry(entry) => entry,
            _ => panic!("no entry"),
        }
    }

    fn item(&self) -> Item<'a> {
        match self.step {
            Step::Item(item) => item,
            _ => panic!("no item"),
        }
    }
}

fn comments(tree: &Tree) -> Vec<&str> {
    let text: &str = tree.text();
    let comments = tree.comments().iter();
    let mut comments: Vec<&str> = comments
        .map(|comment| comment.span.slice(text).trim_end())
        .collect();
    comments.sort_unstable();
    comments
}

/// Edits a file at a place. `keeps`: whether every comment has to be there afterwards.
fn edited(
    before: &str,
    path: &str,
    keeps: bool,
    edit: &dyn Fn(&Editor<'_>, &Spot<'_>) -> Option<Vec<TextEdit>>,
) -> String {
    let tree = parse(&Arc::from(before));
    let spot = Spot::of(&tree, path);
    let Some(edits) = edit(&Editor::new(&tree), &spot) else {
        return REFUSED.to_owned();
    };
    let after = apply(before, &edits).unwrap_or_else(|| panic!("{edits:?} do not fit {before}"));
    let new = parse(&Arc::from(after.as_str()));
    assert!(
        new.errors().len() <= tree.errors().len(),
        "{before}became\n{after}{:?}",
        new.errors()
    );
    if keeps {
        assert_eq!(comments(&new), comments(&tree), "{before}became\n{after}");
    }
    after
}

/// Tries a method on files: each row is a file, a place in it, and what becomes of it.
fn table(
    keeps: bool,
    edit: &dyn Fn(&Editor<'_>, &Spot<'_>) -> Option<Vec<TextEdit>>,
    rows: &[(&str, &str, &str)],
) {
    for (before, path, wanted) in rows {
        let found = edited(before, path, keeps, edit);
        assert_eq!(
            found, *wanted,
            "at {path}\n--- of\n{before}--- became\n{found}--- not\n{wanted}"
        );
        if *wanted == REFUSED {
            continue;
        }
        type Change = fn(&str) -> String;
        let changes: [Change; 4] = [
            |text| text.replace('\n', "\r\n"),
            |text| text.replace('\n', "\r"),
            |text| format!("\u{feff}{text}"),
            |text| text.strip_suffix('\n').unwrap_or(text).to_owned(),
        ];
        for change in changes {
            let found = edited(&change(before), path, keeps, edit);
            assert_eq!(found, change(wanted), "at {path} of {:?}", change(before));
        }
    }
}
