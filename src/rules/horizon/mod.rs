//! Long-term and short-term.

use super::Rule;

pub(super) mod no_long_term_owner;

pub(super) static RULES: &[&Rule] = &[&no_long_term_owner::RULE];
