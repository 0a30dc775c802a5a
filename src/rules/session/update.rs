//! Bringing a session up to date.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::super::meter::Metered;
use super::organisation::{Affected, Entry, Organisation};
use super::{DiscoverError, Discovery, FileId, Overlay, Session, Stale, discover, today};
use crate::rules::engine::{self, Before, Catalogs, Holds};
use crate::rules::settings::AllSettings;
use crate::rules::silence::Silencer;
use crate::spec::{Knowledge, SourceFile};
use crate::syntax::{Name, Tree};
use crate::text::Span;

/// So many changed files are cheaper to take in all at once.
const MANY: usize = 64;

impl Session {
    /// Brings the findings up to date; returns the files whose findings are others than before, or stand at other
    /// places.
    pub fn refresh(&mut self) -> Vec<FileId> {
        self.refresh_telling(&mut |_| {})
    }

    /// The same; where all files are looked at, `told` hears beforehand how many there are.
    pub fn refresh_telling(&mut self, told: &mut dyn FnMut(usize)) -> Vec<FileId> {
        if self.dirty.is_empty() && self.stale == Stale::Nothing {
            return Vec::new();
        }
        let dirty = std::mem::take(&mut self.dirty);
        let mut before: HashMap<FileId, Arc<SourceFile>> = HashMap::new();
        for path in &dirty {
            if let Some(file) = self.numbers.get(path) {
                let known = self.parsed.get_mut().remove_entry(file);
                before.extend(known);
            }
        }
        if self.stale == Stale::Nothing && dirty.len() > MANY {
            self.stale = Stale::List;
        }
        if self.stale == Stale::Nothing {
            if let Some(changed) = self.change_few(&dirty, before) {
                return changed;
            }
            self.stale = Stale::All;
        }
        let stale = std::mem::take(&mut self.stale);
        self.rebuild(stale, &dirty, told)
    }

    /// Takes in some changed files; `None` when more has to be worked out anew.
    /// `before` has what some of them said.
    fn change_few(
        &mut self,
        dirty: &BTreeSet<PathBuf>,
        mut before: HashMap<FileId, Arc<SourceFile>>,
    ) -> Option<Vec<FileId>> {
        let mut affected: BTreeMap<usize, BTreeSet<FileId>> = BTreeMap::new();
        let mut changed = BTreeSet::new();
        let mut others = Vec::new();
        let days = self.days();
        for path in dirty {
            let Some(file) = self.numbers.get(path).copied() else {
                continue;
            };
            if self.is_page(file) {
                if self.change_page(file, &days)? {
                    others.push(file);
                }
                continue;
            }
            let Some(home) = self.homes.get(&file).copied() else {
                continue;
            };
            let organisation = self.organisations.get(home)?;
            let (tree, same) = match self.open.get(path) {
                Some(text) => {
                    let pieces = self.pieces.entry(file).or_default();
                    let is_checked = organisation.text(file).as_ref() == Some(pieces.text());
                    let (tree, same) = pieces.parse(text);
                    (tree, same.filter(|_| is_checked))
                }
                None => {
                    self.pieces.remove(&file);
                    (tree_of(&self.open, path), None)
                }
            };
            let said = before.remove(&file);
            if organisation.text(file).as_ref() == Some(tree.text()) {
                // Whoever opened it asks about it next.
                let anew = || Arc::new(SourceFile::of_tree(tree, &organisation.knowledge));
                self.keep(file, &said.unwrap_or_else(anew));
                continue;
            }
            let config = organisation.config(file);
            let knowledge = Arc::clone(&organisation.knowledge);
            let holds = self.holds(config, &knowledge, organisation.today)?;
            let text = Arc::clone(tree.text());
            let said = said.and_then(Arc::into_inner);
            let before = organisation.read(file).zip(same);
            let before = before.map(|(read, same)| Before {
                spec: said.map(|source| source.spec),
                read,
                same,
            });
            let (source, read) = engine::read(file, tree, &knowledge, holds, before);
            let source = Arc::new(source);
            self.keep(file, &source);
            let discovery = self.discovery.as_ref()?;
            let organisation = self.organisations.get_mut(home)?;
            let more = match organisation.change(file, text, read, discovery) {
                Affected::Catalog => return None,
                Affected::All => organisation.all(),
                Affected::Files(files) => files,
            };
            changed.insert(file);
            affected.entry(home).or_default().extend(more);
        }
        for (home, affected) in affected {
            others.extend(self.settle(home, &affected, &changed));
        }
        others.extend(self.settle_configurations());
        Some(others)
    }

    pub(super) fn holds(
        &self,
        config: Option<usize>,
        knowledge: &Knowledge,
        today: Date,
    ) -> Option<Holds<'_>> {
        let discovery = self.discovery.as_ref()?;
        Some(Holds {
            settings: self.settings.get(config),
            model: discovery.model(config).unwrap_or(knowledge.catalog.model),
            today: self.fixed.or(discovery.today(config)).unwrap_or(today),
            meter: Metered::default(),
        })
    }

    fn settle(
        &mut self,
        home: usize,
        affected: &BTreeSet<FileId>,
        changed: &BTreeSet<FileId>,
    ) -> Vec<FileId> {
        let days = self.days();
        let (Some(discovery), Some(organisation)) =
            (&self.discovery, self.organisations.get_mut(home))
        else {
            return Vec::new();
        };
        let parsed = std::mem::take(self.parsed.get_mut());
        let source = |file: FileId, text: &Arc<str>, knowledge: &Knowledge| match parsed.get(&file)
        {
            Some(known) => Arc::clone(known),
            None => Arc::new(SourceFile::read(text, knowledge)),
        };
        let others = organisation.settle(
            affected,
            changed,
            &self.files,
            discovery,
            &self.settings,
            &days,
            &source,
        );
        *self.parsed.get_mut() = parsed;
        others
    }

    /// The day that the exceptions of each configuration are compared with.
    pub(super) fn days(&self) -> Vec<Date> {
        let Some(discovery) = &self.discovery else {
            return Vec::new();
        };
        (0..discovery.configs.len())
            .map(|at| {
                self.fixed
                    .or(discovery.today(Some(at)))
                    .unwrap_or_else(today)
            })
            .collect()
    }

    /// What is wrong in the configurations, which depends on what their exceptions silence.
    fn settle_configurations(&mut self) -> Vec<FileId> {
        let Some(discovery) = &self.discovery else {
            return Vec::new();
        };
        if discovery.configs.is_empty() {
            return Vec::new();
        }
        let mut silencer = Silencer::new(&discovery.configs, self.days());
        silencer.use_also(self.organisations.iter().flat_map(Organisation::used));
        silencer.use_also(
            self.pages
                .values()
                .flat_map(|page| page.used.iter().copied()),
        );
        let mut others = Vec::new();
        for (at, file) in discovery.config_files.iter().enumerate() {
            let unused = silencer.unused_exceptions(at, *file);
            let settings = self.settings.get(Some(at));
            let mut found = engine::configuration(at, discovery, settings, unused);
            found.extend(
                self.catalog_findings
                    .get(file)
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
            engine::finish(&mut found, &self.files, |_| discovery.root_of_config(at));
            let old = self.configurations.get(file);
            let same = old.is_some_and(|old| {
                old.len() == found.len() && old.iter().zip(&found).all(|(a, b)| a.says_the_same(b))
            });
            if !same {
                self.configurations.insert(*file, found.into());
                others.push(*file);
            }
        }
        others
    }

    /// Finds the files anew. What did not change is kept where only the list of files may be another.
    fn rebuild(
        &mut self,
        stale: Stale,
        dirty: &BTreeSet<PathBuf>,
        told: &mut dyn FnMut(usize),
    ) -> Vec<FileId> {
        let before: HashMap<FileId, usize> = self
            .homes
            .keys()
            .chain(self.pages.keys())
            .chain(self.configurations.keys())
            .map(|file| (*file, self.findings(*file).len()))
            .collect();
        self.parsed.borrow_mut().clear();
        let mut discovery = self.search();
        told(
            discovery
                .organisations
                .iter()
                .map(|one| one.files.len())
                .sum(),
        );
        let (files, numbers) = (&mut self.files, &mut self.numbers);
        discovery.renumber(|path| match numbers.get(path) {
            Some(file) => *file,
            None => {
                let file = files.add(path.to_owned());
                numbers.insert(path.to_owned(), file);
                file
            }
        });
        self.settings = AllSettings::new(&discovery);
        self.configurations.clear();
        self.catalog_findings.clear();
        let mut kept: HashMap<FileId, (Arc<Knowledge>, Entry)> = HashMap::new();
        let mut kept_pages = self.take_pages();
        let old = std::mem::take(&mut self.organisations);
        if stale == Stale::List {
            for organisation in old {
                let knowledge = Arc::clone(&organisation.knowledge);
                for (file, entry) in organisation.into_entries() {
                    if !dirty.contains(self.files.path(file)) {
                        kept.insert(file, (Arc::clone(&knowledge), entry));
                    }
                }
            }
            kept_pages.retain(|file, _| !dirty.contains(self.files.path(*file)));
            self.catalogs.again();
        } else {
            kept_pages.clear();
            self.catalogs = Catalogs::default();
        }
        let found = std::mem::take(&mut discovery.organisations);
        self.discovery = Some(discovery);
        self.homes.clear();
        self.catalog_homes.clear();
        let days = self.days();
        for organisation in &found {
            self.load(organisation, &mut kept);
            self.load_pages(organisation, &mut kept_pages, &days);
        }
        if let Some(discovery) = &mut self.discovery {
            discovery.organisations = found;
        }
        let mut changed: BTreeSet<FileId> = BTreeSet::new();
        for home in 0..self.organisations.len() {
            let Some(all) = self.organisations.get(home).map(Organisation::all) else {
                continue;
            };
            changed.extend(self.settle(home, &all, &all));
        }
        changed.extend(self.settle_configurations());
        // Of most pages there is nothing to be said, now or before.
        changed.extend(self.pages.iter().filter_map(|(file, page)| {
            let had_any = before.get(file).is_some_and(|count| *count > 0);
            (had_any || !page.settled.is_empty()).then_some(*file)
        }));
        // What is checked no more has no findings any more.
        changed.extend(before.keys().copied().filter(|file| {
            !self.homes.contains_key(file)
                && !self.pages.contains_key(file)
                && !self.configurations.contains_key(file)
        }));
        changed.into_iter().collect()
    }

    fn search(&mut self) -> Discovery {
        self.problems.clear();
        let overlays: Vec<Overlay> = self
            .open
            .iter()
            .map(|(path, text)| Overlay {
                path: path.clone(),
                bytes: Arc::from(text.as_bytes()),
                asked: !path.is_file() && crate::workspace::is_role_file(path),
            })
            .collect();
        let is_inside = |path: &PathBuf| self.roots.iter().any(|root| path.starts_with(root));
        let elsewhere = self.open.keys().filter(|path| {
            !is_inside(path) && path.is_file() && crate::workspace::is_role_file(path)
        });
        let mut roots: Vec<PathBuf> = self.roots.iter().chain(elsewhere).cloned().collect();
        loop {
            match discover(&self.base, &roots, &overlays) {
                Ok(discovery) => return discovery,
                Err(error) => {
                    self.problems.push(error.to_string());
                    let (DiscoverError::Missing(path, _) | DiscoverError::TooWide(path)) = error;
                    let count = roots.len();
                    roots.retain(|root| *root != path);
                    if roots.len() == count {
                        roots.clear();
                    }
                }
            }
        }
    }

    /// Reads the files of an organisation.
    fn load(
        &mut self,
        found: &crate::workspace::Organisation,
        kept: &mut HashMap<FileId, (Arc<Knowledge>, Entry)>,
    ) {
        let configured = found.config.and_then(|config| {
            let config = self.discovery.as_ref()?.configs.get(config)?;
            Some((config.path.clone(), config.catalog.clone(), config.today))
        });
        let day = configured.as_ref().and_then(|(_, _, today)| *today);
        let day = self.fixed.or(day).unwrap_or_else(today);
        let named = configured.and_then(|(path, name, _)| Some((path, name?)));
        let (mut knowledge, mut problems) = match &named {
            Some((path, name)) => self.load_catalog(path, name),
            None => self.load_catalog(Path::new(""), &Name::new("popm", Span::default())),
        };
        let mut entries = self.read_all(found, &knowledge, day, kept);
        let facts = || entries.iter().map(|(_, entry)| &entry.read.facts);
        let mut named_at = named.map(|(path, name)| (path, name.span));
        if named_at.is_none()
            && let Some(file) = engine::only_catalog(facts())
        {
            // Nobody says which catalog applies, and there is just one: then that is what is meant.
            let path = self.files.path(file).to_owned();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let name = Name::new(&name.unwrap_or_default(), Span::default());
            (knowledge, problems) = self.load_catalog(&path, &name);
            named_at = Some((path, name.span));
            entries = self.read_all(found, &knowledge, day, kept);
        }
        if let Some((path, span)) = named_at {
            let numbers = &self.numbers;
            let configs = self.discovery.iter().flat_map(|found| &found.config_files);
            let configs: Vec<FileId> = configs.copied().collect();
            // A file that was met need not be one that findings are shown in.
            let is_shown = |file: &FileId| {
                configs.contains(file) || entries.iter().any(|(known, _)| known == file)
            };
            let number = |path: &Path| numbers.get(path).copied().filter(|file| is_shown(file));
            for finding in engine::catalog_findings(problems, &path, span, &self.files, number) {
                match entries.iter_mut().find(|(file, _)| *file == finding.file) {
                    Some((_, entry)) => entry.catalog.push(finding),
                    None => {
                        let found = self.catalog_findings.entry(finding.file).or_default();
                        found.push(finding);
                    }
                }
            }
        }
        let home = self.organisations.len();
        self.homes
            .extend(entries.iter().map(|(file, _)| (*file, home)));
        let catalog_files = self.catalog_files_of(&knowledge, home);
        if let Some(discovery) = &self.discovery {
            let mut organisation =
                Organisation::new(found.root.clone(), knowledge, day, entries, discovery);
            organisation.catalog_files = catalog_files;
            self.organisations.push(organisation);
        }
    }

    /// The files of a catalog, each with a number, whether they are role files or not.
    fn catalog_files_of(&mut self, knowledge: &Arc<Knowledge>, home: usize) -> Vec<FileId> {
        let mut found = Vec::new();
        for path in self.catalogs.files_of(knowledge) {
            if !self.open.contains_key(path) && !path.is_file() {
                continue;
            }
            let files = &mut self.files;
            let file = *self
                .numbers
                .entry(path.clone())
                .or_insert_with(|| files.add(path.clone()));
            self.catalog_homes.entry(file).or_insert(home);
            found.push(file);
        }
        found
    }

    fn load_catalog(
        &mut self,
        file: &Path,
        name: &Name,
    ) -> (Arc<Knowledge>, Vec<crate::workspace::CatalogProblem>) {
        let open = &self.open;
        self.catalogs
            .load(file, name, &|path| match open.get(path) {
                Some(text) => Ok(text.as_bytes().to_vec()),
                None => std::fs::read(path),
            })
    }

    fn read_all(
        &self,
        found: &crate::workspace::Organisation,
        knowledge: &Arc<Knowledge>,
        day: Date,
        kept: &mut HashMap<FileId, (Arc<Knowledge>, Entry)>,
    ) -> Vec<(FileId, Entry)> {
        let taken: Vec<_> = found
            .files
            .iter()
            .map(|(file, config)| {
                let fits = kept.get(file).is_some_and(|(known, entry)| {
                    Arc::ptr_eq(known, knowledge) && entry.config == *config
                });
                let known = fits.then(|| kept.remove(file)).flatten();
                (*file, *config, known.map(|(_, entry)| entry))
            })
            .collect();
        let (open, files) = (&self.open, &self.files);
        let holds: Vec<Option<Holds<'_>>> = taken
            .iter()
            .map(|(_, config, _)| self.holds(*config, knowledge, day))
            .collect();
        let read: Vec<(FileId, Entry, Option<SourceFile>)> = taken
            .into_par_iter()
            .zip(holds)
            .filter_map(|((file, config, known), holds)| {
                if let Some(mut entry) = known {
                    entry.catalog.clear();
                    return Some((file, entry, None));
                }
                let path = files.path(file);
                let tree = tree_of(open, path);
                let text = Arc::clone(tree.text());
                let (source, read) = engine::read(file, tree, knowledge, holds?, None);
                // Whoever opened it asks about it next.
                let source = open.contains_key(path).then_some(source);
                Some((file, Entry::new(config, text, read), source))
            })
            .collect();
        let entries = read.into_iter().map(|(file, entry, source)| {
            if let Some(source) = source {
                self.keep(file, &Arc::new(source));
            }
            (file, entry)
        });
        entries.collect()
    }
}

/// A file as it is open, else as it is on disk.
fn tree_of(open: &HashMap<PathBuf, Arc<str>>, path: &Path) -> Tree {
    match open.get(path) {
        Some(text) => crate::syntax::parse(text),
        None => match std::fs::read(path) {
            Ok(bytes) => Tree::of_bytes(bytes),
            Err(error) => Tree::unreadable(&error.to_string()),
        },
    }
}
