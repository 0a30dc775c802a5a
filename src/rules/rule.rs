use ecow::EcoString;

use super::{FileContext, Finding, Fix, FixContext, OrganisationContext};
use crate::spec::Unit;
use crate::text::Span;
use crate::workspace::{FileId, Severity};

/// A rule: what `rolelint explain`, the rule reference and the editor's hover print is written here, beside
/// the check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case, naming the pattern that is wrong: it reads well after "ignore".
    pub id: &'static str,
    /// Which group it belongs to.
    pub group: Group,
    /// How much its findings matter unless the configuration says otherwise; `None` is off.
    pub severity: Option<Severity>,
    /// What it detects, in one line without a full stop.
    pub summary: &'static str,
    /// Why that matters, in a paragraph or two of Markdown.
    pub why: &'static str,
    /// What to do about a finding, in a paragraph of Markdown.
    pub remedy: &'static str,
    /// A role file that it finds something in; may hold several documents.
    pub bad: &'static str,
    /// The same file, mended.
    pub good: &'static str,
    /// What it does not catch, in a paragraph of Markdown.
    pub misses: &'static str,
    /// Numbers that the configuration can set.
    pub options: &'static [RuleOption],
    /// The check.
    pub check: Check,
    /// The ways to mend one of its findings, the best one first; asked for when somebody wants them.
    pub fix: Option<fn(&FixContext<'_>) -> Vec<Fix>>,
}

/// A number of a rule that the configuration can set.
#[derive(Debug)]
pub struct RuleOption {
    /// Its key in the configuration.
    pub name: &'static str,
    /// What it is where the configuration is silent; `None` where the model decides.
    pub default: Option<u32>,
    /// What it means, with its unit.
    pub meaning: &'static str,
}

/// Groups of rules: a prefix for the configuration, not part of the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The file itself.
    Structure,
    /// Roles and duties that nobody has.
    Coverage,
    /// Duties on the wrong seat.
    Ownership,
    /// What roles are called.
    Titles,
    /// Long-term and short-term.
    Horizon,
    /// Who sits where.
    People,
    /// How duties are worded.
    Wording,
    /// Who answers for what is shared.
    Accountability,
}

impl Group {
    /// All groups, as the rule reference lists them.
    pub const ALL: [Group; 8] = [
        Group::Structure,
        Group::Coverage,
        Group::Ownership,
        Group::Titles,
        Group::Horizon,
        Group::People,
        Group::Wording,
        Group::Accountability,
    ];

    /// As written in a configuration.
    pub fn name(self) -> &'static str {
        match self {
            Group::Structure => "structure",
            Group::Coverage => "coverage",
            Group::Ownership => "ownership",
            Group::Titles => "titles",
            Group::Horizon => "horizon",
            Group::People => "people",
            Group::Wording => "wording",
            Group::Accountability => "accountability",
        }
    }

    /// From its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == word)
    }

    /// Whether its rules hold under `model: none` too, where no role has to exist.
    pub fn holds_without_model(self) -> bool {
        matches!(self, Group::Structure | Group::People | Group::Wording)
    }
}

/// What a check looks at.
pub enum Check {
    /// One file at a time.
    File(fn(&FileContext<'_>, &mut Vec<Finding>)),
    /// One team or product at a time, whatever else stands in its file.
    Unit(fn(&FileContext<'_>, &Unit, &mut Vec<Finding>)),
    /// All files of an organisation together.
    Organisation(fn(&OrganisationContext<'_>, &mut Vec<Finding>)),
    /// What other rules found: the engine does it.
    Engine,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Check::File(_) => "File",
            Check::Unit(_) => "Unit",
            Check::Organisation(_) => "Organisation",
            Check::Engine => "Engine",
        })
    }
}

impl Rule {
    /// A finding of this rule: what is wrong, at a place.
    pub fn finding(
        &'static self,
        file: FileId,
        span: Span,
        message: impl Into<Box<str>>,
    ) -> Finding {
        Finding {
            rule: self,
            severity: self.severity.unwrap_or(Severity::Hint),
            file,
            span,
            message: message.into(),
            label: "".into(),
            why: "".into(),
            help: "".into(),
            related: Vec::new(),
            evidence: Box::default(),
            reads: false,
            quotes: false,
            place: EcoString::new(),
            subject: EcoString::new(),
            everywhere: false,
            fingerprint: 0,
        }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
