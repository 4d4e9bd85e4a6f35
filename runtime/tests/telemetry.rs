//! What a run leaves in logs and metrics: what happened, and nothing that a body says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod door;
mod phone;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex, Once};

use door::{exchange, request, start};
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};
use phone::{Account, CONTRACT, Dial};
use serde::Deserialize;
use tracing_subscriber::fmt::format::FmtSpan;
use wcs_runtime::server::{Enforce, Strictness};
use wcs_runtime::{Answer, HandlerError, HookServer, handlers, wcs_hook};

/// Everything that is logged, at every level and by every crate.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    log
});

const MARK: &str = "S3CRET";

#[derive(Deserialize)]
#[allow(dead_code, reason = "read to see what becomes of a value that does not fit")]
struct Login {
    user: u32,
}

/// Does what the number says, with secrets at hand.
#[wcs_hook(Dial, overwrites(password, ttl, accounts), crate = wcs_runtime)]
async fn dial(hook: Dial) -> Result<Answer<Dial>, HandlerError> {
    tracing::info!(?hook, "dialled");
    let overwrite = DialOverwrite::new();
    let answer = match hook.number().as_deref() {
        Some("200") => Answer::deny("not now"),
        Some("201") => Err(HandlerError::new(500, "sorry").caused_by(format!("no line for {hook:?}")))?,
        Some("202") => {
            hook.read_as::<Login>("custom")?;
            Answer::accept()
        }
        Some("203") => {
            hook.read_as::<Vec<u8>>("sdp")?;
            Answer::accept()
        }
        Some("204") => Answer::overwrite(overwrite.password("S3CRET").ttl(-1)),
        Some("205") => {
            let account =
                Account::builder().user("u").secret("S3CRET-new").member_named("tone", &"HUM").unwrap().build();
            tracing::info!(?account, "made");
            Answer::overwrite(overwrite.accounts([("a", account)]))
        }
        Some("206") => Answer::overwrite(overwrite.password("S3CRET-that-is-long")),
        Some("207") => panic!("no line"),
        _ => Answer::accept(),
    };
    tracing::info!(?answer, account = ?hook.account(), "answered");
    Ok(answer)
}

/// A body full of secrets: SIP credentials, tokens, what a page passed, an offer, and a member of a later version.
fn full(number: &str) -> String {
    format!(
        r#"{{"exchange":"vienna","session":"/192.0.2.7:5000/192.0.2.1:8443","ticket":"S3CRET-ticket","number":"{number}",
        "password":"S3CRET-password","custom":{{"user":"S3CRET-user","token":"S3CRET-token"}},
        "account":{{"user":"bob","secret":"S3CRET-sip","later":"S3CRET-later"}},"vault":{{"S3CRET-key":{{"user":"S3CRET"}}}},
        "mood":"S3CRET-mood","sdp":"v=0\r\na=ice-pwd:S3CRET-ice\r\n","later":{{"token":"S3CRET-deep"}},"latest":"S3CRET-last"}}"#
    )
}

/// The secrets as values of other types, and limits broken.
fn violating() -> Vec<String> {
    [
        r#""password":"S3CRET""#,
        r#""password":["S3CRET"]"#,
        r#""custom":"S3CRET""#,
        r#""sdp":{"S3CRET":"S3CRET"}"#,
        r#""account":"S3CRET""#,
        r#""account":{"secret":{"x":"S3CRET"}}"#,
        r#""accounts":{"a":"S3CRET"}"#,
        r#""accounts":["S3CRET"]"#,
        r#""vault":{"S3CRET":"S3CRET"}"#,
        r#""vault":"S3CRET""#,
        r#""mood":["S3CRET"]"#,
        r#""ticket":{"S3CRET":1}"#,
        r#""number":{"password":"S3CRET"}"#,
        r#""ttl":["S3CRET"]"#,
        r#""lines":{"a":"S3CRET"}"#,
        r#""lines":[{"a":"S3CRET"}]"#,
        r#""later":"S3CRET""#,
    ]
    .iter()
    .map(|member| format!(r#"{{{member}}}"#))
    .collect()
}

/// The body cut and damaged in many places.
fn malformed() -> Vec<Vec<u8>> {
    let whole = full("112").into_bytes();
    let cut = (1..whole.len()).step_by(7).map(|at| whole[..at].to_vec());
    let damaged = (0..whole.len()).step_by(11).flat_map(|at| {
        [b'"', b'\\', b'{', 0, 0xff, b'1'].map(|byte| {
            let mut body = whole.clone();
            body[at] = byte;
            body
        })
    });
    let others = [r#""S3CRET""#, r#"["S3CRET"]"#, r#"{} "S3CRET""#, r#"{"a":S3CRET}"#, r#"{"a":"S3CRET"#, "S3CRET"];
    cut.chain(damaged).chain(others.map(|text| text.as_bytes().to_vec())).collect()
}

async fn post(address: &str, body: &[u8]) -> (u16, String) {
    use tokio::io::AsyncWriteExt as _;

    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /dial?token={MARK} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nAuthorization: Bearer {MARK}\r\nCookie: id={MARK}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::io::AsyncReadExt::read_to_end(&mut connection, &mut answer);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(8), read).await.unwrap();
    let (status, _, body) = door::split(&String::from_utf8_lossy(&answer));
    (status, body)
}

#[tokio::test]
async fn no_secret_reaches_the_log_or_the_body_of_an_error() {
    let log = LazyLock::force(&LOG);
    let mut statuses = BTreeMap::<u16, usize>::new();
    for strictness in [Strictness::Observe, Strictness::Warn, Strictness::Enforce(Enforce::Reject)] {
        let hooks = HookServer::new(&CONTRACT).handlers(handlers![dial]).unwrap().strictness(strictness);
        let server = start(hooks.router().with_state(())).await;
        let bodies = (200..208).map(|number| full(&number.to_string()).into_bytes());
        let violating = violating().into_iter().map(String::into_bytes);
        for body in bodies.chain([full("112").into_bytes()]).chain(violating).chain(malformed()) {
            let (status, answer) = post(&server.address, &body).await;
            *statuses.entry(status).or_default() += 1;
            if status != 200 {
                assert!(!answer.contains(MARK), "{status} {answer}");
            }
        }
        let (status, _, drift) = exchange(&server.address, &request("GET", "/_hooks/drift", &[], "")).await;
        assert!(status == 200 && !drift.contains(MARK), "{drift}");
    }
    let text = log.text();
    let leaks: Vec<&str> = text.lines().filter(|line| line.contains(MARK)).collect();
    assert!(leaks.is_empty(), "{} lines:\n{}", leaks.len(), leaks.join("\n"));

    // The run was as eventful as it was meant to be, and the log tells of it.
    let at_least = |status: u16, times: usize| assert!(statuses.get(&status) >= Some(&times), "{statuses:?}");
    at_least(200, 10);
    at_least(400, 100);
    at_least(403, 2);
    at_least(500, 10);
    for words in [
        "the handler of a hook failed",
        "sorry: no line for Dial { exchange: \"vienna\"",
        "the member `custom` can't be read as `telemetry::Login`",
        "the answer does not keep to the contract, so it is not sent: /password (min_length): expected at least 8 characters, found <hidden>; /ttl (minimum)",
        "/accounts/a/tone (words): expected one of FREE, BUSY, found \"HUM\"",
        "the body of a hook can't be read",
        "the body of a hook does not keep to the contract",
        "custom: <hidden>, password: <hidden>, mood: <hidden>, sdp: <hidden>, later: <unknown object>, latest: <unknown string>",
    ] {
        assert!(text.contains(words), "the log lacks {words:?}");
    }
    let span = r#"hook{hook="dial" context=exchange="vienna" session="/192.0.2.7:5000/192.0.2.1:8443" outcome="denied" status=403 duration_ms="#;
    assert!(text.contains(span), "the log lacks {span:?}");
}

/// Counts of counters and lengths of histograms, by name and labels.
#[derive(Default)]
struct Numbers(Mutex<BTreeMap<String, Arc<std::sync::atomic::AtomicU64>>>);

impl Numbers {
    fn of(&self, key: &Key) -> Arc<std::sync::atomic::AtomicU64> {
        let labels: Vec<String> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        let name = format!("{} {}", key.name(), labels.join(" "));
        Arc::clone(self.0.lock().unwrap().entry(name).or_default())
    }

    fn value(&self, name: &str) -> u64 {
        self.0.lock().unwrap().get(name).map_or(0, |number| number.load(std::sync::atomic::Ordering::Relaxed))
    }
}

struct Length(Arc<std::sync::atomic::AtomicU64>);

impl metrics::HistogramFn for Length {
    fn record(&self, seconds: f64) {
        assert!((0.0..60.0).contains(&seconds));
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
}

impl Recorder for &'static Numbers {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.of(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.of(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(Arc::new(Length(self.of(key))))
    }
}

#[wcs_hook(phone::Rang, crate = wcs_runtime)]
async fn rang(hook: phone::Rang) -> Result<(), HandlerError> {
    match hook.times() {
        Some(0) => Err(HandlerError::new(503, "no bell")),
        _ => Ok(()),
    }
}

/// The numbers of this process, recorded from now on.
fn recorded() -> &'static Numbers {
    static NUMBERS: LazyLock<Numbers> = LazyLock::new(Numbers::default);
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| metrics::set_global_recorder(LazyLock::force(&NUMBERS)).unwrap());
    &NUMBERS
}

#[tokio::test]
async fn metrics_tell_how_hooks_end_and_how_they_differ() {
    let hooks = HookServer::new(&CONTRACT).handlers(handlers![rang]).unwrap();
    let router = hooks.strictness(Strictness::Enforce(Enforce::Reject)).router().with_state(());
    // The recorder comes after the router, as it may.
    let numbers = recorded();
    for (body, status) in [
        (r#"{"times":1}"#, 200),
        (r#"{"times":2,"more":1,"most":2}"#, 200),
        (r#"{"times":0}"#, 503),
        ("{}", 400),
        ("{", 400),
    ] {
        assert_eq!(phone::ask(&router, "POST", "/Rang", body).await.0, status, "{body}");
    }
    for (name, value) in [
        ("hooks_requests_total hook=Rang outcome=accepted", 2),
        ("hooks_requests_total hook=Rang outcome=failed", 1),
        ("hooks_requests_total hook=Rang outcome=invalid", 1),
        ("hooks_requests_total hook=Rang outcome=unreadable", 1),
        ("hooks_requests_total hook=Rang outcome=denied", 0),
        ("hooks_duration_seconds hook=Rang", 5),
        ("hooks_drift_total hook=Rang kind=unknown_member", 2),
        ("hooks_drift_total hook=Rang kind=missing", 1),
        ("hooks_drift_total hook=Rang kind=wrong_type", 0),
    ] {
        assert_eq!(numbers.value(name), value, "{name}");
    }
}

#[tokio::test]
async fn many_refusals_are_counted_and_logged_in_a_few_lines() {
    use tokio::io::AsyncWriteExt as _;

    let log = LazyLock::force(&LOG);
    let numbers = recorded();
    let hooks = HookServer::new(&CONTRACT).handlers(handlers![rang]).unwrap().unfinished_bodies(0);
    let counters = hooks.counters();
    let server = start(hooks.router().with_state(())).await;
    for _ in 0..40 {
        let mut connection = tokio::net::TcpStream::connect(&server.address).await.unwrap();
        connection.write_all(b"POST /Rang HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{").await.unwrap();
        let (status, _, text) = door::split(&door::read_to_end(&mut connection).await);
        assert_eq!(status, 503);
        assert!(text.contains("too many bodies are unfinished at once"), "{text}");
    }
    assert_eq!((counters.unfinished(), numbers.value("hooks_refused_total reason=unfinished")), (40, 40));
    let text = log.text();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("too many unfinished bodies")).collect();
    assert!((1..20).contains(&lines.len()), "{lines:?}");
    assert!(lines[0].contains("WARN") && lines[0].contains("times=1"), "{lines:?}");
}
