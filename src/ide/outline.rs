//! Parts of a file to fold, and to select step by step: for editors without anything else that knows YAML.

use super::View;
use crate::syntax::{Kind, Node, Step};
use crate::text::{LineIndex, Span};

/// Lines that fold into their first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// The line that stays, from 0.
    pub first: u32,
    /// The last one that goes, from 0.
    pub last: u32,
    /// Whether they are comments.
    pub is_comment: bool,
}

/// The parts of a file that span several lines: keys with what is under them, items of lists, and comments.
pub fn folds(view: &View<'_>) -> Vec<Fold> {
    let tree = &view.source.tree;
    let lines = tree.lines();
    let mut folds = Vec::new();
    for document in tree.documents() {
        if let Some(root) = tree.root(document) {
            inside(root, lines, &mut folds);
        }
    }
    folds.extend(comments(view, lines));
    folds.sort_unstable();
    folds.dedup_by_key(|fold| fold.first);
    folds
}

fn inside(node: Node<'_>, lines: &LineIndex, folds: &mut Vec<Fold>) {
    match node.kind() {
        Kind::Mapping { .. } => {
            for (key, value) in node.entries() {
                fold(key.span(), value, lines, folds);
                inside(value, lines, folds);
            }
        }
        Kind::Sequence { .. } => {
            for item in node.items() {
                fold(item.span(), item, lines, folds);
                inside(item, lines, folds);
            }
        }
        _ => {}
    }
}

fn fold(from: Span, value: Node<'_>, lines: &LineIndex, folds: &mut Vec<Fold>) {
    // What an alias stands for lies elsewhere.
    if value.kind() == Kind::Alias || value.span().is_empty() {
        return;
    }
    let first = lines.line(from.start);
    let last = lines.line(value.span().end.saturating_sub(1));
    folds.extend(folded(first, last, false));
}

fn folded(first: usize, last: usize, is_comment: bool) -> Option<Fold> {
    (first < last).then(|| Fold {
        first: u32::try_from(first).unwrap_or(u32::MAX),
        last: u32::try_from(last).unwrap_or(u32::MAX),
        is_comment,
    })
}

/// Comments on lines of their own that follow each other.
fn comments(view: &View<'_>, lines: &LineIndex) -> Vec<Fold> {
    let comments = view.source.tree.comments().iter();
    let own = comments.filter(|comment| comment.own_line);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for line in own.map(|comment| lines.line(comment.span.start)) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => found.push((line, line)),
        }
    }
    found
        .into_iter()
        .filter_map(|(first, last)| folded(first, last, true))
        .collect()
}

/// What a place lies in, from the innermost to the whole text: the words, the value, the key with it, the item, the
/// group, the document.
pub fn selections(view: &View<'_>, offset: u32) -> Vec<Span> {
    let at = Span {
        start: offset,
        end: offset,
    };
    let mut spans = Vec::new();
    let whole = Span::new(0, view.text().len());
    spans.push(whole);
    for step in view.source.tree.steps(at) {
        match step {
            Step::Root(node) | Step::Item(crate::syntax::Item { node, .. }) => {
                spans.push(node.span());
            }
            Step::Entry(entry) => {
                spans.push(entry.span());
                let on_key = entry.key.span().start <= offset && offset <= entry.key.span().end;
                spans.push(match on_key {
                    true => entry.key.span(),
                    false => entry.value.span(),
                });
            }
        }
    }
    let inner = spans.last().copied().unwrap_or(whole);
    spans.extend(without_quotes(inner, view.text()));
    let mut chain: Vec<Span> = Vec::new();
    for span in spans {
        let holds =
            |outer: &Span| outer.start <= span.start && span.end <= outer.end && *outer != span;
        let has_place = span.start <= offset && offset <= span.end;
        if has_place && chain.last().is_none_or(holds) {
            chain.push(span);
        }
    }
    chain.reverse();
    chain
}

fn without_quotes(span: Span, text: &str) -> Option<Span> {
    let raw = span.slice(text);
    let quote = raw.chars().next().filter(|first| "'\"".contains(*first))?;
    (raw.len() > 2 && raw.ends_with(quote)).then(|| span.sub(1, raw.len() - 1))
}
