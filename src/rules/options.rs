use super::{Finding, Meter};

/// How a check is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions<'a> {
    /// What becomes of what comments and exceptions silence.
    pub silenced: Silenced,
    /// What watches the check.
    pub meter: Option<&'a Meter>,
}

/// What becomes of findings that comments and exceptions silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Silenced {
    /// They are gone.
    #[default]
    Dropped,
    /// They are kept apart, in [`Outcome::ignored`](super::Outcome::ignored).
    Kept,
    /// Nothing is silenced.
    Reported,
}

/// A finding that somebody agreed to.
#[derive(Debug)]
pub struct Ignored {
    /// The finding.
    pub finding: Finding,
    /// Where that is said.
    pub by: IgnoredBy,
    /// Why, as far as it is said.
    pub reason: Option<Box<str>>,
}

/// Where it is said that a finding is agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoredBy {
    /// In a comment in its file.
    Comment,
    /// In an exception in a configuration.
    Exception,
}
