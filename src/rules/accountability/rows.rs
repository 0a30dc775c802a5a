//! What the mends of the rules about shared duties have in common: edits on rows of `shared`.

use crate::catalog::{Catalog, Model, RoleIx, simple_name};
use crate::rules::FixContext;
use crate::rules::mend::Mend;
use crate::spec::{RoleName, SharedRow, Unit};
use crate::syntax::{Entry, Kind, Node, Piece, Value};
use crate::text::{Span, TextEdit};

/// A row in the file that is mended.
pub(super) struct Row<'m> {
    mend: &'m Mend<'m>,
    /// The team or product.
    pub unit: &'m Unit,
    /// What it says.
    pub row: &'m SharedRow,
    node: Node<'m>,
}

impl<'m> Row<'m> {
    /// The row that a place lies in.
    pub fn at(mend: &'m Mend<'m>, at: Span) -> Option<Self> {
        let units = mend.source.spec.units();
        let mut rows = units.flat_map(|unit| unit.shared.iter().map(move |row| (unit, row)));
        let (unit, row) =
            rows.find(|(_, row)| row.span.start <= at.start && at.end <= row.span.end)?;
        let mut steps = mend
            .source
            .tree
            .steps(row.span)
            .into_iter()
            .map(|step| step.node());
        let node = steps.find(|node| node.span() == row.span && node.is_mapping())?;
        Some(Self {
            mend,
            unit,
            row,
            node,
        })
    }

    /// The model that decides for it.
    pub fn model(&self) -> Option<Model> {
        let (group, facts) = self.mend.group(self.unit)?;
        Some(facts.model.unwrap_or(group.model))
    }

    /// Whether a role is one of the catalog or of the product: another one should not be named once more.
    pub fn knows(&self, role: &RoleName, context: &FixContext<'_>) -> bool {
        let name = simple_name(&role.name.text);
        role.role.is_some()
            || self.mend.group(self.unit).is_some_and(|(group, _)| {
                let mut units = group.units(context.index);
                units.any(|unit| unit.own_roles().iter().any(|own| **own == *name))
            })
    }

    /// What to write for a role: as the row or the team calls it, else its id.
    pub fn written(&self, role: RoleIx, catalog: &Catalog) -> String {
        let row = self.row;
        let named = [
            &row.accountable,
            &row.responsible,
            &row.consulted,
            &row.informed,
        ];
        let seats = self.unit.roles.iter().map(|seat| &seat.key);
        let mut names = named.into_iter().flatten().chain(seats);
        let known = names.find(|name| name.role == Some(role));
        known.map_or_else(
            || catalog.role(role).id.clone(),
            |name| name.name.text.to_string(),
        )
    }

    /// A key of the row with its value.
    pub fn entry(&self, wanted: &str) -> Option<Entry<'m>> {
        let mut entries = self.node.entries();
        let (key, value) = entries.find(|(key, _)| key.text() == Some(wanted))?;
        Some(Entry {
            mapping: self.node,
            key,
            value,
        })
    }

    /// Makes one role accountable, whoever was.
    pub fn account(&self, role: &str) -> Option<Vec<TextEdit>> {
        let editor = self.mend.editor();
        let text = Value::text(role);
        let Some(entry) = self.entry("accountable") else {
            return editor.add(self.node, Some("duty"), &[("accountable", text)]);
        };
        // A list of one stays a list.
        let mut items = entry.value.items();
        match (entry.value.kind(), items.next(), items.next()) {
            (Kind::Sequence { .. }, Some(only), None) => Some(vec![editor.replace(only, role)?]),
            (Kind::Scalar(_), ..) if !entry.value.is_null() => {
                Some(vec![editor.replace(entry.value, role)?])
            }
            _ => editor.rewrite(entry, &text.flow()),
        }
    }

    /// Adds roles under a key of the row, which is made where there is none.
    pub fn add(&self, key: &'static str, roles: &[&str]) -> Option<Vec<TextEdit>> {
        if roles.is_empty() {
            return Some(Vec::new());
        }
        let editor = self.mend.editor();
        let list = Value::list(roles.iter().copied());
        let Some(entry) = self.entry(key) else {
            return editor.add(self.node, self.place(), &[(key, list)]);
        };
        match entry.value.kind() {
            Kind::Sequence { .. } => {
                let pieces: Vec<Piece> = roles.iter().map(|role| Piece::text(role)).collect();
                editor.push(entry.value, &pieces)
            }
            Kind::Scalar(_) if !entry.value.is_null() => {
                let all = entry.value.text().into_iter().chain(roles.iter().copied());
                editor.rewrite(entry, &Value::list(all).flow())
            }
            Kind::Scalar(_) | Kind::Empty => editor.rewrite(entry, &list.flow()),
            _ => None,
        }
    }

    /// The key behind which new ones go: that of who does the work or who answers, unless it has lines below it,
    /// which may be about to go.
    fn place(&self) -> Option<&'static str> {
        let in_lines = |key: &str| {
            let entry = self.entry(key);
            entry.is_some_and(|entry| entry.value.kind() == (Kind::Sequence { flow: false }))
        };
        let mut keys = ["responsible", "accountable", "duty"].into_iter();
        keys.find(|key| self.entry(key).is_some() && !in_lines(key))
    }

    /// Writes one role in place of another under a key.
    pub fn exchange(&self, key: &str, old: &RoleName, new: &str) -> Option<Vec<TextEdit>> {
        let value = self.entry(key)?.value;
        let mut nodes = value.items().chain([value]);
        let node = nodes.find(|node| node.span() == old.name.span)?;
        Some(vec![self.mend.editor().replace(node, new)?])
    }
}

/// Whether two names mean one role.
pub(super) fn same(a: &RoleName, b: &RoleName) -> bool {
    match (a.role, b.role) {
        (None, None) => simple_name(&a.name.text) == simple_name(&b.name.text),
        (a, b) => a == b,
    }
}

/// What to call a role: by its title, else as written.
pub(super) fn title<'a>(catalog: &'a Catalog, role: &'a RoleName) -> &'a str {
    match role.role {
        Some(known) => &catalog.role(known).title,
        None => &role.name.text,
    }
}
