//! Text, spans and positions. Knows nothing of YAML or roles.
//!
//! Every place in a file is a [`Span`] of byte offsets; lines and columns are worked out only where
//! somebody reads them.

mod edit;
mod lines;
mod places;
mod span;

pub use edit::{TextEdit, apply};
pub use lines::{LineIndex, Position};
pub use places::Places;
pub use span::Span;
