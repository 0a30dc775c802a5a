//! Everything that one run sees: which files, under which configuration, and what they say together.
//!
//! Files belong to an [`Organisation`]: ids, people and products are looked up inside one, never across two.

mod baseline;
mod catalogs;
mod config;
mod discover;
mod facts;
mod files;
mod group;
mod holds;
mod index;
mod roster;
mod seat;
pub mod shape;
mod today;
mod unresolved;

pub use baseline::{BASELINE_NAME, BASELINE_VERSION, Baseline, KnownFinding};
pub use catalogs::{CatalogProblem, CatalogProblemKind, load_catalog};
pub use config::{
    CONFIG_KEYS, CONFIG_NAME, Config, EXCEPTION_KEYS, Exception, RuleSetting, Severity,
};
pub use discover::{
    DiscoverError, Discovery, Organisation, Overlay, Reason, absolute, discover, is_page,
    is_role_file,
};
pub use facts::{FileFacts, Members, OtherFacts, PersonFact, Roles, SharedFact, UnitFacts};
pub use files::{FileId, Files};
pub use group::Group;
pub use holds::{Hands, PM_COLLABORATION, Takeover, reach};
pub use index::{Index, UnitRef, World};
pub use roster::{Roster, spelled};
pub use seat::{DutyFact, NearFact, Seat, SeatHolder, SeatState};
pub use today::today;
pub use unresolved::{Unresolved, UnresolvedKind};
