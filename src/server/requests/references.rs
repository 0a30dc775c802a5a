//! `textDocument/references`.

use tower_lsp::ls_types::{Location, ReferenceParams};

use crate::ide::{self, Scope, Usage};
use crate::server::actor::Cancel;
use crate::server::state::State;

/// Where the thing at a place is named, in all files of its organisation.
pub fn answer(state: &State, params: &ReferenceParams, cancel: &Cancel) -> Option<Vec<Location>> {
    let (view, offset) = state.at(&params.text_document_position)?;
    let found = ide::references(&view, offset, Scope::Organisation, &|| {
        cancel.is_cancelled()
    });
    let wanted = found
        .into_iter()
        .filter(|one| params.context.include_declaration || one.usage != Usage::Defines);
    Some(state.locations(wanted.map(|one| one.place)))
}
