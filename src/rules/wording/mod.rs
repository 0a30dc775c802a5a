//! How duties are worded.

use super::Rule;

pub(super) mod compound_duty;
mod line_parts;
mod split;
mod too_many_duties;
mod vague_duty;
mod vague_words;

pub(super) static RULES: &[&Rule] = &[
    &vague_duty::RULE,
    &compound_duty::RULE,
    &too_many_duties::RULE,
];
