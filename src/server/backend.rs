//! The requests of the protocol, each handed to the file that answers it.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

use super::actor::{Actor, Cancel};
use super::client::{Capabilities, Options};
use super::requests::code_action;
use super::state::State;
use super::uris::path_of;
use super::{capabilities, parent, requests, watch};

/// What answers the client.
pub struct Backend {
    client: Client,
    actor: Actor,
    seen: parking_lot::Mutex<Capabilities>,
}

impl Backend {
    /// Behind a client.
    pub fn new(client: Client, actor: Actor) -> Self {
        Self {
            client,
            actor,
            seen: parking_lot::Mutex::default(),
        }
    }

    async fn pull_options(&self) {
        let item = ConfigurationItem {
            scope_uri: None,
            section: Some("rolelint".to_owned()),
        };
        if let Ok(values) = self.client.configuration(vec![item]).await {
            let value: Option<Value> = values
                .first()
                .filter(|value| !value.is_null())
                .and_then(|value| serde_json::to_value(value).ok());
            if let Some(value) = value {
                let options = Options::of(Some(&value));
                self.actor.change(move |state| state.set_options(options));
            }
        }
    }
}

fn folders(params: &InitializeParams) -> Vec<std::path::PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let folders: Vec<_> = folders.filter_map(|folder| path_of(&folder.uri)).collect();
    if !folders.is_empty() {
        return folders;
    }
    #[allow(deprecated)] // Older clients say nothing else.
    let root = params.root_uri.as_ref().and_then(path_of);
    root.into_iter().collect()
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = Capabilities::of(&params);
        *self.seen.lock() = client;
        let options = Options::of(
            params
                .initialization_options
                .as_ref()
                .and_then(|options| serde_json::to_value(options).ok())
                .as_ref(),
        );
        let folders = folders(&params);
        if let Some(process) = params.process_id {
            parent::watch(process);
        }
        let capabilities = capabilities::of(&client, &options);
        let name = params.client_info.map(|info| match info.version {
            Some(version) => format!("{} {version}", info.name),
            None => info.name,
        });
        self.actor.change(move |state| {
            state.client_name = name;
            state.begin(client, options, folders);
        });
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "rolelint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let seen = *self.seen.lock();
        let registrations = watch::registrations(&seen);
        if !registrations.is_empty() {
            // A client that refuses tells of no changes, and open documents still count.
            let _ = self.client.register_capability(registrations).await;
        }
        if seen.dynamic_documents {
            self.actor.change(|state| state.may_follow_pages = true);
        }
        if seen.configuration {
            self.pull_options().await;
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    // --- Documents ---------------------------------------------------------------------------------------
    // Each is applied before anything else is awaited, so that they come in order.

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        if document.language_id == "markdown" && path_of(&document.uri).is_none() {
            // No `include:` names a page that was never saved, and no line in it makes it a role file.
            return;
        }
        self.actor.change(move |state| {
            state.open(document.uri, document.version, &document.text);
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.actor.change(move |state| {
            let document = params.text_document;
            state.change(&document.uri, document.version, params.content_changes);
        });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.actor
            .change(move |state| state.close(&params.text_document.uri));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        // Something that is no role file, such as a catalog, may count by what is on disk.
        self.actor
            .change(move |state| state.touch(&params.text_document.uri));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.actor.change(move |state| {
            for change in &params.changes {
                state.touch(&change.uri);
            }
        });
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[WorkspaceFolder]| -> Vec<_> {
            folders
                .iter()
                .filter_map(|folder| path_of(&folder.uri))
                .collect()
        };
        let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
        self.actor
            .change(move |state| state.set_folders(added, &removed));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        let settings = serde_json::to_value(&params.settings).unwrap_or_default();
        if Options::are_in(&settings) {
            let options = Options::of(Some(&settings));
            self.actor.change(move |state| state.set_options(options));
        }
        if self.seen.lock().configuration {
            self.pull_options().await;
        }
    }

    // --- Reading and finding -----------------------------------------------------------------------------

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.actor
            .ask(move |state, _| requests::hover::answer(state, &params))
            .await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.actor
            .ask(move |state, _| requests::definition::answer(state, &params))
            .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.actor
            .ask(move |state, cancel| requests::references::answer(state, &params, cancel))
            .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.actor
            .ask(move |state, _| requests::document_highlight::answer(state, &params))
            .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        self.actor
            .ask(move |state, _| requests::rename::prepare(state, &params))
            .await?
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.actor
            .ask(move |state, cancel| requests::rename::answer(state, &params, cancel))
            .await?
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.actor
            .ask(move |state, _| requests::document_symbol::answer(state, &params))
            .await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        self.actor
            .ask(move |state, _| requests::workspace_symbol::answer(state, &params))
            .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.actor
            .ask(move |state, _| requests::document_link::answer(state, &params))
            .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.actor
            .ask(move |state, _| requests::folding_range::answer(state, &params))
            .await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.actor
            .ask(move |state, _| requests::selection_range::answer(state, &params))
            .await
    }

    // --- Writing, and what is shown beside the words -----------------------------------------------------

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.actor
            .ask(move |state, _| requests::completion::answer(state, &params))
            .await
    }

    async fn completion_resolve(&self, params: CompletionItem) -> Result<CompletionItem> {
        self.actor
            .ask(move |state, _| requests::completion::resolve(state, params))
            .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.actor
            .ask(move |state, _| requests::inlay_hint::answer(state, &params))
            .await
    }

    async fn inlay_hint_resolve(&self, params: InlayHint) -> Result<InlayHint> {
        self.actor
            .ask(move |state, _| requests::inlay_hint::resolve(state, params))
            .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.actor
            .ask(move |state, _| requests::code_lens::answer(state, &params))
            .await
    }

    async fn code_lens_resolve(&self, params: CodeLens) -> Result<CodeLens> {
        self.actor
            .ask(move |state, _| requests::code_lens::resolve(state, params))
            .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let done = self
            .actor
            .ask(move |state, _| requests::execute_command::answer(state, &params))
            .await??;
        if let Some(uri) = done.show {
            let show = ShowDocumentParams {
                uri,
                external: None,
                take_focus: Some(true),
                selection: None,
            };
            let client = self.client.clone();
            // Whoever asked has the answer, be the page shown or not.
            drop(tokio::spawn(
                async move { client.show_document(show).await },
            ));
        }
        Ok(Some(done.value))
    }

    // --- Diagnostics -------------------------------------------------------------------------------------

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let report = self
            .actor
            .ask(move |state, _| {
                let known = params.previous_result_id.as_deref();
                state.document_report(&params.text_document.uri, known)
            })
            .await?;
        Ok(DocumentDiagnosticReportResult::Report(report))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let report = self
            .actor
            .ask_later(move |state, cancel, answer| {
                state.workspace_report(params.previous_result_ids, cancel, answer);
            })
            .await?;
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }

    // --- What can be done --------------------------------------------------------------------------------

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let ask = move |state: &mut State, _: &Cancel| code_action::answer(state, &params);
        self.actor.ask(ask).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let ask = move |state: &mut State, _: &Cancel| code_action::resolve(state, action);
        self.actor.ask(ask).await
    }
}
