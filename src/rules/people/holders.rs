//! What the mends of the rules about people share: edits on those who sit in a seat or cover for it.

use crate::rules::mend::Mend;
use crate::spec::{HOLDER_KEYS, Holder, Role, RoleForm, Unit};
use crate::syntax::{Entry, Kind, Node};
use crate::text::{Span, TextEdit};

/// Somebody whom a finding is about, in the file that is mended.
pub(super) struct Place<'m> {
    /// The team or product.
    pub unit: &'m Unit,
    /// The seat.
    pub role: &'m Role,
    /// Who sits in it, or covers for it.
    pub holder: &'m Holder,
    /// Whether it is the cover of an empty seat.
    pub covers: bool,
}

/// Whoever stands at a place. Nobody where the text stands for several seats at once, through an alias.
pub(super) fn find<'m>(mend: &'m Mend<'_>, at: Span) -> Option<Place<'m>> {
    let seats = mend
        .source
        .spec
        .units()
        .flat_map(|unit| unit.roles.iter().map(move |role| (unit, role)));
    let mut places = seats.flat_map(|(unit, role)| {
        let cover = role
            .vacant
            .iter()
            .filter_map(|vacant| vacant.cover.as_ref());
        let holders = role.holders.iter().map(|holder| (holder, false));
        holders
            .chain(cover.map(|cover| (cover, true)))
            .map(move |(holder, covers)| Place {
                unit,
                role,
                holder,
                covers,
            })
    });
    let found = places
        .by_ref()
        .find(|place| place.holder.person.span == at)?;
    let again = places.any(|place| place.holder.person.span == at);
    (!again).then_some(found)
}

/// Writes another name or id for somebody; a remark behind the name stays.
pub(super) fn rename(mend: &Mend<'_>, holder: &Holder, name: &str) -> Option<TextEdit> {
    rename_at(mend, holder.person.span, &holder.person.text, name)
}

/// Writes `new` in place of `old`, with which the text at a place starts.
pub(super) fn rename_at(mend: &Mend<'_>, at: Span, old: &str, new: &str) -> Option<TextEdit> {
    let steps = mend.source.tree.steps(at);
    let node = steps.last()?.node();
    let rest = node.text()?.trim().strip_prefix(old)?;
    (node.span() == at)
        .then(|| mend.editor().replace(node, &format!("{new}{rest}")))
        .flatten()
}

/// Takes some of its holders out of a seat that others hold, or that is marked as vacant.
pub(super) fn take_out(mend: &Mend<'_>, role: &Role, gone: &[&Holder]) -> Option<Vec<TextEdit>> {
    let gone: Vec<Span> = gone.iter().map(|holder| holder.span).collect();
    let editor = mend.editor();
    let mut edits = Vec::new();
    let mut taken = 0;
    let mut left = 0;
    for entry in mend.holder_entries(role)? {
        let alone = !matches!(entry.value.kind(), Kind::Sequence { .. });
        let all: Vec<Span> = match alone {
            true => vec![entry.value.span()],
            false => entry.value.items().map(Node::span).collect(),
        };
        let stay = all.iter().filter(|span| !gone.contains(span)).count();
        taken += all.len() - stay;
        left += stay;
        if stay == all.len() {
            continue;
        }
        edits.extend(if stay == 0 {
            (role.form == RoleForm::Group).then(|| editor.remove_entry(entry))??
        } else if let Some(edits) = only_one(mend, role, entry, &gone) {
            edits
        } else {
            editor.remove_items(entry.value, &gone)?
        });
    }
    (taken == gone.len() && (left > 0 || role.vacant.is_some())).then_some(edits)
}

/// Makes a plain holder of a list in brackets that one is left of: `[ben, carla]` becomes `ben`.
fn only_one(
    mend: &Mend<'_>,
    role: &Role,
    entry: Entry<'_>,
    gone: &[Span],
) -> Option<Vec<TextEdit>> {
    let tree = &mend.source.tree;
    let list = entry.value.span();
    let mut left = entry
        .value
        .items()
        .filter(|item| !gone.contains(&item.span()));
    let only = left.next().filter(|_| left.next().is_none())?;
    let text = only.span().slice(tree.text());
    let is_flow = entry.value.kind() == Kind::Sequence { flow: true };
    let is_tied = [entry.value, only]
        .iter()
        .any(|node| node.anchor().is_some());
    let comments = tree.comments().iter();
    let commented = comments
        .filter(|comment| list.start <= comment.span.start && comment.span.start < list.end)
        .count();
    // Braces with other keys in them would be read as the seat itself.
    let is_holder = only.entries().all(|(key, _)| {
        let key = key.text();
        key.is_some_and(|key| HOLDER_KEYS.contains(&key))
    });
    if !is_flow
        || !is_holder
        || is_tied
        || only.kind() == Kind::Alias
        || commented > 0
        || role.job_share
    {
        return None;
    }
    let mut edits = vec![TextEdit::replace(list, text)];
    if entry.key.text() == Some("holders") {
        if mend.holder_entries(role)?.len() > 1 {
            return None;
        }
        edits.push(mend.editor().replace(entry.key, "holder")?);
    }
    Some(edits)
}

/// Where a seat says that it is vacant.
pub(super) fn vacancy<'m>(mend: &'m Mend<'_>, role: &Role) -> Option<Entry<'m>> {
    let mapping = mend.entry(role)?.value;
    let (key, value) = mapping
        .entries()
        .find(|(key, _)| key.text() == Some("vacant"))?;
    let is_here = value.span() == role.vacant.as_ref()?.span;
    is_here.then_some(Entry {
        mapping,
        key,
        value,
    })
}

/// Takes the cover of an empty seat out.
pub(super) fn drop_cover(mend: &Mend<'_>, role: &Role) -> Option<Vec<TextEdit>> {
    let vacant = vacancy(mend, role)?;
    match vacant.value.entries().count() {
        1 => mend.editor().rewrite(vacant, "true"),
        _ => mend.editor().remove_entries(vacant.value, &["cover"]),
    }
}

/// Takes one holder out, or the cover, or marks the seat as vacant where nobody else sits in it.
pub(super) fn without(
    mend: &Mend<'_>,
    place: &Place<'_>,
    since: Option<&str>,
) -> Option<Vec<TextEdit>> {
    let (role, holder) = (place.role, place.holder);
    if place.covers {
        return drop_cover(mend, role);
    }
    let others = role.people().any(|other| other.span != holder.span);
    if others || role.vacant.is_some() {
        return take_out(mend, role, &[holder]);
    }
    mend.vacate(role, since)
}
