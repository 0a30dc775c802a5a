//! Reads on after a syntax error.
//!
//! On an error a few small edits near it are tried on a copy of the text; the one that lets the parser get
//! furthest (then the one that keeps most values, then the one that loses no words) is kept, and so on.
//! The edits never reach the user: they only decide what the tree holds, and they tell what was wrong
//! better than the parser can.

use std::sync::Arc;

use granit_parser::ErrorKind;

use super::SyntaxError;
use super::events::{Origin, Stop, Unchanged, build};
use super::pieces::parse;
use super::repair::{Cause, Edit, best_edit, line_at};
use super::tree::Tree;
use crate::text::Span;

/// How many errors of one file are mended; a file with more is something else than a role file.
const MAX_ROUNDS: usize = 8;

/// Parses YAML text as a whole. Never fails; see [`Tree::errors`].
pub(super) fn parse_whole(text: &Arc<str>) -> Tree {
    let (tree, stop) = build(text, text, &Unchanged);
    let mut tree = match stop {
        None => tree,
        Some(stop) => recover(text, tree, stop),
    };
    tree.errors.sort_by_key(|error| error.span);
    tree
}

impl Tree {
    /// The tree of a file that could not be read at all.
    pub fn unreadable(why: &str) -> Tree {
        let mut tree = parse(&Arc::from(""));
        tree.errors.push(SyntaxError::unreadable(why));
        tree.cut_at = Some(0);
        tree
    }

    /// The tree of a file that is not UTF-8: what could be read, up to the first wrong byte.
    pub fn of_bytes(bytes: Vec<u8>) -> Tree {
        match String::from_utf8(bytes) {
            Ok(text) => parse(&text.into()),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(valid);
                let text = String::from_utf8(bytes).unwrap_or_default();
                let last = text.chars().next_back().map_or(0, char::len_utf8);
                let mut tree = parse(&text.into());
                // What ends in the middle is no mistake of its own.
                tree.errors
                    .retain(|error| (error.span.end as usize) < valid);
                tree.errors
                    .push(SyntaxError::not_text(Span::new(valid - last, valid)));
                tree.cut_at = Some(u32::try_from(valid).unwrap_or(u32::MAX));
                tree
            }
        }
    }
}

#[derive(Default)]
struct Edits(Vec<Edit>);

impl Origin for Edits {
    fn map(&self, mut offset: usize) -> usize {
        for edit in self.0.iter().rev() {
            let inserted_end = edit.at + edit.inserted.len();
            if offset >= inserted_end {
                offset = offset - edit.inserted.len() + edit.removed;
            } else if offset > edit.at {
                // Inside what was put in: it stands for all that was taken out.
                offset = edit.at + edit.removed;
            }
        }
        offset
    }
}

fn recover(written: &Arc<str>, first: Tree, stop: Stop) -> Tree {
    let mut work = written.to_string();
    let mut edits = Edits::default();
    let mut errors = Vec::new();
    let mut lost = Vec::new();
    let mut tree = first;
    let mut stop = Some(stop);
    while let Some(at) = stop.take() {
        let error_at = written.floor_char_boundary(edits.map(at.offset));
        // What is nested too deep no small edit makes shallow.
        let hopeless = at.kind == ErrorKind::RecursionLimitExceeded;
        let best = if edits.0.len() < MAX_ROUNDS && !hopeless {
            best_edit(&work, at.offset)
        } else {
            None
        };
        let Some(edit) = best else {
            let place = error_place(written, error_at, error_at);
            errors.push(SyntaxError::unmended(place, &at.kind));
            tree.cut_at = Some(Span::new(error_at, 0).start);
            break;
        };
        let cause_at = written.floor_char_boundary(edits.map(edit.at));
        if edit.cause.loses_words() {
            let end = edits.map(edit.at + edit.removed);
            lost.push(Span::new(cause_at, written.floor_char_boundary(end)));
        }
        // The second and third line of one conflict go away with the first.
        let is_rest = matches!(edit.cause, Cause::Conflict('=' | '>'))
            && edits
                .0
                .iter()
                .any(|edit| matches!(edit.cause, Cause::Conflict(_)));
        if !is_rest {
            errors.push(describe(written, &edit, cause_at, error_at, &at));
        }
        work.replace_range(edit.at..edit.at + edit.removed, &edit.inserted);
        edits.0.push(edit);
        (tree, stop) = build(&work, written, &edits);
    }
    tree.errors.extend(errors);
    tree.lost = lost;
    tree
}

/// The error in words: the repair usually knows better than the parser what was wrong.
fn describe(
    written: &str,
    edit: &Edit,
    cause_at: usize,
    error_at: usize,
    stop: &Stop,
) -> SyntaxError {
    let place = error_place(written, cause_at, error_at);
    let character = |length: usize| Span::new(cause_at, (cause_at + length).min(written.len()));
    match &edit.cause {
        Cause::Tab => SyntaxError::with(
            character(edit.removed),
            "a tab stands where YAML wants spaces".to_owned(),
            "Replace the tab with spaces; most editors do it with \"Convert indentation to spaces\".",
        ),
        Cause::Unclosed(open) => SyntaxError::with(
            opened_at(written, place, *open),
            match open {
                '"' | '\'' => format!("the quote {open} is opened in this line and never closed"),
                _ => format!("the bracket `{open}` is opened in this line and never closed"),
            },
            match open {
                '[' => "Add `]` where the list ends.",
                '{' => "Add `}` where the entries end.",
                _ => "Add the same quote where the text ends.",
            },
        ),
        Cause::NoPartner(close) => SyntaxError::with(
            character(1),
            format!("this `{close}` closes nothing"),
            "Remove it, or add the opening one that it belongs to.",
        ),
        Cause::ColonInText => SyntaxError::with(
            character(1),
            "there is a second colon in this line, and YAML takes it for a new key".to_owned(),
            "Put the whole text after the key in double quotes.",
        ),
        Cause::BadStart(start) => SyntaxError::with(
            character(start.len_utf8()),
            match start {
                '`' => "text cannot start with a backtick in YAML".to_owned(),
                _ => format!("text cannot start with `{start}` in YAML"),
            },
            "Put the text in double quotes.",
        ),
        Cause::Indentation => SyntaxError::with(
            place,
            "this line is indented neither like the lines above it nor one level deeper".to_owned(),
            "Start it in the same column as its neighbours.",
        ),
        Cause::MissingBlank => SyntaxError::with(
            Span::new(cause_at.saturating_sub(1), cause_at),
            "a blank is missing after this colon, so YAML takes key and value for one word"
                .to_owned(),
            "Put a blank after the colon.",
        ),
        Cause::Conflict(_) => SyntaxError::with(
            place,
            "two versions of these lines stand here: a merge left them behind".to_owned(),
            "Keep one of the two versions, and remove the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`.",
        ),
        // Without this line, one above the error, the rest can be read.
        Cause::Unknown if is_whole_line_above(written, cause_at, error_at) => SyntaxError::with(
            place,
            "this line is neither a key with its value nor part of one".to_owned(),
            "Write it as `key: value`, or remove it. A line that goes on with the text above it is indented more.",
        ),
        Cause::Unknown => SyntaxError::of_kind(place, &stop.kind),
    }
}

fn is_whole_line_above(written: &str, cause_at: usize, error_at: usize) -> bool {
    let line = line_at(written, cause_at);
    let before = written.get(line.start..cause_at).unwrap_or("");
    line.end < error_at && before.trim().is_empty()
}

/// From the last `open` in the line of `place` to the end of its words.
fn opened_at(written: &str, place: Span, open: char) -> Span {
    let line = line_at(written, place.start as usize);
    let start = written
        .get(line.clone())
        .and_then(|text| text.rfind(open))
        .map_or(place.start as usize, |at| line.start + at);
    Span::new(start, (place.end as usize).max(start))
}

/// The words of the line of the repair; the parser's own place where that is on the same line.
fn error_place(written: &str, cause_at: usize, error_at: usize) -> Span {
    let line = line_at(written, cause_at);
    let text = written.get(line.clone()).unwrap_or("");
    let start = line.start + (text.len() - text.trim_start().len());
    let end = line.start + text.trim_end().len();
    if start >= end {
        // An error at the end of the file: point at the last thing that stands there.
        let before = written.get(..line.start).unwrap_or("").trim_end();
        let from = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let indent = before.len() - from - before.get(from..).unwrap_or("").trim_start().len();
        return Span::new(from + indent, before.len());
    }
    let from = if (start..end).contains(&error_at) {
        error_at
    } else {
        start
    };
    Span::new(from, end)
}
