//! What is taken out of a recording.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use wcs_contract::model::{Contract, Sensitivity, TypeKind};
use wcs_simulator::record::exchange;
use wcs_simulator::wire::Credentials;
use wcs_tests::none;

use super::raw::{Client, RawBackend, answer_with, answer_with_headers};
use super::{Secrets, contract, play_all, record};

/// Values that nobody may find in a recording: what members hold that the contract calls sensitive.
fn secrets_in(contract: &Contract, bodies: &[Value]) -> BTreeSet<String> {
    let hooks = contract.hooks.iter().flat_map(|hook| &hook.parameters);
    let records = contract.types.iter().flat_map(|def| match &def.kind {
        TypeKind::Record(members) => members.as_slice(),
        TypeKind::Enum { .. } => &[],
    });
    let sensitive: BTreeSet<&str> = hooks
        .chain(records)
        .filter(|member| member.sensitive == Sensitivity::Sensitive)
        .map(|member| member.name.value.as_str())
        .collect();
    assert!(sensitive.contains("custom") && sensitive.len() >= 5, "{sensitive:?}");
    let mut found = BTreeSet::new();
    for body in bodies {
        collect(body, &sensitive, false, &mut found);
    }
    found.retain(|secret| secret.len() >= 6);
    found
}

fn collect(value: &Value, sensitive: &BTreeSet<&str>, inside: bool, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                collect(value, sensitive, inside || sensitive.contains(name.as_str()), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, sensitive, inside, found)),
        Value::String(text) if inside => {
            found.insert(text.clone());
        }
        Value::Number(number) if inside => {
            found.insert(number.to_string());
        }
        _ => {}
    }
}

fn found_in(text: &str, secrets: &BTreeSet<String>) -> Vec<String> {
    let spellings = |secret: &String| {
        let json = Value::from(secret.as_str()).to_string().trim_matches('"').to_owned();
        [secret.clone(), json, STANDARD.encode(secret), percent(secret)]
    };
    secrets.iter().filter(|secret| spellings(secret).iter().any(|form| text.contains(form.as_str()))).cloned().collect()
}

fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

const PASSWORD: &str = "p@ss \"wörd\"/1";

/// Bodies in which secrets stand where nothing tells that they are some.
fn leaking_bodies() -> Vec<(&'static str, String)> {
    let body = |value: Value| value.to_string();
    vec![
        // Before anything has told that it is a secret.
        (
            "StreamStatusEvent",
            body(json!({"info": "denied for token-of-ada-91", "sessionId": "s", "n": 4_711_471_100_u64})),
        ),
        (
            "connect",
            body(
                json!({"custom": {"token": "token-of-ada-91", "pin": 4_711_471_100_u64, "deep": [{"x": "in-depth-17"}]}}),
            ),
        ),
        (
            "connect",
            body(json!({"sipPassword": PASSWORD, "origin": "https://ada:url-pass-88@example.org/a?key=query-key-5"})),
        ),
        // Again, elsewhere: within a text, escaped, encoded, in a name.
        (
            "playStream",
            body(json!({"name": format!("rtsp://x/y?p={}", percent(PASSWORD)), "info": format!("<{PASSWORD}>")})),
        ),
        (
            "playStream",
            body(json!({"payload": STANDARD.encode("token-of-ada-91"), "token-of-ada-91": {"below": "query-key-5"}})),
        ),
        ("unheardOf", body(json!({"accessToken": "unknown-member-7", "mySecretNote": {"a": "nested-note-3"}}))),
        ("pushLogs", format!("a log, no JSON: {PASSWORD} and token-of-ada-91")),
        ("pushLogs", "custom=form-value-66&x=1".to_owned()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_holds_no_secret_of_the_run() {
    let contract = contract();
    let mut secrets = BTreeSet::new();
    let mut recordings = Vec::new();
    for kept in [Secrets::Taken, Secrets::Kept] {
        // The backend echoes, and repeats the credentials that it got.
        let backend = RawBackend::start(|request| {
            let authorization = request.header("authorization").unwrap_or_default();
            let more = format!("Set-Cookie: id=cookie-value-9; Path=/\r\nX-Seen: {authorization}\r\n");
            answer_with_headers(&more, &request.body)
        });
        let recording = record(&backend.url(), kept).await;
        let url = format!("http://{}/hooks", recording.address);
        let basic = Credentials { basic: Some(("ada".to_owned(), PASSWORD.to_owned())), secret: None };
        let mut bodies = play_all(&contract, &url, &basic).await;
        let signed = Credentials { basic: None, secret: Some(b"signing-key".to_vec()) };
        bodies.extend(play_all(&contract, &url, &signed).await);
        let client = Client::new(recording.address);
        for (hook, body) in leaking_bodies() {
            client.post(&format!("/hooks/{hook}?session=query-value-3&again={}", percent(PASSWORD)), &body);
            bodies.extend(serde_json::from_str::<Value>(&body));
        }
        secrets = secrets_in(&contract, &bodies);
        let signature = contract.sender.as_ref().unwrap().signature.as_ref().unwrap().header.value.clone();
        let signatures = backend.requests().into_iter().filter_map(|request| request.header(&signature));
        let signatures: BTreeSet<String> =
            signatures.map(|value| value.rsplit(' ').next().unwrap().to_owned()).collect();
        assert!(signatures.len() > 50, "{}", signatures.len());
        secrets.extend(signatures);
        recordings.push(recording.end().await);
    }
    let pair = format!("ada:{PASSWORD}");
    let others = [PASSWORD, &pair, "token-of-ada-91", "in-depth-17", "url-pass-88", "query-key-5", "unknown-member-7"];
    let more = ["nested-note-3", "form-value-66", "cookie-value-9", "query-value-3", "4711471100"];
    secrets.extend(others.into_iter().chain(more).map(str::to_owned));
    // The contract's own words are no secrets, whoever uses them for one.
    secrets.retain(|secret| !["string", "WebRTC"].contains(&secret.as_str()));
    let [taken, kept] = recordings.as_slice() else { unreachable!("two recordings were made") };
    assert!(secrets.len() > 80, "{}", secrets.len());
    assert_eq!(found_in(kept, &secrets).len(), secrets.len(), "the search finds what is there");
    none(&found_in(taken, &secrets));
    assert_eq!(exchange::read(taken).unwrap().len(), exchange::read(kept).unwrap().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_secret_has_the_same_placeholder() {
    let backend = RawBackend::start(|request| answer_with(&request.body));
    let recording = record(&backend.url(), Secrets::Taken).await;
    let client = Client::new(recording.address);
    client.post("/hooks/connect", r#"{"custom":{"a":"secret-one","b":"secret-two"},"sipPassword":"secret-one"}"#);
    client.post("/hooks/playStream", r#"{"name":"live secret-two","custom":{"a":"secret-one"},"hasVideo":true}"#);
    let exchanges = recording.exchanges().await;
    let body = |index: usize| serde_json::from_slice::<Value>(&exchanges[index].request.bytes().unwrap()).unwrap();
    let (one, two) = ("[secret-1]", "[secret-2]");
    assert_eq!(body(0), json!({"custom": {"a": one, "b": two}, "sipPassword": one}));
    assert_eq!(body(1), json!({"name": format!("live {two}"), "custom": {"a": one}, "hasVideo": true}));
    assert_eq!(exchanges[1].request.redacted, ["/name", "/custom/a"]);
    assert_eq!(exchanges[0].answer.bytes().unwrap(), exchanges[0].request.bytes().unwrap());
    assert_eq!(exchanges[0].hook.as_deref(), Some("connect"));
}
