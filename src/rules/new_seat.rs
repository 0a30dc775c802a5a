//! Seats that were missing.

use jiff::civil::Date;

use super::mend::Mend;
use super::moving::{Moving, entry_of, take};
use super::{Fix, FixContext};
use crate::catalog::{DutyIx, RoleIx};
use crate::recognize::Certainty;
use crate::spec::Unit;
use crate::syntax::{Entry, Piece, Value, nearest};
use crate::text::TextEdit;
use crate::workspace::{DutyFact, FileId, Group, UnitFacts};

/// The keys that stand before `roles:` in a team or product.
const BEFORE_ROLES: &[&str] = &[
    "team", "product", "name", "purpose", "model", "teams", "members",
];

/// Adds a seat to a team or product, vacant since today; a Product Owner behind the Product Manager. Where others have
/// taken over what it answers for, that can go back to it.
pub(super) fn add_seat(
    context: &FixContext<'_>,
    mend: &Mend<'_>,
    unit: &Unit,
    role: RoleIx,
) -> Option<Vec<Fix>> {
    let catalog = context.catalog();
    let (def, manager) = (catalog.role(role), catalog.product_manager());
    let manager = manager.filter(|manager| *manager != role);
    // "Product Oner" was meant, and is mended by itself.
    let mut unknown = unit.roles.iter().filter(|seat| seat.key.role.is_none());
    let names = [def.id.as_str(), def.title.as_str()];
    if unknown.any(|seat| nearest(&seat.key.name.text, names).is_some()) {
        return None;
    }
    let mut seats = unit.roles.iter();
    let after = seats.find(|seat| manager.is_some_and(|manager| seat.is(manager, catalog)));
    let new = |duties| NewSeat {
        id: &def.id,
        since: context.today,
        after: after.map(|seat| &*seat.key.name.text),
        duties,
    };
    let title = format!("Add {}, vacant since {}", def.title, context.today);
    let mut groups = context.index.groups().iter();
    let is_here = |facts: &UnitFacts| facts.file == mend.file && facts.id.span == unit.id.span;
    let group = groups.find(|group| group.units(context.index).any(is_here))?;
    let taken = taken_over(context, group, role);
    let mut fixes = Vec::new();
    if !taken.is_empty() {
        fixes.extend(
            give_back(context, group, role, &taken).and_then(|(out, duties)| {
                let title = format!("{title}, and give it back what others have of it");
                let fix = Fix::asked(title).edit(mend.file, add_vacant(mend, unit, new(duties))?);
                Some(
                    out.into_iter()
                        .fold(fix, |fix, (file, edits)| fix.edit(file, edits)),
                )
            }),
        );
    }
    // Each of them is an error once the seat is there; one of them instead of the missing seat is no worse.
    if taken.len() < 2 {
        let edits = add_vacant(mend, unit, new(Vec::new()));
        fixes.extend(edits.map(|edits| Fix::asked(title).edit(mend.file, edits)));
    }
    Some(fixes)
}

/// The duties of a role that nobody has, where other seats list their ids.
fn taken_over<'a>(
    context: &FixContext<'a>,
    group: &Group,
    role: RoleIx,
) -> Vec<(&'a UnitFacts, &'a DutyFact)> {
    if group.seats_of(context.index, role).next().is_some() {
        return Vec::new();
    }
    let seats = group.seats(context.index);
    let said = seats.flat_map(|(unit, seat)| seat.duties.iter().map(move |said| (unit, said)));
    said.filter(|(unit, said)| {
        said.certainty == Certainty::Pinned
            && context.catalog().duty(said.duty).role == role
            && !unit.shares(said.duty)
    })
    .collect()
}

/// The edits of one file.
type Out = (FileId, Vec<TextEdit>);

/// What takes duties out of other seats, and the list that has them; an empty one where it may as well be assumed.
fn give_back(
    context: &FixContext<'_>,
    group: &Group,
    role: RoleIx,
    taken: &[(&UnitFacts, &DutyFact)],
) -> Option<(Vec<Out>, Vec<Piece>)> {
    let catalog = context.catalog();
    let mut out = Vec::new();
    let mut pieces: Vec<(DutyIx, bool, Piece)> = Vec::new();
    let mut only_ids = true;
    for (unit, seat) in group.seats(context.index) {
        let own = taken.iter().filter(|(_, said)| {
            let mut duties = seat.duties.iter();
            duties.any(|known| std::ptr::eq(known, *said))
        });
        let own: Vec<&DutyFact> = own.map(|(_, said)| *said).collect();
        if own.is_empty() {
            continue;
        }
        let mend = Mend::of(context, unit.file)?;
        let mut lines = Vec::new();
        for said in own {
            let (_, _, line) = mend.duty(said.span)?;
            lines.push(Moving::of(line, said.duty));
        }
        let (found, edits) = take(&mend, &lines)?;
        out.push((unit.file, edits));
        for (moving, piece) in lines.iter().zip(found) {
            let is_bare = moving.is_bare() && piece.above.is_empty() && piece.inside.is_empty();
            only_ids &= is_bare;
            pieces.extend(moving.duty.map(|duty| (duty, is_bare, piece)));
        }
    }
    let mut duties = Vec::new();
    if only_ids {
        return Some((out, duties));
    }
    for (duty, def) in catalog.duties_of(role) {
        let is_it = |(known, ..): &(DutyIx, bool, Piece)| *known == duty;
        let (own, others): (Vec<_>, Vec<_>) = pieces.into_iter().partition(is_it);
        pieces = others;
        let mut seats = group.seats(context.index);
        let is_free = own.is_empty() && !seats.any(|(_, seat)| seat.says(duty).is_some());
        // Beside words, the mere id says nothing more.
        let (bare, worded): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|(_, is_bare, _)| *is_bare);
        if is_free || (worded.is_empty() && !bare.is_empty()) {
            duties.push(Piece::text(&def.id));
        }
        duties.extend(worded.into_iter().map(|(.., piece)| piece));
    }
    Some((out, duties))
}

/// A seat that is to be added, with nobody in it yet.
struct NewSeat<'a> {
    /// The id of its role.
    id: &'a str,
    /// Since when nobody sits in it.
    since: Date,
    /// The seat that it stands behind; the first of all where there is none.
    after: Option<&'a str>,
    /// Its duties; none where those of the catalog are assumed.
    duties: Vec<Piece>,
}

/// Adds a seat to a team or product, and says that nobody sits in it yet.
fn add_vacant(mend: &Mend<'_>, unit: &Unit, new: NewSeat<'_>) -> Option<Vec<TextEdit>> {
    let document = mend.document(unit)?;
    let editor = mend.editor();
    let since = Value::Map(vec![("since", Value::text(new.since.to_string()))]);
    let mut keys = vec![("vacant".to_owned(), since)];
    if !new.duties.is_empty() {
        keys.push(("duties".to_owned(), Value::Items(new.duties)));
    }
    let seat = Value::Keys(keys);
    let seats = Value::Keys(vec![(new.id.to_owned(), seat.clone())]);
    let Some(roles) = entry_of(document, "roles") else {
        let keys: Vec<&str> = document
            .entries()
            .filter_map(|(key, _)| key.text())
            .collect();
        let before = keys.into_iter().rfind(|key| BEFORE_ROLES.contains(key));
        return editor.add(document, before, &[("roles", seats)]);
    };
    if roles.value.is_null() {
        return editor.fill(roles, &seats);
    }
    if new.after.is_none()
        && let Some(edit) = add_first(mend, roles, new.id, &seat)
    {
        return Some(vec![edit]);
    }
    editor.add(roles.value, new.after, &[(new.id, seat)])
}

/// Puts a seat above all others; not where a comment stands there, because nobody knows whose it is.
fn add_first(mend: &Mend<'_>, roles: Entry<'_>, id: &str, seat: &Value) -> Option<TextEdit> {
    let text = mend.source.text();
    let (first, _) = roles.value.entries().next()?;
    let (from, to) = (roles.key.span(), first.span());
    let column = |at: u32| {
        let line = text.get(..at as usize)?.rsplit(['\n', '\r']).next()?;
        line.bytes().all(|byte| byte == b' ').then_some(line.len())
    };
    let between = text.get(from.end as usize..to.start as usize)?;
    let is_free = between.trim() == ":" && between.contains(['\n', '\r']);
    let step = column(to.start)?.checked_sub(column(from.start)?)?;
    if !is_free || step == 0 || first.anchor().is_some() {
        return None;
    }
    Some(mend.editor().above(to.start, &seat.entry_lines(id, step)))
}
