use granit_parser::ErrorKind;

use crate::text::Span;

/// One thing that is wrong with the YAML itself, in words for people who do not write YAML for a living.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Another place that belongs to it, and what stands there.
    pub related: Option<(Span, String)>,
    /// What it is about, the same for the same mistake elsewhere in the file (a key's name, say).
    pub subject: String,
}

impl SyntaxError {
    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
            related: None,
            subject: String::new(),
        }
    }

    pub(super) fn duplicate_key(again: Span, first: Span, key: &str) -> Self {
        Self {
            related: Some((first, format!("`{key}` stands here first"))),
            subject: key.to_owned(),
            ..Self::new(
                again,
                format!("`{key}` stands twice in the same place"),
                "Keep one of the two, or join what they say under one key.",
            )
        }
    }

    pub(super) fn unknown_alias(span: Span, name: &str) -> Self {
        Self {
            subject: name.to_owned(),
            ..Self::new(
                span,
                format!("`*{name}` points to nothing: no `&{name}` stands above it"),
                format!(
                    "Write `&{name}` at the place that it should repeat, or put the text in quotes if the star belongs to it."
                ),
            )
        }
    }

    pub(super) fn endless_alias(span: Span) -> Self {
        Self::new(
            span,
            "this alias stands inside the very thing that it repeats, so it would never end",
            "Write out what you mean in place of the alias.",
        )
    }

    pub(super) fn unreadable(why: &str) -> Self {
        Self {
            // Systems say in other words why.
            subject: "file".to_owned(),
            ..Self::new(
                Span::default(),
                format!("this file could not be read: {why}"),
                "Check that it is there and that you may read it.",
            )
        }
    }

    pub(super) fn not_text(span: Span) -> Self {
        Self::new(
            span,
            "this file is not UTF-8 text from here on",
            "Save it again with the encoding UTF-8.",
        )
    }

    /// An error that the parser met and nothing could mend; the rest of the file was not read.
    pub(super) fn unmended(span: Span, kind: &ErrorKind) -> Self {
        let mut error = Self::of_kind(span, kind);
        error
            .help
            .push_str(" Nothing below this place could be read.");
        error
    }

    /// The parser's error in our words. Where a repair tells more, see `recover`.
    pub(super) fn of_kind(span: Span, kind: &ErrorKind) -> Self {
        use ErrorKind as K;
        let (message, help) = match kind {
            K::TabNotAllowed
            | K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabAtBlockScalarStart => (
                "a tab stands where YAML wants spaces",
                "Replace the tab with spaces.",
            ),
            K::UnclosedQuotedScalar => (
                "a quote is opened and never closed",
                "Add the closing quote.",
            ),
            K::UnclosedFlowCollection { .. }
            | K::UnexpectedEofFlowSequence
            | K::UnexpectedEofFlowMapping
            | K::UnexpectedEofImplicitFlowMapping => (
                "a bracket is opened and never closed",
                "Add the closing bracket.",
            ),
            K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => (
                "a closing bracket has no partner",
                "Remove it, or add the opening bracket that it belongs to.",
            ),
            K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => (
                "inside brackets a comma or the closing bracket is missing",
                "Put a comma between the entries, and close the bracket.",
            ),
            K::MappingValueNotAllowed | K::InvalidColonPlacement | K::SimpleKeyExpected => (
                "this line has a colon where YAML does not expect a key",
                "If the colon belongs to the text, put the whole text in quotes.",
            ),
            K::RecursionLimitExceeded => (
                "brackets or lists are nested more than 255 deep",
                "A role file needs about six levels: take out the rest.",
            ),
            K::UnexpectedCharacter { .. } => (
                "text cannot start with this character in YAML",
                "Put the text in quotes.",
            ),
            K::ExpectedBlockMappingKey | K::InvalidIndentation | K::ExpectedBlockSequenceEntry => (
                "this line does not fit the lines above it",
                "Check its indentation: lines of one list, and keys of one level, start in the same column.",
            ),
            K::BomInsideDocument => (
                "an invisible byte-order mark stands in the middle of the file",
                "Remove it; two files were probably joined.",
            ),
            K::UnknownQuotedScalarEscape
            | K::InvalidQuotedScalarHexEscape
            | K::InvalidUnicodeEscape => (
                "a backslash in double quotes starts something that YAML does not know",
                "Write the backslash twice, or use single quotes.",
            ),
            _ => (
                "YAML cannot read this line",
                "Compare it with the lines around it: indentation, a colon and a space after each key, quotes and brackets closed.",
            ),
        };
        Self::new(span, message, help)
    }

    pub(super) fn with(span: Span, message: String, help: &str) -> Self {
        Self::new(span, message, help)
    }
}
