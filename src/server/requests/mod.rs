//! The requests, one file each.

pub(super) mod code_action;
