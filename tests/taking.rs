//! What is taken out of a file: blocks of text over several lines, and the last one of many.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

use std::sync::Arc;

use rolelint::syntax::{Editor, Entry, Item, Node, Tree, parse};
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
        (
            "l:\n  - a\n  - >-\n    b\n    c\n  - d\n",
            1,
            "l:\n  - a\n  - d\n",
        ),
        ("l:\n  - >\n    b\n  - d\n", 0, "l:\n  - d\n"),
        ("l:\n  - |\n    b\n\n    c\n\n  - d\n", 0, "l:\n\n  - d\n"),
        ("l:\n- a\n- |+\n  b\n", 1, "l:\n- a\n"),
        (
            "l:\r\n  - a\r\n  - >-\r\n    b\r\n    c\r\n",
            1,
            "l:\r\n  - a\r\n",
        ),
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
    assert_eq!(
        apply(text, &edits).unwrap(),
        "l:\n  - a\n  - >-\n    b\n    c\n  - f\n"
    );
}

#[test]
fn the_only_key_of_a_mapping_leaves_it_empty() {
    for (text, wanted, comments) in [
        ("r:\n  a:\n    b: c\n", "r: {}\n", vec![]),
        (
            "t: x\nr:\n  # of a\n  a: b # why\ns: y\n",
            "t: x\nr: {}\n  # of a\ns: y\n",
            vec!["# why"],
        ),
        ("r: {a: b}\n", "r: {}\n", vec![]),
    ] {
        let tree = parse(&Arc::from(text));
        let root = tree.root(&tree.documents()[0]).unwrap();
        let mapping = root.get("r").unwrap();
        let (key, value) = mapping.entries().next().unwrap();
        let entry = Entry {
            mapping,
            key,
            value,
        };
        let (found, edits) = Editor::new(&tree).cut_entry(entry).expect(text);
        assert_eq!(apply(text, &edits).as_deref(), Some(wanted), "{text}");
        assert_eq!(found, comments, "{text}");
    }
}
