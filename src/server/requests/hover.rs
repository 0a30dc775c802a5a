//! `textDocument/hover`.

use tower_lsp::ls_types::{Hover, HoverContents, HoverParams};

use crate::ide;
use crate::server::markup::markup;
use crate::server::state::State;

/// What there is to say about a place.
pub fn answer(state: &State, params: &HoverParams) -> Option<Hover> {
    let (view, offset) = state.at(&params.text_document_position_params)?;
    let hover = ide::hover(&view, offset)?;
    Some(Hover {
        contents: HoverContents::Markup(markup(hover.text, state.client.markdown_hover)),
        range: state.range(view.file, hover.span),
    })
}
