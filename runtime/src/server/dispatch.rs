//! From a request to its answer.

use std::pin::pin;
use std::time::Instant;

use axum::extract::{NestedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use bytes::Bytes;
use tracing::Instrument as _;

use super::counters::Counters;
use super::handler::{Failure, Running};
use super::hooks::{Route, Server, Unhandled, UnknownHook};
use super::telemetry::{self, Outcome};
use super::{deadline, endpoints, guard, limits, respond, watch};
use crate::answer::Reply;
use crate::decode::{self, Arrived, DecodeError, Decoded};
use crate::descriptor::HookDescriptor;
use crate::error::HandlerError;
use crate::show;

pub(super) async fn respond<S: Clone + Send + Sync + 'static>(
    server: &Server<S>,
    state: S,
    request: Request,
) -> Response {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let (body, _slot) = match guard::admit(server, &parts, body, started).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refusal,
    };
    // Some operators write the application's address with a slash at the end, so that two come together.
    let path = parts.uri.path();
    let name = path.strip_prefix(server.base.as_str()).unwrap_or(path).trim_matches('/');
    let Some(route) = server.route(name) else {
        return without_hook(server, name, &parts, body);
    };
    if parts.method != Method::POST {
        return respond::wrong_method(route.hook.name, &parts.method);
    }
    let hook = async {
        let (outcome, response) = answer(server, route, state, parts, body).await;
        telemetry::note_end(&route.watch.metrics, outcome, response.status().as_u16(), started.elapsed());
        response
    };
    hook.instrument(telemetry::span(route.hook)).await
}

async fn answer<S>(server: &Server<S>, route: &Route<S>, state: S, parts: Parts, body: Bytes) -> (Outcome, Response) {
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
    if let Some(response) = endpoints::answer(server, name, &parts.method) {
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
    guard::caught(pin!(running)).await.unwrap_or_else(panicked)
}
