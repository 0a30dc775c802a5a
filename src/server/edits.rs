//! Edits of several files, as the client applies them.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};

use super::state::State;
use crate::text;
use crate::workspace::FileId;

/// Edits by file: each with the version that it is for, where the client has such.
pub fn workspace_edit(state: &State, edits: &[(FileId, Vec<text::TextEdit>)]) -> WorkspaceEdit {
    let files = edits.iter().filter_map(|(file, edits)| {
        let edits = text_edits(state, *file, edits)?;
        Some((*file, state.uri_of(*file)?, edits))
    });
    if state.client.document_changes {
        let changes = files.map(|(file, uri, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri,
                version: state.version_of(file),
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        });
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(changes.collect())),
            ..WorkspaceEdit::default()
        };
    }
    #[allow(clippy::mutable_key_type)] // Nothing about an address changes that counts.
    let changes: HashMap<Uri, Vec<TextEdit>> = files.map(|(_, uri, edits)| (uri, edits)).collect();
    WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }
}

/// The edits of one file.
pub fn text_edits(state: &State, file: FileId, edits: &[text::TextEdit]) -> Option<Vec<TextEdit>> {
    state.with_positions(file, |positions| {
        let edits = edits.iter().map(|edit| TextEdit {
            range: positions.range(edit.span),
            new_text: edit.text.clone(),
        });
        edits.collect()
    })
}
