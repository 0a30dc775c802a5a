//! What roles are called.

use super::Rule;

mod ambiguous_title;
mod combine;
mod interchanged_title;
mod pick;
mod undeclared_combination;
mod unknown_role;
mod words;

pub(super) use words::jobs_meant;

pub(super) static RULES: &[&Rule] = &[
    &unknown_role::RULE,
    &ambiguous_title::RULE,
    &interchanged_title::RULE,
    &undeclared_combination::RULE,
];
