//! Who sits where.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
