//! What the server says by itself.

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, MessageType, NumberOrString, Uri};

use super::watch;

/// Says something to the client without waiting for it.
pub trait Tell: Send + Sync {
    /// The diagnostics of a document.
    fn diagnostics(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>);
    /// What the client shows of other documents may be old.
    fn refresh(&self, what: Refresh);
    /// What is typed into Markdown pages is to be told of, too.
    fn follow_pages(&self);
    /// Something worth reading in the log.
    fn log(&self, text: String);
    /// Whether the client shows that something takes long.
    fn set_progress(&self, shows: bool);
    /// Something that takes long begins.
    fn begin_work(&self, title: String);
    /// It is done.
    fn end_work(&self);
}

/// What is to be asked for again.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a yes or no of its own.
pub struct Refresh {
    /// Diagnostics.
    pub diagnostics: bool,
    /// Inlay hints.
    pub inlay_hints: bool,
    /// Code lenses.
    pub code_lenses: bool,
}

/// The client behind the protocol. What is said goes out in order, one after the other.
#[derive(Debug)]
pub struct ToClient(UnboundedSender<Message>);

enum Message {
    Diagnostics(Uri, Vec<Diagnostic>, Option<i32>),
    Log(String),
    Refresh(Refresh),
    FollowPages,
    SetProgress(bool),
    BeginWork(String),
    EndWork,
}

impl ToClient {
    /// Starts sending. Needs a runtime around it.
    pub fn start(client: Client) -> Self {
        let (sender, mut messages) = unbounded_channel();
        tokio::spawn(async move {
            let (mut shows_progress, mut works, mut work) = (false, 0, None);
            while let Some(message) = messages.recv().await {
                match message {
                    Message::Diagnostics(uri, diagnostics, version) => {
                        client.publish_diagnostics(uri, diagnostics, version).await;
                    }
                    Message::Log(text) => client.log_message(MessageType::INFO, text).await,
                    // The client answers when it likes, and nobody waits for it.
                    Message::Refresh(what) => drop(tokio::spawn(refresh(client.clone(), what))),
                    Message::FollowPages => drop(tokio::spawn(follow_pages(client.clone()))),
                    Message::SetProgress(shows) => shows_progress = shows,
                    Message::BeginWork(title) if shows_progress => {
                        let (done, wait) = oneshot::channel();
                        works += 1;
                        drop(tokio::spawn(show_work(client.clone(), works, title, wait)));
                        work = Some(done);
                    }
                    Message::BeginWork(_) => {}
                    Message::EndWork => {
                        if let Some(done) = work.take() {
                            // A client that shows nothing does not listen either.
                            let _: Result<(), ()> = done.send(());
                        }
                    }
                }
            }
        });
        Self(sender)
    }

    fn send(&self, message: Message) {
        // Without a runtime there is no client any more.
        let _ = self.0.send(message);
    }
}

/// Shows that something takes long until it is done.
async fn show_work(client: Client, number: u32, title: String, done: oneshot::Receiver<()>) {
    let token = NumberOrString::String(format!("rolelint-{number}"));
    if client
        .create_work_done_progress(token.clone())
        .await
        .is_ok()
    {
        let progress = client.progress(token, title).begin().await;
        let _ = done.await;
        progress.finish().await;
    }
}

async fn follow_pages(client: Client) {
    // Where the client refuses, pages count as they are on disk.
    let _ = client.register_capability(watch::pages()).await;
}

async fn refresh(client: Client, what: Refresh) {
    // A client that cannot says so, and then there is nothing to be done.
    if what.diagnostics {
        let _ = client.workspace_diagnostic_refresh().await;
    }
    if what.inlay_hints {
        let _ = client.inlay_hint_refresh().await;
    }
    if what.code_lenses {
        let _ = client.code_lens_refresh().await;
    }
}

impl Tell for ToClient {
    fn diagnostics(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.send(Message::Diagnostics(uri, diagnostics, version));
    }

    fn refresh(&self, what: Refresh) {
        self.send(Message::Refresh(what));
    }

    fn follow_pages(&self) {
        self.send(Message::FollowPages);
    }

    fn log(&self, text: String) {
        self.send(Message::Log(text));
    }

    fn set_progress(&self, shows: bool) {
        self.send(Message::SetProgress(shows));
    }

    fn begin_work(&self, title: String) {
        self.send(Message::BeginWork(title));
    }

    fn end_work(&self) {
        self.send(Message::EndWork);
    }
}

/// A client that listens to nothing.
#[cfg(test)]
pub struct Deaf;

#[cfg(test)]
impl Tell for Deaf {
    fn diagnostics(&self, _: Uri, _: Vec<Diagnostic>, _: Option<i32>) {}
    fn refresh(&self, _: Refresh) {}
    fn follow_pages(&self) {}
    fn log(&self, _: String) {}

    fn set_progress(&self, _: bool) {}

    fn begin_work(&self, _: String) {}

    fn end_work(&self) {}
}
