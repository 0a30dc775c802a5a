//! Mends as edits that the client applies.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit,
    TextEdit, Uri, WorkspaceEdit,
};

use super::state::State;
use crate::rules::{Change, Fix, Target};
use crate::text;
use crate::workspace::FileId;

impl State {
    /// A mend as an edit; `None` when the client cannot do what it needs.
    pub fn workspace_edit(&self, fix: &Fix) -> Option<WorkspaceEdit> {
        self.edit_of(&fix.changes)
    }

    /// Changes of several files as one edit, each with the version that it is meant for.
    pub fn edit_of(&self, changes: &[Change]) -> Option<WorkspaceEdit> {
        if !self.client.document_changes {
            return self.plain_edit(changes);
        }
        let mut operations = Vec::new();
        for change in changes {
            match &change.target {
                Target::File(file) => operations.push(self.document_edit(*file, change)?),
                Target::New(path) if self.client.create_files => {
                    let uri = self.uri_of_path(path)?;
                    operations.push(DocumentChangeOperation::Op(ResourceOp::Create(
                        CreateFile {
                            uri: uri.clone(),
                            options: Some(CreateFileOptions {
                                overwrite: Some(false),
                                ignore_if_exists: Some(false),
                            }),
                            annotation_id: None,
                        },
                    )));
                    let text: String = change.edits.iter().map(|edit| edit.text.as_str()).collect();
                    operations.push(versioned(uri, None, vec![at_start(text)]));
                }
                Target::New(_) => return None,
            }
        }
        Some(WorkspaceEdit {
            changes: None,
            document_changes: Some(DocumentChanges::Operations(operations)),
            change_annotations: None,
        })
    }

    fn document_edit(&self, file: FileId, change: &Change) -> Option<DocumentChangeOperation> {
        Some(versioned(
            self.uri_of(file)?,
            self.version_of(file),
            self.text_edits(file, change)?,
        ))
    }

    fn text_edits(&self, file: FileId, change: &Change) -> Option<Vec<TextEdit>> {
        self.with_positions(file, |positions| {
            let edits = change.edits.iter();
            edits
                .map(|edit| TextEdit {
                    range: positions.range(edit.span),
                    new_text: edit.text.clone(),
                })
                .collect()
        })
    }

    /// For clients that know neither versions nor new files.
    fn plain_edit(&self, changes: &[Change]) -> Option<WorkspaceEdit> {
        let mut all: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for change in changes {
            let Target::File(file) = change.target else {
                return None;
            };
            let edits = self.text_edits(file, change)?;
            all.entry(self.uri_of(file)?).or_default().extend(edits);
        }
        Some(WorkspaceEdit {
            changes: Some(all),
            document_changes: None,
            change_annotations: None,
        })
    }
}

fn versioned(uri: Uri, version: Option<i32>, edits: Vec<TextEdit>) -> DocumentChangeOperation {
    DocumentChangeOperation::Edit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    })
}

fn at_start(text: String) -> TextEdit {
    TextEdit {
        range: Range::new(Position::new(0, 0), Position::new(0, 0)),
        new_text: text,
    }
}

/// Edits by file as one edit.
pub fn workspace_edit(state: &State, edits: &[(FileId, Vec<text::TextEdit>)]) -> WorkspaceEdit {
    let changes: Vec<Change> = edits
        .iter()
        .map(|(file, edits)| Change {
            target: Target::File(*file),
            edits: edits.clone(),
        })
        .collect();
    state.edit_of(&changes).unwrap_or_default()
}
