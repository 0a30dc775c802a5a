//! What a rule saw when it made a finding, seen again for its mends.

use super::context::SettingsOf;
use super::{FileContext, FixContext, OrganisationContext, Settings};
use crate::catalog::Model;
use crate::spec::SourceFile;
use crate::workspace::{FileId, UnitFacts};

/// The settings of one file for all: mends change nothing about them, and only those of the finding's file count.
#[derive(Debug)]
struct OfOne<'a>(&'a Settings);

impl SettingsOf for OfOne<'_> {
    fn of(&self, _: FileId) -> &Settings {
        self.0
    }
}

/// Looks at the organisation as its rules do.
pub(super) fn organisation<T>(
    context: &FixContext<'_>,
    look: impl FnOnce(&OrganisationContext<'_>) -> T,
) -> T {
    look(&OrganisationContext {
        index: context.index,
        catalog: context.catalog(),
        settings: &OfOne(context.settings),
        today: context.today,
    })
}

/// Looks at the finding's file as its rules do.
pub(super) fn file<'a>(context: &FixContext<'a>, source: &'a SourceFile) -> FileContext<'a> {
    let file = context.finding.file;
    let is_here = |unit: &&UnitFacts| unit.file == file && unit.model.is_none();
    let mut units = context.index.units().map(|(_, unit)| unit);
    let model = units.find(is_here).map(|unit| context.index.model_of(unit));
    FileContext {
        file,
        source,
        knowledge: context.knowledge,
        settings: context.settings,
        // Where every unit names its own, nobody asks.
        model: model.unwrap_or(Model::default()),
        today: context.today,
    }
}
