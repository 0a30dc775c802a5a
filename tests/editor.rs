//! The editor on thousands of generated files: whatever it changes, the file still parses, what it was asked for is
//! there, everything else has the value that it had, and every comment is kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test says by a panic that it failed.

mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use rolelint::syntax::{
    Editor, Entry, Item, Kind, Node, Piece, ScalarType, Style, Tree, Value, parse,
};
use rolelint::text::{TextEdit, apply};
use yaml::{Dice, stream};

/// What a node says, aliases followed, however it is written.
#[derive(Clone, Debug, PartialEq)]
enum Model {
    Nothing,
    Scalar(String, ScalarType),
    List(Vec<Model>),
    Keys(Vec<(Model, Model)>),
}

impl Model {
    fn of(node: Node<'_>) -> Self {
        let node = node.resolved();
        match node.kind() {
            Kind::Sequence { .. } => Self::List(node.items().map(Self::of).collect()),
            Kind::Mapping { .. } => {
                let entries = node.entries();
                Self::Keys(
                    entries
                        .map(|(key, value)| (Self::of(key), Self::of(value)))
                        .collect(),
                )
            }
            _ if node.is_null() => Self::Nothing,
            _ => Self::Scalar(
                node.text().unwrap_or_default().to_owned(),
                node.scalar_type().unwrap_or(ScalarType::Text),
            ),
        }
    }

    fn text(text: &str) -> Self {
        Self::Scalar(text.to_owned(), ScalarType::Text)
    }

    fn all(tree: &Tree) -> Vec<Self> {
        let roots = tree
            .documents()
            .iter()
            .filter_map(|document| tree.root(document));
        roots.map(Self::of).collect()
    }

    fn list(&mut self) -> &mut Vec<Model> {
        let Self::List(items) = self else {
            panic!("no list: {self:?}")
        };
        items
    }

    fn keys(&mut self) -> &mut Vec<(Model, Model)> {
        let Self::Keys(entries) = self else {
            panic!("no keys: {self:?}")
        };
        entries
    }
}

/// What is to be edited, with the way to it from the top of the stream.
#[derive(Clone)]
struct Place<'a> {
    node: Node<'a>,
    path: Vec<usize>,
    hangs: Hangs<'a>,
}

#[derive(Clone, Copy)]
enum Hangs<'a> {
    Top,
    Item(Item<'a>),
    Value(Entry<'a>),
    Key(Entry<'a>),
}

/// Every node as it is written. In a path a number leads to an item, or to the value of an entry.
fn places(tree: &Tree) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    let mut roots = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document));
    let mut open: Vec<Place<'_>> = roots
        .by_ref()
        .enumerate()
        .map(|(at, node)| Place {
            node,
            path: vec![at],
            hangs: Hangs::Top,
        })
        .collect();
    while let Some(place) = open.pop() {
        let deeper = |at| [place.path.as_slice(), &[at]].concat();
        match place.node.kind() {
            Kind::Sequence { .. } => {
                for (at, node) in place.node.items().enumerate() {
                    let list = place.node;
                    open.push(Place {
                        node,
                        path: deeper(at),
                        hangs: Hangs::Item(Item { list, node }),
                    });
                }
            }
            Kind::Mapping { .. } => {
                for (at, (key, value)) in place.node.entries().enumerate() {
                    let entry = Entry {
                        mapping: place.node,
                        key,
                        value,
                    };
                    open.push(Place {
                        node: value,
                        path: deeper(at),
                        hangs: Hangs::Value(entry),
                    });
                    found.push(Place {
                        node: key,
                        path: deeper(at),
                        hangs: Hangs::Key(entry),
                    });
                }
            }
            _ => {}
        }
        found.push(place);
    }
    found
}

fn at<'m>(models: &'m mut [Model], path: &[usize]) -> &'m mut Model {
    let (first, rest) = path.split_first().unwrap();
    rest.iter()
        .fold(&mut models[*first], |model, at| match model {
            Model::List(items) => &mut items[*at],
            Model::Keys(entries) => &mut entries[*at].1,
            other => panic!("nothing at {at} of {other:?}"),
        })
}

fn comments(tree: &Tree) -> Vec<String> {
    let comments = tree.comments().iter();
    let mut comments: Vec<String> = comments
        .map(|comment| comment.span.slice(tree.text()).trim_end().to_owned())
        .collect();
    comments.sort();
    comments
}

struct Trial<'a> {
    tree: &'a Tree,
    models: Vec<Model>,
    /// How often each method was asked, and how often it knew an answer.
    count: &'a mut BTreeMap<&'static str, (usize, usize)>,
}

impl Trial<'_> {
    /// Holds what a method did against what should have come of it.
    fn check(
        &mut self,
        method: &'static str,
        edits: Option<Vec<TextEdit>>,
        gone: &[String],
        wanted: impl FnOnce(&mut Vec<Model>),
    ) -> Option<String> {
        let count = self.count.entry(method).or_default();
        count.0 += 1;
        let edits = edits?;
        count.1 += 1;
        let before = self.tree.text();
        let after = apply(before, &edits)
            .unwrap_or_else(|| panic!("{method}: {edits:?} do not fit\n{before:?}"));
        let shown =
            || format!("{method}: {edits:?}\n{before}\n=== became\n{after}\n===\n{before:?}");
        let tree = parse(&Arc::from(after.as_str()));
        let errors = tree.errors();
        assert!(errors.is_empty(), "{}\n{errors:?}", shown());
        let mut models = self.models.clone();
        wanted(&mut models);
        assert_eq!(Model::all(&tree), models, "{}", shown());
        let mut kept = comments(self.tree);
        for comment in gone {
            let at = kept.iter().position(|known| known == comment).unwrap();
            kept.remove(at);
        }
        assert_eq!(comments(&tree), kept, "{}", shown());
        Some(after)
    }
}

fn values() -> Vec<(Value, Model)> {
    let map = Model::Keys(vec![
        (Model::text("since"), Model::text("2026-02-28")),
        (
            Model::text("cover"),
            Model::List(vec![Model::text("ana"), Model::text("a, b")]),
        ),
    ]);
    let items = vec![
        Piece::text("Plan: it"),
        Piece::pinned("roadmap", "Own {it}"),
    ];
    let items_model = Model::List(vec![
        Model::text("Plan: it"),
        Model::Keys(vec![(Model::text("roadmap"), Model::text("Own {it}"))]),
    ]);
    vec![
        (
            Value::text("Own the \"map\", now"),
            Model::text("Own the \"map\", now"),
        ),
        (Value::text("yes"), Model::text("yes")),
        (
            Value::list(["a", "- b"]),
            Model::List(vec![Model::text("a"), Model::text("- b")]),
        ),
        (
            Value::Map(vec![
                ("since", Value::text("2026-02-28")),
                ("cover", Value::list(["ana", "a, b"])),
            ]),
            map,
        ),
        (Value::Items(items.clone()), items_model.clone()),
        (
            Value::Keys(vec![
                ("holder".to_owned(), Value::text("ben")),
                ("duties".to_owned(), Value::Items(items)),
            ]),
            Model::Keys(vec![
                (Model::text("holder"), Model::text("ben")),
                (Model::text("duties"), items_model),
            ]),
        ),
    ]
}

fn try_everything(text: &str, dice: &mut Dice, count: &mut BTreeMap<&'static str, (usize, usize)>) {
    let tree = parse(&Arc::from(text));
    let editor = Editor::new(&tree);
    let mut trial = Trial {
        models: Model::all(&tree),
        tree: &tree,
        count,
    };
    let places = places(&tree);
    let values = values();
    let value = |dice: &mut Dice| values[dice.roll(values.len())].clone();
    for place in &places {
        let path = &place.path;
        let (last, above) = path.split_last().unwrap();
        let last = *last;
        match place.hangs {
            Hangs::Key(entry) => {
                let is_scalar = matches!(
                    place.node.kind(),
                    Kind::Scalar(Style::Plain | Style::Quoted)
                );
                let renamed = editor.rename(place.node.span(), "new: name");
                assert!(is_scalar || renamed.is_none());
                trial.check("rename", renamed.map(|edit| vec![edit]), &[], |models| {
                    at(models, above).keys()[last].0 = Model::text("new: name");
                });
                trial.check("remove_entry", editor.remove_entry(entry), &[], |models| {
                    at(models, above).keys().remove(last);
                });
            }
            Hangs::Value(entry) => {
                let (new, model) = value(dice);
                trial.check("set", editor.set(entry, &new), &[], |models| {
                    *at(models, path) = model;
                });
                let (new, model) = value(dice);
                trial.check("fill", editor.fill(entry, &new), &[], |models| {
                    *at(models, path) = model;
                });
                let (new, model) = value(dice);
                let more = [("allocation", Value::text("50 %")), ("more", new)];
                trial.check(
                    "expand",
                    editor.expand(entry, "holder", &more),
                    &[],
                    |models| {
                        let old = at(models, path).clone();
                        *at(models, path) = Model::Keys(vec![
                            (Model::text("holder"), old),
                            (Model::text("allocation"), Model::text("50 %")),
                            (Model::text("more"), model),
                        ]);
                    },
                );
            }
            Hangs::Item(item) => {
                trial.check("remove", editor.remove(item), &[], |models| {
                    at(models, above).list().remove(last);
                });
                let taken = editor.take(item);
                let (piece, out) =
                    taken.map_or((None, None), |(piece, out)| (Some(piece), Some(out)));
                let gone = piece.as_ref().map_or(Vec::new(), |piece| {
                    piece.above.iter().chain(&piece.inside).cloned().collect()
                });
                trial.check("take", out.clone(), &gone, |models| {
                    at(models, above).list().remove(last);
                });
                // To another list of the file, which is none inside of what moves.
                let inside = |path: &[usize]| path.starts_with(&place.path);
                let lists: Vec<&Place<'_>> = places
                    .iter()
                    .filter(|other| matches!(other.node.kind(), Kind::Sequence { .. }))
                    .filter(|other| !matches!(other.hangs, Hangs::Key(_)))
                    .filter(|other| !inside(&other.path) && other.path != above)
                    .collect();
                if let (Some(piece), Some(mut edits), false) = (piece, out, lists.is_empty()) {
                    let target = lists[dice.roll(lists.len())];
                    let pushed = editor.push(target.node, &[piece]);
                    let both = pushed.map(|pushed| {
                        edits.extend(pushed);
                        edits
                    });
                    // Where the place of one is that of the other the two do not go together.
                    let fits = |edits: &Vec<TextEdit>| apply(text, edits).is_some();
                    trial.check("move", both.filter(fits), &[], |models| {
                        let moved = at(models, path).clone();
                        at(models, &target.path).list().push(moved);
                        at(models, above).list().remove(last);
                    });
                }
            }
            Hangs::Top => {}
        }
        if matches!(place.hangs, Hangs::Key(_)) {
            continue;
        }
        match place.node.kind() {
            Kind::Scalar(style) => {
                let new = "Zoë's \"new\" plan, {one}: now";
                let edit = editor.replace(place.node, new);
                assert!(style != Style::Block || edit.is_none());
                trial.check("replace", edit.map(|edit| vec![edit]), &[], |models| {
                    *at(models, path) = Model::text(new);
                });
                trial.check("wrap", editor.wrap(place.node), &[], |models| {
                    let old = at(models, path).clone();
                    *at(models, path) = Model::List(vec![old]);
                });
            }
            Kind::Sequence { .. } => {
                let pieces = [
                    Piece::text("true"),
                    Piece::pinned("roadmap", "Own it # all"),
                ];
                trial.check("push", editor.push(place.node, &pieces), &[], |models| {
                    at(models, path).list().extend([
                        Model::text("true"),
                        Model::Keys(vec![(Model::text("roadmap"), Model::text("Own it # all"))]),
                    ]);
                });
                let gone: Vec<_> = place
                    .node
                    .items()
                    .map(Node::span)
                    .filter(|_| dice.roll(2) == 0)
                    .collect();
                let goes: Vec<bool> = place
                    .node
                    .items()
                    .map(|item| gone.contains(&item.span()))
                    .collect();
                trial.check(
                    "remove_items",
                    editor.remove_items(place.node, &gone),
                    &[],
                    |models| {
                        let mut goes = goes.into_iter();
                        at(models, path).list().retain(|_| !goes.next().unwrap());
                    },
                );
            }
            Kind::Mapping { .. } => {
                let (new, model) = value(dice);
                let new = [("new", new), ("newer", Value::text("#1"))];
                let model = [
                    (Model::text("new"), model),
                    (Model::text("newer"), Model::text("#1")),
                ];
                trial.check("add", editor.add(place.node, None, &new), &[], |models| {
                    at(models, path).keys().extend(model.clone());
                });
                trial.check(
                    "add_first",
                    editor.add_first(place.node, &new),
                    &[],
                    |models| {
                        at(models, path).keys().splice(0..0, model.clone());
                    },
                );
                let keys: Vec<&str> = place
                    .node
                    .entries()
                    .filter_map(|(key, _)| key.text())
                    .collect();
                if !keys.is_empty() {
                    let after = dice.roll(keys.len());
                    let behind = place
                        .node
                        .entries()
                        .position(|(key, _)| key.text() == Some(keys[after]));
                    let added = editor.add(place.node, Some(keys[after]), &new);
                    trial.check("add after", added, &[], |models| {
                        let behind = behind.unwrap() + 1;
                        at(models, path)
                            .keys()
                            .splice(behind..behind, model.clone());
                    });
                    let gone: Vec<&str> =
                        keys.iter().copied().filter(|_| dice.roll(2) == 0).collect();
                    let goes: Vec<bool> = place
                        .node
                        .entries()
                        .map(|(key, _)| key.text().is_some_and(|key| gone.contains(&key)))
                        .collect();
                    let removed = editor.remove_entries(place.node, &gone);
                    trial.check("remove_entries", removed, &[], |models| {
                        let mut goes = goes.into_iter();
                        at(models, path).keys().retain(|_| !goes.next().unwrap());
                    });
                }
            }
            _ => {}
        }
    }
    for comment in tree.comments() {
        let before = text[..comment.span.range().start].trim_end().len();
        let is_block = |place: &Place<'_>| {
            place.node.kind() == Kind::Scalar(Style::Block)
                && place.node.span().range().end == before
        };
        if comment.own_line && places.iter().any(is_block) {
            // It may be what ends a block of text, and then another comment or blank line becomes part of it. Such a
            // mend is thrown away as a whole.
            continue;
        }
        let shown = comment
            .span
            .slice(&tree.text().clone())
            .trim_end()
            .to_owned();
        let edit = editor.remove_comment(comment.span);
        trial.check("remove_comment", Some(vec![edit]), &[shown], |_| {});
    }
    let more = editor.append_document(&["team: x".to_owned(), "name: y".to_owned()]);
    trial.check("append_document", Some(vec![more]), &[], |models| {
        models.push(Model::Keys(vec![
            (Model::text("team"), Model::text("x")),
            (Model::text("name"), Model::text("y")),
        ]));
    });
}

/// How many files are tried. `ROLELINT_ROUNDS` has more of them tried.
const ROUNDS: u64 = 120;

#[test]
fn an_edit_does_what_it_says_and_nothing_else() {
    let rounds = std::env::var("ROLELINT_ROUNDS").ok();
    let rounds = rounds.map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let (mut plain, mut odd) = (BTreeMap::new(), BTreeMap::new());
    let mut broken = 0;
    for seed in 0..rounds {
        let mut dice = Dice::new(seed);
        let is_odd = dice.one_in(3);
        let text = stream(&mut dice, is_odd);
        if parse(&Arc::from(text.as_str())).errors().is_empty() {
            let count = if is_odd { &mut odd } else { &mut plain };
            try_everything(&text, &mut dice, count);
        } else {
            broken += 1;
        }
    }
    assert!(
        broken * 10 < rounds,
        "{broken} of {rounds} files have syntax errors"
    );
    // To refuse everything would be safe, too. What has no place to stand (a comment on one line with brackets around
    // it, the only key of a document) is rare.
    for (method, (asked, answered)) in &plain {
        let wanted = match *method {
            // For values of one kind only.
            "fill" | "wrap" => 15,
            // By chance it is asked for nothing, or for all.
            "remove_entries" | "remove_items" => 40,
            _ => 85,
        };
        assert!(
            answered * 100 >= asked * wanted,
            "{method}: {answered} of {asked}: {plain:#?}"
        );
    }
    assert_eq!(plain.len(), 18, "{plain:#?}");
    assert_eq!(odd.len(), 18, "{odd:#?}");
}
