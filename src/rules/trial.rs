//! A mend tried in memory: whether its organisation says afterwards what it should.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::context::SettingsOf;
use super::engine::{FEW, file_findings, level, together};
use super::meter::Metered;
use super::people::vacant_role;
use super::precedence::once;
use super::session::relations::{Relations, Ties};
use super::sound::Mended;
use super::{
    Check, FileContext, Finding, Fix, FixContext, OrganisationContext, Safety, Settings, Target,
};
use crate::spec::SourceFile;
use crate::workspace::{FileFacts, FileId, Index, Severity, World};

/// The number of a file that is not there yet.
const NEW: FileId = FileId(u32::MAX);

/// Tries mends. What the files of an organisation have to do with each other is worked out once.
#[derive(Default)]
pub(super) struct Trials {
    known: RefCell<Option<Known>>,
}

/// What does not change from trial to trial.
struct Known {
    /// Of which index.
    of: *const Index,
    /// Where the facts of each file are in it.
    places: HashMap<FileId, usize>,
    /// Which files have to do with each other; nothing where there are only a few, which are looked at together.
    relations: Option<(Relations, HashMap<FileId, Ties>)>,
    /// What a part has to know of the whole.
    world: Option<World>,
}

/// The settings of the files of a trial.
#[derive(Debug)]
struct ByFile<'a> {
    all: HashMap<FileId, &'a Settings>,
    /// Those of a file that is not there yet.
    other: &'a Settings,
}

impl SettingsOf for ByFile<'_> {
    fn of(&self, file: FileId) -> &Settings {
        self.all.get(&file).copied().unwrap_or(self.other)
    }
}

impl Trials {
    /// Whether a mend does what it promises: what was found is gone, and there are no more errors than before. Where
    /// roles and duties themselves change, nobody knows before all is read again; nor what nobody silences any more.
    pub fn passes<'a>(
        &self,
        fix: &Fix,
        files: &[Mended],
        context: &FixContext<'_>,
        settings: &dyn Fn(FileId) -> &'a Settings,
    ) -> bool {
        if matches!(context.finding.rule.check, Check::Engine) {
            return true;
        }
        let mut known = self.known.borrow_mut();
        if known
            .as_ref()
            .is_none_or(|known| !std::ptr::eq(known.of, context.index))
        {
            *known = Some(Known::of(context.index));
        }
        let Some(known) = known.as_ref() else {
            return true;
        };
        let facts_of = |mended: &Mended| {
            let file = mended.before.as_ref().map_or(NEW, |(file, _)| *file);
            FileFacts::of(file, &mended.after, context.catalog())
        };
        let new: Vec<FileFacts> = files.iter().map(facts_of).collect();
        let all = context.index.files();
        let mut old: Vec<FileFacts> = Vec::new();
        for facts in new.iter().filter(|facts| facts.file != NEW) {
            let Some(known) = known.places.get(&facts.file).and_then(|at| all.get(*at)) else {
                // A configuration.
                return true;
            };
            old.push(known.clone());
        }
        let same = |mended: &Mended| match &mended.before {
            Some((_, before)) => catalogs(before) == catalogs(&mended.after),
            None => catalogs(&mended.after).is_empty(),
        };
        if !files.iter().all(same) {
            return true;
        }
        let part = known.part(context, &new);
        let by_file = ByFile {
            all: part
                .iter()
                .map(|facts| (facts.file, settings(facts.file)))
                .collect(),
            other: settings(context.finding.file),
        };
        let look = |index: &Index, sources: &[(FileId, &SourceFile)]| {
            Verdict::of(index, sources, context, &by_file, fix.safety)
        };
        let own = context.own_source();
        let own = own.iter().map(|own| (context.finding.file, &**own));
        let mut before: Vec<(FileId, &SourceFile)> = own.collect();
        let mut after = before.clone();
        for mended in files {
            let file = mended.before.as_ref().map_or(NEW, |(file, _)| *file);
            before.retain(|(known, _)| *known != file);
            after.retain(|(known, _)| *known != file);
            before.extend(
                mended
                    .before
                    .iter()
                    .map(|(file, source)| (*file, &**source)),
            );
            after.push((file, &mended.after));
        }
        let catalog = context.catalog();
        let world = known.world.clone();
        let had = match part.len() == all.len() {
            true => look(context.index, &before),
            false => look(
                &context.index.again(part.clone(), world.clone(), catalog),
                &before,
            ),
        };
        let world = world.map(|world| world.with(&old, &new));
        let mended = replaced(part, new, fix, context);
        let has = look(&context.index.again(mended, world, catalog), &after);
        has.own < had.own.max(1) && has.errors <= had.errors
    }
}

impl Known {
    fn of(index: &Index) -> Self {
        let files = index.files();
        let is_large = files.len() > FEW;
        let relations = is_large.then(|| {
            let mut relations = Relations::default();
            let mut all = HashMap::new();
            relations.set_people(files.iter());
            for facts in files {
                let ties = relations.ties(facts);
                relations.add(facts.file, &ties);
                all.insert(facts.file, ties);
            }
            (relations, all)
        });
        let places = files.iter().enumerate();
        Self {
            of: index,
            places: places.map(|(at, facts)| (facts.file, at)).collect(),
            relations,
            world: (is_large || index.is_part()).then(|| index.world()),
        }
    }

    /// The files that a mend has to do with, in order of path.
    fn part(&self, context: &FixContext<'_>, new: &[FileFacts]) -> Vec<FileFacts> {
        let all = context.index.files();
        let Some((relations, ties)) = &self.relations else {
            return all.to_vec();
        };
        let ties_of = |file: FileId| ties.get(&file);
        let changed = new.iter().map(|facts| facts.file);
        let near = changed.chain([context.finding.file]).collect();
        let mut wanted: BTreeSet<FileId> = relations.around(&near, &ties_of);
        for facts in new {
            wanted.extend(relations.group(&relations.ties(facts), &ties_of));
        }
        // What always counts: people, and whatever a syntax error may hide.
        let always = |facts: &FileFacts| {
            let other = facts.other();
            let mut units = facts.units.iter();
            other.has_people
                || !other.catalogs.is_empty()
                || other.lost.is_some()
                || units.any(|unit| unit.lost().is_some())
        };
        let part = all
            .iter()
            .filter(|facts| wanted.contains(&facts.file) || always(facts));
        part.cloned().collect()
    }
}

/// The catalogs in a file, as they are written.
fn catalogs(source: &SourceFile) -> Vec<&str> {
    let tree = &source.tree;
    let roots = tree
        .documents()
        .iter()
        .filter_map(|document| tree.root(document));
    let catalogs = roots.filter(|root| root.get("catalog").is_some());
    catalogs
        .map(|root| root.span().slice(source.text()))
        .collect()
}

/// Files with what a mend makes of some of them; a new one stands where its path belongs.
fn replaced(
    mut files: Vec<FileFacts>,
    new: Vec<FileFacts>,
    fix: &Fix,
    context: &FixContext<'_>,
) -> Vec<FileFacts> {
    for (change, facts) in fix.changes.iter().zip(new) {
        match &change.target {
            Target::File(_) => {
                let mut known = files.iter_mut();
                if let Some(known) = known.find(|known| known.file == facts.file) {
                    *known = facts;
                }
            }
            Target::New(path) => {
                let is_before = |known: &FileFacts| {
                    known.file != NEW && context.path(known.file) < path.as_path()
                };
                let at = files.iter().take_while(|known| is_before(known)).count();
                files.insert(at, facts);
            }
        }
    }
    files
}

/// What counts of a state of the files.
struct Verdict {
    /// How often the finding is there.
    own: usize,
    errors: usize,
}

impl Verdict {
    fn of(
        index: &Index,
        sources: &[(FileId, &SourceFile)],
        context: &FixContext<'_>,
        settings: &ByFile<'_>,
        safety: Safety,
    ) -> Self {
        let all = OrganisationContext {
            index,
            catalog: context.catalog(),
            settings,
            today: context.today,
        };
        let mut found = together(&all, Metered::default());
        for (file, source) in sources {
            let one = FileContext {
                file: *file,
                source,
                knowledge: context.knowledge,
                settings: settings.of(*file),
                model: index.model_in(*file),
                today: context.today,
            };
            found.extend(file_findings(&one, Metered::default()));
        }
        level(&mut found, settings);
        once(&mut found);
        // A seat that somebody agrees to mark as vacant is then reported as vacant, because that is the truth.
        let counts = |one: &&Finding| {
            one.severity == Severity::Error
                && (safety == Safety::Safe || *one.rule != vacant_role::RULE)
        };
        Self {
            own: found
                .iter()
                .filter(|one| is_same(one, context.finding))
                .count(),
            errors: found.iter().filter(counts).count(),
        }
    }
}

/// Whether a finding is another one again. A vacant seat stays vacant when a mend says who covers for it; something less
/// is asked for then.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule
        && one.file == other.file
        && one.place == other.place
        && one.subject == other.subject
        && (*one.rule != vacant_role::RULE || one.help == other.help)
}
