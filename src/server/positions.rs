//! Lines and columns as the client counts them.

use std::borrow::Cow;

use tower_lsp::ls_types::{Position, PositionEncodingKind, Range};

use crate::syntax::Tree;
use crate::text::{LineIndex, Span};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, as the protocol has it unless another is agreed on.
    #[default]
    Utf16,
    /// Unicode characters.
    Utf32,
}

impl Encoding {
    /// The best one that the client offers.
    pub fn choose(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offered = offered.unwrap_or_default();
        // In the client's order: it knows which is cheapest for it.
        offered
            .iter()
            .find_map(|kind| {
                if *kind == PositionEncodingKind::UTF8 {
                    Some(Self::Utf8)
                } else if *kind == PositionEncodingKind::UTF16 {
                    Some(Self::Utf16)
                } else if *kind == PositionEncodingKind::UTF32 {
                    Some(Self::Utf32)
                } else {
                    None
                }
            })
            .unwrap_or_default()
    }

    /// The name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        }
    }
}

/// Turns places in one text into the client's, and back.
#[derive(Debug)]
pub struct Positions<'a> {
    text: &'a str,
    lines: Cow<'a, LineIndex>,
    encoding: Encoding,
}

impl<'a> Positions<'a> {
    /// For a text.
    pub fn new(text: &'a str, encoding: Encoding) -> Self {
        Self {
            text,
            lines: Cow::Owned(LineIndex::new(text)),
            encoding,
        }
    }

    /// For the text of a tree, which knows its lines.
    pub fn of(tree: &'a Tree, encoding: Encoding) -> Self {
        Self {
            text: tree.text(),
            lines: Cow::Borrowed(tree.lines()),
            encoding,
        }
    }

    /// Where a byte stands.
    pub fn position(&self, offset: u32) -> Position {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.lines.line(u32::try_from(at).unwrap_or(u32::MAX));
        let start = self.lines.line_span(line, self.text).start as usize;
        let before = self.text.get(start..at).unwrap_or("");
        // No editor shows a byte-order mark, or counts it.
        let before = match start {
            0 => before.trim_start_matches('\u{feff}'),
            _ => before,
        };
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(self.encoding.width(before)).unwrap_or(u32::MAX),
        }
    }

    /// Where a part stands.
    pub fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.start),
            end: self.position(span.end),
        }
    }

    /// The byte at a position. A column past the end of its line is the end; a line past the last is the end of the
    /// text.
    pub fn offset(&self, position: Position) -> u32 {
        let line = self.lines.line_span(position.line as usize, self.text);
        let text = line.slice(self.text);
        let content = text.trim_end_matches(['\n', '\r']);
        let mark = if line.start == 0 {
            content.len() - content.trim_start_matches('\u{feff}').len()
        } else {
            0
        };
        let mut left = position.character as usize;
        let mut at = mark;
        for character in content.get(mark..).unwrap_or("").chars() {
            let mut buffer = [0; 4];
            let width = self.encoding.width(character.encode_utf8(&mut buffer));
            if left < width {
                break;
            }
            left -= width;
            at += character.len_utf8();
        }
        line.start + u32::try_from(at).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_there_and_back_in_every_encoding() {
        let text = "\u{feff}né🎉e: x\r\nb\u{2028}c\rd\n";
        for (encoding, column) in [
            (Encoding::Utf8, 7),
            (Encoding::Utf16, 4),
            (Encoding::Utf32, 3),
        ] {
            let positions = Positions::new(text, encoding);
            let e = u32::try_from(text.find("e:").unwrap()).unwrap();
            let position = positions.position(e);
            assert_eq!((position.line, position.character), (0, column));
            assert_eq!(positions.offset(position), e);
            let d = u32::try_from(text.find('d').unwrap()).unwrap();
            assert_eq!(positions.position(d).line, 2);
            for (at, _) in text.char_indices().skip(1) {
                let at = u32::try_from(at).unwrap();
                // Inside a line break is the end of its line.
                if !text[at as usize..].starts_with('\n') {
                    assert_eq!(positions.offset(positions.position(at)), at);
                }
            }
        }
    }

    #[test]
    fn positions_that_are_not_there_are_the_nearest_ones() {
        let positions = Positions::new("ab\nc", Encoding::Utf16);
        let offset = |line, character| positions.offset(Position { line, character });
        assert_eq!(offset(0, 99), 2);
        assert_eq!(offset(9, 0), 4);
    }
}
