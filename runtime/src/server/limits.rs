//! How large, how deep, how slow and how many requests may be.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, RETRY_AFTER};
use axum::http::{Method, Response};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tower::limit::ConcurrencyLimit;
use tower::load_shed::LoadShed;
use tower::{BoxError, Service, ServiceExt as _, service_fn};

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
    match tokio::time::timeout(limits.body_timeout, Limited::new(body, limit).collect()).await {
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

fn too_large(counters: &Counters, limit: usize) -> Response<Body> {
    note(&counters.too_large, "size");
    tracing::warn!(limit, "the body of a hook is larger than the limit");
    respond::refusal(413, &format!("the body is larger than {limit} bytes, the limit of this backend"))
}

/// The service behind all routes of a server: it handles as many hooks at once as it may, and refuses the next.
pub(super) fn service<S: Clone + Send + Sync + 'static>(
    server: Arc<Server<S>>,
) -> impl Service<(S, Request), Response = Response<Body>, Error = BoxError, Future: Send> + Clone + Send + Sync + 'static
{
    let most = server.guard.limits.concurrency;
    LoadShed::new(ConcurrencyLimit::new(
        service_fn(move |(state, request): (S, Request)| {
            let server = Arc::clone(&server);
            async move { Ok::<_, Infallible>(dispatch::respond(server, state, request).await) }
        }),
        most,
    ))
}

/// Answers a request through the service. What is no hook, such as a question for the server's health, is answered
/// however busy the server is.
pub(super) async fn answer<S: Clone + Send + Sync + 'static>(
    service: impl Service<(S, Request), Response = Response<Body>, Error = BoxError>,
    server: Arc<Server<S>>,
    state: S,
    request: Request,
) -> Response<Body> {
    if request.method() != Method::POST {
        return dispatch::respond(server, state, request).await;
    }
    match service.oneshot((state, request)).await {
        Ok(response) => response,
        Err(_) => {
            note(&server.counters.overloaded, "overload");
            tracing::warn!(limit = server.guard.limits.concurrency, "too many hooks at once: one was refused");
            let mut response =
                respond::refusal(503, "this backend is busy with as many hooks as it may handle at once");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            response
        }
    }
}
