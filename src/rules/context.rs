use jiff::civil::Date;

use super::{Rule, Settings};
use crate::catalog::{Catalog, Model, RoleIx};
use crate::spec::{Knowledge, Role, SourceFile, Unit};
use crate::workspace::{FileId, Group, Index};

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
    pub fn units(&self, rule: &Rule) -> impl Iterator<Item = &Unit> {
        let always = rule.group.holds_without_model();
        self.source
            .spec
            .units()
            .filter(move |unit| always || self.model_of(unit) != Model::None)
    }

    /// The title of a role of a file: the catalog's, else as written.
    pub fn role_title<'r>(&'r self, role: &'r Role) -> &'r str {
        match role.key.role {
            Some(known) => &self.catalog().role(known).title,
            None => &role.key.name.text,
        }
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
