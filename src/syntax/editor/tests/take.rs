//! What is taken out.

use super::{REFUSED, Spot, edited, table};
use crate::syntax::{Editor, Node, parse};
use crate::text::TextEdit;

#[test]
fn removes_an_item_and_keeps_its_comments() {
    table(
        true,
        &|editor, spot| editor.remove(spot.item()),
        &[
            ("a:\n  - b\n  - c\n  - d\n", "a/0", "a:\n  - c\n  - d\n"),
            ("a:\n  - b\n  - c\n  - d\n", "a/1", "a:\n  - b\n  - d\n"),
            ("a:\n  - b\n  - c\n  - d\n", "a/2", "a:\n  - b\n  - c\n"),
            ("a:\n- b\n- c\nd: e\n", "a/1", "a:\n- b\nd: e\n"),
            ("a:\n- b\n- c\nd: e\n", "a/0", "a:\n- c\nd: e\n"),
            ("a:\n    -   b\n    -   c\n", "a/0", "a:\n    -   c\n"),
            // Comments above, beside, inside and below.
            (
                "a: # 1\n  # 2\n  - b # 3\n  # 4\n  - c # 5\n  # 6\n# 7\nd: e\n",
                "a/0",
                "a: # 1\n  # 2\n  # 3\n  # 4\n  - c # 5\n  # 6\n# 7\nd: e\n",
            ),
            (
                "a:\n  - b\n  - c: d # 1\n    # 2\n    e: # 3\n      - f\n  - g\n",
                "a/1",
                "a:\n  - b\n  # 1\n  # 2\n  # 3\n  - g\n",
            ),
            ("- b\n\n- c\n\n- d\n", "1", "- b\n\n\n- d\n"),
            ("- |\n  b\n  # no comment\n- c\n", "0", "- c\n"),
            ("- b\n- >+\n  c\n\n- d\n", "1", "- b\n\n- d\n"),
            ("- b\n- 'c\n\n  # d'\n- e\n", "1", "- b\n- e\n"),
            ("- b\n-\n- c\n", "1", "- b\n- c\n"),
            ("- b\n-\n  c\n- d\n", "1", "- b\n- d\n"),
            ("- b\n- # 1\n  c\n- d\n", "1", "- b\n# 1\n- d\n"),
            ("- b\n- c:\n- d\n", "1", "- b\n- d\n"),
            ("- b\n- [c,\n  d]\n- e\n", "1", "- b\n- e\n"),
            // The only one: the list is empty then.
            ("a:\n  - b\nc: d\n", "a/0", "a: []\nc: d\n"),
            ("a:\n- b\nc: d\n", "a/0", "a: []\nc: d\n"),
            (
                "a: # 1\n  # 2\n  - b # 3\nc: d\n",
                "a/0",
                "a: [] # 1\n  # 2\n# 3\nc: d\n",
            ),
            ("- - b\n- c\n", "0/0", "- []\n- c\n"),
            ("- - b # 1\n- c\n", "0/0", "- [] # 1\n- c\n"),
            ("-\n  - b\n- c\n", "0/0", "-\n  []\n- c\n"),
            ("- b\n", "0", REFUSED),
            ("a: &x\n  - b\nc: d\n", "a/0", REFUSED),
            // Behind a dash: the next one comes up.
            ("- - b\n  - c\n", "0/0", "- - c\n"),
            ("- - b # 1\n  - c\n", "0/0", "- # 1\n  - c\n"),
            ("- - b\n  # 1\n  - c\n", "0/0", "- # 1\n  - c\n"),
            ("- - b\n  - c\n", "0/1", "- - b\n"),
        ],
    );
}

#[test]
fn removes_an_item_from_brackets_with_its_comma() {
    table(
        true,
        &|editor, spot| editor.remove(spot.item()),
        &[
            ("a: [b, c, d]\n", "a/0", "a: [c, d]\n"),
            ("a: [b, c, d]\n", "a/1", "a: [b, d]\n"),
            ("a: [b, c, d]\n", "a/2", "a: [b, c]\n"),
            ("a: [b, c, d, ]\n", "a/2", "a: [b, c, ]\n"),
            ("a: [b]\n", "a/0", "a: []\n"),
            ("a: [ b, ]\n", "a/0", "a: [  ]\n"),
            ("a: [b: , c]\n", "a/0", "a: [c]\n"),
            ("a: [c, b: ]\n", "a/1", "a: [c ]\n"),
            ("a: [c, ? b]\n", "a/1", "a: [c]\n"),
            ("a: [{b: c}, 'd, e', [f]]\n", "a/1", "a: [{b: c}, [f]]\n"),
            ("a: [\n  b,\n  c,\n  d\n]\n", "a/1", "a: [\n  b,\n  d\n]\n"),
            ("a: [\n  b,\n  c,\n  d\n]\n", "a/2", "a: [\n  b,\n  c\n]\n"),
            ("a: [\n  b,\n  c,\n]\n", "a/1", "a: [\n  b,\n]\n"),
            (
                "a: [\n  b, # 1\n  c, # 2\n]\n",
                "a/0",
                "a: [\n  # 1\n  c, # 2\n]\n",
            ),
            (
                "a: [\n  b, # 1\n  c # 2\n]\n",
                "a/1",
                "a: [\n  b, # 1\n  # 2\n]\n",
            ),
            (
                "a: [\n  b, # 1\n  # 2\n  c, # 3\n]\n",
                "a/1",
                "a: [\n  b, # 1\n  # 2\n  # 3\n]\n",
            ),
            ("[b, c]\n", "0", "[c]\n"),
            ("a: [&x b, c]\nd: *x\n", "a/0", REFUSED),
            ("a: &x [b, c]\nd: *x\n", "a/0", REFUSED),
            ("a: [&x b, c]\nd: *x\n", "a/1", "a: [&x b]\nd: *x\n"),
            ("a: &x b\nd: [*x, c]\n", "d/0", "a: &x b\nd: [c]\n"),
            ("a: [[b, # 1\n  c], d]\n", "a/0", REFUSED),
        ],
    );
}

#[test]
fn removes_a_key_and_keeps_its_comments() {
    table(
        true,
        &|editor, spot| editor.remove_entry(spot.entry()),
        &[
            ("a: b\nc: d\ne: f\n", "a", "c: d\ne: f\n"),
            ("a: b\nc: d # 1\ne: f\n", "c", "a: b\n# 1\ne: f\n"),
            ("a: b\nc: d\ne: f\n", "e", "a: b\nc: d\n"),
            (
                "a: b\nc: # 1\n  - d # 2\n  # 3\ne: f\n",
                "c",
                "a: b\n# 1\n# 2\n  # 3\ne: f\n",
            ),
            ("a: b\nc: |\n  d\n\n  # no\ne: f\n", "c", "a: b\ne: f\n"),
            ("a: b\nc:\ne: f\n", "c", "a: b\ne: f\n"),
            ("a: b\nc :\ne: f\n", "c", "a: b\ne: f\n"),
            ("a: b\nc: &x\ne: f\n", "c", "a: b\ne: f\n"),
            ("a:\n  b: c\nd: e\n", "a/b", "a: {}\nd: e\n"),
            ("a:\n  b:\nd: e\n", "a/b", "a: {}\nd: e\n"),
            // The first key of an item.
            (
                "- text: a\n  as: b\n  until: c\n",
                "0/text",
                "- as: b\n  until: c\n",
            ),
            ("- text: a # 1\n  as: b\n", "0/text", "- # 1\n  as: b\n"),
            ("- text: a\n  as: b\n", "0/as", "- text: a\n"),
            (
                "-   text: a\n    as:\n      - b\n",
                "0/text",
                "-   as:\n      - b\n",
            ),
            ("- text: a\n- b\n", "0/text", "- {}\n- b\n"),
            ("- text: a # 1\n- b\n", "0/text", "- {} # 1\n- b\n"),
            ("- text: [a, # 1\n    c]\n  as: b\n", "0/text", REFUSED),
            // In braces.
            ("a: {b: c, d: e}\n", "a/b", "a: {d: e}\n"),
            ("a: {b: c, d: e}\n", "a/d", "a: {b: c}\n"),
            ("a: {b: c, d: }\n", "a/d", "a: {b: c }\n"),
            ("a: {b: , d: e}\n", "a/b", "a: {d: e}\n"),
            ("a: {b, d: e, }\n", "a/d", "a: {b, }\n"),
            ("a: {b: c}\n", "a/b", "a: {}\n"),
            (
                "a: {\n  b: c, # 1\n  d: e,\n}\n",
                "a/b",
                "a: {\n  # 1\n  d: e,\n}\n",
            ),
            ("a: [b: c, d]\n", "a/0/b", REFUSED),
            // What an alias needs stays; what needs an alias goes.
            ("a: &x b\nc: *x\nd: e\n", "a", REFUSED),
            ("a: &x b\nc: *x\nd: e\n", "c", "a: &x b\nd: e\n"),
            (
                "a: &x {b: c, d: e}\nf:\n  <<: *x\n  g: h\n",
                "f/<<",
                "a: &x {b: c, d: e}\nf:\n  g: h\n",
            ),
            ("a: &x {b: c, d: e}\nf:\n  <<: *x\n", "a/b", REFUSED),
            ("? a\n: b\nc: d\n", "a", REFUSED),
            ("a: b\n", "a", REFUSED),
            (
                "a: b\n---\nc: d\ne: f # 1\n---\ng: h\n",
                "#1/c",
                "a: b\n---\ne: f # 1\n---\ng: h\n",
            ),
            // Blank lines or comments would become part of the text above.
            ("a: |+\n  b\n\nc: d\n", "c", REFUSED),
            ("a: |\n  b\nc: d\n    # 1\ne: f\n", "c", REFUSED),
            (
                "a: |\n  b\nc: d\n# 1\ne: f\n",
                "c",
                "a: |\n  b\n# 1\ne: f\n",
            ),
        ],
    );
}

#[test]
fn removes_several_at_once() {
    let keys = ["b", "d", "g"];
    table(
        true,
        &|editor, spot| editor.remove_entries(spot.node, &keys),
        &[
            ("a: 1\nb: 2 # b\nc: 3\nd: 4\n", "", "a: 1\n# b\nc: 3\n"),
            ("a: 1\nb: 2\nd: 4\n", "", "a: 1\n"),
            ("b: 1\nd: 2\na: 4\n", "", "a: 4\n"),
            ("- b: 1\n  d: 2\n  a: 4\n", "0", "- a: 4\n"),
            ("- b: 1\n  d: 2 # 1\n  a: 4\n", "0", "- # 1\n  a: 4\n"),
            ("- b: 1\n  a: 4\n  d: 2 # 1\n", "0", "- a: 4\n  # 1\n"),
            ("- b: 1 # 1\n  d: 2\n  a: 4\n", "0", REFUSED),
            ("k:\n  b: 1\n  d: 2 # 1\n", "k", REFUSED),
            ("{a: 1, b: 2, c: 3, d: 4, g: 5}\n", "", "{a: 1, c: 3}\n"),
            ("{b: 1, d: 2, g: 3}\n", "", REFUSED),
            ("{b: 1, d: 2, a: 3, g: 4, }\n", "", "{a: 3, }\n"),
            ("x: 1\n", "", REFUSED),
        ],
    );
    let odd = |editor: &Editor<'_>, spot: &Spot<'_>| {
        let items = spot.node.items().skip(1).step_by(2);
        let gone: Vec<_> = items.map(Node::span).collect();
        editor.remove_items(spot.node, &gone)
    };
    table(
        true,
        &odd,
        &[
            ("- a\n- b\n- c # 1\n- d # 2\n", "", "- a\n- c # 1\n# 2\n"),
            ("[a, b, c, d]\n", "", "[a, c]\n"),
            ("[a, b, c]\n", "", "[a, c]\n"),
        ],
    );
}

#[test]
fn removes_a_comment() {
    let last = |editor: &Editor<'_>, _: &Spot<'_>| {
        Some(vec![
            editor.remove_comment(editor.tree().comments().last()?.span),
        ])
    };
    table(
        false,
        &last,
        &[
            ("a: b # 1\nc: d\n", "", "a: b\nc: d\n"),
            ("a: b   # 1\n", "", "a: b\n"),
            ("# 1\na: b\n", "", "a: b\n"),
            ("a: b\n  # 1\nc: d\n", "", "a: b\nc: d\n"),
            ("a: # 1\n  - b\n", "", "a:\n  - b\n"),
            ("a: [b, # 1\n  c]\n", "", "a: [b,\n  c]\n"),
            ("a: | # 1\n  b # no\n", "", "a: |\n  b # no\n"),
        ],
    );
    assert_eq!(edited("a: b\n# 1", "", false, &last), "a: b\n");
}

/// Moves an item behind the last one of the list at `to`, and shows the file.
fn moved(before: &str, from: &str, to: &str) -> String {
    edited(before, from, true, &|editor, spot| {
        let (piece, mut edits): (_, Vec<TextEdit>) = editor.take(spot.item())?;
        let to = Spot::of(editor.tree(), to).node;
        edits.extend(editor.push(to, &[piece])?);
        Some(edits)
    })
}

#[test]
fn moves_an_item_with_its_comments() {
    for (before, from, to, wanted) in [
        (
            "a:\n  - b\n  - c\nd:\n  - e\n",
            "a/0",
            "d",
            "a:\n  - c\nd:\n  - e\n  - b\n",
        ),
        (
            "a:\n  # 0\n\n  # 1\n  # 2\n  - b # 3\n  # 4\n  - c\nd:\n  - e # 5\n",
            "a/0",
            "d",
            "a:\n  # 0\n\n  # 4\n  - c\nd:\n  - e # 5\n  # 1\n  # 2\n  - b # 3\n",
        ),
        // From one layout to another.
        (
            "a:\n- b\n- c\nd:\n    -   e\n",
            "a/1",
            "d",
            "a:\n- b\nd:\n    -   e\n    -   c\n",
        ),
        (
            "a:\n  - text: b # 1\n    # 2\n    as:\n      - c\n  - d\ne:\n-   f\n",
            "a/0",
            "e",
            "a:\n  - d\ne:\n-   f\n-   text: b # 1\n    # 2\n    as:\n      - c\n",
        ),
        (
            "a:\n    -   text: |\n            b\n\n              c\n    -   d\ne:\n- f\n",
            "a/0",
            "e",
            "a:\n    -   d\ne:\n- f\n- text: |\n      b\n\n        c\n",
        ),
        (
            "a:\n  - >-\n   b\n     c\n  - d\ne:\n- f\n",
            "a/0",
            "e",
            "a:\n  - d\ne:\n- f\n- >-\n  b\n    c\n",
        ),
        (
            "a:\n  - 'b\n\n    # c'\n  - d\ne: [f]\n",
            "a/0",
            "e",
            "a:\n  - d\ne: [f, \"b\\n# c\"]\n",
        ),
        (
            "a:\n  -\n    b: c\n  - d\ne:\n- f\n",
            "a/0",
            "e",
            "a:\n  - d\ne:\n- f\n- b: c\n",
        ),
        (
            "a:\n  - # 1\n    b\n  - d\ne:\n- f\n",
            "a/0",
            "e",
            "a:\n  - d\ne:\n- f\n# 1\n- b\n",
        ),
        (
            "a:\n  - b\n  -\ne:\n- f\n",
            "a/1",
            "e",
            "a:\n  - b\ne:\n- f\n- \n",
        ),
        // Between lines and brackets.
        (
            "a: [b, {c: d}, 'e']\nf:\n  - g\n",
            "a/1",
            "f",
            "a: [b, 'e']\nf:\n  - g\n  - c: d\n",
        ),
        (
            "a: [b, c: d, 'e']\nf:\n  - g\n",
            "a/1",
            "f",
            "a: [b, 'e']\nf:\n  - g\n  - c: d\n",
        ),
        (
            "a: [b, \"c\":d]\nf:\n  - g\n",
            "a/1",
            "f",
            "a: [b]\nf:\n  - g\n  - \"c\": d\n",
        ),
        (
            "a:\n  # 1\n  - b: c, d # 2\n  - e\nf:\n  - g: [h]\n",
            "a/0",
            "f/0/g",
            "a:\n  - e\nf:\n  # 1\n  # 2\n  - g: [h, {b: 'c, d'}]\n",
        ),
        (
            "a:\n  - b\n  - e\nf: []\n",
            "a/0",
            "f",
            "a:\n  - e\nf: [b]\n",
        ),
        (
            "a:\n  - {b: c}\n  - e\nf: [\n  g, # 1\n]\n",
            "a/0",
            "f",
            "a:\n  - e\nf: [\n  g, # 1\n  {b: c},\n]\n",
        ),
        // The only one, and one behind a dash.
        (
            "a:\n  # 1\n  - b # 2\nf:\n  - g\n",
            "a/0",
            "f",
            "a: []\nf:\n  - g\n  # 1\n  - b # 2\n",
        ),
        (
            "a:\n  - - b # 1\n    - c\nf:\n  - g\n",
            "a/0/0",
            "f",
            "a:\n  - - c\nf:\n  - g\n  - b # 1\n",
        ),
        (
            "a:\n  - - b # 1\nf:\n  - g\n",
            "a/0/0",
            "f",
            "a:\n  - []\nf:\n  - g\n  - b # 1\n",
        ),
        // To another document, and to one without a line break at its end.
        ("- a\n- b\n---\n- c", "1", "#1", "- a\n---\n- c\n- b"),
        (
            "- a\r\n- b: c # 1\r\n  d: e\r\n---\r\n- c\r\n",
            "1",
            "#1",
            "- a\r\n---\r\n- c\r\n- b: c # 1\r\n  d: e\r\n",
        ),
        // What cannot move.
        ("a:\n  - &x b\n  - c\nf:\n  - *x\n", "a/0", "f", REFUSED),
        ("a:\n  - &x b\n  - c\nf:\n  - *x\n", "f/0", "a", REFUSED),
        (
            "a:\n  - |+\n    b\n\n  - c\nf:\n  - d\n",
            "a/0",
            "f",
            REFUSED,
        ),
        (
            "a:\n  - |2\n      b\n  - c\nf:\n  - d\n",
            "a/0",
            "f",
            REFUSED,
        ),
        ("- a\n", "0", "", REFUSED),
        ("a: [b, [c,\n  d]]\nf: [e]\n", "a/1", "f", REFUSED),
    ] {
        assert_eq!(moved(before, from, to), wanted, "{before}");
    }
}

#[test]
fn what_is_taken_says_the_same_elsewhere() {
    let text = "a:\n  # 1\n  - text: Own it # 2\n    as: roadmap\n  - b\n";
    let tree = parse(&std::sync::Arc::from(text));
    let editor = Editor::new(&tree);
    let (piece, _) = editor.take(Spot::of(&tree, "a/0").item()).unwrap();
    assert_eq!(piece.above, ["# 1"]);
    assert_eq!(piece.inside, ["# 2"]);
    assert_eq!(piece.lines, ["text: Own it # 2", "as: roadmap"]);
    assert_eq!(piece.flow, "{text: Own it, as: roadmap}");
}
