//! Which files have to do with each other.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use smallvec::SmallVec;

use crate::spec::UnitKind;
use crate::workspace::{FileFacts, FileId, PersonFact, spelled};

/// The files that share an id or a holder. Two things that by chance have the same number only make a few files be
/// looked at in vain.
#[derive(Debug, Default)]
pub(in crate::rules) struct Relations {
    files: HashMap<u64, SmallVec<[FileId; 2]>>,
    /// The people, by id and by name, as the people documents have them.
    people: HashMap<String, SmallVec<[u64; 1]>>,
}

/// What a file has to do with.
#[derive(Debug, Default)]
pub(in crate::rules) struct Ties {
    /// Teams and products that it defines or names.
    units: Vec<u64>,
    /// Whoever holds its seats.
    people: Vec<u64>,
    /// Whether it defines a product.
    has_product: bool,
}

fn number(kind: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, text).hash(&mut hasher);
    hasher.finish()
}

/// People, each by all that they are called.
fn called(people: &[PersonFact]) -> impl Iterator<Item = (u64, String)> {
    people.iter().flat_map(|person| {
        let id = number("person", &spelled(&person.id.text));
        let names = std::iter::once(&person.id).chain(&person.name);
        let names = names.chain(&person.email);
        names.map(move |name| (id, spelled(&name.text)))
    })
}

impl Relations {
    /// Learns who the people are, from all people documents.
    pub fn set_people<'f>(&mut self, facts: impl Iterator<Item = &'f FileFacts>) {
        self.people.clear();
        for facts in facts {
            self.add_people(&facts.other().people);
        }
    }

    /// Learns of more people.
    pub fn add_people(&mut self, people: &[PersonFact]) {
        for (id, name) in called(people) {
            self.people.entry(name).or_default().push(id);
        }
    }

    /// Forgets some people.
    pub fn forget_people(&mut self, people: &[PersonFact]) {
        for (id, name) in called(people) {
            let Some(known) = self.people.get_mut(&name) else {
                continue;
            };
            if let Some(at) = known.iter().position(|known| *known == id) {
                known.remove(at);
            }
            if known.is_empty() {
                self.people.remove(&name);
            }
        }
    }

    /// What a file has to do with.
    pub fn ties(&self, facts: &FileFacts) -> Ties {
        let mut ties = Ties::default();
        for unit in facts.units.iter() {
            let kind = |kind: UnitKind| kind.name();
            ties.units.push(number(kind(unit.kind), &unit.id.text));
            ties.has_product |= unit.kind == UnitKind::Product;
            if let Some(product) = &unit.product {
                ties.units
                    .push(number(kind(UnitKind::Product), &product.text));
            }
            for team in &unit.teams {
                ties.units.push(number(kind(UnitKind::Team), &team.text));
            }
            for seat in &unit.seats {
                let holders = seat.holders.iter().map(|holder| &holder.person);
                for person in holders.chain(seat.cover()) {
                    let name = spelled(&person.text);
                    ties.people.push(number("name", &name));
                    ties.people
                        .extend(self.people.get(&name).into_iter().flatten());
                }
            }
        }
        for keys in [&mut ties.units, &mut ties.people] {
            keys.sort_unstable();
            keys.dedup();
            keys.shrink_to_fit();
        }
        ties
    }

    pub fn add(&mut self, file: FileId, ties: &Ties) {
        for key in ties.units.iter().chain(&ties.people) {
            let files = self.files.entry(*key).or_default();
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }

    pub fn remove(&mut self, file: FileId, ties: &Ties) {
        for key in ties.units.iter().chain(&ties.people) {
            if let Some(files) = self.files.get_mut(key) {
                files.retain(|known| *known != file);
                if files.is_empty() {
                    self.files.remove(key);
                }
            }
        }
    }

    /// The files whose seats somebody holds whom they call by one of some names.
    pub fn of_person(&self, names: &[String]) -> BTreeSet<FileId> {
        let mut keys = Vec::new();
        for name in names {
            let name = spelled(name);
            keys.push(number("name", &name));
            keys.extend(self.people.get(&name).into_iter().flatten().copied());
        }
        self.of(&keys).collect()
    }

    /// The files that define a team or product, or name it.
    pub fn of_unit(&self, kind: UnitKind, id: &str) -> BTreeSet<FileId> {
        self.of(&[number(kind.name(), id)]).collect()
    }

    fn of<'r>(&'r self, keys: &'r [u64]) -> impl Iterator<Item = FileId> + 'r {
        keys.iter()
            .filter_map(|key| self.files.get(key))
            .flatten()
            .copied()
    }

    /// The files of the products and teams of `ties`.
    pub fn group<'t>(
        &self,
        ties: &Ties,
        ties_of: &impl Fn(FileId) -> Option<&'t Ties>,
    ) -> BTreeSet<FileId> {
        let near: BTreeSet<FileId> = self.of(&ties.units).collect();
        let mut all = near.clone();
        // Over their product, teams that do not name it belong together.
        for file in near {
            if let Some(ties) = ties_of(file).filter(|ties| ties.has_product) {
                all.extend(self.of(&ties.units));
            }
        }
        all
    }

    /// The files of the products and teams of `file`, and all whose seats the same people hold.
    pub fn around<'t>(
        &self,
        files: &BTreeSet<FileId>,
        ties_of: &impl Fn(FileId) -> Option<&'t Ties>,
    ) -> BTreeSet<FileId> {
        let mut group: BTreeSet<FileId> = files.clone();
        for file in files {
            if let Some(ties) = ties_of(*file) {
                group.extend(self.group(ties, ties_of));
            }
        }
        let mut all = group.clone();
        for file in group {
            if let Some(ties) = ties_of(file) {
                all.extend(self.of(&ties.people));
            }
        }
        all
    }
}
