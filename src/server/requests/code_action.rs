//! What can be done at a place.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    Diagnostic, Uri,
};

use crate::ide::{Action, ActionKind, View, actions, fix_all};
use crate::server::state::State;
use crate::text::Span;

/// Mends everything in a file that may be mended without asking.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.rolelint");

/// What is kept of an action until somebody picks it.
#[derive(Debug, Deserialize, Serialize)]
struct Later {
    uri: Uri,
    version: Option<i32>,
    start: u32,
    end: u32,
    title: String,
    finding: Option<String>,
    fix_all: bool,
}

/// The actions at a range, of the kinds that are wanted.
pub fn answer(state: &State, params: &CodeActionParams) -> Option<CodeActionResponse> {
    let uri = &params.text_document.uri;
    let view = View::of(&state.session, state.file_of(uri)?)?;
    let span = state.with_positions(view.file, |positions| Span {
        start: positions.offset(params.range.start),
        end: positions.offset(params.range.end),
    })?;
    let wants = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|only| {
            only.iter().any(|wanted| {
                let (kind, wanted) = (kind.as_str(), wanted.as_str());
                wanted.is_empty()
                    || kind == wanted
                    || kind
                        .strip_prefix(wanted)
                        .is_some_and(|rest| rest.starts_with('.'))
            })
        })
    };
    let later = |title: &str, finding: Option<u64>, fix_all: bool| Later {
        uri: uri.clone(),
        version: state.version_of(view.file),
        start: span.start,
        end: span.end,
        title: title.to_owned(),
        finding: finding.map(|number| format!("{number:016x}")),
        fix_all,
    };
    let mut answer = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) || wants(&CodeActionKind::REFACTOR_REWRITE) {
        for action in actions(&view, span) {
            let kind = kind_of(&action);
            if !wants(&kind) {
                continue;
            }
            let later = later(&action.title, action.finding, false);
            answer.extend(literal(
                state,
                &action,
                kind,
                later,
                &params.context.diagnostics,
            ));
        }
    }
    // Asked for by name, as when a file is saved, it need not be a menu entry that does nothing.
    if wants(&FIX_ALL)
        && let Some(change) = fix_all(&view, state.options.unsafe_fix_all)
    {
        let title = match state.options.unsafe_fix_all {
            true => "Fix everything that can be fixed",
            false => "Fix everything that can safely be fixed",
        };
        let mut action = CodeAction {
            title: title.to_owned(),
            kind: Some(FIX_ALL),
            ..CodeAction::default()
        };
        if state.client.resolve_code_action_edit {
            action.data = to_data(&later(title, None, true));
        } else {
            action.edit = state.edit_of(&[change]);
        }
        answer.push(action);
    }
    Some(
        answer
            .into_iter()
            .map(CodeActionOrCommand::CodeAction)
            .collect(),
    )
}

fn kind_of(action: &Action) -> CodeActionKind {
    match action.kind {
        ActionKind::Mend | ActionKind::Ignore => CodeActionKind::QUICKFIX,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
    }
}

fn to_data(later: &Later) -> Option<tower_lsp::ls_types::LSPAny> {
    let value = serde_json::to_value(later).ok()?;
    serde_json::from_value(value).ok()
}

fn literal(
    state: &State,
    action: &Action,
    kind: CodeActionKind,
    later: Later,
    diagnostics: &[Diagnostic],
) -> Option<CodeAction> {
    let edit = state.workspace_edit(&action.fix)?;
    let of_finding: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|one| {
            let data = one
                .data
                .as_ref()
                .and_then(|data| serde_json::to_value(data).ok());
            let fingerprint = data
                .as_ref()
                .and_then(|data| data.get("fingerprint")?.as_str());
            fingerprint.is_some() && fingerprint == later.finding.as_deref()
        })
        .cloned()
        .collect();
    let mut literal = CodeAction {
        title: action.title.clone(),
        kind: Some(kind),
        diagnostics: (!of_finding.is_empty()).then_some(of_finding),
        is_preferred: (state.client.preferred_code_action && action.preferred).then_some(true),
        ..CodeAction::default()
    };
    if state.client.resolve_code_action_edit {
        literal.data = to_data(&later);
    } else {
        literal.edit = Some(edit);
    }
    Some(literal)
}

/// The edit of an action that somebody picked; none when the document is another by now.
pub fn resolve(state: &State, mut action: CodeAction) -> CodeAction {
    let later = action
        .data
        .as_ref()
        .and_then(|data| serde_json::to_value(data).ok())
        .and_then(|data| serde_json::from_value::<Later>(data).ok());
    if let Some(later) = later {
        action.edit = edit_of(state, &later);
    }
    action
}

fn edit_of(state: &State, later: &Later) -> Option<tower_lsp::ls_types::WorkspaceEdit> {
    let view = View::of(&state.session, state.file_of(&later.uri)?)?;
    if state.version_of(view.file) != later.version {
        return None;
    }
    if later.fix_all {
        let change = fix_all(&view, state.options.unsafe_fix_all)?;
        return state.edit_of(&[change]);
    }
    let span = Span {
        start: later.start,
        end: later.end,
    };
    let action = actions(&view, span).into_iter().find(|action| {
        action.title == later.title
            && action.finding.map(|number| format!("{number:016x}")) == later.finding
    })?;
    state.workspace_edit(&action.fix)
}
