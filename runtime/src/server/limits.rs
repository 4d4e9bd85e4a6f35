//! How large, how deep, how slow and how many requests may be.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, RETRY_AFTER};
use axum::http::{Method, Response};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::counters::Counters;
use super::guard::note;
use super::hooks::Server;
use super::{HookServer, dispatch, respond};
use crate::decode::DEPTH_LIMIT;

/// What a request may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    body_bytes: usize,
    body_timeout: Duration,
    pub(super) depth: usize,
    concurrency: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body_bytes: 1 << 20, body_timeout: Duration::from_secs(10), depth: DEPTH_LIMIT, concurrency: 512 }
    }
}

impl<S> HookServer<S> {
    /// Largest body that is read, in bytes; by default 1 MiB. Larger ones are answered with 413.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.guard.limits.body_bytes = bytes;
        self
    }

    /// How long a body may take to arrive, from its first byte to its last; by default 10 s. Slower ones are answered
    /// with 408.
    #[must_use]
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.guard.limits.body_timeout = timeout;
        self
    }

    /// How deep arrays and objects may be nested, the body itself counted; by default 128, which is also the most.
    /// Deeper ones are answered with 400.
    #[must_use]
    pub fn depth_limit(mut self, levels: usize) -> Self {
        self.guard.limits.depth = levels.min(DEPTH_LIMIT);
        self
    }

    /// How many hooks are handled at once; by default 512. One more is not kept waiting but answered with 503 at once.
    ///
    /// Together with [`body_limit`](Self::body_limit) it bounds the memory that bodies take.
    #[must_use]
    pub fn concurrency(mut self, hooks: usize) -> Self {
        self.guard.limits.concurrency = hooks;
        self
    }
}

/// The whole body, unless it is over the limit or too slow.
pub(super) async fn read(
    limits: &Limits,
    counters: &Counters,
    headers: &HeaderMap,
    body: Body,
) -> Result<Bytes, Response<Body>> {
    let limit = limits.body_bytes;
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
        return Err(too_large(counters, limit));
    }
    // One clock for the whole body: a clock that starts anew with each piece never ends for a body that drips.
    match within(Some(limits.body_timeout), pin!(Limited::new(body, limit).collect())).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(counters, limit)),
        Ok(Err(error)) => {
            note(&counters.broken_off, "broken_off");
            tracing::debug!(%error, "the body of a hook did not arrive");
            Err(respond::refusal(400, "the body broke off before its end"))
        }
        Err(_) => {
            note(&counters.broken_off, "slow");
            tracing::warn!(limit = ?limits.body_timeout, "the body of a hook takes too long to arrive");
            Err(respond::refusal(408, &format!("the body did not arrive within {:?}", limits.body_timeout)))
        }
    }
}

/// Waits for a future, but no longer than this. What is ready at once, as most is, needs no timer.
pub(super) async fn within<F: Future>(limit: Option<Duration>, mut future: Pin<&mut F>) -> Result<F::Output, Duration> {
    let Some(limit) = limit else { return Ok(future.await) };
    let started = Instant::now();
    let first = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
    match (first, started.checked_add(limit)) {
        (Poll::Ready(output), _) => Ok(output),
        (Poll::Pending, Some(end)) => tokio::time::timeout_at(end, future).await.map_err(|_| limit),
        (Poll::Pending, None) => Ok(future.await),
    }
}

fn too_large(counters: &Counters, limit: usize) -> Response<Body> {
    note(&counters.too_large, "size");
    tracing::warn!(limit, "the body of a hook is larger than the limit");
    respond::refusal(413, &format!("the body is larger than {limit} bytes, the limit of this backend"))
}

/// As many hooks as may be handled at once.
pub(super) fn slots(limits: &Limits) -> Semaphore {
    Semaphore::new(limits.concurrency.min(Semaphore::MAX_PERMITS))
}

/// Answers a request if there is a slot for it, and refuses it at once if there is none. What is no hook, such as a
/// question for the server's health, is answered however busy the server is.
pub(super) async fn answer<S: Clone + Send + Sync + 'static>(
    server: &Server<S>,
    state: S,
    request: Request,
) -> Response<Body> {
    if request.method() != Method::POST {
        return dispatch::respond(server, state, request).await;
    }
    let Ok(slot) = server.slots.try_acquire() else { return busy(server) };
    let response = dispatch::respond(server, state, request).await;
    drop(slot);
    response
}

fn busy<S>(server: &Server<S>) -> Response<Body> {
    note(&server.counters.overloaded, "overload");
    tracing::warn!(limit = server.guard.limits.concurrency, "too many hooks at once: one was refused");
    let mut response = respond::refusal(503, "this backend is busy with as many hooks as it may handle at once");
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
