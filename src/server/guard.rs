//! A panic in a handler is an error to that request alone.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tower::Service;
use tower_lsp::jsonrpc::{Error, Request, Response};

/// A service whose panics are caught.
#[derive(Debug)]
pub struct Guard<S>(pub S);

impl<S> Service<Request> for Guard<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let id = request.id().cloned();
        let failed = move || Ok(id.map(|id| Response::from_error(id, Error::internal_error())));
        match catch_unwind(AssertUnwindSafe(|| self.0.call(request))) {
            Ok(future) => Box::pin(Caught {
                future: Box::pin(future),
                failed: Some(failed),
            }),
            Err(_) => Box::pin(async move { failed() }),
        }
    }
}

struct Caught<F, E> {
    future: Pin<Box<F>>,
    failed: Option<E>,
}

impl<F, E, T> Future for Caught<F, E>
where
    F: Future<Output = T>,
    E: FnOnce() -> T + Unpin,
{
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = &mut *self;
        match catch_unwind(AssertUnwindSafe(|| this.future.as_mut().poll(context))) {
            Ok(polled) => polled,
            Err(_) => match this.failed.take() {
                Some(failed) => Poll::Ready(failed()),
                None => Poll::Pending,
            },
        }
    }
}
