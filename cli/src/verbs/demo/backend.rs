//! The last step: a real backend on a real port.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use wcs_contract::model::{Contract, Hook, HookType};
use wcs_simulator::judge::{self, Reception};
use wcs_simulator::policy::Policy;
use wcs_simulator::target::Target;
use wcs_simulator::wire::{Credentials, Manner, Reply, Wire};

use super::{Post, Script};
use crate::network::block_on;
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, GOOD, Terminal, WARN};

/// Longest time that the backend may take for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running backend; it ends with this value.
struct Backend {
    process: Child,
    address: String,
}

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(super) fn run(contract: &Contract, script: &Script, checkout: &Path, terminal: &mut Terminal) -> Result<(), Stop> {
    let backend = start(&script.backend, checkout, terminal)?;
    terminal.line(&format!("{DIM}listening on {}{DIM:#}", backend.address));
    let target = Target::parse(&backend.address, contract)?;
    let wire = Wire::new(contract, &target, &Credentials::default(), Some(PATIENCE))?;
    block_on(post_all(contract, script, &wire, terminal))
}

async fn post_all(contract: &Contract, script: &Script, wire: &Wire, terminal: &mut Terminal) -> Result<(), Stop> {
    let mut policy = Policy::standard(contract);
    for post in &script.posts {
        let Some(hook) = contract.find_hook(&post.hook) else {
            return Err(format!("the schema has no hook `{}`, which the demo posts", post.hook).into());
        };
        let (name, body) = (&hook.name.value, body(hook, post));
        let (reply, _) = wire.post(name, body.to_string().into(), Manner::Plain).await;
        let reception = judge::receive(contract, &reply);
        let (status, answer) = match reply {
            Reply::Answered { status, body, .. } => (status, body),
            Reply::TimedOut => return Err(format!("no answer to {name} within {} s", PATIENCE.as_secs()).into()),
            Reply::Failed(reason) => return Err(format!("no answer to {name}: {reason}").into()),
        };
        terminal.line(&format!("\n{}", post.why));
        terminal.line(&format!("  {BOLD}POST{BOLD:#} .../{name} {DIM}{}{DIM:#}", shortened(&body)));
        let mark = if status == 200 { GOOD } else { WARN };
        terminal.line(&format!("  {mark}{status}{mark:#} {DIM}{}{DIM:#}", answered(&answer, &body)));
        if let (HookType::Connect, Reception::Accepted(members)) = (hook.kind, &reception) {
            policy = Policy::read(contract, members).0;
        }
        terminal.line(&format!("  the media server: {}", consequence(contract, hook, &reception, &policy)));
    }
    Ok(())
}

fn start(name: &str, checkout: &Path, terminal: &mut Terminal) -> Result<Backend, Stop> {
    terminal.progress(&format!("building {name} ..."));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(&cargo)
        .current_dir(checkout)
        .args(["build", "--quiet", "--package", name])
        .status()
        .map_err(|error| format!("can't run cargo to build {name}: {error}"))?;
    if !built.success() {
        return Err(format!("{name} does not build; `cargo build --package {name}` shows why").into());
    }
    let mut process = Command::new(&cargo)
        .current_dir(checkout)
        .args(["run", "--quiet", "--package", name, "--", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("can't start {name}: {error}"))?;
    let output = process.stdout.take();
    let mut backend = Backend { process, address: String::new() };
    let mut line = String::new();
    if let Some(output) = output {
        BufReader::new(output)
            .read_line(&mut line)
            .map_err(|error| format!("can't read what {name} prints: {error}"))?;
    }
    match line.trim().strip_prefix("listening on ") {
        Some(address) => {
            address.clone_into(&mut backend.address);
            Ok(backend)
        }
        None => Err(format!("{name} said {:?} instead of the address that it listens on", line.trim()).into()),
    }
}

/// The hook's first example, with the script's changes.
fn body(hook: &Hook, post: &Post) -> Value {
    let mut body = hook.examples.first().map(|example| example.body.value.clone()).unwrap_or_default();
    if let Some(members) = body.as_object_mut() {
        members.extend(post.set.clone());
    }
    body
}

/// The answer in a line: what differs from the request, or that nothing does.
fn answered(answer: &[u8], request: &Value) -> String {
    let text = String::from_utf8_lossy(answer).into_owned();
    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
    if answer == *request {
        return "the same body, byte for byte".to_owned();
    }
    let (Some(answer), Some(asked)) = (answer.as_object(), request.as_object()) else { return text };
    let new = answer.iter().filter(|(name, value)| asked.get(*name) != Some(value));
    let new: serde_json::Map<String, Value> = new.map(|(name, value)| (name.clone(), value.clone())).collect();
    let echoed = asked.keys().all(|name| answer.contains_key(name));
    if echoed { format!("the same body and {}", Value::Object(new)) } else { text }
}

/// A body with its own members only, cut to a line.
fn shortened(body: &Value) -> String {
    let text = body.to_string();
    let shown: String = text.chars().take(100).collect();
    if shown.len() < text.len() { format!("{shown}...") } else { text }
}

/// What the contract says that the sender does now.
fn consequence(contract: &Contract, hook: &Hook, reception: &Reception, policy: &Policy) -> String {
    if matches!(reception, Reception::Accepted(_)) {
        return "goes on.".to_owned();
    }
    let on_error = policy.of(hook).on_error;
    let (Some(rules), Some(word)) = (contract.session_policy(), judge::on_error_word(contract, on_error)) else {
        return hook.deny.doc.value.clone();
    };
    let effect = judge::cell(contract, on_error, hook.kind).map_or("", |cell| cell.doc.value.as_str());
    format!("{} is {word}. {effect} {}", rules.on_error.member.value, hook.deny.doc.value)
}
