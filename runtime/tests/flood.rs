//! Clients that send a part of a request and no more: they shut nobody out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod door;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use door::{CONTRACT, OpenDoor, SIGNATURE, Server, post, read_to_end, split, start, start_with, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use wcs_runtime::server::{Counters, SigningKey, Transport, sign};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

#[wcs_hook(OpenDoor, crate = wcs_runtime)]
async fn open(_: OpenDoor) -> Answer<OpenDoor> {
    Answer::accept()
}

const KEY: &str = "a key of the house";
const BODY: &str = r#"{"door":"front"}"#;
const GIVEN_UP: &str =
    r#"{"error":"too many bodies are unfinished at once, and this one was given up for newer ones"}"#;
/// The proxy's address, from which all right hooks come, and another one.
const PROXY: [u8; 4] = [127, 0, 0, 1];
const STRANGER: [u8; 4] = [127, 0, 0, 2];

fn hooks() -> HookServer<()> {
    HookServer::new(&CONTRACT).handlers(handlers![open]).unwrap().signed_by([KEY]).unwrap()
}

async fn served(hooks: HookServer<()>) -> (Server, Arc<Counters>) {
    let counters = hooks.counters();
    (start(hooks.router()).await, counters)
}

/// A connection from an address of this machine, with the first bytes sent, and time for the server to read them.
async fn begin(server: &Server, from: [u8; 4], bytes: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    let mut connection = socket.connect(server.address.parse().unwrap()).await.unwrap();
    connection.write_all(bytes.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(30)).await;
    connection
}

fn signature(body: &str) -> String {
    sign(&SIGNATURE, &SigningKey::from(KEY), body.as_bytes())
}

fn head(headers: &str, length: usize) -> String {
    format!("POST /openDoor HTTP/1.1\r\nHost: h\r\n{headers}Content-Length: {length}\r\n\r\n")
}

fn signed(headers: &str) -> String {
    head(&format!("Authorization: {}\r\nConnection: close\r\n{headers}", signature(BODY)), BODY.len())
}

/// A signed request up to the first byte of its body.
fn half_signed(headers: &str) -> String {
    signed(headers) + &BODY[..1]
}

fn half_sent() -> String {
    head("", 1000) + "{"
}

/// Sends the rest of what is half signed.
async fn finish(mut connection: TcpStream) -> u16 {
    connection.write_all(&BODY.as_bytes()[1..]).await.unwrap();
    answer(connection).await.0
}

async fn answer(mut connection: TcpStream) -> door::Answer {
    split(&read_to_end(&mut connection).await)
}

async fn post_signed(server: &Server) -> u16 {
    post(&server.address, "/openDoor", &[("Authorization", &signature(BODY))], BODY).await.0
}

/// A signed hook over a connection that is kept.
async fn over(connection: &mut TcpStream) {
    let kept = signed("").replace("Connection: close\r\n", "");
    connection.write_all(format!("{kept}{BODY}").as_bytes()).await.unwrap();
    let mut answer = vec![0; 1000];
    let read = tokio::time::timeout(Duration::from_secs(4), connection.read(&mut answer)).await.unwrap().unwrap();
    let text = std::str::from_utf8(&answer[..read]).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 ") && text.ends_with(BODY), "{text}");
}

/// True while a connection is open and nothing has been answered.
fn waits(connection: &TcpStream) -> bool {
    let mut byte = [0];
    connection.try_read(&mut byte).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
}

#[tokio::test]
async fn half_sent_bodies_take_no_slot() {
    let (server, counters) = served(hooks().concurrency(2)).await;
    let mut half = Vec::new();
    for number in 0..12 {
        half.push(begin(&server, if number % 2 == 0 { PROXY } else { STRANGER }, &half_sent()).await);
    }
    let mut kept = begin(&server, PROXY, "").await;
    for _ in 0..3 {
        assert_eq!(post_signed(&server).await, 200);
        assert_eq!(finish(begin(&server, PROXY, &half_signed("")).await).await, 200);
        over(&mut kept).await;
    }
    assert_eq!((counters.hooks(), counters.overloaded(), counters.unfinished()), (9, 0, 0));
    assert!(half.iter().all(waits));
}

#[tokio::test]
async fn a_hook_takes_a_slot_once_it_is_verified() {
    let (server, counters) = served(hooks().concurrency(0)).await;
    assert_eq!(post(&server.address, "/openDoor", &[], BODY).await.0, 403);
    assert_eq!((counters.refused(), counters.overloaded()), (1, 0));
    assert_eq!(post_signed(&server).await, 503);
    assert_eq!((counters.refused(), counters.overloaded()), (1, 1));
}

#[tokio::test]
async fn the_oldest_of_too_many_unfinished_bodies_is_given_up() {
    let (server, counters) = served(hooks().unfinished_bodies(2)).await;
    let first = begin(&server, STRANGER, &half_signed("")).await;
    let second = begin(&server, STRANGER, &half_signed("")).await;
    // What is complete at once does not count, right or wrong.
    assert_eq!(answer(begin(&server, PROXY, &(signed("") + BODY)).await).await.0, 200);
    assert_eq!(answer(begin(&server, STRANGER, &(signed("") + &BODY.replace("front", "inner"))).await).await.0, 403);
    assert!(waits(&first) && waits(&second) && counters.unfinished() == 0);
    let third = begin(&server, STRANGER, &half_signed("")).await;
    let (status, head, text) = answer(first).await;
    assert_eq!((status, text.as_str(), counters.unfinished()), (503, GIVEN_UP, 1));
    assert!(head.contains("retry-after: 1\r\n"), "{head}");
    assert!(waits(&second) && waits(&third));
    assert_eq!((finish(second).await, finish(third).await), (200, 200));
}

#[tokio::test]
async fn without_room_for_unfinished_bodies_complete_ones_are_taken() {
    let (server, counters) = served(hooks().unfinished_bodies(0)).await;
    assert_eq!(post_signed(&server).await, 200);
    assert_eq!(answer(begin(&server, STRANGER, &half_signed("")).await).await.0, 503);
    assert_eq!((counters.hooks(), counters.unfinished()), (1, 1));
}

#[tokio::test]
async fn the_largest_of_too_many_unfinished_bytes_is_given_up() {
    let (server, counters) = served(hooks().body_limit(100).unfinished_bytes(150)).await;
    let of = |bytes: usize| head("", 100) + &"x".repeat(bytes);
    let small = begin(&server, STRANGER, &of(60)).await;
    let large = begin(&server, STRANGER, &of(90)).await;
    assert!(waits(&small) && waits(&large) && counters.unfinished() == 0);
    let one_more = begin(&server, STRANGER, &of(1)).await;
    assert_eq!((answer(large).await.0, counters.unfinished()), (503, 1));
    assert!(waits(&small) && waits(&one_more));
    // One body alone always fits.
    let (server, _) = served(hooks().body_limit(BODY.len()).unfinished_bytes(0)).await;
    let body = begin(&server, STRANGER, &(signed("") + &BODY[..BODY.len() - 1])).await;
    assert!(waits(&body));
    assert_eq!(finish_with(body, &BODY[BODY.len() - 1..]).await, 200);
}

async fn finish_with(mut connection: TcpStream, rest: &str) -> u16 {
    connection.write_all(rest.as_bytes()).await.unwrap();
    answer(connection).await.0
}

#[tokio::test]
async fn an_address_that_has_sent_a_verified_hook_is_never_refused() {
    let (server, counters) = served(hooks().unfinished_bodies(1)).await;
    assert_eq!(post_signed(&server).await, 200);
    let mut half = Vec::new();
    for _ in 0..5 {
        half.push(begin(&server, PROXY, &half_signed("")).await);
    }
    let strangers = [begin(&server, STRANGER, &half_sent()).await, begin(&server, STRANGER, &half_sent()).await];
    until("giving up", || counters.unfinished() == 1).await;
    assert!(!waits(&strangers[0]) && waits(&strangers[1]));
    for connection in half {
        assert_eq!(finish(connection).await, 200);
    }
    assert_eq!(counters.unfinished(), 1);
}

#[tokio::test]
async fn the_address_is_the_senders_where_a_proxy_names_it() {
    let hooks = hooks().behind_proxies("x-forwarded-for", ["127.0.0.1"]).unwrap().unfinished_bodies(1);
    let (server, counters) = served(hooks).await;
    let (known, other) = ("X-Forwarded-For: 192.0.2.1\r\n", "X-Forwarded-For: 192.0.2.2\r\n");
    assert_eq!(answer(begin(&server, PROXY, &(signed(known) + BODY)).await).await.0, 200);
    let half = [
        begin(&server, PROXY, &half_signed(known)).await,
        begin(&server, PROXY, &half_signed(known)).await,
        begin(&server, PROXY, &half_signed(other)).await,
    ];
    assert!(half.iter().all(waits));
    // A header that a stranger writes makes nobody known, and neither does its absence.
    let by_stranger = begin(&server, STRANGER, &half_signed(known)).await;
    assert!(waits(&by_stranger) && counters.unfinished() == 1);
    let by_proxy = begin(&server, PROXY, &half_signed("")).await;
    assert!(waits(&by_proxy) && counters.unfinished() == 2);
    let [first, second, third] = half;
    assert_eq!((finish(first).await, finish(second).await, answer(third).await.0), (200, 200, 503));
    assert_eq!((answer(by_stranger).await.0, finish(by_proxy).await), (503, 200));
}

#[tokio::test]
async fn connections_without_a_hook_make_room_for_new_ones() {
    let server = start_with(Transport::new().connections(3), hooks().router()).await;
    let mut silent = begin(&server, STRANGER, "").await;
    let half_head = begin(&server, STRANGER, "POST /openDoor HTTP/1.1\r\nX-Slow: ye").await;
    let half_body = begin(&server, STRANGER, &half_sent()).await;
    assert!([&silent, &half_head, &half_body].into_iter().all(waits), "closed below the limit");
    assert_eq!(post_signed(&server).await, 200);
    assert_eq!(read_to_end(&mut silent).await, "");
    assert!(waits(&half_head) && waits(&half_body));
}

#[tokio::test]
async fn connections_that_have_brought_a_hook_are_closed_last() {
    let server = start_with(Transport::new().connections(2), hooks().router()).await;
    let mut first = begin(&server, PROXY, "").await;
    over(&mut first).await;
    let mut half = begin(&server, PROXY, &half_sent()).await;
    let mut second = begin(&server, PROXY, "").await;
    over(&mut second).await;
    assert_eq!(read_to_end(&mut half).await, "");
    over(&mut first).await;
    // Of two such connections the one that has been idle for longest is closed.
    assert_eq!(post_signed(&server).await, 200);
    assert_eq!(read_to_end(&mut second).await, "");
    over(&mut first).await;
}
