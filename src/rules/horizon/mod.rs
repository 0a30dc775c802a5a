//! Long-term and short-term.

use super::Rule;

pub(super) mod dates;
mod endings;
mod horizon_mismatch;
pub(super) mod no_long_term_owner;
pub(super) mod one_off_duty;
mod sight;

pub(super) static RULES: &[&Rule] = &[
    &horizon_mismatch::RULE,
    &no_long_term_owner::RULE,
    &one_off_duty::RULE,
];
