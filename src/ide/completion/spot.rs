//! A place in a line, and what is open around it.

use super::cursor::{Draft, Found, Next, PlaceKind, Word};
use super::scan::{Kind, Scan, is_nothing};
use super::token::{self, Scalar};

/// A place in a line, with everything above it read.
pub(super) struct Spot<'t> {
    pub scan: Scan<'t>,
    pub from: usize,
    pub to: usize,
    pub offset: usize,
    pub next: Option<Next>,
}

impl<'t> Spot<'t> {
    /// What may be written, and the word that is replaced.
    pub fn find(&mut self) -> Found<'t> {
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
            column > top.column || next.is_some_and(|next| next.closes || next.column > top.column)
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
    pub fn keys(&mut self) -> Draft<'t> {
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

    pub fn column(&self) -> isize {
        self.scan.frames.last().map_or(0, |top| top.column)
    }

    // --- Words -------------------------------------------------------------------------------------------

    /// No word yet.
    pub fn empty(&self, glued: bool, column: usize, behind: usize) -> Word<'t> {
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

    /// `None` outside of its quotes.
    pub fn word(
        &self,
        at: usize,
        scalar: Scalar,
        column: usize,
        behind: usize,
    ) -> Option<Word<'t>> {
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
