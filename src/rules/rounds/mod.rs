//! Mends applied in memory, round by round, until there is nothing left to apply.
//!
//! Nothing is written here: a closure checks the same request again with other texts, and what comes out is what each
//! file would hold.

mod batch;
#[cfg(test)]
mod tests;
mod verdict;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Outcome;
use crate::text::apply;
use crate::workspace::Overlay;
use batch::{Key, Planned, plan};
use verdict::judge;

/// How many rounds there are at most: mends that undo each other would never end.
const MAX_ROUNDS: usize = 10;
/// How many checks there are at most, those that look for a bad mend among good ones included.
const MAX_CHECKS: usize = 200;

/// What to mend, and how far to go.
pub struct Rounds<'a, E> {
    /// Checks the same request again, with these texts in place of those on disk.
    pub check: &'a dyn Fn(Vec<Overlay>) -> Result<Outcome, E>,
    /// Whether mends are applied, too, that somebody has to agree with: of each finding the first one.
    pub asked: bool,
    /// The only file that may change, where it is not every file of the organisation.
    pub only: Option<&'a Path>,
}

/// What came of it.
#[derive(Debug)]
pub struct Mended {
    /// What is found afterwards.
    pub outcome: Outcome,
    /// The files that change, in order of path.
    pub files: Vec<MendedFile>,
    /// The mends that were applied, in order.
    pub applied: Vec<Applied>,
    /// The mends that were not, each with the reason, in order of file.
    pub refused: Vec<Refused>,
    /// Whether it ended before there was nothing left to apply.
    pub unfinished: bool,
}

/// A file that changes.
#[derive(Clone, Debug)]
pub struct MendedFile {
    /// Its absolute path.
    pub path: PathBuf,
    /// What it held when it was read; `None` when it is not there yet.
    pub old: Option<Arc<[u8]>>,
    /// What it is to hold.
    pub new: Arc<[u8]>,
}

/// A mend that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The id of the finding's rule.
    pub rule: &'static str,
    /// The finding's file.
    pub path: PathBuf,
    /// The mend.
    pub title: String,
}

/// A mend that was not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which one.
    pub mend: Applied,
    /// Why, as the end of a sentence: "afterwards `a.roles.yaml` would not be valid YAML any more".
    pub why: String,
}

/// A file as it was read, and as it is now.
#[derive(Clone, Debug)]
struct Text {
    old: Option<Arc<[u8]>>,
    new: Arc<[u8]>,
}

type Texts = BTreeMap<PathBuf, Text>;

impl<E> Rounds<'_, E> {
    /// Mends until there is nothing left to mend.
    ///
    /// # Errors
    /// When a check could not run.
    pub fn run(&self) -> Result<Mended, E> {
        let mut work = Work::default();
        let mut outcome = (self.check)(Vec::new())?;
        let mut rounds = 0;
        for _ in 0..MAX_CHECKS {
            let all = work.plan(&outcome, self);
            if work.read(&all, &outcome) {
                // From here on everything is made from one and the same text of each file that changes, whatever
                // happens to it on disk meanwhile.
                outcome = (self.check)(work.overlays())?;
                continue;
            }
            let (batch, limit) = work.batch(all);
            if batch.is_empty() {
                return Ok(work.finish(outcome, false));
            }
            if rounds == MAX_ROUNDS {
                break;
            }
            let Some(texts) = work.apply(&batch) else {
                work.hold_back(
                    &batch,
                    &(0..batch.len()).collect(),
                    "it does not fit the file",
                );
                continue;
            };
            let before = std::mem::replace(&mut work.texts, texts);
            let next = (self.check)(work.overlays())?;
            match judge(&batch, &outcome, &next, &before, &work.texts) {
                None => {
                    // A few that were held back before are no round of their own.
                    rounds += usize::from(limit == usize::MAX);
                    outcome = next;
                    let mends = batch.into_iter().map(|planned| planned.mend);
                    work.applied.extend(mends);
                }
                Some(verdict) => {
                    work.texts = before;
                    work.hold_back(&batch, &verdict.suspects, &verdict.why);
                }
            }
        }
        Ok(work.finish(outcome, true))
    }
}

#[derive(Default)]
struct Work {
    texts: Texts,
    /// Mends that did harm together with others: how many of them may be tried at once.
    limits: HashMap<Key, usize>,
    refused: Vec<(Key, Refused)>,
    applied: Vec<Applied>,
}

impl Work {
    /// Everything that could be applied.
    fn plan<E>(&mut self, outcome: &Outcome, rounds: &Rounds<'_, E>) -> Vec<Planned> {
        let refused: HashSet<&Key> = self.refused.iter().map(|(key, _)| key).collect();
        let (all, not_allowed) = plan(outcome, rounds.asked, rounds.only, &refused);
        self.refused.extend(not_allowed);
        all
    }

    /// The mends to apply next, none of which meets another, and how many of them may be tried at once.
    fn batch(&self, mut all: Vec<Planned>) -> (Vec<Planned>, usize) {
        let limit_of = |planned: &Planned| self.limits.get(&planned.key).copied();
        let limit = |planned: &Planned| limit_of(planned).unwrap_or(usize::MAX);
        let most = all.iter().map(limit).max().unwrap_or(0);
        all.retain(|planned| limit(planned) == most);
        (batch::apart(all, &self.texts, most), most)
    }

    /// Takes in the files that are about to change; whether any was new.
    fn read(&mut self, all: &[Planned], outcome: &Outcome) -> bool {
        let mut read_any = false;
        for change in all.iter().flat_map(|planned| &planned.changes) {
            if !change.is_new && !self.texts.contains_key(&change.path) {
                let bytes = outcome.sources.bytes_at(&change.path).unwrap_or_default();
                let bytes: Arc<[u8]> = bytes.into();
                let text = Text {
                    old: Some(Arc::clone(&bytes)),
                    new: bytes,
                };
                self.texts.insert(change.path.clone(), text);
                read_any = true;
            }
        }
        read_any
    }

    /// The texts after a batch; `None` where something does not fit.
    fn apply(&self, batch: &[Planned]) -> Option<Texts> {
        let mut edits: BTreeMap<&Path, Vec<_>> = BTreeMap::new();
        for change in batch.iter().flat_map(|planned| &planned.changes) {
            let of_file = edits.entry(&change.path).or_default();
            of_file.extend(change.edits.iter().cloned());
        }
        let mut texts = self.texts.clone();
        for (path, edits) in edits {
            let text = texts.entry(path.to_owned()).or_insert_with(|| Text {
                old: None,
                new: Arc::from([]),
            });
            let new = apply(std::str::from_utf8(&text.new).ok()?, &edits)?;
            text.new = new.into_bytes().into();
        }
        Some(texts)
    }

    /// Tries the suspects in halves from now on, until the one that does harm is alone and refused.
    fn hold_back(&mut self, batch: &[Planned], suspects: &HashSet<usize>, why: &str) {
        let half = suspects.len() / 2;
        for (at, planned) in batch.iter().enumerate() {
            if !suspects.contains(&at) {
                continue;
            }
            if batch.len() > 1 {
                self.limits.insert(planned.key.clone(), half.max(1));
            } else {
                let refused = Refused {
                    mend: planned.mend.clone(),
                    why: why.to_owned(),
                };
                self.refused.push((planned.key.clone(), refused));
            }
        }
    }

    fn overlays(&self) -> Vec<Overlay> {
        let texts = self.texts.iter();
        texts
            .map(|(path, text)| Overlay {
                path: path.clone(),
                bytes: Arc::clone(&text.new),
                asked: false,
            })
            .collect()
    }

    fn finish(self, outcome: Outcome, unfinished: bool) -> Mended {
        let texts = self.texts.into_iter();
        let changed = texts.filter(|(_, text)| text.old.as_ref() != Some(&text.new));
        let mut refused: Vec<Refused> = self.refused.into_iter().map(|(_, one)| one).collect();
        refused.sort_by(|a, b| a.mend.path.cmp(&b.mend.path));
        Mended {
            outcome,
            files: changed
                .map(|(path, Text { old, new })| MendedFile { path, old, new })
                .collect(),
            applied: self.applied,
            refused,
            unfinished,
        }
    }
}
