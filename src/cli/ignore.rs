use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use ecow::EcoString;

use super::args::IgnoreArgs;
use super::replace::replace_all;
use super::{Failure, Output, Status, baseline};
use crate::report::{Paint, concise, count, patch};
use crate::rules::{Finding, MendedFile, Outcome, RULES, Request, check, find, hush};
use crate::syntax::nearest;
use crate::workspace::{FileId, Overlay, discover, is_page};

/// What rolelint says of comments themselves.
const OF_COMMENTS: &str = "unused-ignore";
/// How often files are checked: a comment may bring forward what another finding covered.
const MOST_CHECKS: usize = 10;

pub(super) fn run(args: &IgnoreArgs, output: &Output) -> Result<Status, Failure> {
    let work = Work {
        args,
        base: std::env::current_dir()?,
        rules: rules(&args.rule)?,
    };
    let Done {
        texts,
        mut outcome,
        found,
    } = work.out()?;
    let files = outcome.sources.files();
    if args.diff {
        output.print(|out| {
            for (path, (old, new)) in &texts {
                patch(
                    &files.show(path),
                    Some(old),
                    new,
                    Paint::new(output.color),
                    out,
                )?;
            }
            Ok(())
        })?;
        let (findings, files) = (count(found, "finding"), count(texts.len(), "file"));
        output.note(&format!(
            "would write ignore comments for {findings} in {files}"
        ));
        return Ok(if texts.is_empty() {
            Status::Clean
        } else {
            Status::Findings
        });
    }
    let changed = texts.iter().map(|(path, (old, new))| MendedFile {
        path: path.clone(),
        old: Some(old.as_bytes().into()),
        new: new.as_bytes().into(),
    });
    let changed: Vec<MendedFile> = changed.collect();
    replace_all(&changed, |path| files.show(path).into_owned())?;
    outcome.findings.retain(|finding| work.is_meant(finding));
    outcome.hide_known();
    let left = outcome.findings.len();
    let mut lines = Vec::new();
    if found > 0 {
        let (findings, files) = (count(found, "finding"), count(texts.len(), "file"));
        lines.push(format!("Wrote ignore comments for {findings} in {files}."));
    } else if left == 0 {
        let new = if outcome.known() > 0 { "new " } else { "" };
        lines.push(format!(
            "There are no {new}findings, so there is nothing to ignore."
        ));
    }
    if left > 0 {
        let (is, it) = if left == 1 {
            ("is", "it")
        } else {
            ("are", "them")
        };
        let mut list = Vec::new();
        concise(&outcome, &mut list)?;
        lines.push(format!(
            "{} {is} left, as no comment can silence {it}:\n{}",
            count(left, "finding"),
            String::from_utf8_lossy(&list)
        ));
    }
    output.line(&lines.join("\n"))?;
    Ok(if left > 0 {
        Status::Findings
    } else {
        Status::Clean
    })
}

/// The rules of some names.
fn rules(names: &[String]) -> Result<HashSet<&'static str>, Failure> {
    let rule = |name: &String| match find(name) {
        Some(rule) if rule.id == OF_COMMENTS => Err(Failure::new(format!(
            "no comment silences `{OF_COMMENTS}`; correct or remove the comment or exception that it is about"
        ))),
        Some(rule) => Ok(rule.id),
        None => Err(Failure::new(
            match nearest(name, RULES.iter().map(|rule| rule.id)) {
                Some(near) => format!("there is no rule `{name}`; did you mean `{near}`?"),
                None => format!("there is no rule `{name}`; `rolelint rules` lists them"),
            },
        )),
    };
    names.iter().map(rule).collect()
}

/// The old and the new text of each file that gets comments.
type Texts = BTreeMap<PathBuf, (String, Arc<str>)>;

/// What a finding is told by while texts change.
type Key = (PathBuf, &'static str, EcoString, EcoString);

fn key(outcome: &Outcome, finding: &Finding) -> Key {
    let path = outcome.sources.files().path(finding.file).to_owned();
    let (place, subject) = (finding.place.clone(), finding.subject.clone());
    (path, finding.rule.id, place, subject)
}

struct Work<'a> {
    args: &'a IgnoreArgs,
    base: PathBuf,
    /// The rules that were asked for; none stands for all.
    rules: HashSet<&'static str>,
}

/// All comments are placed.
struct Done {
    texts: Texts,
    /// What a check of these texts says.
    outcome: Outcome,
    /// How many findings got a comment.
    found: usize,
}

impl Work<'_> {
    /// Works out comments for all findings.
    fn out(&self) -> Result<Done, Failure> {
        // What no comment silences or reaches; when some of it shows late, all begins anew without it.
        let mut hopeless: HashSet<Key> = HashSet::new();
        let mut texts = Texts::new();
        let mut placed: HashSet<(PathBuf, &'static str, u32)> = HashSet::new();
        let mut found = 0;
        for _ in 0..MOST_CHECKS {
            let outcome = self.check(&texts)?;
            let path = |file: FileId| outcome.sources.files().path(file).to_owned();
            let known = hopeless.len();
            for finding in &outcome.findings {
                let place = (path(finding.file), finding.rule.id, finding.span.start);
                if placed.contains(&place) {
                    hopeless.insert(key(&outcome, finding));
                }
            }
            placed.clear();
            if hopeless.len() > known {
                texts.clear();
                found = 0;
                continue;
            }
            let before = found;
            for (file, findings) in self.wanted(&outcome, &hopeless) {
                if is_page(&path(file)) {
                    // Such a comment is a heading in Markdown.
                    hopeless.extend(findings.iter().map(|finding| key(&outcome, finding)));
                    continue;
                }
                let bytes = outcome.sources.bytes(file)?;
                let Ok(text) = String::from_utf8(bytes) else {
                    continue;
                };
                let hushed = hush(
                    &Arc::from(text.as_str()),
                    &findings,
                    self.args.reason.as_deref(),
                );
                for (finding, start) in findings.iter().zip(hushed.starts) {
                    if let Some(start) = start {
                        placed.insert((path(file), finding.rule.id, start));
                        found += 1;
                    } else {
                        hopeless.insert(key(&outcome, finding));
                    }
                }
                if *hushed.text != *text {
                    let new = hushed.text;
                    texts
                        .entry(path(file))
                        .and_modify(|(_, known)| *known = Arc::clone(&new))
                        .or_insert((text, new));
                }
            }
            if found == before {
                return Ok(Done {
                    texts,
                    outcome,
                    found,
                });
            }
        }
        Err(Failure::new(
            "comments lead to ever more findings here, so nothing is written; name the rules with --rule",
        ))
    }

    fn check(&self, texts: &Texts) -> Result<Outcome, Failure> {
        let overlays = texts.iter().map(|(path, (_, new))| Overlay {
            path: path.clone(),
            bytes: Arc::from(new.as_bytes()),
            asked: false,
        });
        let mut outcome = check(Request {
            discovery: discover(&self.base, &self.args.paths, &[])?,
            overlays: overlays.collect(),
            today: self.args.today,
        });
        if !self.args.no_baseline {
            baseline::recall(&mut outcome, None)?;
        }
        Ok(outcome)
    }

    /// Whether a finding is one that was asked for.
    fn is_meant(&self, finding: &Finding) -> bool {
        self.rules.is_empty() || self.rules.contains(finding.rule.id)
    }

    /// The findings that are to be silenced, by file.
    fn wanted<'o>(
        &self,
        outcome: &'o Outcome,
        hopeless: &HashSet<Key>,
    ) -> BTreeMap<FileId, Vec<&'o Finding>> {
        let mut wanted: BTreeMap<FileId, Vec<&Finding>> = BTreeMap::new();
        for finding in &outcome.findings {
            // Comments count in role files only.
            let mut organisations = outcome.organisations.iter();
            if self.is_meant(finding)
                && !outcome.is_known(finding)
                && finding.rule.id != OF_COMMENTS
                && organisations.any(|one| one.holds(finding.file))
                && !hopeless.contains(&key(outcome, finding))
            {
                wanted.entry(finding.file).or_default().push(finding);
            }
        }
        wanted
    }
}
