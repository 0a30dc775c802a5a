//! The texts of a run.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::workspace::{FileId, Files, Overlay};

/// The texts of the files of a run, read when somebody asks.
#[derive(Debug)]
pub struct Sources {
    pub(super) files: Files,
    pub(super) config_files: Vec<FileId>,
    pub(super) overlays: Overlays,
}

impl Sources {
    /// The files.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read any more.
    pub fn bytes(&self, file: FileId) -> std::io::Result<Vec<u8>> {
        self.bytes_at(self.files.path(file))
    }

    pub(super) fn bytes_at(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        self.overlays.bytes_of(path)
    }

    /// The text of a file, as far as it is UTF-8; empty when it cannot be read any more.
    pub fn text(&self, file: FileId) -> String {
        let mut bytes = self.bytes(file).unwrap_or_default();
        if let Err(error) = std::str::from_utf8(&bytes) {
            bytes.truncate(error.valid_up_to());
        }
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// Texts that stand for files, by path.
#[derive(Debug, Default)]
pub(super) struct Overlays(HashMap<PathBuf, Arc<[u8]>>);

impl Overlays {
    pub fn new(overlays: Vec<Overlay>) -> Self {
        let texts = overlays.into_iter();
        Self(texts.map(|overlay| (overlay.path, overlay.bytes)).collect())
    }

    pub fn bytes_of(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        match self.0.get(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => std::fs::read(path),
        }
    }
}
