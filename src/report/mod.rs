//! Findings as people and programs want to read them: one file for each format.

mod concise;
mod excerpt;
mod json;
mod summary;
mod text;
mod wrap;

pub use concise::concise;
pub use json::{
    JSON_VERSION, JsonFinding, JsonOutput, JsonPosition, JsonRelated, JsonSummary, json,
    json_output,
};
pub use summary::{Summary, count};
pub use text::{TextOptions, text};
pub use wrap::wrap;
