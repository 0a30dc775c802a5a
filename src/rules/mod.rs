//! The rules: one file each, with its documentation, its check and its examples.

use std::sync::LazyLock;

mod adding;
mod again;
mod around;
mod assigning;
mod check;
mod context;
mod due;
mod engine;
mod evidence;
mod finding;
mod fingerprint;
mod fix;
mod hush;
mod ignoring;
mod known;
mod mend;
mod meter;
mod moving;
mod new_seat;
mod options;
mod own_catalog;
mod pages;
mod phrases;
mod pinning;
mod precedence;
mod rounds;
mod rule;
mod seats;
mod session;
mod settings;
mod silence;
mod sound;
mod sources;
mod trial;

mod accountability;
mod coverage;
mod horizon;
mod ownership;
mod people;
mod structure;
mod titles;
mod wording;

pub use check::{Checked, Outcome, Request, check, check_all, check_with};
pub use context::{FileContext, Line, OrganisationContext, lines};
pub use due::{Due, DueKind, DueRequest, Within, due};
pub use evidence::Evidence;
pub use finding::{Finding, Related};
pub use fix::{Change, Fix, FixContext, Fixer, Parts, Safety, Target};
pub use hush::{Hushed, hush};
pub use ignoring::ignoring;
pub use meter::{Clock, Meter, Stage};
pub use options::{CheckOptions, Ignored, IgnoredBy, Silenced};
pub use rounds::{Applied, Mended, MendedFile, Refused, Rounds};
pub use rule::{Check, Group, Rule, RuleOption};
pub use session::{Session, default_knowledge};
pub use settings::Settings;
pub use sources::Sources;

/// Every rule, group by group, as the rule reference lists them.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    [
        structure::RULES,
        coverage::RULES,
        ownership::RULES,
        titles::RULES,
        horizon::RULES,
        people::RULES,
        wording::RULES,
        accountability::RULES,
    ]
    .concat()
});

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
