use crate::rules::Finding;
use crate::workspace::{CatalogProblem, FileId};

/// The finding for a catalog that cannot be read.
pub(in crate::rules) fn catalog(_file: FileId, _problem: &CatalogProblem) -> Finding {
    unimplemented!()
}
