//! Recording between the sender and a backend, and replaying: on real ports, byte by byte.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod passing;
mod raw;
mod replaying;
mod secrets;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wcs_contract::Input;

use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use wcs_contract::model::Contract;
use wcs_simulator::play::{self, play};
use wcs_simulator::record::exchange::{self, Exchange};
use wcs_simulator::record::proxy::{self, Recorded};
use wcs_simulator::record::redact::Redactor;
use wcs_simulator::target::Target;
use wcs_simulator::wire::{Credentials, Wire};
use wcs_tests::root;

fn contract() -> Contract {
    wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap()
}

/// What a proxy writes.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<u8>>>);

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A proxy that records.
struct Recording {
    address: SocketAddr,
    tape: Tape,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<Recorded, String>>,
}

/// Whether secrets are taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secrets {
    Taken,
    Kept,
}

const LIMIT: usize = 1 << 20;

async fn record(forward: &str, secrets: Secrets) -> Recording {
    let contract = contract();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let tape = Tape::default();
    let settings = proxy::Settings {
        forward: proxy::forward(forward).unwrap(),
        limit: LIMIT,
        timeout: Duration::from_millis(1500),
        redactor: (secrets == Secrets::Taken).then(|| Redactor::new(&contract)),
        output: Box::new(tape.clone()),
        listener: Box::new(|_| {}),
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        proxy::serve(&contract, listener, settings, stopped).await
    });
    Recording { address, tape, stop, serving }
}

impl Recording {
    /// Ends it; what it wrote, also after what was learnt too late.
    async fn end(self) -> String {
        self.stop.send(()).unwrap();
        let recorded = self.serving.await.unwrap().unwrap();
        let text = String::from_utf8(self.tape.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.lines().count(), recorded.exchanges);
        match recorded.redactor {
            Some(redactor) => redactor.again(&text).unwrap().unwrap_or(text),
            None => text,
        }
    }

    /// Ends it; the exchanges as they were written.
    async fn exchanges(self) -> Vec<Exchange> {
        exchange::read(&self.end().await).unwrap().into_iter().map(|(_, exchange)| exchange).collect()
    }
}

/// Plays all scenarios; the bodies that were sent.
async fn play_all(contract: &Contract, url: &str, credentials: &Credentials) -> Vec<Value> {
    let target = Target::parse(url, contract).unwrap();
    let wire = Wire::new(contract, &target, credentials, Some(Duration::from_secs(10))).unwrap();
    let settings = play::Settings { wire, seed: 11, troubles: Vec::new(), pace: 0.0, gate: None };
    let mut sent = Vec::new();
    for (name, scenario) in &contract.scenarios {
        let mut listener = |entry| {
            if let wcs_simulator::trace::Entry::Exchange(exchange) = entry
                && exchange.status.is_some()
            {
                sent.push(Value::Object(exchange.request));
            }
        };
        play(contract, &settings, &name.value, scenario, &mut listener).await;
    }
    sent
}
