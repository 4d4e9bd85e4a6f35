//! Passing messages on as they are: what belongs to one connection alone, and bodies that keep their framing.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONNECTION, HeaderMap, HeaderName, TE, TRANSFER_ENCODING, UPGRADE};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// A body that was read whole.
#[derive(Debug, Default)]
pub(crate) struct Relayed {
    pub(crate) bytes: Bytes,
    trailers: Option<HeaderMap>,
    framing: Framing,
    sent: bool,
}

/// How the receiver learns where the body ends.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// By its length.
    #[default]
    Length,
    /// Chunk by chunk.
    Chunked,
}

impl Framing {
    /// The framing of a message that came in.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        if headers.contains_key(TRANSFER_ENCODING) { Self::Chunked } else { Self::Length }
    }
}

impl Relayed {
    /// A body of these bytes.
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self { bytes, ..Self::default() }
    }
}

/// Reads a body whole, up to a limit.
///
/// # Errors
///
/// Why it could not be read.
pub(crate) async fn read(body: Incoming, framing: Framing, limit: usize) -> Result<Relayed, Unread> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => {
            let trailers = collected.trailers().cloned();
            Ok(Relayed { bytes: collected.to_bytes(), trailers, framing, sent: false })
        }
        Err(error) if error.is::<LengthLimitError>() => Err(Unread::TooLarge),
        Err(error) => Err(Unread::Broken(crate::wire::reasons(error.as_ref()))),
    }
}

/// Why a body could not be read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is larger than the limit.
    TooLarge,
    /// The connection broke.
    Broken(String),
}

impl Body for Relayed {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        if !this.sent && !this.bytes.is_empty() {
            this.sent = true;
            return Poll::Ready(Some(Ok(Frame::data(this.bytes.clone()))));
        }
        this.sent = true;
        Poll::Ready(this.trailers.take().map(|trailers| Ok(Frame::trailers(trailers))))
    }

    fn is_end_stream(&self) -> bool {
        // A body that comes in chunks has a last one, even if that is its only one.
        (self.sent || self.bytes.is_empty() && self.framing == Framing::Length) && self.trailers.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.framing {
            Framing::Length => SizeHint::with_exact(if self.sent { 0 } else { self.bytes.len() as u64 }),
            Framing::Chunked => SizeHint::new(),
        }
    }
}

/// A client that writes headers as it is told to.
pub(crate) fn client() -> Client<HttpConnector, Relayed> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    Client::builder(TokioExecutor::new()).set_host(false).http1_preserve_header_case(true).build(connector)
}

/// Takes away the headers that concern one connection alone.
pub(crate) fn strip(headers: &mut HeaderMap) {
    let named =
        headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let named: Vec<HeaderName> = named.filter_map(|name| name.trim().parse().ok()).collect();
    let standard = [CONNECTION, TE, TRANSFER_ENCODING, UPGRADE];
    let others = [HeaderName::from_static("keep-alive"), HeaderName::from_static("proxy-connection")];
    for name in named.into_iter().chain(standard).chain(others) {
        headers.remove(name);
    }
}

/// Headers as a recording has them.
pub(crate) fn listed(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}
