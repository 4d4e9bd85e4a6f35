//! Who may send hooks, and how much at once.
//!
//! A request meets the guards in this order, and the first that objects answers:
//!
//! | step | set by | by default | answer |
//! |---|---|---|---|
//! | the sender's network | [`HookServer::senders`] | any | 403 |
//! | user and password | [`HookServer::basic`] | none | 401 |
//! | size of the body | [`HookServer::body_limit`] | 1 MiB | 413 |
//! | time for the body | [`HookServer::body_timeout`] | 10 s | 408 |
//! | number of unfinished bodies | [`HookServer::unfinished_bodies`] | 1024 | 503 with `Retry-After`, to the oldest |
//! | bytes of unfinished bodies | [`HookServer::unfinished_bytes`] | 64 MiB | 503 with `Retry-After`, to the largest |
//! | signature over the body's bytes | [`HookServer::signed_by`] | none | the contract's status, 403 |
//! | too many hooks at once | [`HookServer::concurrency`] | 512 | 503 with `Retry-After` |
//! | nesting of the body | [`HookServer::depth_limit`] | 128 levels | 400 |
//! | time for the handler | [`HookServer::deadline`] | four fifths of the sender's timeout | a denial, or 504 to an event |
//! | a panic | | | 500 |
//!
//! Refusals are counted ([`Counters`](super::Counters), metric `hooks_refused_total` by reason) and logged, once a second
//! at most for each reason. A server that asks nobody for a signature, a password or a network says so in its log when
//! it starts.
//!
//! Nothing of a body is parsed before its signature fits, and no hook counts against the number at once until then. Only
//! `POST` carries hooks, so only `POST` counts and must be signed; networks and passwords hold for every request.
//!
//! Unfinished bodies are those that must be waited for. They shut nobody out: a new one is read, and an old or large one
//! is given up for it. From an address that has sent a verified hook in the last ten minutes there may be as many as there
//! are connections, with bytes of their own, since all hooks of a sender or of a proxy come from one address.
//!
//! Connections are limited in [`Transport`](super::Transport), and so is the time for a request's head. At the limit those
//! that have brought no verified hook are closed for new ones.
//!
//! ```no_run
//! # use wcs_runtime::codegen::*;
//! # use wcs_runtime::HookServer;
//! # fn router(contract: &'static ContractDescriptor, key: String, next: String) -> Result<axum::Router, Box<dyn std::error::Error>> {
//! let router = HookServer::<()>::new(contract)
//!     .senders(["10.20.0.0/16", "2001:db8::/32"])?
//!     // The old key and the new one, until all senders have changed over.
//!     .signed_by([key, next])?
//!     .deadline(std::time::Duration::from_secs(3))
//!     .mount("/apps/House")?;
//! # Ok(router)
//! # }
//! ```
//!
//! [`HookServer::concurrency`]: super::HookServer::concurrency
//! [`HookServer::senders`]: super::HookServer::senders
//! [`HookServer::basic`]: super::HookServer::basic
//! [`HookServer::body_limit`]: super::HookServer::body_limit
//! [`HookServer::body_timeout`]: super::HookServer::body_timeout
//! [`HookServer::unfinished_bodies`]: super::HookServer::unfinished_bodies
//! [`HookServer::unfinished_bytes`]: super::HookServer::unfinished_bytes
//! [`HookServer::signed_by`]: super::HookServer::signed_by
//! [`HookServer::depth_limit`]: super::HookServer::depth_limit
//! [`HookServer::deadline`]: super::HookServer::deadline

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Instant;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, COOKIE, HeaderName, PROXY_AUTHORIZATION};
use axum::http::request::Parts;
use axum::http::{Method, Response};
use bytes::Bytes;
use tokio::sync::SemaphorePermit;

use super::basic::Basic;
use super::deadline::Deadline;
use super::hooks::Server;
use super::limits::{self, Limits};
use super::networks::Senders;
#[cfg(feature = "signature")]
use super::signature::Signature;
use super::{arrivals, connections, dispatch, respond};
use crate::descriptor::ContractDescriptor;

/// What is asked of every request.
pub(super) struct Guard {
    pub(super) senders: Senders,
    pub(super) basic: Option<Basic>,
    #[cfg(feature = "signature")]
    pub(super) signature: Option<Signature>,
    pub(super) limits: Limits,
    pub(super) deadline: Deadline,
}

impl Guard {
    /// What holds unless the backend's author says otherwise.
    pub(super) fn of(contract: &ContractDescriptor) -> Self {
        Self {
            senders: Senders::default(),
            basic: None,
            #[cfg(feature = "signature")]
            signature: None,
            limits: Limits::default(),
            deadline: Deadline::below(contract.sender.timeout_seconds),
        }
    }

    /// Whether nobody has to show who he is.
    fn is_open(&self) -> bool {
        #[cfg(feature = "signature")]
        if self.signature.is_some() {
            return false;
        }
        self.basic.is_none() && !self.senders.are_named()
    }

    /// What is better known before the first hook: whoever can reach the backend can pretend to be the sender, unless a
    /// guard asks who he is; and a deadline that passes after the sender has gone is none.
    pub(super) fn warn(&self, contract: &ContractDescriptor) {
        self.deadline.warn(contract.sender.timeout_seconds);
        if self.is_open() {
            tracing::warn!(
                "hooks are taken from everybody who can reach this backend: ask for a signature with `signed_by`, for a \
                 password with `basic`, or name the networks of the sender with `senders`"
            );
        }
    }
}

/// The reason why a key, a user or a password can't be meant: one that is empty lets everybody in, and white space at an
/// end is what a line end of a file or a space behind a comma leaves. Bytes that are no text have no white space.
pub(super) fn credential_fault(credential: &[u8]) -> Option<&'static str> {
    let is_blank = |found: char| found.is_whitespace() || found == '\u{feff}';
    let text = std::str::from_utf8(credential).unwrap_or_default();
    if credential.is_empty() {
        Some("is empty")
    } else if text.starts_with(is_blank) || text.ends_with(is_blank) {
        Some("has white space at an end")
    } else {
        None
    }
}

/// Lets a request in: its body if it may bring one, and for a hook its slot; or else the answer that refuses it.
///
/// The slot is taken last, so that only a complete and verified hook holds one.
pub(super) async fn admit<'s, S>(
    server: &'s Server<S>,
    parts: &Parts,
    body: Body,
    started: Instant,
) -> Result<(Bytes, Option<SemaphorePermit<'s>>), Response<Body>> {
    let Server { guard, refusals, .. } = server;
    if let Some(refusal) = guard.senders.refuse(parts, refusals) {
        return Err(refusal);
    }
    if let Some(refusal) = guard.basic.as_ref().and_then(|basic| basic.refuse(parts, refusals)) {
        return Err(refusal);
    }
    if parts.method != Method::POST {
        return Ok((Bytes::new(), None));
    }
    let body = arrivals::read(server, parts, body, started).await?;
    #[cfg(feature = "signature")]
    if let Some(refusal) = guard.signature.as_ref().and_then(|signature| signature.refuse(parts, &body, refusals)) {
        return Err(refusal);
    }
    if let Some(address) = guard.senders.address(parts) {
        server.known.add(address, started);
    }
    connections::verified();
    match server.slots.try_acquire() {
        Ok(slot) => Ok((body, Some(slot))),
        Err(_) => Err(limits::busy(server)),
    }
}

/// The headers that hold credentials.
pub(super) fn secret_headers(contract: &ContractDescriptor) -> Vec<HeaderName> {
    let named = contract.sender.signature.and_then(|words| HeaderName::from_bytes(words.header.as_bytes()).ok());
    [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].into_iter().chain(named).collect()
}

/// What is around everything that a server does: no panic breaks a connection, and no `Debug` shows a credential.
pub(super) async fn around<S: Clone + Send + Sync + 'static>(
    server: &Server<S>,
    state: S,
    mut request: Request,
) -> Response<Body> {
    for (name, value) in request.headers_mut() {
        if server.secret_headers.contains(name) {
            value.set_sensitive(true);
        }
    }
    caught(pin!(dispatch::respond(server, state, request))).await.unwrap_or_else(panicked)
}

/// The outcome of a future, or what it panicked with.
pub(super) async fn caught<F: Future>(mut future: Pin<&mut F>) -> std::thread::Result<F::Output> {
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// Handlers that panic are caught where their hook is known; what arrives here comes from elsewhere.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a panic outside of a handler; the panic's message stands where the process writes them");
    respond::refusal(500, "the hook could not be handled; the backend's log says why")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::SenderDescriptor;
    use crate::server::HookServer;

    static CONTRACT: ContractDescriptor = ContractDescriptor {
        name: "house",
        title: "House",
        version: "1.0.0",
        hash: "",
        hooks: &[],
        sender: SenderDescriptor::NEUTRAL,
    };

    #[test]
    fn each_way_of_knowing_the_sender_closes_the_door() {
        let server = || HookServer::<()>::new(&CONTRACT);
        assert!(server().guard.is_open());
        assert!(server().behind_proxies("x-forwarded-for", ["10.0.0.1"]).unwrap().guard.is_open());
        assert!(!server().senders(["10.0.0.0/8"]).unwrap().guard.is_open());
        assert!(!server().basic("media", "secret").unwrap().guard.is_open());
    }
}
