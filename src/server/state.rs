//! What the server knows. One thread holds it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use tower_lsp::ls_types::{
    Location, Range, TextDocumentContentChangeEvent, TextDocumentPositionParams, Uri,
};

use super::client::{Capabilities, Options};
use super::diagnostics::Waiting;
use super::documents::Document;
use super::positions::Positions;
use super::tell::Tell;
use super::uris::{path_of, uri_of};
use crate::ide::{Place, View};
use crate::rules::Session;
use crate::text::Span;
use crate::workspace::{BASELINE_NAME, FileId};

/// Reading so many files takes long enough to be told of.
const LONG: usize = 500;

/// What the server knows.
pub struct State {
    /// The workspace, checked.
    pub session: Session,
    /// What the client can do.
    pub client: Capabilities,
    /// The name and version of the client, where it says.
    pub client_name: Option<String>,
    /// The client's settings.
    pub options: Options,
    /// Open documents by their address, as the client writes it.
    pub(super) documents: BTreeMap<String, Document>,
    /// The addresses of open documents by their paths.
    addresses: HashMap<PathBuf, Uri>,
    base: PathBuf,
    folders: Vec<PathBuf>,
    /// Documents whose changes the session was not told of yet.
    untold: BTreeSet<String>,
    /// Files whose findings are others than the client was told.
    pub(super) changed: BTreeSet<FileId>,
    /// Whether something happened beside typing, so that what is shown elsewhere may be old.
    pub(super) elsewhere: bool,
    /// What the client was last sent for each address.
    pub(super) sent: HashMap<String, u64>,
    /// Addresses of documents that were closed and stand for nothing any more.
    pub(super) gone: Vec<Uri>,
    /// A question about the whole workspace that waits for something new.
    pub(super) waiting: Option<Waiting>,
    /// What the client was told that could not be searched.
    pub(super) told_problems: Vec<String>,
    /// Whether the client may be asked to tell of Markdown pages that are open, once there are some.
    pub(super) may_follow_pages: bool,
    /// Tells the client something.
    pub(super) tell: Arc<dyn Tell>,
    gave_up: bool,
}

impl State {
    /// Before the client has said anything.
    pub fn new(tell: Arc<dyn Tell>) -> Self {
        let base = std::env::current_dir().unwrap_or_default();
        Self {
            session: Session::new(base.clone(), Vec::new(), None),
            client: Capabilities::default(),
            client_name: None,
            options: Options::default(),
            documents: BTreeMap::new(),
            addresses: HashMap::new(),
            base,
            folders: Vec::new(),
            untold: BTreeSet::new(),
            changed: BTreeSet::new(),
            elsewhere: false,
            sent: HashMap::new(),
            gone: Vec::new(),
            waiting: None,
            told_problems: Vec::new(),
            may_follow_pages: false,
            tell,
            gave_up: false,
        }
    }

    // --- What happens ------------------------------------------------------------------------------------

    /// The client has said who it is, and which folders are open.
    pub fn begin(&mut self, client: Capabilities, options: Options, folders: Vec<PathBuf>) {
        self.client = client;
        self.tell.set_progress(client.work_done_progress);
        self.options = options;
        if let Some(first) = folders.first() {
            self.base.clone_from(first);
        }
        self.folders = folders;
        self.make_session();
    }

    fn make_session(&mut self) {
        let day: Option<Date> = self.options.today.as_ref().and_then(|day| day.parse().ok());
        self.session = Session::new(self.base.clone(), self.folders.clone(), day);
        self.sent.clear();
        self.untold = self.documents.keys().cloned().collect();
    }

    /// Other folders are open.
    pub fn set_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.session.set_roots(self.folders.clone());
        self.elsewhere = true;
    }

    /// The client's settings are others.
    pub fn set_options(&mut self, options: Options) {
        let other_day = options.today != self.options.today;
        self.options = options;
        if other_day {
            self.make_session();
        }
        self.elsewhere = true;
    }

    /// A document was opened.
    pub fn open(&mut self, uri: Uri, version: i32, text: &str) {
        self.documents
            .insert(uri.as_str().to_owned(), Document::new(version, text));
        self.untold.insert(uri.as_str().to_owned());
        if let Some(path) = self.path_of(&uri) {
            self.addresses.insert(path, uri);
        }
    }

    /// A document was changed.
    pub fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let encoding = self.client.encoding;
        if let Some(document) = self.documents.get_mut(uri.as_str()) {
            document.change(version, changes, encoding);
            self.untold.insert(uri.as_str().to_owned());
        }
    }

    /// A document was closed: what is on disk counts again.
    pub fn close(&mut self, uri: &Uri) {
        // What was never saved is known by its text, as long as it has one.
        let path = self.path_of(uri);
        self.documents.remove(uri.as_str());
        self.untold.remove(uri.as_str());
        if let Some(path) = path {
            self.addresses.remove(&path);
            // One that was never saved is no file, and some editors write the address of a file in their own way.
            if self.uri_of_path(&path).as_ref() != Some(uri) {
                self.gone.push(uri.clone());
            }
            self.session.set_text(&path, None);
            if let Some(file) = self.session.file(&path) {
                self.changed.insert(file);
            }
        }
    }

    /// A file changed on disk.
    pub fn touch(&mut self, uri: &Uri) {
        if let Some(path) = path_of(uri) {
            self.elsewhere |= self.session.touch(&path);
            if path.file_name().is_some_and(|name| name == BASELINE_NAME) {
                // Which findings are known may be told of every file.
                self.changed.extend(self.session.asked());
            }
        }
    }

    /// Looks at everything again.
    pub fn reload(&mut self) {
        self.session.reload();
        self.elsewhere = true;
    }

    /// Brings the findings up to date with all that happened.
    pub fn refresh(&mut self) {
        if self.gave_up {
            return;
        }
        let mut typed = Vec::new();
        for address in std::mem::take(&mut self.untold) {
            let Some(document) = self.documents.get(&address) else {
                continue;
            };
            let Ok(uri) = address.parse::<Uri>() else {
                continue;
            };
            let Some(path) = self.path_of(&uri) else {
                continue;
            };
            // One that was never saved may have become a role file just now.
            self.addresses.entry(path.clone()).or_insert(uri);
            self.session.set_text(&path, Some(document.text()));
            typed.push(path);
        }
        let (tell, mut is_long) = (&self.tell, false);
        let changed = self.session.refresh_telling(&mut |files| {
            if files >= LONG {
                is_long = true;
                tell.begin_work(format!("Reading {files} role files"));
            }
        });
        if is_long {
            self.tell.end_work();
        }
        self.changed.extend(changed);
        // Whoever shows a document waits for what is said of its newest version, be it the same as before.
        let files = typed.iter().filter_map(|path| self.session.file(path));
        self.changed.extend(files);
    }

    /// Brings the findings up to date and tells the client what is new.
    pub fn settle(&mut self) {
        self.refresh();
        self.announce();
    }

    /// After a mistake of our own: everything anew, from the open documents.
    pub fn start_over(&mut self) {
        self.make_session();
        self.refresh();
    }

    /// Even that failed: nothing is said any more, rather than something old.
    pub fn give_up(&mut self) {
        self.gave_up = true;
        self.session = Session::new(self.base.clone(), Vec::new(), None);
    }

    // --- What is so --------------------------------------------------------------------------------------

    /// The path that stands for a document. One that was never saved and begins as a role file does is taken for one
    /// in the first folder.
    pub fn path_of(&self, uri: &Uri) -> Option<PathBuf> {
        if let Some(path) = path_of(uri) {
            return Some(path);
        }
        let name: String = uri
            .as_str()
            .chars()
            .map(|one| if one.is_alphanumeric() { one } else { '-' })
            .collect();
        Some(self.base.join(format!(".{name}.roles.yaml")))
            .filter(|_| self.looks_like_a_role_file(uri))
    }

    fn looks_like_a_role_file(&self, uri: &Uri) -> bool {
        const STARTS: [&str; 4] = ["team:", "product:", "people:", "catalog:"];
        // Whatever was taken for one stays one until it is closed.
        let known = self.addresses.values().any(|known| known == uri);
        known
            || self.documents.get(uri.as_str()).is_some_and(|document| {
                let text = document.text();
                text.lines()
                    .any(|line| STARTS.iter().any(|start| line.starts_with(start)))
            })
    }

    /// The file of a document.
    pub fn file_of(&self, uri: &Uri) -> Option<FileId> {
        self.session.file(&self.path_of(uri)?)
    }

    /// The address of a file: as the client writes it where it is open.
    pub fn uri_of(&self, file: FileId) -> Option<Uri> {
        self.uri_of_path(self.session.files().path(file))
    }

    /// The address of a path.
    pub fn uri_of_path(&self, path: &Path) -> Option<Uri> {
        self.addresses.get(path).cloned().or_else(|| uri_of(path))
    }

    /// The version of a file that is open.
    pub fn version_of(&self, file: FileId) -> Option<i32> {
        let uri = self.addresses.get(self.session.files().path(file))?;
        Some(self.documents.get(uri.as_str())?.version)
    }

    /// How many folders are open.
    pub fn folder_count(&self) -> usize {
        self.folders.len()
    }

    /// How many documents are open.
    pub fn open_count(&self) -> usize {
        self.documents.len()
    }

    /// Whether a file is open in the editor.
    pub fn is_open(&self, file: FileId) -> bool {
        self.version_of(file).is_some()
    }

    /// Hands over what turns places of a file into the client's.
    pub fn with_positions<T>(
        &self,
        file: FileId,
        work: impl FnOnce(&Positions<'_>) -> T,
    ) -> Option<T> {
        let encoding = self.client.encoding;
        let text = self.session.text(file)?;
        let known = self.session.parsed(file);
        let known = known.filter(|source| *source.tree.text() == text);
        Some(match known {
            Some(source) => work(&Positions::of(&source.tree, encoding)),
            None => work(&Positions::new(&text, encoding)),
        })
    }

    /// A part of a file as the client counts.
    pub fn range(&self, file: FileId, span: Span) -> Option<tower_lsp::ls_types::Range> {
        self.with_positions(file, |positions| positions.range(span))
    }

    /// A document as somebody looks at it; `None` where rolelint has nothing to say about it.
    pub fn view(&self, uri: &Uri) -> Option<View<'_>> {
        let file = self.file_of(uri)?;
        View::of(&self.session, file).filter(|_| self.session.is_ours(file))
    }

    /// A document, and the byte at a position in it.
    pub fn at(&self, place: &TextDocumentPositionParams) -> Option<(View<'_>, u32)> {
        let view = self.view(&place.text_document.uri)?;
        let offset = Positions::of(&view.source.tree, self.client.encoding).offset(place.position);
        Some((view, offset))
    }

    /// Places as the client finds them, one for each. Those of one file should follow each other.
    pub fn locations(&self, places: impl IntoIterator<Item = Place>) -> Vec<Location> {
        let mut locations = Vec::new();
        let mut places = places.into_iter().peekable();
        while let Some(first) = places.next() {
            let mut spans = vec![first.span];
            while let Some(next) = places.next_if(|next| next.file == first.file) {
                spans.push(next.span);
            }
            let ranges = self.with_positions(first.file, |positions| {
                let ranges = spans.iter().map(|span| positions.range(*span));
                ranges.collect::<Vec<_>>()
            });
            let Some(uri) = self.uri_of(first.file) else {
                continue;
            };
            for range in ranges.unwrap_or_else(|| vec![Range::default(); spans.len()]) {
                let uri = uri.clone();
                locations.push(Location { uri, range });
            }
        }
        locations
    }
}
