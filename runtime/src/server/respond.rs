//! The responses that no handler writes, and how replies become responses.

use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use http_body_util::{BodyExt as _, Limited};

use super::handler::Failure;
use crate::answer::Reply;
use crate::decode::DecodeError;
use crate::descriptor::ContractDescriptor;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Longer names are not compared with those of hooks: it would take long, and nothing would be found.
const LONGEST_NAME: usize = 100;

pub(super) fn reply(reply: Reply, format: &HeaderValue) -> Response {
    response(reply.status, format.clone(), Body::from(reply.body))
}

/// Of an extractor's rejection only the status and a short text are kept: the sender wants JSON.
pub(super) async fn failure(hook: &str, failure: Failure, error_status: u16) -> Reply {
    match failure {
        Failure::Handler(error) => {
            tracing::error!(hook, error = %error, "the handler of a hook failed");
            Reply::error(error.status_or(error_status), error.message())
        }
        Failure::Rejected(rejection) => {
            let status = rejection.status().as_u16();
            let text = Limited::new(rejection.into_body(), 1000).collect().await.map(|body| body.to_bytes());
            let text = text.map_or_else(|_| String::new(), |text| String::from_utf8_lossy(&text).into_owned());
            tracing::error!(
                hook,
                status,
                rejection = text,
                "an argument of a handler could not be taken from the request"
            );
            Reply::error(status, "the request lacks what the handler of the hook needs; the backend's log says what")
        }
    }
}

pub(super) fn unreadable(error: &DecodeError) -> Response {
    let body = serde_json::json!({ "error": error.message, "line": error.line, "column": error.column });
    response(400, JSON, Body::from(body.to_string()))
}

/// The guards' answer to what they don't let in.
pub(super) fn refusal(status: u16, message: &str) -> Response {
    response(status, JSON, Body::from(Reply::error(status, message).body))
}

/// The guards' answer to what they might let in a moment later.
pub(super) fn try_again(message: &str) -> Response {
    let mut response = refusal(503, message);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

pub(super) fn wrong_method(hook: &str, method: &Method) -> Response {
    let mut response = text(405, format!("`{hook}` is a hook: it is sent with POST, not with {method}.\n"));
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

/// The answer of an endpoint to another method than its own.
pub(super) fn only_read(name: &str, method: &Method) -> Response {
    let mut response = text(405, format!("`{name}` is no hook: it is read with GET, not with {method}.\n"));
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// What the server tells about itself; it changes all the time, so nobody should keep it.
pub(super) fn json(value: &impl serde::Serialize) -> Response {
    // Maps with text as keys, text and numbers: nothing that JSON can't say.
    let body = serde_json::to_string(value).unwrap_or_default();
    let mut response = response(200, JSON, Body::from(body));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Text that the server tells about itself.
#[cfg(feature = "prometheus")]
pub(super) fn plain(lines: String) -> Response {
    text(200, lines)
}

pub(super) fn about(contract: &ContractDescriptor, base: &str) -> Response {
    let mut lines = format!("{} {}: POST a hook's JSON to one of these.\n", contract.title, contract.version);
    for hook in contract.hooks {
        lines.push_str(&format!("{base}/{}\n", hook.name));
    }
    text(200, lines)
}

pub(super) fn unknown_hook(contract: &ContractDescriptor, base: &str, name: &str) -> Response {
    let shown_base = if base.is_empty() { "/" } else { base };
    if name.is_empty() {
        return text(404, format!("A hook's name is expected after the base path {shown_base}.\n"));
    }
    let mut lines = format!(
        "There is no hook `{name}` under the base path {shown_base} in {} {}.\n",
        contract.title, contract.version
    );
    let last = name.rsplit('/').next().unwrap_or(name);
    if let Some(hook) = contract.hook(last) {
        lines.push_str(&format!(
            "`{}` is one: the sender's base path must be {shown_base}, without more after it.\n",
            hook.name
        ));
    } else if let Some(nearest) = nearest(contract, last) {
        lines.push_str(&format!("The nearest name is `{nearest}`.\n"));
    }
    text(404, lines)
}

/// The hook whose name is most like this one, if any is like it.
fn nearest(contract: &ContractDescriptor, name: &str) -> Option<&'static str> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    let wanted = name.to_lowercase();
    let spellings = contract.hooks.iter().flat_map(|hook| {
        hook.aliases
            .iter()
            .chain([&hook.name])
            .map(|spelling| (strsim::osa_distance(&wanted, &spelling.to_lowercase()), hook.name))
    });
    let (distance, nearest) = spellings.min_by_key(|(distance, _)| *distance)?;
    (distance <= (wanted.chars().count() / 3).max(2)).then_some(nearest)
}

fn text(status: u16, text: String) -> Response {
    response(status, TEXT, Body::from(text))
}

fn response(status: u16, format: HeaderValue, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, format);
    response
}
