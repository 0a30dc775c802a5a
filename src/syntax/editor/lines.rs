//! Lines, columns and comments.

use super::Editor;
use crate::text::Span;

impl Editor<'_> {
    pub(super) fn line(&self, at: u32) -> usize {
        self.lines.line(at)
    }

    pub(super) fn line_start(&self, at: u32) -> u32 {
        let line = self.lines.line_span(self.line(at), self.text);
        // A byte-order mark belongs to no line.
        if line.start == 0 && self.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8() as u32
        } else {
            line.start
        }
    }

    /// The end of the line of `at`, without its line break.
    pub(super) fn line_end(&self, at: u32) -> u32 {
        let line = self.lines.line_span(self.line(at), self.text);
        let kept = line.slice(self.text).trim_end_matches(['\n', '\r']).len();
        line.sub(kept, kept).start
    }

    /// How many characters stand before `at` on its line.
    pub(super) fn column(&self, at: u32) -> usize {
        let before = Span {
            start: self.line_start(at),
            end: at,
        };
        before.slice(self.text).chars().count()
    }

    /// What the line of `at` starts with: its blanks.
    pub(super) fn blanks(&self, at: u32) -> usize {
        let line = Span {
            start: self.line_start(at),
            end: self.line_end(at),
        };
        let text = line.slice(self.text);
        text.len() - text.trim_start_matches(' ').len()
    }

    /// Whether nothing but blanks stands before `at` on its line.
    pub(super) fn is_first(&self, at: u32) -> bool {
        let before = Span {
            start: self.line_start(at),
            end: at,
        };
        before.slice(self.text).trim_matches(' ').is_empty()
    }

    /// Whether nothing but a comment stands behind `at` on its line.
    pub(super) fn is_last(&self, at: u32) -> bool {
        let behind = Span {
            start: at,
            end: self.line_end(at),
        };
        let behind = behind.slice(self.text).trim_start_matches([' ', '\t']);
        behind.is_empty() || behind.starts_with('#')
    }

    /// Where a node's content ends, without the line breaks at the end of a block of text.
    pub(super) fn content_end(&self, span: Span) -> u32 {
        let kept = span.slice(self.text).trim_end().len();
        span.sub(kept, kept).start
    }

    pub(super) fn comment_at(&self, at: u32) -> Option<Span> {
        let comments = self.tree.comments();
        let found = comments.binary_search_by_key(&at, |comment| comment.span.start);
        comments.get(found.ok()?).map(|comment| comment.span)
    }

    /// The comment that stands alone on a line.
    pub(super) fn comment_on(&self, line: usize) -> Option<Span> {
        let span = self.lines.line_span(line, self.text);
        let blanks = span.slice(self.text);
        let blanks = blanks.len() - blanks.trim_start_matches(' ').len();
        self.comment_at(span.sub(blanks, blanks).start)
    }

    /// The comments that start in a place.
    pub(super) fn comments_in(&self, span: Span) -> Vec<String> {
        self.comment_spans(span)
            .map(|comment| comment.slice(self.text).trim_end().to_owned())
            .collect()
    }

    pub(super) fn comment_spans(&self, span: Span) -> impl Iterator<Item = Span> + use<'_> {
        let comments = self.tree.comments();
        let first = comments.partition_point(|comment| comment.span.start < span.start);
        comments
            .get(first..)
            .unwrap_or_default()
            .iter()
            .map(|comment| comment.span)
            .take_while(move |comment| comment.start < span.end)
    }
}
