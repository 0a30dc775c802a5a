//! From what stands at a place to what the file means by it.

use super::View;
use super::target::{Subject, Target};
use crate::spec::{Duty, Role, Unit, UnitKind};
use crate::text::Span;
use crate::catalog::Catalog;
use crate::workspace::{Group, Hands, Index, Seat, UnitFacts, UnitRef};

impl View<'_> {
    /// The duty that holds a place, with its seat.
    pub(super) fn duty(&self, span: Span) -> Option<(&Unit, &Role, &Duty)> {
        self.source.spec.units().find_map(|unit| {
            unit.roles.iter().find_map(|role| {
                let mut duties = role.duties.iter().flat_map(|duties| &duties.items);
                let duty = duties.find(|duty| holds(duty.span, span))?;
                Some((unit, role, duty))
            })
        })
    }

    /// The team or product that holds a place.
    pub(super) fn unit(&self, span: Span) -> Option<&Unit> {
        self.source.spec.units().find(|unit| holds(unit.span, span))
    }

    /// What stands at a place, with what only the file as a whole can tell: `Own: the roadmap` is a line of text,
    /// whatever YAML says.
    pub(super) fn meant(&self, target: Target) -> Target {
        let is_unpinned = || {
            let (_, _, duty) = self.duty(target.span)?;
            duty.text.clone().filter(|_| duty.pin.is_none())
        };
        match &target.subject {
            Subject::Duty(_, None) => match is_unpinned() {
                Some(text) => Target {
                    subject: Subject::Line(text.text),
                    span: text.span,
                    ..target
                },
                None => target,
            },
            _ => target,
        }
    }
}

/// A team or product in its product.
pub(super) struct Around<'i> {
    /// The product with its teams.
    pub group: &'i Group,
    /// The team or product itself.
    pub unit: UnitRef,
    /// What other files see of it.
    pub facts: &'i UnitFacts,
}

impl<'i> Around<'i> {
    /// Finds the team or product that stands at a place of the view's file in an index.
    pub fn find(view: &View<'_>, unit: &Unit, index: &'i Index) -> Option<Self> {
        let (unit, facts) = index.units().find(|(_, facts)| {
            facts.file == view.file && facts.kind == unit.kind && facts.id.span == unit.id.span
        })?;
        let group = index
            .groups()
            .iter()
            .find(|group| group.product == Some(unit) || group.teams.contains(&unit))?;
        Some(Self { group, unit, facts })
    }

    /// How to call all of it: "product `booking`"; a team without a product is by itself.
    pub fn label(&self, index: &Index) -> String {
        let product = self.facts.product.as_ref();
        match (self.group.product, product) {
            (Some(product), _) => index.unit(product).label(),
            (None, Some(product)) => format!("product `{}`", product.text),
            (None, None) => self.facts.label(),
        }
    }

    /// Whether it is a team.
    pub fn is_team(&self) -> bool {
        self.facts.kind == UnitKind::Team
    }

    /// The seat with a key at a place.
    pub fn seat(&self, key: Span) -> Option<&'i Seat> {
        self.facts.seats.iter().find(|seat| seat.key == key)
    }

    /// The seats that can hold its duties: of a team its own and those of its product, of a product all.
    pub fn hands(&self, index: &'i Index, catalog: &'i Catalog) -> Hands<'i> {
        match self.is_team() {
            true => Hands::of_team(self.group, self.unit, index, catalog),
            false => Hands::of_group(self.group, index, catalog),
        }
    }
}

/// Whether a place lies in another.
pub(super) fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
