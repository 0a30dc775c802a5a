//! Mends: sets of small edits, made from the places of a finding.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::sound::mended;
use super::trial::Trials;
use super::{Checked, Finding, Settings};
use crate::catalog::Catalog;
use crate::spec::{Knowledge, SourceFile};
use crate::text::TextEdit;
use crate::workspace::{FileId, Files, Index};

/// Whether a mend may be made without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// The meaning of the files cannot change by it, or only to what was clearly meant.
    Safe,
    /// Somebody has to agree.
    Asked,
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in plain words, as the title of a menu entry: "Move to Product Owner".
    pub title: String,
    /// Whether it may be made without asking.
    pub safety: Safety,
    /// What it changes, file by file.
    pub changes: Vec<Change>,
    /// Whether comments go with it: only where the comment is what the finding is about.
    pub(super) drops_comments: bool,
}

/// What a mend changes in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which file.
    pub target: Target,
    /// The edits, on the text that was checked.
    pub edits: Vec<TextEdit>,
}

/// The file that a mend changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One of the files of the run.
    File(FileId),
    /// One that is not there yet, by its absolute path.
    New(PathBuf),
}

impl Fix {
    /// A mend that may be made without asking.
    pub fn safe(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            safety: Safety::Safe,
            changes: Vec::new(),
            drops_comments: false,
        }
    }

    /// A mend that somebody has to agree with.
    pub fn asked(title: impl Into<String>) -> Self {
        Self {
            safety: Safety::Asked,
            ..Self::safe(title)
        }
    }

    /// Changes a file. Several calls for one file add up.
    pub fn edit(mut self, file: FileId, edits: impl IntoIterator<Item = TextEdit>) -> Self {
        let target = Target::File(file);
        match self
            .changes
            .iter_mut()
            .find(|change| change.target == target)
        {
            Some(change) => change.edits.extend(edits),
            None => self.changes.push(Change {
                target,
                edits: edits.into_iter().collect(),
            }),
        }
        self
    }

    /// Writes a file that is not there yet.
    pub fn create(mut self, path: PathBuf, text: String) -> Self {
        self.changes.push(Change {
            target: Target::New(path),
            edits: vec![TextEdit::insert(0, text)],
        });
        self
    }

    pub(super) fn drops_comments(mut self) -> Self {
        self.drops_comments = true;
        self
    }
}

/// What a rule sees when it is asked for its mends.
pub struct FixContext<'a> {
    /// What is to be mended.
    pub finding: &'a Finding,
    /// What the files of the organisation say together.
    pub index: &'a Index,
    /// Roles and duties.
    pub knowledge: &'a Knowledge,
    /// Severities and options that hold for the finding's file.
    pub settings: &'a Settings,
    /// The day that dates are compared with.
    pub today: Date,
    /// The files of the run.
    pub files: &'a Files,
    read: &'a dyn Fn(FileId) -> Option<Arc<SourceFile>>,
    text: &'a dyn Fn(FileId) -> Option<Arc<str>>,
}

impl FixContext<'_> {
    /// Roles and duties.
    pub fn catalog(&self) -> &Catalog {
        &self.knowledge.catalog
    }

    /// A file of the organisation, read.
    pub fn source(&self, file: FileId) -> Option<Arc<SourceFile>> {
        (self.read)(file)
    }

    /// Whether a word stands somewhere in a file, in capital or small letters; nothing where the file cannot be read.
    pub fn mentions(&self, file: FileId, word: &str) -> Option<bool> {
        let text = (self.text)(file)?.to_lowercase();
        Some(text.contains(&word.to_lowercase()))
    }

    /// The finding's file, read.
    pub fn own_source(&self) -> Option<Arc<SourceFile>> {
        self.source(self.finding.file)
    }

    /// The absolute path of a file.
    pub fn path(&self, file: FileId) -> &Path {
        self.files.path(file)
    }
}

/// Finds the mends of findings.
pub struct Fixer<'a> {
    parts: Parts<'a>,
    read: RefCell<HashMap<FileId, Option<Arc<SourceFile>>>>,
    trials: Trials,
}

/// What a [`Fixer`] works with.
pub struct Parts<'a> {
    /// The files of the run.
    pub files: &'a Files,
    /// The organisation of a file.
    pub organisation: &'a dyn Fn(FileId) -> Option<&'a Checked>,
    /// The settings of a file.
    pub settings: &'a dyn Fn(FileId) -> &'a Settings,
    /// The text of a file, as it was checked.
    pub text: &'a dyn Fn(FileId) -> Option<Arc<str>>,
}

impl<'a> Fixer<'a> {
    /// For the findings of a run.
    pub fn new(parts: Parts<'a>) -> Self {
        Self {
            parts,
            read: RefCell::default(),
            trials: Trials::default(),
        }
    }

    /// Every way to mend a finding, the best one first. What would damage a file, or mend nothing, is not among them.
    pub fn fixes(&self, finding: &Finding) -> Vec<Fix> {
        let Some(fix) = finding.rule.fix else {
            return Vec::new();
        };
        let Some(organisation) = (self.parts.organisation)(finding.file) else {
            return Vec::new();
        };
        let read = |file| self.read(file, &organisation.knowledge);
        let context = FixContext {
            finding,
            index: &organisation.index,
            knowledge: &organisation.knowledge,
            settings: (self.parts.settings)(finding.file),
            today: organisation.today,
            files: self.parts.files,
            read: &read,
            text: self.parts.text,
        };
        let mut fixes = fix(&context);
        fixes.retain(|fix| {
            mended(fix, &context).is_some_and(|files| {
                let trials = &self.trials;
                trials.passes(fix, &files, &context, self.parts.settings)
            })
        });
        fixes
    }

    fn read(&self, file: FileId, knowledge: &Knowledge) -> Option<Arc<SourceFile>> {
        if let Some(known) = self.read.borrow().get(&file) {
            return known.clone();
        }
        let source =
            (self.parts.text)(file).map(|text| Arc::new(SourceFile::read(&text, knowledge)));
        self.read.borrow_mut().insert(file, source.clone());
        source
    }
}
