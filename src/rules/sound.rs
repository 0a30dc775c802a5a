//! What every mend leaves alone, whichever rule made it: one that would not is not offered.

use std::sync::Arc;

use super::{Change, Fix, FixContext, Target};
use crate::spec::SourceFile;
use crate::syntax::{SyntaxError, Tree, keeps_values};
use crate::text::{Span, apply};
use crate::workspace::FileId;

/// A file that a mend changes.
pub(super) struct Mended {
    /// Which one, and what it said; nothing for one that is not there yet.
    pub before: Option<(FileId, Arc<SourceFile>)>,
    /// What it would say.
    pub after: SourceFile,
}

/// What a mend makes of files. Nothing unless it changes something; leaves YAML that reads at least as well as before;
/// and keeps every comment, and every word that it does not touch, below the same keys.
pub(super) fn mended(fix: &Fix, context: &FixContext<'_>) -> Option<Vec<Mended>> {
    let mut comments = Comments::default();
    let mut files = Vec::new();
    for change in &fix.changes {
        let mended = mended_file(change, context)?;
        if let Some((file, before)) = &mended.before {
            let drops = fix.drops_comments && *file == context.finding.file;
            let gone = drops.then_some(context.finding.span);
            comments.before.extend(kept_comments(&before.tree, gone));
        }
        comments
            .after
            .extend(kept_comments(&mended.after.tree, None));
        files.push(mended);
    }
    (!files.is_empty() && comments.are_kept()).then_some(files)
}

fn mended_file(change: &Change, context: &FixContext<'_>) -> Option<Mended> {
    let read = |text: String| SourceFile::read(&Arc::from(text), context.knowledge);
    let file = match &change.target {
        Target::New(path) => {
            let after = read(apply("", &change.edits)?);
            let is_free = !path.exists() && !after.text().is_empty();
            return (is_free && after.tree.errors().is_empty()).then_some(Mended {
                before: None,
                after,
            });
        }
        Target::File(file) => *file,
    };
    let before = context.source(file)?;
    let text = apply(before.text(), &change.edits).filter(|text| text != before.text())?;
    let after = read(text);
    let is_sound =
        reads_as_well(&before, &after) && keeps_values(&before.tree, &change.edits, &after.tree);
    is_sound.then_some(Mended {
        before: Some((file, before)),
        after,
    })
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
