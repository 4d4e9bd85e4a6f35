//! How large, how deep, how slow and how many requests may be.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::refusals::{Reason, Refusals};
use super::{HookServer, respond};
use crate::decode::DEPTH_LIMIT;

/// What a request may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) body_bytes: usize,
    pub(super) body_timeout: Duration,
    pub(super) unfinished_bodies: usize,
    pub(super) unfinished_bytes: usize,
    pub(super) depth: usize,
    concurrency: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1 << 20,
            body_timeout: Duration::from_secs(10),
            unfinished_bodies: 1024,
            unfinished_bytes: 64 << 20,
            depth: DEPTH_LIMIT,
            concurrency: 512,
        }
    }
}

impl Limits {
    /// As many slots as hooks may be handled at once.
    pub(super) fn slots(&self) -> Semaphore {
        Semaphore::new(self.concurrency.min(Semaphore::MAX_PERMITS))
    }

    /// The response to a hook for which there is no slot.
    pub(super) fn busy(&self, refusals: &Refusals) -> Response<Body> {
        if let Some(times) = refusals.note(Reason::Overload) {
            let limit = self.concurrency;
            tracing::warn!(times, limit, "too many hooks at once: hooks were refused");
        }
        respond::try_again("this backend is busy with as many hooks as it may handle at once")
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

    /// Bodies that may be unfinished at once; by default 1024. One more is read, and the one that has waited for longest
    /// is given up: it is answered with 503.
    ///
    /// Only bodies that must be waited for count, and only those from addresses that have sent no verified hook in the
    /// last ten minutes, so that nobody can shut a sender out, even from behind the same proxy. The address is that of
    /// the sender, where [`behind_proxies`](Self::behind_proxies) says who names it, or else the connection's.
    #[must_use]
    pub fn unfinished_bodies(mut self, bodies: usize) -> Self {
        self.guard.limits.unfinished_bodies = bodies;
        self
    }

    /// Bytes that unfinished bodies may hold together; by default 64 MiB, and never less than
    /// [`body_limit`](Self::body_limit). When there are more, the largest body is given up: it is answered with 503.
    ///
    /// Bodies from addresses that have sent a verified hook in the last ten minutes have as many bytes of their own, so
    /// that others can't take them.
    #[must_use]
    pub fn unfinished_bytes(mut self, bytes: usize) -> Self {
        self.guard.limits.unfinished_bytes = bytes;
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
    /// A hook counts from the moment in which its body is complete and its signature verified. Together with
    /// [`body_limit`](Self::body_limit) and [`unfinished_bytes`](Self::unfinished_bytes) it bounds the memory that bodies
    /// take.
    #[must_use]
    pub fn concurrency(mut self, hooks: usize) -> Self {
        self.guard.limits.concurrency = hooks;
        self
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
