use jiff::civil::Date;

use super::{Rule, Settings};
use crate::catalog::{Catalog, Model, RoleIx};
use crate::spec::{Duty, Knowledge, Role, SourceFile, Unit};
use crate::syntax::Name;
use crate::workspace::{FileId, Group, Index, Takeover};

/// What a rule sees of one file.
#[derive(Debug)]
pub struct FileContext<'a> {
    /// Which file.
    pub file: FileId,
    /// Its text, tree and meaning.
    pub source: &'a SourceFile,
    /// Roles and duties.
    pub knowledge: &'a Knowledge,
    /// Severities and options that hold for it.
    pub settings: &'a Settings,
    /// The model of units that name none.
    pub model: Model,
    /// The day that dates are compared with.
    pub today: Date,
}

impl FileContext<'_> {
    /// Roles and duties.
    pub fn catalog(&self) -> &Catalog {
        &self.knowledge.catalog
    }

    /// The model of a unit.
    pub fn model_of(&self, unit: &Unit) -> Model {
        unit.model.map_or(self.model, |(model, _)| model)
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The teams and products that a rule looks at: under `model: none` most rules look at nothing.
    pub fn units<'c>(&'c self, rule: &'c Rule) -> impl Iterator<Item = &'c Unit> {
        let units = self.source.spec.units();
        units.filter(move |unit| self.looks_at(rule, unit))
    }

    /// Whether a rule looks at a team or product.
    pub fn looks_at(&self, rule: &Rule, unit: &Unit) -> bool {
        rule.group.holds_without_model() || self.model_of(unit) != Model::None
    }

    /// The title of a role of a file: the catalog's, else as written.
    pub fn role_title<'r>(&'r self, role: &'r Role) -> &'r str {
        match role.key.role {
            Some(known) => &self.catalog().role(known).title,
            None => &role.key.name.text,
        }
    }

    /// "the Product Owner"; a combined seat by its name in the file, because its title reads like two.
    pub fn called(&self, role: &Role) -> String {
        let combined = role
            .key
            .role
            .is_some_and(|known| !self.catalog().role(known).combines.is_empty());
        if combined || !role.combines.is_empty() {
            format!("`{}`", role.key.name.text)
        } else {
            format!("the {}", self.role_title(role))
        }
    }

    /// The roles that a seat stands for: its own, and those that it combines.
    pub fn roles_of(&self, role: &Role) -> Vec<RoleIx> {
        let own = role.key.role;
        let mut roles: Vec<RoleIx> = own.into_iter().collect();
        if role.combines.is_empty() {
            roles.extend(
                own.iter()
                    .flat_map(|own| &self.catalog().role(*own).combines),
            );
        } else {
            roles.extend(role.combines.iter().filter_map(|part| part.role));
        }
        roles
    }

    /// Whether a seat answers for the duties of `owner`: as its own, as one side of a combination, or because the
    /// model leaves them to it.
    pub fn answers_for(&self, unit: &Unit, role: &Role, owner: RoleIx) -> bool {
        let roles = self.roles_of(role);
        let (manager, product_owner) = (
            self.catalog().product_manager(),
            self.catalog().product_owner(),
        );
        let is_side = |role: &RoleIx| [manager, product_owner].contains(&Some(*role));
        match self.model_of(unit) {
            _ if roles.contains(&owner) => true,
            Model::Combined => is_side(&owner) && roles.iter().any(is_side),
            model => Takeover::of(model, self.catalog())
                .is_some_and(|takeover| takeover.absent == owner && roles.contains(&takeover.by)),
        }
    }

    /// Whether a seat is that of the Product Manager or the Product Owner, or combines one of them.
    pub fn is_product_seat(&self, role: &Role) -> bool {
        let sides = [
            self.catalog().product_manager(),
            self.catalog().product_owner(),
        ];
        let mut roles = self.roles_of(role).into_iter();
        roles.any(|role| sides.contains(&Some(role)))
    }
}

/// The duties in words of a team or product, each with its seat.
pub fn lines(unit: &Unit) -> impl Iterator<Item = Line<'_>> {
    unit.roles.iter().flat_map(move |role| {
        let duties = role.duties.iter().flat_map(|duties| duties.real());
        duties.filter_map(move |duty| {
            Some(Line {
                unit,
                role,
                duty,
                text: duty.text.as_ref()?,
            })
        })
    })
}

/// A duty in words, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The team or product.
    pub unit: &'a Unit,
    /// The seat.
    pub role: &'a Role,
    /// The duty.
    pub duty: &'a Duty,
    /// Its words.
    pub text: &'a Name,
}

impl Line<'_> {
    /// What findings about the line are about: the seat and the words.
    pub fn subject(&self) -> String {
        format!("{} {}", self.role.key.name.text, self.text.text)
    }
}

/// What a rule sees of an organisation.
#[derive(Debug)]
pub struct OrganisationContext<'a> {
    /// What its files say together.
    pub index: &'a Index,
    /// Roles and duties.
    pub catalog: &'a Catalog,
    /// Severities and options of each file's configuration.
    pub settings: &'a dyn SettingsOf,
    /// The day that dates are compared with.
    pub today: Date,
}

/// Finds the settings that hold for a file.
pub trait SettingsOf: std::fmt::Debug + Sync {
    /// The settings of a file.
    fn of(&self, file: FileId) -> &Settings;
}

impl OrganisationContext<'_> {
    /// The products with their teams that a rule looks at; under `model: none` most rules look at nothing.
    pub fn groups(&self, rule: &Rule) -> impl Iterator<Item = &Group> {
        let always = rule.group.holds_without_model();
        self.index
            .groups()
            .iter()
            .filter(move |group| always || group.model != Model::None)
    }

    /// The title of a role.
    pub fn title(&self, role: RoleIx) -> &str {
        &self.catalog.role(role).title
    }
}
