//! `textDocument/documentLink`.

use tower_lsp::ls_types::{DocumentLink, DocumentLinkParams, Uri};

use super::definition::located;
use crate::ide;
use crate::server::state::State;

/// Names that lead to other files.
pub fn answer(state: &State, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let view = state.view(&params.text_document.uri)?;
    let links = ide::links(&view);
    state.with_positions(view.file, |positions| {
        let links = links.into_iter().filter_map(|link| {
            let (uri, [at]) = located(state, &link.to, [link.at])?;
            Some(DocumentLink {
                range: positions.range(link.span),
                target: Some(at_line(uri, at.start.line)),
                tooltip: Some(link.tip),
                data: None,
            })
        });
        links.collect()
    })
}

/// The address of a line, from 0, as editors read it.
fn at_line(uri: Uri, line: u32) -> Uri {
    if line == 0 {
        return uri;
    }
    let with_line = format!("{}#L{}", uri.as_str(), line + 1).parse();
    with_line.unwrap_or(uri)
}
