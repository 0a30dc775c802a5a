//! Findings that somebody agreed to: ignore comments and exceptions.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;

use super::structure::unused_ignore::{self, Silent};
use super::{Finding, Ignored, IgnoredBy, find};
use crate::spec::Ignore;
use crate::workspace::{Config, Exception, FileId};

pub(super) struct Silencer<'a> {
    configs: &'a [Config],
    /// The day that the exceptions of each configuration are compared with.
    days: Vec<Date>,
    /// How many findings each exception silenced, by configuration and number.
    used: HashMap<(usize, usize), usize>,
    /// What was silenced, where somebody wants to know.
    kept: Option<Vec<Ignored>>,
}

impl<'a> Silencer<'a> {
    pub(super) fn new(configs: &'a [Config], days: Vec<Date>) -> Self {
        Self {
            configs,
            days,
            used: HashMap::new(),
            kept: None,
        }
    }

    /// Keeps what is silenced.
    pub(super) fn keep(mut self) -> Self {
        self.kept = Some(Vec::new());
        self
    }

    /// What was silenced since this was asked last.
    pub(super) fn take_kept(&mut self) -> Vec<Ignored> {
        self.kept.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The exceptions that silenced something, by configuration and number.
    pub(super) fn used(&self) -> Vec<(usize, usize)> {
        self.used.keys().copied().collect()
    }

    /// Counts exceptions as used that silenced something elsewhere.
    pub(super) fn use_also(&mut self, used: impl Iterator<Item = (usize, usize)>) {
        for exception in used {
            *self.used.entry(exception).or_default() += 1;
        }
    }

    /// Takes out the findings that a comment or an exception silences; returns what is to be said of comments
    /// that silence nothing. `chain_of` gives the configurations of a file, `path_of` its path.
    pub(super) fn silence<'p>(
        &mut self,
        findings: &mut Vec<Finding>,
        ignores: &[(FileId, &Ignore)],
        chain_of: impl Fn(FileId) -> Vec<usize>,
        path_of: impl Fn(FileId) -> &'p Path,
    ) -> Vec<Finding> {
        let mut by_file: HashMap<FileId, Vec<(&Ignore, Vec<usize>)>> = HashMap::new();
        for (file, ignore) in ignores {
            let unused = vec![0; ignore.rules.len()];
            by_file.entry(*file).or_default().push((ignore, unused));
        }
        for finding in std::mem::take(findings) {
            let mut comment: Option<&Ignore> = None;
            // What is said of a line counts before what is said of the whole file.
            for whole_file in [false, true] {
                for (ignore, used) in by_file.get_mut(&finding.file).into_iter().flatten() {
                    if comment.is_some() && whole_file
                        || ignore.whole_file != whole_file
                        || !ignore.covers(finding.span.start)
                    {
                        continue;
                    }
                    for ((rule, _), used) in ignore.rules.iter().zip(used) {
                        if **rule == *finding.rule.id {
                            *used += 1;
                            comment = comment.or(Some(*ignore));
                        }
                    }
                }
            }
            let agreed = match comment {
                Some(comment) => Some((IgnoredBy::Comment, comment.reason.as_deref())),
                None => self.exception(&finding, &chain_of, &path_of).map(|one| {
                    (
                        IgnoredBy::Exception,
                        one.reason.as_ref().map(|why| &*why.text),
                    )
                }),
            };
            match (agreed, &mut self.kept) {
                (None, _) => findings.push(finding),
                (Some((by, reason)), Some(kept)) => kept.push(Ignored {
                    finding,
                    by,
                    reason: reason.map(Box::from),
                }),
                (Some(_), None) => {}
            }
        }
        let mut unused = Vec::new();
        for (file, ignores) in &by_file {
            for (ignore, used) in ignores {
                unused_ignore::comment(*file, ignore, used, &mut unused);
            }
        }
        unused
    }

    /// The exception that a finding falls under, which counts as used from then on.
    fn exception<'p>(
        &mut self,
        finding: &Finding,
        chain_of: &impl Fn(FileId) -> Vec<usize>,
        path_of: &impl Fn(FileId) -> &'p Path,
    ) -> Option<&'a Exception> {
        let configs = self.configs;
        if configs.iter().all(|config| config.exceptions.is_empty()) {
            return None;
        }
        for at in chain_of(finding.file) {
            let Some(config) = configs.get(at) else {
                continue;
            };
            for (number, exception) in config.exceptions.iter().enumerate() {
                let expired = self.is_over(at, exception);
                if !expired
                    && *exception.rule.text == *finding.rule.id
                    && exception.covers(config, path_of(finding.file))
                {
                    *self.used.entry((at, number)).or_default() += 1;
                    return Some(exception);
                }
            }
        }
        None
    }

    /// Whether the last day of an exception of the configuration `at` has passed.
    fn is_over(&self, at: usize, exception: &Exception) -> bool {
        let day = self.days.get(at);
        exception
            .until
            .zip(day)
            .is_some_and(|(until, day)| until.date < *day)
    }

    /// What is to be said of the exceptions of a configuration that have expired or silence nothing.
    pub(super) fn unused_exceptions(&self, at: usize, file: FileId) -> Vec<Finding> {
        let exceptions = self
            .configs
            .get(at)
            .map(|config| config.exceptions.as_slice());
        exceptions
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter_map(|(number, exception)| {
                let why = match exception.until {
                    _ if find(&exception.rule.text).is_none() => Silent::UnknownRule,
                    Some(until) if self.is_over(at, exception) => Silent::Expired(until.date),
                    _ if !self.used.contains_key(&(at, number)) => Silent::Nothing,
                    _ => return None,
                };
                Some(unused_ignore::exception(file, exception, &why))
            })
            .collect()
    }
}
