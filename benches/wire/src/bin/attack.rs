//! Sends signed hooks to a server that others try to keep busy: `attack ADDRESS SECONDS RATE KIND CONNECTIONS`.
//!
//! So many hooks a second come from 127.0.0.1, in turn over a connection that is kept, over a new one, and over a new one
//! whose body follows its head after a pause. So many other connections send a part of a request and then nothing: up to
//! the first byte of an unsigned body (KIND `body`) or within the head (`head`). A quarter of them come from 127.0.0.1
//! too, as behind a proxy, the others from 127.0.0.2 to 127.0.0.8; each is opened again when the server closes it.
//!
//! Prints one line of JSON: how many hooks were sent and accepted, and how long their answers took.

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use wcs_bench_wire::bodies::five;
use wcs_bench_wire::services::{BASE, KEY};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between the head and the body of a hook that comes in two parts.
const PAUSE: Duration = Duration::from_millis(20);
/// Between the end of an unfinished request and the next one.
const AGAIN: Duration = Duration::from_millis(500);
/// Connections that are opened at once by those that attack.
const WAVE: u32 = 50;

const PARTS: [(&str, &str); 2] = [
    ("body", "POST /apps/bench/connect HTTP/1.1\r\nhost: attack\r\ncontent-length: 1000\r\n\r\n{"),
    ("head", "POST /apps/bench/connect HTTP/1.1\r\nhost: attack\r\nx-slow: ye"),
];

#[derive(Debug, Clone, Copy)]
enum Way {
    Kept,
    New,
    InTwoParts,
}

#[derive(Default)]
struct Tally {
    sent: u64,
    lost: u64,
    by_status: BTreeMap<u16, u64>,
    micros: Vec<u128>,
    attempts: u64,
    turned_away: BTreeMap<u16, u64>,
}

/// Tallies, and the connections that are kept.
#[derive(Default)]
struct Shared {
    tally: Mutex<Tally>,
    kept: Mutex<Vec<TcpStream>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [address, seconds, rate, kind, connections] = &args[..] else {
        return Err("usage: attack ADDRESS SECONDS RATE KIND CONNECTIONS".into());
    };
    let (address, rate, connections) = (address.parse()?, rate.parse::<u32>()?, connections.parse::<u32>()?);
    let (_, part) = PARTS.into_iter().find(|(name, _)| name == kind).ok_or("KIND is `body` or `head`")?;
    let shared = Arc::<Shared>::default();
    let mut attackers = JoinSet::new();
    for number in 0..connections {
        attackers.spawn(occupy(address, number, part, Arc::clone(&shared)));
        if number % WAVE == WAVE - 1 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    let end = Instant::now() + Duration::from_secs(seconds.parse()?);
    send(address, rate, end, &shared).await;
    attackers.shutdown().await;
    let mut tally = shared.tally.lock().unwrap_or_else(PoisonError::into_inner);
    tally.micros.sort_unstable();
    let at = |share: usize| tally.micros.get((tally.micros.len() * share / 100).min(tally.micros.len().saturating_sub(1)));
    println!(
        "{}",
        json!({
            "sent": tally.sent, "lost": tally.lost, "by_status": tally.by_status,
            "p50_us": at(50), "p99_us": at(99), "most_us": tally.micros.last(),
            "attempts": tally.attempts, "turned_away": tally.turned_away,
        })
    );
    Ok(())
}

/// Sends a part of a request, waits until the server closes, and begins again.
async fn occupy(server: SocketAddr, number: u32, part: &str, shared: Arc<Shared>) {
    let own = if number % 4 == 0 { 1 } else { 2 + number % 7 };
    loop {
        let attempt = async {
            let socket = TcpSocket::new_v4()?;
            socket.bind(SocketAddr::from(([127, 0, 0, u8::try_from(own).unwrap_or(1)], 0)))?;
            let mut stream = socket.connect(server).await?;
            stream.write_all(part.as_bytes()).await?;
            shared.tally.lock().unwrap_or_else(PoisonError::into_inner).attempts += 1;
            answer(&mut stream).await
        };
        if let Ok((status, _)) = attempt.await {
            let mut tally = shared.tally.lock().unwrap_or_else(PoisonError::into_inner);
            *tally.turned_away.entry(status).or_default() += 1;
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Sends hooks at a steady rate, whether or not the ones before have been answered.
async fn send(server: SocketAddr, rate: u32, end: Instant, shared: &Arc<Shared>) {
    let words = wcs_hooks::contract().sender.signature.expect("the contract has a signature");
    let requests: Vec<(String, String)> = five()
        .into_iter()
        .map(|body| {
            let signature = wcs_runtime::server::sign(&words, &KEY.into(), body.text.as_bytes());
            let head = format!(
                "POST {BASE}/{} HTTP/1.1\r\nhost: attack\r\ncontent-type: application/json\r\n{}: {signature}\r\n\
                 content-length: {}\r\n\r\n",
                body.hook,
                words.header,
                body.text.len()
            );
            (head, body.text)
        })
        .collect();
    let mut clock = tokio::time::interval(Duration::from_secs(1) / rate.max(1));
    clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut under_way = JoinSet::new();
    for (head, body) in requests.iter().cycle() {
        for way in [Way::Kept, Way::New, Way::InTwoParts] {
            clock.tick().await;
            while under_way.try_join_next().is_some() {}
            if Instant::now() >= end {
                under_way.join_all().await;
                return;
            }
            under_way.spawn(hook(server, way, head.clone(), body.clone(), Arc::clone(shared)));
        }
    }
}

async fn hook(server: SocketAddr, way: Way, head: String, body: String, shared: Arc<Shared>) {
    let start = Instant::now();
    let kept = || shared.kept.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let exchange = async {
        let stream = if matches!(way, Way::Kept) { kept() } else { None };
        let mut stream = match stream {
            Some(stream) => stream,
            None => TcpStream::connect(server).await?,
        };
        stream.set_nodelay(true)?;
        if matches!(way, Way::InTwoParts) {
            stream.write_all(head.as_bytes()).await?;
            tokio::time::sleep(PAUSE).await;
            stream.write_all(body.as_bytes()).await?;
        } else {
            stream.write_all((head + &body).as_bytes()).await?;
        }
        let (status, closes) = answer(&mut stream).await?;
        if matches!(way, Way::Kept) && !closes {
            shared.kept.lock().unwrap_or_else(PoisonError::into_inner).push(stream);
        }
        Ok::<u16, io::Error>(status)
    };
    let status = tokio::time::timeout(PATIENCE, exchange).await;
    let pause = if matches!(way, Way::InTwoParts) { PAUSE } else { Duration::ZERO };
    let mut tally = shared.tally.lock().unwrap_or_else(PoisonError::into_inner);
    tally.sent += 1;
    match status {
        Ok(Ok(status)) => {
            *tally.by_status.entry(status).or_default() += 1;
            tally.micros.push(start.elapsed().saturating_sub(pause).as_micros());
        }
        Ok(Err(_)) | Err(_) => tally.lost += 1,
    }
}

/// The status of an answer, once all of it is there, and whether the connection closes behind it.
async fn answer(stream: &mut TcpStream) -> io::Result<(u16, bool)> {
    let mut answer = Vec::new();
    loop {
        let mut part = [0; 4096];
        let read = stream.read(&mut part).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        answer.extend_from_slice(&part[..read]);
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if answer.len() < end + 4 + length.unwrap_or(0) {
            continue;
        }
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        return Ok((status, head.contains("connection: close")));
    }
}
