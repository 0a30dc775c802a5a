//! The edits of a rename.

use std::collections::HashSet;

use super::super::View;
use super::super::people::People;
use super::super::target::Subject;
use super::super::targets::targets;
use super::fit::{misread, no_duty_id};
use super::naming::{Start, is_by_id};
use crate::spec::looks_like_id;
use crate::syntax::{ScalarType, Step, Tree, parse};
use crate::text::{Span, TextEdit, apply};
use crate::workspace::FileId;

/// The edits of one file. Places that name the same thing in another way (a person by id where it is the name that
/// changes, a role by an alias) stay as they are.
pub(super) fn in_file(
    view: &View<'_>,
    file: FileId,
    places: &[Span],
    start: &Start<'_>,
    new: &str,
) -> Result<Vec<TextEdit>, String> {
    let shown = view.session.files().shown(file).into_owned();
    let text = view.session.text(file).ok_or_else(|| gone(&shown))?;
    let tree = parse(&text);
    let by_hand = || {
        format!(
            "A name in {shown} is written in a way that cannot be renamed. Please edit it by hand first."
        )
    };
    let is_configuration = view.session.is_configuration(file);
    let before = targets(&tree, view.catalog(), is_configuration);
    let places: HashSet<Span> = places.iter().copied().collect();
    let mut renamed: HashSet<Span> = HashSet::new();
    let mut edits = Vec::new();
    for target in before.iter().filter(|target| places.contains(&target.span)) {
        let Some(name) = named(&target.subject).filter(|name| start.is_same(target, name)) else {
            continue;
        };
        // What an alias stands for is renamed where it is written.
        if target.span.slice(&text).starts_with('*') {
            continue;
        }
        if matches!(target.subject, Subject::Duty(..))
            && target.seat.is_some()
            && !looks_like_id(new)
        {
            return Err(no_duty_id(new));
        }
        let span = written(&tree, target.span, name).ok_or_else(by_hand)?;
        renamed.insert(target.span);
        edits.push(TextEdit::replace(span, escaped(&text, target.span, new)));
    }
    let after = apply(&text, &edits).ok_or_else(by_hand)?;
    let after = parse(&after.into());
    let read: Vec<_> = targets(&after, view.catalog(), is_configuration);
    let fits = after.errors().len() <= tree.errors().len()
        && read.len() == before.len()
        && before.iter().zip(&read).all(|(before, read)| {
            let is_renamed = renamed.contains(&before.span);
            let is_right = || named(&read.subject) == Some(new) && is_text(&after, read.span);
            !is_renamed || is_right()
        });
    if !fits {
        return Err(misread(new));
    }
    let mut others = before.iter().zip(&read);
    let is_other = others.any(|(before, read)| {
        let is_same = named(&read.subject) == named(&before.subject);
        !is_same && !places.contains(&before.span)
    });
    if is_other {
        return Err(format!(
            "A name in {shown} stands for something else as well, by an anchor. Please edit it by hand first."
        ));
    }
    Ok(edits)
}

/// Whether one of some places in a file, outside people documents, calls somebody by a name and not by the id.
pub(super) fn names_somebody(view: &View<'_>, file: FileId, places: &[Span], name: &str) -> bool {
    let Some(text) = view.session.text(file) else {
        return false;
    };
    let known = People::around(view).find(name);
    let all = targets(&parse(&text), view.catalog(), false);
    all.iter().any(|target| {
        let called = named(&target.subject).unwrap_or_default();
        let is_outside = target.entry.is_none() && places.contains(&target.span);
        is_outside && !is_by_id(known, target, called)
    })
}

fn gone(shown: &str) -> String {
    format!("{shown} cannot be read any more, so nothing was renamed.")
}

/// The name that a subject is written with.
fn named(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Person(name)
        | Subject::Team(name)
        | Subject::Product(name)
        | Subject::Role(name, _)
        | Subject::Duty(name, _)
        | Subject::Line(name) => Some(name),
        _ => None,
    }
}

fn is_text(tree: &Tree, span: Span) -> bool {
    let node = tree.steps(span).last().map(|step| match step {
        Step::Entry(entry) if entry.key.span() == span => entry.key,
        step => step.node(),
    });
    node.is_none_or(|node| node.scalar_type() == Some(ScalarType::Text))
}

/// Where a name stands in the scalar at a place: without quotes, and without what else stands there.
pub(super) fn written(tree: &Tree, span: Span, name: &str) -> Option<Span> {
    let raw = span.slice(tree.text());
    if raw.starts_with('*') {
        return None;
    }
    let (inner, quote) = match raw.chars().next() {
        Some(quote @ ('\'' | '"')) if raw.len() >= 2 && raw.ends_with(quote) => {
            (raw.get(1..raw.len() - 1)?, Some(quote))
        }
        _ => (raw, None),
    };
    let start = usize::from(quote.is_some());
    let name = match quote {
        Some('\'') => name.replace('\'', "''"),
        Some(_) => in_double_quotes(name),
        None => name.to_owned(),
    };
    if let Some(at) = inner.find(&name).filter(|_| !name.is_empty()) {
        return Some(span.sub(start + at, start + at + name.len()));
    }
    // With escapes that nobody has to write: all of it is the name.
    let is_all = quote.is_some() && !inner.contains(['\n', '\r', '(', '[']);
    (is_all && !inner.is_empty()).then(|| span.sub(start, start + inner.len()))
}

fn in_double_quotes(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A name as it is written in the quotes that stand at a place.
fn escaped(text: &str, span: Span, name: &str) -> String {
    match span.slice(text).chars().next() {
        Some('\'') => name.replace('\'', "''"),
        Some('"') => in_double_quotes(name),
        _ => name.to_owned(),
    }
}
