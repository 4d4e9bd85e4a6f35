//! The steps of a request: who may send hooks, how much at once, and what becomes of one.
//!
//! A request meets the steps in this order, and the first that objects answers:
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
//! Refusals are counted ([`Counters`], metric `hooks_refused_total` by reason) and logged, once a second
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
use std::collections::HashMap;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use axum::extract::{NestedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::Response;
use bytes::Bytes;
use tokio::sync::Semaphore;
use tracing::Instrument as _;

use super::arrivals::Arrivals;
use super::counters::Counters;
use super::endpoints::Source;
use super::guard::Guard;
use super::handler::{Failure, Handler, Running};
use super::known::Known;
use super::refusals::Refusals;
use super::steering::Steering;
use super::telemetry::{self, Outcome};
use super::unhandled::{Unhandled, UnknownHook};
use super::watch::{self, HookWatch, Watch};
use super::{connections, deadline, endpoints, limits, respond};
use crate::answer::Reply;
use crate::decode::{self, Arrived, DecodeError, Decoded};
use crate::descriptor::{ContractDescriptor, HookDescriptor};
use crate::error::HandlerError;
use crate::show;

/// A server at work.
pub(super) struct Server<S> {
    pub(super) contract: &'static ContractDescriptor,
    /// Where the hooks are mounted inside this router, without a slash at the end.
    pub(super) base: String,
    pub(super) names: HashMap<&'static str, usize>,
    pub(super) routes: Vec<Route<S>>,
    pub(super) unhandled: Unhandled,
    pub(super) unknown: UnknownHook,
    pub(super) steering: Steering,
    pub(super) error_status: u16,
    pub(super) guard: Guard,
    /// One for each hook that may be handled at once.
    pub(super) slots: Semaphore,
    /// Bodies that are waited for.
    pub(super) arrivals: Arrivals,
    /// Addresses that have sent a verified hook.
    pub(super) known: Known,
    pub(super) refusals: Refusals,
    pub(super) secret_headers: Vec<HeaderName>,
    pub(super) watch: Watch,
    pub(super) endpoints: endpoints::Settings,
    pub(super) format: HeaderValue,
    pub(super) counters: Arc<Counters>,
}

pub(super) struct Route<S> {
    pub(super) hook: &'static HookDescriptor,
    pub(super) handler: Option<Handler<S>>,
    pub(super) watch: HookWatch,
}

impl<S> Server<S> {
    /// The hook with that name or alias.
    fn route(&self, name: &str) -> Option<&Route<S>> {
        self.routes.get(*self.names.get(name)?)
    }
}

/// Answers a request. No panic breaks the connection, and no `Debug` shows a credential.
pub(super) async fn respond<S: Clone + Send + Sync + 'static>(
    server: &Server<S>,
    state: S,
    mut request: Request,
) -> Response {
    for (name, value) in request.headers_mut() {
        if server.secret_headers.contains(name) {
            value.set_sensitive(true);
        }
    }
    caught(pin!(steps(server, state, request))).await.unwrap_or_else(panicked)
}

/// The steps, in order. A slot is taken only for a complete and verified hook, and held until it is answered.
async fn steps<S>(server: &Server<S>, state: S, request: Request) -> Response {
    let Server { guard, refusals, .. } = server;
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    if let Some(refusal) = guard.senders.refuse(&parts, refusals) {
        return refusal;
    }
    if let Some(refusal) = guard.basic.as_ref().and_then(|basic| basic.refuse(&parts, refusals)) {
        return refusal;
    }
    // Some operators write the application's address with a slash at the end, so that two come together.
    let path = parts.uri.path();
    let name = path.strip_prefix(server.base.as_str()).unwrap_or(path).trim_matches('/');
    let route = server.route(name);
    if parts.method != Method::POST {
        return match route {
            Some(route) => respond::wrong_method(route.hook.name, &parts.method),
            None => without_hook(server, name, &parts, Bytes::new()),
        };
    }
    let address = || guard.senders.address(&parts);
    let is_known = || address().is_some_and(|address| server.known.contains(address, started));
    let body = match server.arrivals.read(&parts.headers, body, refusals, is_known).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    #[cfg(feature = "signature")]
    if let Some(refusal) = guard.signature.as_ref().and_then(|signature| signature.refuse(&parts, &body, refusals)) {
        return refusal;
    }
    if let Some(address) = address() {
        server.known.add(address, started);
    }
    connections::verified();
    let Ok(_slot) = server.slots.try_acquire() else { return guard.limits.busy(refusals) };
    let Some(route) = route else { return without_hook(server, name, &parts, body) };
    let handled = async {
        let (outcome, response) = handle(server, route, state, parts, body).await;
        telemetry::note_end(&route.watch.metrics, outcome, response.status().as_u16(), started.elapsed());
        response
    };
    handled.instrument(telemetry::span(route.hook)).await
}

/// Reads a verified hook within the limit of nesting, checks it, lets the handler answer within its deadline, and adds
/// the session policy.
async fn handle<S>(server: &Server<S>, route: &Route<S>, state: S, parts: Parts, body: Bytes) -> (Outcome, Response) {
    note_format(&server.counters, route.hook.name, &parts.headers);
    let members = route.hook.members;
    // Spans stay out of the future: what a handler needs of them is copied into its hook.
    let begun = decode::with_spans(members.len(), |spans| {
        let decoded = decode::decode_within(members, &body, spans, server.guard.limits.depth)?;
        let kept = server.steering.keep(route.hook, &body, spans);
        Ok((kept, begin(server, route, state, parts, Arrived { body, spans, decoded })))
    });
    let (kept, begun) = match begun {
        Ok(begun) => begun,
        Err(error) => return (Outcome::Unreadable, unreadable(&server.counters, route.hook.name, &error)),
    };
    let (outcome, reply) = match begun {
        Begun::Invalid(reply) => return (Outcome::Invalid, respond::reply(reply, &server.format)),
        Begun::Answered(reply) => (outcome_of(server, reply.status), reply),
        Begun::Running(running) => finish(server, route, running).await,
    };
    let reply = server.steering.finish(route.hook, kept.as_ref(), reply, &server.counters);
    (outcome, respond::reply(reply, &server.format))
}

fn outcome_of<S>(server: &Server<S>, status: u16) -> Outcome {
    match status {
        _ if status == server.contract.sender.accept_status => Outcome::Accepted,
        500.. => Outcome::Failed,
        _ => Outcome::Denied,
    }
}

fn unreadable(counters: &Counters, hook: &str, error: &DecodeError) -> Response {
    Counters::add(&counters.unreadable, 1);
    tracing::warn!(hook, %error, "the body of a hook can't be read");
    respond::unreadable(error)
}

/// What has no hook's name: the base itself, or something unknown.
fn without_hook<S>(server: &Server<S>, name: &str, parts: &Parts, body: Bytes) -> Response {
    let nested = parts.extensions.get::<NestedPath>().map_or("", NestedPath::as_str);
    let base = format!("{}{}", nested.trim_end_matches('/'), server.base);
    if name.is_empty() && (parts.method == Method::GET || parts.method == Method::HEAD) {
        return respond::about(server.contract, &base);
    }
    let Server { endpoints: settings, contract, watch, counters, .. } = server;
    let source = Source { settings, contract, drift: &watch.drift, counters };
    if let Some(response) = endpoints::answer(&source, name, &parts.method) {
        return response;
    }
    Counters::add(&server.counters.unknown_hooks, 1);
    let name = &show::key(name);
    server.watch.drift.unknown_hook(name);
    if server.unknown == UnknownHook::Echo && parts.method == Method::POST && !name.is_empty() {
        tracing::debug!(hook = name, "a hook that the contract does not have is echoed");
        return match decode::decode_within(&[], &body, &mut [], server.guard.limits.depth) {
            Ok(_) => respond::reply(Reply { status: server.contract.sender.accept_status, body }, &server.format),
            Err(error) => unreadable(&server.counters, name, &error),
        };
    }
    tracing::warn!(hook = name, %base, "a request for a hook that the contract does not have");
    respond::unknown_hook(server.contract, &base, name)
}

/// Other media types than JSON are tolerated: what counts is whether the body can be read.
fn note_format(counters: &Counters, hook: &str, headers: &HeaderMap) {
    let value = headers.get(header::CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
    let essence = value.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    if !essence.eq_ignore_ascii_case(b"application/json") {
        Counters::add(&counters.other_formats, 1);
        let format = String::from_utf8_lossy(value);
        tracing::debug!(hook, %format, "a hook that does not say that it is JSON");
    }
}

/// What is under way once a body has been read.
enum Begun {
    /// Refused for its violations, before a handler saw it.
    Invalid(Reply),
    Answered(Reply),
    Running(Running),
}

/// Starts the handler; a hook without one is answered with its own body, or with a denial.
fn begin<S>(server: &Server<S>, route: &Route<S>, state: S, parts: Parts, arrived: Arrived<'_>) -> Begun {
    let sender = &server.contract.sender;
    note(&server.counters, route.hook, arrived.decoded);
    telemetry::note_context(route.hook.members, &arrived);
    if let Err(refusal) = watch::look(&server.watch, &route.watch, route.hook, sender, &server.counters, &arrived) {
        return Begun::Invalid(refusal);
    }
    if let Some(handler) = &route.handler {
        return Begun::Running((handler.start)(arrived, parts, state, sender));
    }
    Counters::add(&server.counters.without_handler, 1);
    Begun::Answered(match server.unhandled {
        Unhandled::Echo => Reply { status: sender.accept_status, body: arrived.body },
        Unhandled::Refuse => {
            Reply::error(sender.deny_status, &format!("this backend has no handler for `{}`", route.hook.name))
        }
    })
}

async fn finish<S>(server: &Server<S>, route: &Route<S>, running: Running) -> (Outcome, Reply) {
    let declared = route.handler.as_ref().map(|handler| &handler.declared);
    match limits::within(server.guard.deadline.of(declared), pin!(guarded(running))).await {
        Ok(Ok(reply)) => (outcome_of(server, reply.status), reply),
        Ok(Err(failure)) => {
            Counters::add(&server.counters.failed, 1);
            (Outcome::Failed, respond::failure(route.hook.name, failure, server.error_status).await)
        }
        Err(limit) => {
            Counters::add(&server.counters.late, 1);
            tracing::error!(hook = route.hook.name, ?limit, "the handler of a hook was stopped at its deadline");
            (Outcome::Late, deadline::passed(route.hook, &server.contract.sender, limit))
        }
    }
}

fn note(counters: &Counters, hook: &HookDescriptor, decoded: Decoded) {
    Counters::add(&counters.hooks, 1);
    Counters::add(&counters.unknown_members, decoded.unknown);
    Counters::add(&counters.duplicate_members, decoded.duplicates);
    if decoded.unknown > 0 || decoded.duplicates > 0 {
        let Decoded { unknown, duplicates, .. } = decoded;
        tracing::debug!(hook = hook.name, unknown, duplicates, "a hook with members that the contract does not expect");
    }
}

/// A handler that panics fails its own hook, not the connection on which others may wait.
async fn guarded(running: Running) -> Result<Reply, Failure> {
    let panicked = |_| Err(Failure::Handler(HandlerError::new(500, "the handler of the hook panicked")));
    caught(pin!(running)).await.unwrap_or_else(panicked)
}

/// The outcome of a future, or what it panicked with.
async fn caught<F: Future>(mut future: Pin<&mut F>) -> std::thread::Result<F::Output> {
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// Handlers that panic are caught where their hook is known; what arrives here comes from elsewhere.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a panic outside of a handler; the panic's message stands where the process writes them");
    respond::refusal(500, "the hook could not be handled; the backend's log says why")
}
