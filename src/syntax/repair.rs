//! Small edits that could mend a line, and which of them helps most.

use std::ops::Range;

use super::events::reach;

/// The key that stands for a line that could not be read.
pub(super) const STAND_IN: &str = "_";
/// How many lines above the error may hold its cause.
const LINES_ABOVE: usize = 3;
/// How many lines below the error may hold its cause.
const LINES_BELOW: usize = 2;
/// How many lines above the error are searched for something that is opened and not closed.
const SUSPECT_LINES: usize = 400;
/// How many such lines are tried.
const MAX_SUSPECTS: usize = 4;
/// How much text after the error a candidate is tried on, in bytes.
const WINDOW: usize = 32 * 1024;
/// How much text all candidates together may be tried on, in bytes.
const BUDGET: usize = 8 * 1024 * 1024;
/// How many candidates are tried however long the lines are, and at most.
const MIN_CANDIDATES: usize = 8;
const MAX_CANDIDATES: usize = 200;

/// One replacement in the copy.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub at: usize,
    pub removed: usize,
    pub inserted: String,
    pub cause: Cause,
}

/// What an edit takes to be wrong.
#[derive(Clone, Debug)]
pub(super) enum Cause {
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
    pub(super) fn loses_words(&self) -> bool {
        matches!(self, Cause::Unknown)
    }
}

pub(super) fn best_edit(work: &str, error: usize) -> Option<Edit> {
    let mut lines = lines_above(work, error, last_top_level(work, error));
    let suspects = suspects(work, error);
    let first = suspects.iter().map(|line| line.start).min();
    let from = last_top_level(work, first.map_or(error, |first| first.min(error)));
    // A tab below a text makes the parser complain of the text.
    let below = lines_below(work, error);
    for line in suspects.into_iter().chain(below.iter().cloned()) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let to = if work.len() - error.min(work.len()) <= WINDOW {
        work.len()
    } else {
        line_at(work, error + WINDOW).end
    };
    let window = work.get(from..to)?;
    // Each candidate costs a parse of the window.
    let affordable = (BUDGET / window.len().max(1)).clamp(MIN_CANDIDATES, MAX_CANDIDATES);
    let mut candidates = Vec::new();
    for line in lines {
        line_candidates(work, line, &mut candidates);
    }
    candidates.truncate(affordable);
    if let Some(edit) = best_of(work, error, from..to, candidates) {
        return Some(edit);
    }
    // Where two lines in a row are broken, only leaving out both helps.
    let line = line_at(work, error);
    let several = below.iter().map(|last| Edit {
        at: line.start,
        removed: last.end - line.start,
        inserted: String::new(),
        cause: Cause::Unknown,
    });
    best_of(work, error, from..to, several)
}

/// The edit that lets the parser get furthest past the error; then the one that keeps most values; then one that loses
/// no words.
fn best_of(
    work: &str,
    error: usize,
    window: Range<usize>,
    edits: impl IntoIterator<Item = Edit>,
) -> Option<Edit> {
    let text = work.get(window.clone())?;
    let mut best: Option<((usize, usize, bool), Edit)> = None;
    for edit in edits {
        let mut tried = text.to_owned();
        let at = edit.at - window.start;
        if tried.get(at..at + edit.removed).is_none() {
            continue;
        }
        tried.replace_range(at..at + edit.removed, &edit.inserted);
        let (reached, scalars) = reach(&tried);
        let reached = if reached > tried.len() {
            usize::MAX
        } else {
            window.start + reached
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

/// The line of the error and the nearest ones above it, those without words left out.
fn lines_above(text: &str, error: usize, from: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut line = line_at(text, error);
    loop {
        if !is_wordless(&text[line.clone()]) {
            lines.push(line.clone());
        }
        if lines.len() > LINES_ABOVE || line.start <= from {
            return lines;
        }
        line = line_at(text, line.start - 1);
    }
}

/// The next lines with words below the line of the error.
fn lines_below(text: &str, error: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut end = line_at(text, error).end;
    while lines.len() < LINES_BELOW && end < text.len() {
        let line = line_at(text, end + 1);
        end = line.end.max(end + 1);
        if !is_wordless(&text[line.clone()]) {
            lines.push(line);
        }
    }
    lines
}

/// Lines further up where a quote or a bracket is opened and not closed: the error shows only where it meets the
/// next one, or at the end of the file.
fn suspects(text: &str, error: usize) -> Vec<Range<usize>> {
    let mut suspects = Vec::new();
    let mut line = line_at(text, error);
    for _ in 0..SUSPECT_LINES {
        let content = &text[line.clone()];
        if !is_wordless(content) && PAIRS.iter().any(|pair| is_unclosed(content, *pair)) {
            suspects.push(line.clone());
        }
        if line.start == 0 || suspects.len() == MAX_SUSPECTS {
            break;
        }
        line = line_at(text, line.start - 1);
    }
    suspects
}

fn is_wordless(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

const PAIRS: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('[', ']'), ('{', '}')];

/// Whether a line opens something that it does not close. A quote counts only where it can open: an apostrophe
/// inside a word does not.
fn is_unclosed(line: &str, (open, close): (char, char)) -> bool {
    let marks = line.matches(open).count();
    if open != close {
        return marks > line.matches(close).count();
    }
    marks % 2 == 1
        && line.match_indices(open).any(|(at, _)| {
            let before = line[..at].trim_end();
            at == 0
                || before.len() < at && before.ends_with([':', '-', ',', '[', '{'])
                || before.is_empty()
                || before.ends_with(['[', '{'])
        })
}

fn line_candidates(text: &str, line: Range<usize>, edits: &mut Vec<Edit>) {
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
    if content[..indent].contains('\t') {
        for other in neighbour_indents(text, line.start).into_iter().chain([0]) {
            push(0, indent, " ".repeat(other), Cause::Tab);
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
    for (open, close) in PAIRS {
        let more_closed =
            open != close && content.matches(close).count() > content.matches(open).count();
        if is_unclosed(content, (open, close)) {
            push(end, 0, close.to_string(), Cause::Unclosed(open));
            if let Some(at) = content.find(open) {
                push(at, 1, " ".to_owned(), Cause::Unclosed(open));
            }
        } else if more_closed && let Some(at) = content.rfind(close) {
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
    for (at, _) in content.match_indices(": ").skip(1).take(3) {
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
    let indent = indent.min(end);
    push(indent, end - indent, String::new(), Cause::Unknown);
    // What stands below the line may need a key to belong to.
    for stand_in in [format!("{STAND_IN}:"), format!("- {STAND_IN}:")] {
        push(indent, end - indent, stand_in, Cause::Unknown);
    }
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

/// The line that holds `offset`, without its break.
pub(super) fn line_at(text: &str, offset: usize) -> Range<usize> {
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
