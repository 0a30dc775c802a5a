//! What the client can do, worked out once.

use serde_json::Value;
use tower_lsp::ls_types::{ClientCapabilities, InitializeParams, InsertTextMode, MarkupKind};

use super::positions::Encoding;

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is a yes or no of its own.
pub struct Capabilities {
    /// What a column counts.
    pub encoding: Encoding,
    /// It asks for diagnostics; else they are sent.
    pub pulls_diagnostics: bool,
    /// It asks for diagnostics again when told to.
    pub diagnostics_refresh: bool,
    /// It shows other places that belong to a diagnostic.
    pub related_information: bool,
    /// It greys out what is not needed.
    pub unnecessary_tag: bool,
    /// It follows a link from a diagnostic's code.
    pub code_description: bool,
    /// It applies edits of several files, each with its version.
    pub document_changes: bool,
    /// It creates files that an edit wants.
    pub create_files: bool,
    /// It has code actions that are more than commands.
    pub code_action_literals: bool,
    /// It asks for a code action's edit when somebody picks it.
    pub resolve_code_action_edit: bool,
    /// It marks the preferred code action.
    pub preferred_code_action: bool,
    /// It expands places to fill in.
    pub snippets: bool,
    /// It says how the lines of what is inserted are to be shifted.
    pub adjusts_indentation: bool,
    /// It shows Markdown beside completions.
    pub markdown_completion: bool,
    /// It asks for the tooltip of an inlay hint when somebody points at it.
    pub resolve_hints: bool,
    /// It shows Markdown.
    pub markdown_hover: bool,
    /// It asks for inlay hints again when told to.
    pub inlay_hint_refresh: bool,
    /// It asks for code lenses again when told to.
    pub code_lens_refresh: bool,
    /// It tells of files that change on disk, when asked to.
    pub watch_files: bool,
    /// It tells of more documents that are open, when asked to.
    pub dynamic_documents: bool,
    /// It tells of settings that change, when asked to.
    pub dynamic_configuration: bool,
    /// It answers questions about its settings.
    pub configuration: bool,
    /// Document symbols may hold others.
    pub nested_symbols: bool,
    /// A definition may come with the place that leads to it.
    pub definition_link: bool,
    /// It asks what is renamed before it asks for the new name.
    pub prepare_rename: bool,
    /// It shows a document when asked to.
    pub show_document: bool,
    /// It shows that something takes long.
    pub work_done_progress: bool,
}

impl Capabilities {
    /// From what the client says at the start.
    pub fn of(params: &InitializeParams) -> Self {
        let ClientCapabilities {
            workspace,
            text_document,
            window,
            general,
            ..
        } = params.capabilities.clone();
        let workspace = workspace.unwrap_or_default();
        let document = text_document.unwrap_or_default();
        let window = window.unwrap_or_default();
        let publish = document.publish_diagnostics.unwrap_or_default();
        let actions = document.code_action.unwrap_or_default();
        let edits = workspace.workspace_edit.unwrap_or_default();
        let offered = general.and_then(|general| general.position_encodings);
        let yes = |flag: Option<bool>| flag.unwrap_or(false);
        let completion = document
            .completion
            .and_then(|completion| completion.completion_item);
        Self {
            encoding: Encoding::choose(offered.as_deref()),
            pulls_diagnostics: document.diagnostic.is_some(),
            diagnostics_refresh: workspace
                .diagnostics
                .is_some_and(|diagnostics| yes(diagnostics.refresh_support)),
            related_information: yes(publish.related_information),
            unnecessary_tag: publish.tag_support.is_some(),
            code_description: yes(publish.code_description_support),
            document_changes: yes(edits.document_changes),
            create_files: edits.resource_operations.is_some_and(|operations| {
                operations.contains(&tower_lsp::ls_types::ResourceOperationKind::Create)
            }),
            code_action_literals: actions.code_action_literal_support.is_some(),
            resolve_code_action_edit: yes(actions.data_support)
                && actions.resolve_support.is_some_and(|resolve| {
                    resolve.properties.iter().any(|property| property == "edit")
                }),
            preferred_code_action: yes(actions.is_preferred_support),
            snippets: completion
                .as_ref()
                .is_some_and(|item| yes(item.snippet_support)),
            adjusts_indentation: completion.as_ref().is_some_and(|item| {
                item.insert_text_mode_support.as_ref().is_some_and(|modes| {
                    modes
                        .value_set
                        .contains(&InsertTextMode::ADJUST_INDENTATION)
                })
            }),
            markdown_completion: completion.is_none_or(|item| {
                item.documentation_format
                    .is_none_or(|formats| formats.contains(&MarkupKind::Markdown))
            }),
            resolve_hints: document.inlay_hint.is_some_and(|hints| {
                hints.resolve_support.is_some_and(|resolve| {
                    resolve
                        .properties
                        .iter()
                        .any(|property| property == "tooltip")
                })
            }),
            markdown_hover: document.hover.is_none_or(|hover| {
                hover
                    .content_format
                    .is_none_or(|formats| formats.contains(&MarkupKind::Markdown))
            }),
            inlay_hint_refresh: workspace
                .inlay_hint
                .is_some_and(|hints| yes(hints.refresh_support)),
            code_lens_refresh: workspace
                .code_lens
                .is_some_and(|lenses| yes(lenses.refresh_support)),
            watch_files: workspace
                .did_change_watched_files
                .is_some_and(|watch| yes(watch.dynamic_registration)),
            dynamic_documents: document
                .synchronization
                .is_some_and(|documents| yes(documents.dynamic_registration)),
            dynamic_configuration: workspace
                .did_change_configuration
                .is_some_and(|configuration| yes(configuration.dynamic_registration)),
            configuration: yes(workspace.configuration),
            nested_symbols: document
                .document_symbol
                .is_some_and(|symbols| yes(symbols.hierarchical_document_symbol_support)),
            definition_link: document
                .definition
                .is_some_and(|definition| yes(definition.link_support)),
            prepare_rename: document
                .rename
                .is_some_and(|rename| yes(rename.prepare_support)),
            work_done_progress: yes(window.work_done_progress),
            show_document: window.show_document.is_some_and(|show| show.support),
        }
    }
}

/// The keys of [`Options`], as the client writes them.
const KEYS: [&str; 5] = [
    "inlayHints",
    "codeLens",
    "unsafeFixAll",
    "today",
    "yamlServer",
];

/// The client's settings under `rolelint`.
#[derive(Clone, Debug)]
pub struct Options {
    /// Shows what each line in free text is read as, and which duties are assumed.
    pub inlay_hints: bool,
    /// Shows above each seat, team and product how it stands.
    pub code_lens: bool,
    /// `source.fixAll` makes mends that somebody should agree with, too.
    pub unsafe_fix_all: bool,
    /// Compares dates with this day instead of today, like 2026-05-01.
    pub today: Option<String>,
    /// Something else in the editor knows YAML, so that folding and selecting are its business. Counts at the start
    /// only.
    pub yaml_server: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            inlay_hints: true,
            code_lens: true,
            unsafe_fix_all: false,
            today: None,
            yaml_server: true,
        }
    }
}

impl Options {
    /// Whether a message about settings has any of these, or only those of somebody else.
    pub fn are_in(value: &Value) -> bool {
        let mut keys = KEYS.iter().chain(&["rolelint"]);
        keys.any(|key| value.get(key).is_some())
    }

    /// From what the client sends: the settings themselves, or an object with them under `rolelint`. What does not
    /// fit is left at its default.
    pub fn of(value: Option<&Value>) -> Self {
        let value = value.map(|value| value.get("rolelint").unwrap_or(value));
        let default = Self::default();
        let yes = |key: &str, default: bool| {
            let said = value.and_then(|value| value.get(key)?.as_bool());
            said.unwrap_or(default)
        };
        let today = value.and_then(|value| value.get("today")?.as_str());
        Self {
            inlay_hints: yes("inlayHints", default.inlay_hints),
            code_lens: yes("codeLens", default.code_lens),
            unsafe_fix_all: yes("unsafeFixAll", default.unsafe_fix_all),
            yaml_server: yes("yamlServer", default.yaml_server),
            today: today.map(ToOwned::to_owned),
        }
    }
}
