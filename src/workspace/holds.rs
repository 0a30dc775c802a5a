//! Which seat holds which duty, and how sure that is.

use super::{Group, Index, Seat, UnitFacts, UnitRef};
use crate::catalog::{Catalog, DutyIx, Model, RoleIx, Scope};
use crate::recognize::Certainty;

/// The duty that `works_with` says as well.
pub const PM_COLLABORATION: &str = "pm-collaboration";

/// The seats that can hold a duty: all of a product, or those of a product and of one of its teams.
#[derive(Debug)]
pub struct Hands<'a> {
    catalog: &'a Catalog,
    units: Vec<&'a UnitFacts>,
    takeover: Option<Takeover>,
}

/// What a model that leaves out a role makes of its duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takeover {
    /// The role that does not have to exist.
    pub absent: RoleIx,
    /// The role that answers for its duties.
    pub by: RoleIx,
}

impl Takeover {
    /// What `model` says; nothing where the catalog lacks one of the two roles.
    pub fn of(model: Model, catalog: &Catalog) -> Option<Self> {
        let (manager, owner) = (catalog.product_manager()?, catalog.product_owner()?);
        match model {
            Model::PmLed => Some(Self {
                absent: owner,
                by: manager,
            }),
            Model::PoLed | Model::Scrum | Model::Less => Some(Self {
                absent: manager,
                by: owner,
            }),
            Model::TwoRoles | Model::Combined | Model::Safe | Model::None => None,
        }
    }
}

/// Whether a duty of `role` is needed once for a product, or once in each of its teams.
pub fn reach(role: RoleIx, model: Model, catalog: &Catalog) -> Scope {
    if model.has_one_product_owner() && catalog.product_owner() == Some(role) {
        return Scope::Product;
    }
    catalog.role(role).scope
}

impl<'a> Hands<'a> {
    /// All seats of a product and its teams.
    pub fn of_group(group: &Group, index: &'a Index, catalog: &'a Catalog) -> Self {
        Self::new(group.units(index).collect(), group.model, catalog)
    }

    /// The seats of one team and of its product.
    pub fn of_team(group: &Group, team: UnitRef, index: &'a Index, catalog: &'a Catalog) -> Self {
        let team = index.unit(team);
        let product = group.product.map(|product| index.unit(product));
        let model = team.model.unwrap_or(group.model);
        Self::new(product.into_iter().chain([team]).collect(), model, catalog)
    }

    fn new(units: Vec<&'a UnitFacts>, model: Model, catalog: &'a Catalog) -> Self {
        // A seat that is there although the model can do without it keeps its own duties.
        let exists = |role| {
            units
                .iter()
                .flat_map(|unit| &unit.seats)
                .any(|seat| seat.is(role))
        };
        let takeover =
            Takeover::of(model, catalog).filter(|takeover: &Takeover| !exists(takeover.absent));
        Self {
            catalog,
            units,
            takeover,
        }
    }

    /// The product and the teams that these are the seats of.
    pub fn units(&self) -> &[&'a UnitFacts] {
        &self.units
    }

    /// The seats, the product's first.
    pub fn seats(&self) -> impl Iterator<Item = (&'a UnitFacts, &'a Seat)> {
        self.units
            .iter()
            .flat_map(|unit| unit.seats.iter().map(move |seat| (*unit, seat)))
    }

    /// Whether a seat answers for the duties of a role: its own, one that it combines, or one that the model
    /// leaves to it.
    pub fn answers_for(&self, seat: &Seat, role: RoleIx) -> bool {
        seat.is(role)
            || self
                .takeover
                .is_some_and(|takeover| takeover.absent == role && seat.is(takeover.by))
    }

    /// The seats that answer for the duties of a role.
    pub fn answering(&self, role: RoleIx) -> impl Iterator<Item = (&'a UnitFacts, &'a Seat)> {
        self.seats()
            .filter(move |(_, seat)| self.answers_for(seat, role))
    }

    /// How sure it is that a seat holds a duty; `None` where nothing says so.
    pub fn holds(&self, seat: &Seat, duty: DutyIx) -> Option<Certainty> {
        let said = seat.says(duty);
        let def = self.catalog.duty(duty);
        let linked = || {
            let manager = self.catalog.product_manager();
            def.id == PM_COLLABORATION
                && seat.is(def.role)
                && manager.is_some_and(|manager| seat.works_with.contains(&manager))
        };
        if said.is_none() && linked() {
            return Some(Certainty::Recognized);
        }
        let assumed = seat.assumes() && self.answers_for(seat, def.role);
        said.or(assumed.then_some(Certainty::Assumed))
    }

    /// How sure it is that anybody holds a duty.
    pub fn held(&self, duty: DutyIx) -> Option<Certainty> {
        self.seats()
            .filter_map(|(_, seat)| self.holds(seat, duty))
            .max()
    }

    /// Whether a row of `shared` speaks of a duty.
    pub fn shares(&self, duty: DutyIx) -> bool {
        self.units.iter().any(|unit| unit.shares(duty))
    }

    /// Whether words that a syntax error hides may hold what seems to be missing.
    pub fn may_hide(&self) -> bool {
        self.units.iter().any(|unit| unit.lost().is_some())
    }
}

impl Seat {
    /// How sure it is that the seat's own lines name a duty.
    pub fn says(&self, duty: DutyIx) -> Option<Certainty> {
        let said = self.duties.iter().filter(|said| said.duty == duty);
        said.map(|said| said.certainty).max()
    }

    /// Whether somebody sits in both seats.
    pub fn shares_holder(&self, other: &Seat, index: &Index) -> bool {
        let keys: Vec<String> = self
            .holders
            .iter()
            .map(|holder| index.person_key(&holder.person.text))
            .collect();
        other
            .holders
            .iter()
            .any(|holder| keys.contains(&index.person_key(&holder.person.text)))
    }
}

impl UnitFacts {
    /// Whether a row of `shared` speaks of a duty.
    pub fn shares(&self, duty: DutyIx) -> bool {
        self.shared.iter().any(|row| row.duty == Some(duty))
    }

    /// The duties that `shared` gives to a seat, as the one who answers for it or does it.
    pub fn shared_with<'u>(&'u self, seat: &'u Seat) -> impl Iterator<Item = DutyIx> {
        self.shared.iter().filter_map(move |row| {
            let mut roles = row.accountable.iter().chain(&row.responsible);
            row.duty.filter(|_| roles.any(|role| seat.is(*role)))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use super::*;
    use crate::spec::{Knowledge, SourceFile};
    use crate::workspace::{FileFacts, FileId};

    /// Who holds a duty in the first product of a file: each seat's role with how sure it is.
    fn holders(text: &str, duty: &str) -> Vec<(String, Certainty)> {
        let knowledge = Knowledge::new(Catalog::builtin("popm"));
        let catalog = &knowledge.catalog;
        let source = SourceFile::read(&Arc::from(text), &knowledge);
        let facts = FileFacts::of(FileId(0), &source, catalog);
        let index = Index::new(vec![facts], HashMap::new(), catalog);
        let duty = catalog.find_duty(duty).unwrap();
        let hands = Hands::of_group(&index.groups()[0], &index, catalog);
        let title = |seat: &Seat| catalog.role(seat.role.unwrap()).id.clone();
        hands
            .seats()
            .filter_map(|(_, seat)| Some((title(seat), hands.holds(seat, duty)?)))
            .collect()
    }

    fn held_by(role: &str, certainty: Certainty) -> Vec<(String, Certainty)> {
        vec![(role.to_owned(), certainty)]
    }

    #[test]
    fn a_seat_without_duties_is_assumed_to_hold_those_of_the_catalog() {
        let text = "team: a\nroles: {product-manager: ana, product-owner: ben}";
        let assumed = Certainty::Assumed;
        assert_eq!(
            holders(text, "roadmap"),
            held_by("product-manager", assumed)
        );
        assert_eq!(
            holders(text, "backlog-refinement"),
            held_by("product-owner", assumed)
        );
        let text = "team: a\nroles: {popm: ana}";
        assert_eq!(holders(text, "roadmap"), held_by("popm", assumed));
        assert_eq!(holders(text, "team-liaison"), held_by("popm", assumed));
    }

    #[test]
    fn a_seat_that_lists_duties_holds_those_only() {
        let text =
            "team: a\nroles:\n  product-manager: {duties: [roadmap, Market scan every quarter]}";
        assert_eq!(
            holders(text, "roadmap"),
            held_by("product-manager", Certainty::Pinned)
        );
        assert_eq!(
            holders(text, "market-trends"),
            held_by("product-manager", Certainty::Recognized)
        );
        assert_eq!(holders(text, "customer-focus"), []);
        assert_eq!(
            holders("team: a\nroles: {product-manager: {duties: []}}", "roadmap"),
            []
        );
    }

    #[test]
    fn the_model_says_who_takes_over() {
        let team =
            |model: &str, role: &str| format!("team: a\nmodel: {model}\nroles: {{{role}: ana}}");
        let assumed = Certainty::Assumed;
        assert_eq!(
            holders(&team("pm-led", "product-manager"), "backlog-refinement"),
            held_by("product-manager", assumed)
        );
        for model in ["po-led", "scrum", "less"] {
            assert_eq!(
                holders(&team(model, "product-owner"), "roadmap"),
                held_by("product-owner", assumed)
            );
        }
        assert_eq!(holders(&team("two-roles", "product-owner"), "roadmap"), []);
        let both = "team: a\nmodel: pm-led\nroles: {product-manager: ana, product-owner: ben}";
        assert_eq!(
            holders(both, "backlog-refinement"),
            held_by("product-owner", assumed)
        );
    }

    #[test]
    fn working_with_the_product_manager_is_a_duty_of_its_own() {
        let text = "team: a\nroles:\n  product-owner: {works_with: [product-manager], duties: [team-liaison]}";
        assert_eq!(
            holders(text, PM_COLLABORATION),
            held_by("product-owner", Certainty::Recognized)
        );
    }
}
