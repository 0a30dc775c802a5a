//! Which files there are, and which configuration answers for each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{WalkBuilder, WalkState};
use jiff::civil::Date;

use super::baseline::BASELINE_NAME;
use super::catalogs::normal;
use super::config::{CONFIG_NAME, Config};
use super::{FileId, Files};
use crate::catalog::Model;
use crate::syntax::{Name, Tree};

/// Why a run cannot start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiscoverError {
    /// A path that does not exist or cannot be looked at.
    Missing(PathBuf, String),
    /// The root of a disk or a home folder: far more than anybody means.
    TooWide(PathBuf),
}

impl std::fmt::Display for DiscoverError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(path, why) => {
                write!(formatter, "cannot look at {}: {why}", path.display())
            }
            Self::TooWide(path) => write!(
                formatter,
                "{} is the root of a disk or a home folder, and rolelint does not search those; name the folder that holds the role files",
                path.display()
            ),
        }
    }
}

impl std::error::Error for DiscoverError {}

/// A text that stands for a file's, whatever is on disk.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The absolute path.
    pub path: PathBuf,
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// Whether the file is asked for by it: else only its text is another than on disk, or it is not there yet.
    pub asked: bool,
}

/// Files whose ids, people and products belong together.
#[derive(Debug)]
pub struct Organisation {
    /// The folder that holds it.
    pub root: PathBuf,
    /// Its topmost configuration, an index into [`Discovery::configs`].
    pub config: Option<usize>,
    /// Its role files in order of path, each with its nearest configuration.
    pub files: Vec<(FileId, Option<usize>)>,
    /// Its Markdown pages, likewise: their tables of who is responsible and accountable are checked.
    pub pages: Vec<(FileId, Option<usize>)>,
}

/// Everything that a run sees.
#[derive(Debug)]
pub struct Discovery {
    /// The files, by number; configurations are among them.
    pub files: Files,
    /// Every configuration that answers for one of the files.
    pub configs: Vec<Config>,
    /// The number of each configuration as a file.
    pub config_files: Vec<FileId>,
    /// The organisations, in order of their first file.
    pub organisations: Vec<Organisation>,
    /// What the run was asked for: findings elsewhere are not shown.
    asked: Vec<PathBuf>,
    /// The folders that were searched, each with everything below it.
    walked: Vec<PathBuf>,
}

/// Why a file is checked, or not.
#[derive(Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its name ends in `.roles.yaml` or `.roles.yml`.
    RoleFile,
    /// An `include` pattern takes it in.
    Included(String),
    /// It was named on the command line.
    Named,
    /// An `exclude` pattern leaves it out.
    Excluded(String),
    /// Its name is not that of a role file, and no `include` takes it in.
    NotARoleFile,
    /// A `.gitignore` or `.ignore` leaves it out.
    Ignored,
    /// It, or a folder above it, starts with a dot.
    Hidden,
    /// It lies outside of the folders that were searched.
    Elsewhere,
    /// There is no such file.
    Missing,
}

impl Reason {
    /// Whether the file is checked.
    pub fn is_checked(&self) -> bool {
        matches!(self, Self::RoleFile | Self::Included(_) | Self::Named)
    }
}

/// Whether a path has the name of a role file.
pub fn is_role_file(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.ends_with(".roles.yaml") || name.ends_with(".roles.yml"))
}

/// Whether a path has the name of a Markdown page.
pub fn is_page(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Finds the role files that `paths` and their organisations hold. Relative paths start at `base`.
///
/// # Errors
/// When a path does not exist, or is a disk's root or a home folder.
pub fn discover(
    base: &Path,
    paths: &[PathBuf],
    overlays: &[Overlay],
) -> Result<Discovery, DiscoverError> {
    let config_texts = overlays
        .iter()
        .filter(|overlay| {
            overlay
                .path
                .file_name()
                .is_some_and(|name| name == CONFIG_NAME)
        })
        .map(|overlay| (overlay.path.clone(), Arc::clone(&overlay.bytes)))
        .collect();
    let mut search = Search {
        home: home(),
        config_texts,
        ..Default::default()
    };
    let mut asked = Vec::new();
    for path in paths {
        let path = absolute(base, path);
        let is_overlay = overlays.iter().any(|overlay| overlay.path == path);
        let folder = if is_overlay {
            false
        } else {
            path.metadata()
                .map_err(|error| DiscoverError::Missing(path.clone(), plain(&error)))?
                .is_dir()
        };
        search.add(&path, folder)?;
        asked.push(path);
    }
    for overlay in overlays.iter().filter(|overlay| overlay.asked) {
        search.found.insert(overlay.path.clone());
        search.named.insert(overlay.path.clone());
        asked.push(overlay.path.clone());
    }
    for overlay in overlays.iter().filter(|overlay| !overlay.asked) {
        // A file that is only thought of is found where the search would have found it.
        let is_searched = |folder: &PathBuf| overlay.path.starts_with(folder);
        let is_ours = is_yaml(&overlay.path) || is_page(&overlay.path);
        if is_ours && search.walked.iter().any(is_searched) && !overlay.path.exists() {
            search.found.insert(overlay.path.clone());
        }
    }
    Ok(search.finish(base, asked))
}

/// A path made absolute and plain, without looking at the disk.
pub fn absolute(base: &Path, path: &Path) -> PathBuf {
    normal(&base.join(path))
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

#[derive(Default)]
struct Search {
    home: Option<PathBuf>,
    walked: Vec<PathBuf>,
    found: BTreeSet<PathBuf>,
    named: BTreeSet<PathBuf>,
    /// Configurations by folder; `None` for a folder without one.
    configs: HashMap<PathBuf, Option<usize>>,
    read: Vec<Config>,
    /// Texts of configurations that stand for those on disk.
    config_texts: HashMap<PathBuf, Arc<[u8]>>,
    /// Where an organisation without a configuration starts.
    bare_roots: Vec<PathBuf>,
}

impl Search {
    fn is_too_wide(&self, folder: &Path) -> bool {
        let same = |other: &Path| {
            folder == other
                || matches!((folder.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b)
        };
        folder.parent().is_none() || self.home.as_deref().is_some_and(same)
    }

    fn add(&mut self, path: &Path, is_folder: bool) -> Result<(), DiscoverError> {
        let folder = if is_folder {
            path
        } else {
            self.found.insert(path.to_owned());
            self.named.insert(path.to_owned());
            path.parent().unwrap_or(path)
        };
        if is_folder && self.is_too_wide(folder) {
            return Err(DiscoverError::TooWide(folder.to_owned()));
        }
        let root = self.organisation_root(folder);
        // What belongs together is searched as a whole, so that the answer for a file is the same
        // whichever part of the organisation is asked for.
        for root in [root.as_deref().unwrap_or(folder), folder] {
            let too_wide = self.is_too_wide(root);
            if !too_wide && !self.walked.iter().any(|walked| root.starts_with(walked)) {
                self.walk(root);
            }
        }
        if root.is_none() && !self.is_too_wide(folder) {
            self.bare_roots.push(folder.to_owned());
        }
        self.bare_roots.extend(root);
        Ok(())
    }

    /// The folder that holds everything that belongs together with `folder`: that of the topmost
    /// configuration, else of the repository, else of a baseline.
    fn organisation_root(&mut self, folder: &Path) -> Option<PathBuf> {
        match self.topmost_config(folder) {
            Some(config) => Some(self.read.get(config)?.folder().to_owned()),
            None => {
                let holds = |name: &str| {
                    let mut above = folder.ancestors();
                    above.find(|folder| folder.join(name).exists())
                };
                holds(".git")
                    .or_else(|| holds(BASELINE_NAME))
                    .filter(|root| !self.is_too_wide(root))
                    .map(Path::to_owned)
            }
        }
    }

    fn topmost_config(&mut self, folder: &Path) -> Option<usize> {
        let mut topmost = self.nearest_config(folder)?;
        loop {
            let config = self.read.get(topmost)?;
            match config.parent {
                Some(parent) => topmost = parent,
                None => return Some(topmost),
            }
        }
    }

    fn nearest_config(&mut self, folder: &Path) -> Option<usize> {
        if let Some(known) = self.configs.get(folder) {
            return *known;
        }
        let path = folder.join(CONFIG_NAME);
        // A home folder's configuration would make one organisation of everything below it.
        let text = self.config_texts.get(&path).cloned();
        let here = !self.is_too_wide(folder) && (text.is_some() || path.is_file());
        let found = if here {
            let tree = match text {
                Some(bytes) => Tree::of_bytes(bytes.to_vec()),
                None => match std::fs::read(&path) {
                    Ok(bytes) => Tree::of_bytes(bytes),
                    Err(error) => Tree::unreadable(&plain(&error)),
                },
            };
            let mut config = Config::of_tree(&path, tree);
            if !config.starts_organisation() {
                config.parent = folder
                    .parent()
                    .and_then(|parent| self.nearest_config(parent));
            }
            self.read.push(config);
            Some(self.read.len() - 1)
        } else {
            folder
                .parent()
                .and_then(|parent| self.nearest_config(parent))
        };
        self.configs.insert(folder.to_owned(), found);
        found
    }

    fn walk(&mut self, root: &Path) {
        self.walked.push(root.to_owned());
        let found = Mutex::new(Vec::new());
        let threads = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(8);
        WalkBuilder::new(root)
            .require_git(false)
            .threads(threads)
            .build_parallel()
            .run(|| {
                let mut batch = Batch {
                    paths: Vec::new(),
                    all: &found,
                };
                Box::new(move |entry| {
                    if let Ok(entry) = entry
                        && entry.file_type().is_some_and(|kind| kind.is_file())
                        && (is_yaml(entry.path()) || is_page(entry.path()))
                    {
                        batch.paths.push(entry.into_path());
                    }
                    WalkState::Continue
                })
            });
        let found = found
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        self.found.extend(found);
    }

    fn finish(mut self, base: &Path, asked: Vec<PathBuf>) -> Discovery {
        let mut files = Files::new(base.to_owned());
        let mut organisations: BTreeMap<PathBuf, Organisation> = BTreeMap::new();
        let mut last: Option<(PathBuf, Option<usize>, PathBuf)> = None;
        for path in std::mem::take(&mut self.found) {
            let folder = path.parent().unwrap_or(Path::new(""));
            let (config, root) = match &last {
                Some((known, config, root)) if known == folder => (*config, root.clone()),
                _ => {
                    let config = self.nearest_config(folder);
                    let root = self.root_of(folder);
                    last = Some((folder.to_owned(), config, root.clone()));
                    (config, root)
                }
            };
            if !reason(&self.read, config, &path, self.named.contains(&path)).is_checked() {
                continue;
            }
            let top = self.topmost_config(folder);
            let is_page = is_page(&path);
            let file = files.add(path);
            let organisation = organisations
                .entry(root)
                .or_insert_with_key(|root| Organisation {
                    root: root.clone(),
                    config: top,
                    files: Vec::new(),
                    pages: Vec::new(),
                });
            let list = if is_page {
                &mut organisation.pages
            } else {
                &mut organisation.files
            };
            list.push((file, config));
        }
        for organisation in organisations.values_mut() {
            organisation.files.shrink_to_fit();
        }
        let config_files = self
            .read
            .iter()
            .map(|config| files.add(config.path.clone()))
            .collect();
        Discovery {
            files,
            configs: self.read,
            config_files,
            organisations: organisations.into_values().collect(),
            asked,
            walked: self.walked,
        }
    }

    /// Where the organisation of a folder starts.
    fn root_of(&mut self, folder: &Path) -> PathBuf {
        if let Some(config) = self
            .topmost_config(folder)
            .and_then(|config| self.read.get(config))
        {
            return config.folder().to_owned();
        }
        self.bare_roots
            .iter()
            .filter(|root| folder.starts_with(root))
            .min_by_key(|root| root.as_os_str().len())
            .cloned()
            .unwrap_or_else(|| folder.to_owned())
    }
}

/// Paths that one thread of a walk found; handed over when the thread is done.
struct Batch<'a> {
    paths: Vec<PathBuf>,
    all: &'a Mutex<Vec<PathBuf>>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let mut all = match self.all.lock() {
            Ok(all) => all,
            Err(poisoned) => poisoned.into_inner(),
        };
        all.append(&mut self.paths);
    }
}

fn chain(configs: &[Config], nearest: Option<usize>) -> impl Iterator<Item = (usize, &Config)> {
    std::iter::successors(nearest, |at| configs.get(*at)?.parent)
        .filter_map(|at| Some((at, configs.get(at)?)))
}

fn reason(configs: &[Config], nearest: Option<usize>, path: &Path, named: bool) -> Reason {
    let text = |name: &Name| name.text.to_string();
    if let Some(pattern) = chain(configs, nearest).find_map(|(_, config)| config.excluded_by(path))
    {
        return Reason::Excluded(text(pattern));
    }
    if is_role_file(path) {
        return Reason::RoleFile;
    }
    if path.file_name().is_some_and(|name| name == CONFIG_NAME) {
        return Reason::NotARoleFile;
    }
    match chain(configs, nearest).find_map(|(_, config)| config.included_by(path)) {
        Some(pattern) => Reason::Included(text(pattern)),
        None if named => Reason::Named,
        None => Reason::NotARoleFile,
    }
}

impl Discovery {
    /// The configurations that answer for a file, nearest first.
    pub fn chain(&self, nearest: Option<usize>) -> impl Iterator<Item = (usize, &Config)> {
        chain(&self.configs, nearest)
    }

    /// The model that the configuration of a file names.
    pub fn model(&self, nearest: Option<usize>) -> Option<Model> {
        self.chain(nearest).find_map(|(_, config)| config.model)
    }

    /// The day that stands for today in the configuration of a file.
    pub fn today(&self, nearest: Option<usize>) -> Option<Date> {
        self.chain(nearest).find_map(|(_, config)| config.today)
    }

    /// Whether findings in a file are asked for.
    pub fn is_asked(&self, file: FileId) -> bool {
        self.is_asked_path(self.files.path(file))
    }

    /// Whether findings in the file at a path are asked for.
    pub fn is_asked_path(&self, path: &Path) -> bool {
        self.asked.iter().any(|asked| path.starts_with(asked))
    }

    /// Gives every file another number; from then on only paths lead to files.
    pub fn renumber(&mut self, mut number: impl FnMut(&Path) -> FileId) {
        let files = std::mem::take(&mut self.files);
        for organisation in &mut self.organisations {
            let pages = &mut organisation.pages;
            for (file, _) in organisation.files.iter_mut().chain(pages) {
                *file = number(files.path(*file));
            }
        }
        for file in &mut self.config_files {
            *file = number(files.path(*file));
        }
    }

    /// The folder of the organisation that a configuration belongs to, as an index into `configs`.
    pub fn root_of_config(&self, at: usize) -> Option<&Path> {
        self.chain(Some(at)).last().map(|(_, top)| top.folder())
    }

    /// Why a file is checked, or not.
    pub fn reason(&self, path: &Path) -> Reason {
        let is_listed = self
            .organisations
            .iter()
            .flat_map(|organisation| organisation.files.iter().chain(&organisation.pages))
            .any(|(file, _)| self.files.path(*file) == path);
        match self.reason_of(path, is_listed) {
            Reason::Ignored | Reason::Hidden | Reason::Elsewhere if !path.exists() => {
                Reason::Missing
            }
            reason => reason,
        }
    }

    /// Why the file at a path is checked, or not, when it is there and known whether it is among the files.
    pub fn reason_of(&self, path: &Path, is_listed: bool) -> Reason {
        let reason = reason(&self.configs, self.nearest(path), path, is_listed);
        match reason {
            reason if is_listed || !reason.is_checked() => reason,
            _ if !self.walked.iter().any(|root| path.starts_with(root)) => Reason::Elsewhere,
            _ if self.is_hidden(path) => Reason::Hidden,
            _ => Reason::Ignored,
        }
    }

    /// Whether a search passed by a path because of a dot; one above the searched folder does not count.
    fn is_hidden(&self, path: &Path) -> bool {
        let searched = self
            .walked
            .iter()
            .find_map(|root| path.strip_prefix(root).ok());
        searched.unwrap_or(path).components().any(|part| {
            matches!(part, std::path::Component::Normal(name) if name.to_string_lossy().starts_with('.'))
        })
    }

    /// The nearest configuration above a path.
    pub fn nearest(&self, path: &Path) -> Option<usize> {
        path.ancestors().skip(1).find_map(|folder| {
            self.configs
                .iter()
                .position(|config| config.folder() == folder)
        })
    }
}
