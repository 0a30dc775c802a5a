//! Who answers for what is shared.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
