use ecow::EcoString;

use super::{Node, Reader};
use crate::text::Span;

/// A word or line of a file with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Without quotes, escapes decoded, blanks around it removed.
    pub text: EcoString,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Name {
    /// A name at a place.
    pub fn new(text: &str, span: Span) -> Self {
        Self {
            text: text.trim().into(),
            span,
        }
    }

    /// Nothing, at a place.
    pub fn empty(span: Span) -> Self {
        Self {
            text: EcoString::new(),
            span,
        }
    }

    /// Reads a name. A number, `true`, `null`, a list or a mapping is reported.
    pub fn read(node: Node<'_>, key: &str, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node, key, "a name")?;
        Some(Self::new(text, node.span()))
    }

    /// Reads a list of names; a single name counts as a list of one.
    pub fn list(node: Node<'_>, key: &str, reader: &mut Reader) -> Vec<Self> {
        reader
            .list(node)
            .into_iter()
            .filter_map(|item| Self::read(item, key, reader))
            .collect()
    }
}
