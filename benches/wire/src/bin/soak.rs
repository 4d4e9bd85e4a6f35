//! Sends hooks to a server for a while: `soak ADDRESS SECONDS RATE`. Sound ones at a steady rate in all, and beside them
//! malformed, huge and slow ones. With rate 0 sound ones are sent as fast as they are answered, and nothing else.
//!
//! Prints one line of JSON: how many of each kind were sent, and how many were answered as they must be.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::MissedTickBehavior;
use wcs_bench_wire::bodies::five;
use wcs_bench_wire::services::BASE;

const CONNECTIONS: u32 = 16;
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Tally {
    sent: u64,
    right: u64,
    lost: u64,
    by_status: BTreeMap<u16, u64>,
}

type Tallies = Arc<Mutex<BTreeMap<&'static str, Tally>>>;

/// What is sent, how, and what must come back.
#[derive(Clone)]
struct Shot {
    kind: &'static str,
    head: String,
    pieces: Vec<Vec<u8>>,
    pause: Duration,
    right: &'static [u16],
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [address, seconds, rate] = &args[..] else {
        return Err("usage: soak ADDRESS SECONDS RATE".into());
    };
    let (end, rate) = (Instant::now() + Duration::from_secs(seconds.parse()?), rate.parse::<u32>()?);
    let tallies = Tallies::default();
    let sound: Vec<Shot> =
        five().into_iter().map(|body| shot("sound", &body.hook, vec![body.text.into()], &[200])).collect();
    let mut tasks = Vec::new();
    for first in 0..CONNECTIONS {
        let every = (rate > 0).then(|| Duration::from_secs(1) * CONNECTIONS / rate);
        let mut shots = sound.clone();
        shots.rotate_left(first as usize % sound.len());
        tasks.push(tokio::spawn(fire(address.clone(), shots, every, end, Arc::clone(&tallies))));
    }
    if rate > 0 {
        for (shots, every) in trouble() {
            tasks.push(tokio::spawn(fire(address.clone(), shots, Some(every), end, Arc::clone(&tallies))));
        }
    }
    for task in tasks {
        task.await?;
    }
    let tallies = tallies.lock().map_err(|_| "a task has panicked")?;
    let told = tallies.iter().map(|(kind, tally)| {
        let Tally { sent, right, lost, by_status } = tally;
        ((*kind).to_owned(), json!({ "sent": sent, "right": right, "lost": lost, "by_status": by_status }))
    });
    println!("{}", serde_json::Value::Object(told.collect()));
    Ok(())
}

fn shot(kind: &'static str, hook: &str, pieces: Vec<Vec<u8>>, right: &'static [u16]) -> Shot {
    let length: usize = pieces.iter().map(Vec::len).sum();
    let head = format!(
        "POST {BASE}/{hook} HTTP/1.1\r\nhost: soak\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    Shot { kind, head, pieces, pause: Duration::ZERO, right }
}

fn trouble() -> Vec<(Vec<Shot>, Duration)> {
    let bodies = five();
    let Some(body) = bodies.first() else { return Vec::new() };
    let half = body.text.len() / 2;
    let malformed = vec![
        shot("malformed", &body.hook, vec![body.text.as_bytes()[..half].to_vec()], &[400]),
        shot("malformed", &body.hook, vec![b"\xff\xfe{}".to_vec()], &[400]),
        shot("malformed", &body.hook, vec!["[".repeat(100_000).into_bytes()], &[400]),
        shot("unknown", "thereIsNoSuchHook", vec![b"{}".to_vec()], &[404, 200]),
    ];
    let huge = format!("{{\"sdp\":\"{}\"}}", "x".repeat(900_000)).into_bytes();
    let huger = format!("{{\"sdp\":\"{}\"}}", "x".repeat(1_500_000)).into_bytes();
    let sizes = vec![shot("huge", &body.hook, vec![huge], &[200]), shot("too large", &body.hook, vec![huger], &[413])];
    let drops = body.text.as_bytes().chunks(100).map(<[u8]>::to_vec).collect();
    let slow = Shot { pause: Duration::from_millis(30), ..shot("slow", &body.hook, drops, &[200]) };
    let stuck = Shot {
        pause: Duration::from_secs(12),
        ..shot("stuck", &body.hook, vec![b"{".to_vec(), b"}".to_vec()], &[408])
    };
    vec![
        (malformed, Duration::from_millis(20)),
        (sizes, Duration::from_millis(250)),
        (vec![slow.clone()], Duration::from_millis(10)),
        (vec![slow], Duration::from_millis(10)),
        (vec![stuck], Duration::from_millis(10)),
    ]
}

/// Sends one after the other over one connection, which is opened anew when the server closes it.
async fn fire(address: String, shots: Vec<Shot>, every: Option<Duration>, end: Instant, tallies: Tallies) {
    let mut clock = every.map(tokio::time::interval);
    if let Some(clock) = &mut clock {
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    let mut connection = None;
    for shot in shots.iter().cycle() {
        if let Some(clock) = &mut clock {
            clock.tick().await;
        }
        if Instant::now() >= end {
            return;
        }
        let status = tokio::time::timeout(PATIENCE, exchange(&mut connection, &address, shot)).await;
        let Ok(mut tallies) = tallies.lock() else { return };
        let tally = tallies.entry(shot.kind).or_default();
        tally.sent += 1;
        match status {
            Ok(Ok(status)) => {
                *tally.by_status.entry(status).or_default() += 1;
                tally.right += u64::from(shot.right.contains(&status));
            }
            Ok(Err(_)) | Err(_) => {
                tally.lost += 1;
                connection = None;
            }
        }
    }
}

async fn exchange(connection: &mut Option<TcpStream>, address: &str, shot: &Shot) -> std::io::Result<u16> {
    let mut stream = match connection.take() {
        Some(stream) => stream,
        None => TcpStream::connect(address).await?,
    };
    stream.set_nodelay(true)?;
    let mut first = shot.head.clone().into_bytes();
    first.extend_from_slice(shot.pieces.first().map_or(&[][..], Vec::as_slice));
    // A server may answer and close before it has read everything: then its answer counts, not the broken pipe.
    let mut cut = stream.write_all(&first).await.is_err();
    for piece in shot.pieces.iter().skip(1) {
        tokio::time::sleep(shot.pause).await;
        cut |= stream.write_all(piece).await.is_err();
    }
    let mut answer = Vec::new();
    loop {
        let mut part = [0; 1 << 16];
        let read = stream.read(&mut part).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        answer.extend_from_slice(&part[..read]);
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if answer.len() < end + 4 + length.unwrap_or(0) {
            continue;
        }
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or(std::io::ErrorKind::InvalidData)?;
        // A server that has not read all of a body has to close behind its answer.
        let read_all = ![408, 413].contains(&status);
        if read_all && !cut && !head.contains("connection: close") {
            *connection = Some(stream);
        }
        return Ok(status);
    }
}
