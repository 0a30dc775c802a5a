//! What every mend promises, whichever rule made it: one that would break it is not offered.

use std::sync::Arc;

use super::again;
use super::{Change, Check, Fix, FixContext, Target};
use crate::spec::{Document, SourceFile};
use crate::syntax::{SyntaxError, Tree, keeps_values, parse};
use crate::text::{Span, apply};

/// Whether a mend changes something; leaves YAML that reads at least as well as before; keeps every comment, and every
/// word that it does not touch, below the same keys; and, where one file decides, mends what was found.
pub(super) fn is_sound(fix: &Fix, context: &FixContext<'_>) -> bool {
    let mut comments = Comments::default();
    let is_sound = |change: &Change| match &change.target {
        Target::New(path) => {
            let text = apply("", &change.edits).filter(|text| !text.is_empty());
            let tree = text.map(|text| parse(&Arc::from(text)));
            let is_free = !path.exists();
            tree.is_some_and(|tree| {
                comments.after.extend(all_comments(&tree));
                tree.errors().is_empty() && is_free
            })
        }
        Target::File(file) => context.source(*file).is_some_and(|before| {
            let text = apply(before.text(), &change.edits);
            let Some(text) = text.filter(|text| text != before.text()) else {
                return false;
            };
            let after = SourceFile::read(&Arc::from(text), context.knowledge);
            let is_own = *file == context.finding.file;
            let dropped = (is_own && fix.drops_comments).then_some(context.finding.span);
            comments.before.extend(kept_comments(&before.tree, dropped));
            comments.after.extend(all_comments(&after.tree));
            reads_as_well(&before, &after)
                && keeps_values(&before.tree, &change.edits, &after.tree)
                && (!is_own || is_gone(fix, context, &before, &after))
        }),
    };
    !fix.changes.is_empty() && fix.changes.iter().all(is_sound) && comments.are_kept()
}

/// Whether there are no mistakes in YAML or format that were not there before.
fn reads_as_well(before: &SourceFile, after: &SourceFile) -> bool {
    let errors = |file: &SourceFile| {
        let said = |error: &SyntaxError| format!("{} {}", error.message, error.subject);
        let mut errors: Vec<String> = file.tree.errors().iter().map(said).collect();
        errors.sort();
        errors
    };
    includes(&errors(before), &errors(after))
        && after.spec.problems.len() <= before.spec.problems.len()
        && after.spec.unmarked.len() <= before.spec.unmarked.len()
}

/// Whether a rule that looks at one file finds less there than before, or asks for something else. What is found may
/// depend on an organisation's own catalog, and on other files that change.
fn is_gone(fix: &Fix, context: &FixContext<'_>, before: &SourceFile, after: &SourceFile) -> bool {
    let Check::File(check) = context.finding.rule.check else {
        return true;
    };
    let is_catalog = |document: &Document| matches!(document, Document::Catalog(_));
    if fix.changes.len() > 1 || before.spec.documents.iter().any(is_catalog) {
        return true;
    }
    let count = |source: &SourceFile| {
        let mut found = Vec::new();
        check(&again::file(context, source), &mut found);
        let known = context.finding;
        let same = found.iter().filter(|one| {
            // A vacant seat stays vacant when a mend says who covers for it; something less is asked for then.
            one.place == known.place && one.subject == known.subject && one.help == known.help
        });
        same.count()
    };
    count(after) < count(before).max(1)
}

/// The comments of all files that a mend changes: a line that moves to another file takes its own along.
#[derive(Default)]
struct Comments {
    before: Vec<String>,
    after: Vec<String>,
}

impl Comments {
    fn are_kept(mut self) -> bool {
        self.before.sort();
        self.after.sort();
        includes(&self.after, &self.before)
    }
}

fn all_comments(tree: &Tree) -> Vec<String> {
    kept_comments(tree, None)
}

/// The comments of a file but for the one that goes: that which a finding is about.
fn kept_comments(tree: &Tree, dropped: Option<Span>) -> Vec<String> {
    let text = tree.text();
    let comments = tree.comments().iter().map(|comment| comment.span);
    comments
        .filter(|span| dropped.is_none_or(|gone| gone.end <= span.start || span.end <= gone.start))
        .map(|span| span.slice(text).trim_end().to_owned())
        .collect()
}

/// Whether a sorted list holds everything of another, as often.
fn includes(all: &[String], wanted: &[String]) -> bool {
    let mut all = all.iter();
    wanted.iter().all(|one| all.any(|other| other == one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_includes_another_as_often() {
        let list = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(includes(&list("a b b c"), &list("b b c")));
        assert!(includes(&list("a"), &[]));
        assert!(!includes(&list("a b c"), &list("b b")));
        assert!(!includes(&list("a b c"), &list("d")));
    }
}
