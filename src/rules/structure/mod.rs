//! The file itself: what YAML, the format and plain names do not allow.

use super::Rule;

pub(super) mod configuration;
mod duplicate_id;
pub(super) mod near_ignore;
mod placeholder;
mod status_in_name;
pub(super) mod syntax;
mod unknown_key;
pub(super) mod unresolved_reference;
pub(super) mod unused_ignore;
mod wrong_shape;

pub(super) static RULES: &[&Rule] = &[
    &syntax::RULE,
    &unknown_key::RULE,
    &wrong_shape::RULE,
    &unresolved_reference::RULE,
    &duplicate_id::RULE,
    &placeholder::RULE,
    &status_in_name::RULE,
    &unused_ignore::RULE,
];
