//! An organisation as a session keeps it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::super::meter::Metered;
use super::BySession;
use super::relations::{Relations, Ties};
use crate::rules::coverage::unlinked_team;
use crate::rules::engine::{self, Read};
use crate::rules::evidence::look_up;
use crate::rules::precedence::once;
use crate::rules::settings::AllSettings;
use crate::rules::silence::Silencer;
use crate::rules::structure::unresolved_reference;
use crate::rules::{Checked, Finding, OrganisationContext, Settings};
use crate::spec::{Knowledge, SourceFile, UnitKind};
use crate::workspace::{Discovery, FileFacts, FileId, Files, Index, World};

/// Files whose ids, people and products belong together.
#[derive(Debug)]
pub(super) struct Organisation {
    pub root: PathBuf,
    pub knowledge: Arc<Knowledge>,
    pub today: Date,
    entries: HashMap<FileId, Entry>,
    /// The files in order of path.
    order: Vec<FileId>,
    relations: Relations,
    world: World,
    /// The files with people documents, in order of path.
    people_files: Vec<FileId>,
    /// The files of its catalog, the topmost first; they need not be role files.
    pub catalog_files: Vec<FileId>,
}

/// A role file.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its nearest configuration.
    pub config: Option<usize>,
    pub text: Arc<str>,
    pub read: Read,
    /// Findings of the catalog, which nothing silences.
    pub catalog: Vec<Finding>,
    settled: Arc<[Finding]>,
    /// The exceptions that silence something in it, by configuration and number.
    used: Vec<(usize, usize)>,
    /// Whether a rule found something in it, before anything was silenced, that depends on the whole organisation.
    depends: bool,
}

impl Entry {
    pub fn new(config: Option<usize>, text: Arc<str>, read: Read) -> Self {
        Self {
            config,
            text,
            read,
            catalog: Vec::new(),
            settled: Arc::default(),
            used: Vec::new(),
            depends: false,
        }
    }
}

/// Reads a file whose text is given.
pub(super) type ReadSource<'a> =
    &'a (dyn Fn(FileId, &Arc<str>, &Knowledge) -> Arc<SourceFile> + Sync);

/// A file with its findings, the exceptions that silence some, and whether one depends on the whole organisation.
type Found = (FileId, Vec<Finding>, Vec<(usize, usize)>, bool);

/// A team or product: its kind and id, its product, its teams, and its model.
type Link<'a> = (
    &'static str,
    &'a str,
    Option<&'a str>,
    Vec<&'a str>,
    Option<&'static str>,
);

/// What a change of one file affects.
#[derive(Debug)]
pub(super) enum Affected {
    /// These files.
    Files(BTreeSet<FileId>),
    /// All files of the organisation.
    All,
    /// Roles and duties themselves.
    Catalog,
}

impl Organisation {
    pub fn new(
        root: PathBuf,
        knowledge: Arc<Knowledge>,
        today: Date,
        entries: Vec<(FileId, Entry)>,
        discovery: &Discovery,
    ) -> Self {
        let mut organisation = Self {
            root,
            knowledge,
            today,
            order: entries.iter().map(|(file, _)| *file).collect(),
            entries: entries.into_iter().collect(),
            relations: Relations::default(),
            world: World::default(),
            people_files: Vec::new(),
            catalog_files: Vec::new(),
        };
        organisation.relate(discovery);
        organisation
    }

    /// Works out anew which files have to do with each other.
    fn relate(&mut self, discovery: &Discovery) {
        let mut relations = Relations::default();
        let facts = || self.entries.values().map(|entry| &entry.read.facts);
        relations.set_people(facts());
        for facts in facts() {
            let ties = relations.ties(facts);
            relations.add(facts.file, &ties);
        }
        self.relations = relations;
        let has_people = |file: &&FileId| {
            let entry = self.entries.get(file);
            entry.is_some_and(|entry| entry.read.facts.other().has_people)
        };
        self.people_files = self.order.iter().filter(has_people).copied().collect();
        self.world = self.index(&self.order, discovery, None).world();
    }

    pub fn into_entries(self) -> HashMap<FileId, Entry> {
        self.entries
    }

    pub fn facts(&self) -> Vec<&FileFacts> {
        let entries = self.order.iter().filter_map(|file| self.entries.get(file));
        entries.map(|entry| &entry.read.facts).collect()
    }

    pub fn facts_of(&self, file: FileId) -> Option<&FileFacts> {
        Some(&self.entries.get(&file)?.read.facts)
    }

    /// The facts of the files with people documents, in order of path.
    pub fn people(&self) -> impl Iterator<Item = &FileFacts> {
        self.people_files
            .iter()
            .filter_map(|file| self.facts_of(*file))
    }

    /// The facts of the files whose seats somebody holds whom they call by one of some names, and perhaps of a few
    /// more.
    pub fn facts_with_person(&self, names: &[String]) -> Vec<&FileFacts> {
        self.facts_of_all(self.relations.of_person(names))
    }

    /// The facts of the files that define a team or product, or name it, and perhaps of a few more.
    pub fn facts_with_unit(&self, kind: UnitKind, id: &str) -> Vec<&FileFacts> {
        self.facts_of_all(self.relations.of_unit(kind, id))
    }

    fn facts_of_all(&self, files: BTreeSet<FileId>) -> Vec<&FileFacts> {
        files
            .into_iter()
            .filter_map(|file| self.facts_of(file))
            .collect()
    }

    pub fn settled(&self, file: FileId) -> Option<Arc<[Finding]>> {
        Some(Arc::clone(&self.entries.get(&file)?.settled))
    }

    pub fn text(&self, file: FileId) -> Option<Arc<str>> {
        Some(Arc::clone(&self.entries.get(&file)?.text))
    }

    pub fn config(&self, file: FileId) -> Option<usize> {
        self.entries.get(&file)?.config
    }

    pub fn settings<'a>(&self, all: &'a AllSettings, file: FileId) -> &'a Settings {
        all.get(self.config(file))
    }

    pub fn all(&self) -> BTreeSet<FileId> {
        self.order.iter().copied().collect()
    }

    /// The exceptions that silence something.
    pub fn used(&self) -> impl Iterator<Item = (usize, usize)> {
        self.entries
            .values()
            .flat_map(|entry| entry.used.iter().copied())
    }

    fn ties_of(&self, file: FileId) -> Option<Ties> {
        Some(self.relations.ties(&self.entries.get(&file)?.read.facts))
    }

    /// The files that have to do with those that `file` has to do with.
    pub fn around_twice(&self, file: FileId) -> BTreeSet<FileId> {
        let ties_of = |file| self.ties_of(file);
        let near = self.relations.around(&BTreeSet::from([file]), &ties_of);
        self.relations.around(&near, &ties_of)
    }

    /// Takes in what a file says now, and tells what that affects.
    pub fn change(
        &mut self,
        file: FileId,
        text: Arc<str>,
        read: Read,
        discovery: &Discovery,
    ) -> Affected {
        let Some(old) = self.entries.get(&file) else {
            return Affected::All;
        };
        let has_catalog = |facts: &FileFacts| !facts.other().catalogs.is_empty();
        let has_people = |facts: &FileFacts| facts.other().has_people;
        let (before, after) = (&old.read.facts, &read.facts);
        if has_catalog(before) || has_catalog(after) {
            return Affected::Catalog;
        }
        let people = has_people(before) || has_people(after);
        let relinked = links(before) != links(after);
        let relost = !lost(before).eq(lost(after));
        let ties_of = |file| self.ties_of(file);
        let mut affected = self.relations.around(&BTreeSet::from([file]), &ties_of);
        let old_ties = self.relations.ties(before);
        self.relations.remove(file, &old_ties);
        let new_ties = self.relations.ties(after);
        self.relations.add(file, &new_ties);
        let config = old.config;
        let catalog = old.catalog.clone();
        let settled = Arc::clone(&old.settled);
        let entry = Entry {
            catalog,
            settled,
            ..Entry::new(config, text, read)
        };
        self.entries.insert(file, entry);
        if people {
            self.relate(discovery);
            return Affected::All;
        }
        let ties_of = |file| self.ties_of(file);
        affected.extend(self.relations.around(&BTreeSet::from([file]), &ties_of));
        if relinked {
            let linked = self.world.linked_teams;
            self.world = self.index(&self.order, discovery, None).world();
            if (linked == 0) != (self.world.linked_teams == 0) {
                return Affected::All;
            }
        }
        if relinked || relost {
            let depends = |entry: &&Entry| entry.depends || self.dangles(&entry.read.facts);
            let more = self.entries.values().filter(depends);
            affected.extend(more.map(|entry| entry.read.facts.file));
        }
        Affected::Files(affected)
    }

    /// Whether a file names a team or product that no file defines.
    fn dangles(&self, facts: &FileFacts) -> bool {
        let is_one = |ids: &[Box<str>], id: &str| ids.iter().any(|known| **known == *id);
        facts.units.iter().any(|unit| {
            let product = unit.product.as_ref();
            product.is_some_and(|product| !is_one(&self.world.products, &product.text))
                || unit
                    .teams
                    .iter()
                    .any(|team| !is_one(&self.world.teams, &team.text))
        })
    }

    /// Works out the findings of some files anew; returns those whose findings are others than before, or that point
    /// into one of `changed`.
    #[allow(clippy::too_many_arguments)] // All of it belongs to the session that the organisation is a part of.
    pub fn settle(
        &mut self,
        affected: &BTreeSet<FileId>,
        changed: &BTreeSet<FileId>,
        files: &Files,
        discovery: &Discovery,
        settings: &AllSettings,
        days: &[Date],
        source: ReadSource<'_>,
    ) -> Vec<FileId> {
        let part = if affected.len() == self.order.len() {
            self.whole(discovery)
        } else {
            let ties_of = |file| self.ties_of(file);
            self.part(&self.relations.around(affected, &ties_of), files, discovery)
        };
        let by_file = BySession {
            all: settings,
            organisation: self,
        };
        let context = OrganisationContext {
            index: &part.index,
            catalog: &self.knowledge.catalog,
            settings: &by_file,
            today: self.today,
        };
        let mut by_place: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
        for finding in engine::together(&context, Metered::default()) {
            if affected.contains(&finding.file) {
                by_place.entry(finding.file).or_default().push(finding);
            }
        }
        let mut found: Vec<Found> = Vec::new();
        for file in affected {
            let Some(entry) = self.entries.get(file) else {
                continue;
            };
            let together = by_place.remove(file).unwrap_or_default();
            let depends = together.iter().any(|finding| {
                *finding.rule == unresolved_reference::RULE || *finding.rule == unlinked_team::RULE
            });
            let mut findings = entry.read.findings.clone();
            findings.extend(together);
            engine::level(&mut findings, &by_file);
            let mut silencer = Silencer::new(&discovery.configs, days.to_vec());
            let ignores: Vec<_> = entry.read.ignores.iter().map(|one| (*file, one)).collect();
            let unused = silencer.silence(
                &mut findings,
                &ignores,
                |file| {
                    let nearest = self.config(file);
                    discovery.chain(nearest).map(|(at, _)| at).collect()
                },
                |file| files.path(file),
            );
            let is_on = |finding: &Finding| self.settings(settings, *file).is_on(finding.rule);
            findings.extend(unused.into_iter().filter(is_on));
            once(&mut findings);
            found.push((*file, findings, silencer.used(), depends));
        }
        let read = |file: FileId| {
            let text = &self.entries.get(&file)?.text;
            Some(source(file, text, &self.knowledge))
        };
        let all = found.iter_mut().flat_map(|(_, findings, ..)| findings);
        look_up(all.collect(), read, &self.knowledge.recognizer);
        let mut others = Vec::new();
        for (file, mut findings, used, depends) in found {
            let Some(entry) = self.entries.get_mut(&file) else {
                continue;
            };
            findings.extend(entry.catalog.iter().cloned());
            engine::finish(&mut findings, files, |_| Some(self.root.as_path()));
            let points = |finding: &Finding| {
                let mut related = finding.related.iter();
                related.any(|related| changed.contains(&related.file))
            };
            if changed.contains(&file)
                || findings.iter().any(points)
                || findings.len() != entry.settled.len()
                || !findings
                    .iter()
                    .zip(&*entry.settled)
                    .all(|(a, b)| a.says_the_same(b))
            {
                others.push(file);
            }
            entry.settled = findings.into();
            entry.used = used;
            entry.depends = depends;
        }
        others
    }

    fn index(&self, files: &[FileId], discovery: &Discovery, world: Option<World>) -> Index {
        let mut facts = Vec::with_capacity(files.len());
        let mut models = HashMap::new();
        for file in files {
            if let Some(entry) = self.entries.get(file) {
                facts.push(entry.read.facts.clone());
                if let Some(model) = discovery.model(entry.config) {
                    models.insert(*file, model);
                }
            }
        }
        Index::of_part(facts, models, &self.knowledge.catalog, world)
    }

    /// What some files say together, with what always counts: people, and whatever a syntax error may hide.
    pub fn part(&self, wanted: &BTreeSet<FileId>, files: &Files, discovery: &Discovery) -> Checked {
        let always = |entry: &&Entry| {
            entry.read.facts.other().has_people
                || !entry.read.facts.other().catalogs.is_empty()
                || lost(&entry.read.facts).next().is_some()
        };
        let always = self.entries.values().filter(always);
        let always = always.map(|entry| entry.read.facts.file);
        let mut wanted: Vec<FileId> = wanted.iter().copied().chain(always).collect();
        let path = |file: &FileId| -> &Path { files.path(*file) };
        wanted.sort_by(|a, b| path(a).cmp(path(b)));
        wanted.dedup();
        self.checked(self.index(&wanted, discovery, Some(self.world.clone())))
    }

    /// What the products and teams of a file say together, without the people documents.
    pub fn product(&self, file: FileId, files: &Files, discovery: &Discovery) -> Checked {
        let ties_of = |file| self.ties_of(file);
        let mut group = match ties_of(file) {
            Some(ties) => self.relations.group(&ties, &ties_of),
            None => BTreeSet::new(),
        };
        group.insert(file);
        let mut wanted: Vec<FileId> = group.into_iter().collect();
        wanted.sort_by(|a, b| files.path(*a).cmp(files.path(*b)));
        self.checked(self.index(&wanted, discovery, Some(self.world.clone())))
    }

    /// What all files say together.
    pub fn whole(&self, discovery: &Discovery) -> Checked {
        self.checked(self.index(&self.order, discovery, None))
    }

    /// No files, with the organisation's catalog.
    pub fn nothing(&self) -> Checked {
        let catalog = &self.knowledge.catalog;
        self.checked(Index::new(Vec::new(), HashMap::new(), catalog))
    }

    fn checked(&self, index: Index) -> Checked {
        Checked::new(
            self.root.clone(),
            Arc::clone(&self.knowledge),
            index,
            self.today,
        )
    }
}

/// How a file's teams and products are linked with others.
fn links(facts: &FileFacts) -> Vec<Link<'_>> {
    let units = facts.units.iter();
    units
        .map(|unit| {
            (
                unit.kind.name(),
                &*unit.id.text,
                unit.product.as_ref().map(|product| &*product.text),
                unit.teams.iter().map(|team| &*team.text).collect(),
                unit.model.map(crate::catalog::Model::name),
            )
        })
        .collect()
}

/// Words that a syntax error keeps out of the tree.
fn lost(facts: &FileFacts) -> impl Iterator<Item = &str> {
    let units = facts.units.iter().filter_map(|unit| unit.lost.as_deref());
    units.chain(facts.other().lost_people.as_deref())
}
