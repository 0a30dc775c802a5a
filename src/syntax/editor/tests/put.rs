//! What is put in.

use super::{REFUSED, edited, table};
use crate::syntax::{Piece, Value};

#[test]
fn pushes_items_as_the_list_is_written() {
    let pieces = [Piece::text("roadmap"), Piece::pinned("own", "a, b")];
    table(
        true,
        &|editor, spot| editor.push(spot.node, &pieces),
        &[
            (
                "a:\n  - b\nc: d\n",
                "a",
                "a:\n  - b\n  - roadmap\n  - own: a, b\nc: d\n",
            ),
            (
                "a:\n- b\nc: d\n",
                "a",
                "a:\n- b\n- roadmap\n- own: a, b\nc: d\n",
            ),
            (
                "a:\n    -   b\n",
                "a",
                "a:\n    -   b\n    -   roadmap\n    -   own: a, b\n",
            ),
            (
                "a:\n  - b # 1\n",
                "a",
                "a:\n  - b # 1\n  - roadmap\n  - own: a, b\n",
            ),
            (
                "a:\n  -\n    b\n",
                "a",
                "a:\n  -\n    b\n  - roadmap\n  - own: a, b\n",
            ),
            (
                "a:\n  - &x b\n",
                "a",
                "a:\n  - &x b\n  - roadmap\n  - own: a, b\n",
            ),
            (
                "a:\n  - b:\n      - c\nd: e\n",
                "a",
                "a:\n  - b:\n      - c\n  - roadmap\n  - own: a, b\nd: e\n",
            ),
            (
                "a:\n  - b:\n",
                "a",
                "a:\n  - b:\n  - roadmap\n  - own: a, b\n",
            ),
            (
                "a:\n  - |\n    b\n\nc: d\n",
                "a",
                "a:\n  - |\n    b\n  - roadmap\n  - own: a, b\n\nc: d\n",
            ),
            (
                "a:\n  - 'b\n    c'\n",
                "a",
                "a:\n  - 'b\n    c'\n  - roadmap\n  - own: a, b\n",
            ),
            (
                "- - b\n- c\n",
                "0",
                "- - b\n  - roadmap\n  - own: a, b\n- c\n",
            ),
            (
                "- b\n---\n- c\n",
                "",
                "- b\n- roadmap\n- own: a, b\n---\n- c\n",
            ),
            // Below comments that are further in, above those that are not.
            (
                "a:\n  - b # 1\n      # 2\n  # 3\n",
                "a",
                "a:\n  - b # 1\n      # 2\n  - roadmap\n  - own: a, b\n  # 3\n",
            ),
            // In brackets.
            ("a: [b]\n", "a", "a: [b, roadmap, {own: 'a, b'}]\n"),
            ("a: []\n", "a", "a: [roadmap, {own: 'a, b'}]\n"),
            ("a: [b, ]\n", "a", "a: [b, roadmap, {own: 'a, b'}, ]\n"),
            ("a: [b: ]\n", "a", "a: [b:, roadmap, {own: 'a, b'} ]\n"),
            (
                "a: [b # 1\n  ]\n",
                "a",
                "a: [b, roadmap, {own: 'a, b'} # 1\n  ]\n",
            ),
            (
                "a: [\n  b,\n  c\n]\n",
                "a",
                "a: [\n  b,\n  c,\n  roadmap,\n  {own: 'a, b'}\n]\n",
            ),
            (
                "a: [\n  b,\n  c, # 1\n]\n",
                "a",
                "a: [\n  b,\n  c, # 1\n  roadmap,\n  {own: 'a, b'},\n]\n",
            ),
            (
                "a: [\n  b,\n  c # 1\n]\n",
                "a",
                "a: [\n  b,\n  c, # 1\n  roadmap,\n  {own: 'a, b'}\n]\n",
            ),
            (
                "a: [\n  b,\n  c]\n",
                "a",
                "a: [\n  b,\n  c,\n  roadmap,\n  {own: 'a, b'}]\n",
            ),
            ("a: &x [b]\nc: *x\n", "a", REFUSED),
            ("a: &x [b]\nc: *x\n", "c", REFUSED),
            ("a:\n  - |+\n    b\n\nc: d\n", "a", REFUSED),
            ("a: b\n", "a", REFUSED),
        ],
    );
}

#[test]
fn adds_keys_as_the_mapping_is_written() {
    let more = [
        ("works_with", Value::list(["a", "b"])),
        (
            "duties",
            Value::Items(vec![Piece::text("roadmap"), Piece::text("x: y")]),
        ),
    ];
    table(
        true,
        &|editor, spot| editor.add(spot.node, None, &more),
        &[
            (
                "a:\n  b: c # 1\nd: e\n",
                "a",
                "a:\n  b: c # 1\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\nd: e\n",
            ),
            (
                "a:\n    b: c\nd: e\n",
                "a",
                "a:\n    b: c\n    works_with: [a, b]\n    duties:\n        - roadmap\n        - 'x: y'\nd: e\n",
            ),
            (
                "b:\n- c\n",
                "",
                "b:\n- c\nworks_with: [a, b]\nduties:\n- roadmap\n- 'x: y'\n",
            ),
            (
                "- b: c\n- d\n",
                "0",
                "- b: c\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\n- d\n",
            ),
            (
                "- &x b: c\n",
                "0",
                "- &x b: c\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\n",
            ),
            (
                "- a: b\n  &x b: c\n",
                "0",
                "- a: b\n  &x b: c\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\n",
            ),
            (
                "a:\n  b:\nd: e\n",
                "a",
                "a:\n  b:\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\nd: e\n",
            ),
            (
                "a:\n  b: |\n    c\nd: e\n",
                "a",
                "a:\n  b: |\n    c\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\nd: e\n",
            ),
            (
                "a: {b: c}\n",
                "a",
                "a: {b: c, works_with: [a, b], duties: [roadmap, 'x: y']}\n",
            ),
            (
                "a: {}\n",
                "a",
                "a: {works_with: [a, b], duties: [roadmap, 'x: y']}\n",
            ),
            (
                "a: {b: }\n",
                "a",
                "a: {b:, works_with: [a, b], duties: [roadmap, 'x: y'] }\n",
            ),
            (
                "a: {b}\n",
                "a",
                "a: {b, works_with: [a, b], duties: [roadmap, 'x: y']}\n",
            ),
            (
                "a: {\n  b: c,\n  d: e,\n}\n",
                "a",
                "a: {\n  b: c,\n  d: e,\n  works_with: [a, b],\n  duties: [roadmap, 'x: y'],\n}\n",
            ),
            ("a: [b: c]\n", "a/0", REFUSED),
            ("a: &x {b: c}\nd: *x\n", "a", REFUSED),
            (
                "a: &x {b: c}\nd:\n  <<: *x\n",
                "d",
                "a: &x {b: c}\nd:\n  <<: *x\n  works_with: [a, b]\n  duties:\n    - roadmap\n    - 'x: y'\n",
            ),
        ],
    );
}

#[test]
fn adds_keys_behind_another_and_before_all() {
    let more = [("x", Value::text("y"))];
    table(
        true,
        &|editor, spot| editor.add(spot.node, Some("a"), &more),
        &[
            ("a: b # 1\nc: d\n", "", "a: b # 1\nx: y\nc: d\n"),
            ("a:\n  - b\n# 1\nc: d\n", "", "a:\n  - b\nx: y\n# 1\nc: d\n"),
            (
                "a:\n  - b\n  # 1\nc: d\n",
                "",
                "a:\n  - b\n  # 1\nx: y\nc: d\n",
            ),
            ("{a: b, c: d}\n", "", "{a: b, x: y, c: d}\n"),
            (
                "{\n  a: b, # 1\n  c: d\n}\n",
                "",
                "{\n  a: b, # 1\n  x: y,\n  c: d\n}\n",
            ),
            ("z: b\nc: d\n", "", "z: b\nc: d\nx: y\n"),
        ],
    );
    table(
        true,
        &|editor, spot| editor.add_first(spot.node, &more),
        &[
            ("# 1\na: b\nc: d\n", "", "# 1\nx: y\na: b\nc: d\n"),
            ("- a: b\n  c: d\n", "0", "- x: y\n  a: b\n  c: d\n"),
            ("a: {b: c}\n", "a", "a: {x: y, b: c}\n"),
            ("a: {}\n", "a", "a: {x: y}\n"),
            ("- &z a: b\n", "0", "- x: y\n  &z a: b\n"),
        ],
    );
}

#[test]
fn makes_a_group_of_a_value() {
    let more = [
        ("works_with", Value::list(["po"])),
        ("duties", Value::Items(vec![Piece::text("b")])),
    ];
    table(
        true,
        &|editor, spot| editor.expand(spot.entry(), "holder", &more),
        &[
            (
                "roles:\n  pm: ana # 1\n  po: ben\n",
                "roles/pm",
                "roles:\n  pm:\n    holder: ana # 1\n    works_with: [po]\n    duties:\n      - b\n  po: ben\n",
            ),
            (
                "pm: [ana, ben]\n",
                "pm",
                "pm:\n  holder: [ana, ben]\n  works_with: [po]\n  duties:\n    - b\n",
            ),
            (
                "pm: {person: ana}\n",
                "pm",
                "pm:\n  holder: {person: ana}\n  works_with: [po]\n  duties:\n    - b\n",
            ),
            (
                "pm:\n  - ana # 1\n  # 2\n  - ben\npo: x\n",
                "pm",
                "pm:\n  holder:\n    - ana # 1\n    # 2\n    - ben\n  works_with: [po]\n  duties:\n    - b\npo: x\n",
            ),
            (
                "pm:\n- ana\npo: x\n",
                "pm",
                "pm:\n  holder:\n  - ana\n  works_with: [po]\n  duties:\n  - b\npo: x\n",
            ),
            (
                "pm: # 1\n  # 2\n  person: ana\n  status: acting\npo: x\n",
                "pm",
                "pm: # 1\n  holder:\n    # 2\n    person: ana\n    status: acting\n  works_with: [po]\n  duties:\n    - b\npo: x\n",
            ),
            (
                "pm: [ana,\n  ben]\npo: x\n",
                "pm",
                "pm:\n  holder: [ana,\n    ben]\n  works_with: [po]\n  duties:\n    - b\npo: x\n",
            ),
            (
                "pm: &x ana\npo: *x\n",
                "pm",
                "pm:\n  holder: &x ana\n  works_with: [po]\n  duties:\n    - b\npo: *x\n",
            ),
            (
                "pm: &x ana\npo: *x\n",
                "po",
                "pm: &x ana\npo:\n  holder: *x\n  works_with: [po]\n  duties:\n    - b\n",
            ),
            (
                "{pm: ana, po: ben}\n",
                "pm",
                "{pm: {holder: ana, works_with: [po], duties: [b]}, po: ben}\n",
            ),
            (
                "{pm: &x ana, po: *x}\n",
                "pm",
                "{pm: {holder: &x ana, works_with: [po], duties: [b]}, po: *x}\n",
            ),
            (
                "- pm: ana\n  po: ben\n",
                "0/pm",
                "- pm:\n    holder: ana\n    works_with: [po]\n    duties:\n      - b\n  po: ben\n",
            ),
            ("pm:\n", "pm", REFUSED),
            ("{pm}\n", "pm", REFUSED),
            ("a: &x {pm: ana}\nb: *x\n", "a/pm", REFUSED),
            ("? pm\n: ana\n", "pm", REFUSED),
        ],
    );
}

#[test]
fn puts_lines_above() {
    let lines = ["# 1".to_owned(), "# 2".to_owned()];
    table(
        false,
        &|editor, spot| Some(vec![editor.above(spot.node.span().start, &lines)]),
        &[
            ("a:\n  b: c\n", "a/b", "a:\n  # 1\n  # 2\n  b: c\n"),
            ("a: b\n", "a", "# 1\n# 2\na: b\n"),
        ],
    );
}

#[test]
fn appends_a_document() {
    let lines = ["people:".to_owned(), "  ana: {name: Ana}".to_owned()];
    let append = |before: &str| {
        edited(before, "", true, &|editor, _| {
            Some(vec![editor.append_document(&lines)])
        })
    };
    let more = "people:\n  ana: {name: Ana}\n";
    assert_eq!(append("a: b\n"), format!("a: b\n---\n{more}"));
    assert_eq!(append("a: b"), format!("a: b\n---\n{more}"));
    assert_eq!(
        append("a: b # 1\n...\n"),
        format!("a: b # 1\n...\n---\n{more}")
    );
    assert_eq!(append("a: |\n  b\n"), format!("a: |\n  b\n---\n{more}"));
    assert_eq!(
        append("a: b\r\n"),
        format!("a: b\n---\n{more}").replace('\n', "\r\n")
    );
    for (empty, wanted) in [
        ("", more.to_owned()),
        ("\n", format!("\n{more}")),
        ("\u{feff}", format!("\u{feff}{more}")),
        ("# 1\n", format!("# 1\n---\n{more}")),
    ] {
        let tree = crate::syntax::parse(&std::sync::Arc::from(empty));
        let edit = super::Editor::new(&tree).append_document(&lines);
        assert_eq!(crate::text::apply(empty, &[edit]), Some(wanted));
    }
}
