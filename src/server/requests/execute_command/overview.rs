//! `rolelint.overview`: the teams and products of the workspace, for trees and status bars.
//!
//! ```json
//! {"files": 2, "left_out": 0, "groups": [{
//!   "kind": "product", "id": "shop", "name": "The shop", "defined": true, "location": …,
//!   "summary": {"needed": 12, "covered": 11, "open": 1, "unclear": 0, "clashes": 0, "misplaced": 0},
//!   "units": [{
//!     "kind": "team", "id": "checkout", "name": null, "location": …,
//!     "seats": [{
//!       "title": "Product Owner", "state": "held", "cover": null, "location": …,
//!       "holders": [{"name": "Ben Okafor", "person": "ben", "status": "permanent", "location": …}]
//!     }]
//!   }]
//! }]}
//! ```
//!
//! A group is a product with its teams, itself among its `units` where a file defines it; or a team without a product.

use serde_json::{Value, json};

use crate::ide::{self, OverviewGroup, OverviewHolder, OverviewSeat, OverviewUnit, Place};
use crate::server::state::State;

/// How many products are told of, unless asked for more.
const MOST: u64 = 2000;

/// The argument, which may be left out: an object with `most`, the number of products to tell of.
pub fn run(state: &State, argument: Option<&Value>) -> Value {
    let most = argument.and_then(|argument| argument.get("most")?.as_u64());
    let most = usize::try_from(most.unwrap_or(MOST)).unwrap_or(usize::MAX);
    let overview = ide::overview(&state.session, most);
    json!({
        "files": overview.files,
        "left_out": overview.left_out,
        "groups": list(&overview.groups, |one| group(state, one)),
    })
}

fn list<T>(items: &[T], show: impl Fn(&T) -> Value) -> Value {
    items.iter().map(show).collect()
}

fn group(state: &State, group: &OverviewGroup) -> Value {
    json!({
        "kind": group.kind,
        "id": group.id,
        "name": group.name,
        "defined": group.defined,
        "location": location(state, group.place),
        "summary": group.summary,
        "units": list(&group.units, |one| unit(state, one)),
    })
}

fn unit(state: &State, unit: &OverviewUnit) -> Value {
    json!({
        "kind": unit.kind,
        "id": unit.id,
        "name": unit.name,
        "location": location(state, unit.place),
        "seats": list(&unit.seats, |one| seat(state, one)),
    })
}

fn seat(state: &State, seat: &OverviewSeat) -> Value {
    json!({
        "title": seat.title,
        "state": seat.state,
        "cover": seat.cover,
        "location": location(state, seat.place),
        "holders": list(&seat.holders, |one| holder(state, one)),
    })
}

fn holder(state: &State, holder: &OverviewHolder) -> Value {
    json!({
        "name": holder.name,
        "person": holder.person,
        "status": holder.status,
        "location": location(state, holder.place),
    })
}

fn location(state: &State, place: Place) -> Value {
    json!({"uri": state.uri_of(place.file), "range": state.range(place.file, place.span)})
}
