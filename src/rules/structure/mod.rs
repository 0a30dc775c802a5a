//! The file itself: what YAML, the format and plain names do not allow.

use std::sync::Arc;

use super::engine::file_findings;
use super::meter::Metered;
use super::{Finding, FixContext, Rule, again};
use crate::spec::{SourceFile, UnitKind};
use crate::syntax::Problem;
use crate::text::{TextEdit, apply};
use crate::workspace::{CONFIG_NAME, Config, FileFacts, Severity};

pub(super) mod configuration;
mod duplicate_id;
mod full_date;
pub(super) mod near_ignore;
mod note;
mod placeholder;
mod reference_mends;
mod shape_mends;
mod status_in_name;
pub(super) mod syntax;
mod unknown_key;
pub(super) mod unresolved_reference;
pub(super) mod unused_ignore;
mod wrong_shape;

pub(super) static RULES: &[&Rule] = &[
    &syntax::RULE,
    &unknown_key::RULE,
    &wrong_shape::RULE,
    &unresolved_reference::RULE,
    &duplicate_id::RULE,
    &placeholder::RULE,
    &status_in_name::RULE,
    &unused_ignore::RULE,
];

/// Whether the finding is about a configuration.
fn is_config(context: &FixContext<'_>) -> bool {
    let path = context.path(context.finding.file);
    path.file_name().is_some_and(|name| name == CONFIG_NAME)
}

/// What the format does not have in the finding's file.
fn problems(context: &FixContext<'_>, source: &SourceFile) -> Vec<Problem> {
    if is_config(context) {
        let path = context.path(context.finding.file);
        return Config::read(path, source.tree.text()).problems;
    }
    source.spec.problems.clone()
}

/// The finding's file after some edits.
fn after(context: &FixContext<'_>, source: &SourceFile, edits: &[TextEdit]) -> Option<SourceFile> {
    let text = apply(source.text(), edits)?;
    Some(SourceFile::read(&Arc::from(text), context.knowledge))
}

/// Whether less in the finding's file does not fit the format after some edits.
fn improves(context: &FixContext<'_>, source: &SourceFile, edits: &[TextEdit]) -> bool {
    let count = |source: &SourceFile| {
        // What a configuration lacks to be a role file is no mistake of it.
        let unmarked = usize::from(!is_config(context)) * source.spec.unmarked.len();
        problems(context, source).len() + unmarked
    };
    after(context, source, edits).is_some_and(|after| count(&after) < count(source))
}

/// Whether there are no more errors in the finding's file after some edits: what becomes readable by them may be wrong.
fn keeps_peace(context: &FixContext<'_>, source: &SourceFile, edits: &[TextEdit]) -> bool {
    after(context, source, edits)
        .is_some_and(|after| errors(context, &after) <= errors(context, source))
}

/// How many errors the finding's file has by itself, with the names that lead nowhere.
fn errors(context: &FixContext<'_>, source: &SourceFile) -> usize {
    if is_config(context) {
        return problems(context, source).len();
    }
    let file = again::file(context, source);
    let findings = file_findings(&file, Metered::default());
    let severity = |finding: &Finding| {
        let set = context.settings.severity(finding.rule);
        set.unwrap_or(finding.severity)
    };
    let found = findings.iter();
    let found = found.filter(|finding| severity(finding) == Severity::Error);
    let facts = FileFacts::of(context.finding.file, source, context.catalog());
    let nowhere = facts.units.iter().map(|unit| {
        let is_known = |kind: UnitKind, id: &str| {
            let mut here = facts.units.iter().filter(|unit| unit.kind == kind);
            here.any(|unit| *unit.id.text == *id)
                || context.index.ids(kind).any(|known| known == id)
        };
        let product = unit.product.iter();
        let products = product.filter(|name| !is_known(UnitKind::Product, &name.text));
        let teams = unit.teams.iter();
        let teams = teams.filter(|name| !is_known(UnitKind::Team, &name.text));
        unit.unresolved.len() + products.count() + teams.count()
    });
    found.count() + nowhere.sum::<usize>() + facts.other().unresolved.len()
}
