use std::sync::Arc;

use ecow::EcoString;
use smallvec::SmallVec;

use crate::catalog::{Catalog, DutyIx, Model, RoleIx, Scope, simple_name};
use crate::spec::{Document, Role, RoleName, SourceFile, Unit, UnitKind};
use crate::syntax::Name;
use crate::text::Span;

use super::unresolved::{self, Unresolved};
use super::{FileId, Seat};

/// A few roles, without a place of their own in memory.
pub type Roles = SmallVec<[RoleIx; 4]>;

/// What other files need to know of one: as little as possible, because there may be 100,000.
///
/// A copy costs next to nothing.
#[derive(Clone, Debug)]
pub struct FileFacts {
    /// Which file.
    pub file: FileId,
    /// Its teams and products.
    pub units: Arc<[UnitFacts]>,
    /// What hardly any file has.
    other: Option<Arc<OtherFacts>>,
}

/// What other files need to know of documents that are no teams and products.
#[derive(Debug)]
pub struct OtherFacts {
    /// Its people.
    pub people: Vec<PersonFact>,
    /// Whether it has a people document, be it empty.
    pub has_people: bool,
    /// Words that syntax errors keep out of documents that are no teams and products, or that nobody can tell what
    /// they are, as in [`UnitFacts::lost`].
    pub lost: Option<Box<str>>,
    /// The ids of its catalogs.
    pub catalogs: Vec<Name>,
    /// Names in its catalogs that are defined nowhere.
    pub unresolved: Vec<Unresolved>,
}

/// A person of a people document.
#[derive(Debug)]
pub struct PersonFact {
    /// Which file.
    pub file: FileId,
    /// Stable id.
    pub id: Name,
    /// As people call them.
    pub name: Option<Name>,
    /// E-mail address.
    pub email: Option<Name>,
    /// Their last day, with its place.
    pub left: Option<(jiff::civil::Date, Span)>,
}

/// A team or product as other files see it.
#[derive(Debug)]
pub struct UnitFacts {
    /// Which file.
    pub file: FileId,
    /// Team or product.
    pub kind: UnitKind,
    /// Its id; empty where the file names none.
    pub id: Name,
    /// Its display name.
    pub name: Option<EcoString>,
    /// The product that a team names.
    pub product: Option<Name>,
    /// The teams that a product lists.
    pub teams: Box<[Name]>,
    /// The model that it names.
    pub model: Option<Model>,
    /// Its seats.
    pub seats: Box<[Seat]>,
    /// Its rows of `shared`.
    pub shared: Box<[SharedFact]>,
    /// The key `roles`; the id where there is none. Findings about what is missing stand here.
    pub roles_at: Span,
    /// Names that the catalog does not know.
    pub unresolved: Box<[Unresolved]>,
    /// What few units have.
    other: Option<Box<OtherUnitFacts>>,
}

/// What few teams and products have: the others do without the place in memory.
#[derive(Debug, Default)]
struct OtherUnitFacts {
    lost: Option<Box<str>>,
    own_roles: Box<[EcoString]>,
    members: Option<Members>,
}

/// The members of a team.
#[derive(Debug)]
pub struct Members {
    /// Ids or names, as written.
    pub names: Box<[EcoString]>,
    /// All of them.
    pub span: Span,
}

/// A row of `shared`.
#[derive(Debug)]
pub struct SharedFact {
    /// The duty of the catalog, where it is one.
    pub duty: Option<DutyIx>,
    /// Who answers for it, as far as the catalog knows the role.
    pub accountable: Roles,
    /// How many roles are named as accountable, unknown ones included.
    pub accountable_named: u8,
    /// Where `accountable` stands; the row where there is none.
    pub accountable_at: Span,
    /// Who does the work.
    pub responsible: Roles,
    /// Where.
    pub span: Span,
}

impl OtherFacts {
    const NONE: OtherFacts = OtherFacts {
        people: Vec::new(),
        has_people: false,
        lost: None,
        catalogs: Vec::new(),
        unresolved: Vec::new(),
    };
}

static NO_OTHER: OtherFacts = OtherFacts::NONE;

impl FileFacts {
    /// The facts of a file.
    pub fn of(file: FileId, source: &SourceFile, catalog: &Catalog) -> Self {
        let mut units = Vec::new();
        let mut other = OtherFacts::NONE;
        let mut has_other = false;
        for document in &source.spec.documents {
            has_other |= !matches!(document, Document::Unit(_));
            match document {
                Document::Unit(unit) => units.push(UnitFacts::of(file, unit, source, catalog)),
                Document::People(document) => {
                    other.has_people = true;
                    other
                        .people
                        .extend(document.people.iter().map(|person| PersonFact {
                            file,
                            id: person.id.clone(),
                            name: person.name.clone(),
                            email: person.email.clone(),
                            left: person.left.map(|left| (left.date, left.span)),
                        }));
                }
                Document::Catalog(document) => {
                    other.catalogs.push(document.id.clone());
                    other
                        .unresolved
                        .extend(unresolved::of_catalog(document, catalog));
                }
            }
        }
        other.lost = lost_elsewhere(source, other.has_people);
        has_other |= other.lost.is_some();
        Self {
            file,
            units: units.into(),
            other: has_other.then(|| Arc::new(other)),
        }
    }

    /// Whether it says of people what another reading of the same file says: whoever reads it anew says it anew.
    pub(super) fn says_the_same_of_people(&self, other: &Self) -> bool {
        match (&self.other, &other.other) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// Its people and catalogs.
    pub fn other(&self) -> &OtherFacts {
        self.other.as_deref().unwrap_or(&NO_OTHER)
    }
}

impl UnitFacts {
    fn of(file: FileId, unit: &Unit, source: &SourceFile, catalog: &Catalog) -> Self {
        let roles_key = unit.roles_span.map(|span| span.sub(0, "roles".len()));
        Self {
            file,
            kind: unit.kind,
            id: unit.id.clone(),
            name: unit.name.as_ref().map(|name| name.text.clone()),
            product: unit.product.clone(),
            teams: unit.teams.clone().unwrap_or_default().into(),
            model: unit.model.map(|(model, _)| model),
            seats: unit
                .roles
                .iter()
                .map(|role| Seat::of(role, unit, catalog))
                .collect(),
            shared: unit
                .shared
                .iter()
                .map(|row| SharedFact {
                    duty: row
                        .duty
                        .as_ref()
                        .and_then(|duty| catalog.find_duty(&duty.text)),
                    accountable: known_roles(&row.accountable),
                    accountable_named: u8::try_from(row.accountable.len()).unwrap_or(u8::MAX),
                    accountable_at: row.accountable_span.unwrap_or(row.span),
                    responsible: known_roles(&row.responsible),
                    span: row.span,
                })
                .collect(),
            roles_at: roles_key.unwrap_or(unit.id.span),
            unresolved: unresolved::of_unit(unit, catalog),
            other: OtherUnitFacts::of(unit, source, catalog),
        }
    }

    /// Words that a syntax error kept out of the tree, in small letters: what seems missing may be among them.
    pub fn lost(&self) -> Option<&str> {
        self.other.as_ref()?.lost.as_deref()
    }

    /// The keys of roles that the catalog does not know, as simple names.
    pub fn own_roles(&self) -> &[EcoString] {
        self.other.as_ref().map_or(&[], |other| &other.own_roles)
    }

    /// The members that a team lists, where a holder who should be one is not among them in so many words;
    /// nobody else asks, and lists of members are long.
    pub fn members(&self) -> Option<&Members> {
        self.other.as_ref()?.members.as_ref()
    }

    /// How messages call it: "team `checkout`".
    pub fn label(&self) -> String {
        match &*self.id.text {
            "" => format!("this {}", self.kind.name()),
            id => format!("{} `{id}`", self.kind.name()),
        }
    }

    /// Whether what seems to be missing may stand in words that a syntax error hides.
    pub fn may_hide(&self, words: &[&str]) -> bool {
        hides(self.lost(), words)
    }
}

impl OtherUnitFacts {
    /// None where it would say nothing.
    fn of(unit: &Unit, source: &SourceFile, catalog: &Catalog) -> Option<Box<Self>> {
        let unknown = unit.roles.iter().filter(|role| role.key.role.is_none());
        let other = Self {
            lost: lost_words(unit.span, source),
            own_roles: unknown
                .map(|role| simple_name(&role.key.name.text).into())
                .collect(),
            members: Members::of(unit, catalog),
        };
        let says_something =
            other.lost.is_some() || !other.own_roles.is_empty() || other.members.is_some();
        says_something.then(|| Box::new(other))
    }
}

impl OtherFacts {
    /// The same, of documents that are no teams and products.
    pub fn may_hide(&self, words: &[&str]) -> bool {
        hides(self.lost.as_deref(), words)
    }
}

fn hides(lost: Option<&str>, words: &[&str]) -> bool {
    lost.is_some_and(|lost| {
        lost.is_empty() || words.iter().any(|word| lost.contains(&word.to_lowercase()))
    })
}

impl Members {
    fn of(unit: &Unit, catalog: &Catalog) -> Option<Self> {
        let members = unit.members.as_ref()?;
        let span = members.first()?.span.to(members.last()?.span);
        let is_listed = |person: &str| {
            let is_same = |member: &Name| is_same_in_small_letters(&member.text, person);
            members.iter().any(is_same)
        };
        let in_team = |role: &&Role| role.key.role.is_some_and(|role| catalog.role(role).in_team);
        let all_listed = unit
            .roles
            .iter()
            .filter(in_team)
            .flat_map(Role::people)
            .all(|holder| is_listed(&holder.person.text));
        (!all_listed).then(|| Self {
            names: members.iter().map(|member| member.text.clone()).collect(),
            span,
        })
    }
}

/// Nearly all names are ASCII, and need no copies to be compared.
fn is_same_in_small_letters(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one.to_lowercase() == other.to_lowercase()
}

fn known_roles(names: &[RoleName]) -> Roles {
    names.iter().filter_map(|name| name.role).collect()
}

/// The words of a document that are not in the tree. A file whose end could not be read hides anything: its
/// words are empty.
fn lost_words(document: Span, source: &SourceFile) -> Option<Box<str>> {
    if source
        .tree
        .cut_at()
        .is_some_and(|cut| document.start <= cut)
    {
        return Some(Box::default());
    }
    joined(source.tree.lost_from(document.start), source)
}

/// The same, of all documents that are no teams and products. Where a file's end could not be read and it has some of
/// these, they hide that anyway.
fn lost_elsewhere(source: &SourceFile, has_people: bool) -> Option<Box<str>> {
    let tree = &source.tree;
    if tree.cut_at().is_some() {
        let hides = has_people || source.spec.units().next().is_none();
        return hides.then(Box::default);
    }
    if tree.lost().is_empty() {
        return None;
    }
    let units = source.spec.units();
    let of_units: Vec<Span> = units
        .flat_map(|unit| tree.lost_from(unit.span.start))
        .collect();
    let lost = tree.lost().iter().copied();
    joined(lost.filter(|lost| !of_units.contains(lost)), source)
}

fn joined(lost: impl Iterator<Item = Span>, source: &SourceFile) -> Option<Box<str>> {
    let words: Vec<&str> = lost.map(|lost| lost.slice(source.text())).collect();
    (!words.is_empty()).then(|| words.join("\n").to_lowercase().into())
}

impl Scope {
    /// The kind of unit whose file has the seat.
    pub fn unit(self) -> UnitKind {
        match self {
            Scope::Product => UnitKind::Product,
            Scope::Team => UnitKind::Team,
        }
    }
}
