//! What roles are called.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
