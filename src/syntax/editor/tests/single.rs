//! Single values and keys.

use super::{REFUSED, edited, table};
use crate::syntax::{Kind, Piece, Value};

#[test]
fn replaces_a_word_in_its_own_quotes() {
    table(
        true,
        &|editor, spot| Some(vec![editor.replace(spot.node, "Zoë's plan: now")?]),
        &[
            ("a: b # c\n", "a", "a: 'Zoë''s plan: now' # c\n"),
            ("a: 'b' # c\n", "a", "a: 'Zoë''s plan: now' # c\n"),
            ("a: \"b\"\nd: e\n", "a", "a: \"Zoë's plan: now\"\nd: e\n"),
            ("- b\n- c # d\n", "1", "- b\n- 'Zoë''s plan: now' # d\n"),
            (
                "a: [b, \"c\", 'd']\n",
                "a/1",
                "a: [b, \"Zoë's plan: now\", 'd']\n",
            ),
            (
                "a: {b: c, d: e}\n",
                "a/b",
                "a: {b: 'Zoë''s plan: now', d: e}\n",
            ),
            // On several lines.
            (
                "a: one\n  two\n\n  three\nb: c\n",
                "a",
                "a: 'Zoë''s plan: now'\nb: c\n",
            ),
            (
                "a: \"one\n  two\"\nb: c\n",
                "a",
                "a: \"Zoë's plan: now\"\nb: c\n",
            ),
            // With a tag, and an anchor that nobody uses.
            ("a: !t b\n", "a", "a: !t 'Zoë''s plan: now'\n"),
            ("a: &x b\n", "a", "a: &x 'Zoë''s plan: now'\n"),
            ("a: ~\n", "a", "a: 'Zoë''s plan: now'\n"),
            // What stands elsewhere as well would change there, too.
            ("a: &x b\nc: *x\n", "a", REFUSED),
            ("a: &x b\nc: *x\n", "c", REFUSED),
            ("a: &x [b]\nc: *x\n", "a/0", REFUSED),
            ("a: |\n  b\n", "a", REFUSED),
            ("a:\n", "a", REFUSED),
            ("a: [b]\n", "a", REFUSED),
            (
                "---\na: b\n---\na: 🎉 c\n---\na: d\n",
                "#1/a",
                "---\na: b\n---\na: 'Zoë''s plan: now'\n---\na: d\n",
            ),
        ],
    );
}

#[test]
fn quotes_what_yaml_would_take_for_something_else() {
    for (text, plain, single, in_flow) in [
        ("Own it", "Own it", "'Own it'", "Own it"),
        (
            "Own it, all",
            "Own it, all",
            "'Own it, all'",
            "'Own it, all'",
        ),
        ("true", "'true'", "'true'", "'true'"),
        ("2026", "'2026'", "'2026'", "'2026'"),
        ("2026-02-28", "2026-02-28", "'2026-02-28'", "2026-02-28"),
        ("0x1F", "'0x1F'", "'0x1F'", "'0x1F'"),
        (".inf", "'.inf'", "'.inf'", "'.inf'"),
        ("", "''", "''", "''"),
        (" a ", "' a '", "' a '", "' a '"),
        ("a\nb", "\"a\\nb\"", "\"a\\nb\"", "\"a\\nb\""),
        (
            "a\tb\u{7}",
            "\"a\\tb\\u0007\"",
            "\"a\\tb\\u0007\"",
            "\"a\\tb\\u0007\"",
        ),
        ("it's", "it's", "'it''s'", "it's"),
        ("- a", "'- a'", "'- a'", "'- a'"),
        ("---", "'---'", "'---'", "'---'"),
        (
            "... and more",
            "'... and more'",
            "'... and more'",
            "'... and more'",
        ),
        ("a:", "'a:'", "'a:'", "'a:'"),
        ("a #b", "'a #b'", "'a #b'", "'a #b'"),
        ("*a", "'*a'", "'*a'", "'*a'"),
        ("<<", "'<<'", "'<<'", "'<<'"),
        ("@a", "'@a'", "'@a'", "'@a'"),
        (
            "https://example.org/#a",
            "https://example.org/#a",
            "'https://example.org/#a'",
            "https://example.org/#a",
        ),
        ("\"a\"", "'\"a\"'", "'\"a\"'", "'\"a\"'"),
        ("\u{2028}", "\"\\u2028\"", "\"\\u2028\"", "\"\\u2028\""),
    ] {
        for (before, path, after) in [
            ("a: b\n", "a", format!("a: {plain}\n")),
            ("- b\n", "0", format!("- {plain}\n")),
            ("a: 'b'\n", "a", format!("a: {single}\n")),
            ("[b, c]\n", "0", format!("[{in_flow}, c]\n")),
            ("{a: b}\n", "a", format!("{{a: {in_flow}}}\n")),
        ] {
            let found = edited(before, path, true, &|editor, spot| {
                Some(vec![editor.replace(spot.node, text)?])
            });
            assert_eq!(found, after);
            let tree = crate::syntax::parse(&std::sync::Arc::from(found.as_str()));
            let node = super::Spot::of(&tree, path).node;
            assert_eq!(node.text(), Some(text), "{found}");
            assert_eq!(
                node.scalar_type(),
                Some(crate::syntax::ScalarType::Text),
                "{found}"
            );
        }
    }
}

#[test]
fn renames_a_key() {
    table(
        true,
        &|editor, spot| Some(vec![editor.rename(spot.entry().key.span(), "holder")?]),
        &[
            ("holdr: ana # c\n", "holdr", "holder: ana # c\n"),
            ("'holdr' : ana\n", "holdr", "'holder' : ana\n"),
            (
                "a: {holdr: ana, b: c}\n",
                "a/holdr",
                "a: {holder: ana, b: c}\n",
            ),
            ("a: {\"holdr\":ana}\n", "a/holdr", "a: {\"holder\":ana}\n"),
            (
                "- holdr:\n    - ana\n  b: c\n",
                "0/holdr",
                "- holder:\n    - ana\n  b: c\n",
            ),
            ("- [holdr: ana]\n", "0/0/holdr", "- [holder: ana]\n"),
            ("? holdr\n: ana\n", "holdr", "? holder\n: ana\n"),
            // In what an alias repeats.
            ("a: &x {holdr: ana}\nb: *x\n", "a/holdr", REFUSED),
            (
                "a: &x {c: d}\nholdr: *x\n",
                "holdr",
                "a: &x {c: d}\nholder: *x\n",
            ),
        ],
    );
}

#[test]
fn sets_a_value_on_the_line_of_its_key() {
    let value = Value::Map(vec![("since", Value::text("2026-02-28"))]);
    table(
        true,
        &|editor, spot| editor.set(spot.entry(), &value),
        &[
            ("a: b # c\n", "a", "a: {since: 2026-02-28} # c\n"),
            ("a : b\n", "a", "a : {since: 2026-02-28}\n"),
            ("a:   b\n", "a", "a:   {since: 2026-02-28}\n"),
            ("a:\nb: c\n", "a", "a: {since: 2026-02-28}\nb: c\n"),
            ("a: # c\nb: c\n", "a", "a: {since: 2026-02-28} # c\nb: c\n"),
            ("a: ~ # c\n", "a", "a: {since: 2026-02-28} # c\n"),
            ("a: [b, c]\n", "a", "a: {since: 2026-02-28}\n"),
            (
                "a: [b,\n  c]\nd: e\n",
                "a",
                "a: {since: 2026-02-28}\nd: e\n",
            ),
            (
                "a: |\n  b\n\nd: e\n",
                "a",
                "a: {since: 2026-02-28}\n\nd: e\n",
            ),
            (
                "a: >-\n  b\n  c\nd: e\n",
                "a",
                "a: {since: 2026-02-28}\nd: e\n",
            ),
            (
                "a: one\n  two\nd: e\n",
                "a",
                "a: {since: 2026-02-28}\nd: e\n",
            ),
            // What stands below comes up; its comments stay.
            ("a:\n  b\nd: e\n", "a", "a: {since: 2026-02-28}\nd: e\n"),
            (
                "a:\n- b\n- c\nd: e\n",
                "a",
                "a: {since: 2026-02-28}\nd: e\n",
            ),
            (
                "a:\n  b: c # d\ne: f\n",
                "a",
                "a: {since: 2026-02-28} # d\ne: f\n",
            ),
            (
                "a: # one\n  # two\n  b: c # three\n  # four\n  d: e # five\n  # six\nf: g\n",
                "a",
                "a: {since: 2026-02-28} # one\n  # two\n# three\n# four\n# five\n  # six\nf: g\n",
            ),
            (
                "- a: b\n  c: d\n",
                "0/a",
                "- a: {since: 2026-02-28}\n  c: d\n",
            ),
            (
                "- - a:\n      b\n    c: d\n",
                "0/0/a",
                "- - a: {since: 2026-02-28}\n    c: d\n",
            ),
            // In braces.
            ("{a: b, c: d}\n", "a", "{a: {since: 2026-02-28}, c: d}\n"),
            ("{a: , c: d}\n", "a", "{a: {since: 2026-02-28}, c: d}\n"),
            ("{a, c: d}\n", "a", "{a: {since: 2026-02-28}, c: d}\n"),
            ("{a: [b], c: d}\n", "a", "{a: {since: 2026-02-28}, c: d}\n"),
            (
                "{\"a\":b, c: d}\n",
                "a",
                "{\"a\": {since: 2026-02-28}, c: d}\n",
            ),
            ("[a: b, c]\n", "0/a", "[a: {since: 2026-02-28}, c]\n"),
            (
                "{\n  a: b, # c\n}\n",
                "a",
                "{\n  a: {since: 2026-02-28}, # c\n}\n",
            ),
            // Anchors, tags and aliases go with the value; what is needed elsewhere does not.
            ("a: &x b\n", "a", "a: {since: 2026-02-28}\n"),
            ("a: !t b\n", "a", "a: {since: 2026-02-28}\n"),
            ("a: &x\nb: c\n", "a", "a: {since: 2026-02-28}\nb: c\n"),
            (
                "a: &x b\nc: *x # d\n",
                "c",
                "a: &x b\nc: {since: 2026-02-28} # d\n",
            ),
            ("a: &x b\nc: *x\n", "a", REFUSED),
            ("a: [&x b]\nc: *x\n", "a", REFUSED),
            ("a: &x {b: c}\nd: {<<: *x}\n", "a/b", REFUSED),
            (
                "a: &x {b: c}\nd:\n  <<: *x\n  e: f\n",
                "d/e",
                "a: &x {b: c}\nd:\n  <<: *x\n  e: {since: 2026-02-28}\n",
            ),
            // A comment would be lost.
            ("a: [b, # c\n  d]\n", "a", REFUSED),
            ("a: | # c\n  b\n", "a", REFUSED),
            ("? a\n: b\n", "a", REFUSED),
            (
                "a: b\n---\na: c\n...\n---\na: d\n",
                "#1/a",
                "a: b\n---\na: {since: 2026-02-28}\n...\n---\na: d\n",
            ),
        ],
    );
}

#[test]
fn writes_a_text_as_it_is() {
    table(
        true,
        &|editor, spot| editor.rewrite(spot.entry(), "true"),
        &[
            ("vacant: false # c\n", "vacant", "vacant: true # c\n"),
            (
                "vacant:\n  since: 2026 # c\n",
                "vacant",
                "vacant: true # c\n",
            ),
            ("a: {vacant}\n", "a/vacant", "a: {vacant: true}\n"),
        ],
    );
}

#[test]
fn sets_words_and_lists_in_the_quotes_that_the_place_needs() {
    for (value, below, in_flow) in [
        (Value::text("Plan, all"), "Plan, all", "'Plan, all'"),
        (Value::text("a: b"), "'a: b'", "'a: b'"),
        (Value::list(["a", "b, c"]), "[a, 'b, c']", "[a, 'b, c']"),
        (
            Value::Items(vec![Piece::pinned("a", "b, c")]),
            "[{a: 'b, c'}]",
            "[{a: 'b, c'}]",
        ),
        (Value::Items(Vec::new()), "[]", "[]"),
        (
            Value::Keys(vec![("a, b".to_owned(), Value::text("c"))]),
            "{'a, b': c}",
            "{'a, b': c}",
        ),
    ] {
        let set = |before: &str, path: &str| {
            edited(before, path, true, &|editor, spot| {
                editor.set(spot.entry(), &value)
            })
        };
        assert_eq!(set("k: v\n", "k"), format!("k: {below}\n"));
        assert_eq!(set("{k: v}\n", "k"), format!("{{k: {in_flow}}}\n"));
    }
}

#[test]
fn a_comment_that_has_no_place_on_the_line_goes_above_it() {
    let piece = Piece {
        above: vec!["# above".to_owned()],
        inside: vec!["# inside".to_owned()],
        lines: vec!["x # inside".to_owned()],
        flow: "x".to_owned(),
    };
    table(
        false,
        &|editor, spot| editor.set(spot.entry(), &Value::Items(vec![piece.clone()])),
        &[
            (
                "a:\n  b: c # d\n",
                "a/b",
                "a:\n  # above\n  # inside\n  b: [x] # d\n",
            ),
            (
                "a:\n  - b: {c: d}\n",
                "a/0/b/c",
                "a:\n  # above\n  # inside\n  - b: {c: [x]}\n",
            ),
            ("{a: b}\n", "a", REFUSED),
        ],
    );
}

#[test]
fn fills_what_is_empty_in_lines() {
    let value = Value::Items(vec![
        Piece::text("roadmap"),
        Piece::pinned("own", "Own: it"),
    ]);
    table(
        true,
        &|editor, spot| editor.fill(spot.entry(), &value),
        &[
            (
                "a:\nb: c\n",
                "a",
                "a:\n  - roadmap\n  - own: 'Own: it'\nb: c\n",
            ),
            (
                "a: # c\nb: c\n",
                "a",
                "a: # c\n  - roadmap\n  - own: 'Own: it'\nb: c\n",
            ),
            (
                "a: ~ # c\nb: c\n",
                "a",
                "a: # c\n  - roadmap\n  - own: 'Own: it'\nb: c\n",
            ),
            ("a: null\n", "a", "a:\n  - roadmap\n  - own: 'Own: it'\n"),
            (
                "a: [] # c\n",
                "a",
                "a: # c\n  - roadmap\n  - own: 'Own: it'\n",
            ),
            ("a: {}\n", "a", "a:\n  - roadmap\n  - own: 'Own: it'\n"),
            (
                "a:\n  ~\nb: c\n",
                "a",
                "a:\n  - roadmap\n  - own: 'Own: it'\nb: c\n",
            ),
            (
                "a: &x\nb: c\n",
                "a",
                "a:\n  - roadmap\n  - own: 'Own: it'\nb: c\n",
            ),
            // Comments that are further in than the key belong to it.
            (
                "a:\n  # c\nb: c\n",
                "a",
                "a:\n  # c\n  - roadmap\n  - own: 'Own: it'\nb: c\n",
            ),
            (
                "a:\n# c\nb: c\n",
                "a",
                "a:\n  - roadmap\n  - own: 'Own: it'\n# c\nb: c\n",
            ),
            // As the rest of the file is laid out.
            (
                "a:\nb:\n- c\n",
                "a",
                "a:\n- roadmap\n- own: 'Own: it'\nb:\n- c\n",
            ),
            (
                "a:\nb:\n    c: d\n",
                "a",
                "a:\n    - roadmap\n    - own: 'Own: it'\nb:\n    c: d\n",
            ),
            (
                "a:\nb:\n    -   c\n",
                "a",
                "a:\n    -   roadmap\n    -   own: 'Own: it'\nb:\n    -   c\n",
            ),
            (
                "- a:\n  b: c\n",
                "0/a",
                "- a:\n    - roadmap\n    - own: 'Own: it'\n  b: c\n",
            ),
            (
                "{a: , b: c}\n",
                "a",
                "{a: [roadmap, {own: 'Own: it'}], b: c}\n",
            ),
            ("{a}\n", "a", "{a: [roadmap, {own: 'Own: it'}]}\n"),
            ("a: b\n", "a", REFUSED),
            ("a: [b]\n", "a", REFUSED),
            ("a: &x\nb: *x\n", "a", REFUSED),
            ("a: [ # c\n  ]\n", "a", REFUSED),
        ],
    );
}

#[test]
fn fills_with_keys_and_with_words() {
    let keys = Value::Keys(vec![
        ("holder".to_owned(), Value::text("ben")),
        (
            "duties".to_owned(),
            Value::Items(vec![Piece::text("roadmap")]),
        ),
    ]);
    table(
        true,
        &|editor, spot| editor.fill(spot.entry(), &keys),
        &[
            (
                "a:\n  b: # c\n",
                "a/b",
                "a:\n  b: # c\n    holder: ben\n    duties:\n      - roadmap\n",
            ),
            (
                "a:\n    b: ~\n",
                "a/b",
                "a:\n    b:\n        holder: ben\n        duties:\n            - roadmap\n",
            ),
            (
                "a: {b: }\n",
                "a/b",
                "a: {b: {holder: ben, duties: [roadmap]}}\n",
            ),
        ],
    );
    table(
        true,
        &|editor, spot| editor.fill(spot.entry(), &Value::text("a, b")),
        &[
            ("a: # c\n", "a", "a: a, b # c\n"),
            ("a: ~\n", "a", "a: a, b\n"),
            ("a: {b}\n", "a/b", "a: {b: 'a, b'}\n"),
        ],
    );
}

#[test]
fn wraps_a_value_into_a_list() {
    table(
        true,
        &|editor, spot| editor.wrap(spot.node),
        &[
            ("a: b # c\n", "a", "a: [b] # c\n"),
            ("a: b, c\n", "a", "a: ['b, c']\n"),
            ("a: 'b'\n", "a", "a: ['b']\n"),
            ("a: 12\n", "a", "a: [12]\n"),
            ("a: {b: c}\n", "a", "a: [{b: c}]\n"),
            ("a:\n  b\nc: d\n", "a", "a:\n  [b]\nc: d\n"),
            ("a: {b: c, d: e}\n", "a/b", "a: {b: [c], d: e}\n"),
            ("a: &x b\n", "a", REFUSED),
            ("a: one\n  two\n", "a", REFUSED),
            ("a: |\n  b\n", "a", REFUSED),
            ("a:\n  b: c\n", "a", REFUSED),
            ("a:\n", "a", REFUSED),
        ],
    );
}

#[test]
fn beside_a_syntax_error_what_is_sure_is_mended_and_the_rest_is_refused() {
    let is_broken = |text: &str| {
        !crate::syntax::parse(&std::sync::Arc::from(text))
            .errors()
            .is_empty()
    };
    let set = |before: &str, path: &str| {
        assert!(is_broken(before), "{before}");
        edited(before, path, true, &|editor, spot| {
            editor.set(spot.entry(), &Value::text("x"))
        })
    };
    assert_eq!(set("a: b: c\nd: e\n", "d"), "a: b: c\nd: x\n");
    assert_eq!(set("a: b: c\nd: e\n", "a"), "a: x\nd: e\n");
    assert_eq!(set("a: \"b\nd: e\n", "d"), "a: \"b\nd: x\n");
    assert_eq!(set("a: @b\nd: e\n", "a"), REFUSED);
    let tree = crate::syntax::parse(&std::sync::Arc::from("a: [b\nd: e\n"));
    assert!(matches!(
        super::Spot::of(&tree, "a").node.kind(),
        Kind::Sequence { flow: true }
    ));
}
