//! The engine: from files to findings.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::context::SettingsOf;
use super::evidence::look_up;
use super::fingerprint::Fingerprints;
use super::precedence::once;
use super::settings::AllSettings;
use super::silence::Silencer;
use super::{
    Check, FileContext, Finding, Fix, Fixer, OrganisationContext, Parts, RULES, Rule, Settings,
    structure,
};
use crate::catalog::Model;
use crate::spec::{Ignore, Knowledge, SourceFile};
use crate::syntax::{Name, Tree};
use crate::text::{LineIndex, Span};
use crate::workspace::{
    CatalogProblem, Discovery, FileFacts, FileId, Files, Index, Organisation, Overlay, Severity,
    load_catalog, today,
};

/// What to check.
#[derive(Debug)]
pub struct Request {
    /// The files and their configurations.
    pub discovery: Discovery,
    /// Texts that stand for files, whatever is on disk.
    pub overlays: Vec<Overlay>,
    /// The day that dates are compared with; else the configuration's, else today.
    pub today: Option<Date>,
}

/// What was found.
#[derive(Debug)]
pub struct Outcome {
    /// The findings that were asked for, by file, place and rule.
    pub findings: Vec<Finding>,
    /// How many role files were asked for.
    pub files_checked: usize,
    /// How many teams are in them.
    pub teams: usize,
    /// How many products are in them.
    pub products: usize,
    /// The organisations, with what their files say together.
    pub organisations: Vec<Checked>,
    /// The files.
    pub sources: Sources,
    /// The catalogs that were read, or looked for, by their paths; built-in ones are not among them.
    pub catalog_files: Vec<PathBuf>,
    /// The errors, asked for or not: a mend may cause one in a file that nobody asked for.
    errors: Vec<(FileId, &'static Rule)>,
    settings: AllSettings,
}

/// An organisation that was checked.
#[derive(Debug)]
pub struct Checked {
    /// The folder that holds it.
    pub root: PathBuf,
    /// Roles and duties, and how they are recognised.
    pub knowledge: Arc<Knowledge>,
    /// What its files say together.
    pub index: Index,
    /// The day that dates were compared with.
    pub today: Date,
    /// Its role files in order of path, each with its nearest configuration.
    files: Vec<(FileId, Option<usize>)>,
}

impl Checked {
    /// Whether a file is one of its role files.
    pub fn holds(&self, file: FileId) -> bool {
        config_of(&self.files, file).is_some()
    }
}

/// The texts of the files of a run, read when somebody asks.
#[derive(Debug)]
pub struct Sources {
    files: Files,
    config_files: Vec<FileId>,
    overlays: Overlays,
}

impl Sources {
    /// The files.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn bytes(&self, file: FileId) -> std::io::Result<Vec<u8>> {
        self.bytes_at(self.files.path(file))
    }

    pub(super) fn bytes_at(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        self.overlays.bytes_of(path)
    }

    /// The text of a file, as far as it is UTF-8; empty when it cannot be read any more.
    pub fn text(&self, file: FileId) -> String {
        let mut bytes = self.bytes(file).unwrap_or_default();
        if let Err(error) = std::str::from_utf8(&bytes) {
            bytes.truncate(error.valid_up_to());
        }
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// Texts that stand for files, by path.
#[derive(Debug, Default)]
struct Overlays(HashMap<PathBuf, Arc<[u8]>>);

impl Overlays {
    fn new(overlays: Vec<Overlay>) -> Self {
        let texts = overlays.into_iter();
        Self(texts.map(|overlay| (overlay.path, overlay.bytes)).collect())
    }

    fn bytes_of(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        match self.0.get(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => std::fs::read(path),
        }
    }
}

impl Outcome {
    /// The errors of each file, whether or not they were asked for.
    pub(super) fn errors(&self) -> &[(FileId, &'static Rule)] {
        &self.errors
    }

    /// Every way to mend a finding, the best one first.
    pub fn fixes(&self, finding: &Finding) -> Vec<Fix> {
        self.with_fixer(|fixer| fixer.fixes(finding))
    }

    /// Hands over what finds mends; files are read once for all of them.
    pub fn with_fixer<T>(&self, work: impl FnOnce(&Fixer<'_>) -> T) -> T {
        // What is wrong in a configuration is mended with the organisation that it belongs to, or any.
        let organisation = |file| {
            let own = self.organisations.iter().find(|one| one.holds(file));
            let is_config = || self.sources.config_files.contains(&file);
            own.or_else(|| is_config().then(|| self.organisations.first())?)
        };
        let settings = |file| {
            let own = self.organisations.iter().find(|one| one.holds(file));
            self.settings
                .get(own.and_then(|one| config_of(&one.files, file)?))
        };
        let text = |file| {
            // What is not UTF-8 cannot be mended: its places are not those of the bytes on disk.
            let bytes = self.sources.bytes(file).ok()?;
            Some(Arc::from(String::from_utf8(bytes).ok()?))
        };
        work(&Fixer::new(Parts {
            files: &self.sources.files,
            organisation: &organisation,
            settings: &settings,
            text: &text,
        }))
    }
}

/// The nearest configuration of a file, in a list in order of number; `None` when the file is not in it.
fn config_of(files: &[(FileId, Option<usize>)], file: FileId) -> Option<Option<usize>> {
    let at = files.binary_search_by_key(&file, |(file, _)| *file).ok()?;
    Some(files.get(at)?.1)
}

/// Checks everything that a request names.
pub fn check(request: Request) -> Outcome {
    let Request {
        discovery,
        overlays,
        today: fixed,
    } = request;
    let settings = AllSettings::new(&discovery);
    let overlays = Overlays::new(overlays);
    let days = (0..discovery.configs.len())
        .map(|at| fixed.or(discovery.today(Some(at))).unwrap_or_else(today))
        .collect();
    let mut run = Run {
        discovery: &discovery,
        overlays: &overlays,
        settings: &settings,
        fixed,
        knowledge: HashMap::new(),
        catalog_files: Vec::new(),
        silencer: Silencer::new(&discovery.configs, days),
        findings: Vec::new(),
        organisations: Vec::new(),
        units: [0, 0],
    };
    for organisation in &discovery.organisations {
        run.organisation(organisation);
    }
    run.configurations();
    let mut findings = std::mem::take(&mut run.findings);
    let organisations = std::mem::take(&mut run.organisations);
    let catalog_files = std::mem::take(&mut run.catalog_files);
    let [teams, products] = run.units;
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| (finding.file, finding.rule))
        .collect();
    findings.retain(|finding| discovery.is_asked(finding.file));
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.file, finding.span, finding.rule.id);
        let path = |finding: &Finding| discovery.files.path(finding.file);
        path(a).cmp(path(b)).then_with(|| key(a).cmp(&key(b)))
    });
    findings.iter_mut().for_each(Finding::tidy);
    fingerprint(&mut findings, &discovery);
    let files_checked = discovery
        .organisations
        .iter()
        .flat_map(|organisation| &organisation.files)
        .filter(|(file, _)| discovery.is_asked(*file))
        .count();
    Outcome {
        findings,
        files_checked,
        teams,
        products,
        organisations,
        sources: Sources {
            files: discovery.files,
            config_files: discovery.config_files,
            overlays,
        },
        catalog_files,
        errors,
        settings,
    }
}

fn fingerprint(findings: &mut [Finding], discovery: &Discovery) {
    let found: HashSet<FileId> = findings.iter().map(|finding| finding.file).collect();
    let mut roots: HashMap<FileId, &Path> = HashMap::new();
    for organisation in &discovery.organisations {
        for (file, _) in &organisation.files {
            if found.contains(file) {
                roots.insert(*file, &organisation.root);
            }
        }
    }
    let mut fingerprints = Fingerprints::new();
    for finding in findings {
        let path = discovery.files.path(finding.file);
        let root = roots.get(&finding.file).copied().or(path.parent());
        let relative = root
            .and_then(|root| path.strip_prefix(root).ok())
            .unwrap_or(path);
        let relative = relative.to_string_lossy().replace('\\', "/");
        finding.fingerprint = fingerprints.next(finding, &relative);
    }
}

struct Run<'a> {
    discovery: &'a Discovery,
    overlays: &'a Overlays,
    settings: &'a AllSettings,
    fixed: Option<Date>,
    /// Catalogs by what names them: a built-in's name, or the path of a file.
    knowledge: HashMap<PathBuf, Arc<Knowledge>>,
    catalog_files: Vec<PathBuf>,
    silencer: Silencer<'a>,
    findings: Vec<Finding>,
    organisations: Vec<Checked>,
    /// Teams and products that were asked for.
    units: [usize; 2],
}

/// How many files are read before what they say is put together.
const PORTION: usize = 4_096;

/// What the files of an organisation give, one by one.
#[derive(Default)]
struct Gathered {
    facts: Vec<FileFacts>,
    findings: Vec<Finding>,
    ignores: Vec<(FileId, Ignore)>,
}

impl Run<'_> {
    fn organisation(&mut self, organisation: &Organisation) {
        let (mut knowledge, problems) = self.knowledge_of(organisation);
        let today = self.today(organisation);
        let mut gathered = self.files(organisation, &knowledge, today);
        let named = organisation
            .config
            .and_then(|config| self.discovery.configs.get(config))
            .is_some_and(|config| config.catalog.is_some());
        if !named && let Some(file) = only_catalog(&gathered.facts) {
            // Nobody says which catalog applies, and there is just one: then that is what is meant.
            let path = self.discovery.files.path(file).to_owned();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let name = Name::new(&name.unwrap_or_default(), Span::default());
            let (found, problems) = self.load(&path, &name);
            self.catalog_problems(problems, &path, name.span);
            knowledge = found;
            gathered = self.files(organisation, &knowledge, today);
        }
        if let Some((path, name)) = self.catalog_named(organisation) {
            self.catalog_problems(problems, &path, name.span);
        }
        self.together(organisation, &knowledge, today, gathered);
    }

    fn today(&self, organisation: &Organisation) -> Date {
        let configured = organisation
            .config
            .and_then(|config| self.discovery.configs.get(config))
            .and_then(|config| config.today);
        self.fixed.or(configured).unwrap_or_else(today)
    }

    /// The configuration that names the catalog, and the name.
    fn catalog_named(&self, organisation: &Organisation) -> Option<(PathBuf, Name)> {
        let config = self.discovery.configs.get(organisation.config?)?;
        Some((config.path.clone(), config.catalog.clone()?))
    }

    fn knowledge_of(
        &mut self,
        organisation: &Organisation,
    ) -> (Arc<Knowledge>, Vec<CatalogProblem>) {
        match self.catalog_named(organisation) {
            Some((path, name)) => self.load(&path, &name),
            None => self.load(Path::new(""), &Name::new("popm", Span::default())),
        }
    }

    fn load(&mut self, file: &Path, name: &Name) -> (Arc<Knowledge>, Vec<CatalogProblem>) {
        let key = match crate::catalog::builtin_text(&name.text) {
            Some(_) => PathBuf::from(&*name.text),
            None => file.parent().unwrap_or(Path::new("")).join(&*name.text),
        };
        if let Some(known) = self.knowledge.get(&key) {
            return (Arc::clone(known), Vec::new());
        }
        let looked_for = RefCell::new(Vec::new());
        let read = |path: &Path| -> Option<Arc<str>> {
            looked_for.borrow_mut().push(path.to_owned());
            let tree = Tree::of_bytes(self.overlays.bytes_of(path).ok()?);
            Some(Arc::clone(tree.text()))
        };
        let (catalog, problems) = load_catalog(file, name, &read);
        self.catalog_files.append(&mut looked_for.into_inner());
        let knowledge = Arc::new(Knowledge::new(catalog));
        self.knowledge.insert(key, Arc::clone(&knowledge));
        (knowledge, problems)
    }

    fn files(&self, organisation: &Organisation, knowledge: &Knowledge, today: Date) -> Gathered {
        let read = |&(file, config): &(FileId, Option<usize>)| {
            let tree = match self.overlays.bytes_of(self.discovery.files.path(file)) {
                Ok(bytes) => Tree::of_bytes(bytes),
                Err(error) => Tree::unreadable(&error.to_string()),
            };
            let source = SourceFile::of_tree(tree, knowledge);
            let context = FileContext {
                file,
                source: &source,
                knowledge,
                settings: self.settings.get(config),
                model: self
                    .discovery
                    .model(config)
                    .unwrap_or(knowledge.catalog.model),
                today: self.fixed.or(self.discovery.today(config)).unwrap_or(today),
            };
            let facts = FileFacts::of(file, &source, &knowledge.catalog);
            (facts, file_findings(&context), Ignore::all(&source.tree))
        };
        let mut gathered = Gathered::default();
        gathered.facts.reserve_exact(organisation.files.len());
        // In portions, so that nothing is held twice for all files at once.
        for portion in organisation.files.chunks(PORTION) {
            let outcomes: Vec<_> = portion.par_iter().map(read).collect();
            for (facts, findings, ignores) in outcomes {
                gathered
                    .ignores
                    .extend(ignores.into_iter().map(|ignore| (facts.file, ignore)));
                gathered.findings.extend(findings);
                gathered.facts.push(facts);
            }
        }
        gathered
    }

    /// What the files of an organisation say together.
    fn together(
        &mut self,
        organisation: &Organisation,
        knowledge: &Arc<Knowledge>,
        today: Date,
        gathered: Gathered,
    ) {
        let by_file = ByFile {
            all: self.settings,
            files: &organisation.files,
        };
        let models: HashMap<FileId, Model> = organisation
            .files
            .iter()
            .filter_map(|(file, config)| Some((*file, self.discovery.model(*config)?)))
            .collect();
        let Gathered {
            facts,
            mut findings,
            ignores,
        } = gathered;
        let index = Index::new(facts, models, &knowledge.catalog);
        let context = OrganisationContext {
            index: &index,
            catalog: &knowledge.catalog,
            settings: &by_file,
            today,
        };
        findings.par_extend(RULES.par_iter().flat_map_iter(|rule| {
            let mut found = Vec::new();
            if let Check::Organisation(check) = rule.check {
                check(&context, &mut found);
            }
            found
        }));
        for finding in &mut findings {
            if let Some(severity) = by_file.of(finding.file).severity(finding.rule) {
                finding.severity = severity;
            }
        }
        findings.retain(|finding| by_file.of(finding.file).is_on(finding.rule));
        let unused = self.silencer.silence(
            &mut findings,
            &ignores,
            |file| {
                let nearest = by_file.config(file);
                self.discovery.chain(nearest).map(|(at, _)| at).collect()
            },
            |file| self.discovery.files.path(file),
        );
        let is_on = |finding: &Finding| by_file.of(finding.file).is_on(finding.rule);
        findings.extend(unused.into_iter().filter(is_on));
        once(&mut findings);
        let read = |file| {
            let bytes = self
                .overlays
                .bytes_of(self.discovery.files.path(file))
                .ok()?;
            Some(SourceFile::of_tree(Tree::of_bytes(bytes), knowledge))
        };
        let asked = findings
            .iter_mut()
            .filter(|finding| self.discovery.is_asked(finding.file));
        look_up(asked.collect(), read, &knowledge.recognizer);
        for (_, unit) in index.units() {
            if self.discovery.is_asked(unit.file) {
                self.units[unit.kind as usize] += 1;
            }
        }
        self.findings.append(&mut findings);
        self.organisations.push(Checked {
            root: organisation.root.clone(),
            knowledge: Arc::clone(knowledge),
            index,
            today,
            files: organisation.files.clone(),
        });
    }

    /// What keeps the catalog from being read that `named_in` names at `span`.
    fn catalog_problems(&mut self, problems: Vec<CatalogProblem>, named_in: &Path, span: Span) {
        let files = &self.discovery.files;
        let number = |path: &Path| {
            (0..files.len())
                .map(|at| FileId(u32::try_from(at).unwrap_or(u32::MAX)))
                .find(|file| files.path(*file) == path)
        };
        for problem in problems {
            let finding = match (number(&problem.file), number(named_in)) {
                (Some(file), _) => structure::unresolved_reference::catalog(file, &problem),
                // A catalog need not have the name of a role file; then what leads to it is shown.
                (None, Some(file)) => structure::unresolved_reference::catalog_behind(
                    file,
                    span,
                    &problem,
                    &files.show(&problem.file),
                ),
                (None, None) => continue,
            };
            self.findings.push(finding);
        }
    }

    /// What is wrong in the configurations themselves.
    fn configurations(&mut self) {
        for (at, config) in self.discovery.configs.iter().enumerate() {
            let Some(file) = self.discovery.config_files.get(at).copied() else {
                continue;
            };
            let settings = self.settings.get(Some(at));
            let mut found = structure::configuration::check(file, config);
            found.extend(self.silencer.unused_exceptions(at, file));
            found.retain(|finding| settings.is_on(finding.rule));
            for finding in &mut found {
                if let Some(severity) = settings.severity(finding.rule) {
                    finding.severity = severity;
                }
            }
            self.findings.append(&mut found);
        }
    }
}

/// The settings of each file of an organisation.
#[derive(Debug)]
struct ByFile<'a> {
    all: &'a AllSettings,
    /// In order of number, as files are numbered in the order in which they are listed.
    files: &'a [(FileId, Option<usize>)],
}

impl ByFile<'_> {
    /// The nearest configuration of a file.
    fn config(&self, file: FileId) -> Option<usize> {
        config_of(self.files, file).flatten()
    }
}

impl SettingsOf for ByFile<'_> {
    fn of(&self, file: FileId) -> &Settings {
        self.all.get(self.config(file))
    }
}

/// The file of the one catalog of an organisation, if it has just one.
fn only_catalog(facts: &[FileFacts]) -> Option<FileId> {
    let mut catalogs = facts
        .iter()
        .filter(|facts| !facts.other().catalogs.is_empty());
    let only = catalogs.next()?;
    catalogs.next().is_none().then_some(only.file)
}

/// What the rules for single files find.
fn file_findings(context: &FileContext<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter() {
        if let Check::File(check) = rule.check
            && context.settings.is_on(rule)
        {
            check(context, &mut findings);
        }
    }
    let lost = context.source.tree.lost();
    if !lost.is_empty() {
        // Where words were left out to get past an error, what is left may look wrong without being so.
        let lines = LineIndex::new(context.text());
        findings.retain(|finding| {
            finding.rule == &structure::syntax::RULE
                || !lost
                    .iter()
                    .any(|lost| lines.line(lost.start) == lines.line(finding.span.start))
        });
    }
    findings
}
