//! What may be written at a place, as far as the shape of the text tells.

use super::scan::{Halt, Kind, Scan, is_nothing};
use super::token::{self, Scalar};

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
struct Next {
    column: isize,
    is_dash: bool,
    closes: bool,
}

/// A place before the rest of the text was read.
struct Draft<'t> {
    path: Vec<&'t str>,
    kind: PlaceKind,
    column: isize,
    wanted: Option<u32>,
}

type Found<'t> = Option<(Vec<Draft<'t>>, Word<'t>)>;

/// What may be written at the byte `offset`; `None` in a comment, in a text of several lines, and where what is
/// written would break what stands around it.
pub(super) fn cursor(text: &str, offset: usize) -> Option<Cursor<'_>> {
    let mut scan = Scan::new(text);
    let mut lines = Lines { text, at: 0 };
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
        let Some(width) = rest.find(['\n', '\r']) else {
            self.at = self.text.len() + 1;
            return Some((from, self.text.len(), self.at));
        };
        let to = self.at + width;
        let crlf = rest
            .get(width..)
            .is_some_and(|end| end.starts_with("\r\n"));
        self.at = to + 1 + usize::from(crlf);
        Some((from, to, self.at))
    }
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

struct Spot<'t> {
    scan: Scan<'t>,
    from: usize,
    to: usize,
    offset: usize,
    next: Option<Next>,
}

impl<'t> Spot<'t> {
    fn find(&mut self) -> Found<'t> {
        let (from, to, offset) = (self.from, self.to, self.offset);
        let line = self.scan.cut(from, to);
        if token::comment_of(line).is_some_and(|comment| from + comment < offset) {
            return None;
        }
        let content = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - content.len();
        let is_blank = is_nothing(content);
        let typed = offset.saturating_sub(from);
        if typed < indent && !is_blank {
            // In front of something: whatever is written here shifts it.
            return None;
        }
        let column = if typed <= indent || is_blank {
            typed
        } else {
            indent
        };
        let at = from + column;
        let wide = signed(column);
        if self.scan.is_verbatim(wide) {
            return None;
        }
        if self.goes_on_in_flow(wide, content, is_blank) {
            return self.in_flow(at, at, column);
        }
        self.in_block(at, column)
    }

    fn goes_on_in_flow(&mut self, column: isize, content: &str, is_blank: bool) -> bool {
        if !is_blank {
            return self.scan.flow_goes_on(column, content);
        }
        let top = self.scan.frames.last().filter(|top| top.flow);
        let goes_on = top.is_some_and(|top| {
            let next = self.next;
            column > top.column
                || next.is_some_and(|next| next.closes || next.column > top.column)
        });
        // Else whoever typed the bracket is not done.
        goes_on || self.scan.flow_goes_on(-1, "")
    }

    // --- Outside of brackets -----------------------------------------------------------------------------

    fn in_block(&mut self, mut at: usize, mut column: usize) -> Found<'t> {
        let (to, offset) = (self.to, self.offset);
        let mut dashed = false;
        while let Some(width) = token::dash(self.scan.cut(at, to)) {
            if offset <= at {
                return None;
            }
            self.scan.item(signed(column));
            let is_last = is_nothing(self.scan.cut(at + width, to));
            if is_last {
                let glued = offset == at + 1;
                let column = column + (offset - at) + usize::from(glued);
                let word = self.empty(glued, column, at + 1);
                return Some((vec![self.item(column)?], word));
            }
            if offset < at + width {
                return None;
            }
            at += width;
            column += width;
            dashed = true;
        }
        let rest = self.scan.cut(at, to);
        if let Some(key) = token::key(rest) {
            if offset <= at + key.end {
                let word = self.word(at, key, column, at)?;
                self.scan.edited(signed(column), key.name(rest));
                let place = self.keys();
                self.scan.value(at + key.next, to);
                return Some((vec![place], word));
            }
            if offset < at + key.next {
                return None;
            }
            self.scan.key(signed(column), key.name(rest));
            return self.value(at + key.next, column);
        }
        match rest.chars().next() {
            Some('[' | '{') => {
                self.scan.settle(signed(column), false);
                self.brackets(at, column)
            }
            Some('|' | '>' | '*' | '&' | '!') => None,
            _ => {
                let scalar = token::block_scalar(rest);
                let word = self.word(at, scalar, column, at)?;
                let places = if dashed {
                    vec![self.item(column)?]
                } else {
                    self.line_places(column)?
                };
                Some((places, word))
            }
        }
    }

    /// The value behind a colon.
    fn value(&mut self, colon: usize, column: usize) -> Found<'t> {
        let (to, offset) = (self.to, self.offset);
        let rest = self.scan.cut(colon, to);
        let start = colon + token::properties(rest);
        let is_empty = is_nothing(self.scan.cut(start, to));
        if is_empty && self.has_children(signed(column)) {
            return None;
        }
        if is_empty {
            let word = self.empty(offset == colon, column, colon);
            return Some((vec![self.value_place()], word));
        }
        if offset < start {
            return None;
        }
        let text = self.scan.cut(start, to);
        match text.chars().next() {
            Some('[' | '{') => self.brackets(start, column),
            Some('|' | '>' | '*' | '#') => None,
            _ => {
                let scalar = token::block_scalar(text);
                let word = self.word(start, scalar, column, colon)?;
                let place = self.value_place();
                self.scan.value(start, to);
                Some((vec![place], word))
            }
        }
    }

    /// Whether the key at a column has its value on the lines that follow.
    fn has_children(&self, column: isize) -> bool {
        self.next.is_some_and(|next| {
            next.column > column
                || (next.column == column && next.is_dash && !self.is_in_list(column))
        })
    }

    /// Whether a dash at a column goes on with a list that is open there.
    fn is_in_list(&self, column: isize) -> bool {
        let mut frames = self.scan.frames.iter();
        frames.any(|frame| frame.kind == Kind::List && !frame.flow && frame.column == column)
    }

    /// What may stand behind a dash.
    fn item(&mut self, column: usize) -> Option<Draft<'t>> {
        let column = signed(column);
        let list = self.scan.frames.last()?.column;
        match self.next {
            // The keys that follow belong to the same item.
            Some(next) if next.column == column && !next.is_dash => {
                self.scan.open(column);
                Some(self.keys())
            }
            Some(next) if next.column > list => None,
            _ => {
                let depth = self.scan.frames.len();
                let wanted = self.scan.want(depth.checked_sub(1)?);
                Some(Draft {
                    path: self.scan.path(depth),
                    kind: PlaceKind::Item,
                    column: list,
                    wanted,
                })
            }
        }
    }

    /// What may stand on a line of its own.
    fn line_places(&mut self, column: usize) -> Option<Vec<Draft<'t>>> {
        let column = signed(column);
        if self.next.is_some_and(|next| next.column > column) {
            return None;
        }
        let goes_on = self.next.filter(|next| next.column == column);
        self.scan.settle(column, true);
        let depth = self.scan.frames.len();
        let Some(top) = self.scan.frames.last() else {
            if column > 0 && goes_on.is_none() && self.next.is_some() {
                return None;
            }
            self.scan.push(Kind::Keys, column, false);
            return Some(vec![self.keys()]);
        };
        let is_open = !top.filled && (top.key.is_some() || top.kind == Kind::List);
        if top.column == column && top.kind == Kind::List {
            let mut places = vec![Draft {
                path: self.scan.path(depth),
                kind: PlaceKind::Dash,
                column,
                wanted: self.scan.want(depth - 1),
            }];
            // Dashes may stand right below their key, and then another key may follow.
            let below = depth.checked_sub(2);
            let below = below.filter(|below| {
                let frame = self.scan.frames.get(*below);
                frame.is_some_and(|frame| frame.kind == Kind::Keys && frame.column == column)
            });
            if let Some(below) = below.filter(|_| !goes_on.is_some_and(|next| next.is_dash)) {
                places.push(Draft {
                    path: self.scan.path(below),
                    kind: PlaceKind::Key,
                    column,
                    wanted: self.scan.want(below),
                });
            }
            return Some(places);
        }
        if top.column == column {
            if is_open && goes_on.is_some_and(|next| next.is_dash) {
                return None;
            }
            let mut places = vec![self.keys()];
            if is_open {
                let mut path = self.scan.path(depth);
                path.push("[]");
                places.push(Draft {
                    path,
                    kind: PlaceKind::Dash,
                    column,
                    wanted: None,
                });
            }
            return Some(places);
        }
        if !is_open {
            // It would go on with a text, or lie between two columns.
            return None;
        }
        match goes_on {
            Some(next) => {
                let kind = if next.is_dash { Kind::List } else { Kind::Keys };
                self.scan.push(kind, column, false);
                if next.is_dash {
                    let wanted = self.scan.want(depth);
                    let path = self.scan.path(depth + 1);
                    let kind = PlaceKind::Dash;
                    return Some(vec![Draft {
                        path,
                        kind,
                        column,
                        wanted,
                    }]);
                }
                Some(vec![self.keys()])
            }
            None => Some(vec![Draft {
                path: self.scan.path(depth),
                kind: PlaceKind::Child,
                column,
                wanted: None,
            }]),
        }
    }

    /// A key of the innermost group.
    fn keys(&mut self) -> Draft<'t> {
        let depth = self.scan.frames.len().saturating_sub(1);
        Draft {
            path: self.scan.path(depth),
            kind: PlaceKind::Key,
            column: self.column(),
            wanted: self.scan.want(depth),
        }
    }

    fn value_place(&self) -> Draft<'t> {
        Draft {
            path: self.scan.path(self.scan.frames.len()),
            kind: PlaceKind::Value,
            column: self.column(),
            wanted: None,
        }
    }

    fn column(&self) -> isize {
        self.scan.frames.last().map_or(0, |top| top.column)
    }

    // --- In brackets -------------------------------------------------------------------------------------

    /// Brackets that open at a place.
    fn brackets(&mut self, at: usize, column: usize) -> Found<'t> {
        if self.offset <= at {
            return None;
        }
        let kind = match self.scan.cut(at, self.to).starts_with('[') {
            true => Kind::List,
            false => Kind::Keys,
        };
        let outer = self.scan.frames.last().map_or(-1, |top| top.column);
        self.scan.push(kind, outer, true);
        self.in_flow(at + 1, at + 1, column)
    }

    fn in_flow(&mut self, at: usize, behind: usize, column: usize) -> Found<'t> {
        let (to, offset) = (self.to, self.offset);
        match self.scan.flow(at, to, Some(offset)) {
            Halt::End if offset >= at => {
                // Right at the end of the line, or in blanks before it.
                let place = self.flow_place()?;
                let word = self.flow_empty(column, behind);
                Some((vec![place], word))
            }
            Halt::Between => {
                let place = self.flow_place()?;
                let word = self.flow_empty(column, behind);
                self.scan.flow(offset, to, None);
                Some((vec![place], word))
            }
            Halt::At(touched) => {
                let place = self.flow_place()?;
                let mut word = self.word(touched.start, touched.scalar, column, behind)?;
                word.flow = true;
                let before = self.before(touched.start);
                word.glued = matches!(before, Some(':' | ','));
                let rest = self.scan.cut(touched.start, to);
                if let Some(top) = self.scan.frames.last_mut() {
                    if touched.scalar.is_key {
                        top.key = Some(touched.scalar.name(rest));
                    } else {
                        top.filled = true;
                    }
                }
                self.scan.flow(touched.next, to, None);
                Some((vec![place], word))
            }
            Halt::End | Halt::Closed => None,
        }
    }

    fn flow_place(&mut self) -> Option<Draft<'t>> {
        let depth = self.scan.frames.len();
        let top = self.scan.frames.last().filter(|top| top.flow)?;
        if top.filled {
            // Something stands there, and no comma behind it.
            return None;
        }
        let (is_list, key) = (top.kind == Kind::List, top.key);
        let inner = depth.checked_sub(1)?;
        Some(match key {
            Some(key) => {
                let mut path = self.scan.path(depth);
                // A list's item with a key: `[roadmap: Own it]`.
                path.extend(is_list.then_some(key));
                Draft {
                    path,
                    kind: PlaceKind::Value,
                    column: self.column(),
                    wanted: None,
                }
            }
            None if is_list => Draft {
                path: self.scan.path(depth),
                kind: PlaceKind::Item,
                column: self.column(),
                wanted: self.scan.want(inner),
            },
            None => self.keys(),
        })
    }

    // --- Words -------------------------------------------------------------------------------------------

    fn before(&self, at: usize) -> Option<char> {
        self.scan.cut(self.from, at).chars().next_back()
    }

    /// No word yet.
    fn empty(&self, glued: bool, column: usize, behind: usize) -> Word<'t> {
        Word {
            start: self.offset,
            end: self.offset,
            typed: "",
            quote: None,
            flow: false,
            glued,
            before: "",
            is_key: false,
            column,
            behind,
        }
    }

    fn flow_empty(&self, column: usize, behind: usize) -> Word<'t> {
        let glued = matches!(self.before(self.offset), Some(':' | ','));
        let after = self.scan.cut(self.offset, self.to);
        let next = after.trim_start_matches([' ', '\t']);
        let is_last = next.is_empty() || next.starts_with([',', ']', '}', '#']);
        Word {
            flow: true,
            before: match (is_last, after == next) {
                (true, _) => "",
                (false, true) => ", ",
                (false, false) => ",",
            },
            ..self.empty(glued, column, behind)
        }
    }

    /// `None` outside of its quotes.
    fn word(&self, at: usize, scalar: Scalar, column: usize, behind: usize) -> Option<Word<'t>> {
        let mut start = at;
        let mut end = at + scalar.end;
        if scalar.quote.is_some() {
            start += 1;
            end -= usize::from(scalar.closed);
            let is_outside = self.offset < start || (scalar.closed && self.offset > end);
            if is_outside {
                return None;
            }
        }
        Some(Word {
            start,
            end: end.max(self.offset),
            typed: self.scan.cut(start, self.offset),
            quote: scalar.quote.map(|quote| (quote, scalar.closed)),
            flow: false,
            glued: false,
            before: "",
            is_key: scalar.is_key,
            column,
            behind,
        })
    }
}

fn signed(column: usize) -> isize {
    isize::try_from(column).unwrap_or(isize::MAX)
}
