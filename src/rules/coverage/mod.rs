//! Roles and duties that nobody has.

use super::Rule;

mod missing_role;

pub(super) static RULES: &[&Rule] = &[&missing_role::RULE];
