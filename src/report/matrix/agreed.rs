//! What is agreed on: exceptions in configurations.

use std::collections::HashSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::workspace::{Discovery, FileId, today};

/// Something that is agreed on, so that `rolelint check` is silent about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Agreed {
    /// How it is said.
    pub kind: AgreedKind,
    /// The rules that are silent by it.
    pub rules: Vec<String>,
    /// Where: the place that an exception names, or the file and the line of a comment.
    pub place: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The last day it holds.
    pub until: Option<String>,
    /// Whether that day has passed.
    pub ended: bool,
}

/// How something is agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreedKind {
    /// An exception in a configuration.
    Exception,
    /// A comment in a role file.
    Comment,
}

impl Agreed {
    /// In words: "`missing-role` in `teams/`, until 2026-12-31: the reason".
    pub fn words(&self, code: impl Fn(&str) -> String) -> String {
        let rules: Vec<String> = self.rules.iter().map(|rule| code(rule)).collect();
        let mut text = rules.join(", ");
        if let Some(place) = &self.place {
            let at = match self.kind {
                AgreedKind::Exception => "in",
                AgreedKind::Comment => "at",
            };
            text.push_str(&format!(" {at} {}", code(place)));
        }
        if let Some(until) = &self.until {
            text.push_str(&format!(", until {until}"));
        }
        text
    }
}

/// The exceptions of a run, with the files that they are about.
#[derive(Debug, Default)]
pub struct AgreedList(pub(super) Vec<(Agreed, HashSet<FileId>)>);

impl AgreedList {
    /// Those of a run; `fixed` is the day that dates are compared with, else the configurations' own.
    pub fn of(discovery: &Discovery, fixed: Option<Date>) -> Self {
        let mut list = Self::default();
        for (number, config) in discovery.configs.iter().enumerate() {
            let day = fixed
                .or(discovery.today(Some(number)))
                .unwrap_or_else(today);
            for exception in &config.exceptions {
                let is_meant = |file: &FileId| {
                    let path = discovery.files.path(*file);
                    path.starts_with(config.folder()) && exception.covers(config, path)
                };
                let files = discovery.organisations.iter().flat_map(|one| &one.files);
                let files = files.map(|(file, _)| *file).filter(is_meant).collect();
                let place = exception.pattern.as_ref();
                let agreed = Agreed {
                    kind: AgreedKind::Exception,
                    rules: vec![exception.rule.text.to_string()],
                    place: place.map(|(name, _)| name.text.to_string()),
                    reason: exception.reason.as_ref().map(|why| why.text.to_string()),
                    until: exception.until.map(|until| until.date.to_string()),
                    ended: exception.until.is_some_and(|until| until.date < day),
                };
                list.0.push((agreed, files));
            }
        }
        list
    }
}
