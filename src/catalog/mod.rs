//! What the world knows about roles and duties: the built-in catalogs, and an organisation's own on top.
//!
//! A [`CatalogDocument`] is one catalog as written; a [`Catalog`] is what a chain of them (`extends`) says
//! together, with the origin of every answer kept.

mod builtin;
mod document;
mod model;
mod resolve;

pub use builtin::{BUILTIN_NAMES, builtin, builtin_text};
pub use document::{CatalogDocument, DutyEntry, LookAlikeEntry, RoleEntry};
pub use model::Model;
pub use resolve::{Change, Layer};

use std::collections::HashMap;

/// A role's number in its [`Catalog`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleIx(pub u16);

/// A duty's number in its [`Catalog`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyIx(pub u16);

/// The id of the role that looks outward and long-term.
pub const PRODUCT_MANAGER: &str = "product-manager";
/// The id of the role that manages a team's work.
pub const PRODUCT_OWNER: &str = "product-owner";
/// The id of the role that keeps Scrum running.
pub const SCRUM_MASTER: &str = "scrum-master";

/// Where a role's work lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One seat for a whole product.
    Product,
    /// One seat in every team.
    Team,
}

impl Scope {
    /// The words of the format.
    pub const WORDS: &'static [&'static str] = &["product", "team"];

    /// As written in a catalog.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Product => "product",
            Scope::Team => "team",
        }
    }
}

/// How far ahead a duty looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Horizon {
    /// Days to weeks.
    Short,
    /// Weeks to quarters.
    Medium,
    /// Quarters to years.
    Long,
}

impl Horizon {
    /// The words of the format.
    pub const WORDS: &'static [&'static str] = &["short", "medium", "long"];

    /// As written in a catalog or a duty.
    pub fn name(self) -> &'static str {
        match self {
            Horizon::Short => "short",
            Horizon::Medium => "medium",
            Horizon::Long => "long",
        }
    }

    /// From its word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "short" => Some(Horizon::Short),
            "medium" => Some(Horizon::Medium),
            "long" => Some(Horizon::Long),
            _ => None,
        }
    }
}

/// A seat that teams and products have.
#[derive(Clone, Debug)]
pub struct RoleDef {
    /// Stable id, kebab-case.
    pub id: String,
    /// As people say it.
    pub title: String,
    /// Other names that mean this role for certain.
    pub aliases: Vec<String>,
    /// Where its work lies.
    pub scope: Scope,
    /// Whether the seat wants one holder.
    pub single: bool,
    /// Whether its holder should be a member of the team.
    pub in_team: bool,
    /// How many teams one holder may serve, where the catalog says so; else the model decides.
    pub max_teams: Option<u32>,
    /// The roles that this one makes one seat of.
    pub combines: Vec<RoleIx>,
    /// What it is for.
    pub purpose: String,
    /// Which layer first has it; an index into [`Catalog::layers`].
    pub origin: usize,
    /// What later layers changed.
    pub changes: Vec<Change>,
}

/// A piece of ongoing work that a role answers for.
#[derive(Clone, Debug)]
pub struct DutyDef {
    /// Stable id, kebab-case.
    pub id: String,
    /// A short noun phrase.
    pub title: String,
    /// The role that answers for it.
    pub role: RoleIx,
    /// How far ahead it looks.
    pub horizon: Option<Horizon>,
    /// Whether a product or team lacks something when nobody has it.
    pub core: bool,
    /// What the work is, and why it sits with its role.
    pub explain: String,
    /// Duties of other roles that it is easily taken for.
    pub look_alikes: Vec<LookAlike>,
    /// How people word it.
    pub examples: Vec<String>,
    /// How many of the examples are those of the layer that first has it.
    pub first_examples: usize,
    /// Where the view comes from.
    pub sources: Vec<String>,
    /// Which layer first has it; an index into [`Catalog::layers`].
    pub origin: usize,
    /// What later layers changed, with their reasons.
    pub changes: Vec<Change>,
}

/// A duty that another is easily taken for.
#[derive(Clone, Debug)]
pub struct LookAlike {
    /// The other duty.
    pub duty: DutyIx,
    /// The word in a line that tells this duty from the other.
    pub word: String,
    /// How to tell them apart, in a sentence.
    pub tell: String,
}

/// Roles and duties after `extends`.
#[derive(Debug)]
pub struct Catalog {
    /// The catalogs it is made of, base first.
    pub layers: Vec<Layer>,
    /// The model that goes with it where the configuration names none.
    pub model: Model,
    roles: Vec<RoleDef>,
    duties: Vec<DutyDef>,
    role_names: HashMap<String, RoleIx>,
    duty_ids: HashMap<String, DutyIx>,
}

impl Catalog {
    /// The id of the topmost layer.
    pub fn id(&self) -> &str {
        self.layers.last().map_or("none", |layer| &layer.id)
    }

    /// All roles, in the order of the catalogs.
    pub fn roles(&self) -> impl Iterator<Item = (RoleIx, &RoleDef)> {
        (0u16..).map(RoleIx).zip(&self.roles)
    }

    /// All duties, in the order of the catalogs.
    pub fn duties(&self) -> impl Iterator<Item = (DutyIx, &DutyDef)> {
        (0u16..).map(DutyIx).zip(&self.duties)
    }

    /// A role.
    ///
    /// # Panics
    /// If `role` is of another catalog.
    pub fn role(&self, role: RoleIx) -> &RoleDef {
        &self.roles[role.0 as usize]
    }

    /// A duty.
    ///
    /// # Panics
    /// If `duty` is of another catalog.
    pub fn duty(&self, duty: DutyIx) -> &DutyDef {
        &self.duties[duty.0 as usize]
    }

    /// How many duties there are.
    pub fn duty_count(&self) -> usize {
        self.duties.len()
    }

    /// The role of an id, a title or an alias, however it is spaced and capitalised.
    pub fn find_role(&self, name: &str) -> Option<RoleIx> {
        match self.role_names.get(name) {
            Some(role) => Some(*role),
            None => self.role_names.get(&simple_name(name)).copied(),
        }
    }

    /// The duty of an id.
    pub fn find_duty(&self, id: &str) -> Option<DutyIx> {
        self.duty_ids.get(id).copied()
    }

    /// The Product Manager, where the catalog has one.
    pub fn product_manager(&self) -> Option<RoleIx> {
        self.find_role(PRODUCT_MANAGER)
    }

    /// The Product Owner, where the catalog has one.
    pub fn product_owner(&self) -> Option<RoleIx> {
        self.find_role(PRODUCT_OWNER)
    }

    /// The duties that a role answers for.
    pub fn duties_of(&self, role: RoleIx) -> impl Iterator<Item = (DutyIx, &DutyDef)> {
        self.duties().filter(move |(_, duty)| duty.role == role)
    }
}

/// A name without case, spaces and punctuation: `Product Owner` and `product_owner` are `product-owner`.
pub fn simple_name(name: &str) -> String {
    let mut simple = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_alphanumeric() {
            simple.extend(character.to_lowercase());
        } else if !simple.is_empty() && !simple.ends_with('-') {
            simple.push('-');
        }
    }
    if simple.ends_with('-') {
        simple.pop();
    }
    simple
}
