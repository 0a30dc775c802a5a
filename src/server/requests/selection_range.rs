//! `textDocument/selectionRange`, for clients without anything else that knows YAML.

use tower_lsp::ls_types::{Position, Range, SelectionRange, SelectionRangeParams};

use crate::ide;
use crate::server::state::State;

/// What each position lies in, from the inside out.
pub fn answer(state: &State, params: &SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let view = state.view(&params.text_document.uri)?;
    state.with_positions(view.file, |positions| {
        let around = |position: &Position| {
            let spans = ide::selections(&view, positions.offset(*position));
            let mut range: Option<Box<SelectionRange>> = None;
            for span in spans.into_iter().rev() {
                range = Some(Box::new(SelectionRange {
                    range: positions.range(span),
                    parent: range,
                }));
            }
            range.map_or_else(
                || SelectionRange {
                    range: Range {
                        start: *position,
                        end: *position,
                    },
                    parent: None,
                },
                |range| *range,
            )
        };
        params.positions.iter().map(around).collect()
    })
}
