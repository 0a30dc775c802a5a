//! The file itself: what YAML, the format and plain names do not allow.

use std::sync::Arc;

use super::{FixContext, Rule};
use crate::spec::SourceFile;
use crate::syntax::{Problem, ProblemKind};
use crate::text::{TextEdit, apply};
use crate::workspace::{CONFIG_NAME, Config};

pub(super) mod configuration;
mod duplicate_id;
pub(super) mod near_ignore;
mod full_date;
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

/// Whether less in the finding's file does not fit the format after some edits.
fn improves(context: &FixContext<'_>, source: &SourceFile, edits: &[TextEdit]) -> bool {
    compare(context, source, edits, |_| true).is_some_and(|(before, after)| after < before)
}

/// Whether no value in the finding's file has a wrong shape after some edits that has none before.
fn keeps_shape(context: &FixContext<'_>, source: &SourceFile, edits: &[TextEdit]) -> bool {
    let is_shape = |problem: &Problem| !matches!(problem.kind, ProblemKind::UnknownKey { .. });
    compare(context, source, edits, is_shape).is_some_and(|(before, after)| after <= before)
}

/// How much does not fit the format before and after some edits.
fn compare(
    context: &FixContext<'_>,
    source: &SourceFile,
    edits: &[TextEdit],
    counts: impl Fn(&Problem) -> bool,
) -> Option<(usize, usize)> {
    let text = apply(source.text(), edits)?;
    let after = SourceFile::read(&Arc::from(text), context.knowledge);
    let count = |source: &SourceFile| {
        // What a configuration lacks to be a role file is no mistake of it.
        let unmarked = usize::from(!is_config(context)) * source.spec.unmarked.len();
        let problems = problems(context, source);
        problems.iter().filter(|problem| counts(problem)).count() + unmarked
    };
    Some((count(source), count(&after)))
}
