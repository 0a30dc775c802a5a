//! One seat out of two that have the same list.

use crate::catalog::{DutyIx, RoleIx};
use crate::rules::mend::Mend;
use crate::rules::moving::entry_of;
use crate::rules::{Fix, FixContext};
use crate::spec::{Duty, Role, RoleForm};
use crate::syntax::{Kind, Piece, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::FileId;

/// The keys of a seat that another one can take over, or that go with its holder.
const MERGED: &[&str] = &[
    "holder",
    "holders",
    "vacant",
    "filled",
    "works_with",
    "duties",
    "responsibilities",
    "accountabilities",
];

/// A seat by its file and key.
type At = (FileId, Span);

/// Every way to make one seat of two: whoever holds one of them holds both then.
pub(super) fn combine(context: &FixContext<'_>, manager: At, owner: At) -> Vec<Fix> {
    let pairs = [(manager, owner), (owner, manager)];
    let fixes: Vec<(bool, Fix)> = pairs
        .into_iter()
        .filter_map(|(stays, goes)| {
            let stays = Side::of(context, stays)?;
            let goes = Side::of(context, goes)?;
            let (_, role) = stays.role()?;
            let held = role.people().next().is_some();
            Some((held, merge(context, &stays, &goes)?))
        })
        .collect();
    // Somebody is better than nobody, and of two nobodies one is enough.
    let any_held = fixes.iter().any(|(held, _)| *held);
    let mut fixes = fixes.into_iter().filter(|(held, _)| *held == any_held);
    let first = fixes.next().map(|(_, fix)| fix);
    let second = fixes.next().map(|(_, fix)| fix).filter(|_| any_held);
    first.into_iter().chain(second).collect()
}

/// One of the two seats.
struct Side<'a> {
    mend: Mend<'a>,
    key: Span,
}

impl<'a> Side<'a> {
    fn of(context: &'a FixContext<'a>, (file, key): At) -> Option<Self> {
        let mend = Mend::of(context, file)?;
        Some(Self { mend, key })
    }

    fn role(&self) -> Option<(&crate::spec::Unit, &Role)> {
        self.mend.seat(self.key)
    }
}

fn merge(context: &FixContext<'_>, stays: &Side<'_>, goes: &Side<'_>) -> Option<Fix> {
    let catalog = context.catalog();
    let ((unit, role), (_, other)) = (stays.role()?, goes.role()?);
    let sides = [role.key.role?, other.key.role?];
    let (here, there) = (&stays.mend, &goes.mend);
    let (entry, old) = (here.entry(role)?, there.entry(other)?);
    let mut keys = old
        .value
        .entries()
        .map(|(key, _)| key.text().unwrap_or_default());
    let is_group = role.form == RoleForm::Group && other.form == RoleForm::Group;
    if !is_group || !keys.all(|key| MERGED.contains(&key)) {
        return None;
    }
    let editor = here.editor();
    let mut edits = links(here, role, other, sides)?;
    let combined = catalog.roles().map(|(_, def)| def).find(|def| {
        def.combines.len() == 2 && sides.iter().all(|side| def.combines.contains(side))
    });
    match combined {
        Some(def) => {
            let is_there = |seat: &Role| {
                seat.key
                    .role
                    .is_some_and(|known| catalog.role(known).id == def.id)
            };
            if unit.roles.iter().any(is_there) {
                return None;
            }
            edits.push(editor.rename(role.key.name.span, &def.id)?);
        }
        None => {
            let names = sides.map(|side| catalog.role(side).id.as_str());
            edits.extend(editor.add(entry.value, None, &[("combines", Value::list(names))])?);
        }
    }
    let (moved, in_place) = duties(here, role, there, other)?;
    edits.extend(in_place);
    let (mut left, out) = there.editor().cut_entry(old)?;
    for comment in moved
        .iter()
        .flat_map(|piece| piece.above.iter().chain(&piece.inside))
    {
        if let Some(at) = left.iter().position(|other| other == comment) {
            left.remove(at);
        }
    }
    if !left.is_empty() {
        edits.push(editor.above(entry.key.span().start, &left));
    }
    if !moved.is_empty() {
        edits.extend(here.add_duties(role, &moved, &[])?);
    }
    let names: Vec<&str> = role.people().map(|holder| &*holder.person.text).collect();
    let held = match names.as_slice() {
        [] => String::new(),
        names => format!(", held by {}", names.join(" and ")),
    };
    Some(
        Fix::asked(format!("Make one seat of the two{held}"))
            .edit(here.file, edits)
            .edit(there.file, out),
    )
}

/// Whom the one seat works with: everybody whom the two work with, and not itself.
fn links(here: &Mend<'_>, role: &Role, other: &Role, sides: [RoleIx; 2]) -> Option<Vec<TextEdit>> {
    let is_side = |known: Option<RoleIx>| known.is_some_and(|known| sides.contains(&known));
    let mut names: Vec<&str> = Vec::new();
    for name in role.works_with.iter().chain(&other.works_with) {
        if !is_side(name.role) && !names.contains(&&*name.name.text) {
            names.push(&name.name.text);
        }
    }
    let value = here.entry(role)?.value;
    let editor = here.editor();
    match entry_of(value, "works_with") {
        Some(entry) if names.is_empty() => editor.remove_entry(entry),
        Some(entry) => editor.set(entry, &Value::list(names)),
        None if names.is_empty() => Some(Vec::new()),
        None => editor.add(value, None, &[("works_with", Value::list(names))]),
    }
}

/// The lines that the seat does not have yet, and the edits that put words in place of a mere id. No words are lost.
fn duties(
    here: &Mend<'_>,
    role: &Role,
    there: &Mend<'_>,
    other: &Role,
) -> Option<(Vec<Piece>, Vec<TextEdit>)> {
    let own: Vec<&Duty> = role
        .duties
        .iter()
        .flat_map(|duties| duties.real())
        .collect();
    let list = here.source.tree.item(own.first()?.span)?.list;
    let in_brackets = list.kind() == Kind::Sequence { flow: true };
    let (mut moved, mut edits) = (Vec::new(), Vec::new());
    let mut filled: Vec<DutyIx> = Vec::new();
    for line in other.duties.iter().flat_map(|duties| duties.real()) {
        let duty = line.owned().map(|said| said.duty);
        let is_same = |known: &&&Duty| {
            let same_words = words(known) == words(line);
            same_words || (is_bare(line) && duty.is_some() && says(known, duty))
        };
        if own.iter().find(is_same).is_some() {
            continue;
        }
        let (piece, _) = there.take_duty(line)?;
        let mut bare = own
            .iter()
            .filter(|known| is_bare(known) && says(known, duty));
        let is_simple = piece.lines.len() == 1 && piece.above.is_empty() && piece.inside.is_empty();
        match (bare.next(), duty) {
            (Some(known), Some(duty))
                if is_simple && line.pin.is_some() && !filled.contains(&duty) =>
            {
                filled.push(duty);
                let text = match in_brackets {
                    true => piece.flow,
                    false => piece.lines.concat(),
                };
                edits.push(TextEdit::replace(known.span, text));
            }
            _ => moved.push(piece),
        }
    }
    Some((moved, edits))
}

fn says(line: &Duty, duty: Option<DutyIx>) -> bool {
    line.all_owned().any(|said| Some(said.duty) == duty)
}

fn is_bare(line: &Duty) -> bool {
    line.text.is_none() && line.pin.as_ref().is_some_and(|pin| pin.span == line.span)
}

fn words(line: &Duty) -> String {
    let words: Vec<&str> = line.words().split_whitespace().collect();
    words.join(" ").to_lowercase()
}
