//! Duties that were missing.

use super::FixContext;
use super::mend::Mend;
use super::seats::SeatAt;
use crate::catalog::{Catalog, DutyDef};
use crate::spec::Role;
use crate::syntax::Piece;
use crate::text::TextEdit;

/// The most duties that a title names one by one.
const MOST_NAMED: usize = 3;

/// Adds duties to the list of a seat by their ids.
pub(super) fn add_ids<'d>(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    role: &Role,
    duties: impl IntoIterator<Item = &'d DutyDef>,
) -> Option<Vec<TextEdit>> {
    let pieces: Vec<Piece> = duties.into_iter().map(|def| Piece::text(&def.id)).collect();
    role.duties.as_ref().filter(|_| !pieces.is_empty())?;
    let is_mirrored = SeatAt::find(context, mend.file, role)?.is_mirrored(context);
    (!is_mirrored)
        .then(|| mend.add_duties(role, &pieces, &[]))
        .flatten()
}

/// How titles call a seat: "Product Owner", a combined one or one that the catalog does not know by its key.
pub(super) fn name_of_seat(catalog: &Catalog, role: &Role) -> String {
    match role.key.role.map(|known| catalog.role(known)) {
        Some(def) if def.combines.is_empty() && role.combines.is_empty() => def.title.clone(),
        _ => format!("`{}`", role.key.name.text),
    }
}

/// "`roadmap` and `customer-focus`"; how many where they are many.
pub(super) fn named(duties: &[&DutyDef], many: &str) -> String {
    let ids: Vec<String> = duties.iter().map(|def| format!("`{}`", def.id)).collect();
    match ids.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if ids.len() <= MOST_NAMED => format!("{} and {last}", first.join(", ")),
        _ => format!("the {} {many}", ids.len()),
    }
}
