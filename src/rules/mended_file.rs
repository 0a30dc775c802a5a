use std::path::PathBuf;
use std::sync::Arc;

/// A file that changes.
#[derive(Clone, Debug)]
pub struct MendedFile {
    /// Its absolute path.
    pub path: PathBuf,
    /// What it held when it was read; `None` when it is not there yet.
    pub old: Option<Arc<[u8]>>,
    /// What it is to hold.
    pub new: Arc<[u8]>,
}
