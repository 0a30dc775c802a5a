//! Open documents, as the client changes them.

use std::sync::Arc;

use ropey::Rope;
use tower_lsp::ls_types::{Position, TextDocumentContentChangeEvent};

use super::positions::Encoding;

/// A document that is open in the editor.
#[derive(Debug)]
pub struct Document {
    /// The client's version of it; grows with every change.
    pub version: i32,
    text: Rope,
}

impl Document {
    /// As it was opened.
    pub fn new(version: i32, text: &str) -> Self {
        Self {
            version,
            text: Rope::from_str(text),
        }
    }

    /// Applies changes, in order. A range that does not fit the text is held inside it.
    pub fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        self.version = version;
        for change in changes {
            match change.range {
                None => self.text = Rope::from_str(&change.text),
                Some(range) => {
                    let start = self.offset(range.start, encoding);
                    let end = self.offset(range.end, encoding).max(start);
                    self.text.remove(start..end);
                    self.text.insert(start, &change.text);
                }
            }
        }
    }

    /// The place of a position, in characters.
    fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.text.len_lines() {
            return self.text.len_chars();
        }
        let start = self.text.line_to_char(line);
        let content = self.text.line(line);
        let mut left = position.character as usize;
        let mut at = 0;
        for character in content.chars() {
            if matches!(character, '\n' | '\r') {
                break;
            }
            let width = match encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                break;
            }
            left -= width;
            at += 1;
        }
        start + at
    }

    /// Its text as a whole.
    pub fn text(&self) -> Arc<str> {
        Arc::from(String::from(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::ls_types::Range;

    fn replaced(text: &str, at: (u32, u32, u32, u32), new: &str) -> String {
        let mut document = Document::new(1, text);
        let range = Range {
            start: Position::new(at.0, at.1),
            end: Position::new(at.2, at.3),
        };
        let change = TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: new.to_owned(),
        };
        document.change(2, vec![change], Encoding::Utf16);
        document.text().to_string()
    }

    #[test]
    fn only_what_yaml_takes_for_a_line_break_is_one() {
        // Built with other features of the rope, U+2028, U+0085 and form feeds would count, and every later change go astray.
        let text = "a\u{2028}b\u{85}c\u{c}d\u{b}e\nf\rg\r\nh";
        assert_eq!(replaced(text, (1, 0, 1, 1), "F"), text.replace('f', "F"));
        assert_eq!(replaced(text, (3, 0, 3, 1), "H"), text.replace('h', "H"));
    }

    #[test]
    fn columns_count_units_of_utf16_and_are_held_inside_their_line() {
        assert_eq!(replaced("né🎉x\ny", (0, 4, 0, 5), "z"), "né🎉z\ny");
        assert_eq!(replaced("ab\ncd", (0, 9, 1, 0), "-"), "ab-cd");
        assert_eq!(replaced("ab", (7, 0, 9, 0), "c"), "abc");
        // Inside the emoji is before it.
        assert_eq!(replaced("🎉x", (0, 1, 0, 1), "-"), "-🎉x");
    }
}
