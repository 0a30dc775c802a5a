//! Anything that can be explained, by its name.

use super::{duty_markdown, group_markdown, role_markdown, rule_markdown};
use crate::catalog::{Catalog, DutyIx, RoleIx};
use crate::rules::{Group, RULES, Rule, find};
use crate::syntax::nearest;

/// Something that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A rule.
    Rule(&'static Rule),
    /// A group of rules.
    Group(Group),
    /// A duty of the catalog.
    Duty(DutyIx),
    /// A role of the catalog.
    Role(RoleIx),
}

impl Thing {
    /// What a name stands for: a rule before a duty, a duty before a role.
    ///
    /// # Errors
    /// That there is no such thing, in a sentence without a full stop, with the nearest name there is.
    pub fn find(name: &str, catalog: &Catalog) -> Result<Self, String> {
        let id = name.to_lowercase();
        if let Some(rule) = find(&id) {
            return Ok(Self::Rule(rule));
        }
        if let Some(duty) = catalog.find_duty(&id) {
            return Ok(Self::Duty(duty));
        }
        if let Some(role) = catalog.find_role(name) {
            return Ok(Self::Role(role));
        }
        if let Some(group) = Group::from_word(&id) {
            return Ok(Self::Group(group));
        }
        let known = RULES
            .iter()
            .map(|rule| rule.id)
            .chain(Group::ALL.map(Group::name))
            .chain(catalog.duties().map(|(_, duty)| duty.id.as_str()))
            .chain(catalog.roles().map(|(_, role)| role.id.as_str()));
        let near = nearest(name, known);
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Err(format!("there is no rule, duty or role `{name}`{near}"))
    }

    /// Its page.
    pub fn markdown(self, catalog: &Catalog) -> String {
        match self {
            Self::Rule(rule) => rule_markdown(rule, 1),
            Self::Group(group) => group_markdown(group),
            Self::Duty(duty) => duty_markdown(catalog, catalog.duty(duty), 1),
            Self::Role(role) => role_markdown(catalog, role, 1),
        }
    }
}
