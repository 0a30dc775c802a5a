//! What an editor shows and does, as plain functions of a session, a file and a place in it. Knows nothing of any
//! protocol: places are spans, texts are Markdown.

mod actions;
mod completion;
mod coverage;
mod definition;
#[cfg(test)]
mod fixture;
mod format;
mod hints;
mod hover;
mod lenses;
mod links;
mod lookup;
mod occurrences;
mod outline;
mod overview;
mod people;
mod rename;
mod symbols;
mod target;
mod targets;
#[cfg(test)]
mod tests;
mod thing;
mod workspace_symbols;

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::rules::Session;
use crate::spec::{Knowledge, SourceFile};
use crate::text::Span;
use crate::workspace::FileId;

pub use actions::{Action, ActionKind, actions, fix_all};
pub use completion::{
    About, Completion, CompletionKind, Completions, Insert, Part, complete, documentation,
};
pub use coverage::{coverage_at, coverage_of, explain};
pub use definition::{DefinedAt, Definition, definition};
pub use hints::{Hint, hint_edits, hint_text, hints};
pub use hover::{Hover, hover};
pub use lenses::{Lens, LensKind, LensText, Opens, lens_text, lenses};
pub use links::{Link, links};
pub use occurrences::{Occurrence, Scope, Usage, occurrences, references};
pub use outline::{Fold, folds, selections};
pub use overview::{Overview, OverviewGroup, OverviewHolder, OverviewSeat, OverviewUnit, overview};
pub use rename::{Renamed, Renames, prepare, rename};
pub use symbols::{Symbol, SymbolKind, symbols};
pub use target::{Subject, Target, target};
pub use workspace_symbols::{Named, workspace_symbols};

/// One file of a session, as somebody looks at it.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The workspace.
    pub session: &'a Session,
    /// Which file.
    pub file: FileId,
    /// The file, read.
    pub source: Arc<SourceFile>,
    /// Roles and duties that hold for it.
    pub knowledge: Arc<Knowledge>,
}

impl<'a> View<'a> {
    /// Looks at a file; `None` when it cannot be read.
    pub fn of(session: &'a Session, file: FileId) -> Option<Self> {
        Some(Self {
            session,
            file,
            source: session.source(file)?,
            knowledge: Arc::clone(session.knowledge(file)?),
        })
    }

    /// Another file of the session.
    pub fn other(&self, file: FileId) -> Option<Self> {
        Self::of(self.session, file)
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// Roles and duties.
    pub fn catalog(&self) -> &Catalog {
        &self.knowledge.catalog
    }
}

/// A place in a file of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which file.
    pub file: FileId,
    /// Where.
    pub span: Span,
}
