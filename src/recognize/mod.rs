//! From words to a duty.
//!
//! A line is taken apart into words, the words into stems and concepts, and trained weights say how likely it
//! names each duty of a built-in catalog, or some other kind of work. Duties of an organisation's own catalog are
//! known by their examples. What is unsure stays unread: a false alarm costs more than a miss.

mod features;
mod few;
mod head;
mod lexicon;
mod model;
mod reading;
mod recognizer;
mod segments;
mod stance;
mod store;
mod why;
mod words;

pub use features::{Feature, NOWHERE, features};
pub use head::{Head, OTHER, PerClass, damping, softmax};
pub use lexicon::{BEGINS_PHRASE, CONCEPTS, Lexicon, ROLE, VERB, join, slips};
pub use model::Model;
pub use reading::{Candidate, Certainty, Explanation, Line, OtherWork, Reading, Segment};
pub use recognizer::Recognizer;
pub use stance::Stance;
pub use store::Pack;
pub use words::{Part, Word, Words, stem_of, words};

#[cfg(test)]
mod tests;
