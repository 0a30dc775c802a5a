//! Ids before the words of a line: how a team ends an argument about what a line means.

use super::mend::Mend;
use crate::spec::Duty;
use crate::syntax::{Kind, Piece, Style, Value};
use crate::text::{Span, TextEdit};

/// How much further in the second and later lines of a text stand behind an id.
const STEP: &str = "  ";
/// The longest line that a title repeats in full, in characters.
const LONGEST: usize = 40;

/// Writes the id of a duty before the words of a line. The words stay as they are.
pub(super) fn pin(mend: &Mend<'_>, line: &Duty, id: &str) -> Option<Vec<TextEdit>> {
    let words = line.text.as_ref()?;
    let item = mend.source.tree.item(line.span)?;
    let node = item.node;
    if line.pin.is_some() || node.span() != line.span || node.anchor().is_some() {
        return None;
    }
    let in_brackets = item.list.kind() == Kind::Sequence { flow: true };
    match node.kind() {
        Kind::Mapping { flow } => {
            if node
                .get("text")
                .is_some_and(|text| text.span() == words.span)
            {
                return mend
                    .editor()
                    .add(node, Some("text"), &[("as", Value::text(id))]);
            }
            // "Own: the roadmap" is a line with a colon in it.
            let is_one_line = !line.span.slice(mend.source.text()).contains(['\n', '\r']);
            let is_plain = !flow && !in_brackets && is_one_line;
            let line = Piece::pinned(id, &words.text).lines.pop()?;
            is_plain.then(|| vec![TextEdit::replace(node.span(), line)])
        }
        Kind::Scalar(_) if in_brackets => Some(vec![
            TextEdit::insert(node.span().start, format!("{{{id}: ")),
            TextEdit::insert(node.span().end, "}"),
        ]),
        Kind::Scalar(style) => {
            let text = mend.source.text();
            let start = mend.editor().start(node)?;
            let whole = Span {
                start,
                end: node.span().end,
            };
            let header = whole.slice(text).lines().next().unwrap_or_default();
            let header = header.split('#').next().unwrap_or_default();
            // `|2` counts from the dash, and the dash is further away then.
            let counts = header.contains(|sign: char| sign.is_ascii_digit());
            if style == Style::Block && counts || !is_behind_dash(start, text) {
                return None;
            }
            let mut edits = vec![TextEdit::insert(start, format!("{id}: "))];
            edits.extend(further_in(whole, text));
            Some(edits)
        }
        _ => None,
    }
}

/// Whether nothing stands between a place and its dash, such as a tag.
fn is_behind_dash(at: u32, text: &str) -> bool {
    let before = text.get(..at as usize).unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let dashes = line.trim_start();
    dashes.starts_with('-') && dashes.trim_start_matches(['-', ' ']).is_empty()
}

/// Moves the second and later lines of a place to the right; empty ones stay.
fn further_in(span: Span, text: &str) -> Vec<TextEdit> {
    let raw = span.slice(text);
    let mut edits = Vec::new();
    let mut at = 0;
    // A lone `\r` ends a line, too.
    let ends = if raw.contains('\n') { '\n' } else { '\r' };
    for line in raw.split_inclusive(ends) {
        if at > 0 && !line.trim().is_empty() {
            edits.push(TextEdit::insert(span.sub(at, at).start, STEP));
        }
        at += line.len();
    }
    edits
}

/// The words of a line as a title repeats them: "Talk to managers…".
pub(super) fn quoted(line: &Duty) -> String {
    let words: Vec<&str> = line.words().split_whitespace().collect();
    let words = words.join(" ");
    if words.chars().count() <= LONGEST {
        return format!("\"{}\"", words.trim_end_matches('.'));
    }
    let mut short = String::new();
    for word in words.split(' ') {
        if short.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    if short.is_empty() {
        short = words.chars().take(LONGEST - 1).collect();
    }
    format!("\"{}…\"", short.trim_end())
}
