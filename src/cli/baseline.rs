use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::BaselineArgs;
use super::replace::replace_all;
use super::{Failure, Output, Status};
use crate::report::count;
use crate::rules::{MendedFile, Outcome, Request, check};
use crate::workspace::{BASELINE_NAME, Baseline, KnownFinding, absolute, discover};

/// What is said where there is nothing to look at.
const NOTHING: &str = "No role files found, so there is nothing that a baseline could hold.";

/// Takes findings as known: those of the baseline `file`, else those in the baseline of each organisation.
pub(super) fn recall(outcome: &mut Outcome, file: Option<&Path>) -> Result<(), Failure> {
    if let Some(path) = file {
        let baseline = read(path)?.ok_or_else(|| missing(path))?;
        outcome.recall(&baseline, None);
        return Ok(());
    }
    let roots: Vec<PathBuf> = outcome.roots().map(Path::to_owned).collect();
    for root in roots {
        if let Some(baseline) = read(&root.join(BASELINE_NAME))? {
            outcome.recall(&baseline, Some(&root));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<Baseline>, Failure> {
    Baseline::read(path).map_err(|why| {
        Failure::new(format!(
            "cannot read the baseline {}: {why}",
            path.display()
        ))
    })
}

fn missing(path: &Path) -> Failure {
    Failure::new(format!("there is no baseline {}", path.display()))
}

/// A baseline on disk, and what is so now.
struct Compared {
    path: PathBuf,
    /// What is known and still there, or was not looked for.
    kept: Vec<KnownFinding>,
    /// What is known and no longer there.
    gone: Vec<KnownFinding>,
    /// What is there and not known.
    new: Vec<KnownFinding>,
    /// What the file holds; `None` where there is none.
    old: Option<Arc<[u8]>>,
}

impl Compared {
    /// `is_asked` tells of a file, as a baseline names it, whether it was looked at.
    fn new(path: PathBuf, now: Baseline, is_asked: impl Fn(&str) -> bool) -> Result<Self, Failure> {
        let bytes = std::fs::read(&path).ok().map(Arc::from);
        let old = read(&path)?;
        let mut there = now.counts();
        let (mut kept, mut gone, mut known) = (Vec::new(), Vec::new(), HashMap::new());
        for finding in old.into_iter().flat_map(|old| old.findings) {
            let found = there
                .get_mut(&finding.fingerprint)
                .filter(|count| **count > 0);
            if let Some(count) = found {
                *count -= 1;
                *known.entry(finding.fingerprint).or_insert(0_usize) += 1;
                kept.push(finding);
            } else if is_asked(&finding.file) {
                gone.push(finding);
            } else {
                kept.push(finding);
            }
        }
        let is_new = |finding: &KnownFinding| match known.get_mut(&finding.fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        let new = now.findings.into_iter().filter(is_new).collect();
        Ok(Self {
            path,
            kept,
            gone,
            new,
            old: bytes,
        })
    }

    /// The file as it is to be.
    fn file(&self, findings: Vec<KnownFinding>) -> MendedFile {
        MendedFile {
            path: self.path.clone(),
            old: self.old.clone(),
            new: Baseline::new(findings).text().into_bytes().into(),
        }
    }
}

pub(super) fn run(args: &BaselineArgs, output: &Output) -> Result<Status, Failure> {
    let base = std::env::current_dir()?;
    let discovery = discover(&base, &args.paths, &[])?;
    let outcome = check(Request {
        discovery,
        overlays: Vec::new(),
        today: args.today,
    });
    let asked: Vec<PathBuf> = args
        .paths
        .iter()
        .map(|path| absolute(&base, path))
        .collect();
    let is_asked = |path: &Path| asked.iter().any(|asked| path.starts_with(asked));
    let roots: Vec<&Path> = outcome.roots().collect();
    let baselines = match &args.file {
        Some(file) => {
            let in_any = |file: &str| roots.iter().any(|root| is_asked(&root.join(file)));
            let now = outcome.to_baseline(None);
            vec![Compared::new(absolute(&base, file), now, in_any)?]
        }
        None => {
            let compare = |root: &&Path| {
                let now = outcome.to_baseline(Some(root));
                let path = root.join(BASELINE_NAME);
                Compared::new(path, now, |file| is_asked(&root.join(file)))
            };
            roots.iter().map(compare).collect::<Result<_, _>>()?
        }
    };
    if let (Some(file), [one]) = (&args.file, baselines.as_slice())
        && one.old.is_none()
        && (args.prune || args.check)
    {
        return Err(missing(file));
    }
    let shown = |path: &Path| outcome.sources.files().show(path).into_owned();
    if args.check {
        return ratchet(&baselines, shown, args, output);
    }
    let (mut said, mut files) = (Vec::new(), Vec::new());
    for baseline in &baselines {
        let path = shown(&baseline.path);
        let (what, file) = if args.prune {
            prune(baseline, &path)
        } else {
            note(baseline, &path)
        };
        said.push(what);
        files.extend(file);
    }
    replace_all(&files, shown)?;
    if said.is_empty() {
        said.push(NOTHING.to_owned());
    }
    output.line(&said.join("\n"))?;
    Ok(Status::Clean)
}

/// Notes what is known and what is new.
fn note(baseline: &Compared, path: &str) -> (String, Option<MendedFile>) {
    let (new, gone) = (baseline.new.len(), baseline.gone.len());
    let all: Vec<KnownFinding> = baseline.kept.iter().chain(&baseline.new).cloned().collect();
    let known = count(all.len(), "finding");
    let said = match (&baseline.old, new, gone) {
        (None, 0, _) => {
            let said = format!("There are no findings, so {path} is not needed and not written.");
            return (said, None);
        }
        (Some(_), 0, 0) => return (format!("{path} is up to date: it holds {known}."), None),
        (None, ..) => {
            format!("Wrote {path}: it holds {known}, and only new ones fail a check from now on.")
        }
        (Some(_), ..) => format!("Wrote {path}: it holds {known} ({new} new, {gone} gone)."),
    };
    (said, Some(baseline.file(all)))
}

/// Drops what is gone.
fn prune(baseline: &Compared, path: &str) -> (String, Option<MendedFile>) {
    let left = baseline.kept.len();
    let dropped = count(baseline.gone.len(), "finding");
    let said = match (&baseline.old, baseline.gone.len(), left) {
        (None, ..) => return (nothing_to_drop(path), None),
        (_, 0, _) => {
            return (
                format!("{path} stays as it is: {}.", still_there(left)),
                None,
            );
        }
        (_, _, 0) => format!("Dropped {dropped} from {path}. None is left: you can delete it."),
        _ => format!("Dropped {dropped} from {path}; it still holds {left}."),
    };
    (said, Some(baseline.file(baseline.kept.clone())))
}

fn nothing_to_drop(path: &str) -> String {
    format!("There is no {path}, so there is nothing to drop.")
}

fn still_there(findings: usize) -> String {
    match findings {
        0 => "it holds no findings".to_owned(),
        1 => "its 1 finding is still there".to_owned(),
        all => format!("all {all} findings in it are still there"),
    }
}

/// Fails when a baseline could be smaller, so that what was mended once cannot come back unseen.
fn ratchet(
    baselines: &[Compared],
    shown: impl Fn(&Path) -> String,
    args: &BaselineArgs,
    output: &Output,
) -> Result<Status, Failure> {
    let mut lines = Vec::new();
    for baseline in baselines {
        let path = shown(&baseline.path);
        if baseline.old.is_none() {
            lines.push(nothing_to_drop(&path));
        } else if baseline.gone.is_empty() {
            lines.push(format!(
                "{path} is as small as it can be: {}.",
                still_there(baseline.kept.len())
            ));
        } else {
            let are = if baseline.gone.len() == 1 {
                "is"
            } else {
                "are"
            };
            lines.push(format!(
                "{} in {path} {are} gone:",
                count(baseline.gone.len(), "finding")
            ));
            lines.extend(baseline.gone.iter().map(|gone| {
                let line = format!("  {}: {}: {}", gone.file, gone.rule, gone.message);
                line.replace(char::is_control, " ")
            }));
        }
    }
    let is_smaller = baselines.iter().any(|baseline| !baseline.gone.is_empty());
    if is_smaller {
        let file = args
            .file
            .as_ref()
            .map(|file| format!(" --file {}", file.display()));
        lines.push(format!(
            "Run `rolelint baseline --prune{}` and commit what it writes.",
            file.unwrap_or_default()
        ));
    } else if lines.is_empty() {
        lines.push(NOTHING.to_owned());
    }
    output.line(&lines.join("\n"))?;
    Ok(if is_smaller {
        Status::Findings
    } else {
        Status::Clean
    })
}
