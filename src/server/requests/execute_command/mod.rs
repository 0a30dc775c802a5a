//! `workspace/executeCommand`: a file for each command.

mod coverage;
mod explain;
mod overview;
mod report;
mod why_not_checked;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, Uri};

use crate::server::state::State;

/// Who answers for what in a product, as JSON and Markdown.
pub const COVERAGE: &str = "rolelint.coverage";
/// The teams and products of the workspace, their seats and holders, as JSON.
pub const OVERVIEW: &str = "rolelint.overview";
/// Reads everything anew.
pub const RESTART: &str = "rolelint.restart";
/// A rule, duty or role, as Markdown.
pub const EXPLAIN: &str = "rolelint.explain";
/// What a bug report needs, as Markdown.
pub const REPORT: &str = "rolelint.report";
/// Why a file is checked, or not, in a sentence.
pub const WHY_NOT_CHECKED: &str = "rolelint.whyNotChecked";
/// Shows places. Editors that can, do it by themselves; to all others the places are given back.
pub const SHOW_REFERENCES: &str = "rolelint.showReferences";

/// All commands.
pub const ALL: [&str; 7] = [
    COVERAGE,
    OVERVIEW,
    RESTART,
    EXPLAIN,
    REPORT,
    WHY_NOT_CHECKED,
    SHOW_REFERENCES,
];

/// What a command comes to.
#[derive(Debug)]
pub struct Done {
    /// What the client is given.
    pub value: Value,
    /// A page that the client is to show.
    pub show: Option<Uri>,
}

impl Done {
    fn value(value: impl Into<Value>) -> Self {
        Self {
            value: value.into(),
            show: None,
        }
    }
}

/// Does what a command says.
///
/// # Errors
/// When there is no such command, or its arguments are none that it takes.
pub fn answer(state: &mut State, params: &ExecuteCommandParams) -> Result<Done> {
    let first = params.arguments.first();
    match params.command.as_str() {
        COVERAGE => coverage::run(state, first),
        OVERVIEW => Ok(Done::value(overview::run(state, first))),
        RESTART => {
            state.reload();
            state.settle();
            state
                .tell
                .log("rolelint has read everything anew.".to_owned());
            Ok(Done::value(Value::Null))
        }
        EXPLAIN => explain::run(state, first).map(Done::value),
        REPORT => Ok(Done::value(report::run(state, first))),
        WHY_NOT_CHECKED => why_not_checked::run(state, first).map(Done::value),
        SHOW_REFERENCES => Ok(Done::value(
            params.arguments.get(2).cloned().unwrap_or_default(),
        )),
        other => Err(refused(format!("There is no command `{other}`."))),
    }
}

/// Says why a command cannot be done; clients show it.
fn refused(why: impl Into<String>) -> Error {
    Error::invalid_params(why.into())
}

/// The address among the arguments of a command: it alone, or as `uri`.
fn uri_of(argument: Option<&Value>) -> Option<Uri> {
    let argument = argument?;
    let text = argument
        .as_str()
        .or_else(|| argument.get("uri")?.as_str())?;
    text.parse().ok()
}
