//! Findings for programs: one file for each format that a CI service or another tool reads.
//!
//! Paths are relative to [`FormatOptions::root`], with `/` on every system. Columns are counted as each reader counts
//! them, which the file of the format says.

mod azure;
mod checkstyle;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod rdjson;
mod sarif;
mod sarif_fix;
mod site;
mod xml;

use std::path::PathBuf;

use crate::workspace::Severity;

pub use azure::azure;
pub use checkstyle::checkstyle;
pub use github::github;
pub use gitlab::gitlab;
pub use junit::junit;
pub use markdown::markdown;
pub use rdjson::rdjson;
pub use sarif::sarif;
pub use site::repository_root;

/// What formats for programs need besides the outcome.
#[derive(Clone, Debug, Default)]
pub struct FormatOptions {
    /// The folder that paths are relative to: that of the repository, where there is one.
    pub root: PathBuf,
    /// The folder that paths are relative to where a format wants that of the run.
    pub base: PathBuf,
    /// The least severe finding that fails the check.
    pub fail_on: Option<Severity>,
    /// With the ways to mend findings, however many findings there are.
    pub fixes: bool,
    /// What a path and `#L` and a line make an address of, in Markdown: `https://example.org/blob/1f3c/`.
    pub link: Option<String>,
}
