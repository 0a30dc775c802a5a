use super::duty::Duty;
use super::role::Role;
use super::{Duties, RoleName};
use crate::catalog::{Catalog, Model, RoleIx};
use crate::recognize::{Certainty, Reading};
use crate::syntax::Name;
use crate::text::Span;

/// The keys of a team document.
pub const TEAM_KEYS: &[&str] = &[
    "team", "name", "purpose", "product", "model", "members", "roles", "shared",
];
/// The keys of a product document.
pub const PRODUCT_KEYS: &[&str] = &[
    "product", "name", "purpose", "model", "teams", "roles", "shared",
];
/// The keys of a row of `shared`.
pub const SHARED_KEYS: &[&str] = &[
    "duty",
    "accountable",
    "responsible",
    "consulted",
    "informed",
];

/// What has roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A team.
    Team,
    /// A product.
    Product,
}

impl UnitKind {
    /// The word for it, which is also its key.
    pub fn name(self) -> &'static str {
        match self {
            UnitKind::Team => "team",
            UnitKind::Product => "product",
        }
    }
}

/// A team or a product.
#[derive(Debug)]
pub struct Unit {
    /// Which of the two.
    pub kind: UnitKind,
    /// Its id; empty where the file names none.
    pub id: Name,
    /// Display name.
    pub name: Option<Name>,
    /// What it is there for.
    pub purpose: Option<Name>,
    /// The product of a team.
    pub product: Option<Name>,
    /// The teams of a product, where it lists them.
    pub teams: Option<Vec<Name>>,
    /// Its model, where it names one.
    pub model: Option<(Model, Span)>,
    /// The members of a team, where it lists them.
    pub members: Option<Vec<Name>>,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Where `roles` stands, with what is under it.
    pub roles_span: Option<Span>,
    /// Who does what where a duty has several hands.
    pub shared: Vec<SharedRow>,
    /// The whole document.
    pub span: Span,
}

impl Unit {
    /// How messages call it: "team `checkout`".
    pub fn label(&self) -> String {
        match &*self.id.text {
            "" => format!("this {}", self.kind.name()),
            id => format!("{} `{id}`", self.kind.name()),
        }
    }
}

/// One duty with several hands.
#[derive(Debug)]
pub struct SharedRow {
    /// The duty: a catalog id, or a name of the team's own.
    pub duty: Option<Name>,
    /// Who answers for it; one role, if all is well.
    pub accountable: Vec<RoleName>,
    /// Who does the work.
    pub responsible: Vec<RoleName>,
    /// Who is asked.
    pub consulted: Vec<RoleName>,
    /// Who is told.
    pub informed: Vec<RoleName>,
    /// Where `accountable` stands.
    pub accountable_span: Option<Span>,
    /// The whole row.
    pub span: Span,
}

impl Unit {
    /// The role that a line on `role`'s own list calls by another name, and what the line says: "The Product Owner
    /// sets the strategy" among the duties of the Product Manager, whose duty that is. Where the other role lists
    /// the duty too, the line means the other role.
    pub fn misnamed(
        &self,
        role: &Role,
        duty: &Duty,
        catalog: &Catalog,
    ) -> Option<(RoleIx, Reading)> {
        let reading = duty.reading.filter(|_| duty.about_other)?;
        let named = reading.subject?;
        let lists = |other: &Role| {
            let mut lines = other.duties.iter().flat_map(Duties::real);
            lines.any(|line| line.all_owned().any(|said| said.duty == reading.duty))
        };
        let mut others = self.roles.iter();
        let meant = others.any(|other| other.is(named, catalog) && lists(other));
        let own = role.is(catalog.duty(reading.duty).role, catalog);
        (own && !meant && reading.certainty >= Certainty::Recognized).then_some((named, reading))
    }
}
