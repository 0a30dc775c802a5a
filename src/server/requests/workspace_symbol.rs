//! `workspace/symbol`.

use tower_lsp::ls_types::{SymbolInformation, WorkspaceSymbolParams, WorkspaceSymbolResponse};

use super::document_symbol::kind;
use crate::ide;
use crate::server::state::State;

/// So many are sent; whoever looks for something types more.
const MOST: usize = 128;

/// People, seats, teams and products by a part of their name.
pub fn answer(state: &State, params: &WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let found = ide::workspace_symbols(&state.session, &params.query, MOST);
    let places = state.locations(found.iter().map(|named| named.place));
    let symbols = found.into_iter().zip(places).map(|(named, location)| {
        #[allow(deprecated)] // The field has to be filled all the same.
        SymbolInformation {
            name: named.name,
            kind: kind(named.kind),
            tags: None,
            deprecated: None,
            location,
            container_name: Some(named.belongs).filter(|belongs| !belongs.is_empty()),
        }
    });
    Some(WorkspaceSymbolResponse::Flat(symbols.collect()))
}
