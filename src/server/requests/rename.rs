//! `textDocument/prepareRename` and `textDocument/rename`.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit,
};

use crate::ide;
use crate::server::actor::Cancel;
use crate::server::edits::workspace_edit;
use crate::server::state::State;

/// What is renamed at a place, and its name now.
///
/// # Errors
/// Why it keeps its name.
pub fn prepare(
    state: &State,
    params: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let Some((view, offset)) = state.at(params) else {
        return Ok(None);
    };
    let Some(renamed) = ide::prepare(&view, offset).map_err(refused)? else {
        return Ok(None);
    };
    let range = state.range(view.file, renamed.span);
    Ok(
        range.map(|range| PrepareRenameResponse::RangeWithPlaceholder {
            range,
            placeholder: renamed.name,
        }),
    )
}

/// The edits that give something another name.
///
/// # Errors
/// Why it cannot have that name.
pub fn answer(
    state: &State,
    params: &RenameParams,
    cancel: &Cancel,
) -> Result<Option<WorkspaceEdit>> {
    let Some((view, offset)) = state.at(&params.text_document_position) else {
        return Ok(None);
    };
    let is_given_up = || cancel.is_cancelled();
    let edits = ide::rename(&view, offset, &params.new_name, &is_given_up).map_err(refused)?;
    Ok(Some(workspace_edit(state, &edits)))
}

/// `RequestFailed`: the request is right, and the answer is no. Clients show the message.
fn refused(why: String) -> Error {
    Error {
        code: ErrorCode::ServerError(-32803),
        message: why.into(),
        data: None,
    }
}
