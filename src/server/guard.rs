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

#[cfg(test)]
mod tests {
    use super::*;

    /// Panics when it is called, or when its answer is waited for.
    struct Clumsy;

    impl Service<Request> for Clumsy {
        type Response = Option<Response>;
        type Error = std::convert::Infallible;
        type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, Self::Error>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            assert_ne!(request.method(), "at once");
            Box::pin(async move {
                assert_ne!(request.method(), "later");
                Ok(None)
            })
        }
    }

    #[tokio::test]
    async fn a_panic_is_answered_with_an_error_and_the_next_request_is_served() {
        let mut service = Guard(Clumsy);
        for method in ["at once", "later"] {
            let request = Request::build(method).id(7).finish();
            let answer = service.call(request).await.unwrap().unwrap();
            assert_eq!(
                serde_json::to_value(&answer).unwrap(),
                serde_json::json!({"jsonrpc": "2.0", "id": 7, "error": {"code": -32603, "message": "Internal error"}})
            );
            // Nobody waits for an answer to a notification.
            let notification = Request::build(method).finish();
            assert!(service.call(notification).await.unwrap().is_none());
        }
        assert!(
            service
                .call(Request::build("fine").finish())
                .await
                .unwrap()
                .is_none()
        );
    }
}
