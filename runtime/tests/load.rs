//! Manners under load: what is slow, too much, cut off, or about to end.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod door;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::Request;
use door::{OpenDoor, UNSIGNED, exchange, post, read_to_end, request, split, start, start_with, until};
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use wcs_runtime::server::{Counters, Transport};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

/// Hooks that have been begun, and permits for those that may end.
#[derive(Clone)]
struct Gate(Arc<(Semaphore, Semaphore)>);

impl Gate {
    fn new() -> Self {
        Self(Arc::new((Semaphore::new(0), Semaphore::new(0))))
    }

    fn begun(&self) -> usize {
        self.0.0.available_permits()
    }

    fn open(&self) {
        self.0.1.add_permits(1);
    }
}

#[wcs_hook(OpenDoor, state = Gate, crate = wcs_runtime)]
async fn open(hook: OpenDoor, State(gate): State<Gate>) -> Answer<OpenDoor> {
    gate.0.0.add_permits(1);
    if hook.door().as_deref() == Some("shut") {
        let _ = gate.0.1.acquire().await.map(tokio::sync::SemaphorePermit::forget);
    }
    Answer::accept()
}

const SHUT: &str = r#"{"door":"shut"}"#;
const SHORT: Duration = Duration::from_millis(300);

fn hooks() -> HookServer<Gate> {
    HookServer::new(&UNSIGNED).handlers(handlers![open]).unwrap()
}

fn served(hooks: HookServer<Gate>, gate: &Gate) -> (Router, Arc<Counters>) {
    let counters = hooks.counters();
    (hooks.router().with_state(gate.clone()), counters)
}

#[tokio::test]
async fn slow_heads_and_idle_connections_are_closed() {
    let (router, _) = served(hooks(), &Gate::new());
    let server = start_with(Transport::new().header_timeout(SHORT), router).await;
    for sent in ["", "POST /openDoor HTTP/1.1\r\nHost: h\r\nX-Slow: ye"] {
        let began = Instant::now();
        let mut connection = TcpStream::connect(&server.address).await.unwrap();
        connection.write_all(sent.as_bytes()).await.unwrap();
        assert!(!read_to_end(&mut connection).await.contains("200"));
        assert!(began.elapsed() >= SHORT, "closed at once");
    }
    // A head that drips has no more time than one that stops.
    let mut connection = TcpStream::connect(&server.address).await.unwrap();
    let drip = async {
        for byte in std::iter::repeat_n(b"X", 200) {
            if connection.write_all(byte).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("a head may drip for four seconds");
    };
    drip.await;
    // Between two requests a connection has that time too.
    let mut connection = TcpStream::connect(&server.address).await.unwrap();
    let kept = request("POST", "/openDoor", &[], "{}").replace("Connection: close\r\n", "");
    connection.write_all(kept.as_bytes()).await.unwrap();
    assert!(read_to_end(&mut connection).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn slow_bodies_are_answered_even_if_they_drip() {
    let gate = Gate::new();
    let (router, counters) = served(hooks().body_timeout(SHORT), &gate);
    let server = start(router).await;
    let began = Instant::now();
    let (mut reader, mut writer) = TcpStream::connect(&server.address).await.unwrap().into_split();
    writer.write_all(b"POST /openDoor HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{").await.unwrap();
    let dripping = tokio::spawn(async move {
        while writer.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = vec![0; 1000];
    let read = tokio::time::timeout(Duration::from_secs(8), tokio::io::AsyncReadExt::read(&mut reader, &mut answer));
    let length = read.await.unwrap().unwrap();
    let (status, _, text) = split(std::str::from_utf8(&answer[..length]).unwrap());
    assert_eq!((status, text.as_str()), (408, r#"{"error":"the body did not arrive within 300ms"}"#));
    assert!(began.elapsed() >= SHORT && began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    drop(reader);
    tokio::time::timeout(Duration::from_secs(8), dripping).await.unwrap().unwrap();
    assert_eq!((counters.broken_off(), counters.hooks(), gate.begun()), (1, 0, 0));
}

#[tokio::test]
async fn too_many_at_once_are_refused_at_once() {
    let gate = Gate::new();
    let (router, counters) = served(hooks().concurrency(2), &gate);
    let server = Arc::new(start(router).await);
    let waiting: Vec<_> = (0..2)
        .map(|_| {
            let address = server.address.clone();
            tokio::spawn(async move { post(&address, "/openDoor", &[], SHUT).await })
        })
        .collect();
    until("beginning both", || gate.begun() == 2).await;
    for path in ["/openDoor", "/noSuchHook"] {
        let (status, head, text) = post(&server.address, path, &[], "{}").await;
        assert_eq!(status, 503, "{text}");
        assert!(head.contains("retry-after: 1\r\n") && head.contains("content-type: application/json"), "{head}");
        assert!(text.starts_with(r#"{"error":"this backend is busy"#), "{text}");
    }
    assert_eq!((counters.overloaded(), counters.hooks()), (2, 2));
    // What is no hook is answered all the same.
    assert_eq!(exchange(&server.address, &request("GET", "/", &[], "")).await.0, 200);
    gate.open();
    gate.open();
    for answer in waiting {
        assert_eq!(answer.await.unwrap().0, 200);
    }
    assert_eq!(post(&server.address, "/openDoor", &[], "{}").await.0, 200);
}

#[tokio::test]
async fn connections_over_the_limit_wait_while_hooks_are_handled() {
    let gate = Gate::new();
    let (router, _) = served(hooks(), &gate);
    let server = start_with(Transport::new().connections(1), router).await;
    let send = |body: &'static str| {
        let address = server.address.clone();
        tokio::spawn(async move { post(&address, "/openDoor", &[], body).await })
    };
    let first = send(SHUT);
    until("beginning", || gate.begun() == 1).await;
    let second = send("{}");
    tokio::time::sleep(SHORT).await;
    assert!(!first.is_finished() && !second.is_finished());
    gate.open();
    for answer in [first, second] {
        assert_eq!(tokio::time::timeout(Duration::from_secs(8), answer).await.unwrap().unwrap().0, 200);
    }
}

#[tokio::test]
async fn bodies_cut_off_are_not_handled() {
    let gate = Gate::new();
    let (router, counters) = served(hooks(), &gate);
    let server = start(router).await;
    let half = "POST /openDoor HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{}";
    let chunked = "POST /openDoor HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n";
    for (index, sent) in [half, chunked].into_iter().enumerate() {
        let mut connection = TcpStream::connect(&server.address).await.unwrap();
        connection.write_all(sent.as_bytes()).await.unwrap();
        connection.shutdown().await.unwrap();
        let answer = read_to_end(&mut connection).await;
        assert!(answer.is_empty() || answer.contains("the body broke off before its end"), "{answer}");
        until("noticing", || counters.broken_off() == index as u64 + 1).await;
    }
    assert_eq!((counters.hooks(), gate.begun()), (0, 0));
    assert_eq!(post(&server.address, "/openDoor", &[], "{}").await.0, 200);
}

#[tokio::test]
async fn handlers_whose_sender_has_gone_are_dropped() {
    let gate = Gate::new();
    let (router, _) = served(hooks().concurrency(1), &gate);
    let server = start(router).await;
    let mut connection = TcpStream::connect(&server.address).await.unwrap();
    connection.write_all(request("POST", "/openDoor", &[], SHUT).as_bytes()).await.unwrap();
    until("beginning", || gate.begun() == 1).await;
    drop(connection);
    let began = Instant::now();
    while post(&server.address, "/openDoor", &[], "{}").await.0 == 503 {
        assert!(began.elapsed() < Duration::from_secs(4), "the slot is not given back");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn the_end_waits_for_what_is_under_way() {
    let gate = Gate::new();
    let (router, _) = served(hooks(), &gate);
    let mut server = start(router).await;
    let mut idle = TcpStream::connect(&server.address).await.unwrap();
    let kept = request("POST", "/openDoor", &[], "{}").replace("Connection: close\r\n", "");
    idle.write_all(kept.as_bytes()).await.unwrap();
    let mut silent = TcpStream::connect(&server.address).await.unwrap();
    let address = server.address.clone();
    let waiting = tokio::spawn(async move { post(&address, "/openDoor", &[], SHUT).await });
    until("beginning both", || gate.begun() == 2).await;
    server.stop.take().unwrap().send(()).unwrap();
    // Nobody is waiting on these, so they are closed at once.
    assert!(read_to_end(&mut idle).await.starts_with("HTTP/1.1 200 "));
    assert_eq!(read_to_end(&mut silent).await, "");
    assert!(!server.ended.is_finished() && !waiting.is_finished());
    assert!(TcpStream::connect(&server.address).await.is_err(), "a new connection is taken");
    gate.open();
    assert_eq!(waiting.await.unwrap().0, 200);
    tokio::time::timeout(Duration::from_secs(8), server.ended).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn the_end_does_not_wait_for_ever() {
    let gate = Gate::new();
    let (router, _) = served(hooks(), &gate);
    let mut server = start_with(Transport::new().finish_within(SHORT), router).await;
    let mut connection = TcpStream::connect(&server.address).await.unwrap();
    connection.write_all(request("POST", "/openDoor", &[], SHUT).as_bytes()).await.unwrap();
    until("beginning", || gate.begun() == 1).await;
    let began = Instant::now();
    server.stop.take().unwrap().send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(8), server.ended).await.unwrap().unwrap().unwrap();
    assert!(began.elapsed() >= SHORT && began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(read_to_end(&mut connection).await, "");
}

/// A body that panics when it is read.
struct Broken;

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        panic!("secret: on purpose")
    }
}

#[tokio::test]
async fn a_panic_outside_of_handlers_is_answered_too() {
    let (router, _) = served(hooks(), &Gate::new());
    let response = router.oneshot(Request::post("/openDoor").body(Body::new(Broken)).unwrap()).await.unwrap();
    assert_eq!(response.status(), 500);
    let text = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(text, r#"{"error":"the hook could not be handled; the backend's log says why"}"#);
}
