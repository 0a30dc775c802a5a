//! The one thread that holds the state: changes come in order, and readers see the newest.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use super::state::State;

/// Whether somebody still waits for an answer.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Whether nobody waits any more.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Tells when its request is given up.
struct OnDrop(Cancel);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

type Change = Box<dyn FnOnce(&mut State) + Send>;
type Ask = Box<dyn FnOnce(&mut State) + Send>;

enum Job {
    /// Something happened.
    Change(Change),
    /// Somebody asks.
    Ask(Ask, Cancel),
}

/// The way to the thread that holds the state.
#[derive(Clone, Debug)]
pub struct Actor {
    jobs: Sender<Job>,
}

/// Findings wait for a pause in what comes in, but no longer than this.
const PATIENCE: Duration = Duration::from_millis(40);

impl Actor {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(state: State) -> std::io::Result<Self> {
        let (jobs, receiver) = channel();
        std::thread::Builder::new()
            .name("state".to_owned())
            .stack_size(16 << 20)
            .spawn(move || run(state, &receiver))?;
        Ok(Self { jobs })
    }

    /// Leads nowhere.
    pub fn nobody() -> Self {
        Self { jobs: channel().0 }
    }

    /// Something happened. Returns at once; it counts before anything that is asked or happens later.
    pub fn change(&self, change: impl FnOnce(&mut State) + Send + 'static) {
        // Without the thread there is nobody to tell.
        let _ = self.jobs.send(Job::Change(Box::new(change)));
    }

    /// Asks something of the newest state. Given up when the future is dropped.
    ///
    /// # Errors
    /// When the answer could not be worked out; that is a mistake in rolelint.
    pub async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut State, &Cancel) -> T + Send + 'static,
    ) -> Result<T> {
        self.ask_later(move |state, cancel, answer| {
            // Whoever gave up reads no answer.
            let _ = answer.send(ask(state, cancel));
        })
        .await
    }

    /// The same, where the answer may come later than the question is looked at.
    ///
    /// # Errors
    /// When the answer could not be worked out; that is a mistake in rolelint.
    pub async fn ask_later<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut State, &Cancel, oneshot::Sender<T>) + Send + 'static,
    ) -> Result<T> {
        let (answer, wait) = oneshot::channel();
        let cancel = Cancel::default();
        let given = cancel.clone();
        let job = Box::new(move |state: &mut State| ask(state, &given, answer));
        let _ = self.jobs.send(Job::Ask(job, cancel.clone()));
        let _guard = OnDrop(cancel);
        wait.await.map_err(|_| Error::internal_error())
    }
}

fn run(mut state: State, jobs: &Receiver<Job>) {
    let mut late: Option<Instant> = None;
    loop {
        let job = if late.is_some() {
            jobs.try_recv().ok()
        } else {
            match jobs.recv() {
                Ok(job) => Some(job),
                Err(_) => return,
            }
        };
        match job {
            Some(Job::Change(change)) => {
                guarded(&mut state, change);
                let since = *late.get_or_insert_with(Instant::now);
                if since.elapsed() > PATIENCE {
                    guarded(&mut state, State::settle);
                    late = None;
                }
            }
            Some(Job::Ask(ask, cancel)) => {
                if !cancel.is_cancelled() {
                    // What is asked is answered of the newest state.
                    guarded(&mut state, State::refresh);
                    guarded(&mut state, ask);
                }
            }
            None => {
                guarded(&mut state, State::settle);
                late = None;
            }
        }
    }
}

/// Runs a step; after a panic the state is made anew from the open documents.
fn guarded(state: &mut State, step: impl FnOnce(&mut State)) {
    if catch_unwind(AssertUnwindSafe(|| step(state))).is_err() {
        let again = catch_unwind(AssertUnwindSafe(|| state.start_over()));
        if again.is_err() {
            state.give_up();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::client::{Capabilities, Options};
    use crate::server::tell::Deaf;

    const TEXT: &str = "team: checkout\nroles: {product-owner: ben}\n";

    fn actor(folder: &std::path::Path) -> Actor {
        let actor = Actor::start(State::new(Arc::new(Deaf))).unwrap();
        let folders = vec![folder.to_owned()];
        actor.change(move |state| {
            state.begin(Capabilities::default(), Options::default(), folders);
        });
        actor
    }

    #[tokio::test]
    async fn a_panic_is_an_error_to_that_request_alone() {
        let folder = tempfile::tempdir().unwrap();
        let actor = actor(folder.path());
        let uri: tower_lsp::ls_types::Uri =
            format!("file://{}/a.roles.yaml", folder.path().display())
                .parse()
                .unwrap();
        let opened = uri.clone();
        actor.change(move |state| state.open(opened, 1, TEXT));
        let failed = actor.ask::<()>(|_, _| panic!("a mistake")).await;
        assert_eq!(
            failed.unwrap_err().code,
            tower_lsp::jsonrpc::ErrorCode::InternalError
        );
        // What was open is open still, and what is said of it is right.
        actor.change(|_| panic!("another mistake"));
        let text = actor
            .ask(move |state, _| {
                let file = state.file_of(&uri)?;
                let codes = state.diagnostics(file).len();
                Some((state.session.text(file)?.to_string(), codes))
            })
            .await
            .unwrap();
        assert_eq!(text, Some((TEXT.to_owned(), 1)));
    }

    #[tokio::test]
    async fn a_request_that_is_given_up_is_not_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let actor = actor(folder.path());
        let (go, wait) = std::sync::mpsc::channel::<()>();
        actor.change(move |_| {
            let _ = wait.recv();
        });
        let looked = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&looked);
        {
            let ask = actor.ask(move |_, _| seen.store(true, Ordering::Relaxed));
            tokio::pin!(ask);
            // It waits behind the change when nobody wants it any more.
            let soon = tokio::time::timeout(Duration::from_millis(10), ask);
            assert!(soon.await.is_err());
        }
        go.send(()).unwrap();
        actor.ask(|_, _| ()).await.unwrap();
        assert!(!looked.load(Ordering::Relaxed));
    }
}
