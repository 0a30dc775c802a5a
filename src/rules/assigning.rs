//! Duties that an organisation gives to another role in its own catalog.

use super::mend::Mend;
use super::moving::entry_of;
use super::{Fix, FixContext};
use crate::catalog::{DutyIx, RoleIx};
use crate::syntax::{Node, Value};
use crate::workspace::FileId;

/// Gives a duty to a role in the organisation's own catalog. Nothing where it has none, where the catalog has
/// decided on the duty already, and where other seats have the duty as the catalog says now: they would be wrong then.
pub(super) fn assign(context: &FixContext<'_>, duty: DutyIx, role: RoleIx) -> Option<Fix> {
    let catalog = context.catalog();
    let (def, new) = (catalog.duty(duty), catalog.role(role));
    let mut seats = context.index.units().flat_map(|(_, unit)| &unit.seats);
    let is_right = seats.all(|seat| seat.says(duty).is_none() || seat.is(role));
    if !is_right || !new.combines.is_empty() {
        return None;
    }
    let mend = Mend::of(context, own_catalog(context)?)?;
    let tree = &mend.source.tree;
    let mut roots = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document));
    let root = roots.find(|root| is_catalog(*root, catalog.id()))?;
    let editor = mend.editor();
    let reason = format!("Decided on {}", context.today);
    let entry = Value::Map(vec![
        ("role", Value::text(new.id.as_str())),
        ("reason", Value::text(reason.as_str())),
    ]);
    let edits = match entry_of(root, "duties") {
        None => editor.add(
            root,
            None,
            &[("duties", Value::Keys(vec![(def.id.clone(), entry)]))],
        ),
        Some(duties) if duties.value.is_null() => {
            editor.fill(duties, &Value::Keys(vec![(def.id.clone(), entry)]))
        }
        Some(duties) => match entry_of(duties.value, &def.id) {
            None => editor.add(duties.value, None, &[(&def.id, entry)]),
            Some(known) if known.value.is_null() => editor.fill(known, &entry),
            // A reason that is there already is one for something else.
            Some(known)
                if ["role", "reason"]
                    .iter()
                    .all(|key| known.value.get(key).is_none()) =>
            {
                let Value::Map(keys) = entry else { return None };
                editor.add(known.value, None, &keys)
            }
            Some(_) => None,
        },
    }?;
    let title = format!("Give `{}` to {} in your catalog", def.id, new.title);
    Some(Fix::asked(title).edit(mend.file, edits))
}

/// The file with the catalog that the organisation uses, where that is one of its own.
fn own_catalog(context: &FixContext<'_>) -> Option<FileId> {
    let top = context
        .catalog()
        .layers
        .last()
        .filter(|layer| !layer.builtin)?;
    let mut files = context.index.files().iter().filter(|file| {
        let mut catalogs = file.other().catalogs.iter();
        catalogs.any(|catalog| *catalog.text == *top.id)
    });
    let file = files.next()?.file;
    files.next().is_none().then_some(file)
}

fn is_catalog(root: Node<'_>, id: &str) -> bool {
    root.get("catalog").and_then(Node::text) == Some(id)
}
