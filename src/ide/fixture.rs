//! Workspaces for tests: files with a cursor in one of them.

use std::path::PathBuf;
use std::sync::Arc;

use super::View;
use crate::rules::Session;
use crate::text::Span;
use crate::workspace::FileId;

/// What stands for the cursor.
pub const CURSOR: char = '‸';

/// Files in a folder of their own, read on 15 June 2026.
pub struct Fixture {
    /// The workspace, checked.
    pub session: Session,
    /// The file with the cursor, else the first one.
    pub file: FileId,
    /// Where the cursor is, in bytes.
    pub offset: u32,
    /// The folder.
    pub base: PathBuf,
    _folder: tempfile::TempDir,
}

impl Fixture {
    /// Writes files, each with its path and its text, and checks them. One may hold the cursor `‸`.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let mut at = (base.join(files[0].0), 0);
        for (name, text) in files {
            let path = base.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            if let Some(offset) = text.find(CURSOR) {
                at = (path.clone(), u32::try_from(offset).unwrap());
            }
            std::fs::write(&path, text.replace(CURSOR, "")).unwrap();
        }
        let day = "2026-06-15".parse().unwrap();
        let mut session = Session::new(base.clone(), vec![base.clone()], Some(day));
        session.refresh();
        let file = session.file(&at.0).unwrap();
        Self {
            session,
            file,
            offset: at.1,
            base,
            _folder: folder,
        }
    }

    /// A team in one file.
    pub fn team(text: &str) -> Self {
        Self::of(&[("checkout.roles.yaml", text)])
    }

    /// Changes a file as somebody types it; it may hold the cursor.
    pub fn type_in(&mut self, name: &str, text: &str) {
        let path = self.base.join(name);
        let clean = text.replace(CURSOR, "");
        self.session.set_text(&path, Some(Arc::from(clean)));
        self.session.refresh();
        if let Some(offset) = text.find(CURSOR) {
            self.file = self.session.file(&path).unwrap();
            self.offset = u32::try_from(offset).unwrap();
        }
    }

    /// The file with the cursor.
    pub fn view(&self) -> View<'_> {
        View::of(&self.session, self.file).unwrap()
    }

    /// The number of a file.
    pub fn number(&self, name: &str) -> FileId {
        self.session.file(&self.base.join(name)).unwrap()
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> Arc<str> {
        self.session.text(file).unwrap()
    }

    /// A place as people read it: the file, the line, and the words, which stand in `‹›` in their line.
    pub fn show(&self, file: FileId, span: Span) -> String {
        let text = self.text(file);
        let range = span.range();
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[range.end..]
            .find(['\n', '\r'])
            .map_or(text.len(), |at| range.end + at);
        let line = text[..range.start].matches('\n').count() + 1;
        format!(
            "{}:{line}: {}‹{}›{}",
            self.session.files().shown(file),
            text[start..range.start].trim_start(),
            &text[range.clone()],
            text[range.end..end].trim_end()
        )
    }
}
