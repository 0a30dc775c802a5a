//! `textDocument/foldingRange`, for clients without anything else that knows YAML.

use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use crate::ide;
use crate::server::state::State;

/// The parts of a document that fold.
pub fn answer(state: &State, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let view = state.view(&params.text_document.uri)?;
    let folds = ide::folds(&view).into_iter().map(|fold| FoldingRange {
        start_line: fold.first,
        start_character: None,
        end_line: fold.last,
        end_character: None,
        kind: fold.is_comment.then_some(FoldingRangeKind::Comment),
        collapsed_text: None,
    });
    Some(folds.collect())
}
