//! What a branch is about: findings in the files that it touched, and findings elsewhere that were not there before.
//!
//! One file says something of another: whoever takes a seat out of a product's file makes a duty of a team nobody's.
//! So the old texts are checked as well, and what is found in an untouched file is listed when it was not found then.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::args::CheckArgs;
use super::git::{ChangedFile, Repository};
use super::input::Input;
use crate::rules::Outcome;
use crate::workspace::{CONFIG_NAME, Overlay, is_role_file};

/// Takes out of an outcome what the branch is not about.
pub(super) fn narrow(
    args: &CheckArgs,
    input: &Input<'_>,
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let Some(reference) = &args.changed_since else {
        return Ok(());
    };
    let repository = Repository::of(input.base())?;
    let commit = repository.merge_base(reference)?;
    let mut changed = repository.changed_since(&commit)?;
    for file in &mut changed {
        input.as_asked(&mut file.path);
    }
    let catalogs: HashSet<&Path> = outcome.catalog_files.iter().map(PathBuf::as_path).collect();
    changed.retain(|file| matters(&file.path, &catalogs));
    let before = match changed.is_empty() {
        true => None,
        false => Some(before(input, &repository, &changed)?),
    };
    let touched: HashSet<&Path> = changed.iter().map(|file| &*file.path).collect();
    keep_new(outcome, before.as_ref(), &touched);
    Ok(())
}

/// Whether a file can have to do with findings.
fn matters(path: &Path, catalogs: &HashSet<&Path>) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    is_role_file(path)
        || matches!(extension, Some("yaml" | "yml"))
        || path.file_name().is_some_and(|name| name == CONFIG_NAME)
        || catalogs.contains(path)
}

/// What was found before the branch.
fn before(
    input: &Input<'_>,
    repository: &Repository,
    changed: &[ChangedFile],
) -> Result<Outcome, Failure> {
    let names: Vec<&str> = changed
        .iter()
        .filter_map(|file| file.old.as_deref())
        .collect();
    let mut old = repository.texts(&names)?.into_iter();
    let texts = changed.iter().map(|file| Overlay {
        path: file.path.clone(),
        // A file that was not there said nothing.
        bytes: match &file.old {
            Some(_) => Arc::from(old.next().unwrap_or_default()),
            None => Arc::from([]),
        },
        asked: false,
    });
    input.check(texts.collect())
}

/// Keeps what stands in a file that was touched, and what was not found before. A finding is the same while its
/// fingerprint is, wherever its line went.
fn keep_new(outcome: &mut Outcome, before: Option<&Outcome>, touched: &HashSet<&Path>) {
    let mut known: HashMap<&Path, HashMap<u64, usize>> = HashMap::new();
    let old = before.into_iter().flat_map(|before| {
        let paths = before.sources.files();
        let findings = before.findings.iter();
        findings.map(|finding| (paths.path(finding.file), finding.fingerprint))
    });
    for (path, fingerprint) in old {
        let of_file = known.entry(path).or_default();
        *of_file.entry(fingerprint).or_default() += 1;
    }
    let nothing_changed = before.is_none();
    outcome.retain(|path, finding| {
        if touched.contains(path) {
            return true;
        }
        if nothing_changed {
            return false;
        }
        let of_file = known.get_mut(path);
        match of_file.and_then(|known| known.get_mut(&finding.fingerprint)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    });
}
