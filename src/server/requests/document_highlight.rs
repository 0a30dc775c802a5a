//! `textDocument/documentHighlight`.

use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use crate::ide::{self, Scope, Usage};
use crate::server::state::State;

/// Where the thing at a place is named in its file.
pub fn answer(state: &State, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let (view, offset) = state.at(&params.text_document_position_params)?;
    let found = ide::references(&view, offset, Scope::File, &|| false);
    state.with_positions(view.file, |positions| {
        let highlights = found.iter().map(|one| DocumentHighlight {
            range: positions.range(one.place.span),
            kind: Some(match one.usage {
                Usage::Defines => DocumentHighlightKind::WRITE,
                Usage::Names => DocumentHighlightKind::READ,
                Usage::Means => DocumentHighlightKind::TEXT,
            }),
        });
        highlights.collect()
    })
}
