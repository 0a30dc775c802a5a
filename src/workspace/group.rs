use std::collections::HashMap;

use super::{Index, Seat, UnitFacts, UnitRef};
use crate::catalog::{Model, RoleIx};
use crate::spec::UnitKind;

/// A product with its teams; a team without a product is a product of its own.
#[derive(Debug)]
pub struct Group {
    /// The product's document, where it has one.
    pub product: Option<UnitRef>,
    /// Its teams.
    pub teams: Vec<UnitRef>,
    /// Its model.
    pub model: Model,
    /// Whether the teams name a product that is defined nowhere: whatever it holds cannot be known.
    pub undefined: bool,
}

impl Group {
    pub(super) fn all(index: &Index) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_product: HashMap<&str, usize> = HashMap::new();
        for (unit, facts) in index.units() {
            if facts.kind == UnitKind::Product {
                if !facts.id.text.is_empty() {
                    by_product.entry(&facts.id.text).or_insert(groups.len());
                }
                groups.push(Group {
                    product: Some(unit),
                    teams: Vec::new(),
                    model: index.model_of(facts),
                    undefined: false,
                });
            }
        }
        // A product's list of teams says the same as a team's `product:`; the team's own word counts.
        let mut listed: HashMap<&str, usize> = HashMap::new();
        for (number, group) in groups.iter().enumerate() {
            for team in group
                .product
                .into_iter()
                .flat_map(|unit| &index.unit(unit).teams)
            {
                listed.entry(&team.text).or_insert(number);
            }
        }
        for (unit, facts) in index.units() {
            if facts.kind != UnitKind::Team {
                continue;
            }
            let own = facts.product.as_ref().map(|product| &*product.text);
            let group = match own {
                Some(product) => Some(*by_product.entry(product).or_insert_with(|| {
                    groups.push(Group {
                        product: None,
                        teams: Vec::new(),
                        model: index.model_of(facts),
                        undefined: true,
                    });
                    groups.len() - 1
                })),
                None => listed.get(&*facts.id.text).copied(),
            };
            match group.and_then(|group| groups.get_mut(group)) {
                Some(group) => group.teams.push(unit),
                None => groups.push(Group {
                    product: None,
                    teams: vec![unit],
                    model: index.model_of(facts),
                    undefined: false,
                }),
            }
        }
        groups
    }

    /// Its product and teams.
    pub fn units<'a>(&self, index: &'a Index) -> impl Iterator<Item = &'a UnitFacts> {
        self.product
            .into_iter()
            .chain(self.teams.iter().copied())
            .map(|unit| index.unit(unit))
    }

    /// The unit that stands for it: the product, else its first team.
    pub fn head<'a>(&self, index: &'a Index) -> Option<&'a UnitFacts> {
        let unit = self.product.or(self.teams.first().copied())?;
        Some(index.unit(unit))
    }

    /// All its seats, the product's first.
    pub fn seats<'a>(&self, index: &'a Index) -> impl Iterator<Item = (&'a UnitFacts, &'a Seat)> {
        self.units(index)
            .flat_map(|unit| unit.seats.iter().map(move |seat| (unit, seat)))
    }

    /// The seats of a role, alone or as one side of a combination.
    pub fn seats_of<'a>(
        &self,
        index: &'a Index,
        role: RoleIx,
    ) -> impl Iterator<Item = (&'a UnitFacts, &'a Seat)> {
        self.seats(index).filter(move |(_, seat)| seat.is(role))
    }
}
