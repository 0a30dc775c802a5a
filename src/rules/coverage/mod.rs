//! Roles and duties that nobody has.

pub(super) mod missing_role;
