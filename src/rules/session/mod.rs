//! A check that goes on: files change one at a time, and only what a change affects is worked out anew.
//!
//! The answer is at every moment the one that a fresh check of the same files would give.

mod organisation;
mod pages;
pub(super) mod relations;
mod update;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use super::context::SettingsOf;
use super::engine::Catalogs;
use super::settings::AllSettings;
use super::{Checked, Finding, Fix, Fixer, Parts, Settings};
use crate::catalog::Catalog;
use crate::spec::{Knowledge, SourceFile, UnitKind};
use crate::syntax::Pieces;
use crate::workspace::{
    BASELINE_NAME, Baseline, DiscoverError, Discovery, FileFacts, FileId, Files, Overlay, Reason,
    discover, is_page, today,
};

use organisation::Organisation;
use pages::Page;

/// A workspace that is checked while its files change.
///
/// Paths are absolute. Nothing is worked out before [`refresh`](Self::refresh) is called.
#[derive(Debug)]
pub struct Session {
    base: PathBuf,
    roots: Vec<PathBuf>,
    fixed: Option<Date>,
    /// Texts of open documents, which count instead of what is on disk.
    open: HashMap<PathBuf, Arc<str>>,
    files: Files,
    numbers: HashMap<PathBuf, FileId>,
    discovery: Option<Discovery>,
    settings: AllSettings,
    catalogs: Catalogs,
    organisations: Vec<Organisation>,
    /// The organisation of each role file.
    homes: HashMap<FileId, usize>,
    /// The organisation of each file of a catalog that need not be a role file.
    catalog_homes: HashMap<FileId, usize>,
    /// The Markdown pages whose tables are checked.
    pages: HashMap<FileId, Page>,
    /// What is wrong in configurations.
    configurations: HashMap<FileId, Arc<[Finding]>>,
    /// What keeps catalogs from being read that configurations name.
    catalog_findings: HashMap<FileId, Vec<Finding>>,
    /// What could not be searched, in a sentence each.
    problems: Vec<String>,
    /// Files whose text may be another than the one that was checked.
    dirty: BTreeSet<PathBuf>,
    stale: Stale,
    /// What the baseline in the folder of each organisation knows, once somebody has asked.
    baselines: RefCell<HashMap<PathBuf, HashSet<u64>>>,
    /// The documents of open files with several, as they were parsed last.
    pieces: HashMap<FileId, Pieces>,
    /// Files that were parsed lately.
    parsed: RefCell<HashMap<FileId, Arc<SourceFile>>>,
}

/// How much has to be worked out anew beside the files that changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stale {
    /// Nothing.
    #[default]
    Nothing,
    /// Which files there are.
    List,
    /// Everything.
    All,
}

/// What holds where there are no role files yet.
static DEFAULT: LazyLock<Arc<Knowledge>> =
    LazyLock::new(|| Arc::new(Knowledge::new(Catalog::builtin("popm"))));

/// Roles and duties that hold where nothing says otherwise.
pub fn default_knowledge() -> Arc<Knowledge> {
    Arc::clone(&DEFAULT)
}

/// How many parsed files are kept.
const MOST_PARSED: usize = 64;

impl Session {
    /// Of the folders and files `roots`; relative paths start at `base`. `fixed` is the day that dates are compared
    /// with, else the configuration's, else today.
    pub fn new(base: PathBuf, roots: Vec<PathBuf>, fixed: Option<Date>) -> Self {
        Self {
            files: Files::new(base.clone()),
            base,
            roots,
            fixed,
            open: HashMap::new(),
            numbers: HashMap::new(),
            discovery: None,
            settings: AllSettings::default(),
            catalogs: Catalogs::default(),
            organisations: Vec::new(),
            homes: HashMap::new(),
            catalog_homes: HashMap::new(),
            pages: HashMap::new(),
            configurations: HashMap::new(),
            catalog_findings: HashMap::new(),
            problems: Vec::new(),
            dirty: BTreeSet::new(),
            stale: Stale::All,
            baselines: RefCell::default(),
            pieces: HashMap::new(),
            parsed: RefCell::default(),
        }
    }

    // --- What happens ------------------------------------------------------------------------------------

    /// Other folders and files are asked for.
    pub fn set_roots(&mut self, roots: Vec<PathBuf>) {
        self.roots = roots;
        self.stale = Stale::All;
    }

    /// A document was opened or changed: its text counts instead of what is on disk. With `None` it was closed.
    pub fn set_text(&mut self, path: &Path, text: Option<Arc<str>>) {
        let was_open = self.open.contains_key(path);
        let is_open = text.is_some();
        match text {
            Some(text) => self.open.insert(path.to_owned(), text),
            None => self.open.remove(path),
        };
        if self.is_foreign_page(path) {
            return;
        }
        if was_open != is_open && !self.is_checked(path) {
            // It may be a file that no search finds: one that was never saved, or that lies elsewhere.
            self.stale = self.stale.max(Stale::List);
        }
        if was_open && !is_open && !path.is_file() {
            self.stale = self.stale.max(Stale::List);
        }
        self.mark(path);
    }

    /// A file or folder on disk was created, changed or deleted. Returns whether anything may depend on it.
    pub fn touch(&mut self, path: &Path) -> bool {
        if self.is_foreign_page(path) {
            return false;
        }
        if !self.is_checked(path) || !path.is_file() {
            self.stale = self.stale.max(Stale::List);
        }
        self.mark(path);
        true
    }

    /// Everything is looked at again.
    pub fn reload(&mut self) {
        self.baselines.get_mut().clear();
        self.stale = Stale::All;
    }

    fn mark(&mut self, path: &Path) {
        let name = path.file_name();
        if name.is_some_and(|name| name == BASELINE_NAME) {
            self.baselines.get_mut().clear();
        }
        let is_config = name.is_some_and(|name| name == crate::workspace::CONFIG_NAME);
        if is_config
            || self
                .catalogs
                .paths
                .iter()
                .any(|known| known.starts_with(path))
        {
            self.stale = Stale::All;
        }
        self.dirty.insert(path.to_owned());
    }

    fn is_checked(&self, path: &Path) -> bool {
        let number = self.numbers.get(path);
        number.is_some_and(|file| {
            self.homes.contains_key(file)
                || self.pages.contains_key(file)
                || self.configurations.contains_key(file)
        })
    }

    // --- What is so --------------------------------------------------------------------------------------

    /// The number of a file that was met.
    pub fn file(&self, path: &Path) -> Option<FileId> {
        self.numbers.get(path).copied()
    }

    /// The files by number.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The role files, Markdown pages and configurations, in order of path, whose findings are asked for.
    pub fn asked(&self) -> Vec<FileId> {
        let all = self.homes.keys().chain(self.pages.keys());
        let all = all.chain(self.configurations.keys());
        let mut asked: Vec<FileId> = all.copied().filter(|file| self.is_asked(*file)).collect();
        asked.sort_by(|a, b| self.files.path(*a).cmp(self.files.path(*b)));
        asked
    }

    /// Whether findings in a file are asked for: it lies in the folders of the session, or is open.
    pub fn is_asked(&self, file: FileId) -> bool {
        let path = self.files.path(file);
        let asked = |discovery: &Discovery| discovery.is_asked_path(path);
        self.open.contains_key(path) || self.discovery.as_ref().is_some_and(asked)
    }

    /// What is wrong in a file, in order of place.
    pub fn findings(&self, file: FileId) -> Arc<[Finding]> {
        let home = self.homes.get(&file);
        let home = home.and_then(|home| self.organisations.get(*home));
        let of_role_file = home.and_then(|home| home.settled(file));
        of_role_file
            .or_else(|| Some(Arc::clone(&self.pages.get(&file)?.settled)))
            .or_else(|| self.configurations.get(&file).cloned())
            .unwrap_or_default()
    }

    /// Whether a comment can silence a finding: not one in a configuration or a Markdown page, nor one of a catalog
    /// itself.
    pub fn can_be_ignored(&self, finding: &Finding) -> bool {
        if self.is_page(finding.file) {
            return false;
        }
        let home = self.home(finding.file);
        home.is_some_and(|home| !home.is_of_catalog(finding))
    }

    /// Whether the baseline of its organisation knows a finding.
    pub fn is_known(&self, finding: &Finding) -> bool {
        let home = self.home(finding.file).map(|home| home.root.as_path());
        let root = home.or_else(|| {
            let discovery = self.discovery.as_ref()?;
            let mut configs = discovery.config_files.iter();
            discovery.root_of_config(configs.position(|file| *file == finding.file)?)
        });
        let Some(root) = root else {
            return false;
        };
        let mut baselines = self.baselines.borrow_mut();
        if !baselines.contains_key(root) {
            baselines.insert(root.to_owned(), self.read_baseline(root));
        }
        let known = baselines.get(root);
        known.is_some_and(|known| known.contains(&finding.fingerprint))
    }

    /// The fingerprints in the baseline of a folder; none where it cannot be read.
    fn read_baseline(&self, root: &Path) -> HashSet<u64> {
        let path = root.join(BASELINE_NAME);
        let baseline = match self.open.get(&path) {
            Some(text) => Baseline::parse(text).ok(),
            None => Baseline::read(&path).ok().flatten(),
        };
        let findings = baseline.into_iter().flat_map(|baseline| baseline.findings);
        findings.map(|finding| finding.fingerprint).collect()
    }

    /// The text of a file as it was checked; of a file that is not checked, its text as it is open or on disk.
    pub fn text(&self, file: FileId) -> Option<Arc<str>> {
        if let Some(text) = self.home(file).and_then(|home| home.text(file)) {
            return Some(text);
        }
        if let Some(text) = self.pages.get(&file).and_then(Page::text) {
            return Some(Arc::clone(text));
        }
        self.current_text(self.files.path(file))
    }

    /// A file, read with its organisation's catalog; any other file is read with the default one. `None` where it cannot
    /// be read, or is a Markdown page: that is no YAML.
    pub fn source(&self, file: FileId) -> Option<Arc<SourceFile>> {
        if is_page(self.files.path(file)) {
            return None;
        }
        if let Some(known) = self.parsed(file) {
            return Some(known);
        }
        let text = self.text(file)?;
        let source = Arc::new(SourceFile::read(&text, self.knowledge(file)?));
        self.keep(file, &source);
        Some(source)
    }

    /// A file as it was read lately, if it was.
    pub fn parsed(&self, file: FileId) -> Option<Arc<SourceFile>> {
        self.parsed.borrow().get(&file).cloned()
    }

    fn keep(&self, file: FileId, source: &Arc<SourceFile>) {
        let mut parsed = self.parsed.borrow_mut();
        if parsed.len() >= MOST_PARSED {
            parsed.clear();
        }
        parsed.insert(file, Arc::clone(source));
    }

    /// Roles and duties that hold for a file.
    pub fn knowledge(&self, file: FileId) -> Option<&Arc<Knowledge>> {
        let home = self.home(file).or(self.organisations.first());
        // A configuration may be there before the first role file is.
        Some(home.map_or_else(|| &*DEFAULT, |home| &home.knowledge))
    }

    /// The day that dates in a file are compared with.
    pub fn today(&self, file: FileId) -> Date {
        self.home(file)
            .map_or_else(|| self.fixed.unwrap_or_else(today), |home| home.today)
    }

    /// Severities and options that hold for a file.
    pub fn settings(&self, file: FileId) -> &Settings {
        let configs = self.discovery.iter().flat_map(|found| &found.config_files);
        let config = configs.enumerate().find(|(_, config)| **config == file);
        if let Some(page) = self.pages.get(&file) {
            return self.settings.get(page.config);
        }
        match (config, self.home(file)) {
            (Some((at, _)), _) => self.settings.get(Some(at)),
            (None, Some(home)) => home.settings(&self.settings, file),
            (None, None) => self.settings.get(None),
        }
    }

    /// What the files say together that a file has to do with: its products and teams, whoever holds their seats,
    /// and the people documents.
    pub fn neighbourhood(&self, file: FileId) -> Option<Checked> {
        let home = self.home(file)?;
        Some(home.part(
            &home.around_twice(file),
            &self.files,
            self.discovery.as_ref()?,
        ))
    }

    /// What all files of an organisation say together, of the one that a file belongs to. Costs as much as a check
    /// of them.
    pub fn whole(&self, file: FileId) -> Option<Checked> {
        let home = self.home(file)?;
        Some(home.whole(self.discovery.as_ref()?))
    }

    /// The facts of each role file of the organisation that a file belongs to, in order of path.
    pub fn facts(&self, file: FileId) -> Vec<&FileFacts> {
        self.home(file).map_or_else(Vec::new, Organisation::facts)
    }

    /// The facts of a role file.
    pub fn facts_of(&self, file: FileId) -> Option<&FileFacts> {
        self.home(file)?.facts_of(file)
    }

    /// The facts of the files with people documents in the organisation of a file, in order of path.
    pub fn people_facts(&self, file: FileId) -> Vec<&FileFacts> {
        self.home(file)
            .map_or_else(Vec::new, |home| home.people().collect())
    }

    /// The facts of the files, in the organisation of `file`, whose seats somebody holds whom they call by one of
    /// some names, and perhaps of a few more. Takes no look at the others.
    pub fn facts_with_person(&self, file: FileId, names: &[String]) -> Vec<&FileFacts> {
        let found = self.home(file).map(|home| home.facts_with_person(names));
        self.in_order(found)
    }

    /// The facts of the files, in the organisation of `file`, that define a team or product, or name it, and perhaps
    /// of a few more. Takes no look at the others.
    pub fn facts_with_unit(&self, file: FileId, kind: UnitKind, id: &str) -> Vec<&FileFacts> {
        let found = self.home(file).map(|home| home.facts_with_unit(kind, id));
        self.in_order(found)
    }

    fn in_order<'s>(&self, facts: Option<Vec<&'s FileFacts>>) -> Vec<&'s FileFacts> {
        let mut facts = facts.unwrap_or_default();
        facts.sort_by(|a, b| self.files.path(a.file).cmp(self.files.path(b.file)));
        facts
    }

    /// What the products and teams of a file say together, without the people documents: quicker to have than
    /// [`neighbourhood`](Self::neighbourhood).
    pub fn product(&self, file: FileId) -> Option<Checked> {
        let home = self.home(file)?;
        Some(home.product(file, &self.files, self.discovery.as_ref()?))
    }

    /// The facts of all role files, in order of path within each organisation.
    pub fn all_facts(&self) -> Vec<&FileFacts> {
        self.organisations
            .iter()
            .flat_map(Organisation::facts)
            .collect()
    }

    /// Whether a file belongs to an organisation, and so is checked as a role file.
    pub fn is_role_file(&self, file: FileId) -> bool {
        self.homes.contains_key(&file)
    }

    /// Whether a file is a configuration that answers for role files.
    pub fn is_configuration(&self, file: FileId) -> bool {
        self.configurations.contains_key(&file)
    }

    /// The configurations, in order of path.
    pub fn configurations(&self) -> Vec<FileId> {
        let mut all: Vec<FileId> = self.configurations.keys().copied().collect();
        all.sort_by(|a, b| self.files.path(*a).cmp(self.files.path(*b)));
        all
    }

    /// The files of the catalog that holds for a file, the topmost first; a built-in is no file. They need not be
    /// role files.
    pub fn catalog_files(&self, file: FileId) -> &[FileId] {
        self.home(file).map_or(&[], |home| &home.catalog_files)
    }

    /// Whether there is something to be said about a file: it is a role file, a configuration, or the catalog of an
    /// organisation.
    pub fn is_ours(&self, file: FileId) -> bool {
        self.homes.contains_key(&file)
            || self.configurations.contains_key(&file)
            || self.catalog_homes.contains_key(&file)
    }

    /// Whether two files belong to one organisation.
    pub fn are_together(&self, one: FileId, other: FileId) -> bool {
        match (self.home(one), self.home(other)) {
            (Some(one), Some(other)) => std::ptr::eq(one, other),
            _ => false,
        }
    }

    /// Why a file is checked, or not.
    pub fn reason(&self, path: &Path) -> Reason {
        let is_listed = self
            .file(path)
            .is_some_and(|file| self.homes.contains_key(&file) || self.is_page(file));
        if !is_listed && !self.open.contains_key(path) && !path.exists() {
            return Reason::Missing;
        }
        match &self.discovery {
            Some(discovery) => discovery.reason_of(path, is_listed),
            None => Reason::NotARoleFile,
        }
    }

    /// What could not be searched, in a sentence each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Every way to mend some findings of a file, the best ones first.
    pub fn fixes(&self, findings: &[&Finding]) -> Vec<Vec<Fix>> {
        let Some(first) = findings.first() else {
            return Vec::new();
        };
        if self.is_page(first.file) {
            // Mends are YAML.
            return findings.iter().map(|_| Vec::new()).collect();
        }
        // A mend may change files that have nothing to do with this one but a name.
        let Some(part) = self
            .whole(first.file)
            .or_else(|| self.organisations.first().map(|one| one.nothing()))
        else {
            return findings.iter().map(|_| Vec::new()).collect();
        };
        let settings = |file| self.settings(file);
        let text = |file| self.text(file);
        let organisation = |_| Some(&part);
        let fixer = Fixer::new(Parts {
            files: &self.files,
            organisation: &organisation,
            settings: &settings,
            text: &text,
        });
        findings
            .iter()
            .map(|finding| fixer.fixes(finding))
            .collect()
    }

    fn home(&self, file: FileId) -> Option<&Organisation> {
        let home = self
            .homes
            .get(&file)
            .or_else(|| Some(&self.pages.get(&file)?.home))
            .or_else(|| self.catalog_homes.get(&file));
        match home {
            Some(home) => self.organisations.get(*home),
            None if self.configurations.contains_key(&file) => self.home_of_configuration(file),
            None => None,
        }
    }

    /// The organisation that a configuration lies in, or that lies below it.
    fn home_of_configuration(&self, file: FileId) -> Option<&Organisation> {
        let folder = self.files.path(file).parent()?;
        let above = self
            .organisations
            .iter()
            .filter(|one| folder.starts_with(&one.root));
        let below = || {
            self.organisations
                .iter()
                .find(|one| one.root.starts_with(folder))
        };
        above
            .max_by_key(|one| one.root.as_os_str().len())
            .or_else(below)
    }

    fn current_text(&self, path: &Path) -> Option<Arc<str>> {
        if let Some(text) = self.open.get(path) {
            return Some(Arc::clone(text));
        }
        let bytes = std::fs::read(path).ok()?;
        Some(Arc::clone(crate::syntax::Tree::of_bytes(bytes).text()))
    }
}

/// The settings of the files of one organisation.
#[derive(Debug)]
struct BySession<'a> {
    all: &'a AllSettings,
    organisation: &'a Organisation,
}

impl SettingsOf for BySession<'_> {
    fn of(&self, file: FileId) -> &Settings {
        self.organisation.settings(self.all, file)
    }
}
