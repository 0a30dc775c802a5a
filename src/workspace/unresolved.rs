use ecow::EcoString;

use crate::catalog::{BUILTIN_NAMES, Catalog, CatalogDocument, simple_name};
use crate::spec::{Duty, Role, RoleName, Unit};
use crate::syntax::Name;

/// A name that the catalog does not know where a name of the catalog should stand. Whether it is a mistake is
/// for the rules to say: other files may define it.
#[derive(Debug)]
pub struct Unresolved {
    /// What it should name.
    pub kind: UnresolvedKind,
    /// The role, row or duty that names it.
    pub place: EcoString,
    /// The name.
    pub name: Name,
}

/// Where an [`Unresolved`] name stands, and so what it should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnresolvedKind {
    /// A role, under `works_with`.
    WorksWith,
    /// A role, under `combines`.
    Combines,
    /// A role, under `accountable` or `responsible`.
    Shared,
    /// A duty, by its id.
    Pin,
    /// Perhaps a duty: a line of one word.
    OneWord,
    /// Perhaps a duty: a row of `shared` may name one of the team's own.
    SharedDuty,
    /// A role, in a duty of a catalog.
    DutyRole,
    /// A role, under `combines` in a catalog.
    CatalogCombines,
    /// A duty, under `look_alikes` in a catalog.
    LookAlike,
}

/// The names in a team or product that the catalog does not know.
pub(super) fn of_unit(unit: &Unit, catalog: &Catalog) -> Box<[Unresolved]> {
    let mut found = Vec::new();
    for role in &unit.roles {
        of_role(role, catalog, &mut found);
    }
    for row in &unit.shared {
        let place = row.duty.as_ref().map_or("shared", |duty| &duty.text);
        let roles = row.accountable.iter().chain(&row.responsible);
        push_roles(UnresolvedKind::Shared, place, roles, &mut found);
        if let Some(duty) = &row.duty
            && catalog.find_duty(&duty.text).is_none()
        {
            push(UnresolvedKind::SharedDuty, "shared", duty, &mut found);
        }
    }
    found.into()
}

fn of_role(role: &Role, catalog: &Catalog, found: &mut Vec<Unresolved>) {
    let place = &*role.key.name.text;
    push_roles(UnresolvedKind::WorksWith, place, &role.works_with, found);
    push_roles(UnresolvedKind::Combines, place, &role.combines, found);
    for duty in role.duties.iter().flat_map(|duties| duties.real()) {
        match (&duty.pin, &duty.text) {
            (Some(pin), _) if catalog.find_duty(&pin.text).is_none() => {
                push(UnresolvedKind::Pin, place, pin, found);
            }
            (None, Some(text)) if is_one_unread_word(duty, text) => {
                push(UnresolvedKind::OneWord, place, text, found);
            }
            _ => {}
        }
    }
}

fn is_one_unread_word(duty: &Duty, text: &Name) -> bool {
    duty.reading.is_none() && !text.text.contains(char::is_whitespace)
}

fn push_roles<'r>(
    kind: UnresolvedKind,
    place: &str,
    roles: impl IntoIterator<Item = &'r RoleName>,
    found: &mut Vec<Unresolved>,
) {
    for role in roles {
        if role.role.is_none() {
            push(kind, place, &role.name, found);
        }
    }
}

fn push(kind: UnresolvedKind, place: &str, name: &Name, found: &mut Vec<Unresolved>) {
    found.push(Unresolved {
        kind,
        place: place.into(),
        name: name.clone(),
    });
}

/// The names in a catalog that neither it nor the catalogs below it define. `catalog` is the one in force, which
/// `document` may be a layer of.
pub(super) fn of_catalog(document: &CatalogDocument, catalog: &Catalog) -> Vec<Unresolved> {
    let mut found = Vec::new();
    let below = Below::of(document, catalog);
    let knows_role = |name: &Name| defines_role(document, &name.text) || below.role(&name.text);
    for role in &document.roles {
        for part in role.combines.iter().flatten() {
            if !knows_role(part) {
                push(
                    UnresolvedKind::CatalogCombines,
                    &role.id.text,
                    part,
                    &mut found,
                );
            }
        }
    }
    for duty in &document.duties {
        let place = &*duty.id.text;
        if let Some(role) = &duty.role
            && !knows_role(role)
        {
            push(UnresolvedKind::DutyRole, place, role, &mut found);
        }
        for other in duty.look_alikes.iter().flatten() {
            let own = document
                .duties
                .iter()
                .any(|known| known.id.text == other.duty.text);
            if !own && !below.duty(&other.duty.text) {
                push(UnresolvedKind::LookAlike, place, &other.duty, &mut found);
            }
        }
    }
    found
}

fn defines_role(document: &CatalogDocument, name: &str) -> bool {
    let name = simple_name(name);
    document.roles.iter().any(|role| {
        let aliases = role.aliases.iter().flatten().map(|alias| &*alias.text);
        aliases
            .chain(role.title.as_deref())
            .chain([&*role.id.text])
            .any(|known| simple_name(known) == name)
    })
}

/// What stands below a catalog document.
enum Below<'c> {
    /// The layers of the catalog in force before this one. A role that only this layer mentions has been
    /// made up for it, so its origin tells.
    Layers(&'c Catalog, usize),
    /// A built-in catalog.
    BuiltIn(Box<Catalog>),
    /// A file that is not in force: what it defines is not known here.
    Unknown,
}

impl<'c> Below<'c> {
    fn of(document: &CatalogDocument, catalog: &'c Catalog) -> Self {
        let id = &*document.id.text;
        if let Some(layer) = catalog.layers.iter().rposition(|layer| layer.id == id) {
            return Self::Layers(catalog, layer);
        }
        match document.extends.as_ref().map_or("popm", |base| &base.text) {
            base if BUILTIN_NAMES.contains(&base) => {
                Self::BuiltIn(Box::new(Catalog::builtin(base)))
            }
            _ => Self::Unknown,
        }
    }

    fn role(&self, name: &str) -> bool {
        match self {
            Self::Layers(catalog, layer) => catalog
                .find_role(name)
                .is_some_and(|role| catalog.role(role).origin < *layer),
            Self::BuiltIn(catalog) => catalog.find_role(name).is_some(),
            Self::Unknown => true,
        }
    }

    fn duty(&self, id: &str) -> bool {
        match self {
            Self::Layers(catalog, layer) => catalog
                .find_duty(id)
                .is_some_and(|duty| catalog.duty(duty).origin <= *layer),
            Self::BuiltIn(catalog) => catalog.find_duty(id).is_some(),
            Self::Unknown => true,
        }
    }
}
