//! Edits of several keys or items at once, and of values whose comments have to stay.

use std::sync::Arc;

use crate::syntax::editor::Editor;
use crate::syntax::{Entry, Node, Tree, Value, parse};
use crate::text::{Span, TextEdit, apply};

/// What a text becomes when `edit` is made at the key `k`.
fn at_k(
    text: &str,
    edit: impl Fn(&Editor<'_>, Entry<'_>) -> Option<Vec<TextEdit>>,
) -> Option<String> {
    let tree: Tree = parse(&Arc::from(text));
    let at = text.find("k:").unwrap();
    let entry = tree.entry(Span::new(at, at + 1)).unwrap();
    let edits = edit(&Editor::new(&tree), entry)?;
    let changed = apply(text, &edits).expect("edits that fit the text");
    let errors = parse(&Arc::from(changed.as_str())).errors().len();
    assert_eq!(errors, 0, "{changed}");
    Some(changed)
}

#[test]
fn a_value_is_rewritten_and_its_comments_stay() {
    for (text, wanted) in [
        ("k: a # one\n", Some("k: X # one\n")),
        ("k:   # one\n", Some("k: X   # one\n")),
        ("{k: , l: 1}\n", Some("{k: X, l: 1}\n")),
        ("k: [a, b]\r\nl: 1\r\n", Some("k: X\r\nl: 1\r\n")),
        (
            "k: # one\r\n  a: 1 # two\r\n  b: 2\r\nl: 1\r\n",
            Some("k: X # one\r\n# two\r\nl: 1\r\n"),
        ),
        ("k:\n- a\n# one\n- b", Some("k: X\n# one")),
        ("k: &a b\n", Some("k: X\n")),
        ("k: &a b\nl: *a\n", None),
        ("k: [a, # one\n  b]\n", None),
    ] {
        let found = at_k(text, |editor, entry| editor.rewrite(entry, "X"));
        assert_eq!(found.as_deref(), wanted, "{text}");
    }
}

#[test]
fn keys_go_together_and_leave_the_others() {
    for (text, wanted) in [
        ("k: {a: 1, b: 2, c: 3}\n", Some("k: {c: 3}\n")),
        ("k: {a: 1, c: 3, b: 2}\n", Some("k: {c: 3}\n")),
        ("k: {c: 3, a: 1, b: 2}\n", Some("k: {c: 3}\n")),
        (
            "k:\r\n  a: 1 # one\r\n  c: 3\r\n  b: 2\r\n",
            Some("k:\r\n  # one\r\n  c: 3\r\n"),
        ),
        ("k: {a: 1, b: 2}\n", None),
        ("k: {c: 3, # one\n  a: 1}\n", Some("k: {c: 3, # one\n  }\n")),
        ("k: {c: 3, a: &x 1}\n", Some("k: {c: 3}\n")),
        ("k: {a: &x 1, c: *x}\n", None),
    ] {
        let found = at_k(text, |editor, entry| {
            editor.remove_entries(entry.value, &["a", "b"])
        });
        assert_eq!(found.as_deref(), wanted, "{text}");
    }
}

#[test]
fn items_go_together_and_leave_the_others() {
    for (text, wanted) in [
        ("k: [a, b, c]\n", Some("k: [c]\n")),
        ("k: [c, a, b]\n", Some("k: [c]\n")),
        ("k: [a, c, b]\n", Some("k: [c]\n")),
        (
            "k:\n- a\n- c # one\n- b # two\n",
            Some("k:\n- c # one\n# two\n"),
        ),
        ("k: [a, b]\n", None),
    ] {
        let found = at_k(text, |editor, entry| {
            let gone = entry.value.items().filter(|item| item.text() != Some("c"));
            let gone: Vec<Span> = gone.map(Node::span).collect();
            editor.remove_items(entry.value, &gone)
        });
        assert_eq!(found.as_deref(), wanted, "{text}");
    }
}

#[test]
fn keys_go_before_all_others() {
    for (text, wanted) in [
        ("k: {a: 1}\n", "k: {n: m, a: 1}\n"),
        ("k: {}\n", "k: {n: m}\n"),
        (
            "k:\r\n  # one\r\n  a: 1\r\n",
            "k:\r\n  # one\r\n  n: m\r\n  a: 1\r\n",
        ),
        ("k:\n- a: 1\n", "k:\n- n: m\n  a: 1\n"),
    ] {
        let found = at_k(text, |editor, entry| {
            let mapping = entry.value.items().next().unwrap_or(entry.value);
            editor.add_first(mapping, &[("n", Value::text("m"))])
        });
        assert_eq!(found.as_deref(), Some(wanted), "{text}");
    }
}

#[test]
fn the_only_key_of_a_mapping_leaves_an_empty_one() {
    let text = "k:\n  a: 1 # one\nl: 2\n";
    let found = at_k(text, |editor, entry| {
        let (key, value) = entry.value.entries().next()?;
        editor.remove_entry(Entry {
            mapping: entry.value,
            key,
            value,
        })
    });
    assert_eq!(found.as_deref(), Some("k: {}\n# one\nl: 2\n"));
}

#[test]
fn a_list_in_brackets_over_several_lines_moves_in_when_it_gets_a_key() {
    let text = "r:\n  k: [\n    a, # one\n    b,\n  ]\n";
    let found = at_k(text, |editor, entry| {
        editor.expand(entry, "main", &[("more", Value::True)])
    });
    let wanted = "r:\n  k:\n    main: [\n      a, # one\n      b,\n    ]\n    more: true\n";
    assert_eq!(found.as_deref(), Some(wanted));
}
