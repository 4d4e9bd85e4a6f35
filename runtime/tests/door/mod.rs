//! A small contract, a server of it on a port of its own, and requests byte by byte.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "shared by several tests, which fail by panicking")]

use std::time::{Duration, Instant};

use axum::Router;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use wcs_runtime::codegen::*;
use wcs_runtime::server::{Transport, serve_with};

wcs_runtime::hook! {
    /// Asks whether a door may be opened.
    pub struct OpenDoor: direct, forbids;
    about: HookDescriptor::new("openDoor", "Asks whether a door may be opened.");
    builder: OpenDoorBuilder;
    members {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).always();
    }
}

pub const SIGNATURE: SignatureDescriptor = SignatureDescriptor {
    header: "Authorization",
    prefix: "WCS ",
    digest: Digest::HmacMd5,
    reject_status: 403,
    requires: &[],
};

pub static CONTRACT: ContractDescriptor = contract(Some(SIGNATURE));
pub static UNSIGNED: ContractDescriptor = contract(None);

const fn contract(signature: Option<SignatureDescriptor>) -> ContractDescriptor {
    ContractDescriptor {
        name: "house",
        title: "House",
        version: "1.0.0",
        hash: "",
        hooks: &[OpenDoor::DESCRIPTOR],
        sender: SenderDescriptor { name: "house", timeout_seconds: 5, signature, ..SenderDescriptor::NEUTRAL },
    }
}

/// A server, until it is dropped.
pub struct Server {
    pub address: String,
    pub stop: Option<oneshot::Sender<()>>,
    pub ended: JoinHandle<std::io::Result<()>>,
}

pub async fn start(router: Router) -> Server {
    start_with(Transport::new(), router).await
}

pub async fn start_with(transport: Transport, router: Router) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async {
        let _ = stopped.await;
    };
    Server { address, stop: Some(stop), ended: tokio::spawn(serve_with(transport, listener, router, shutdown)) }
}

/// An answer: status, head in lower case, body.
pub type Answer = (u16, String, String);

/// Posts a body and reads until the server closes.
pub async fn post(address: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    exchange(address, &request("POST", path, headers, body)).await
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: h\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

pub async fn exchange(address: &str, request: &str) -> Answer {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    split(&read_to_end(&mut connection).await)
}

/// Whatever comes until the server closes, which it must within a few seconds.
pub async fn read_to_end(connection: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let read = connection.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(8), read).await.unwrap();
    String::from_utf8(answer).unwrap()
}

pub fn split(answer: &str) -> Answer {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    (head[9..12].parse().unwrap(), head.to_lowercase(), body.to_owned())
}

/// Waits until something has become true, for a few seconds at most.
pub async fn until(what: &str, mut is_true: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < Duration::from_secs(8), "{what} takes too long");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
