use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A file's number in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// The files of a run, by number.
#[derive(Debug, Default)]
pub struct Files {
    base: PathBuf,
    paths: Vec<Box<Path>>,
}

impl Files {
    /// No files yet; paths are shown relative to `base`.
    pub fn new(base: PathBuf) -> Self {
        Self {
            base,
            paths: Vec::new(),
        }
    }

    /// The folder that paths are shown relative to.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// Adds a file by its absolute path.
    pub fn add(&mut self, path: PathBuf) -> FileId {
        let id = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.push(path.into_boxed_path());
        FileId(id)
    }

    /// The absolute path.
    pub fn path(&self, file: FileId) -> &Path {
        self.paths
            .get(file.0 as usize)
            .map_or(Path::new(""), |path| path)
    }

    /// The path as people see it: relative to where they are, with `/` on every system.
    pub fn shown(&self, file: FileId) -> Cow<'_, str> {
        self.show(self.path(file))
    }

    /// Any path as people see it.
    pub fn show<'p>(&self, path: &'p Path) -> Cow<'p, str> {
        let path = path.strip_prefix(&self.base).unwrap_or(path);
        let text = path.to_string_lossy();
        if cfg!(windows) {
            Cow::Owned(text.replace('\\', "/"))
        } else {
            text
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}
