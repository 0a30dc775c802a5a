//! `textDocument/completion` and `completionItem/resolve`.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit, Documentation, InsertTextFormat, InsertTextMode, TextEdit, Uri,
};

use crate::ide::{self, About, Completion, CompletionKind, Insert, Part};
use crate::server::client::Capabilities;
use crate::server::markup::markup;
use crate::server::state::State;

/// What makes an editor ask while somebody types.
pub const TRIGGERS: [&str; 6] = [":", " ", "-", "[", ",", "\""];

/// What is kept of an item until somebody looks at it.
#[derive(Debug, Deserialize, Serialize)]
struct Later {
    uri: Uri,
    offset: u32,
    about: About,
}

/// What may be written at a place.
pub fn answer(state: &State, params: &CompletionParams) -> Option<CompletionResponse> {
    let place = &params.text_document_position;
    let (view, offset) = state.at(place)?;
    let found = ide::complete(&view, offset);
    let indent = indentation(view.text(), offset);
    let uri = &place.text_document.uri;
    let items = state.with_positions(view.file, |positions| {
        let usable = |item: &Completion| state.client.snippets || !item.insert.is_form();
        let items = found.items.into_iter().filter(usable).enumerate();
        let item = |(number, item): (usize, Completion)| {
            let written = Written::of(&item.insert, indent, &state.client);
            CompletionItem {
                kind: Some(kind(item.kind)),
                detail: Some(item.detail).filter(|detail| !detail.is_empty()),
                sort_text: Some(format!("{number:03}")),
                filter_text: item.filter,
                insert_text_format: Some(written.format),
                insert_text_mode: written.mode,
                text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                    range: positions.range(item.span),
                    new_text: written.text,
                })),
                data: later(uri, offset, item.about),
                label: item.label,
                ..CompletionItem::default()
            }
        };
        items.map(item).collect()
    })?;
    Some(CompletionResponse::List(CompletionList {
        is_incomplete: found.incomplete,
        items,
    }))
}

fn later(uri: &Uri, offset: u32, about: About) -> Option<serde_json::Value> {
    let uri = uri.clone();
    let later = Later { uri, offset, about };
    (later.about != About::Nothing)
        .then(|| serde_json::to_value(later).ok())
        .flatten()
}

/// What an item means.
pub fn resolve(state: &State, mut item: CompletionItem) -> CompletionItem {
    let later: Option<Later> = item
        .data
        .as_ref()
        .and_then(|data| Later::deserialize(data).ok());
    let said = later.and_then(|later| {
        let view = state.view(&later.uri)?;
        ide::documentation(&view, later.offset, &later.about)
    });
    item.documentation = said
        .map(|said| Documentation::MarkupContent(markup(said, state.client.markdown_completion)));
    item
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Key => CompletionItemKind::PROPERTY,
        CompletionKind::Role => CompletionItemKind::CLASS,
        CompletionKind::Duty => CompletionItemKind::METHOD,
        CompletionKind::Person => CompletionItemKind::VARIABLE,
        CompletionKind::Team | CompletionKind::Product => CompletionItemKind::MODULE,
        CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Catalog => CompletionItemKind::FILE,
        CompletionKind::Rule => CompletionItemKind::CONSTANT,
        CompletionKind::Group => CompletionItemKind::ENUM,
        CompletionKind::Snippet => CompletionItemKind::SNIPPET,
    }
}

/// The blanks that a line begins with.
fn indentation(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or(text);
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = before.get(line..).unwrap_or("");
    line.len() - line.trim_start_matches(' ').len()
}

/// A text as the client takes it.
struct Written {
    text: String,
    format: InsertTextFormat,
    mode: Option<InsertTextMode>,
}

impl Written {
    fn of(insert: &Insert, indent: usize, client: &Capabilities) -> Self {
        let stops = insert.parts();
        // A place to go on at the very end is where the cursor is anyway.
        let is_plain = match stops {
            [Part::Text(_)] | [] => true,
            [Part::Text(_), Part::Stop(last)] => last.is_empty(),
            _ => false,
        };
        if is_plain || !client.snippets {
            let text = insert.plain();
            // What is on one line needs no say in how lines are shifted.
            if !text.contains('\n') {
                return Self {
                    text,
                    format: InsertTextFormat::PLAIN_TEXT,
                    mode: None,
                };
            }
            let adjusts = client.adjusts_indentation;
            return Self {
                text: match adjusts {
                    true => shifted(&text, indent),
                    false => text,
                },
                format: InsertTextFormat::PLAIN_TEXT,
                mode: adjusts.then_some(InsertTextMode::ADJUST_INDENTATION),
            };
        }
        // Whatever expands a snippet puts the blanks of its line before each further line.
        Self {
            text: shifted(&snippet(insert), indent),
            format: InsertTextFormat::SNIPPET,
            mode: client
                .adjusts_indentation
                .then_some(InsertTextMode::ADJUST_INDENTATION),
        }
    }
}

/// The lines after the first one by so many blanks further to the left.
fn shifted(text: &str, by: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.push_str(line.get(by.min(blanks)..).unwrap_or(""));
    }
    out
}

/// With places to fill in, the last one at the end.
fn snippet(insert: &Insert) -> String {
    let mut out = String::new();
    let mut number = 0;
    let stops = insert.parts().iter();
    let stops = stops.filter(|part| matches!(part, Part::Stop(_))).count();
    for part in insert.parts() {
        match part {
            Part::Text(text) => escape(text, &mut out),
            Part::Stop(text) if text.is_empty() && number + 1 == stops => out.push_str("$0"),
            Part::Stop(text) => {
                number += 1;
                out.push_str(&format!("${{{number}:"));
                escape(text, &mut out);
                out.push('}');
            }
        }
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        if matches!(character, '\\' | '$' | '}') {
            out.push('\\');
        }
        out.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_shifted_and_signs_of_snippets_escaped() {
        assert_eq!(shifted("a\n    b\n  c\n\nd", 2), "a\n  b\nc\n\nd");
        let mut out = String::new();
        escape("{cost: $5\\}", &mut out);
        assert_eq!(out, "{cost: \\$5\\\\\\}");
        assert_eq!(indentation("a\r\n   - b", 9), 3);
    }
}
