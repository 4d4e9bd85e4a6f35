//! Sending a hook as the contract's sender does: its headers, its timeout, its signature.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use base64::Engine as _;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Frame, SizeHint};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use wcs_contract::model::{Contract, Digest, Dispatch, Signature};
use wcs_sign::{Key, Scheme};

use crate::target::Target;

/// Largest answer that is read.
const MAX_ANSWER: usize = 16 << 20;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Answered {
        /// HTTP status.
        status: u16,
        /// Content type, as it was written.
        content_type: Option<String>,
        /// The body.
        body: Bytes,
    },
    /// None in time.
    TimedOut,
    /// No connection, or one that broke; and why.
    Failed(String),
}

/// How a body goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// At once.
    #[default]
    Plain,
    /// In pieces, with a pause of so many milliseconds before each.
    Slow(u64),
    /// Half of it; then the connection is cut.
    Cut,
}

/// Who the sender says that it is.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// The key that requests are signed with.
    pub secret: Option<Vec<u8>>,
    /// User name and password for HTTP Basic.
    pub basic: Option<(String, String)>,
}

/// A sender's end of the wire to one backend; it keeps connections alive.
#[derive(Clone)]
pub struct Wire {
    client: Client<HttpConnector, Paced>,
    base: String,
    timeout: Duration,
    authorization: Authorization,
}

#[derive(Clone)]
enum Authorization {
    None,
    Basic(HeaderValue),
    Signed { header: HeaderName, prefix: String, key: Key },
}

impl Wire {
    /// A wire to a backend. Without a timeout of its own it waits as long as the contract's sender does.
    ///
    /// # Errors
    ///
    /// When the contract's sender can't sign, or can't do so together with HTTP Basic.
    pub fn new(
        contract: &Contract,
        target: &Target,
        credentials: &Credentials,
        timeout: Option<Duration>,
    ) -> Result<Self, String> {
        let seconds = contract.sender.as_ref().map_or(15, |sender| sender.timeout.seconds.value);
        let timeout = timeout.unwrap_or(Duration::from_secs(seconds.into()));
        Ok(Self {
            client: client(),
            base: target.base().to_owned(),
            timeout,
            authorization: authorization(contract, credentials)?,
        })
    }

    /// The same wire with connections of its own, as after a restart.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { client: client(), ..self.clone() }
    }

    /// How long an answer may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Posts a body to a hook and waits for the answer; tells how long it took.
    pub async fn post(&self, hook: &str, body: Bytes, manner: Manner) -> (Reply, Duration) {
        let started = Instant::now();
        let reply = match self.request(hook, body, manner) {
            // A sender's timeout is one of reading: a body that is sent slowly does not count.
            Ok(request) => match tokio::time::timeout(self.timeout + manner.takes(), self.exchange(request)).await {
                Ok(reply) => reply,
                Err(_) => Reply::TimedOut,
            },
            Err(reason) => Reply::Failed(reason),
        };
        (reply, started.elapsed())
    }

    fn request(&self, hook: &str, body: Bytes, manner: Manner) -> Result<http::Request<Paced>, String> {
        let mut request = http::Request::post(Dispatch::Path.address(&self.base, hook))
            .header(ACCEPT, "application/json, application/*+json")
            .header(CONTENT_TYPE, "application/json;charset=UTF-8");
        if let Some((name, value)) = self.proof(&body) {
            request = request.header(name, value);
        }
        request.body(Paced::new(body, manner)).map_err(|error| error.to_string())
    }

    /// The header by which the sender shows who it is.
    pub(crate) fn proof(&self, body: &[u8]) -> Option<(HeaderName, HeaderValue)> {
        match &self.authorization {
            Authorization::None => None,
            Authorization::Basic(value) => Some((AUTHORIZATION, value.clone())),
            Authorization::Signed { header, prefix, key } => {
                let value = HeaderValue::try_from(format!("{prefix}{}", key.sign(body))).ok()?;
                Some((header.clone(), value))
            }
        }
    }

    async fn exchange(&self, request: http::Request<Paced>) -> Reply {
        let response = match self.client.request(request).await {
            Ok(response) => response,
            Err(error) => return Reply::Failed(reasons(&error)),
        };
        let status = response.status().as_u16();
        let content_type =
            response.headers().get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        match Limited::new(response.into_body(), MAX_ANSWER).collect().await {
            Ok(body) => Reply::Answered { status, content_type, body: body.to_bytes() },
            Err(error) => Reply::Failed(format!("the answer broke off: {error}")),
        }
    }
}

fn client() -> Client<HttpConnector, Paced> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    Client::builder(TokioExecutor::new()).build(connector)
}

fn authorization(contract: &Contract, credentials: &Credentials) -> Result<Authorization, String> {
    let signature = contract.sender.as_ref().and_then(|sender| sender.signature.as_ref());
    match (&credentials.secret, &credentials.basic) {
        (None, None) => Ok(Authorization::None),
        (Some(_), None) if signature.is_none() => Err("this contract's sender can't sign its requests".to_owned()),
        (Some(secret), None) => {
            let Some(signature) = signature else { return Ok(Authorization::None) };
            let header = signature.header.value.parse().map_err(|_| {
                format!("the contract's signature stands in `{}`, which is no HTTP header", signature.header.value)
            })?;
            Ok(Authorization::Signed { header, prefix: signature.prefix.value.clone(), key: key(signature, secret) })
        }
        (None, Some((user, password))) => {
            let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
            let value = HeaderValue::try_from(format!("Basic {encoded}")).map_err(|error| error.to_string())?;
            Ok(Authorization::Basic(value))
        }
        (Some(_), Some(_)) => Err("a request is either signed or has a user name: both use the same header".to_owned()),
    }
}

/// The signature of a body, with what stands before it.
#[must_use]
pub fn sign(signature: &Signature, secret: &[u8], body: &[u8]) -> String {
    format!("{}{}", signature.prefix.value, key(signature, secret).sign(body))
}

fn key(signature: &Signature, secret: &[u8]) -> Key {
    Key::new(scheme(signature.digest.value), secret)
}

/// Scheme of a digest. Both crates spell it with the same word:
///
/// ```
/// use wcs_contract::model::Digest;
/// use wcs_simulator::wire::scheme;
///
/// assert!(Digest::ALL.iter().all(|digest| scheme(*digest).word() == digest.word()));
/// ```
#[must_use]
pub fn scheme(digest: Digest) -> Scheme {
    Scheme::named(digest.word()).unwrap_or_else(|| unreachable!("each digest of the language is a scheme"))
}

/// An error with everything that caused it.
pub(crate) fn reasons(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Why a connection ended that was cut on purpose.
const CUT: &str = "cut in the middle of the body, on purpose";

/// Pieces that a slow body is sent in.
const PIECES: usize = 8;

impl Manner {
    fn takes(self) -> Duration {
        match self {
            Self::Slow(pause) => Duration::from_millis(pause * (PIECES as u64 + 1)),
            Self::Plain | Self::Cut => Duration::ZERO,
        }
    }
}

/// A body that goes over the wire at a pace of its own.
struct Paced {
    rest: Bytes,
    manner: Manner,
    piece: usize,
    pause: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Paced {
    fn new(body: Bytes, manner: Manner) -> Self {
        let piece = match manner {
            Manner::Plain => body.len(),
            Manner::Slow(_) => body.len() / PIECES + 1,
            Manner::Cut => body.len() / 2,
        };
        Self { rest: body, manner, piece, pause: None }
    }

    /// Whether a pause of so many milliseconds is not over yet.
    fn pauses(&mut self, milliseconds: u64, context: &mut Context<'_>) -> bool {
        let pause = Duration::from_millis(milliseconds);
        let sleep = self.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        sleep.as_mut().poll(context).is_pending()
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        if this.rest.is_empty() {
            return Poll::Ready(None);
        }
        match this.manner {
            Manner::Plain => {}
            Manner::Cut if this.piece > 0 => {
                let half = this.rest.split_to(this.piece);
                this.piece = 0;
                return Poll::Ready(Some(Ok(Frame::data(half))));
            }
            Manner::Cut => {
                // The first half is to arrive before the connection ends.
                if this.pauses(10, context) {
                    return Poll::Pending;
                }
                return Poll::Ready(Some(Err(std::io::Error::other(CUT))));
            }
            Manner::Slow(pause) => {
                if this.pauses(pause, context) {
                    return Poll::Pending;
                }
                this.pause = None;
            }
        }
        let next = this.rest.split_to(this.piece.min(this.rest.len()));
        Poll::Ready(Some(Ok(Frame::data(next))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
