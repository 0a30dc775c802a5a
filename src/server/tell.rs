//! What the server says by itself.

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, MessageType, Uri};

/// Says something to the client without waiting for it.
pub trait Tell: Send + Sync {
    /// The diagnostics of a document.
    fn diagnostics(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>);
    /// What the client shows of other documents may be old.
    fn refresh(&self, what: Refresh);
    /// Something worth reading in the log.
    fn log(&self, text: String);
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
}

impl ToClient {
    /// Starts sending. Needs a runtime around it.
    pub fn start(client: Client) -> Self {
        let (sender, mut messages) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(message) = messages.recv().await {
                match message {
                    Message::Diagnostics(uri, diagnostics, version) => {
                        client.publish_diagnostics(uri, diagnostics, version).await;
                    }
                    Message::Log(text) => client.log_message(MessageType::INFO, text).await,
                    // The client answers when it likes, and nobody waits for it.
                    Message::Refresh(what) => drop(tokio::spawn(refresh(client.clone(), what))),
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

    fn log(&self, text: String) {
        self.send(Message::Log(text));
    }
}
