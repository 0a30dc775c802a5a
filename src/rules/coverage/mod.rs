//! Roles and duties that nobody has.

use super::{FileContext, Rule};
use crate::spec::Unit;

mod empty_role;
mod gaps;
pub(super) mod hollow_role;
pub(super) mod lopsided_combined_role;
mod missing_role;
mod uncovered_duty;
pub(super) mod unlinked_team;

pub(super) static RULES: &[&Rule] = &[
    &missing_role::RULE,
    &uncovered_duty::RULE,
    &empty_role::RULE,
    &lopsided_combined_role::RULE,
    &hollow_role::RULE,
    &unlinked_team::RULE,
];

/// Whether a syntax error kept words of a unit out of the tree: what seems to be missing may be among them.
fn has_lost_words(context: &FileContext<'_>, unit: &Unit) -> bool {
    let tree = &context.source.tree;
    tree.cut_at().is_some_and(|cut| unit.span.start <= cut)
        || tree.lost_from(unit.span.start).next().is_some()
}
