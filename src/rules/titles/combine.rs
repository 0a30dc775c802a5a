//! The mends of `undeclared-combination`: one seat of the two.

use crate::catalog::RoleIx;
use crate::rules::mend::Mend;
use crate::rules::{Fix, FixContext};
use crate::spec::{Role, RoleForm};
use crate::syntax::{Entry, Item, Kind, Node, Piece, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::PM_COLLABORATION;

pub(super) fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    let here = combine(context);
    here.or_else(|| declare(context)).into_iter().collect()
}

/// The seats of the Product Manager and the Product Owner that the finding is about, where both are in its file.
struct Both<'a> {
    mend: &'a Mend<'a>,
    manager: &'a Role,
    owner: &'a Role,
}

/// Makes one seat of two that stand side by side.
fn combine(context: &FixContext<'_>) -> Option<Fix> {
    let catalog = context.catalog();
    let (manager, owner) = (catalog.product_manager()?, catalog.product_owner()?);
    let mend = Mend::own(context)?;
    let (unit, owner_seat) = mend.seat(context.finding.span)?;
    let other = context.finding.related.first()?;
    let (other_unit, manager_seat) = mend.seat(other.span)?;
    if other.file != mend.file || other_unit.span != unit.span {
        return None;
    }
    let popm = catalog
        .roles()
        .find(|(_, role)| role.combines.contains(&manager) && role.combines.contains(&owner));
    let id = popm.map_or("popm", |(_, role)| role.id.as_str());
    let is_there = |role: &Role| {
        popm.is_some_and(|(popm, _)| role.key.role == Some(popm)) || &*role.key.name.text == id
    };
    if unit.roles.iter().any(is_there) {
        return None;
    }
    let both = Both {
        mend: &mend,
        manager: manager_seat,
        owner: owner_seat,
    };
    let edits = both.in_one(id, manager, owner, context)?;
    let title = format!("Make one seat of the two: `{id}`");
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// Says on the Product Owner's seat that it combines both, where the other seat stands somewhere else.
fn declare(context: &FixContext<'_>) -> Option<Fix> {
    let catalog = context.catalog();
    let sides = [catalog.product_manager()?, catalog.product_owner()?];
    let other = context.finding.related.first()?;
    let mend = Mend::own(context)?;
    let (unit, role) = mend.seat(context.finding.span)?;
    let is_beside = other.file == mend.file
        && mend
            .seat(other.span)
            .is_some_and(|(other, _)| other.span == unit.span);
    if is_beside || !role.combines.is_empty() {
        return None;
    }
    let ids = sides.map(|side| catalog.role(side).id.as_str());
    let edits = mend.add_keys(role, &[("combines", Value::list(ids))])?;
    let title = format!(
        "Say on the seat of the {} that it is both",
        catalog.role(sides[1]).title
    );
    Some(Fix::asked(title).edit(mend.file, edits))
}

impl Both<'_> {
    fn in_one(
        &self,
        id: &str,
        manager: RoleIx,
        owner: RoleIx,
        context: &FixContext<'_>,
    ) -> Option<Vec<TextEdit>> {
        // The seat that says more of its holder stays.
        let owner_says_more = self.owner.holders.iter().any(|holder| holder.long_form);
        let (base, gone) = match owner_says_more {
            true => (self.owner, self.manager),
            false => (self.manager, self.owner),
        };
        let is_one = base.holders.len() == 1 && base.title.is_none() && base.vacant.is_none();
        if !is_one || !is_plain(gone) || !self.keys_are_known(gone) {
            return None;
        }
        let editor = self.mend.editor();
        let mut edits = vec![editor.rename(base.key.name.span, id)?];
        let ids = [manager, owner].map(|role| context.catalog().role(role).id.as_str());
        let combines = ("combines", Value::list(ids));
        let (pieces, moved) = self.duties(base, gone)?;
        let mut keys = vec![combines];
        if !pieces.is_empty() && base.duties.is_none() {
            keys.push(("duties", Value::Items(pieces)));
        } else if !pieces.is_empty() {
            edits.extend(self.mend.add_duties(base, &pieces, &[])?);
        }
        edits.extend(match base.form {
            RoleForm::Group => editor.add(self.mend.entry(base)?.value, Some("holder"), &keys)?,
            _ => self.mend.add_keys(base, &keys)?,
        });
        edits.extend(self.without_link(base, [manager, owner])?);
        let entry = self.mend.entry(gone)?;
        edits.extend(editor.remove_moved_entry(entry, &moved)?);
        Some(edits)
    }

    /// Whether a seat has nothing but what goes over to the other one.
    fn keys_are_known(&self, role: &Role) -> bool {
        let Some(entry) = self.mend.entry(role) else {
            return false;
        };
        role.form != RoleForm::Group
            || entry.value.entries().all(|(key, _)| {
                let known = [
                    "holder",
                    "holders",
                    "duties",
                    "responsibilities",
                    "accountabilities",
                    "works_with",
                ];
                key.text().is_some_and(|key| known.contains(&key))
            })
    }

    /// The duties that the seat which stays does not have yet, and the comments that go with them. Where only one of
    /// the two lists duties, those of the catalog were assumed for the other.
    fn duties(&self, base: &Role, gone: &Role) -> Option<(Vec<Piece>, Vec<String>)> {
        let assumed = |role: &Role| {
            let ids = self.mend.assumed(role).into_iter();
            // Who is both has nobody to meet.
            let ids = ids.filter(|id| id != PM_COLLABORATION);
            ids.map(|id| Piece::text(&id)).collect::<Vec<_>>()
        };
        let Some(listed) = &gone.duties else {
            let pieces = match base.duties {
                Some(_) => assumed(gone),
                None => Vec::new(),
            };
            return Some((pieces, Vec::new()));
        };
        let mut pieces = match base.duties {
            Some(_) => Vec::new(),
            None => assumed(base),
        };
        let mut moved = Vec::new();
        let list = self.list(listed.key.span)?;
        for node in list.items() {
            let (piece, _) = self.mend.editor().take(Item { list, node })?;
            moved.extend(piece.above.iter().chain(&piece.inside).cloned());
            pieces.push(piece);
        }
        Some((pieces, moved))
    }

    fn list(&self, key: Span) -> Option<Node<'_>> {
        let entry = self.mend.source.tree.entry(key)?;
        matches!(entry.value.kind(), Kind::Sequence { .. }).then_some(entry.value)
    }

    /// Nobody works with themselves.
    fn without_link(&self, base: &Role, sides: [RoleIx; 2]) -> Option<Vec<TextEdit>> {
        let is_side = |role: Option<RoleIx>| role.is_some_and(|role| sides.contains(&role));
        let (own, others): (Vec<_>, Vec<_>) =
            base.works_with.iter().partition(|name| is_side(name.role));
        if own.is_empty() {
            return Some(Vec::new());
        }
        let tree = &self.mend.source.tree;
        let editor = self.mend.editor();
        if others.is_empty() {
            let entry = self.mend.entry(base)?;
            let (key, value) = entry
                .value
                .entries()
                .find(|(key, _)| key.text() == Some("works_with"))?;
            let mapping = entry.value;
            return editor.remove_entry(Entry {
                mapping,
                key,
                value,
            });
        }
        let [link] = own.as_slice() else { return None };
        let item = tree.item(link.name.span)?;
        (item.node.span() == link.name.span).then(|| editor.remove(item))?
    }
}

/// Whether a seat says no more of its only holder than who it is.
fn is_plain(role: &Role) -> bool {
    let [holder] = role.holders.as_slice() else {
        return false;
    };
    let is_name = !holder.long_form && holder.note.is_none();
    is_name && role.vacant.is_none() && role.title.is_none() && role.combines.is_empty()
}
