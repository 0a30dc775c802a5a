use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;

use crate::catalog::Model;
use crate::spec::DateAt;
use crate::syntax::{Fields, Name, Node, Problem, Reader, Tree, parse};
use crate::text::Span;

/// The name of a configuration file.
pub const CONFIG_NAME: &str = ".rolelint.yaml";
/// The keys of a configuration.
pub const CONFIG_KEYS: &[&str] = &[
    "include",
    "exclude",
    "catalog",
    "model",
    "rules",
    "exceptions",
    "today",
    "root",
];
/// The keys of an exception.
pub const EXCEPTION_KEYS: &[&str] = &["rule", "where", "reason", "until"];

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Probably a mistake.
    Warning,
    /// Wrong, or a role that must exist does not.
    Error,
}

impl Severity {
    /// The words of a configuration; `off` switches a rule off.
    pub const WORDS: &'static [&'static str] = &["error", "warning", "hint", "off"];

    /// As written in a configuration and in every output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// What a configuration says of a rule or a group of rules.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    /// The rule or group.
    pub name: Name,
    /// `Some(None)` is `off`; `None` says nothing of the severity.
    pub severity: Option<Option<Severity>>,
    /// Options with their numbers.
    pub options: Vec<(Name, u32)>,
}

/// A finding that somebody agreed to, for a time.
#[derive(Debug)]
pub struct Exception {
    /// The rule.
    pub rule: Name,
    /// Which files, relative to the configuration.
    pub pattern: Option<(Name, GlobMatcher)>,
    /// Why.
    pub reason: Option<Name>,
    /// The last day it holds.
    pub until: Option<DateAt>,
    /// The whole exception.
    pub span: Span,
}

/// One `.rolelint.yaml`.
#[derive(Debug)]
pub struct Config {
    /// Where it is.
    pub path: PathBuf,
    /// The configuration above it that answers where this one is silent; an index into the run's.
    pub parent: Option<usize>,
    /// Its YAML.
    pub tree: Tree,
    /// What the format does not have.
    pub problems: Vec<Problem>,
    include: Vec<(Name, GlobMatcher)>,
    exclude: Vec<(Name, GlobMatcher)>,
    /// A built-in catalog or a path.
    pub catalog: Option<Name>,
    /// The model of teams and products that name none.
    pub model: Option<Model>,
    /// Severities and options.
    pub rules: Vec<RuleSetting>,
    /// Agreed findings.
    pub exceptions: Vec<Exception>,
    /// A fixed day in place of today.
    pub today: Option<Date>,
    /// Whether nothing above it counts.
    pub root: bool,
    /// Patterns that are none, and why.
    pub bad_patterns: Vec<(Name, String)>,
}

impl Config {
    /// Reads a configuration's text. Never fails: what does not fit is kept as problems.
    pub fn read(path: &Path, text: &Arc<str>) -> Self {
        Self::of_tree(path, parse(text))
    }

    /// Reads a configuration from a tree.
    pub fn of_tree(path: &Path, tree: Tree) -> Self {
        let mut config = Config {
            path: path.to_owned(),
            parent: None,
            tree,
            problems: Vec::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            catalog: None,
            model: None,
            rules: Vec::new(),
            exceptions: Vec::new(),
            today: None,
            root: false,
            bad_patterns: Vec::new(),
        };
        let tree = std::mem::replace(&mut config.tree, parse(&Arc::from("")));
        let mut reader = Reader::default();
        if let Some(root) = tree.documents().first().and_then(|first| tree.root(first)) {
            config.fill(root, &mut reader);
        }
        config.problems = reader.problems;
        config.tree = tree;
        config
    }

    fn fill(&mut self, root: Node<'_>, reader: &mut Reader) {
        let fields = reader.fields(root, "", "a configuration", CONFIG_KEYS);
        for (key, value) in &fields.entries {
            let value = *value;
            match key.text().unwrap_or_default() {
                _ if value.is_null() => {}
                "include" => self.include = self.patterns(value, "include", reader),
                "exclude" => self.exclude = self.patterns(value, "exclude", reader),
                "catalog" => self.catalog = Name::read(value, "catalog", reader),
                "model" => {
                    self.model = reader
                        .word(value, "model", Model::WORDS)
                        .and_then(Model::from_word);
                }
                "rules" => self.rules = read_rules(value, reader),
                "exceptions" => {
                    for item in reader.list(value) {
                        let exception = self.exception(item, reader);
                        self.exceptions.extend(exception);
                    }
                }
                "today" => {
                    self.today = DateAt::read(value, "today", reader).map(|today| today.date);
                }
                "root" => self.root = reader.boolean(value, "root").unwrap_or(false),
                _ => {}
            }
        }
    }

    fn patterns(
        &mut self,
        node: Node<'_>,
        key: &str,
        reader: &mut Reader,
    ) -> Vec<(Name, GlobMatcher)> {
        Name::list(node, key, reader)
            .into_iter()
            .filter_map(|name| self.pattern(name))
            .collect()
    }

    fn pattern(&mut self, name: Name) -> Option<(Name, GlobMatcher)> {
        let text = name.text.trim_start_matches("./");
        // `archive` and `archive/` mean what is in the folder, as in a .gitignore.
        let text = text.strip_suffix('/').unwrap_or(text);
        match GlobBuilder::new(text).literal_separator(true).build() {
            Ok(glob) => Some((name, glob.compile_matcher())),
            Err(error) => {
                self.bad_patterns.push((name, error.kind().to_string()));
                None
            }
        }
    }

    fn exception(&mut self, node: Node<'_>, reader: &mut Reader) -> Option<Exception> {
        let fields = reader.fields(node, "exceptions", "an exception", EXCEPTION_KEYS);
        let mut name = |key: &'static str| {
            fields
                .get(key)
                .and_then(|value| Name::read(value, key, reader))
        };
        let rule = name("rule");
        let pattern = name("where");
        let reason = name("reason");
        let until = fields
            .get("until")
            .and_then(|until| DateAt::read(until, "until", reader));
        let Some(rule) = rule else {
            if node.is_mapping() {
                reader.wrong_shape(node, "exceptions", "`rule:` with the rule's id");
            }
            return None;
        };
        Some(Exception {
            rule,
            pattern: pattern.and_then(|pattern| self.pattern(pattern)),
            reason,
            until,
            span: node.span(),
        })
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Whether it starts an organisation of its own.
    pub fn starts_organisation(&self) -> bool {
        self.root || self.catalog.is_some()
    }

    /// The `include` pattern that takes in a path.
    pub fn included_by(&self, path: &Path) -> Option<&Name> {
        self.matching(&self.include, path)
    }

    /// The `exclude` pattern that leaves out a path.
    pub fn excluded_by(&self, path: &Path) -> Option<&Name> {
        self.matching(&self.exclude, path)
    }

    fn matching<'a>(&self, patterns: &'a [(Name, GlobMatcher)], path: &Path) -> Option<&'a Name> {
        if patterns.is_empty() {
            return None;
        }
        let relative = path.strip_prefix(self.folder()).ok()?;
        patterns
            .iter()
            .find(|(_, glob)| {
                // A pattern that names a folder takes everything below it.
                relative
                    .ancestors()
                    .any(|part| !part.as_os_str().is_empty() && glob.is_match(part))
            })
            .map(|(name, _)| name)
    }
}

impl Exception {
    /// Whether it is about a file.
    pub fn covers(&self, config: &Config, path: &Path) -> bool {
        let Some((_, glob)) = &self.pattern else {
            return true;
        };
        let Ok(relative) = path.strip_prefix(config.folder()) else {
            return false;
        };
        relative
            .ancestors()
            .any(|part| !part.as_os_str().is_empty() && glob.is_match(part))
    }
}

fn read_rules(node: Node<'_>, reader: &mut Reader) -> Vec<RuleSetting> {
    if !node.is_mapping() {
        reader.wrong_shape(node, "rules", "a group of rules, each with its severity");
    }
    let mut settings = Vec::new();
    for (key, value) in Fields::of(node).entries {
        let Some(name) = Name::read(key, "rules", reader) else {
            continue;
        };
        let mut setting = RuleSetting {
            name,
            severity: None,
            options: Vec::new(),
        };
        if value.is_mapping() {
            for (key, value) in Fields::of(value).entries {
                let Some(option) = Name::read(key, "rules", reader) else {
                    continue;
                };
                if &*option.text == "severity" {
                    setting.severity = read_severity(value, &option.text, reader);
                } else if let Some(number) = value.text().and_then(|text| text.parse().ok()) {
                    setting.options.push((option, number));
                } else {
                    reader.wrong_shape(value, &option.text, "a whole number");
                }
            }
        } else {
            setting.severity = read_severity(value, &setting.name.text, reader);
        }
        settings.push(setting);
    }
    settings
}

fn read_severity(node: Node<'_>, key: &str, reader: &mut Reader) -> Option<Option<Severity>> {
    // Older YAML reads `off` as false.
    if node.text() == Some("false") {
        return Some(None);
    }
    Some(match reader.word(node, key, Severity::WORDS)? {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "hint" => Some(Severity::Hint),
        _ => None,
    })
}
