//! The requests, a file each.

pub mod code_action;
pub mod definition;
pub mod document_highlight;
pub mod document_link;
pub mod document_symbol;
pub mod folding_range;
pub mod hover;
pub mod references;
pub mod rename;
pub mod selection_range;
pub mod workspace_symbol;

#[cfg(test)]
mod tests;
