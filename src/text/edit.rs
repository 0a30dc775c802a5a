use super::Span;

/// A place in a text, and what is to stand there instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// What is replaced, in bytes; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl TextEdit {
    /// Replaces a place.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    /// Inserts before the byte `at`.
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::replace(Span { start: at, end: at }, text)
    }

    /// Takes a place out.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// Applies edits to a text. Insertions at the same place follow each other in the order given.
///
/// `None` when two of them overlap, or one does not fit the text: then nothing is applied.
pub fn apply(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        if range.start < done || range.start > range.end {
            return None;
        }
        text.get(range.clone())?;
        result.push_str(text.get(done..range.start)?);
        result.push_str(&edit.text);
        done = range.end;
    }
    result.push_str(text.get(done..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_together_in_any_order() {
        let edits = [
            TextEdit::delete(Span::new(4, 5)),
            TextEdit::insert(0, "a"),
            TextEdit::insert(0, "b"),
            TextEdit::replace(Span::new(1, 3), "XYZ"),
        ];
        assert_eq!(apply("01234", &edits).as_deref(), Some("ab0XYZ3"));
    }

    #[test]
    fn edits_that_overlap_or_do_not_fit_apply_not_at_all() {
        let overlap = [
            TextEdit::delete(Span::new(0, 2)),
            TextEdit::delete(Span::new(1, 3)),
        ];
        assert_eq!(apply("01234", &overlap), None);
        assert_eq!(apply("01", &[TextEdit::insert(3, "x")]), None);
        // Inside a character.
        assert_eq!(apply("é", &[TextEdit::insert(1, "x")]), None);
    }
}
