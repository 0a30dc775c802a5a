//! `textDocument/definition`.

use tower_lsp::ls_types::{
    GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink, Range, Uri,
};

use crate::catalog::builtin_text;
use crate::ide::{self, DefinedAt};
use crate::server::pages;
use crate::server::positions::Positions;
use crate::server::state::State;
use crate::text::Span;

/// Where the thing at a place is defined.
pub fn answer(state: &State, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let (view, offset) = state.at(&params.text_document_position_params)?;
    let found = ide::definition(&view, offset)?;
    let (uri, [whole, name]) = located(state, &found.at, [found.whole, found.name])?;
    Some(if state.client.definition_link {
        GotoDefinitionResponse::Link(vec![LocationLink {
            origin_selection_range: state.range(view.file, found.origin),
            target_uri: uri,
            target_range: whole,
            target_selection_range: name,
        }])
    } else {
        GotoDefinitionResponse::Scalar(Location { uri, range: name })
    })
}

/// The address of a text that defines something, and places in it.
pub fn located<const N: usize>(
    state: &State,
    at: &DefinedAt,
    spans: [Span; N],
) -> Option<(Uri, [Range; N])> {
    match at {
        DefinedAt::File(file) => {
            let uri = state.uri_of(*file)?;
            let ranges =
                state.with_positions(*file, |positions| spans.map(|span| positions.range(span)))?;
            Some((uri, ranges))
        }
        DefinedAt::Path(path) => Some((state.uri_of_path(path)?, spans.map(|_| Range::default()))),
        DefinedAt::Builtin(name) => {
            let positions = Positions::new(builtin_text(name)?, state.client.encoding);
            Some((
                pages::catalog(name)?,
                spans.map(|span| positions.range(span)),
            ))
        }
        DefinedAt::Rule(rule) => Some((pages::rule(rule)?, spans.map(|_| Range::default()))),
    }
}
