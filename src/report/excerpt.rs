use crate::rules::Sources;
use crate::text::{LineIndex, Position, Span};
use crate::workspace::FileId;

/// How many texts are kept: findings come file by file, with a related place elsewhere now and then.
const KEPT: usize = 8;

/// The texts of files, read once while their findings are printed.
pub(super) struct Texts<'a> {
    sources: &'a Sources,
    kept: Vec<(FileId, String, LineIndex)>,
}

/// A place in a file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The line.
    pub line: u32,
    /// The column in Unicode characters.
    pub character: u32,
    /// The column in UTF-16 code units.
    pub utf16: u32,
    /// The column in bytes of UTF-8.
    pub byte: u32,
}

/// Some whole lines of a file.
pub(super) struct Excerpt<'t> {
    /// The lines.
    pub text: &'t str,
    /// The number of the first one, from 1.
    pub first_line: usize,
    /// Where they start in the file, in bytes.
    pub start: usize,
}

impl<'a> Texts<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            kept: Vec::new(),
        }
    }

    fn get(&mut self, file: FileId) -> (&str, &LineIndex) {
        let at = match self.kept.iter().position(|(known, ..)| *known == file) {
            Some(at) => at,
            None => {
                if self.kept.len() >= KEPT {
                    self.kept.remove(0);
                }
                let text = self.sources.text(file);
                let lines = LineIndex::new(&text);
                self.kept.push((file, text, lines));
                self.kept.len() - 1
            }
        };
        let (_, text, lines) = &self.kept[at];
        (text, lines)
    }

    /// Line and column of a byte offset.
    pub(super) fn position(&mut self, file: FileId, offset: u32) -> Position {
        let (text, lines) = self.get(file);
        lines.position(offset, text)
    }

    /// A byte offset as programs of every kind count it.
    pub(super) fn place(&mut self, file: FileId, offset: u32) -> Place {
        let (text, lines) = self.get(file);
        let position = lines.position(offset, text);
        let line = lines.line_span(lines.line(position.byte), text);
        let before = text.get(line.start as usize..position.byte as usize);
        let before = before.unwrap_or("");
        // Editors take a byte-order mark away before they count; who counts bytes counts those of the file.
        let seen = match line.start {
            0 => before.strip_prefix('\u{feff}').unwrap_or(before),
            _ => before,
        };
        let column = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        Place {
            line: position.line,
            character: position.column,
            utf16: column(seen.encode_utf16().count()),
            byte: column(before.len()),
        }
    }

    /// Some text of a file.
    pub(super) fn slice(&mut self, file: FileId, span: Span) -> &str {
        span.slice(self.get(file).0)
    }

    /// The lines that hold all of `spans`, which must be of one file.
    pub(super) fn excerpt(&mut self, file: FileId, spans: &[Span]) -> Excerpt<'_> {
        let (text, lines) = self.get(file);
        let from = spans
            .iter()
            .map(|span| lines.line(span.start))
            .min()
            .unwrap_or(0);
        let last = |span: &Span| lines.line(span.end.saturating_sub(1).max(span.start));
        let to = spans.iter().map(last).max().unwrap_or(from);
        let span = lines.line_span(from, text).to(lines.line_span(to, text));
        Excerpt {
            text: text.get(span.range()).unwrap_or(""),
            first_line: from + 1,
            start: span.start as usize,
        }
    }

    /// How many lines apart two places begin.
    pub(super) fn lines_between(&mut self, file: FileId, one: Span, other: Span) -> usize {
        let (_, lines) = self.get(file);
        lines.line(one.start).abs_diff(lines.line(other.start))
    }

    /// A span cut to its first line, so that a finding about a whole group does not print the group.
    pub(super) fn first_line(&mut self, file: FileId, span: Span) -> Span {
        let (text, lines) = self.get(file);
        let line = lines.line_span(lines.line(span.start), text);
        if span.end <= line.end {
            return span;
        }
        let length = line.slice(text).trim_end().len();
        let end = (line.start as usize + length).max(span.start as usize);
        Span::new(span.start as usize, end)
    }
}
