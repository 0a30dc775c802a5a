//! `rolelint.whyNotChecked`: why a file is checked, or not.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;

use super::{refused, uri_of};
use crate::report::reason_sentence;
use crate::server::state::State;
use crate::server::uris::path_of;
use crate::workspace::{Reason, is_page};

/// The argument: the address of a document.
pub fn run(state: &State, argument: Option<&Value>) -> Result<String> {
    let Some(uri) = uri_of(argument) else {
        return Err(refused("Say which file, by its address."));
    };
    let Some(path) = state.path_of(&uri) else {
        return Ok("This document was never saved, and it does not begin like a role file: with `team:`, `product:`, `people:` or `catalog:`.".to_owned());
    };
    if path_of(&uri).is_none() {
        return Ok("This document was never saved. It is checked because it began like a role file, until it is closed.".to_owned());
    }
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
    let sentence = reason_sentence(&reason);
    Ok(match &reason {
        reason if !is_page(&path) || *reason == Reason::Missing => sentence,
        Reason::NotARoleFile => "This page is not checked: no `include` takes it in. Name it under `include:` in `.rolelint.yaml`, if it has a table of who is responsible and accountable.".to_owned(),
        reason if reason.is_checked() => format!("{sentence} Of a page only tables of who is responsible and accountable are read."),
        _ => sentence,
    })
}
