//! Lines that belong together because a text runs over them.

use super::{Kind, Step, Style, Tree};
use crate::text::Span;

impl Tree {
    /// The first and the last of the lines (from 0) that texts of several lines join with `line`: between them no
    /// comment fits. For most lines it is the line itself.
    pub fn joined_lines(&self, line: usize) -> (usize, usize) {
        let lines = self.lines();
        let (mut first, mut last) = (line, line);
        while let Some(text) = self.text_over(lines.line_span(first, &self.text).start) {
            let start = lines.line(text.start);
            if start >= first {
                break;
            }
            first = start;
        }
        while let Some(text) = self.text_over(lines.line_span(last, &self.text).end) {
            let end = lines.line(text.end.saturating_sub(1));
            if end <= last {
                break;
            }
            last = end;
        }
        (first, last)
    }

    /// The text that runs on over the start `at` of a line.
    fn text_over(&self, at: u32) -> Option<Span> {
        let before = at.checked_sub(1)?;
        // A text after `|` or `>` is found by its first word.
        let rest = self.text.get(at as usize..)?;
        let blanks = rest.len() - rest.trim_start().len();
        let word = at.saturating_add(u32::try_from(blanks).ok()?);
        [(before, at), (word, word.saturating_add(1))]
            .into_iter()
            .filter_map(|(start, end)| self.text_at(Span { start, end }))
            .find(|text| text.start <= before && at < text.end)
    }

    /// The text that a place lies in, with the line that it is announced on.
    fn text_at(&self, place: Span) -> Option<Span> {
        let holds = |span: Span| span.start <= place.start && place.end <= span.end;
        let step = self.steps(place).pop()?;
        let key = match step {
            Step::Entry(entry) => Some(entry.key),
            Step::Root(_) | Step::Item(_) => None,
        };
        let mut texts = key.into_iter().chain([step.node()]);
        let text = texts.find(|node| holds(node.span()))?;
        let span = text.span();
        match text.kind() {
            Kind::Scalar(Style::Block) => {
                let before = self.text.get(..span.start as usize)?;
                let header = before.trim_end().len().saturating_sub(1);
                Some(Span::new(header, span.end as usize))
            }
            Kind::Scalar(_) => Some(span),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::syntax::parse;

    #[test]
    fn lines_of_one_text_are_joined_and_no_others() {
        let text = "a: 1\nb: >-\n  folded\n\n  text\n\nc: plain\n  text # end\nd: [\"in\n  quotes\", x,\n  y]\ne: |\n  last";
        for newline in ["\n", "\r\n"] {
            let text = text.replace('\n', newline);
            let tree = parse(&Arc::from(text.as_str()));
            assert!(tree.errors().is_empty());
            let joined: Vec<(usize, usize)> = (0..tree.lines().count())
                .map(|line| tree.joined_lines(line))
                .collect();
            assert_eq!(
                joined,
                [
                    (0, 0),
                    (1, 4),
                    (1, 4),
                    (1, 4),
                    (1, 4),
                    (5, 5),
                    (6, 7),
                    (6, 7),
                    (8, 9),
                    (8, 9),
                    (10, 10),
                    (11, 12),
                    (11, 12),
                ]
            );
        }
    }
}
