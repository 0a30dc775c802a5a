//! `textDocument/documentSymbol`.

use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation,
    SymbolKind, Uri,
};

use crate::ide::{self, Symbol};
use crate::server::positions::Positions;
use crate::server::state::State;

/// What a document holds: as a tree where the client has one, else in a row.
pub fn answer(state: &State, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let uri = &params.text_document.uri;
    let view = state.view(uri)?;
    let symbols = ide::symbols(&view);
    state.with_positions(view.file, |positions| {
        if state.client.nested_symbols {
            let symbols = symbols.into_iter();
            DocumentSymbolResponse::Nested(
                symbols.map(|symbol| nested(symbol, positions)).collect(),
            )
        } else {
            let mut all = Vec::new();
            for symbol in symbols {
                flat(symbol, None, uri, positions, &mut all);
            }
            DocumentSymbolResponse::Flat(all)
        }
    })
}

/// The icon that comes nearest.
pub fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Team => SymbolKind::MODULE,
        ide::SymbolKind::Product => SymbolKind::PACKAGE,
        ide::SymbolKind::Role => SymbolKind::CLASS,
        ide::SymbolKind::Duty => SymbolKind::METHOD,
        ide::SymbolKind::Person => SymbolKind::OBJECT,
        ide::SymbolKind::Catalog => SymbolKind::NAMESPACE,
        ide::SymbolKind::Group => SymbolKind::ARRAY,
        ide::SymbolKind::Setting => SymbolKind::PROPERTY,
    }
}

fn nested(symbol: Symbol, positions: &Positions<'_>) -> DocumentSymbol {
    let children = symbol.children.into_iter();
    let children: Vec<_> = children.map(|child| nested(child, positions)).collect();
    #[allow(deprecated)] // The field has to be filled all the same.
    DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: positions.range(symbol.whole),
        selection_range: positions.range(symbol.at),
        children: (!children.is_empty()).then_some(children),
    }
}

fn flat(
    symbol: Symbol,
    within: Option<&str>,
    uri: &Uri,
    positions: &Positions<'_>,
    all: &mut Vec<SymbolInformation>,
) {
    let range = positions.range(symbol.whole);
    #[allow(deprecated)] // The field has to be filled all the same.
    all.push(SymbolInformation {
        name: symbol.name.clone(),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: Location {
            uri: uri.clone(),
            range,
        },
        container_name: within.map(str::to_owned),
    });
    for child in symbol.children {
        flat(child, Some(&symbol.name), uri, positions, all);
    }
}
