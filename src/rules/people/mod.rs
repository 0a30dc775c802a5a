//! Who sits where.

use super::Rule;

mod covers;
mod departed_holder;
mod duplicate_person;
mod enrol;
mod holder_outside_team;
mod holders;
mod interim_overdue;
mod merge;
mod overloaded_holder;
mod po_is_scrum_master;
mod roster;
mod several_holders;
pub(super) mod unknown_person;
pub(super) mod vacant_role;

pub(super) use roster::{called, days_between, find};
pub(super) use vacant_role::RULE as VACANT_ROLE;

pub(super) static RULES: &[&Rule] = &[
    &unknown_person::RULE,
    &departed_holder::RULE,
    &vacant_role::RULE,
    &interim_overdue::RULE,
    &several_holders::RULE,
    &overloaded_holder::RULE,
    &po_is_scrum_master::RULE,
    &holder_outside_team::RULE,
    &duplicate_person::RULE,
];
