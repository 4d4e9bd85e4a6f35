//! From a request to its answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;

use axum::body::Body;
use axum::extract::{NestedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::counters::Counters;
use super::handler::{Failure, Running};
use super::hooks::{Route, Server, Unhandled, UnknownHook};
use super::respond;
use crate::answer::Reply;
use crate::decode::{self, Arrived, DecodeError, Decoded, Span};
use crate::descriptor::HookDescriptor;
use crate::error::HandlerError;

/// Tables up to this size are decoded on the stack.
const SPANS_ON_STACK: usize = 64;

pub(super) async fn respond<S: Clone + Send + Sync + 'static>(
    server: Arc<Server<S>>,
    state: S,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // Some operators write the application's address with a slash at the end, so that two come together.
    let path = parts.uri.path();
    let name = path.strip_prefix(server.base.as_str()).unwrap_or(path).trim_matches('/');
    let Some(route) = server.route(name) else {
        return without_hook(&server, name, &parts, body).await;
    };
    if parts.method != Method::POST {
        return respond::wrong_method(route.hook.name, &parts.method);
    }
    note_format(&server.counters, route.hook.name, &parts.headers);
    let body = match read(&server, &parts.headers, body).await {
        Ok(body) => body,
        Err(response) => return response,
    };
    let mut few = [Span::ABSENT; SPANS_ON_STACK];
    let mut many = Vec::new();
    let members = route.hook.members;
    let spans = match few.get_mut(..members.len()) {
        Some(spans) => spans,
        None => {
            many.resize(members.len(), Span::ABSENT);
            many.as_mut_slice()
        }
    };
    let running = match decode::decode(members, &body, spans) {
        Err(error) => return unreadable(&server.counters, route.hook.name, &error),
        Ok(decoded) => {
            note(&server.counters, route.hook, decoded);
            begin(&server, route, state, parts, Arrived { body, spans, decoded })
        }
    };
    let reply = match running {
        Begun::Answered(reply) => reply,
        Begun::Running(running) => finish(&server, route.hook, running).await,
    };
    respond::reply(reply, &server.format)
}

fn unreadable(counters: &Counters, hook: &str, error: &DecodeError) -> Response {
    Counters::add(&counters.unreadable, 1);
    tracing::warn!(hook, %error, "the body of a hook can't be read");
    respond::unreadable(error)
}

/// What has no hook's name: the base itself, or something unknown.
async fn without_hook<S>(server: &Server<S>, name: &str, parts: &Parts, body: Body) -> Response {
    let nested = parts.extensions.get::<NestedPath>().map_or("", NestedPath::as_str);
    let base = format!("{}{}", nested.trim_end_matches('/'), server.base);
    if name.is_empty() && (parts.method == Method::GET || parts.method == Method::HEAD) {
        return respond::about(server.contract, &base);
    }
    Counters::add(&server.counters.unknown_hooks, 1);
    if server.unknown == UnknownHook::Echo && parts.method == Method::POST && !name.is_empty() {
        tracing::debug!(hook = name, "a hook that the contract does not have is echoed");
        return match read(server, &parts.headers, body).await {
            Err(response) => response,
            Ok(body) => match decode::decode(&[], &body, &mut []) {
                Ok(_) => respond::reply(Reply { status: server.contract.sender.accept_status, body }, &server.format),
                Err(error) => unreadable(&server.counters, name, &error),
            },
        };
    }
    tracing::warn!(hook = name, %base, "a request for a hook that the contract does not have");
    respond::unknown_hook(server.contract, &base, name)
}

/// The whole body, unless it is over the limit.
async fn read<S>(server: &Server<S>, headers: &HeaderMap, body: Body) -> Result<Bytes, Response> {
    let limit = server.body_limit;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let too_large = announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit));
    let read = if too_large { None } else { Some(Limited::new(body, limit).collect().await) };
    match read {
        Some(Ok(body)) => Ok(body.to_bytes()),
        Some(Err(error)) if !error.is::<LengthLimitError>() => {
            tracing::debug!(%error, "the body of a hook did not arrive");
            Err(respond::broken_off())
        }
        _ => {
            Counters::add(&server.counters.too_large, 1);
            tracing::warn!(limit, "the body of a hook is larger than the limit");
            Err(respond::too_large(limit))
        }
    }
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
    Answered(Reply),
    Running(Running),
}

/// Starts the handler; a hook without one is answered with its own body, or with a denial.
fn begin<S>(server: &Server<S>, route: &Route<S>, state: S, parts: Parts, arrived: Arrived<'_>) -> Begun {
    let sender = &server.contract.sender;
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

async fn finish<S>(server: &Server<S>, hook: &HookDescriptor, running: Running) -> Reply {
    match guarded(running).await {
        Ok(reply) => reply,
        Err(failure) => {
            Counters::add(&server.counters.failed, 1);
            respond::failure(hook.name, failure).await
        }
    }
}

fn note(counters: &Counters, hook: &HookDescriptor, decoded: Decoded) {
    Counters::add(&counters.hooks, 1);
    Counters::add(&counters.unknown_members, decoded.unknown);
    Counters::add(&counters.duplicate_members, decoded.duplicates);
    if decoded.unknown > 0 || decoded.duplicates > 0 {
        let Decoded { unknown, duplicates } = decoded;
        tracing::debug!(hook = hook.name, unknown, duplicates, "a hook with members that the contract does not expect");
    }
}

/// A handler that panics fails its own hook, not the connection on which others may wait.
async fn guarded(mut running: Running) -> Result<Reply, Failure> {
    std::future::poll_fn(move |context| {
        catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(context))).unwrap_or_else(|_| {
            Poll::Ready(Err(Failure::Handler(HandlerError::new(500, "the handler of the hook panicked"))))
        })
    })
    .await
}
