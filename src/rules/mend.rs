//! What the mends of several rules share: edits on seats and duties.

use std::sync::Arc;

use super::FixContext;
use crate::spec::{Duty, Role, RoleForm, SourceFile, Unit, UnitKind};
use crate::syntax::{Editor, Entry, Kind, Node, Piece, Value};
use crate::text::{Span, TextEdit};
use crate::workspace::{FileId, Group, UnitFacts};

/// A file that is being mended.
pub(super) struct Mend<'a> {
    context: &'a FixContext<'a>,
    /// Which file.
    pub file: FileId,
    /// The file.
    pub source: Arc<SourceFile>,
}

impl<'a> Mend<'a> {
    /// The file of the finding.
    pub fn own(context: &'a FixContext<'a>) -> Option<Self> {
        Self::of(context, context.finding.file)
    }

    /// Another file of the organisation.
    pub fn of(context: &'a FixContext<'a>, file: FileId) -> Option<Self> {
        Some(Self {
            context,
            file,
            source: context.source(file)?,
        })
    }

    /// What makes edits.
    pub fn editor(&self) -> Editor<'_> {
        Editor::new(&self.source.tree)
    }

    /// The team or product that a place lies in.
    pub fn unit(&self, at: Span) -> Option<&Unit> {
        let mut units = self.source.spec.units();
        units.find(|unit| unit.span.start <= at.start && at.end <= unit.span.end)
    }

    /// The seat that a place lies in, be it in the key or in the value.
    pub fn seat(&self, at: Span) -> Option<(&Unit, &Role)> {
        let units = self.source.spec.units();
        let mut seats = units.flat_map(|unit| unit.roles.iter().map(move |role| (unit, role)));
        seats.find(|(_, role)| {
            let whole = role.key.name.span.to(role.span);
            whole.start <= at.start && at.end <= whole.end
        })
    }

    /// The seat and the duty that a place lies in.
    pub fn duty(&self, at: Span) -> Option<(&Unit, &Role, &Duty)> {
        let (unit, role) = self.seat(at)?;
        let mut duties = role.duties.iter().flat_map(|duties| &duties.items);
        let duty = duties.find(|duty| duty.span.start <= at.start && at.end <= duty.span.end)?;
        Some((unit, role, duty))
    }

    /// The entry of a seat in the tree.
    pub fn entry(&self, role: &Role) -> Option<Entry<'_>> {
        let key = role.key.name.span;
        self.source
            .tree
            .entry(key)
            .filter(|entry| entry.key.span() == key)
    }

    /// Adds keys to a seat, in whatever way it is written.
    pub fn add_keys(&self, role: &Role, keys: &[(&str, Value)]) -> Option<Vec<TextEdit>> {
        let entry = self.entry(role)?;
        let editor = self.editor();
        match role.form {
            RoleForm::Group => editor.add(entry.value, None, keys),
            RoleForm::Name => editor.expand(entry, "holder", keys),
            RoleForm::List => editor.expand(entry, "holders", keys),
            RoleForm::Nothing => {
                let keys = keys
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), value.clone()));
                editor.fill(entry, &Value::Keys(keys.collect()))
            }
        }
    }

    /// Adds a role to one of the lists of a seat, such as `works_with`, which is made where there is none.
    pub fn add_to_list(&self, role: &Role, key: &'static str, word: &str) -> Option<Vec<TextEdit>> {
        let entry = self.entry(role)?;
        let known = (role.form == RoleForm::Group)
            .then(|| {
                let mut entries = entry.value.entries();
                entries.find(|(name, _)| name.text() == Some(key))
            })
            .flatten();
        let Some((key_node, value)) = known else {
            // What a merge key (`<<`) brings along would be gone with a list of its own.
            let is_merged = key == "works_with" && !role.works_with.is_empty();
            let is_free = !is_merged || role.form != RoleForm::Group;
            return is_free.then(|| self.add_keys(role, &[(key, Value::list([word]))]))?;
        };
        let list = Entry {
            mapping: entry.value,
            key: key_node,
            value,
        };
        let editor = self.editor();
        match value.kind() {
            Kind::Sequence { .. } => editor.push(value, &[Piece::text(word)]),
            Kind::Scalar(_) if value.is_null() => editor.fill(list, &Value::list([word])),
            Kind::Empty => editor.fill(list, &Value::list([word])),
            Kind::Scalar(_) => editor.set(list, &Value::list([value.text()?, word])),
            _ => None,
        }
    }

    /// Adds duties to a seat. Where the catalog's duties are assumed, they are written out first, so that none of
    /// them is lost; `in_place_of` says which of them `pieces` stand for.
    pub fn add_duties(
        &self,
        role: &Role,
        pieces: &[Piece],
        in_place_of: &[&str],
    ) -> Option<Vec<TextEdit>> {
        let editor = self.editor();
        let Some(duties) = &role.duties else {
            let assumed = self.assumed(role);
            let mut all: Vec<Piece> = assumed
                .iter()
                .filter(|id| !in_place_of.contains(&id.as_str()))
                .map(|id| Piece::text(id))
                .collect();
            all.extend(pieces.iter().cloned());
            return self.add_keys(role, &[("duties", Value::Items(all))]);
        };
        let entry = self.source.tree.entry(duties.key.span)?;
        match entry.value.kind() {
            // `duties: []` was empty; lines below it read better.
            Kind::Sequence { flow: true } if entry.value.items().next().is_none() => {
                editor.fill(entry, &Value::Items(pieces.to_vec()))
            }
            Kind::Sequence { .. } => editor.push(entry.value, pieces),
            Kind::Empty | Kind::Scalar(_) if entry.value.is_null() => {
                editor.fill(entry, &Value::Items(pieces.to_vec()))
            }
            _ => None,
        }
    }

    /// Adds a row to `shared:` of a team or product, which is made where there is none.
    pub fn share(
        &self,
        unit: &Unit,
        duty: &str,
        accountable: &str,
        responsible: &[&str],
    ) -> Option<Vec<TextEdit>> {
        let row = Value::Map(vec![
            ("duty", Value::text(duty)),
            ("accountable", Value::text(accountable)),
            ("responsible", Value::list(responsible.iter().copied())),
        ]);
        let piece = Piece {
            above: Vec::new(),
            inside: Vec::new(),
            lines: vec![row.flow()],
            flow: row.flow(),
        };
        let document = self.document(unit)?;
        let editor = self.editor();
        let shared = document
            .entries()
            .find(|(key, _)| key.text() == Some("shared"));
        let Some((key, value)) = shared else {
            return editor.add(document, None, &[("shared", Value::Items(vec![piece]))]);
        };
        let entry = Entry {
            mapping: document,
            key,
            value,
        };
        if value.is_null() {
            return editor.fill(entry, &Value::Items(vec![piece]));
        }
        editor.push(value, &[piece])
    }

    /// The mapping of a team or product.
    pub fn document(&self, unit: &Unit) -> Option<Node<'_>> {
        let tree = &self.source.tree;
        let mut roots = tree
            .documents()
            .iter()
            .filter_map(|document| tree.root(document));
        roots.find(|root| root.span() == unit.span)
    }

    /// The ids of the duties that the catalog gives to a seat, in the catalog's order.
    pub fn assumed(&self, role: &Role) -> Vec<String> {
        let catalog = self.context.catalog();
        catalog
            .duties()
            .filter(|(_, def)| role.is(def.role, catalog))
            .map(|(_, def)| def.id.clone())
            .collect()
    }

    /// Takes a duty out of its list, to be put somewhere else.
    pub fn take_duty(&self, duty: &Duty) -> Option<(Piece, Vec<TextEdit>)> {
        let item = self.source.tree.item(duty.span)?;
        (item.node.span() == duty.span)
            .then(|| self.editor().take(item))
            .flatten()
    }

    /// Empties a seat: the holder makes place for `vacant:`, with the day where it is known.
    pub fn vacate(&self, role: &Role, since: Option<&str>) -> Option<Vec<TextEdit>> {
        let since: Vec<_> = since
            .map(|day| ("since", day.to_owned()))
            .into_iter()
            .collect();
        self.vacate_with(role, &since)
    }

    /// Where a seat names its holders: `holder:` and `holders:` of a group, else the seat itself.
    pub fn holder_entries(&self, role: &Role) -> Option<Vec<Entry<'_>>> {
        let entry = self.entry(role)?;
        if role.form != RoleForm::Group {
            return Some(vec![entry]);
        }
        let named = entry.value.entries().map(|(key, value)| Entry {
            mapping: entry.value,
            key,
            value,
        });
        let is_holder = |entry: &Entry<'_>| matches!(entry.key.text(), Some("holder" | "holders"));
        Some(named.filter(is_holder).collect())
    }

    /// Empties a seat: whoever holds it makes place for `vacant:`, with what is known of `since` and `cover`.
    pub fn vacate_with(
        &self,
        role: &Role,
        vacancy: &[(&'static str, String)],
    ) -> Option<Vec<TextEdit>> {
        // Somebody sits there after all, or it is said already.
        if role.vacant.is_some() || role.filled {
            return None;
        }
        let vacant = match vacancy {
            [] => Value::True,
            keys => {
                let keys = keys
                    .iter()
                    .map(|(key, text)| (*key, Value::text(text.as_str())));
                Value::Map(keys.collect())
            }
        };
        let editor = self.editor();
        let places = self.holder_entries(role)?;
        let [entry] = places.as_slice() else {
            return None;
        };
        if role.form != RoleForm::Group {
            return editor.rewrite(*entry, &Value::Map(vec![("vacant", vacant)]).flow());
        }
        let mut edits = vec![editor.replace(entry.key, "vacant")?];
        edits.extend(editor.rewrite(*entry, &vacant.flow())?);
        Some(edits)
    }

    /// What the index knows of a team or product of the file, and the product with its teams that it belongs to.
    pub fn group(&self, unit: &Unit) -> Option<(&'a Group, &'a UnitFacts)> {
        let index = self.context.index;
        let is_it = |facts: &UnitFacts| {
            facts.file == self.file && facts.kind == unit.kind && facts.id.span == unit.id.span
        };
        let named = match unit.kind {
            UnitKind::Team => index.team(&unit.id.text),
            UnitKind::Product => index.product(&unit.id.text),
        };
        let own = named.filter(|known| is_it(index.unit(*known)));
        // One of two with the same id.
        let other = || index.units().find(|(_, facts)| is_it(facts));
        let own = own.or_else(|| other().map(|(known, _)| known))?;
        let mut groups = index.groups().iter();
        let group =
            groups.find(|group| group.product == Some(own) || group.teams.contains(&own))?;
        Some((group, index.unit(own)))
    }
}
