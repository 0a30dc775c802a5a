use super::roster::{called, is_gone};
use crate::catalog::{RoleIx, SCRUM_MASTER};
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::workspace::{Seat, SeatState, Severity, UnitFacts};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "po-is-scrum-master",
    group: Group::People,
    severity: Some(Severity::Warning),
    summary: "one person is Product Owner and Scrum Master of the same team",
    why: "A Product Owner wants more out of the next weeks; a Scrum Master guards how the team works and how much it takes on. \
          Each seat keeps the other honest. In one person one side gives way, and it is mostly the second.",
    remedy: "Let somebody else in the team be Scrum Master, or share one with another team. If it has to stay for now, silence \
             this with a comment that says why and until when.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master: ben\n",
    good: "team: checkout\nroles:\n  product-manager: ana\n  product-owner: ben\n  scrum-master: carla\n",
    misses: "A Product Owner who does the Scrum Master's work without holding the seat. A Product Manager who is Scrum Master.",
    options: &[],
    check: Check::Organisation(check),
    fix: None,
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    let owner = context.catalog.product_owner();
    let master = context.catalog.find_role(SCRUM_MASTER);
    let (Some(owner), Some(master)) = (owner, master) else {
        return;
    };
    for group in context.groups(&RULE) {
        let product = group.product.map(|unit| context.index.unit(unit));
        for team in group.teams.iter().map(|team| context.index.unit(*team)) {
            // A team without a Product Owner of its own has the product's.
            let own: Vec<&Seat> = held(team, owner).collect();
            let (owner_unit, owners) = match product {
                Some(product) if own.is_empty() => (product, held(product, owner).collect()),
                _ => (team, own),
            };
            for seat in held(team, master) {
                let both = Both {
                    context,
                    team,
                    master: seat,
                    owner_unit,
                    owners: &owners,
                };
                both.report(findings);
            }
        }
    }
}

fn held(unit: &UnitFacts, role: RoleIx) -> impl Iterator<Item = &Seat> {
    unit.seats
        .iter()
        .filter(move |seat| seat.is(role) && seat.state == SeatState::Held)
}

/// The Scrum Master's seat of a team, and the seats of its Product Owner.
struct Both<'a> {
    context: &'a OrganisationContext<'a>,
    team: &'a UnitFacts,
    master: &'a Seat,
    owner_unit: &'a UnitFacts,
    owners: &'a [&'a Seat],
}

impl Both<'_> {
    fn report(&self, findings: &mut Vec<Finding>) {
        let index = self.context.index;
        for holder in &self.master.holders {
            let person = &holder.person;
            let key = index.person_key(&person.text);
            let other = self.owners.iter().find_map(|seat| {
                let mut holders = seat.holders.iter();
                let other = holders.find(|other| index.person_key(&other.person.text) == key)?;
                Some((*seat, other))
            });
            // Somebody who is gone is the business of `departed-holder`.
            let Some((seat, other)) =
                other.filter(|_| !is_gone(self.context.index, &person.text, self.context.today))
            else {
                continue;
            };
            let who = called(index, &person.text);
            let team = self.team.label();
            let mut finding = RULE
                .finding(
                    self.team.file,
                    person.span,
                    format!("{who} is both Product Owner and Scrum Master of {team}"),
                )
                .label("holds both seats")
                .why("One seat asks for more, the other guards how much the team takes on; in one person one side gives way.")
                .help("Let somebody else be Scrum Master: another member of the team, or one that two teams share.")
                .about(team, key);
            if !std::ptr::eq(seat, self.master) {
                finding = finding.related(
                    self.owner_unit.file,
                    other.person.span,
                    "the seat of the Product Owner",
                );
            }
            findings.push(finding);
        }
    }
}
