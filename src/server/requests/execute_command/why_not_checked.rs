//! `rolelint.whyNotChecked`: why a file is checked, or not.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;

use super::{refused, uri_of};
use crate::report::reason_sentence;
use crate::server::state::State;

/// The argument: the address of a document.
pub fn run(state: &State, argument: Option<&Value>) -> Result<String> {
    let Some(uri) = uri_of(argument) else {
        return Err(refused("Say which file, by its address."));
    };
    let Some(path) = state.path_of(&uri) else {
        return Ok("This document was never saved, and it does not begin like a role file: with `team:`, `product:`, `people:` or `catalog:`.".to_owned());
    };
    let file = state.session.file(&path);
    if file.is_some_and(|file| state.session.is_configuration(file)) {
        return Ok("This is a configuration of rolelint, and it is checked.".to_owned());
    }
    let reason = state.session.reason(&path);
    let is_ours = file.is_some_and(|file| state.session.is_ours(file));
    if is_ours && !reason.is_checked() {
        return Ok(
            "This file holds the catalog of an organisation, and is checked as such.".to_owned(),
        );
    }
    Ok(reason_sentence(&reason))
}
