//! The language server: converts between the protocol and what the rooms below know.
//!
//! Frames are read by a thread of their own (`frames`), requests are dispatched by one task (`backend`), and one
//! thread holds the state (`actor`): changes come in order, and every answer is of the newest text.

mod actor;
mod backend;
mod capabilities;
mod client;
mod diagnostics;
mod documents;
mod edits;
mod frames;
mod guard;
mod markup;
mod pages;
mod parent;
mod positions;
mod requests;
mod state;
mod tell;
mod uris;
mod watch;

use std::io::{Read, Write};
use std::sync::Arc;

use parking_lot::Mutex;
use tower_lsp::{LspService, Server};

use actor::Actor;
use backend::Backend;
use frames::{Ending, Frames, Out, Writer};
use guard::Guard;
use state::State;
use tell::ToClient;
use uris::Uris;

/// How many requests may be under way at once; one of them may wait for something new for a long time.
const AT_ONCE: usize = 64;

/// Serves one client until it says `exit` or its input ends. Returns the exit code that the protocol wants: 0 after
/// `shutdown` and `exit`, else 1.
///
/// # Errors
/// When the system gives no threads.
pub fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
) -> std::io::Result<i32> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let out: Out = Arc::new(Mutex::new(output));
    let uris = Arc::new(Uris::default());
    let ending = Arc::new(Ending::default());
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    let (done, is_done) = tokio::sync::oneshot::channel();
    let reader = (Arc::clone(&out), Arc::clone(&uris), Arc::clone(&ending));
    std::thread::Builder::new()
        .name("frames".to_owned())
        .spawn(move || {
            let (out, uris, ending) = reader;
            frames::read(input, &sender, &out, &uris, &ending);
            // Nobody waits where the server has ended by itself.
            let _ = done.send(());
        })?;
    runtime.block_on(async move {
        let mut failed = None;
        let (service, socket) = LspService::build(|client| {
            let tell = Arc::new(ToClient::start(client.clone()));
            let actor = Actor::start(State::new(tell));
            let actor = actor.unwrap_or_else(|error| {
                failed = Some(error);
                Actor::nobody()
            });
            Backend::new(client, actor)
        })
        .finish();
        if let Some(error) = failed {
            return Err(error);
        }
        let server = Server::new(Frames::new(receiver), Writer::new(out, uris), socket)
            .concurrency_level(AT_ONCE)
            .serve(Guard(service));
        tokio::select! {
            // What is under way when the client goes is of use to nobody.
            _ = is_done => {}
            () = server => {}
        }
        Ok(())
    })?;
    // Threads that still work end with the process.
    runtime.shutdown_background();
    Ok(ending.code())
}
