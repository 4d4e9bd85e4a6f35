//! Sends recorded requests again, as they followed each other.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, HOST, HeaderValue};
use http_body_util::{BodyExt, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::task::JoinHandle;
use wcs_contract::model::{Contract, Dispatch};

use super::compare::{Answer, Compare, Comparison, compare};
use super::exchange::Exchange;
use super::relay::{self, Relayed};
use super::renew::{self, Renewed};
use super::secrets::pieces;
use crate::wire::{Credentials, reasons, sign};

/// Largest answer that is read.
const MAX_ANSWER: usize = 64 << 20;

/// Requests under way at the same time.
const AT_ONCE: usize = 256;

/// How fast it goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// So many times as fast as it was recorded.
    Times(f64),
    /// Without waiting; a request still follows the answers that it followed in the recording.
    Max,
}

/// How a recording is replayed.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and port of the backend, without a slash at the end; with a path, that one takes the place of
    /// everything before the hook's name.
    pub target: String,
    /// How fast.
    pub pace: Pace,
    /// What is compared.
    pub compare: Compare,
    /// Number that new identifiers come from; without it the recorded ones are sent.
    pub new_ids: Option<u64>,
    /// JSON Pointers of which differences do not count, with all that is below.
    pub ignore: Vec<String>,
    /// Who the sender says that it is, in place of what was recorded.
    pub credentials: Credentials,
    /// How long an answer may take.
    pub timeout: Duration,
}

/// One request that was sent again.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// Line of the recording.
    pub line: usize,
    /// What the hook is called.
    pub hook: String,
    /// Path that it was sent to.
    pub path: String,
    /// How long the answer took.
    pub took: Duration,
    /// How it went.
    pub result: Outcome,
}

/// How a request went.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The answer was held against the recorded one.
    Compared(Comparison),
    /// There is no recorded answer, for this reason.
    NothingRecorded(String),
    /// No answer came, for this reason.
    Failed(String),
}

/// What came of a replay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Requests that were sent.
    pub sent: usize,
    /// Answers like the recorded ones.
    pub same: usize,
    /// Answers that differ.
    pub different: usize,
    /// Requests without an answer.
    pub failed: usize,
    /// Requests without a recorded answer.
    pub uncompared: usize,
    /// Places that were not compared, as they were redacted.
    pub lenient: usize,
    /// Identifiers that were renewed.
    pub new_ids: usize,
    /// How long it took.
    pub took: Duration,
}

/// Sends the requests of a recording, in the order of their times.
///
/// # Errors
///
/// When the contract's sender can't authenticate as was asked for.
pub async fn replay(
    contract: &Contract,
    settings: &Settings,
    exchanges: &[(usize, Exchange)],
    listener: &mut dyn FnMut(&Replayed),
) -> Result<Summary, String> {
    let sender = Sender::new(contract, settings)?;
    let renewed = settings.new_ids.map(|seed| renew::renew(contract, exchanges, seed)).unwrap_or_default();
    let mut summary = Summary { new_ids: renewed.len(), ..Summary::default() };
    let began = Instant::now();
    let first = exchanges.first().map_or(0, |(_, exchange)| exchange.at);
    let mut under_way: Vec<(u64, JoinHandle<Replayed>)> = Vec::new();
    for (line, exchange) in exchanges {
        // A request follows the answers that it followed when it was recorded: they may be why it was sent.
        let mut still = Vec::new();
        for (end, task) in under_way {
            if end <= exchange.at || still.len() >= AT_ONCE {
                note(task, &mut summary, listener).await;
            } else {
                still.push((end, task));
            }
        }
        under_way = still;
        if let Pace::Times(factor) = settings.pace {
            let due = Duration::from_millis(exchange.at - first).div_f64(factor.max(f64::MIN_POSITIVE));
            tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
        }
        let task = tokio::spawn(one(sender.clone(), *line, renewed_exchange(exchange, &renewed)));
        under_way.push((exchange.at.saturating_add(exchange.took), task));
    }
    for (_, task) in under_way {
        note(task, &mut summary, listener).await;
    }
    summary.took = began.elapsed();
    Ok(summary)
}

async fn note(task: JoinHandle<Replayed>, summary: &mut Summary, listener: &mut dyn FnMut(&Replayed)) {
    // A task that was not cancelled ends with its result.
    let Ok(replayed) = task.await else { return };
    summary.sent += 1;
    match &replayed.result {
        Outcome::Compared(comparison) => {
            summary.lenient += comparison.lenient.len();
            if comparison.differences.is_empty() {
                summary.same += 1;
            } else {
                summary.different += 1;
            }
        }
        Outcome::NothingRecorded(_) => summary.uncompared += 1,
        Outcome::Failed(_) => summary.failed += 1,
    }
    listener(&replayed);
}

/// What is sent, and what is expected.
struct Planned {
    exchange: Exchange,
    request: Bytes,
    answer: Bytes,
}

fn renewed_exchange(exchange: &Exchange, renewed: &Renewed) -> Planned {
    // Reading the recording has decoded the bodies already.
    let request = renewed.body(exchange.request.bytes().unwrap_or_default());
    let answer = renewed.body(exchange.answer.bytes().unwrap_or_default());
    Planned { exchange: exchange.clone(), request, answer }
}

#[derive(Clone)]
struct Sender {
    client: Client<HttpConnector, Relayed>,
    settings: Settings,
    host: HeaderValue,
    signature: Option<wcs_contract::model::Signature>,
}

impl Sender {
    fn new(contract: &Contract, settings: &Settings) -> Result<Self, String> {
        let signature = contract.sender.as_ref().and_then(|sender| sender.signature.clone());
        if settings.credentials.secret.is_some() && signature.is_none() {
            return Err("this contract's sender can't sign its requests".to_owned());
        }
        let authority = settings.target.trim_start_matches("http://").split('/').next().unwrap_or_default();
        let host = HeaderValue::try_from(authority).map_err(|error| error.to_string())?;
        Ok(Self { client: relay::client(), settings: settings.clone(), host, signature })
    }

    /// The address of a recorded path.
    fn address(&self, path: &str) -> String {
        let target = &self.settings.target;
        let own_path = target.trim_start_matches("http://").contains('/');
        if !own_path {
            return format!("{target}{path}");
        }
        let query = path.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        format!("{}{query}", Dispatch::Path.address(target, Dispatch::Path.hook(path)))
    }

    fn request(&self, exchange: &Exchange, body: Bytes) -> Result<http::Request<Relayed>, String> {
        let mut request = http::Request::builder().method(exchange.method.as_str()).uri(self.address(&exchange.path));
        let signature = self.signature.as_ref().filter(|_| self.settings.credentials.secret.is_some());
        let replaces = |name: &str| {
            let is_signature = signature.is_some_and(|signature| signature.header.value.eq_ignore_ascii_case(name));
            let is_basic = self.settings.credentials.basic.is_some() && name == AUTHORIZATION.as_str();
            is_signature || is_basic || matches!(name, "host" | "content-length" | "expect")
        };
        // Redacted credentials are none; a backend that asks for them gets those that it is told.
        let kept = exchange.request.headers.iter().filter(|(name, value)| !replaces(name) && pieces(value).len() == 1);
        for (name, value) in kept {
            request = request.header(name, value);
        }
        request = request.header(HOST, &self.host);
        if let (Some(signature), Some(secret)) = (signature, &self.settings.credentials.secret) {
            request = request.header(signature.header.value.as_str(), sign(signature, secret, &body));
        }
        if let Some((user, password)) = &self.settings.credentials.basic {
            request = request.header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))));
        }
        let mut request = request.body(Relayed::new(body)).map_err(|error| error.to_string())?;
        relay::strip(request.headers_mut());
        Ok(request)
    }

    async fn send(&self, exchange: &Exchange, body: Bytes) -> Result<(u16, Bytes), String> {
        let request = self.request(exchange, body)?;
        let answered = async {
            let response = self.client.request(request).await.map_err(|error| reasons(&error))?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await;
            Ok((status, body.map_err(|error| format!("the answer broke off: {error}"))?.to_bytes()))
        };
        let late = |_| Err(format!("no answer within {} s", self.settings.timeout.as_secs_f64()));
        tokio::time::timeout(self.settings.timeout, answered).await.unwrap_or_else(late)
    }
}

async fn one(sender: Sender, line: usize, planned: Planned) -> Replayed {
    let Planned { exchange, request, answer } = planned;
    let began = Instant::now();
    let reply = sender.send(&exchange, request).await;
    let result = match (reply, &exchange.error) {
        (Err(why), _) => Outcome::Failed(why),
        (Ok(_), Some(why)) => Outcome::NothingRecorded(why.clone()),
        (Ok((status, body)), None) => {
            let recorded = Answer { status: exchange.status, body: &answer };
            let now = Answer { status, body: &body };
            let mut comparison = compare(sender.settings.compare, recorded, now, &exchange.answer.redacted);
            comparison.differences.retain(|difference| !is_ignored(&difference.place, &sender.settings.ignore));
            Outcome::Compared(comparison)
        }
    };
    let hook = exchange.name().to_owned();
    Replayed { line, hook, path: exchange.path, took: began.elapsed(), result }
}

fn is_ignored(place: &str, ignored: &[String]) -> bool {
    ignored.iter().any(|pointer| {
        place.strip_prefix(pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
