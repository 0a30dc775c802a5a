//! An organisation as a session keeps it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;
use jiff::civil::Date;

use super::super::meter::Metered;
use super::BySession;
use super::relations::{Relations, Ties};
use crate::catalog::Model;
use crate::rules::coverage::unlinked_team;
use crate::rules::engine::{self, Read};
use crate::rules::evidence::look_up;
use crate::rules::people::unknown_person;
use crate::rules::precedence::once;
use crate::rules::settings::AllSettings;
use crate::rules::silence::Silencer;
use crate::rules::structure::unresolved_reference;
use crate::rules::{Checked, Finding, OrganisationContext, Settings};
use crate::spec::{Knowledge, SourceFile, UnitKind};
use crate::syntax::Name;
use crate::workspace::{
    Discovery, FileFacts, FileId, Files, Index, PersonFact, Roster, World, spelled,
};

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
    roster: Arc<Roster>,
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
    /// What it has to do with, as the relations have it.
    ties: Ties,
    /// The exceptions that silence something in it, by configuration and number.
    used: Vec<(usize, usize)>,
    /// Whether a rule found something in it, before anything was silenced, that depends on the whole organisation.
    depends: bool,
    /// Whether it depends on all the people.
    depends_on_people: bool,
}

impl Entry {
    pub fn new(config: Option<usize>, text: Arc<str>, read: Read) -> Self {
        Self {
            config,
            text,
            read,
            catalog: Vec::new(),
            settled: Arc::default(),
            ties: Ties::default(),
            used: Vec::new(),
            depends: false,
            depends_on_people: false,
        }
    }
}

/// Reads a file whose text is given.
pub(super) type ReadSource<'a> =
    &'a (dyn Fn(FileId, &Arc<str>, &Knowledge) -> Arc<SourceFile> + Sync);

/// A file with its findings, the exceptions that silence some, and whether one depends on the whole organisation and on
/// all the people.
type Found = (FileId, Vec<Finding>, Vec<(usize, usize)>, (bool, bool));

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
            roster: Arc::default(),
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
        for entry in self.entries.values_mut() {
            let facts = &entry.read.facts;
            entry.ties = relations.ties(facts);
            relations.add(facts.file, &entry.ties);
        }
        self.relations = relations;
        let has_people = |file: &&FileId| {
            let entry = self.entries.get(file);
            entry.is_some_and(|entry| entry.read.facts.other().has_people)
        };
        self.people_files = self.order.iter().filter(has_people).copied().collect();
        self.read_roster();
        self.world = self.index(&self.order, discovery, None).world();
    }

    /// Works out anew who the people are.
    fn read_roster(&mut self) {
        let people = self.people_files.iter();
        let facts = people.filter_map(|file| Some(&self.entries.get(file)?.read.facts));
        self.roster = Arc::new(Roster::of(facts));
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

    /// Whether it is a finding of the catalog, which nothing silences.
    pub fn is_of_catalog(&self, finding: &Finding) -> bool {
        let entry = self.entries.get(&finding.file);
        let mut own = entry.into_iter().flat_map(|entry| &entry.catalog);
        own.any(|own| own.rule == finding.rule && own.span == finding.span)
    }

    /// What a file gave.
    pub fn read(&self, file: FileId) -> Option<&Read> {
        Some(&self.entries.get(&file)?.read)
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

    fn ties_of(&self, file: FileId) -> Option<&Ties> {
        Some(&self.entries.get(&file)?.ties)
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
        let lost_people = |facts: &FileFacts| facts.other().lost.clone();
        let repeopled = has_people(before) != has_people(after)
            || people && lost_people(before) != lost_people(after);
        let relinked = links(before) != links(after);
        let renamed = !ids(before).eq(ids(after));
        let relost = !lost(before).eq(lost(after));
        let ties_of = |file| self.ties_of(file);
        let mut affected = self.relations.around(&BTreeSet::from([file]), &ties_of);
        let mut linked_files = self.relations.group(&old.ties, &ties_of);
        let before = before.clone();
        let config = old.config;
        let catalog = old.catalog.clone();
        let settled = Arc::clone(&old.settled);
        self.relations.remove(file, &old.ties);
        let met = match people && !repeopled {
            true => self.rename_people(file, &before, after),
            false => BTreeSet::new(),
        };
        let ties = self.relations.ties(after);
        self.relations.add(file, &ties);
        let entry = Entry {
            catalog,
            settled,
            ties,
            ..Entry::new(config, text, read)
        };
        self.entries.insert(file, entry);
        if repeopled {
            self.relate(discovery);
            return Affected::All;
        }
        if people {
            self.read_roster();
            affected.extend(self.of_people(file, &met));
        }
        let ties_of = |file| self.ties_of(file);
        affected.extend(self.relations.around(&BTreeSet::from([file]), &ties_of));
        if relinked {
            if let Some(ties) = ties_of(file) {
                linked_files.extend(self.relations.group(ties, &ties_of));
            }
            linked_files.insert(file);
            let linked = self.world.linked_teams;
            // Only teams of these files can be linked otherwise than before: what all others add is the same.
            let was = self.linked_teams(&linked_files, Some(&before), discovery);
            let is = self.linked_teams(&linked_files, None, discovery);
            self.world.linked_teams = (linked + is).saturating_sub(was);
            if renamed {
                self.name_units();
            }
            if (linked == 0) != (self.world.linked_teams == 0) {
                return Affected::All;
            }
        }
        if relinked || relost {
            let known = (renamed || relost).then(|| self.world.known());
            let depends = |entry: &&Entry| {
                let facts = &entry.read.facts;
                entry.depends || known.as_ref().is_some_and(|known| known.lacks(facts))
            };
            let more = self.entries.values().filter(depends);
            affected.extend(more.map(|entry| entry.read.facts.file));
        }
        Affected::Files(affected)
    }

    /// Takes in that people are called otherwise, and returns the files that name them by what they were or are called.
    fn rename_people(
        &mut self,
        file: FileId,
        before: &FileFacts,
        after: &FileFacts,
    ) -> BTreeSet<FileId> {
        let (old, new) = other_people(before, after);
        if old.is_empty() && new.is_empty() {
            return BTreeSet::new();
        }
        let names: Vec<String> = names(old).chain(names(new)).collect();
        let mut met = self.relations.of_person(&names);
        met.remove(&file);
        // What files have to do with each other depends on who is who.
        for file in &met {
            if let Some(entry) = self.entries.get(file) {
                self.relations.remove(*file, &entry.ties);
            }
        }
        self.relations.forget_people(old);
        self.relations.add_people(new);
        for file in &met {
            if let Some(entry) = self.entries.get_mut(file) {
                entry.ties = self.relations.ties(&entry.read.facts);
                self.relations.add(*file, &entry.ties);
            }
        }
        met
    }

    /// The files in which something may be said otherwise now that the people of `file` are others or stand elsewhere;
    /// `met` are those that name one of the people.
    fn of_people(&self, file: FileId, met: &BTreeSet<FileId>) -> BTreeSet<FileId> {
        let ties_of = |file| self.ties_of(file);
        let mut affected: BTreeSet<FileId> = self.people_files.iter().copied().collect();
        if !met.is_empty() {
            affected.extend(self.relations.around(met, &ties_of));
        }
        let is_touched = |entry: &&Entry| {
            let mut units = entry.read.facts.units.iter();
            let points = |finding: &Finding| finding.related.iter().any(|one| one.file == file);
            !met.is_empty()
                && (entry.depends_on_people || units.any(|unit| unit.members().is_some()))
                || entry.settled.iter().any(points)
        };
        let more = self.entries.values().filter(is_touched);
        affected.extend(more.map(|entry| entry.read.facts.file));
        affected
    }

    /// How many teams of some files belong to a product, where one of them says `before` instead of what it says now.
    fn linked_teams(
        &self,
        files: &BTreeSet<FileId>,
        before: Option<&FileFacts>,
        discovery: &Discovery,
    ) -> usize {
        let in_order = self.order.iter().filter(|file| files.contains(file));
        let files: Vec<FileId> = in_order.copied().collect();
        let mut facts = self.facts_in(&files);
        for facts in &mut facts {
            if let Some(before) = before.filter(|before| before.file == facts.file) {
                *facts = before.clone();
            }
        }
        let models = self.models(&files, discovery);
        Index::new(facts, models, &self.knowledge.catalog).linked_teams()
    }

    /// Works out anew which teams and products there are.
    fn name_units(&mut self) {
        let entries = self.order.iter().filter_map(|file| self.entries.get(file));
        let units = || {
            let facts = entries.clone().map(|entry| &entry.read.facts);
            facts.flat_map(|facts| facts.units.iter())
        };
        let of = |kind| -> Arc<[EcoString]> {
            let units = units().filter(|unit| unit.kind == kind);
            units.map(|unit| unit.id.text.clone()).collect()
        };
        (self.world.teams, self.world.products) = (of(UnitKind::Team), of(UnitKind::Product));
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
            let on_people = together
                .iter()
                .any(|finding| *finding.rule == unknown_person::RULE);
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
            found.push((*file, findings, silencer.used(), (depends, on_people)));
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
            (entry.depends, entry.depends_on_people) = depends;
        }
        others
    }

    fn index(&self, files: &[FileId], discovery: &Discovery, world: Option<World>) -> Index {
        let (facts, models) = (self.facts_in(files), self.models(files, discovery));
        let roster = Arc::clone(&self.roster);
        Index::of_part(facts, models, &self.knowledge.catalog, world, roster)
    }

    fn facts_in(&self, files: &[FileId]) -> Vec<FileFacts> {
        let entries = files.iter().filter_map(|file| self.entries.get(file));
        entries.map(|entry| entry.read.facts.clone()).collect()
    }

    /// The models that configurations name for some files.
    fn models(&self, files: &[FileId], discovery: &Discovery) -> HashMap<FileId, Model> {
        let model_of = |file: &FileId| Some((*file, discovery.model(self.config(*file))?));
        files.iter().filter_map(model_of).collect()
    }

    /// What some files say together, with what always counts: catalogs, and whatever a syntax error may hide.
    pub fn part(&self, wanted: &BTreeSet<FileId>, files: &Files, discovery: &Discovery) -> Checked {
        let always = |entry: &&Entry| {
            let facts = &entry.read.facts;
            let mut units = facts.units.iter();
            let other = facts.other();
            !other.catalogs.is_empty()
                || other.lost.is_some()
                || units.any(|unit| unit.lost().is_some())
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
            Some(ties) => self.relations.group(ties, &ties_of),
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

/// The people who are others than before, and those whom they were: by id, name, e-mail address and last day, wherever
/// they stand.
fn other_people<'f>(
    before: &'f FileFacts,
    after: &'f FileFacts,
) -> (&'f [PersonFact], &'f [PersonFact]) {
    type Said<'p> = (&'p str, Option<&'p str>, Option<&'p str>, Option<Date>);
    fn text(name: &Option<Name>) -> Option<&str> {
        name.as_ref().map(|name| &*name.text)
    }
    fn said(person: &PersonFact) -> Said<'_> {
        let left = person.left.map(|(day, _)| day);
        let (name, email) = (text(&person.name), text(&person.email));
        (&person.id.text, name, email, left)
    }
    let (old, new) = (&before.other().people, &after.other().people);
    let pairs = old.iter().zip(new);
    let head = pairs.take_while(|(a, b)| said(a) == said(b)).count();
    let most = old.len().min(new.len()) - head;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(most);
    let tail = pairs.take_while(|(a, b)| said(a) == said(b)).count();
    fn changed(people: &[PersonFact], head: usize, tail: usize) -> &[PersonFact] {
        people.get(head..people.len() - tail).unwrap_or_default()
    }
    (changed(old, head, tail), changed(new, head, tail))
}

/// All that people are called.
fn names(people: &[PersonFact]) -> impl Iterator<Item = String> {
    let names = people.iter().flat_map(|person| {
        let more = person.name.iter().chain(&person.email);
        std::iter::once(&person.id).chain(more)
    });
    names.map(|name| spelled(&name.text))
}

/// The teams and products that a file defines.
fn ids(facts: &FileFacts) -> impl Iterator<Item = (UnitKind, &str)> {
    let units = facts.units.iter();
    units.map(|unit| (unit.kind, &*unit.id.text))
}

/// Words that a syntax error keeps out of the tree.
fn lost(facts: &FileFacts) -> impl Iterator<Item = &str> {
    let units = facts.units.iter().filter_map(|unit| unit.lost());
    units.chain(facts.other().lost.as_deref())
}
