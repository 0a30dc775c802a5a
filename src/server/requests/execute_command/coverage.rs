//! `rolelint.coverage`: who answers for what in a product.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Position;

use super::{Done, refused, uri_of};
use crate::ide::{self, View};
use crate::report::Coverage;
use crate::server::pages;
use crate::server::positions::Positions;
use crate::server::state::State;
use crate::spec::UnitKind;
use crate::workspace::FileId;

/// The argument: an address; or an object with `uri` and `position` of something in the team or product, or with the
/// id of a `product` or `team`. With `show` the page is shown, where the client can.
pub fn run(state: &State, argument: Option<&Value>) -> Result<Done> {
    let said = |key: &str| argument.and_then(|argument| argument.get(key)?.as_str());
    let uri = uri_of(argument);
    let here = uri.as_ref().and_then(|uri| state.view(uri));
    let by_id = |kind: UnitKind| {
        let id = said(kind.name())?;
        let near = here.as_ref().map(|view| view.file);
        Some(ide::coverage_of(&state.session, near, kind, id))
    };
    let found = match by_id(UnitKind::Product).or_else(|| by_id(UnitKind::Team)) {
        Some(found) => found,
        None => match &here {
            Some(view) => ide::coverage_at(view, offset(state, view, argument)),
            None => {
                return Err(refused(
                    "Say which product: the address of a role file, or `product` or `team` with its id.",
                ));
            }
        },
    };
    let Some(coverage) = found else {
        return Err(refused("There is no such team or product."));
    };
    let page = coverage.markdown();
    let wants = argument.and_then(|argument| argument.get("show")?.as_bool());
    let show = (wants == Some(true) && state.client.show_document)
        .then(|| pages::coverage(coverage.kind, &coverage.id, &page))
        .flatten();
    Ok(Done {
        value: json!({"coverage": with_places(state, &coverage), "markdown": page}),
        show,
    })
}

fn offset(state: &State, view: &View<'_>, argument: Option<&Value>) -> u32 {
    let position = argument.and_then(|argument| argument.get("position"));
    let position: Option<Position> =
        position.and_then(|position| serde_json::from_value(position.clone()).ok());
    position.map_or(0, |position| {
        Positions::of(&view.source.tree, state.client.encoding).offset(position)
    })
}

/// The coverage as JSON; each seat, and each cell that stands in a file, with its place.
fn with_places(state: &State, coverage: &Coverage) -> Value {
    let mut value = serde_json::to_value(coverage).unwrap_or_default();
    let place = |file: FileId, span| {
        let uri = state.uri_of(file)?;
        let range = state.range(file, span)?;
        Some(json!({"uri": uri, "range": range}))
    };
    let list = |value: &mut Value, key: &str| match value.get_mut(key) {
        Some(Value::Array(items)) => std::mem::take(items),
        _ => Vec::new(),
    };
    let mut seats = list(&mut value, "seats");
    for (seat, shown) in coverage.seats.iter().zip(&mut seats) {
        if let Some(place) = place(seat.file, seat.key) {
            shown["location"] = place;
        }
    }
    let mut duties = list(&mut value, "duties");
    for (duty, shown) in coverage.duties.iter().zip(&mut duties) {
        let mut cells = list(shown, "cells");
        for (cell, shown) in duty.cells.iter().zip(&mut cells) {
            if let Some(place) = cell.place.and_then(|(file, span)| place(file, span)) {
                shown["location"] = place;
            }
        }
        shown["cells"] = cells.into();
    }
    value["seats"] = seats.into();
    value["duties"] = duties.into();
    value
}
