//! Markdown pages as a session keeps them. What is found in their tables depends on nothing but the page, its
//! configuration and the catalog of its organisation.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::Session;
use crate::rules::context::SettingsOf;
use crate::rules::engine::{self, Holds};
use crate::rules::pages::{read, text_of};
use crate::rules::precedence::once;
use crate::rules::silence::Silencer;
use crate::rules::{Finding, Settings};
use crate::spec::Knowledge;
use crate::workspace::{self, CONFIG_NAME, FileId, Reason, is_page};

/// A Markdown page.
#[derive(Debug)]
pub(super) struct Page {
    /// The number of its organisation.
    pub home: usize,
    /// Its nearest configuration.
    pub config: Option<usize>,
    read: Read,
    pub settled: Arc<[Finding]>,
    /// The exceptions that silence something in it, by configuration and number.
    pub used: Vec<(usize, usize)>,
}

impl Page {
    /// Its text as it was checked, where something was found in it.
    pub fn text(&self) -> Option<&Arc<str>> {
        self.read.text.as_ref()
    }
}

/// What a page gives.
#[derive(Debug, Default)]
struct Read {
    /// Kept where something was found: whoever shows that asks for it.
    text: Option<Arc<str>>,
    /// What was found, before anything was silenced.
    findings: Vec<Finding>,
}

impl Read {
    fn of(file: FileId, text: Option<Arc<str>>, knowledge: &Knowledge, holds: Holds<'_>) -> Self {
        let findings = text
            .as_ref()
            .and_then(|text| read(file, text, knowledge, holds))
            .unwrap_or_default();
        Self {
            text: text.filter(|_| !findings.is_empty()),
            findings,
        }
    }
}

/// Pages whose text did not change, each with what its organisation's catalog was.
pub(super) type KeptPages = HashMap<FileId, (Arc<Knowledge>, Page)>;

impl Session {
    /// Whether a file is a Markdown page whose tables are checked.
    pub fn is_page(&self, file: FileId) -> bool {
        self.pages.contains_key(&file)
    }

    /// Whether there are Markdown pages whose tables are checked.
    pub fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// Whether a path is that of a Markdown page that no search takes in, so that nothing depends on it. There are many
    /// of them: nothing is looked for when somebody opens or saves one.
    pub(super) fn is_foreign_page(&self, path: &Path) -> bool {
        let Some(discovery) = self.discovery.as_ref().filter(|_| is_page(path)) else {
            return false;
        };
        let is_catalog = || self.catalogs.paths.iter().any(|known| known == path);
        if self.is_checked(path) || is_catalog() {
            return false;
        }
        let reason = discovery.reason_of(path, false);
        if !matches!(reason, Reason::NotARoleFile | Reason::Excluded(_)) {
            return false;
        }
        // A configuration in a folder without any files was not read, and may name just this one.
        let is_read = |folder: &&Path| {
            let mut configs = discovery.configs.iter();
            configs.any(|config| config.folder() == *folder)
        };
        let is_inside = |folder: &&Path| self.roots.iter().any(|root| folder.starts_with(root));
        let unread = path.ancestors().skip(1).take_while(is_inside);
        let mut unread = unread.take_while(|folder| !is_read(folder));
        !unread.any(|folder| {
            let config = folder.join(CONFIG_NAME);
            self.open.contains_key(&config) || config.is_file()
        })
    }

    /// Takes out the pages, with what the catalogs of their organisations are.
    pub(super) fn take_pages(&mut self) -> KeptPages {
        let pages = std::mem::take(&mut self.pages).into_iter();
        let kept = pages.filter_map(|(file, page)| {
            let home = self.organisations.get(page.home)?;
            Some((file, (Arc::clone(&home.knowledge), page)))
        });
        kept.collect()
    }

    /// Reads the pages of the organisation that was loaded last. What is `kept` is not read again.
    pub(super) fn load_pages(
        &mut self,
        found: &workspace::Organisation,
        kept: &mut KeptPages,
        days: &[Date],
    ) {
        let Some(home) = self.organisations.len().checked_sub(1) else {
            return;
        };
        let Some(organisation) = self.organisations.get(home) else {
            return;
        };
        let (knowledge, today) = (Arc::clone(&organisation.knowledge), organisation.today);
        let wanted: Vec<_> = found
            .pages
            .iter()
            .filter_map(|(file, config)| {
                let fits = kept.get(file).is_some_and(|(known, page)| {
                    Arc::ptr_eq(known, &knowledge) && page.config == *config
                });
                let known = fits.then(|| kept.remove(file)).flatten();
                let holds = self.holds(*config, &knowledge, today)?;
                Some((*file, *config, known.map(|(_, page)| page.read), holds))
            })
            .collect();
        let (open, files) = (&self.open, &self.files);
        let pages: Vec<_> = wanted
            .into_par_iter()
            .map(|(file, config, known, holds)| {
                let read = known.unwrap_or_else(|| {
                    let text = current(open, files.path(file));
                    Read::of(file, text, &knowledge, holds)
                });
                (file, config, read)
            })
            .collect();
        for (file, config, read) in pages {
            let page = self.settled_page(file, home, config, read, days);
            self.pages.insert(file, page);
        }
    }

    /// Reads a page whose text may be another; returns whether its findings are others than before, `None` where that
    /// cannot be told.
    pub(super) fn change_page(&mut self, file: FileId, days: &[Date]) -> Option<bool> {
        let Page { home, config, .. } = *self.pages.get(&file)?;
        let organisation = self.organisations.get(home)?;
        let knowledge = Arc::clone(&organisation.knowledge);
        let holds = self.holds(config, &knowledge, organisation.today)?;
        let text = current(&self.open, self.files.path(file));
        let read = Read::of(file, text, &knowledge, holds);
        let page = self.settled_page(file, home, config, read, days);
        let settled = Arc::clone(&page.settled);
        let old = self.pages.insert(file, page)?.settled;
        let mut pairs = old.iter().zip(&*settled);
        Some(old.len() != settled.len() || pairs.any(|(a, b)| !a.says_the_same(b)))
    }

    /// A page with what is left to be said when exceptions have silenced their part.
    fn settled_page(
        &self,
        file: FileId,
        home: usize,
        config: Option<usize>,
        read: Read,
        days: &[Date],
    ) -> Page {
        let mut findings = read.findings.clone();
        let mut used = Vec::new();
        if let (Some(discovery), Some(organisation), false) = (
            &self.discovery,
            self.organisations.get(home),
            findings.is_empty(),
        ) {
            engine::level(&mut findings, &OfPage(self.settings.get(config)));
            let mut silencer = Silencer::new(&discovery.configs, days.to_vec());
            // There are no comments in a page, and so none that silence nothing.
            silencer.silence(
                &mut findings,
                &[],
                |_| discovery.chain(config).map(|(at, _)| at).collect(),
                |_| self.files.path(file),
            );
            once(&mut findings);
            let root = organisation.root.as_path();
            engine::finish(&mut findings, &self.files, |_| Some(root));
            used = silencer.used();
        }
        Page {
            home,
            config,
            read,
            settled: findings.into(),
            used,
        }
    }
}

/// The text of a page, as it is open, else as it is on disk; `None` where it cannot be read.
fn current(open: &HashMap<std::path::PathBuf, Arc<str>>, path: &Path) -> Option<Arc<str>> {
    match open.get(path) {
        Some(text) => Some(Arc::clone(text)),
        None => Some(Arc::from(text_of(std::fs::read(path).ok()?))),
    }
}

/// The settings of one page.
#[derive(Debug)]
struct OfPage<'a>(&'a Settings);

impl SettingsOf for OfPage<'_> {
    fn of(&self, _: FileId) -> &Settings {
        self.0
    }
}
