//! Texts as the client shows them.

use tower_lsp::ls_types::{MarkupContent, MarkupKind};

use crate::report::{Paint, terminal};

/// How wide text may be for clients that show no Markdown, in characters.
const WIDTH: usize = 100;

/// Markdown, or plain text for a client that shows none.
pub fn markup(text: String, markdown: bool) -> MarkupContent {
    match markdown {
        true => MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        },
        false => MarkupContent {
            kind: MarkupKind::PlainText,
            value: terminal(&text, Paint::new(false), WIDTH),
        },
    }
}
