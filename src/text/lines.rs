use super::Span;

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode characters, from 1.
    pub column: u32,
    /// Offset in bytes from the start of the file, from 0.
    pub byte: u32,
}

/// Where each line of a text starts.
///
/// A line ends at `\n`, `\r\n` or a lone `\r`, as YAML 1.2 has it; U+2028 and its like do not end one.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_half = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            if !is_half {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// The line that holds `offset`, from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The span of a line (from 0), its line break included; empty past the end.
    pub fn line_span(&self, line: usize, text: &str) -> Span {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Span {
            start: self.starts.get(line).copied().unwrap_or(end),
            end: self.starts.get(line + 1).copied().unwrap_or(end),
        }
    }

    /// Line and column of a byte offset. An offset past the end, or inside a character, counts as the
    /// character boundary before it.
    pub fn position(&self, offset: u32, text: &str) -> Position {
        let mut byte = (offset as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let at = u32::try_from(byte).unwrap_or(u32::MAX);
        let line = self.line(at);
        let start = self.starts.get(line).copied().unwrap_or(0) as usize;
        // A byte-order mark is no column that anybody sees.
        let shown = text.get(start..byte).unwrap_or("");
        let shown = if start == 0 {
            shown.strip_prefix('\u{feff}').unwrap_or(shown)
        } else {
            shown
        };
        Position {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(shown.chars().count() + 1).unwrap_or(u32::MAX),
            byte: at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_break_of_yaml_ends_a_line_and_no_other_does() {
        let text = "a\nb\r\nc\rd\u{2028}e";
        let lines = LineIndex::new(text);
        assert_eq!(lines.count(), 4);
        let d = u32::try_from(text.find('d').unwrap()).unwrap();
        assert_eq!(lines.position(d, text).line, 4);
    }

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let text = "\u{feff}née: 🎉 x";
        let x = u32::try_from(text.find('x').unwrap()).unwrap();
        let position = LineIndex::new(text).position(x, text);
        assert_eq!((position.line, position.column), (1, 8));
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let lines = LineIndex::new("ab");
        assert_eq!(lines.position(99, "ab").column, 3);
    }
}
