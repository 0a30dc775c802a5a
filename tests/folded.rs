//! Edits on lines that are written over several lines: blocks after `|` and `>`, and folded text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

use std::sync::Arc;

use rolelint::syntax::{Editor, Item, Node, Tree, parse};
use rolelint::text::apply;

fn list(tree: &Tree) -> Node<'_> {
    tree.root(&tree.documents()[0]).unwrap().get("l").unwrap()
}

fn item(tree: &Tree, number: usize) -> Item<'_> {
    let list = list(tree);
    let node = list.items().nth(number).unwrap();
    Item { list, node }
}

const BLOCKS: &str = "l:\n  - a\n  - >-\n    b\n    c\n  # of d\n  - |\n    d\n\n    e\n  - f\n";

#[test]
fn a_block_is_removed_as_a_whole() {
    for (text, at, wanted) in [
        ("l:\n  - a\n  - >-\n    b\n    c\n  - d\n", 1, "l:\n  - a\n  - d\n"),
        ("l:\n  - >\n    b\n  - d\n", 0, "l:\n  - d\n"),
        ("l:\n  - |\n    b\n\n    c\n\n  - d\n", 0, "l:\n\n  - d\n"),
        ("l:\n- a\n- |+\n  b\n", 1, "l:\n- a\n"),
        ("l:\r\n  - a\r\n  - >-\r\n    b\r\n    c\r\n", 1, "l:\r\n  - a\r\n"),
    ] {
        let tree = parse(&Arc::from(text));
        let edits = Editor::new(&tree).remove(item(&tree, at)).expect(text);
        assert_eq!(apply(text, &edits).as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn a_block_is_taken_with_its_comments_and_put_further_in() {
    let text = BLOCKS;
    let tree = parse(&Arc::from(text));
    let editor = Editor::new(&tree);
    let (piece, edits) = editor.take(item(&tree, 1)).unwrap();
    assert_eq!(piece.lines, [">-", "b", "c"]);
    assert_eq!(piece.flow, "b c");
    assert_eq!(
        apply(text, &edits).unwrap(),
        "l:\n  - a\n  # of d\n  - |\n    d\n\n    e\n  - f\n"
    );
    let (piece, edits) = editor.take(item(&tree, 2)).unwrap();
    assert_eq!(piece.above, ["# of d"]);
    assert_eq!(piece.lines, ["|", "d", "", "e"]);
    assert_eq!(piece.flow, r#""d\n\ne\n""#);
    assert_eq!(apply(text, &edits).unwrap(), "l:\n  - a\n  - >-\n    b\n    c\n  - f\n");
}
