//! YAML text to a tree with spans and comments, for text that may be broken.
//!
//! [`parse`] never fails. Text with a syntax error is mended in a copy, one small edit at a time, until a
//! parser accepts it; every span in the tree points into the text as it was written, and every error
//! is kept in [`Tree::errors`]. No consumer parses twice.

mod duplicates;
mod editor;
mod error;
mod events;
mod joined;
mod kept;
mod name;
mod patch;
mod pieces;
mod place;
mod read;
mod recover;
mod repair;
mod tree;
mod value;
mod write;

pub use editor::Editor;
pub use error::SyntaxError;
pub use kept::keeps_values;
pub use name::Name;
pub use pieces::{Pieces, Same, parse};
pub use place::{Entry, Item, Step};
pub use read::{Fields, Problem, ProblemKind, Reader, meant, near, nearest};
pub use tree::{Comment, Document, Kind, Node, ScalarType, Style, Tree};
pub use value::{Piece, Value};
pub use write::{flow_scalar, plain_scalar};
