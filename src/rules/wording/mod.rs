//! How duties are worded.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
