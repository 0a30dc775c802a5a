//! `rolelint.explain`: a rule, a group of rules, a duty or a role.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;

use super::{refused, uri_of};
use crate::ide;
use crate::server::state::State;

/// The argument: a name; or an object with `name`, and the `uri` of a file whose catalog counts.
pub fn run(state: &State, argument: Option<&Value>) -> Result<String> {
    let named = |argument: &Value| match argument {
        Value::String(name) => Some(name.clone()),
        other => Some(other.get("name")?.as_str()?.to_owned()),
    };
    let Some(name) = argument.and_then(named) else {
        return Err(refused("Say what: the id of a rule, a duty or a role."));
    };
    let uri = argument.filter(|argument| argument.is_object());
    let uri = uri_of(uri);
    let file = uri.and_then(|uri| state.file_of(&uri));
    ide::explain(&state.session, file, &name).map_err(refused)
}
