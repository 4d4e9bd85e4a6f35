//! A backend that answers as a file says, in this process, on a real port.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::Response;
use serde_json::{Map, Value};

/// How one hook is answered. Without anything, by its own body.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answering {
    /// HTTP status; 200 if nothing is said.
    pub status: Option<u16>,
    /// Members that the echo has besides.
    #[serde(default)]
    pub set: Map<String, Value>,
    /// The body, instead of an echo.
    pub body: Option<Value>,
    /// The body, byte for byte, instead of an echo.
    pub text: Option<String>,
    /// Content type; empty for none.
    pub content_type: Option<String>,
    /// Milliseconds that pass before it.
    #[serde(default)]
    pub delay_ms: u64,
    /// Members that the echo lacks: those whose names begin so.
    pub without: Option<String>,
    /// A body that has this text somewhere is answered with 400.
    pub refuse: Option<String>,
    /// Longest body; a longer one is answered with 413.
    pub longest: Option<usize>,
    /// The connection ends in the middle of the answer.
    #[serde(default)]
    pub breaks_off: bool,
}

/// How each hook is answered; `*` stands for all others.
pub type Answers = BTreeMap<String, Answering>;

/// Starts a backend under `/hooks` on a free port; it runs until the runtime ends.
///
/// # Errors
///
/// If there is no port.
pub async fn start(answers: Answers) -> std::io::Result<SocketAddr> {
    let app = Router::new()
        .route("/hooks/{hook}", axum::routing::post(answer))
        .with_state(Arc::new(answers))
        .layer(axum::extract::DefaultBodyLimit::max(8 << 20));
    serve(app).await
}

/// Serves a router on a free port until the runtime ends.
///
/// # Errors
///
/// If there is no port.
pub async fn serve(app: Router) -> std::io::Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

async fn answer(State(answers): State<Arc<Answers>>, Path(hook): Path<String>, sent: Bytes) -> Response<Body> {
    let answering = answers.get(&hook).or_else(|| answers.get("*")).cloned().unwrap_or_default();
    tokio::time::sleep(Duration::from_millis(answering.delay_ms)).await;
    let echoed = || {
        let mut members: Map<String, Value> = serde_json::from_slice(&sent).unwrap_or_default();
        members.extend(answering.set.clone());
        let is_left_out = |name: &str| answering.without.as_ref().is_some_and(|start| name.starts_with(start.as_str()));
        members.retain(|name, _| !is_left_out(name));
        Value::Object(members).to_string()
    };
    let text = match (&answering.text, &answering.body) {
        (Some(text), _) => text.clone(),
        (None, Some(body)) => body.to_string(),
        (None, None) if answering.set.is_empty() && answering.without.is_none() => {
            String::from_utf8_lossy(&sent).into_owned()
        }
        (None, None) => echoed(),
    };
    let is_refused =
        answering.refuse.as_ref().is_some_and(|part| String::from_utf8_lossy(&sent).contains(part.as_str()));
    let is_too_long = answering.longest.is_some_and(|longest| sent.len() > longest);
    let mut response = Response::new(if answering.breaks_off { broken() } else { Body::from(text) });
    let status = match (is_too_long, is_refused) {
        (true, _) => Some(413),
        (_, true) => Some(400),
        _ => answering.status,
    };
    let status = status.and_then(|status| axum::http::StatusCode::from_u16(status).ok());
    *response.status_mut() = status.unwrap_or_default();
    let content_type = answering.content_type.unwrap_or_else(|| "application/json".to_owned());
    if let (false, Ok(value)) = (content_type.is_empty(), content_type.parse()) {
        response.headers_mut().insert("content-type", value);
    }
    response
}

/// A body that breaks off: longer than its own limit.
fn broken() -> Body {
    const LIMIT: usize = 1;
    Body::new(http_body_util::Limited::new(http_body_util::Full::new(Bytes::from_static(b"{}")), LIMIT))
}
