//! Makes one person of two entries of the people documents, wherever files name the second.

use std::collections::HashSet;

use super::holders;
use super::roster::spelled;
use crate::rules::mend::Mend;
use crate::rules::{Fix, FixContext};
use crate::spec::{Holder, PERSON_KEYS, Role, Unit};
use crate::syntax::{Entry, Item, Kind, Name, Node, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::{FileId, PersonFact};

/// In how many files names are looked for while somebody waits.
const MAX_FILES: usize = 10_000;

/// Either of the two may stay; where there are more than two, the first does.
pub(super) fn fixes(context: &FixContext<'_>) -> Vec<Fix> {
    if context.index.files().len() > MAX_FILES {
        return Vec::new();
    }
    let finding = context.finding;
    let person = |file: FileId, span: Span| {
        let mut people = context.index.people();
        people.find(|person| person.file == file && person.id.span == span)
    };
    let second = person(finding.file, finding.span);
    let first = finding
        .related
        .first()
        .and_then(|first| person(first.file, first.span));
    let (Some(first), Some(second)) = (first, second) else {
        return Vec::new();
    };
    let merges = [(first, second), (second, first)].map(|(kept, gone)| Merge {
        context,
        kept,
        gone,
    });
    let alone = !context.index.people().any(|third| {
        let is_third = [first, second]
            .iter()
            .all(|known| !std::ptr::eq(*known, third));
        is_third && [first, second].iter().any(|known| alike(known, third))
    });
    let merges = merges.iter().take(if alone { 2 } else { 1 });
    merges.filter_map(Merge::fix).collect()
}

/// Whether two entries have one name or one e-mail address.
fn alike(a: &PersonFact, b: &PersonFact) -> bool {
    let same = |a: &Option<Name>, b: &Option<Name>| match (a, b) {
        (Some(a), Some(b)) => spelled(&a.text) == spelled(&b.text),
        _ => false,
    };
    same(&a.name, &b.name) || same(&a.email, &b.email)
}

struct Merge<'a> {
    context: &'a FixContext<'a>,
    kept: &'a PersonFact,
    gone: &'a PersonFact,
}

impl Merge<'_> {
    fn fix(&self) -> Option<Fix> {
        let (kept, gone) = (self.kept, self.gone);
        let same_id = self.context.index.people().filter(|person| {
            let id = spelled(&person.id.text);
            id == spelled(&gone.id.text) || id == spelled(&kept.id.text)
        });
        if same_id.count() != 2 {
            return None;
        }
        let title = format!(
            "Use `{}` everywhere and remove `{}`",
            kept.id.text, gone.id.text
        );
        let mut fix = Fix::asked(title);
        let theirs = self.read(kept.file)?;
        let carried = self.carried()?;
        if !carried.is_empty() {
            fix = fix.edit(kept.file, carry(&theirs, kept, &carried)?);
        }
        fix = fix.edit(gone.file, self.remove()?);
        for facts in self.context.index.files() {
            // Few files name somebody: most need not be read as YAML.
            if facts.units.is_empty() || !self.context.mentions(facts.file, &gone.id.text)? {
                continue;
            }
            let edits = self.in_file(facts.file)?;
            if !edits.is_empty() {
                fix = fix.edit(facts.file, edits);
            }
        }
        Some(fix)
    }

    /// What only the entry says that goes; nothing where the two contradict each other.
    fn carried(&self) -> Option<Vec<(&'static str, Value)>> {
        let (kept, gone) = (self.kept, self.gone);
        if kept.left.map(|(day, _)| day) != gone.left.map(|(day, _)| day) {
            return None;
        }
        let mut carried = Vec::new();
        for (key, ours, theirs) in [
            ("name", &gone.name, &kept.name),
            ("email", &gone.email, &kept.email),
        ] {
            match (ours, theirs) {
                (Some(ours), Some(theirs)) if spelled(&ours.text) != spelled(&theirs.text) => {
                    return None;
                }
                (Some(ours), None) => carried.push((key, Value::text(&*ours.text))),
                _ => {}
            }
        }
        Some(carried)
    }

    /// Takes the entry out that goes, unless it says more than can be carried over.
    fn remove(&self) -> Option<Vec<TextEdit>> {
        let mend = self.read(self.gone.file)?;
        let editor = mend.editor();
        let of_list = || {
            let item = mend.source.tree.item(self.gone.id.span)?;
            Some(editor.remove(item))
        };
        let Some(entry) = entry(&mend, self.gone) else {
            return of_list()?;
        };
        let mut keys = entry.value.entries().map(|(key, _)| key.text());
        if !keys.all(|key| key.is_some_and(|key| PERSON_KEYS.contains(&key))) {
            return None;
        }
        // `- ana: {name: Ana Lima}`
        let item = mend.source.tree.item(entry.mapping.span());
        let whole = |item: &Item<'_>| item.node.span() == entry.mapping.span();
        match item.filter(whole) {
            Some(item) if entry.mapping.entries().count() == 1 => editor.remove(item),
            _ => editor.remove_entry(entry),
        }
    }

    /// A file that could be read through: words that are not in the tree may name the one who goes.
    fn read(&self, file: FileId) -> Option<Mend<'_>> {
        let mend = Mend::of(self.context, file)?;
        mend.source.tree.errors().is_empty().then_some(mend)
    }

    fn in_file(&self, file: FileId) -> Option<Vec<TextEdit>> {
        let mend = self.read(file)?;
        let mut seen = HashSet::new();
        let mut edits = Vec::new();
        for unit in mend.source.spec.units() {
            edits.extend(self.in_members(&mend, unit, &mut seen)?);
            for role in &unit.roles {
                edits.extend(self.in_seat(&mend, role, &mut seen)?);
            }
        }
        Some(edits)
    }

    fn in_seat(
        &self,
        mend: &Mend<'_>,
        role: &Role,
        seen: &mut HashSet<Span>,
    ) -> Option<Vec<TextEdit>> {
        let mut edits = Vec::new();
        let also_kept = role.people().any(|holder| self.is_kept(&holder.person));
        let cover = role
            .vacant
            .iter()
            .filter_map(|vacant| vacant.cover.as_ref());
        for (holder, covers) in role
            .people()
            .map(|holder| (holder, false))
            .chain(cover.map(|cover| (cover, true)))
        {
            if !self.is_gone(&holder.person) || !seen.insert(holder.person.span) {
                continue;
            }
            if also_kept && !covers {
                edits.extend(self.drop_holder(mend, role, holder)?);
            } else {
                edits.push(holders::rename(mend, holder, &self.kept.id.text)?);
            }
        }
        Some(edits)
    }

    /// Takes the second of two names of one person out of a seat, where it says no more than the name.
    fn drop_holder(&self, mend: &Mend<'_>, role: &Role, holder: &Holder) -> Option<Vec<TextEdit>> {
        let is_plain = !holder.long_form && holder.note.is_none();
        is_plain.then(|| holders::take_out(mend, role, &[holder]))?
    }

    fn in_members(
        &self,
        mend: &Mend<'_>,
        unit: &Unit,
        seen: &mut HashSet<Span>,
    ) -> Option<Vec<TextEdit>> {
        let members = unit.members.iter().flatten();
        let also_kept = members.clone().any(|member| self.is_kept(member));
        let mut edits = Vec::new();
        for member in members.filter(|member| self.is_gone(member)) {
            if !seen.insert(member.span) {
                continue;
            }
            if also_kept {
                let item = mend.source.tree.item(member.span)?;
                edits.extend(mend.editor().remove(item)?);
            } else {
                let kept = &self.kept.id.text;
                edits.push(holders::rename_at(mend, member.span, &member.text, kept)?);
            }
        }
        Some(edits)
    }

    fn is_gone(&self, name: &Name) -> bool {
        spelled(&name.text) == spelled(&self.gone.id.text)
    }

    fn is_kept(&self, name: &Name) -> bool {
        let called = self.kept.name.as_ref().or(self.gone.name.as_ref());
        let names = std::iter::once(&self.kept.id).chain(called);
        names
            .into_iter()
            .any(|known| spelled(&known.text) == spelled(&name.text))
    }
}

/// The entry of a person; none where people are a plain list.
fn entry<'m>(mend: &'m Mend<'_>, person: &PersonFact) -> Option<Entry<'m>> {
    let entry = mend.source.tree.entry(person.id.span)?;
    (entry.key.span() == person.id.span).then_some(entry)
}

/// Adds what is carried over to the entry that stays.
fn carry(
    mend: &Mend<'_>,
    person: &PersonFact,
    carried: &[(&'static str, Value)],
) -> Option<Vec<TextEdit>> {
    let entry = entry(mend, person)?;
    let editor = mend.editor();
    let value: Node<'_> = entry.value;
    match value.kind() {
        Kind::Mapping { .. } => editor.add(value, None, carried),
        _ if value.is_null() => editor.rewrite(entry, &Value::Map(carried.to_vec()).flow()),
        Kind::Scalar(_) => {
            // `ana: Ana Lima`
            let mut keys = vec![("name", Value::text(value.text()?))];
            keys.extend(carried.iter().cloned());
            editor.rewrite(entry, &Value::Map(keys).flow())
        }
        _ => None,
    }
}
