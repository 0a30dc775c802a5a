use std::collections::HashMap;

use super::{FileFacts, FileId, Group, PersonFact, UnitFacts};
use crate::catalog::{Catalog, Model};
use crate::spec::UnitKind;

/// A unit by its place in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitRef {
    file: u32,
    unit: u32,
}

/// What the files of one organisation say together.
#[derive(Debug)]
pub struct Index {
    files: Vec<FileFacts>,
    models: HashMap<FileId, Model>,
    model: Model,
    teams: HashMap<Box<str>, UnitRef>,
    products: HashMap<Box<str>, UnitRef>,
    people: HashMap<Box<str>, (u32, u32)>,
    people_by_name: HashMap<String, (u32, u32)>,
    has_people: bool,
    groups: Vec<Group>,
}

impl Index {
    /// Of the facts of all files, in order of their paths. `models` has the model that the configuration of a
    /// file names, where it names one; else `catalog` decides.
    pub fn new(files: Vec<FileFacts>, models: HashMap<FileId, Model>, catalog: &Catalog) -> Self {
        let mut index = Self {
            has_people: files.iter().any(|file| file.other().has_people),
            files,
            models,
            model: catalog.model,
            teams: HashMap::new(),
            products: HashMap::new(),
            people: HashMap::new(),
            people_by_name: HashMap::new(),
            groups: Vec::new(),
        };
        for (at, file) in (0u32..).zip(&index.files) {
            for (number, unit) in (0u32..).zip(&file.units) {
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
            for (number, person) in (0u32..).zip(&file.other().people) {
                index
                    .people
                    .entry(person.id.text.clone())
                    .or_insert((at, number));
                if let Some(name) = &person.name {
                    index
                        .people_by_name
                        .entry(name.text.to_lowercase())
                        .or_insert((at, number));
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
                .zip(&facts.units)
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

    /// The ids of all teams.
    pub fn team_ids(&self) -> impl Iterator<Item = &str> {
        self.teams.keys().map(|id| &**id)
    }

    /// The ids of all products.
    pub fn product_ids(&self) -> impl Iterator<Item = &str> {
        self.products.keys().map(|id| &**id)
    }

    /// Whether there is a people document, so that holders can be checked against it.
    pub fn has_people(&self) -> bool {
        self.has_people
    }

    /// Every person, in order of place.
    pub fn people(&self) -> impl Iterator<Item = &PersonFact> {
        self.files.iter().flat_map(|file| &file.other().people)
    }

    /// The person of an id or a name.
    pub fn person(&self, id_or_name: &str) -> Option<&PersonFact> {
        let (file, person) = self
            .people
            .get(id_or_name)
            .or_else(|| self.people_by_name.get(&id_or_name.to_lowercase()))?;
        self.files
            .get(*file as usize)?
            .other()
            .people
            .get(*person as usize)
    }

    /// One key for one person, however a file names them: by id, or by name in any case.
    pub fn person_key(&self, id_or_name: &str) -> String {
        match self.person(id_or_name) {
            Some(person) => person.id.text.to_lowercase(),
            None => id_or_name
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .to_lowercase(),
        }
    }

    /// The model of a unit: its own, else that of its configuration, else the catalog's.
    pub fn model_of(&self, unit: &UnitFacts) -> Model {
        unit.model
            .or_else(|| self.models.get(&unit.file).copied())
            .unwrap_or(self.model)
    }

    /// The products with their teams, in order of place.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }
}
