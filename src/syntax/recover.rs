//! Reads on after a syntax error.
//!
//! On an error a few small edits near it are tried on a copy of the text; the one that lets the parser get
//! furthest (then the one that keeps most values, then the one that loses no words) is kept, and so on.
//! The edits never reach the user: they only decide what the tree holds, and they tell what was wrong
//! better than the parser can.

use std::sync::Arc;

use super::SyntaxError;
use super::events::{Origin, Stop, Unchanged, build, reach};
use super::tree::Tree;
use crate::text::Span;

/// How many errors of one file are mended; a file with more is something else than a role file.
const MAX_ROUNDS: usize = 8;
/// How many lines above the error may hold its cause.
const LINES_ABOVE: usize = 3;
/// How much text after the error a candidate is tried on, in bytes.
const WINDOW: usize = 32 * 1024;

/// Parses YAML text. Never fails; see [`Tree::errors`].
pub fn parse(text: &Arc<str>) -> Tree {
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
                let mut tree = parse(&text.into());
                // What ends in the middle is no mistake of its own.
                tree.errors
                    .retain(|error| (error.span.end as usize) < valid);
                tree.errors.push(SyntaxError::not_text(Span::new(
                    valid.saturating_sub(1),
                    valid,
                )));
                tree.cut_at = Some(u32::try_from(valid).unwrap_or(u32::MAX));
                tree
            }
        }
    }
}

/// One replacement in the copy.
#[derive(Clone, Debug)]
struct Edit {
    at: usize,
    removed: usize,
    inserted: String,
    cause: Cause,
}

/// What an edit takes to be wrong.
#[derive(Clone, Debug)]
enum Cause {
    Tab,
    Unclosed(char),
    NoPartner(char),
    ColonInText,
    BadStart(char),
    Indentation,
    MissingBlank,
    /// A line that a merge left behind: `<`, `=` or `>`.
    Conflict(char),
    /// Nothing better than leaving words out.
    Unknown,
}

impl Cause {
    fn loses_words(&self) -> bool {
        matches!(self, Cause::Unknown)
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
                offset = edit.at + (offset - edit.at).min(edit.removed);
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
        let best = if edits.0.len() < MAX_ROUNDS {
            best_edit(&work, at.offset)
        } else {
            None
        };
        let Some(edit) = best else {
            let place = error_place(written, edits.map(at.offset), edits.map(at.offset));
            errors.push(SyntaxError::unmended(place, &at.kind));
            tree.cut_at = Some(Span::new(edits.map(at.offset), 0).start);
            break;
        };
        let cause_at = edits.map(edit.at);
        if edit.cause.loses_words() {
            lost.push(Span::new(cause_at, edits.map(edit.at + edit.removed)));
        }
        // The second and third line of one conflict go away with the first.
        let is_rest = matches!(edit.cause, Cause::Conflict('=' | '>'))
            && edits
                .0
                .iter()
                .any(|edit| matches!(edit.cause, Cause::Conflict(_)));
        if !is_rest {
            errors.push(describe(
                written,
                &edit,
                cause_at,
                edits.map(at.offset),
                &at,
            ));
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

/// The line that holds `offset`, without its break.
fn line_at(text: &str, offset: usize) -> std::ops::Range<usize> {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[offset..]
        .find(['\n', '\r'])
        .map_or(text.len(), |at| offset + at);
    start..end
}

fn best_edit(work: &str, error: usize) -> Option<Edit> {
    let from = last_top_level(work, error);
    let to = if work.len() - error.min(work.len()) <= WINDOW {
        work.len()
    } else {
        line_at(work, error + WINDOW).end
    };
    let window = work.get(from..to)?;
    let mut best: Option<((usize, usize, bool), Edit)> = None;
    for edit in candidates(work, error, from) {
        let mut tried = window.to_owned();
        let at = edit.at - from;
        if tried.get(at..at + edit.removed).is_none() {
            continue;
        }
        tried.replace_range(at..at + edit.removed, &edit.inserted);
        let (reached, scalars) = reach(&tried);
        let reached = if reached > tried.len() {
            usize::MAX
        } else {
            from + reached
        };
        if reached != usize::MAX && line_at(work, reached).start <= line_at(work, error).start {
            continue;
        }
        let score = (reached, scalars, !edit.cause.loses_words());
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, edit));
        }
    }
    best.map(|(_, edit)| edit)
}

/// Where the top-level entry that holds `error` starts: what stands above it is read already.
fn last_top_level(text: &str, error: usize) -> usize {
    let mut line = line_at(text, error);
    // The error may be noticed only at the next top-level key.
    let mut skip = 1;
    loop {
        let first = text[line.clone()].chars().next();
        let starts_entry = first.is_some_and(|first| {
            !matches!(first, ' ' | '\t' | '#' | '-' | '}' | ']' | '.' | '\u{feff}')
        });
        if starts_entry {
            if skip == 0 {
                return line.start;
            }
            skip -= 1;
        }
        if line.start == 0 {
            return 0;
        }
        line = line_at(text, line.start - 1);
    }
}

/// Small edits that could mend the line of the error or one of the lines above it.
fn candidates(text: &str, error: usize, from: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut line = line_at(text, error);
    let mut left = LINES_ABOVE + 1;
    loop {
        let content = &text[line.clone()];
        let blank = content.trim().is_empty() || content.trim_start().starts_with('#');
        if !blank {
            line_candidates(text, line.clone(), &mut edits);
            left -= 1;
        }
        if left == 0 || line.start <= from {
            return edits;
        }
        line = line_at(text, line.start - 1);
    }
}

fn line_candidates(text: &str, line: std::ops::Range<usize>, edits: &mut Vec<Edit>) {
    let content = &text[line.clone()];
    let words = content.trim_start_matches([' ', '\t']);
    let indent = content.len() - words.len();
    let end = content.trim_end().len();
    let mut push = |at: usize, removed: usize, inserted: String, cause: Cause| {
        edits.push(Edit {
            at: line.start + at,
            removed,
            inserted,
            cause,
        });
    };
    for marker in ["<<<<<<<", "=======", ">>>>>>>"] {
        if let Some(rest) = content.strip_prefix(marker)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            let first = marker.chars().next().unwrap_or('<');
            push(0, end, String::new(), Cause::Conflict(first));
            return;
        }
    }
    if let Some(tab) = content.find('\t') {
        let tabs = content[tab..].len() - content[tab..].trim_start_matches('\t').len();
        push(tab, tabs, "  ".repeat(tabs), Cause::Tab);
        push(tab, tabs, " ".repeat(tabs), Cause::Tab);
    }
    // The value of the line: after `- ` and `key: `.
    let after_dash = indent + (words.len() - words.trim_start_matches("- ").len());
    let value = content[after_dash..end.max(after_dash)]
        .find(": ")
        .map_or(after_dash, |colon| after_dash + colon + 2);
    for (open, close) in [('"', '"'), ('\'', '\''), ('[', ']'), ('{', '}')] {
        let opened = content.matches(open).count();
        let closed = content.matches(close).count();
        let unclosed = if open == close {
            opened % 2 == 1
        } else {
            opened > closed
        };
        if unclosed {
            push(end, 0, close.to_string(), Cause::Unclosed(open));
            if let Some(at) = content.find(open) {
                push(at, 1, " ".to_owned(), Cause::Unclosed(open));
            }
        } else if open != close
            && closed > opened
            && let Some(at) = content.rfind(close)
        {
            push(at, 1, " ".to_owned(), Cause::NoPartner(close));
        }
    }
    if let Some(first) = content.get(value..).and_then(|value| value.chars().next())
        && matches!(
            first,
            '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '?' | '-' | ','
        )
    {
        let blank = " ".repeat(first.len_utf8());
        push(value, first.len_utf8(), blank, Cause::BadStart(first));
    }
    if let Some(colon) = glued_colon(words.trim_start_matches("- ")) {
        let at = content.len() - words.trim_start_matches("- ").len() + colon + 1;
        push(at, 0, " ".to_owned(), Cause::MissingBlank);
    }
    for (at, _) in content.match_indices(": ").skip(1) {
        push(at, 1, " ".to_owned(), Cause::ColonInText);
    }
    if content.trim_end().ends_with(':') && value > after_dash && end > 0 {
        push(end - 1, 1, " ".to_owned(), Cause::ColonInText);
    }
    for other in neighbour_indents(text, line.start) {
        if other != indent && !content[..indent].contains('\t') {
            push(0, indent, " ".repeat(other), Cause::Indentation);
        }
    }
    if value > after_dash && value < end {
        push(value, end - value, String::new(), Cause::Unknown);
    }
    if after_dash > indent && after_dash < end {
        push(after_dash, end - after_dash, String::new(), Cause::Unknown);
    }
    push(
        indent.min(end),
        end - indent.min(end),
        String::new(),
        Cause::Unknown,
    );
}

/// The colon of `key:value`, a key as role files have them; not that of an address.
fn glued_colon(words: &str) -> Option<usize> {
    let colon = words.find(':')?;
    let is_key = !words[..colon].is_empty()
        && words[..colon]
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'));
    let after = words.get(colon + 1..)?;
    let is_glued = !after.is_empty() && !after.starts_with([' ', '\t', '/', ':']);
    (is_key && is_glued).then_some(colon)
}

/// The indentations of the nearest lines above, each once.
fn neighbour_indents(text: &str, mut before: usize) -> Vec<usize> {
    let mut indents = Vec::new();
    for _ in 0..6 {
        if before == 0 {
            break;
        }
        let line = line_at(text, before - 1);
        let content = &text[line.clone()];
        let indent = content.len() - content.trim_start_matches(' ').len();
        if !content.trim().is_empty() && !indents.contains(&indent) {
            indents.push(indent);
        }
        before = line.start;
    }
    indents
}
