//! How duties are worded.

use super::Rule;

mod too_many_duties;

pub(super) static RULES: &[&Rule] = &[&too_many_duties::RULE];
