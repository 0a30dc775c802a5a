//! Which mends can be applied at once.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use ecow::EcoString;

use super::{Applied, Refused, Texts};
use crate::rules::{Finding, Fix, Outcome, Safety, Target};
use crate::text::{Span, TextEdit};

/// What tells a mend from all others, from one check to the next.
pub(super) type Key = (PathBuf, u64, String);

/// A mend that could be applied.
pub(super) struct Planned {
    pub key: Key,
    pub mend: Applied,
    pub safety: Safety,
    /// The finding, without what tells it from others that say the same.
    pub subject: Subject,
    pub changes: Vec<Edits>,
    /// The places that the finding is about: what changes them may settle it another way.
    about: Vec<(PathBuf, Span)>,
}

/// Rule, file, place and subject of a finding.
pub(super) type Subject = (&'static str, PathBuf, EcoString, EcoString);

/// What changes in one file.
pub(super) struct Edits {
    pub path: PathBuf,
    pub edits: Vec<TextEdit>,
    /// Whether the file is not there yet.
    pub is_new: bool,
}

pub(super) fn subject(outcome: &Outcome, finding: &Finding) -> Subject {
    let path = outcome.sources.files().path(finding.file).to_owned();
    (
        finding.rule.id,
        path,
        finding.place.clone(),
        finding.subject.clone(),
    )
}

/// One mend for each finding that has one, and those among them that may not be applied here.
pub(super) fn plan(
    outcome: &Outcome,
    asked: bool,
    only: Option<&Path>,
    refused: &HashSet<&Key>,
) -> (Vec<Planned>, Vec<(Key, Refused)>) {
    let (mut all, mut not_allowed) = (Vec::new(), Vec::new());
    outcome.with_fixer(|fixer| {
        for finding in &outcome.findings {
            let mut fixes = fixer.fixes(finding).into_iter();
            let Some(fix) = fixes.find(|fix| asked || fix.safety == Safety::Safe) else {
                continue;
            };
            let planned = planned(outcome, finding, fix);
            if refused.contains(&planned.key) {
                continue;
            }
            match forbidden(outcome, &planned, only) {
                None => all.push(planned),
                Some(why) => {
                    let mend = planned.mend;
                    not_allowed.push((planned.key, Refused { mend, why }));
                }
            }
        }
    });
    (all, not_allowed)
}

fn planned(outcome: &Outcome, finding: &Finding, fix: Fix) -> Planned {
    let path = |file| outcome.sources.files().path(file).to_owned();
    let changes = fix.changes.into_iter().map(|change| {
        let (path, is_new) = match change.target {
            Target::File(file) => (path(file), false),
            Target::New(path) => (path, true),
        };
        Edits {
            path,
            edits: change.edits,
            is_new,
        }
    });
    let related = finding.related.iter();
    let about = related.map(|related| (path(related.file), related.span));
    let own = path(finding.file);
    Planned {
        key: (own.clone(), finding.fingerprint, fix.title.clone()),
        safety: fix.safety,
        subject: subject(outcome, finding),
        changes: changes.collect(),
        about: about.chain([(own.clone(), finding.span)]).collect(),
        mend: Applied {
            rule: finding.rule.id,
            path: own,
            title: fix.title,
        },
    }
}

/// Why a mend may not be applied, if it may not: it reaches too far.
fn forbidden(outcome: &Outcome, planned: &Planned, only: Option<&Path>) -> Option<String> {
    // An organisation may lie in a folder of another one.
    let organisation = |path: &Path| {
        let roots = outcome.organisations.iter().map(|one| &*one.root);
        let around = roots.filter(|root| path.starts_with(root));
        around.max_by_key(|root| root.components().count())
    };
    let own = &planned.mend.path;
    let mut others = planned.changes.iter().filter(|change| change.path != *own);
    others.find_map(|change| {
        let shown = outcome.sources.files().show(&change.path);
        let same = organisation(own).is_some_and(|own| organisation(&change.path) == Some(own));
        match only {
            Some(only) if change.path != only => Some(format!(
                "it changes `{shown}` too, and only this file is mended"
            )),
            _ if !same => Some(format!(
                "it changes `{shown}` too, which belongs to another organisation"
            )),
            _ => None,
        }
    })
}

/// The first mends, at most `limit`, none of which meets one before it.
pub(super) fn apart(all: Vec<Planned>, texts: &Texts, limit: usize) -> Vec<Planned> {
    let mut taken = Taken {
        texts,
        edits: HashMap::new(),
        about: HashMap::new(),
    };
    let mut apart = Vec::new();
    for planned in all {
        if apart.len() < limit && !taken.meets(&planned) {
            taken.take(&planned);
            apart.push(planned);
        }
    }
    apart
}

/// The places of the mends of a round.
struct Taken<'t> {
    texts: &'t Texts,
    edits: HashMap<PathBuf, Vec<TextEdit>>,
    about: HashMap<PathBuf, Vec<Span>>,
}

impl Taken<'_> {
    fn take(&mut self, planned: &Planned) {
        for change in &planned.changes {
            let edits = self.edits.entry(change.path.clone()).or_default();
            edits.extend(change.edits.iter().cloned());
        }
        for (path, span) in &planned.about {
            self.about.entry(path.clone()).or_default().push(*span);
        }
    }

    fn meets(&self, planned: &Planned) -> bool {
        let edits = |path: &Path| self.edits.get(path).map_or(&[][..], Vec::as_slice);
        let about = |path: &Path| self.about.get(path).map_or(&[][..], Vec::as_slice);
        let changes_mine = planned.about.iter().any(|(path, span)| {
            let mut edits = edits(path).iter();
            edits.any(|edit| overlaps(edit.span, *span))
        });
        changes_mine
            || planned.changes.iter().any(|change| {
                let known = self.texts.get(&change.path);
                if change.is_new && (known.is_some() || self.edits.contains_key(&change.path)) {
                    return true;
                }
                let text = known.map_or(&[][..], |text| &text.new);
                change.edits.iter().any(|edit| {
                    let mut taken = edits(&change.path).iter();
                    let mut others = about(&change.path).iter();
                    taken.any(|other| touches(edit, other, text))
                        || others.any(|other| overlaps(edit.span, *other))
                })
            })
    }
}

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether two edits meet or have nothing but blanks between them: what each of them leaves as an edge may be what the
/// other one builds on. Items that are added at the same end of a list follow each other.
fn touches(one: &TextEdit, other: &TextEdit, text: &[u8]) -> bool {
    if one.span == other.span && one.span.is_empty() {
        return one.text == other.text
            || lead(&one.text).is_none()
            || lead(&one.text) != lead(&other.text);
    }
    let (first, second) = match one.span <= other.span {
        true => (one.span, other.span),
        false => (other.span, one.span),
    };
    let between = text.get(first.end as usize..second.start as usize);
    between.is_none_or(|between| between.iter().all(u8::is_ascii_whitespace))
}

/// How an added item of a list starts: its indentation and its dash, or its comma.
fn lead(text: &str) -> Option<&str> {
    let start = text.len() - text.trim_start().len();
    let (lead, rest) = text.split_at(start);
    let is_item = rest.starts_with("- ") || rest.starts_with(',');
    is_item.then(|| lead.trim_start_matches(['\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(text: &str, one: (usize, usize, &str), other: (usize, usize, &str)) -> bool {
        let edit =
            |(from, to, new): (usize, usize, &str)| TextEdit::replace(Span::new(from, to), new);
        touches(&edit(one), &edit(other), text.as_bytes())
            && touches(&edit(other), &edit(one), text.as_bytes())
    }

    #[test]
    fn edits_meet_where_they_overlap_or_only_blanks_lie_between() {
        let text = "- a\n\n- b\n- c\n";
        assert!(meet(text, (0, 4, ""), (5, 9, "")));
        assert!(meet(text, (0, 6, ""), (5, 9, "")));
        assert!(!meet(text, (0, 4, ""), (9, 13, "")));
    }

    #[test]
    fn items_added_at_one_place_follow_each_other_and_nothing_else_does() {
        let added = |one: &str, other: &str| !meet("x", (1, 1, one), (1, 1, other));
        assert!(added("\n  - a", "\n  - b") && added(", a", ", b"));
        assert!(!added("\n  - a", "\n  - a"), "one and the same");
        assert!(!added("\n  - a", "\n    - b") && !added("\n  - a", "\n  b: c"));
    }
}
