//! Single connections, where the wire's pool would hide what happens to them.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use wcs_contract::model::Dispatch;

use crate::target::Target;

/// Largest answer that is read.
const MAX_ANSWER: usize = 16 << 20;

/// Opens connections to a backend.
pub(super) struct Probe {
    authority: http::uri::Authority,
    path: String,
}

/// A connection.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
}

/// A request by its method, hook, body and the header that shows who sends it.
pub(super) struct Request<'a> {
    pub(super) method: Method,
    pub(super) hook: &'a str,
    pub(super) body: Bytes,
    pub(super) proof: Option<(http::HeaderName, http::HeaderValue)>,
}

impl Probe {
    pub(super) fn new(target: &Target) -> Result<Self, String> {
        let uri: http::Uri = target.base().parse().map_err(|error: http::uri::InvalidUri| error.to_string())?;
        let authority = uri.authority().cloned().ok_or("the address has no host")?;
        Ok(Self { authority, path: uri.path().trim_end_matches('/').to_owned() })
    }

    pub(super) async fn connect(&self) -> Result<Connection, String> {
        const HTTP: u16 = 80;
        const WAIT: Duration = Duration::from_secs(10);
        let host = self.authority.host().trim_start_matches('[').trim_end_matches(']');
        let connecting = TcpStream::connect((host, self.authority.port_u16().unwrap_or(HTTP)));
        let stream = tokio::time::timeout(WAIT, connecting)
            .await
            .map_err(|_| "the connection is not accepted".to_owned())?
            .map_err(|error| error.to_string())?;
        let _ = stream.set_nodelay(true);
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        Ok(Connection { sender })
    }

    /// Sends a request and reads the whole answer.
    pub(super) async fn ask(
        &self,
        connection: &mut Connection,
        request: Request<'_>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, String> {
        let mut built = http::Request::builder()
            .method(request.method)
            .uri(Dispatch::Path.address(&self.path, request.hook))
            .header(http::header::HOST, self.authority.as_str())
            .header(http::header::ACCEPT, "application/json, application/*+json");
        if !request.body.is_empty() {
            built = built.header(http::header::CONTENT_TYPE, "application/json;charset=UTF-8");
        }
        if let Some((name, value)) = request.proof {
            built = built.header(name, value);
        }
        let built = built.body(Full::new(request.body)).map_err(|error| error.to_string())?;
        let exchange = async {
            connection.sender.ready().await.map_err(|error| error.to_string())?;
            let response = connection.sender.send_request(built).await.map_err(|error| error.to_string())?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, MAX_ANSWER).collect().await.map_err(|error| error.to_string())?;
            Ok(Response::from_parts(parts, body.to_bytes()))
        };
        tokio::time::timeout(timeout, exchange).await.map_err(|_| "nothing in time".to_owned())?
    }
}

/// Whether an answer says that its connection ends with it.
pub(super) fn says_close(answer: &Response<Bytes>) -> bool {
    let word = |wanted: &str| {
        let values = answer.headers().get_all(http::header::CONNECTION).iter();
        values.filter_map(|value| value.to_str().ok()).any(|value| value.to_ascii_lowercase().contains(wanted))
    };
    word("close") || (answer.version() == http::Version::HTTP_10 && !word("keep-alive"))
}
