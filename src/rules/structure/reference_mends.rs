//! The mends of `unresolved-reference`: another name, or what the name should lead to.

use std::path::PathBuf;

use super::is_config;
use super::unresolved_reference::{near_roles, near_roles_but};
use crate::catalog::{BUILTIN_NAMES, Model, RoleIx, simple_name};
use crate::rules::own_catalog::OwnCatalog;
use crate::rules::{Fix, FixContext};
use crate::spec::{Document, Role, SourceFile, Unit, UnitKind};
use crate::syntax::{Editor, Node, Step, Value, near, plain_scalar};
use crate::text::Span;
use crate::workspace::{FileId, Group};

/// What a name should lead to, with what it stands in.
enum What<'s> {
    Product(&'s Unit),
    Team(&'s Unit),
    Role(&'s Unit),
    /// A duty; where it is a pin, the seat whose line it stands before.
    Duty(Option<&'s Role>),
    CatalogRole,
    LookAlike,
    Catalog,
}

pub(super) fn fix(context: &FixContext<'_>) -> Vec<Fix> {
    mends(context).unwrap_or_default()
}

fn mends(context: &FixContext<'_>) -> Option<Vec<Fix>> {
    let source = context.own_source()?;
    let what = if is_config(context) {
        What::Catalog
    } else {
        what(&source, context.finding.span)?
    };
    let mends = Mends {
        context,
        node: node_at(&source, context.finding.span)?,
        source: &source,
    };
    Some(match what {
        What::Product(unit) => mends.of_unit(unit, UnitKind::Product),
        What::Team(unit) => mends.of_unit(unit, UnitKind::Team),
        What::Role(unit) => mends.of_role(unit),
        What::Duty(seat) => mends.of_duty(seat),
        What::CatalogRole => mends.of_catalog_role(),
        What::LookAlike => mends.write_each(&mends.near_duties()),
        What::Catalog => mends.of_catalog(),
    })
}

/// The name at a place, be it a key or a value.
fn node_at(source: &SourceFile, span: Span) -> Option<Node<'_>> {
    let step = source.tree.steps(span).pop()?;
    let key = match step {
        Step::Entry(entry) => Some(entry.key),
        _ => None,
    };
    let mut nodes = key.into_iter().chain([step.node()]);
    nodes.find(|node| node.span() == span)
}

fn what(source: &SourceFile, at: Span) -> Option<What<'_>> {
    source
        .spec
        .documents
        .iter()
        .find_map(|document| match document {
            Document::Unit(unit) => in_unit(unit, at),
            Document::Catalog(document) => {
                let is_extends = document.extends.as_ref().map(|name| name.span) == Some(at);
                let mut duties = document.duties.iter();
                let of_duty =
                    duties.any(|duty| duty.role.as_ref().map(|name| name.span) == Some(at));
                let mut parts = document
                    .roles
                    .iter()
                    .flat_map(|role| role.combines.iter().flatten());
                let mut others = document
                    .duties
                    .iter()
                    .flat_map(|duty| duty.look_alikes.iter().flatten());
                if is_extends {
                    Some(What::Catalog)
                } else if of_duty || parts.any(|part| part.span == at) {
                    Some(What::CatalogRole)
                } else {
                    others
                        .any(|other| other.duty.span == at)
                        .then_some(What::LookAlike)
                }
            }
            Document::People(_) => None,
        })
}

fn in_unit(unit: &Unit, at: Span) -> Option<What<'_>> {
    if unit.product.as_ref().map(|name| name.span) == Some(at) && unit.kind == UnitKind::Team {
        return Some(What::Product(unit));
    }
    if unit.teams.iter().flatten().any(|team| team.span == at) && unit.kind == UnitKind::Product {
        return Some(What::Team(unit));
    }
    let of_seats = unit
        .roles
        .iter()
        .flat_map(|role| role.works_with.iter().chain(&role.combines));
    let of_rows = unit
        .shared
        .iter()
        .flat_map(|row| row.accountable.iter().chain(&row.responsible));
    if of_seats.chain(of_rows).any(|role| role.name.span == at) {
        return Some(What::Role(unit));
    }
    let mut rows = unit.shared.iter().filter_map(|row| row.duty.as_ref());
    if rows.any(|duty| duty.span == at) {
        return Some(What::Duty(None));
    }
    unit.roles.iter().find_map(|role| {
        role.duties
            .iter()
            .flat_map(|duties| &duties.items)
            .find_map(|duty| {
                let is_at = |name: &Option<crate::syntax::Name>| {
                    name.as_ref().is_some_and(|name| name.span == at)
                };
                if is_at(&duty.pin) {
                    return Some(What::Duty(Some(role)));
                }
                is_at(&duty.text).then_some(What::Duty(None))
            })
    })
}

struct Mends<'a> {
    context: &'a FixContext<'a>,
    source: &'a SourceFile,
    /// The name.
    node: Node<'a>,
}

impl Mends<'_> {
    fn name(&self) -> &str {
        self.node.text().unwrap_or_default().trim()
    }

    fn file(&self) -> FileId {
        self.context.finding.file
    }

    fn write(&self, word: &str) -> Option<Fix> {
        let edit = Editor::new(&self.source.tree).replace(self.node, word)?;
        Some(Fix::asked(format!("Write `{word}`")).edit(self.file(), [edit]))
    }

    fn write_each<T: AsRef<str>>(&self, words: &[T]) -> Vec<Fix> {
        let words = words.iter().map(AsRef::as_ref);
        words.filter_map(|word| self.write(word)).collect()
    }

    fn near_duties(&self) -> Vec<&str> {
        let duties = self.context.catalog().duties();
        let ids = near(self.name(), duties.map(|(_, duty)| duty.id.as_str()));
        let others = ids.into_iter().filter(|(slips, _)| *slips > 0);
        others.map(|(_, id)| id).collect()
    }

    fn of_unit(&self, unit: &Unit, kind: UnitKind) -> Vec<Fix> {
        let mut ids: Vec<&str> = Vec::new();
        // Two ids that differ in capitals alone would only mislead, and so would their files.
        let mut is_new = true;
        for (slips, id) in near(self.name(), self.context.index.ids(kind)) {
            is_new &= slips > 0;
            if !id.is_empty() && !ids.contains(&id) {
                ids.push(id);
            }
        }
        let mut fixes = self.write_each(&ids);
        fixes.extend(is_new.then(|| self.new_file(unit, kind)).flatten());
        fixes
    }

    /// A file for a team or product that has none, beside this one.
    fn new_file(&self, unit: &Unit, kind: UnitKind) -> Option<Fix> {
        let id = self.name();
        let is_plain = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
        let stem = match id.chars().all(is_plain) && !id.starts_with('.') {
            true => id.to_owned(),
            false => simple_name(id),
        };
        if stem.is_empty() {
            return None;
        }
        let mut lines = vec![format!("{}: {}", kind.name(), plain_scalar(id))];
        if kind == UnitKind::Team && !unit.id.text.is_empty() {
            lines.push(format!("product: {}", plain_scalar(&unit.id.text)));
        }
        if kind == UnitKind::Product
            && let Some((model, _)) = unit.model
        {
            lines.push(format!("model: {}", model.name()));
        }
        let roles = self.needed(unit, kind);
        if !roles.is_empty() {
            lines.push("roles:".to_owned());
            let catalog = self.context.catalog();
            let ids = roles.iter().map(|role| &catalog.role(*role).id);
            lines.extend(ids.map(|id| format!("  {id}: {{vacant: true}}")));
        }
        let name = format!("{stem}.roles.yaml");
        let path = self.folder()?.join(&name);
        let fix = Fix::asked(format!("Add `{name}` for {} `{id}`", kind.name()));
        Some(fix.create(path, self.text(&lines)))
    }

    fn folder(&self) -> Option<PathBuf> {
        let path = self.context.path(self.file());
        Some(path.parent()?.to_owned())
    }

    /// Lines with the line breaks of the file that the finding is in.
    fn text(&self, lines: &[String]) -> String {
        let newline = Editor::new(&self.source.tree).newline();
        let lines = lines.iter().map(|line| format!("{line}{newline}"));
        lines.collect()
    }

    /// The roles that the model asks for in a new team or product.
    fn needed(&self, unit: &Unit, kind: UnitKind) -> Vec<RoleIx> {
        let index = self.context.index;
        let catalog = self.context.catalog();
        let (Some(manager), Some(owner)) = (catalog.product_manager(), catalog.product_owner())
        else {
            return Vec::new();
        };
        let Some(group) = self.context.group_of(self.file(), unit) else {
            return Vec::new();
        };
        let has = |role| group.seats_of(index, role).next().is_some();
        match (kind, group.model) {
            (UnitKind::Team, model) => {
                let wanted =
                    model.needs_product_owner_per_team() && !of_product(group, self, owner);
                wanted.then_some(owner).into_iter().collect()
            }
            (_, Model::Combined) => {
                let both = [manager, owner];
                let popm = catalog
                    .roles()
                    .find(|(_, role)| both.iter().all(|side| role.combines.contains(side)));
                match (has(manager), has(owner)) {
                    (false, false) => popm.map_or(both.to_vec(), |(popm, _)| vec![popm]),
                    (manages, owns) => [(manages, manager), (owns, owner)]
                        .into_iter()
                        .filter_map(|(has, role)| (!has).then_some(role))
                        .collect(),
                }
            }
            (_, model) => {
                let wanted = match () {
                    () if model.needs_product_manager() => Some(manager),
                    () if model.has_one_product_owner() => Some(owner),
                    () => None,
                };
                wanted.filter(|role| !has(*role)).into_iter().collect()
            }
        }
    }

    fn of_role(&self, unit: &Unit) -> Vec<Fix> {
        let index = self.context.index;
        let catalog = self.context.catalog();
        let mut ids = near_roles(self.name(), catalog);
        let group = self.context.group_of(self.file(), unit);
        let own: Vec<&str> = group
            .iter()
            .flat_map(|group| group.units(index))
            .flat_map(|unit| unit.own_roles().iter().map(|role| &**role))
            .collect();
        for (_, id) in near(self.name(), own) {
            if ids.iter().all(|known| known != id) {
                ids.push(id.to_owned());
            }
        }
        let mut fixes = self.write_each(&ids);
        if let Some(held) = self.held_seat() {
            // A person where a role should be.
            fixes.extend(self.write(&held));
            return fixes;
        }
        let scope = match unit.kind {
            UnitKind::Team => "team",
            UnitKind::Product => "product",
        };
        fixes.extend(self.define_role(OwnCatalog::of(self.context), scope));
        fixes
    }

    /// The seat that the finding says the named person holds.
    fn held_seat(&self) -> Option<String> {
        let related = self.context.finding.related.first()?;
        let source = self.context.source(related.file)?;
        let mut roles = source.spec.units().flat_map(|unit| &unit.roles);
        let role = roles.find(|role| role.key.name.span == related.span)?;
        Some(match role.key.role {
            Some(known) => self.context.catalog().role(known).id.clone(),
            None => role.key.name.text.to_string(),
        })
    }

    fn define_role(&self, catalog: Option<OwnCatalog<'_>>, scope: &str) -> Option<Fix> {
        let catalog = catalog?;
        let id = simple_name(self.name());
        if id.is_empty() {
            return None;
        }
        let edits = catalog.add_role(&id, vec![("scope", Value::text(scope))])?;
        let title = format!("Add the role `{id}` to the catalog `{}`", catalog.id);
        Some(Fix::asked(title).edit(catalog.file(), edits))
    }

    fn of_duty(&self, seat: Option<&Role>) -> Vec<Fix> {
        let mut fixes = self.write_each(&self.near_duties());
        let define = || {
            let role = seat?.key.role?;
            let catalog = OwnCatalog::of(self.context)?;
            let id = self.name();
            let edits = catalog.add_duty(id, &self.context.catalog().role(role).id)?;
            let title = format!("Add the duty `{id}` to the catalog `{}`", catalog.id);
            Some(Fix::asked(title).edit(catalog.file(), edits))
        };
        fixes.extend(define());
        fixes
    }

    fn of_catalog_role(&self) -> Vec<Fix> {
        let ids = near_roles_but(self.name(), self.context.catalog());
        let mut fixes = self.write_each(&ids);
        let here = OwnCatalog::at(self.context, self.file(), self.node.span());
        fixes.extend(self.define_role(here, "team"));
        fixes
    }

    fn of_catalog(&self) -> Vec<Fix> {
        let name = self.name();
        let is_missing = *self.context.finding.message == *format!("there is no catalog `{name}`");
        if is_missing {
            let near = near(name, BUILTIN_NAMES.iter().copied());
            let near: Vec<&str> = near.into_iter().map(|(_, name)| name).collect();
            let mut fixes = self.write_each(&near);
            fixes.extend(self.new_catalog());
            return fixes;
        }
        let key = self.source.tree.entry(self.node.span());
        let extends = key.is_some_and(|entry| entry.key.text() == Some("extends"));
        // What is built in stands on nothing of this organisation.
        let instead = extends.then(|| self.write("popm")).flatten();
        instead.into_iter().collect()
    }

    fn new_catalog(&self) -> Option<Fix> {
        let name = self.name();
        let path = self.folder()?.join(name);
        // Nothing is written outside of the folder that the file lies in.
        let is_here = std::path::Path::new(name).components().all(|part| {
            matches!(
                part,
                std::path::Component::Normal(_) | std::path::Component::CurDir
            )
        });
        if !is_here {
            return None;
        }
        let is_yaml = path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml");
        let id = simple_name(path.file_name()?.to_str()?.split('.').next()?);
        if !is_yaml || id.is_empty() || BUILTIN_NAMES.contains(&id.as_str()) {
            return None;
        }
        let lines = [format!("catalog: {id}"), "extends: popm".to_owned()];
        let fix = Fix::asked(format!("Add the catalog `{name}`"));
        Some(fix.create(path, self.text(&lines)))
    }
}

/// Whether the product of a group has a role that then counts for all its teams.
fn of_product(group: &Group, mends: &Mends<'_>, role: RoleIx) -> bool {
    group.product.is_some_and(|product| {
        let facts = mends.context.index.unit(product);
        facts.seats.iter().any(|seat| seat.is(role))
    })
}
