use std::collections::HashMap;

use super::{Group, RULES, Rule, find};
use crate::workspace::{Config, Discovery, Severity};

/// The severities and options that hold for a file: those of its configurations, the nearest first.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    severities: HashMap<&'static str, Option<Severity>>,
    options: HashMap<(&'static str, &'static str), u32>,
}

impl Settings {
    /// What a chain of configurations says, nearest first. A rule counts more than its group.
    pub fn of<'c>(chain: impl Iterator<Item = &'c Config>) -> Self {
        let mut chain: Vec<&Config> = chain.collect();
        chain.reverse();
        let mut settings = Self::default();
        for config in chain {
            for rules in [false, true] {
                for setting in &config.rules {
                    let name = &*setting.name.text;
                    let meant: Vec<&'static Rule> =
                        match (rules, find(name), Group::from_word(name)) {
                            (true, Some(rule), _) => vec![rule],
                            (false, None, Some(group)) => RULES
                                .iter()
                                .copied()
                                .filter(|rule| rule.group == group)
                                .collect(),
                            _ => continue,
                        };
                    for rule in meant {
                        if let Some(severity) = setting.severity {
                            settings.severities.insert(rule.id, severity);
                        }
                        for (option, number) in &setting.options {
                            let known = rule
                                .options
                                .iter()
                                .find(|known| *known.name == *option.text);
                            if let Some(known) = known {
                                settings.options.insert((rule.id, known.name), *number);
                            }
                        }
                    }
                }
            }
        }
        settings
    }

    /// Whether a rule runs.
    pub fn is_on(&self, rule: &Rule) -> bool {
        match self.severities.get(rule.id) {
            Some(severity) => severity.is_some(),
            None => rule.severity.is_some(),
        }
    }

    /// The severity that the configuration gives a rule, where it gives one.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.severities.get(rule.id).copied().flatten()
    }

    /// An option of a rule: as configured, else its default.
    pub fn option(&self, rule: &Rule, name: &str) -> Option<u32> {
        let option = rule.options.iter().find(|option| option.name == name)?;
        self.options
            .get(&(rule.id, option.name))
            .copied()
            .or(option.default)
    }
}

/// The settings of every configuration of a run.
#[derive(Debug, Default)]
pub(super) struct AllSettings {
    by_config: Vec<Settings>,
    bare: Settings,
}

impl AllSettings {
    pub(super) fn new(discovery: &Discovery) -> Self {
        Self {
            by_config: (0..discovery.configs.len())
                .map(|at| Settings::of(discovery.chain(Some(at)).map(|(_, config)| config)))
                .collect(),
            bare: Settings::default(),
        }
    }

    pub(super) fn get(&self, config: Option<usize>) -> &Settings {
        config
            .and_then(|at| self.by_config.get(at))
            .unwrap_or(&self.bare)
    }
}
