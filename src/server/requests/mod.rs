//! The requests, one file each.

pub(super) mod code_action;
pub(super) mod definition;
pub(super) mod document_highlight;
pub(super) mod document_link;
pub(super) mod document_symbol;
pub(super) mod folding_range;
pub(super) mod hover;
pub(super) mod references;
pub(super) mod rename;
pub(super) mod selection_range;
pub(super) mod workspace_symbol;

#[cfg(test)]
mod tests;
