//! Who answers for what is shared.

use super::{FileContext, Rule};
use crate::catalog::{Catalog, DutyIx, Model, RoleIx};
use crate::spec::SharedRow;
use crate::text::Span;

mod accountable_mismatch;
mod no_responsible;
mod one_accountable;
mod rows;

pub(super) static RULES: &[&Rule] = &[
    &one_accountable::RULE,
    &no_responsible::RULE,
    &accountable_mismatch::RULE,
];

/// The rules that look at one row, wherever it stands.
pub(super) static OF_ROWS: &[&Rule] = &[&one_accountable::RULE, &no_responsible::RULE];

/// What a row is about, as a message says it: the catalog's title of its duty, else as written.
fn duty_of(context: &FileContext<'_>, row: &SharedRow) -> String {
    let Some(name) = &row.duty else {
        return "a duty that the row does not name".to_owned();
    };
    match context.catalog().find_duty(&name.text) {
        Some(duty) => format!("\"{}\"", context.catalog().duty(duty).title),
        None => format!("\"{}\"", name.text),
    }
}

/// Whether what seems to be missing under `key` of a row stands there and could not be read, which other rules
/// say, or may be among the words that a syntax error hides.
fn may_stand(context: &FileContext<'_>, row: &SharedRow, key: &str) -> bool {
    let tree = &context.source.tree;
    let unread = context
        .source
        .spec
        .problems
        .iter()
        .any(|problem| &*problem.key == key && row.span.contains(problem.span.start));
    let cut = tree.cut_at().is_some_and(|cut| row.span.start <= cut);
    let says = |lost: Span| lost.slice(context.text()).to_lowercase().contains(key);
    let lost = tree.lost_from(row.span.start).any(says);
    unread || cut || lost
}

/// The role that answers for a duty under a model; `None` where any role may.
fn wanted(catalog: &Catalog, model: Model, duty: DutyIx) -> Option<RoleIx> {
    let role = catalog.duty(duty).role;
    let manager = catalog.product_manager();
    let owner = catalog.product_owner();
    match model {
        // There is no Product Owner, and the Product Manager or another named role takes the duty.
        Model::PmLed if Some(role) == owner => None,
        Model::PoLed | Model::Scrum | Model::Less if Some(role) == manager => owner.or(Some(role)),
        _ => Some(role),
    }
}
