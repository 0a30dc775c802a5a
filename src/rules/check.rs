//! The engine: from files to findings.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::context::SettingsOf;
use super::engine::{self, Catalogs, Holds};
use super::evidence::look_up;
use super::known::{Known, Roots};
use super::meter::{Metered, Stage};
use super::precedence::once;
use super::settings::AllSettings;
use super::silence::Silencer;
use super::sources::{Overlays, Sources};
use super::structure::unused_ignore;
use super::{
    CheckOptions, Finding, Fix, Fixer, Ignored, OrganisationContext, Parts, Rule, Settings,
    Silenced, pages,
};
use crate::catalog::Model;
use crate::spec::{Ignore, Knowledge, SourceFile};
use crate::syntax::{Name, Tree};
use crate::text::Span;
use crate::workspace::{
    CatalogProblem, Discovery, FileFacts, FileId, Index, Organisation, Overlay, Severity, today,
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
    /// Those that comments and exceptions silence, where the options asked for them.
    pub ignored: Vec<Ignored>,
    /// How many role files were asked for.
    pub files_checked: usize,
    /// The role files that were asked for.
    pub checked: Vec<FileId>,
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
    pub(super) roots: Roots,
    pub(super) known: Known,
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
    pub(super) fn new(root: PathBuf, knowledge: Arc<Knowledge>, index: Index, today: Date) -> Self {
        Self {
            root,
            knowledge,
            index,
            today,
            files: Vec::new(),
        }
    }

    /// Whether a file is one of its role files.
    pub fn holds(&self, file: FileId) -> bool {
        config_of(&self.files, file).is_some()
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
    check_with(request, CheckOptions::default())
}

/// Checks everything that a request names, and lets no comment and no exception silence anything.
pub fn check_all(request: Request) -> Outcome {
    let silenced = Silenced::Reported;
    let meter = None;
    check_with(request, CheckOptions { silenced, meter })
}

/// Checks everything that a request names.
pub fn check_with(request: Request, options: CheckOptions<'_>) -> Outcome {
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
    let mut silencer = Silencer::new(&discovery.configs, days);
    if options.silenced == Silenced::Kept {
        silencer = silencer.keep();
    }
    let meter = Metered(options.meter);
    let mut run = Run {
        discovery: &discovery,
        overlays: &overlays,
        settings: &settings,
        fixed,
        silences: options.silenced != Silenced::Reported,
        meter,
        catalogs: Catalogs::default(),
        silencer,
        findings: Vec::new(),
        ignored: Vec::new(),
        organisations: Vec::new(),
        units: [0, 0],
        tables: 0,
    };
    for organisation in &discovery.organisations {
        run.organisation(organisation);
    }
    run.configurations();
    let mut findings = std::mem::take(&mut run.findings);
    let mut ignored = std::mem::take(&mut run.ignored);
    let mut organisations = std::mem::take(&mut run.organisations);
    let catalog_files = std::mem::take(&mut run.catalogs.paths);
    let [teams, products] = run.units;
    let tables = run.tables;
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| (finding.file, finding.rule))
        .collect();
    findings.retain(|finding| discovery.is_asked(finding.file));
    ignored.retain(|one| discovery.is_asked(one.finding.file));
    let all = findings
        .iter()
        .chain(ignored.iter().map(|one| &one.finding));
    let found: HashSet<FileId> = all.map(|finding| finding.file).collect();
    let roots = Roots::new(&discovery, &found);
    meter.time(Stage::Finish, || {
        let root_of = |file| roots.of(file);
        engine::finish_all(&mut findings, &mut ignored, &discovery.files, root_of);
    });
    let files = discovery.organisations.iter().flat_map(|one| &one.files);
    let files = files.map(|(file, _)| *file);
    let checked: Vec<FileId> = files.filter(|file| discovery.is_asked(*file)).collect();
    // Nobody needs the lists of files in both places.
    for (checked, organisation) in organisations.iter_mut().zip(discovery.organisations) {
        checked.files = organisation.files;
    }
    Outcome {
        findings,
        ignored,
        files_checked: checked.len() + tables,
        checked,
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
        roots,
        known: Known::default(),
    }
}

struct Run<'a> {
    discovery: &'a Discovery,
    overlays: &'a Overlays,
    settings: &'a AllSettings,
    fixed: Option<Date>,
    /// Whether comments and exceptions count.
    silences: bool,
    meter: Metered<'a>,
    catalogs: Catalogs,
    silencer: Silencer<'a>,
    findings: Vec<Finding>,
    ignored: Vec<Ignored>,
    organisations: Vec<Checked>,
    /// Teams and products that were asked for.
    units: [usize; 2],
    /// Pages with tables that were asked for.
    tables: usize,
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
        if !named && let Some(file) = engine::only_catalog(gathered.facts.iter()) {
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
        self.pages(organisation, &knowledge, today, &mut gathered);
        self.together(organisation, &knowledge, today, gathered);
    }

    /// Looks at the tables of Markdown pages.
    fn pages(
        &mut self,
        organisation: &Organisation,
        knowledge: &Knowledge,
        today: Date,
        gathered: &mut Gathered,
    ) {
        for (file, config) in &organisation.pages {
            let bytes = self.overlays.bytes_of(self.discovery.files.path(*file));
            let holds = self.holds(*config, knowledge, today);
            let found = bytes
                .ok()
                .and_then(|bytes| pages::read(*file, &pages::text_of(bytes), knowledge, holds));
            if let Some(mut found) = found {
                gathered.findings.append(&mut found);
                self.tables += usize::from(self.discovery.is_asked(*file));
            }
        }
    }

    fn holds(&self, config: Option<usize>, knowledge: &Knowledge, today: Date) -> Holds<'_> {
        Holds {
            settings: self.settings.get(config),
            model: self
                .discovery
                .model(config)
                .unwrap_or(knowledge.catalog.model),
            today: self.fixed.or(self.discovery.today(config)).unwrap_or(today),
            meter: self.meter,
        }
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
        let overlays = self.overlays;
        self.catalogs
            .load(file, name, &|path| overlays.bytes_of(path))
    }

    fn files(&self, organisation: &Organisation, knowledge: &Knowledge, today: Date) -> Gathered {
        let read = |&(file, config): &(FileId, Option<usize>)| {
            let path = self.discovery.files.path(file);
            let bytes = self
                .meter
                .time(Stage::Read, || self.overlays.bytes_of(path));
            let tree = self.meter.time(Stage::Parse, || match bytes {
                Ok(bytes) => Tree::of_bytes(bytes),
                Err(error) => Tree::unreadable(&error.to_string()),
            });
            let holds = self.holds(config, knowledge, today);
            let read = engine::read(file, tree, knowledge, holds, None).1;
            self.meter.file_done();
            read
        };
        self.meter.expect(organisation.files.len());
        let mut gathered = Gathered::default();
        gathered.facts.reserve_exact(organisation.files.len());
        // In portions, so that nothing is held twice for all files at once.
        for portion in organisation.files.chunks(PORTION) {
            let outcomes: Vec<_> = portion.par_iter().map(read).collect();
            for read in outcomes {
                let file = read.facts.file;
                let ignores = read.ignores.into_iter();
                gathered
                    .ignores
                    .extend(ignores.map(|ignore| (file, ignore)));
                gathered.findings.extend(read.findings);
                gathered.facts.push(read.facts);
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
            pages: &organisation.pages,
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
        let index = || Index::new(facts, models, &knowledge.catalog);
        let index = self.meter.time(Stage::Index, index);
        let context = OrganisationContext {
            index: &index,
            catalog: &knowledge.catalog,
            settings: &by_file,
            today,
        };
        let together = || engine::together(&context, self.meter);
        findings.extend(self.meter.time(Stage::Rules, together));
        engine::level(&mut findings, &by_file);
        if self.silences {
            let ignores: Vec<_> = ignores.iter().map(|(file, one)| (*file, one)).collect();
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
        } else {
            findings.retain(|finding| *finding.rule != unused_ignore::RULE);
        }
        let mut ignored = self.silencer.take_kept();
        once(&mut findings);
        let read = |file| {
            let bytes = self
                .overlays
                .bytes_of(self.discovery.files.path(file))
                .ok()?;
            let source = SourceFile::of_tree(Tree::of_bytes(bytes), knowledge);
            Some(Arc::new(source))
        };
        let all = findings
            .iter_mut()
            .chain(ignored.iter_mut().map(|one| &mut one.finding));
        let asked = all.filter(|finding| self.discovery.is_asked(finding.file));
        let asked = asked.collect();
        self.meter.time(Stage::Finish, || {
            look_up(asked, read, &knowledge.recognizer);
        });
        for (_, unit) in index.units() {
            if self.discovery.is_asked(unit.file) {
                self.units[unit.kind as usize] += 1;
            }
        }
        self.findings.append(&mut findings);
        self.ignored.append(&mut ignored);
        let (root, knowledge) = (organisation.root.clone(), Arc::clone(knowledge));
        self.organisations
            .push(Checked::new(root, knowledge, index, today));
    }

    /// What keeps the catalog from being read that `named_in` names at `span`.
    fn catalog_problems(&mut self, problems: Vec<CatalogProblem>, named_in: &Path, span: Span) {
        let files = &self.discovery.files;
        let number = |path: &Path| {
            (0..files.len())
                .map(|at| FileId(u32::try_from(at).unwrap_or(u32::MAX)))
                .find(|file| files.path(*file) == path)
        };
        self.findings.extend(engine::catalog_findings(
            problems, named_in, span, files, number,
        ));
    }

    /// What is wrong in the configurations themselves.
    fn configurations(&mut self) {
        for (at, file) in self.discovery.config_files.iter().enumerate() {
            let unused = if self.silences {
                self.silencer.unused_exceptions(at, *file)
            } else {
                Vec::new()
            };
            let settings = self.settings.get(Some(at));
            let found = engine::configuration(at, self.discovery, settings, unused);
            self.findings.extend(found);
        }
    }
}

/// The settings of each file of an organisation.
#[derive(Debug)]
struct ByFile<'a> {
    all: &'a AllSettings,
    /// In order of number, as files are numbered in the order in which they are listed.
    files: &'a [(FileId, Option<usize>)],
    pages: &'a [(FileId, Option<usize>)],
}

impl ByFile<'_> {
    /// The nearest configuration of a file.
    fn config(&self, file: FileId) -> Option<usize> {
        let known = config_of(self.files, file).or_else(|| config_of(self.pages, file));
        known.flatten()
    }
}

impl SettingsOf for ByFile<'_> {
    fn of(&self, file: FileId) -> &Settings {
        self.all.get(self.config(file))
    }
}
