//! `textDocument/codeLens` and `codeLens/resolve`.

use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command, Uri};

use super::execute_command as commands;
use crate::ide::{self, Lens, LensKind, Opens};
use crate::server::state::State;
use crate::text::Span;

/// What is kept of a lens until it is seen.
#[derive(Debug, Deserialize, Serialize)]
struct Later {
    uri: Uri,
    kind: LensKind,
    start: u32,
    end: u32,
}

/// The lenses of a document; what they say is worked out when they are seen.
pub fn answer(state: &State, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    if !state.options.code_lens {
        return None;
    }
    let uri = &params.text_document.uri;
    let view = state.view(uri)?;
    state.with_positions(view.file, |positions| {
        let lens = |lens: Lens| {
            let later = Later {
                uri: uri.clone(),
                kind: lens.kind,
                start: lens.span.start,
                end: lens.span.end,
            };
            CodeLens {
                range: positions.range(lens.span),
                command: None,
                data: serde_json::to_value(later).ok(),
            }
        };
        ide::lenses(&view).into_iter().map(lens).collect()
    })
}

/// What a lens says, and what it does.
pub fn resolve(state: &State, mut lens: CodeLens) -> CodeLens {
    let later: Option<Later> = lens
        .data
        .as_ref()
        .and_then(|data| Later::deserialize(data).ok());
    let command = later.and_then(|later| command(state, &later, &lens));
    // A lens without a command is asked for again and again.
    lens.command = command.or_else(|| {
        Some(Command {
            title: String::new(),
            command: String::new(),
            arguments: None,
        })
    });
    lens
}

fn command(state: &State, later: &Later, lens: &CodeLens) -> Option<Command> {
    let view = state.view(&later.uri)?;
    let span = Span {
        start: later.start,
        end: later.end,
    };
    let kind = later.kind;
    let text = ide::lens_text(&view, &Lens { span, kind })?;
    let (command, arguments) = match text.opens {
        Opens::Nothing => (String::new(), None),
        Opens::Coverage => {
            let place = json!({"uri": later.uri, "position": lens.range.start, "show": true});
            (commands::COVERAGE.to_owned(), Some(vec![place]))
        }
        Opens::Places(places) => {
            let locations = json!(state.locations(places));
            let arguments = vec![json!(later.uri), json!(lens.range.start), locations];
            (commands::SHOW_REFERENCES.to_owned(), Some(arguments))
        }
    };
    Some(Command {
        title: text.title,
        command,
        arguments,
    })
}
