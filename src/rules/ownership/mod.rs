//! Duties on the wrong seat.

use super::Rule;

pub(super) static RULES: &[&Rule] = &[];
