//! The last step: a real backend on a real port.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use wcs_contract::model::{Contract, ErrorCell, Hook, HookType};

use super::{Post, Script};
use crate::Outcome;
use crate::terminal::{BOLD, DIM, GOOD, Terminal, WARN};

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

/// What the backend answered.
struct Reply {
    status: u16,
    body: Value,
    text: String,
}

pub(super) fn run(
    contract: &Contract,
    script: &Script,
    checkout: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, String> {
    let backend = start(&script.backend, checkout, terminal)?;
    terminal.line(&format!("{DIM}listening on {}{DIM:#}", backend.address));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("can't start the client: {error}"))?;
    let mut policy = Value::Null;
    for post in &script.posts {
        let Some(hook) = contract.find_hook(&post.hook) else {
            return Err(format!("the schema has no hook `{}`, which the demo posts", post.hook));
        };
        let body = body(hook, post);
        let address = format!("{}/{}", backend.address, hook.name.value);
        let reply = runtime.block_on(send(&address, &body))?;
        terminal.line(&format!("\n{}", post.why));
        terminal.line(&format!("  {BOLD}POST{BOLD:#} .../{} {DIM}{}{DIM:#}", hook.name.value, shortened(&body)));
        let mark = if reply.status == 200 { GOOD } else { WARN };
        terminal.line(&format!("  {mark}{}{mark:#} {DIM}{}{DIM:#}", reply.status, answered(&reply, &body)));
        if hook.kind == HookType::Connect
            && let Some(rules) = contract.session_policy()
        {
            policy = reply.body.get(&rules.member.value).cloned().unwrap_or_default();
        }
        terminal.line(&format!("  the media server: {}", consequence(contract, hook, reply.status, &policy)));
    }
    Ok(Outcome::Fine)
}

fn start(name: &str, checkout: &Path, terminal: &mut Terminal) -> Result<Backend, String> {
    terminal.progress(&format!("building {name} ..."));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(&cargo)
        .current_dir(checkout)
        .args(["build", "--quiet", "--package", name])
        .status()
        .map_err(|error| format!("can't run cargo to build {name}: {error}"))?;
    if !built.success() {
        return Err(format!("{name} does not build; `cargo build --package {name}` shows why"));
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
        None => Err(format!("{name} said {:?} instead of the address that it listens on", line.trim())),
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

async fn send(address: &str, body: &Value) -> Result<Reply, String> {
    let failed = |error: &dyn std::fmt::Display| format!("no answer from {address}: {error}");
    let client = Client::builder(TokioExecutor::new()).build_http();
    let request = http::Request::post(address)
        .header("content-type", "application/json;charset=UTF-8")
        .body(Full::new(Bytes::from(body.to_string())))
        .map_err(|error| failed(&error))?;
    let exchange = async {
        let response = client.request(request).await.map_err(|error| failed(&error))?;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.map_err(|error| failed(&error))?.to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Reply { status, body: serde_json::from_str(&text).unwrap_or_default(), text })
    };
    tokio::time::timeout(Duration::from_secs(5), exchange).await.map_err(|_| failed(&"it took more than 5 seconds"))?
}

/// The answer in a line: what differs from the request, or that nothing does.
fn answered(reply: &Reply, request: &Value) -> String {
    if reply.body == *request {
        return "the same body, byte for byte".to_owned();
    }
    let (Some(answer), Some(asked)) = (reply.body.as_object(), request.as_object()) else {
        return reply.text.clone();
    };
    let new = answer.iter().filter(|(name, value)| asked.get(*name) != Some(value));
    let new: serde_json::Map<String, Value> = new.map(|(name, value)| (name.clone(), value.clone())).collect();
    let echoed = asked.keys().all(|name| answer.contains_key(name));
    if echoed { format!("the same body and {}", Value::Object(new)) } else { reply.text.clone() }
}

/// A body with its own members only, cut to a line.
fn shortened(body: &Value) -> String {
    let text = body.to_string();
    let shown: String = text.chars().take(100).collect();
    if shown.len() < text.len() { format!("{shown}...") } else { text }
}

/// What the contract says that the sender does now.
fn consequence(contract: &Contract, hook: &Hook, status: u16, policy: &Value) -> String {
    let accepted = contract.sender.as_ref().map_or(200, |sender| sender.answer.accept_status.value);
    if status == accepted {
        return "goes on.".to_owned();
    }
    let Some(rules) = contract.session_policy() else { return hook.deny.doc.value.clone() };
    let words = &rules.on_error;
    let said = policy.get(&hook.name.value).and_then(|entry| entry.get(&words.member.value)).and_then(Value::as_str);
    let word = said.unwrap_or(&words.default.value);
    let row = contract.on_error.iter().find(|(name, _)| name.value == word).map(|(_, row)| row);
    let cell: Option<&ErrorCell> = row.map(|row| match hook.kind {
        HookType::Connect => &row.connect,
        HookType::Direct => &row.direct,
        HookType::Event => &row.event,
        HookType::Incoming => &row.incoming,
    });
    let effect = cell.map_or("", |cell| cell.doc.value.as_str());
    format!("{} is {word}. {effect} {}", words.member.value, hook.deny.doc.value)
}
