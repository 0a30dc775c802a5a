//! `textDocument/inlayHint` and `inlayHint/resolve`.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip, TextEdit, Uri,
};

use crate::ide::{self, View};
use crate::server::markup::markup;
use crate::server::state::State;
use crate::text::Span;

/// What is kept of a hint until somebody looks at it.
#[derive(Debug, Deserialize, Serialize)]
struct Later {
    uri: Uri,
    version: Option<i32>,
    start: u32,
    end: u32,
}

/// What is shown between the words of a part of a document.
pub fn answer(state: &State, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    if !state.options.inlay_hints {
        return None;
    }
    let uri = &params.text_document.uri;
    let view = state.view(uri)?;
    let version = state.version_of(view.file);
    state.with_positions(view.file, |positions| {
        let range = Span {
            start: positions.offset(params.range.start),
            end: positions.offset(params.range.end),
        };
        let hint = |hint: ide::Hint| {
            let later = Later {
                uri: uri.clone(),
                version,
                start: hint.about.start,
                end: hint.about.end,
            };
            let mut shown = InlayHint {
                position: positions.position(hint.at),
                label: InlayHintLabel::String(hint.label),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            };
            match state.client.resolve_hints {
                true => shown.data = serde_json::to_value(later).ok(),
                false => complete(state, &view, hint.about, &mut shown),
            }
            shown
        };
        ide::hints(&view, range).into_iter().map(hint).collect()
    })
}

/// Why a hint says what it says, and how to write it down.
pub fn resolve(state: &State, mut hint: InlayHint) -> InlayHint {
    let later: Option<Later> = hint
        .data
        .as_ref()
        .and_then(|data| Later::deserialize(data).ok());
    if let Some(later) = later
        && let Some(view) = state.view(&later.uri)
        && state.version_of(view.file) == later.version
    {
        let about = Span {
            start: later.start,
            end: later.end,
        };
        complete(state, &view, about, &mut hint);
    }
    hint
}

fn complete(state: &State, view: &View<'_>, about: Span, hint: &mut InlayHint) {
    hint.tooltip = ide::hint_text(view, about)
        .map(|text| InlayHintTooltip::MarkupContent(markup(text, state.client.markdown_hover)));
    let edits = ide::hint_edits(view, about);
    hint.text_edits = state
        .with_positions(view.file, |positions| {
            let edits = edits.into_iter().map(|edit| TextEdit {
                range: positions.range(edit.span),
                new_text: edit.text,
            });
            edits.collect::<Vec<_>>()
        })
        .filter(|edits| !edits.is_empty());
}
