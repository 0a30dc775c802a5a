//! The file itself: what YAML, the format and plain names do not allow.

pub(super) mod configuration;
pub(super) mod placeholder;
pub(super) mod status_in_name;
pub(super) mod syntax;
pub(super) mod unknown_key;
pub(super) mod unresolved_reference;
pub(super) mod unused_ignore;
pub(super) mod wrong_shape;
