//! `textDocument/hover`.

use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::ide;
use crate::report::{Paint, terminal};
use crate::server::state::State;

/// How wide text may be for clients that show no Markdown, in characters.
const WIDTH: usize = 100;

/// What there is to say about a place.
pub fn answer(state: &State, params: &HoverParams) -> Option<Hover> {
    let (view, offset) = state.at(&params.text_document_position_params)?;
    let hover = ide::hover(&view, offset)?;
    let contents = match state.client.markdown_hover {
        true => MarkupContent {
            kind: MarkupKind::Markdown,
            value: hover.text,
        },
        false => MarkupContent {
            kind: MarkupKind::PlainText,
            value: terminal(&hover.text, Paint::new(false), WIDTH),
        },
    };
    Some(Hover {
        contents: HoverContents::Markup(contents),
        range: state.range(view.file, hover.span),
    })
}
