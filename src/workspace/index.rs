use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ecow::EcoString;

use super::roster::spelled;
use super::{FileFacts, FileId, Group, PersonFact, Roster, UnitFacts};
use crate::catalog::{Catalog, Model};
use crate::spec::UnitKind;

/// A unit by its place in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitRef {
    file: u32,
    unit: u32,
}

/// What an index of a part of the files has to know of the whole organisation.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The ids of all teams, in order of place.
    pub teams: Arc<[EcoString]>,
    /// The ids of all products, in order of place.
    pub products: Arc<[EcoString]>,
    /// How many teams belong to a product; those under `model: none` do not count.
    pub linked_teams: usize,
}

impl World {
    /// The ids, to look some up in.
    pub fn known(&self) -> KnownUnits<'_> {
        fn set(ids: &[EcoString]) -> HashSet<&str> {
            ids.iter().map(|id| &**id).collect()
        }
        KnownUnits {
            teams: set(&self.teams),
            products: set(&self.products),
        }
    }

    /// What there is once some files say something else.
    pub fn with(mut self, old: &[FileFacts], new: &[FileFacts]) -> Self {
        let ids = |facts: &[FileFacts], kind: UnitKind| -> Vec<EcoString> {
            let units = facts.iter().flat_map(|facts| facts.units.iter());
            let units = units.filter(|unit| unit.kind == kind);
            units.map(|unit| unit.id.text.clone()).collect()
        };
        for (kind, known) in [
            (UnitKind::Team, &mut self.teams),
            (UnitKind::Product, &mut self.products),
        ] {
            let (gone, new) = (ids(old, kind), ids(new, kind));
            if gone == new {
                continue;
            }
            let mut all = known.to_vec();
            for id in &gone {
                if let Some(at) = all.iter().position(|known| known == id) {
                    all.remove(at);
                }
            }
            all.extend(new);
            *known = all.into();
        }
        self
    }
}

/// The ids of all teams and products, to look some up in.
#[derive(Debug)]
pub struct KnownUnits<'w> {
    teams: HashSet<&'w str>,
    products: HashSet<&'w str>,
}

impl KnownUnits<'_> {
    /// Whether a file names a team or product that is none of them.
    pub fn lacks(&self, facts: &FileFacts) -> bool {
        facts.units.iter().any(|unit| {
            let product = unit.product.as_ref();
            product.is_some_and(|product| !self.products.contains(&*product.text))
                || unit
                    .teams
                    .iter()
                    .any(|team| !self.teams.contains(&*team.text))
        })
    }
}

/// What the files of one organisation say together.
#[derive(Debug)]
pub struct Index {
    files: Vec<FileFacts>,
    models: HashMap<FileId, Model>,
    model: Model,
    teams: HashMap<EcoString, UnitRef>,
    products: HashMap<EcoString, UnitRef>,
    roster: Arc<Roster>,
    groups: Vec<Group>,
    /// What counts of the whole organisation, where this is a part of it.
    world: Option<World>,
}

impl Index {
    /// Of the facts of all files, in order of their paths. `models` has the model that the configuration of a
    /// file names, where it names one; else `catalog` decides.
    pub fn new(files: Vec<FileFacts>, models: HashMap<FileId, Model>, catalog: &Catalog) -> Self {
        let roster = Arc::new(Roster::of(files.iter()));
        Self::of_part(files, models, catalog, None, roster)
    }

    /// Of the facts of some files of an organisation, in order of their paths, and all its people. What it says of these
    /// files holds as far as the files are among them that they have to do with.
    pub fn of_part(
        files: Vec<FileFacts>,
        models: HashMap<FileId, Model>,
        catalog: &Catalog,
        world: Option<World>,
        roster: Arc<Roster>,
    ) -> Self {
        let mut index = Self {
            files,
            models,
            model: catalog.model,
            teams: HashMap::new(),
            products: HashMap::new(),
            roster,
            groups: Vec::new(),
            world,
        };
        for (at, file) in (0u32..).zip(&index.files) {
            for (number, unit) in (0u32..).zip(file.units.iter()) {
                let table = match unit.kind {
                    UnitKind::Team => &mut index.teams,
                    UnitKind::Product => &mut index.products,
                };
                if !unit.id.text.is_empty() {
                    table.entry(unit.id.text.clone()).or_insert(UnitRef {
                        file: at,
                        unit: number,
                    });
                }
            }
        }
        index.groups = Group::all(&index);
        index
    }

    /// The facts of each file.
    pub fn files(&self) -> &[FileFacts] {
        &self.files
    }

    /// Every team and product, in order of place.
    pub fn units(&self) -> impl Iterator<Item = (UnitRef, &UnitFacts)> {
        (0u32..).zip(&self.files).flat_map(|(file, facts)| {
            (0u32..)
                .zip(facts.units.iter())
                .map(move |(unit, facts)| (UnitRef { file, unit }, facts))
        })
    }

    /// A team or product.
    ///
    /// # Panics
    /// If `unit` is of another index.
    pub fn unit(&self, unit: UnitRef) -> &UnitFacts {
        &self.files[unit.file as usize].units[unit.unit as usize]
    }

    /// The first team of an id.
    pub fn team(&self, id: &str) -> Option<UnitRef> {
        self.teams.get(id).copied()
    }

    /// The first product of an id.
    pub fn product(&self, id: &str) -> Option<UnitRef> {
        self.products.get(id).copied()
    }

    /// The ids of all teams or products of the organisation, in order of place.
    pub fn ids(&self, kind: UnitKind) -> impl Iterator<Item = &str> {
        let everywhere = self.world.as_ref().map(|world| match kind {
            UnitKind::Team => &world.teams,
            UnitKind::Product => &world.products,
        });
        let here = self.units().filter(move |(_, unit)| unit.kind == kind);
        let here = here.map(|(_, unit)| &*unit.id.text);
        let (everywhere, here) = match everywhere {
            Some(ids) => (Some(ids.iter().map(|id| &**id)), None),
            None => (None, Some(here)),
        };
        everywhere
            .into_iter()
            .flatten()
            .chain(here.into_iter().flatten())
    }

    /// How many teams of the organisation belong to a product; those under `model: none` do not count.
    pub fn linked_teams(&self) -> usize {
        match &self.world {
            Some(world) => world.linked_teams,
            None => {
                let is_linked = |group: &&Group| {
                    (group.product.is_some() || group.undefined) && group.model != Model::None
                };
                let linked = self.groups.iter().filter(is_linked);
                linked.map(|group| group.teams.len()).sum()
            }
        }
    }

    /// What a part of this index has to know of the whole.
    pub fn world(&self) -> World {
        World {
            teams: self.ids(UnitKind::Team).map(EcoString::from).collect(),
            products: self.ids(UnitKind::Product).map(EcoString::from).collect(),
            linked_teams: self.linked_teams(),
        }
    }

    /// What these files would say together in place of this index's own: in order of their paths, and with what they
    /// have to know of the whole where some are left out.
    pub fn again(&self, files: Vec<FileFacts>, world: Option<World>, catalog: &Catalog) -> Self {
        let models = files.iter().filter_map(|file| {
            let model = self.models.get(&file.file)?;
            Some((file.file, *model))
        });
        let models = models.collect();
        let roster = self.roster.with(&files);
        Self::of_part(files, models, catalog, world, roster)
    }

    /// Whether this is an index of a part of the files.
    pub fn is_part(&self) -> bool {
        self.world.is_some()
    }

    /// The model of the units of a file that name none.
    pub fn model_in(&self, file: FileId) -> Model {
        self.models.get(&file).copied().unwrap_or(self.model)
    }

    /// The people.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Every person, in order of place.
    pub fn people(&self) -> impl Iterator<Item = &PersonFact> {
        self.roster.people()
    }

    /// The people where people documents are to be checked themselves: everybody, or nobody where none of them is
    /// among these files.
    pub fn people_to_check(&self) -> impl Iterator<Item = &PersonFact> {
        let people = self.has_people().then(|| self.roster.people());
        people.into_iter().flatten()
    }

    /// Those of them who have the name or the e-mail address of somebody else.
    pub fn namesakes_to_check(&self) -> impl Iterator<Item = &PersonFact> {
        let namesakes = self.has_people().then(|| self.roster.namesakes());
        namesakes.into_iter().flatten()
    }

    fn has_people(&self) -> bool {
        self.files.iter().any(|file| file.other().has_people)
    }

    /// The person of an id or a name.
    pub fn person(&self, id_or_name: &str) -> Option<&PersonFact> {
        let named = || self.roster.by_name(id_or_name).next();
        self.roster.by_id(id_or_name).or_else(named)
    }

    /// One key for one person, however a file names them: by id, or by name in any case.
    pub fn person_key(&self, id_or_name: &str) -> String {
        match self.person(id_or_name) {
            Some(person) => person.id.text.as_str().to_lowercase(),
            None => spelled(id_or_name),
        }
    }

    /// The model of a unit: its own, else that of its configuration, else the catalog's.
    pub fn model_of(&self, unit: &UnitFacts) -> Model {
        unit.model.unwrap_or_else(|| self.model_in(unit.file))
    }

    /// The products with their teams, in order of place.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }
}
