//! A place in brackets or braces.

use super::cursor::{Draft, Found, PlaceKind, Word};
use super::scan::{Halt, Kind};
use super::spot::Spot;

impl<'t> Spot<'t> {
    /// Brackets that open at a place.
    pub fn brackets(&mut self, at: usize, column: usize) -> Found<'t> {
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

    /// A place in brackets that are open.
    pub fn in_flow(&mut self, at: usize, behind: usize, column: usize) -> Found<'t> {
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

    fn before(&self, at: usize) -> Option<char> {
        self.scan.cut(self.from, at).chars().next_back()
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
}
