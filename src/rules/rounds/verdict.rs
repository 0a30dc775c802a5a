//! Whether a round did what it was to do.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::Texts;
use super::batch::{Planned, Subject, subject};
use crate::rules::people::vacant_role;
use crate::rules::{Outcome, Safety};
use crate::syntax::parse;

/// What is wrong with a round.
pub(super) struct Verdict {
    /// The mends that may have done it, by their number in the round.
    pub suspects: HashSet<usize>,
    /// What they did.
    pub why: String,
}

/// What is wrong with a round, if something is: a file has more errors than before, or a finding is still there.
pub(super) fn judge(
    batch: &[Planned],
    before: &Outcome,
    after: &Outcome,
    old: &Texts,
    new: &Texts,
) -> Option<Verdict> {
    let mut worse = broken(batch, old, new);
    worse.extend(more_errors(batch, before, after));
    if let Some((path, what)) = worse.first_key_value() {
        let touch = |planned: &Planned| {
            let mut changes = planned.changes.iter();
            changes.any(|change| worse.contains_key(&*change.path))
        };
        let mut suspects = those(batch, touch);
        if suspects.is_empty() {
            // It came of what another file says.
            suspects = (0..batch.len()).collect();
        }
        let shown = after.sources.files().show(path);
        let why = match what {
            None => format!("afterwards `{shown}` would not be valid YAML any more"),
            Some(rule) => format!("afterwards `{shown}` would have another error ({rule})"),
        };
        return Some(Verdict { suspects, why });
    }
    let count = |outcome: &Outcome| -> HashMap<Subject, usize> {
        let mut counts = HashMap::new();
        for finding in &outcome.findings {
            *counts.entry(subject(outcome, finding)).or_default() += 1;
        }
        counts
    };
    let (had, has) = (count(before), count(after));
    let suspects = those(batch, |planned| {
        let of = |counts: &HashMap<_, _>| counts.get(&planned.subject).copied().unwrap_or(0);
        of(&has) >= of(&had)
    });
    (!suspects.is_empty()).then(|| Verdict {
        suspects,
        why: "what it is to mend would still be there".to_owned(),
    })
}

fn those(batch: &[Planned], is_one: impl Fn(&Planned) -> bool) -> HashSet<usize> {
    let numbered = batch.iter().enumerate();
    let found = numbered.filter(|(_, planned)| is_one(planned));
    found.map(|(at, _)| at).collect()
}

/// The files with a syntax error that they did not have before.
fn broken<'p>(
    batch: &'p [Planned],
    old: &Texts,
    new: &Texts,
) -> BTreeMap<&'p Path, Option<&'static str>> {
    let errors = |texts: &Texts, path: &Path| {
        let bytes = texts.get(path).map(|text| &*text.new);
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.map_or(0, |text| parse(&Arc::from(text)).errors().len())
    };
    let changes = batch.iter().flat_map(|planned| &planned.changes);
    let paths: HashSet<&Path> = changes.map(|change| &*change.path).collect();
    let mut broken: Vec<&Path> = paths.into_iter().collect();
    broken.retain(|path| errors(new, path) > errors(old, path));
    broken.into_iter().map(|path| (path, None)).collect()
}

/// The files with more errors than before, each with the rule that has something new to say.
fn more_errors<'o>(
    batch: &[Planned],
    before: &'o Outcome,
    after: &'o Outcome,
) -> BTreeMap<&'o Path, Option<&'static str>> {
    // A seat that somebody agrees to mark as vacant is then reported as vacant, because that is the truth.
    let any_asked = batch.iter().any(|one| one.safety == Safety::Asked);
    let count = |outcome: &'o Outcome| {
        let mut counts: BTreeMap<&'o Path, BTreeMap<&'static str, usize>> = BTreeMap::new();
        for (file, rule) in outcome.errors() {
            if !(any_asked && *rule == &vacant_role::RULE) {
                let of_file = counts
                    .entry(outcome.sources.files().path(*file))
                    .or_default();
                *of_file.entry(rule.id).or_default() += 1;
            }
        }
        counts
    };
    let had = count(before);
    let grown = count(after).into_iter().filter_map(|(path, counts)| {
        let had = had.get(path);
        let sum = |counts: &BTreeMap<_, usize>| counts.values().sum::<usize>();
        if sum(&counts) <= had.map_or(0, sum) {
            return None;
        }
        let had = |rule: &str| {
            had.and_then(|counts| counts.get(rule))
                .copied()
                .unwrap_or(0)
        };
        let mut counts = counts.into_iter();
        let (rule, _) = counts.find(|(rule, count)| *count > had(rule))?;
        Some((path, Some(rule)))
    });
    grown.collect()
}
