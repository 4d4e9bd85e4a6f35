//! What a handler may learn about a request besides its hook: as arguments of a function, or from the context of a method.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, StatusCode, Uri};
use bytes::Bytes;

use crate::descriptor::HookDescriptor;

/// The request behind a hook, for methods of an impl block with [`wcs_hook`](crate::wcs_hook).
pub struct Context {
    hook: &'static HookDescriptor,
    request: Parts,
    body: Bytes,
    id: OnceLock<RequestId>,
}

impl Context {
    /// A context by hand, to call a method in a test.
    #[must_use]
    pub fn new(hook: &'static HookDescriptor, request: Parts, body: Bytes) -> Self {
        Self { hook, request, body, id: OnceLock::new() }
    }

    /// What the contract says about the hook.
    #[must_use]
    pub fn hook(&self) -> &'static HookDescriptor {
        self.hook
    }

    /// Wire name of the hook.
    #[must_use]
    pub fn hook_name(&self) -> &'static str {
        self.hook.name
    }

    /// Headers of the request.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.request.headers
    }

    /// Method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.request.method
    }

    /// Where the request was sent to.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.request.uri
    }

    /// What layers in front of the server have left.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.request.extensions
    }

    /// The body as it came in.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Address of the sender, or of the proxy before this server. `None` if the server was not told, as in tests
    /// without a connection.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        peer(&self.request)
    }

    /// What names this request in logs.
    #[must_use]
    pub fn request_id(&self) -> &RequestId {
        self.id.get_or_init(|| RequestId::of(&self.request))
    }
}

/// Without headers and body, which may hold secrets.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("hook", &self.hook.name)
            .field("peer", &self.peer())
            .field("request_id", self.request_id())
            .finish_non_exhaustive()
    }
}

fn peer(request: &Parts) -> Option<SocketAddr> {
    request.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer)
}

/// An argument: address of the sender, or of the proxy before this server. `Option<Peer>` where it may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(request: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        peer(request).map(Self).ok_or((
            StatusCode::INTERNAL_SERVER_ERROR,
            "the peer's address is unknown: serve with `wcs_runtime::serve`, or with axum's \
             `into_make_service_with_connect_info::<SocketAddr>()`, or take `Option<Peer>`",
        ))
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(request: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(peer(request).map(Self))
    }
}

/// An argument: the body as it came in, byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct RawBody(pub Bytes);

/// The length alone: a body may hold secrets.
impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawBody({} bytes)", self.0.len())
    }
}

impl<S: Sync> FromRequestParts<S> for RawBody {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(request: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        request
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or((StatusCode::INTERNAL_SERVER_ERROR, "`RawBody` is known only to the handler of a hook"))
    }
}

/// An argument: what names this request in logs. From the header `x-request-id` if that is short and plain, else made up;
/// the same for everything that asks during one request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestId(Box<str>);

/// Longest identifier that is taken from the header.
const LONGEST: usize = 128;

impl RequestId {
    /// That of a request.
    #[must_use]
    pub fn of(request: &Parts) -> Self {
        if let Some(known) = request.extensions.get::<Self>() {
            return known.clone();
        }
        let sent = request.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        let plain = |id: &&str| (1..=LONGEST).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
        sent.filter(plain).map_or_else(Self::next, |id| Self(id.into()))
    }

    /// It as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Start of the process and a number, so that restarts and requests differ.
    fn next() -> Self {
        static START: OnceLock<u128> = OnceLock::new();
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let start =
            START.get_or_init(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis()));
        Self(format!("{start:x}-{}", NUMBER.fetch_add(1, Ordering::Relaxed)).into())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(request: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let id = Self::of(request);
        request.extensions.insert(id.clone());
        Ok(id)
    }
}
