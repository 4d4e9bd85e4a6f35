//! Stands between a sender and its backend, changes no byte, and writes down what passes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Request, Response, StatusCode, Uri, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use wcs_contract::model::{Contract, Dispatch};

use super::exchange::{Exchange, Message};
use super::redact::Redactor;
use super::relay::{self, Framing, Relayed, Unread};
use crate::wire::reasons;

/// Requests that are passed on at the same time; more wait.
const AT_ONCE: u32 = 1024;

/// How long requests under way may take once the recording is to end.
const GRACE: Duration = Duration::from_secs(5);

/// Where requests go, and what is kept of them.
pub struct Settings {
    /// Scheme, host and port of the backend, and what is put before the paths of requests; without a slash at the end.
    pub forward: String,
    /// Largest body, of a request or of an answer.
    pub limit: usize,
    /// How long the backend may take.
    pub timeout: Duration,
    /// What takes secrets out; without it they are kept.
    pub redactor: Option<Redactor>,
    /// Where lines are written to.
    pub output: Box<dyn Write + Send>,
    /// Is told of each exchange, as it was written.
    pub listener: Box<dyn FnMut(&Exchange) + Send>,
}

/// What was recorded.
#[derive(Debug)]
pub struct Recorded {
    /// Exchanges.
    pub exchanges: usize,
    /// Those without an answer of the backend.
    pub failed: usize,
    /// What knows all secrets by now, for [`Redactor::again`].
    pub redactor: Option<Redactor>,
}

/// Reads the address of a backend for a proxy: a path in it is put before the paths of requests.
///
/// # Errors
///
/// What is wrong with the address, and how it is written.
pub fn forward(address: &str) -> Result<String, String> {
    let text = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let wrong = |reason: &str| {
        format!("`{address}` is no address of a backend: {reason}; write it like `http://127.0.0.1:8081`")
    };
    let uri: Uri = text.parse().map_err(|error: http::uri::InvalidUri| wrong(&error.to_string()))?;
    match (uri.scheme_str(), uri.authority(), uri.query()) {
        (Some("http"), Some(authority), None) => Ok(format!("http://{authority}{}", uri.path().trim_end_matches('/'))),
        (Some("https"), ..) => Err(wrong("only plain HTTP is spoken; name the port behind the TLS proxy")),
        (_, _, Some(_)) => Err(wrong("it can't have a query")),
        _ => Err(wrong("the scheme is not `http`, or there is no host")),
    }
}

/// Passes on what comes in, until it is told to stop; requests under way are finished first.
///
/// # Errors
///
/// When a line can't be written: what is not recorded is not passed on either.
pub async fn serve(
    contract: &Contract,
    listener: TcpListener,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> Result<Recorded, String> {
    let proxy = Arc::new(Proxy::new(contract, settings));
    let (ending, ends) = watch::channel(());
    let (open, mut all_closed) = mpsc::channel(1);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
            () = proxy.broken.notified() => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                tokio::spawn(connection(Arc::clone(&proxy), TokioIo::new(stream), ends.clone(), open.clone()));
            }
            // Too many open files, as a rule: some will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop((listener, ending, open));
    let finished = async {
        // What a sender no longer waits for is recorded too.
        let _ = proxy.places.acquire_many(AT_ONCE).await;
        let _: Option<()> = all_closed.recv().await;
    };
    let _ = tokio::time::timeout(GRACE, finished).await;
    proxy.recorder().result()
}

struct Proxy {
    client: Client<HttpConnector, Relayed>,
    forward: String,
    limit: usize,
    timeout: Duration,
    /// The contract's hooks, by all their spellings.
    hooks: HashMap<String, String>,
    began: Instant,
    places: Semaphore,
    broken: Notify,
    recorder: Mutex<Recorder>,
}

struct Recorder {
    redactor: Option<Redactor>,
    output: Box<dyn Write + Send>,
    listener: Box<dyn FnMut(&Exchange) + Send>,
    exchanges: usize,
    failed: usize,
    error: Option<String>,
}

impl Recorder {
    fn write(&mut self, exchange: Exchange) -> Result<(), String> {
        let exchange = match &mut self.redactor {
            Some(redactor) => redactor.redact(exchange),
            None => exchange,
        };
        let line = exchange.line()? + "\n";
        self.output.write_all(line.as_bytes()).and_then(|()| self.output.flush()).map_err(|error| error.to_string())?;
        self.exchanges += 1;
        self.failed += usize::from(exchange.error.is_some());
        (self.listener)(&exchange);
        Ok(())
    }

    fn result(&mut self) -> Result<Recorded, String> {
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(Recorded { exchanges: self.exchanges, failed: self.failed, redactor: self.redactor.take() }),
        }
    }
}

/// Serves a connection until the sender closes it, or the recording ends; `_open` tells that it has not yet.
async fn connection(
    proxy: Arc<Proxy>,
    stream: TokioIo<tokio::net::TcpStream>,
    mut ends: watch::Receiver<()>,
    _open: mpsc::Sender<()>,
) {
    let service = service_fn(move |request| {
        let proxy = Arc::clone(&proxy);
        async move {
            // A task of its own, so that an exchange is recorded also if the sender does not wait for its end.
            let task = tokio::spawn(exchange(proxy, request));
            let response = task.await.unwrap_or_else(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "it broke off"));
            Ok::<_, Infallible>(response)
        }
    });
    let mut server = hyper::server::conn::http1::Builder::new();
    server.preserve_header_case(true).auto_date_header(false).timer(TokioTimer::new());
    let serving = server.serve_connection(stream, service);
    tokio::pin!(serving);
    tokio::select! {
        // A connection that breaks is the sender's business; what was on the way is recorded.
        _ = serving.as_mut() => return,
        _ = ends.changed() => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}

async fn exchange(proxy: Arc<Proxy>, request: Request<Incoming>) -> Response<Relayed> {
    let Ok(_place) = proxy.places.acquire().await else { return refusal(StatusCode::SERVICE_UNAVAILABLE, "it ends") };
    let at = proxy.began.elapsed();
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let method = parts.method.to_string();
    let headers = relay::listed(&parts.headers);
    let mut sent = Bytes::new();
    let outcome = match relay::read(body, Framing::of(&parts.headers), proxy.limit).await {
        Ok(body) => {
            sent = body.bytes.clone();
            proxy.pass(parts, body).await
        }
        Err(Unread::TooLarge) => Err(proxy.too_large("the request", StatusCode::PAYLOAD_TOO_LARGE)),
        Err(Unread::Broken(why)) => Err((StatusCode::BAD_REQUEST, format!("the request broke off: {why}"))),
    };
    let took = proxy.began.elapsed().saturating_sub(at);
    let (response, error) = match outcome {
        Ok(response) => (response, None),
        Err((status, error)) => (refusal(status, &error), Some(error)),
    };
    let answer = match error {
        None => Message::new(relay::listed(response.headers()), &response.body().bytes),
        Some(_) => Message::default(),
    };
    let exchange = Exchange {
        at: milliseconds(at),
        took: milliseconds(took),
        method,
        hook: proxy.hooks.get(Dispatch::Path.hook(&path)).cloned(),
        path,
        request: Message::new(headers, &sent),
        status: response.status().as_u16(),
        answer,
        error,
    };
    match proxy.write(exchange) {
        Ok(()) => response,
        Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, &error),
    }
}

impl Proxy {
    fn new(contract: &Contract, settings: Settings) -> Self {
        let spelt = contract.hooks.iter().flat_map(|hook| {
            let aliases = hook.aliases.iter().map(|(alias, _)| alias);
            std::iter::once(&hook.name).chain(aliases).map(|name| (name.value.clone(), hook.name.value.clone()))
        });
        Self {
            client: relay::client(),
            forward: settings.forward,
            limit: settings.limit,
            timeout: settings.timeout,
            hooks: spelt.collect(),
            began: Instant::now(),
            places: Semaphore::new(AT_ONCE as usize),
            broken: Notify::new(),
            recorder: Mutex::new(Recorder {
                redactor: settings.redactor,
                output: settings.output,
                listener: settings.listener,
                exchanges: 0,
                failed: 0,
                error: None,
            }),
        }
    }

    /// Passes a request on and reads the answer.
    async fn pass(
        &self,
        mut parts: http::request::Parts,
        body: Relayed,
    ) -> Result<Response<Relayed>, (StatusCode, String)> {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        parts.uri = format!("{}{path}", self.forward)
            .parse()
            .map_err(|error| (StatusCode::BAD_REQUEST, format!("the path can't be passed on: {error}")))?;
        parts.version = Version::HTTP_11;
        relay::strip(&mut parts.headers);
        let answered = async {
            let response = self.client.request(Request::from_parts(parts, body)).await;
            let response = response.map_err(|error| {
                (StatusCode::BAD_GATEWAY, format!("no answer from {}: {}", self.forward, reasons(&error)))
            })?;
            let (mut parts, body) = response.into_parts();
            let body = match relay::read(body, Framing::of(&parts.headers), self.limit).await {
                Ok(body) => body,
                Err(Unread::TooLarge) => return Err(self.too_large("the answer", StatusCode::BAD_GATEWAY)),
                Err(Unread::Broken(why)) => {
                    return Err((StatusCode::BAD_GATEWAY, format!("the answer broke off: {why}")));
                }
            };
            relay::strip(&mut parts.headers);
            parts.version = Version::HTTP_11;
            Ok(Response::from_parts(parts, body))
        };
        tokio::time::timeout(self.timeout, answered).await.unwrap_or_else(|_| {
            let seconds = self.timeout.as_secs_f64();
            Err((StatusCode::GATEWAY_TIMEOUT, format!("no answer from {} within {seconds} s", self.forward)))
        })
    }

    fn too_large(&self, what: &str, status: StatusCode) -> (StatusCode, String) {
        (status, format!("{what} has more than {} bytes; a higher limit takes more", self.limit))
    }

    fn write(&self, exchange: Exchange) -> Result<(), String> {
        let mut recorder = self.recorder();
        let written = match &recorder.error {
            Some(error) => Err(error.clone()),
            None => recorder.write(exchange),
        };
        written.map_err(|error| {
            let error = format!("can't write the recording: {error}");
            recorder.error.get_or_insert_with(|| error.clone());
            self.broken.notify_one();
            error
        })
    }

    fn recorder(&self) -> std::sync::MutexGuard<'_, Recorder> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer of the proxy's own.
fn refusal(status: StatusCode, why: &str) -> Response<Relayed> {
    let mut response = Response::new(Relayed::new(Bytes::from(format!("wcs record: {why}\n"))));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
