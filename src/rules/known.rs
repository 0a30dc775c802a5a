//! Findings that a baseline knows.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::{Finding, Outcome, engine};
use crate::workspace::{Baseline, Discovery, FileId, KnownFinding};

/// The folders of the organisations of a run.
#[derive(Debug, Default)]
pub(super) struct Roots {
    /// Those that were asked for.
    asked: BTreeSet<Arc<Path>>,
    /// That of each file with findings.
    by_file: HashMap<FileId, Arc<Path>>,
}

impl Roots {
    /// `found` are the files with findings: few, where there may be very many files.
    pub fn new(discovery: &Discovery, found: &HashSet<FileId>) -> Self {
        let mut roots = Self::default();
        for organisation in &discovery.organisations {
            let root: Arc<Path> = Arc::from(organisation.root.as_path());
            let files = organisation.files.iter().chain(&organisation.pages);
            let mut files = files.map(|(file, _)| *file);
            let has_findings = files.clone().filter(|file| found.contains(file));
            let with_root = has_findings.map(|file| (file, Arc::clone(&root)));
            roots.by_file.extend(with_root);
            if files.any(|file| discovery.is_asked(file)) {
                roots.asked.insert(root);
            }
        }
        for (at, file) in discovery.config_files.iter().enumerate() {
            if found.contains(file)
                && let Some(root) = discovery.root_of_config(at)
            {
                let root: Arc<Path> = Arc::from(root);
                roots.by_file.insert(*file, Arc::clone(&root));
                roots.asked.insert(root);
            }
        }
        roots
    }

    pub fn of(&self, file: FileId) -> Option<&Path> {
        self.by_file.get(&file).map(|root| &**root)
    }
}

/// Which findings are known.
#[derive(Debug, Default)]
pub(super) struct Known {
    findings: HashSet<(FileId, u64)>,
    /// How many of them were taken out of the outcome.
    hidden: usize,
    /// Whether they are left out where findings are listed for people.
    unlisted: bool,
}

impl Outcome {
    /// The folders of the organisations that were asked for. The baseline of each lies in its folder.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        self.roots.asked.iter().map(|root| &**root)
    }

    /// Whether a baseline knows a finding.
    pub fn is_known(&self, finding: &Finding) -> bool {
        let key = (finding.file, finding.fingerprint);
        self.known.findings.contains(&key)
    }

    /// How many findings are known, the hidden ones too.
    pub fn known(&self) -> usize {
        let shown = self.findings.iter().filter(|one| self.is_known(one));
        self.known.hidden + shown.count()
    }

    /// Takes what a baseline holds as known: in the organisation in the folder `root`, or in all.
    pub fn recall(&mut self, baseline: &Baseline, root: Option<&Path>) {
        let mut left = baseline.counts();
        let mut known = Vec::new();
        for finding in self.of_root(root) {
            if let Some(count) = left.get_mut(&finding.fingerprint)
                && *count > 0
            {
                *count -= 1;
                let key = (finding.file, finding.fingerprint);
                known.push(key);
            }
        }
        self.known.findings.extend(known);
    }

    /// Keeps only the findings that `keep` says, given the path of their file.
    pub fn retain(&mut self, mut keep: impl FnMut(&Path, &Finding) -> bool) {
        let files = self.sources.files();
        self.findings
            .retain(|finding| keep(files.path(finding.file), finding));
        self.ignored
            .retain(|one| keep(files.path(one.finding.file), &one.finding));
    }

    /// Says whether known findings are among those that are listed.
    pub fn list_known(&mut self, listed: bool) {
        self.known.unlisted = !listed;
    }

    /// The findings that are listed, by file, place and rule.
    pub fn listed(&self) -> impl Iterator<Item = &Finding> {
        let all = !self.known.unlisted;
        let findings = self.findings.iter();
        findings.filter(move |finding| all || !self.is_known(finding))
    }

    /// Takes known findings out, so that only new ones are listed; they still count as known.
    pub fn hide_known(&mut self) {
        let before = self.findings.len();
        let known = &self.known.findings;
        self.findings
            .retain(|finding| !known.contains(&(finding.file, finding.fingerprint)));
        self.known.hidden += before - self.findings.len();
    }

    /// The findings of the organisation in the folder `root`, or of all, as a baseline keeps them.
    pub fn to_baseline(&self, root: Option<&Path>) -> Baseline {
        let known = |finding: &Finding| KnownFinding {
            file: engine::relative(
                self.sources.files().path(finding.file),
                self.roots.of(finding.file),
            ),
            rule: finding.rule.id.to_owned(),
            fingerprint: finding.fingerprint,
            message: finding.message.to_string(),
        };
        Baseline::new(self.of_root(root).map(known).collect())
    }

    fn of_root(&self, root: Option<&Path>) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| {
            root.is_none_or(|root| self.roots.of(finding.file) == Some(root))
        })
    }
}
