//! A backend that denies publishing and replaces a callee, and nothing else: what its answer to a captured `connect`
//! tells the media server, what a sabotaged policy is warned of, and what the operator has to do for it.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use wcs_hooks::*;
use wcs_runtime::descriptor::{ClientSees, HookType};
use wcs_runtime::server::operator::{Application, Registration};
use wcs_runtime::{Answer, AnswerUse, HookServer, OnError, handlers, wcs_hook};
use wcs_tests::{cases, expect, root};

#[wcs_hook(PublishStream)]
async fn publish(hook: PublishStream) -> Answer<PublishStream> {
    match hook.name().as_deref() {
        Some("lobby") => Answer::accept(),
        _ => Answer::deny("only the lobby is open"),
    }
}

#[wcs_hook(Call, overwrites(callee))]
async fn call(_hook: Call) -> Answer<Call> {
    Answer::overwrite(CallOverwrite::new().callee("desk"))
}

fn server() -> HookServer<()> {
    HookServer::new(contract()).handlers(handlers![publish, call]).unwrap()
}

/// Serves on a real port and posts one hook after the other: status and body of each answer.
fn post(server: HookServer<()>, hooks: &[(&str, String)]) -> Vec<(u16, String)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let router = server.mount("/apps/EchoApp").unwrap();
        let serving = tokio::spawn(wcs_runtime::serve(listener, router, async {
            let _ = stopped.await;
        }));
        let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
        let mut answers = Vec::new();
        for (hook, body) in hooks {
            let request = http::Request::post(format!("http://{address}/apps/EchoApp/{hook}"))
                .header("content-type", "application/json;charset=UTF-8")
                .body(Full::new(Bytes::from(body.clone())))
                .unwrap();
            let response =
                tokio::time::timeout(Duration::from_secs(5), client.request(request)).await.unwrap().unwrap();
            let status = response.status().as_u16();
            let body = response.into_body().collect().await.unwrap().to_bytes();
            answers.push((status, String::from_utf8(body.to_vec()).unwrap()));
        }
        drop(client);
        let _ = stop.send(());
        tokio::time::timeout(Duration::from_secs(5), serving).await.unwrap().unwrap().unwrap();
        answers
    })
}

fn payload(file: &str) -> String {
    fs::read_to_string(root().join("tests/payloads").join(file)).unwrap()
}

#[test]
fn the_answer_to_connect_makes_the_handlers_effective() {
    let connect = payload("captured/connect.1.json");
    let publish = payload("captured/publishStream.1.json");
    let call = payload("derived/call.1.json");
    let hooks = [("connect", connect.clone()), ("publishStream", publish), ("call", call.clone())];
    let answers = post(server(), &hooks);
    let policy = concat!(
        r#","restClientConfig":{"connect":{"clientExclude":"sipPassword"},"#,
        r#""ConnectionStatusEvent":{"clientExclude":"sipPassword"},"#,
        r#""publishStream":{"restOnError":"FAIL"},"#,
        r#""call":{"restOnError":"FAIL","restPolicy":"OVERWRITE","restOverwrite":"callee"}}"#
    );
    let end = connect.rfind('}').unwrap();
    let (members, rest) = connect.split_at(end);
    assert_eq!(answers[0], (200, format!("{members}{policy}{rest}")), "every received byte stays where it was");
    assert_eq!(answers[1].0, 403);
    let sent: serde_json::Value = serde_json::from_str(&call).unwrap();
    let mut taken: serde_json::Value = serde_json::from_str(&answers[2].1).unwrap();
    assert_eq!(taken["callee"], "desk");
    taken["callee"] = sent["callee"].clone();
    assert_eq!((answers[2].0, taken), (200, sent));
}

#[test]
fn the_answer_is_the_policy_that_the_contract_describes() {
    let answers = post(server(), &[("connect", payload("captured/connect.1.json"))]);
    let answer = Connect::from_bytes(answers[0].1.clone()).unwrap();
    let policies = answer.rest_client_config().unwrap();
    let named: Vec<String> = policies.iter().map(|(hook, _)| hook.to_string()).collect();
    assert_eq!(named, ["connect", "ConnectionStatusEvent", "publishStream", "call"]);
    assert_eq!(answer.unknown_count(), 0);
}

#[test]
fn whatever_is_to_be_withheld_is_excluded_for_every_hook_that_carries_it() {
    let policy = HookServer::<()>::new(contract()).session_policy();
    let mut carrying = 0;
    for hook in contract().hooks {
        let members = hook.members.iter().filter(|member| member.client == ClientSees::Withhold);
        let withheld: Vec<&str> = members.map(|member| member.name).collect();
        carrying += usize::from(!withheld.is_empty());
        let hidden: Vec<&str> =
            policy.of(hook.name).map(|entry| entry.hidden().iter().map(AsRef::as_ref).collect()).unwrap_or_default();
        assert_eq!(hidden, withheld, "{}", hook.name);
    }
    assert!(carrying >= 2, "passwords come with connect and with the status of the connection");
}

#[test]
fn a_sabotaged_policy_is_warned_of_at_start() {
    assert_eq!(server().report().warnings().count(), 0, "{}", server().report());
    let sabotaged = server().policy(|policy| {
        policy
            .change(PublishStream::DESCRIPTOR, |entry| entry.on_error(OnError::Log))
            .change(Call::DESCRIPTOR, |entry| entry.answer(AnswerUse::Notify))
            .forget(ConnectionStatusEvent::DESCRIPTOR)
    });
    let report = sabotaged.report();
    let mut text = report.to_string();
    for handler in report.hooks.iter().map(|hook| hook.handler) {
        text = text.replace(handler, handler.rsplit("::").next().unwrap_or(handler));
    }
    if let Err(reason) = expect(&cases("tests", "policy").join("sabotaged.txt"), &text) {
        panic!("{reason}");
    }
    let warned: Vec<(&str, &str)> = report.warnings().map(|finding| (finding.code, finding.hook.as_str())).collect();
    assert_eq!(
        warned,
        [("denial-ignored", "publishStream"), ("overwrite-ignored", "call"), ("secret-shown", "ConnectionStatusEvent")]
    );
}

#[wcs_hook(PlayHls)]
async fn play_hls(_hook: PlayHls) -> Answer<PlayHls> {
    Answer::accept()
}

#[wcs_hook(PlayRtsp)]
async fn play_rtsp(_hook: PlayRtsp) -> Answer<PlayRtsp> {
    Answer::accept()
}

#[wcs_hook(StreamKeepAliveEvent)]
async fn keep_alive(_hook: StreamKeepAliveEvent) -> Answer<StreamKeepAliveEvent> {
    Answer::end_stream("the lobby closes")
}

#[wcs_hook(ErrorEvent)]
async fn error(_hook: ErrorEvent) {}

/// The same expectations as the program's `wcs operator`, which reads the schema where this reads the compiled contract.
#[test]
fn the_operators_commands_are_those_of_the_program() {
    let (app, key, url) = ("video", "videoKey", "https://backend.example.com/hooks");
    let new = server().handlers(handlers![play_hls, keep_alive, error]).unwrap().operator(app, key, url).unwrap();
    let existing = HookServer::<()>::new(contract()).handlers(handlers![play_rtsp]).unwrap();
    let existing = existing.signed_by(["a-key"]).unwrap();
    let existing = existing.operator_of(Registration { app, key, url, application: Application::Existing }).unwrap();
    for (file, operator) in [("new.txt", new), ("existing.txt", existing)] {
        assert_eq!(operator.to_string(), fs::read_to_string(cases("tests", "operator").join(file)).unwrap(), "{file}");
    }
}

#[test]
fn every_hook_handled_is_said_in_the_policy_as_its_type_asks() {
    let entry = |name: &str| {
        let hook = contract().hook(name).unwrap();
        let declared = wcs_runtime::server::Declared::new(hook, "backend::handler");
        let policy = wcs_runtime::policy::compute(contract(), &[&declared], wcs_runtime::policy::UnhandledHooks::Sent);
        policy.of(hook.name).and_then(wcs_runtime::HookPolicy::said_on_error)
    };
    for hook in contract().hooks {
        let ends = hook.deny == wcs_runtime::descriptor::DenyEffect::EndsStream;
        let expected = match hook.kind {
            HookType::Direct | HookType::Incoming => Some(OnError::Fail),
            HookType::Event if ends => Some(OnError::Fail),
            HookType::Event | HookType::Connect => None,
        };
        assert_eq!(entry(hook.name), expected, "{}", hook.name);
    }
}
