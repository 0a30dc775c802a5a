use std::collections::HashSet;

use super::lopsided_combined_role::lacks_side;
use crate::catalog::{DutyDef, DutyIx, Horizon, Model, RoleIx, Scope};
use crate::rules::horizon::no_long_term_owner;
use crate::rules::ownership::{called, multi_team_without_pm};
use crate::rules::{Check, Finding, Group, OrganisationContext, Rule};
use crate::spec::UnitKind;
use crate::text::Span;
use crate::workspace::{
    FileId, Group as Product, Hands, PM_COLLABORATION, Seat, Severity, UnitFacts, reach,
};

pub(in crate::rules) static RULE: Rule = Rule {
    id: "uncovered-duty",
    group: Group::Coverage,
    severity: Some(Severity::Warning),
    summary: "a catalog duty that nobody answers for",
    why: "Every role can be filled and work can still fall between the chairs: everybody believes that somebody else talks to \
          the customers. A list of duties shows such a gap on the day it is written, long before it hurts. Only the core \
          duties of the catalog are looked for, and only where the role that should have them lists its duties; a role \
          without a list is assumed to hold them all.",
    remedy: "Add the duty to the role that has it, by its id or in your own words. If a line means it already, put the id \
             before it (`- roadmap: your words`). Where another role has it, list it there. If it does not matter in your \
             organisation, set `core: false` for it in your catalog.",
    bad: "team: checkout\nroles:\n  product-manager: ana\n  product-owner:\n    holder: ben\n    duties:\n      - backlog-refinement\n      \
          - feedback-analysis\n      - value-maximization\n      - delivery-process\n      - pm-collaboration\n",
    good: "team: checkout\nroles:\n  product-manager:\n    holder: ana\n    works_with: [product-owner]\n  product-owner:\n    \
           holder: ben\n    duties:\n      - backlog-refinement\n      - feedback-analysis\n      - value-maximization\n      \
           - delivery-process\n      - pm-collaboration\n      - team-liaison\n",
    misses: "A duty that somebody lists and nobody does. Where lines of the role were not recognised, one of them may be the \
             duty, so the finding is a hint then and says how many lines there are.",
    options: &[],
    check: Check::Organisation(check),
};

fn check(context: &OrganisationContext<'_>, findings: &mut Vec<Finding>) {
    for group in context.groups(&RULE) {
        // Of a product that is defined nowhere, nobody knows what its seats hold.
        if !group.undefined {
            GroupCheck::new(context, group).check(findings);
        }
    }
}

struct GroupCheck<'a> {
    context: &'a OrganisationContext<'a>,
    group: &'a Product,
    whole: Hands<'a>,
    teams: Vec<Hands<'a>>,
    /// A role that another rule finds missing for the whole product.
    absent: Option<RoleIx>,
    /// How far ahead nobody looks at all, as another rule says.
    unseen: Vec<Horizon>,
    /// What was said already: one seat can serve several teams.
    said: HashSet<(FileId, Span, DutyIx)>,
}

impl<'a> GroupCheck<'a> {
    fn new(context: &'a OrganisationContext<'a>, group: &'a Product) -> Self {
        let (index, catalog) = (context.index, context.catalog);
        let team_hands = |team| Hands::of_team(group, team, index, catalog);
        let has_model = |team: &&_| index.unit(**team).model != Some(Model::None);
        let teams = group.teams.iter().filter(has_model);
        Self {
            context,
            group,
            whole: Hands::of_group(group, index, catalog),
            teams: teams.map(|team| team_hands(*team)).collect(),
            absent: catalog
                .product_manager()
                .filter(|_| multi_team_without_pm::speaks(context, group)),
            unseen: no_long_term_owner::unseen(context, group),
            said: HashSet::new(),
        }
    }

    fn check(&mut self, findings: &mut Vec<Finding>) {
        for (duty, def) in self.context.catalog.duties().filter(|(_, def)| def.core) {
            let seen_to = self.absent == Some(def.role)
                || def
                    .horizon
                    .is_some_and(|horizon| self.unseen.contains(&horizon));
            if seen_to {
                continue;
            }
            let scope = reach(def.role, self.group.model, self.context.catalog);
            let found: Vec<Finding> = if scope == Scope::Product || self.group.teams.is_empty() {
                self.uncovered(&self.whole, scope, duty, def)
                    .into_iter()
                    .collect()
            } else {
                let teams = self.teams.iter();
                teams
                    .filter_map(|team| self.uncovered(team, scope, duty, def))
                    .collect()
            };
            for finding in found {
                if self.said.insert((finding.file, finding.span, duty)) {
                    findings.push(finding);
                }
            }
        }
    }

    fn uncovered(
        &self,
        hands: &Hands<'_>,
        scope: Scope,
        duty: DutyIx,
        def: &DutyDef,
    ) -> Option<Finding> {
        let catalog = self.context.catalog;
        let owners: Vec<(&UnitFacts, &Seat)> = hands.answering(def.role).collect();
        if hands.held(duty).is_some() || hands.shares(duty) || hands.may_hide() {
            return None;
        }
        let told_better = |&(unit, seat): &(&UnitFacts, &Seat)| {
            seat.hollow || lacks_side(unit, seat, def.role, catalog)
        };
        if owners.iter().any(told_better) {
            return None;
        }
        let unread: u32 = owners
            .iter()
            .map(|(_, seat)| u32::from(seat.unread.unwrap_or(0)))
            .sum();
        if def.id == PM_COLLABORATION && !self.wants_collaboration(&owners, unread) {
            return None;
        }
        let nearest = |kind: UnitKind| owners.iter().find(|(unit, _)| unit.kind == kind);
        let (unit, seat) = nearest(scope.unit()).or(owners.first())?;
        Some(self.finding(unit, seat, def, unread))
    }

    /// Working together takes two seats. Where the Product Owner surely does not say it, `missing-pm-po-link` does.
    fn wants_collaboration(&self, owners: &[(&UnitFacts, &Seat)], unread: u32) -> bool {
        let Some(manager) = self.context.catalog.product_manager() else {
            return true;
        };
        let separate = |(_, seat): &(&UnitFacts, &Seat)| !seat.is(manager);
        let exists = self.group.seats_of(self.context.index, manager).next();
        unread > 0 && exists.is_some() && owners.iter().all(separate)
    }

    fn finding(&self, unit: &UnitFacts, seat: &Seat, def: &DutyDef, unread: u32) -> Finding {
        let id = &def.id;
        let role = self.context.title(def.role);
        let name = called(self.context, seat);
        let label = unit.label();
        let finding = if unread == 0 {
            RULE.finding(
                unit.file,
                seat.key,
                format!("nobody in {label} answers for `{id}`"),
            )
            .label(format!("`{id}` is not on the list"))
            .why(format!(
                "{} is a core duty of the {role}. The list here leaves it out, so it is left to chance.",
                def.title
            ))
            .help(format!(
                "Add `- {id}` to the duties of {name}, or to those of whoever has it. If you do without it, set `core: false` for it in your catalog."
            ))
        } else {
            let (lines, line) = match unread {
                1 => ("1 line was".to_owned(), "it"),
                _ => (format!("{unread} lines were"), "one of them"),
            };
            RULE.finding(
                unit.file,
                seat.key,
                format!("it is not clear who in {label} answers for `{id}`"),
            )
            .label(format!("perhaps without `{id}`"))
            .why(format!(
                "{} is a core duty of the {role}. {lines} not recognised here, and {line} may be it.",
                def.title
            ))
            .help(format!(
                "If a line means it, put the id before it: `- {id}: your words`. If none does, add `- {id}`."
            ))
            .severity(Severity::Hint)
        };
        finding.about(label, id.as_str())
    }
}
