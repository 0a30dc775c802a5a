//! Long-term and short-term.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
