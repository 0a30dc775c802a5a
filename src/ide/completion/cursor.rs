//! What may be written at a place, as far as the shape of the text tells.

use super::scan::{Scan, is_nothing};
use super::spot::Spot;
use super::token;

/// A place in a text, with what may stand there.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    /// What may be written, the likeliest first.
    pub places: Vec<Place<'t>>,
    /// The word that is replaced.
    pub word: Word<'t>,
    /// The keys at the top of the document, without the one that is being typed.
    pub top: Vec<&'t str>,
    /// How much deeper groups lie than their key, in columns.
    pub step: usize,
    /// How much deeper dashes lie than their key.
    pub dash: usize,
}

/// Something that may be written.
#[derive(Debug)]
pub(super) struct Place<'t> {
    /// The keys that lead there, `[]` for an item.
    pub path: Vec<&'t str>,
    pub kind: PlaceKind,
    /// The column of the keys or dashes; of a value, that of its key.
    pub column: usize,
    /// The other keys of the group, or the other items of the list.
    pub there: Vec<&'t str>,
}

/// What kind of thing may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceKind {
    /// A key of the group that the path leads to.
    Key,
    /// The value of the last key of the path, on its line.
    Value,
    /// An item of a list, behind its dash or in brackets.
    Item,
    /// An item of a list, with its dash.
    Dash,
    /// The value of the last key of the path, on a line of its own.
    Child,
}

/// The word at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    /// Where it begins, in bytes; behind a quote.
    pub start: usize,
    /// Where it ends; before a quote.
    pub end: usize,
    /// What of it stands before the place.
    pub typed: &'t str,
    /// The quote that it stands in, and whether that is closed.
    pub quote: Option<(char, bool)>,
    /// Whether it stands in brackets.
    pub flow: bool,
    /// Whether a blank has to come first: it follows a colon, a dash or a comma.
    pub glued: bool,
    /// What has to come behind it, before something else in the same brackets.
    pub before: &'static str,
    /// Whether a colon follows.
    pub is_key: bool,
    /// Its column, as far as it begins a line, behind dashes or not.
    pub column: usize,
    /// Where what comes before it ends, such as a colon; what is written on lines of its own begins there.
    pub behind: usize,
}

/// The next line that says something.
#[derive(Clone, Copy)]
pub(super) struct Next {
    pub column: isize,
    pub is_dash: bool,
    pub closes: bool,
}

/// A place before the rest of the text was read.
pub(super) struct Draft<'t> {
    pub path: Vec<&'t str>,
    pub kind: PlaceKind,
    pub column: isize,
    pub wanted: Option<u32>,
}

pub(super) type Found<'t> = Option<(Vec<Draft<'t>>, Word<'t>)>;

/// What may be written at the byte `offset`; `None` in a comment, in a text of several lines, and where what is
/// written would break what stands around it.
pub(super) fn cursor(text: &str, offset: usize) -> Option<Cursor<'_>> {
    let mut scan = Scan::new(text);
    let mut lines = Lines {
        text,
        at: document_start(text, offset),
    };
    let (from, to) = loop {
        let (from, to, next) = lines.next()?;
        if offset < next || next > text.len() || (next == text.len() && from == next) {
            break (from, to);
        }
        let line = scan.cut(from, to);
        if is_marker(line) {
            scan = Scan::new(text);
        } else {
            scan.line(from, to);
        }
    };
    let line = scan.cut(from, to);
    // What only begins like one is about to be one again.
    if line.starts_with("---") || line.starts_with("...") {
        return None;
    }
    let rest = lines;
    let mut spot = Spot {
        next: next_line(&scan, rest),
        scan,
        from,
        to,
        offset: offset.min(to),
    };
    let (drafts, word) = spot.find()?;
    let mut scan = spot.scan;
    for (from, to, _) in rest {
        if is_marker(scan.cut(from, to)) {
            break;
        }
        scan.line(from, to);
    }
    let places = drafts
        .into_iter()
        .map(|draft| Place {
            path: draft.path,
            kind: draft.kind,
            column: usize::try_from(draft.column).unwrap_or(0),
            there: draft
                .wanted
                .map_or_else(Vec::new, |wanted| scan.entries(wanted)),
        })
        .collect();
    Some(Cursor {
        places,
        word,
        top: scan.top,
        step: scan.step.unwrap_or(2),
        dash: scan.dash.unwrap_or(2),
    })
}

/// The lines of a text: where each begins and ends, without its break, and where the next one begins; one past the
/// end after the last.
#[derive(Clone, Copy)]
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = (usize, usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let mark = if self.at == 0 && rest.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let from = self.at + mark;
        let Some(width) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) else {
            self.at = self.text.len() + 1;
            return Some((from, self.text.len(), self.at));
        };
        let to = self.at + width;
        let crlf = rest.get(width..).is_some_and(|end| end.starts_with("\r\n"));
        self.at = to + 1 + usize::from(crlf);
        Some((from, to, self.at))
    }
}

/// Where the line begins that the document of a place begins with: a whole file is long to read.
fn document_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    let marks = memchr::memmem::rfind_iter(before.as_bytes(), "---");
    let is_line = |at: &usize| {
        let begins = text
            .get(..*at)
            .is_some_and(|before| before.ends_with(['\n', '\r']));
        let rest = text.get(*at..).unwrap_or("");
        begins && is_marker(rest.split(['\n', '\r']).next().unwrap_or(""))
    };
    marks.into_iter().find(is_line).unwrap_or(0)
}

/// Whether a line ends a document.
fn is_marker(line: &str) -> bool {
    let rest = line.strip_prefix("---").or(line.strip_prefix("..."));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn next_line(scan: &Scan<'_>, lines: Lines<'_>) -> Option<Next> {
    for (from, to, _) in lines {
        let line = scan.cut(from, to);
        if is_marker(line) {
            return None;
        }
        if is_nothing(line) {
            continue;
        }
        let content = line.trim_start_matches([' ', '\t']);
        return Some(Next {
            column: isize::try_from(line.len() - content.len()).unwrap_or(0),
            is_dash: token::dash(content).is_some(),
            closes: content.starts_with([']', '}']),
        });
    }
    None
}
