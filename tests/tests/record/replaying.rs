//! Recorded requests sent again, and answers compared.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::{Value, json};
use wcs_contract::model::Contract;
use wcs_simulator::record::compare::Compare;
use wcs_simulator::record::replay::{self, Outcome, Pace, Replayed, Summary};
use wcs_simulator::record::{exchange, proxy};
use wcs_simulator::wire::Credentials;
use wcs_tests::answering::{self, Answering};
use wcs_tests::backend::Backend;

use super::raw::{Client, RawBackend, answer_with};
use super::{Secrets, contract, play_all, record};

fn replaying(target: &str, compare: Compare) -> replay::Settings {
    replay::Settings {
        target: proxy::forward(target).unwrap(),
        pace: Pace::Max,
        compare,
        new_ids: None,
        ignore: Vec::new(),
        credentials: Credentials::default(),
        timeout: Duration::from_secs(10),
    }
}

async fn replayed(contract: &Contract, settings: &replay::Settings, text: &str) -> (Summary, Vec<Replayed>) {
    let exchanges = exchange::read(text).unwrap();
    let mut all = Vec::new();
    let summary = replay::replay(contract, settings, &exchanges, &mut |one| all.push(one.clone())).await.unwrap();
    (summary, all)
}

/// The places of differences, by hook.
fn places(all: &[Replayed]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in all {
        if let Outcome::Compared(comparison) = &one.result {
            for difference in &comparison.differences {
                found.entry(&one.hook).or_default().insert(&difference.place);
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_gets_the_recorded_answers_byte_for_byte() {
    let contract = contract();
    let backend = tokio::task::spawn_blocking(|| Backend::of_package("all-hooks")).await.unwrap().unwrap();
    let server = backend.address().split('/').take(3).collect::<Vec<_>>().join("/");
    let path = backend.address().trim_start_matches(&server).to_owned();
    for secrets in [Secrets::Kept, Secrets::Taken] {
        let recording = record(&server, secrets).await;
        let url = format!("http://{}{path}", recording.address);
        let sent = play_all(&contract, &url, &Credentials::default()).await;
        let text = recording.end().await;
        assert!(sent.len() > 100 && text.lines().count() == sent.len(), "{} of {}", text.lines().count(), sent.len());

        let settings = replaying(&server, Compare::Bytes);
        let (summary, all) = replayed(&contract, &settings, &text).await;
        assert_eq!((summary.sent, summary.same), (sent.len(), sent.len()), "{:?}", places(&all));

        let settings = replay::Settings { new_ids: Some(3), ..settings };
        let (summary, all) = replayed(&contract, &settings, &text).await;
        assert_eq!((summary.same, summary.new_ids > 20), (sent.len(), true), "{:?}", places(&all));
    }
    tokio::task::spawn_blocking(|| drop(backend)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_changed_is_told_by_its_place() {
    let contract = contract();
    let before = answering::start([].into()).await.unwrap();
    let recording = record(&format!("http://{before}"), Secrets::Kept).await;
    let client = Client::new(recording.address);
    client.post("/hooks/publishStream", r#"{"sessionId":"s","name":"one","mediaSessionId":"m"}"#);
    client.post("/hooks/playStream", r#"{"sessionId":"s","name":"one"}"#);
    client.post("/hooks/unheardOf", "[1]");
    let text = recording.end().await;

    let changed =
        Answering { set: json!({"name": "two", "a/b": 1}).as_object().unwrap().clone(), ..Answering::default() };
    let refused = Answering { status: Some(403), ..Answering::default() };
    let answers = [("publishStream".to_owned(), changed), ("playStream".to_owned(), refused)].into();
    let after = answering::start(answers).await.unwrap();
    let settings = replaying(&format!("http://{after}"), Compare::Values);
    let (summary, all) = replayed(&contract, &settings, &text).await;
    assert_eq!((summary.sent, summary.same, summary.different), (3, 1, 2));
    let expected =
        [("playStream", ["status"].into()), ("publishStream", ["/a~1b", "/name"].into())].into_iter().collect();
    assert_eq!(places(&all), expected);

    let settings = replay::Settings { ignore: vec!["/name".to_owned(), "/a~1b".to_owned()], ..settings };
    let (summary, _) = replayed(&contract, &settings, &text).await;
    assert_eq!((summary.same, summary.different), (2, 1));
    let settings = replay::Settings { compare: Compare::Status, ..settings };
    assert_eq!(replayed(&contract, &settings, &text).await.0.different, 1);
    let settings = replay::Settings { compare: Compare::Nothing, ..settings };
    assert_eq!(replayed(&contract, &settings, &text).await.0.different, 0);
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = replaying(&format!("http://{gone}"), Compare::Nothing);
    assert_eq!(replayed(&contract, &settings, &text).await.0.failed, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_and_values_are_different_questions() {
    let contract = contract();
    let recorded = r#"{"at":0,"path":"/hooks/connect","request":{"body":{"a":1,"b":[1.0,"x"]}},"status":200,"answer":{"body":{"b":[1.0,"\u0078"],"a":1}}}"#;
    let backend = answering::start([].into()).await.unwrap();
    let values = replaying(&format!("http://{backend}"), Compare::Values);
    assert_eq!(replayed(&contract, &values, recorded).await.0.same, 1);
    let bytes = replaying(&format!("http://{backend}"), Compare::Bytes);
    let (summary, all) = replayed(&contract, &bytes, recorded).await;
    assert_eq!((summary.same, places(&all)), (0, [("connect", ["body"].into())].into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn new_identifiers_belong_together() {
    let contract = contract();
    let backend = RawBackend::start(|request| answer_with(&request.body));
    let recording = record(&backend.url(), Secrets::Kept).await;
    let client = Client::new(recording.address);
    let session = "/127.0.0.1:51000/127.0.0.1:8080";
    let stream = "5c1f7a20-0b1c-11ec-9a03-0242ac130003";
    for hook in ["publishStream", "StreamStatusEvent"] {
        let body =
            json!({"sessionId": session, "mediaSessionId": stream, "name": "one", "info": format!("of {stream}")});
        client.post(&format!("/hooks/{hook}"), &body.to_string());
    }
    let text = recording.end().await;
    backend.requests();
    let settings = replay::Settings { new_ids: Some(1), ..replaying(&backend.url(), Compare::Bytes) };
    let (summary, _) = replayed(&contract, &settings, &text).await;
    assert_eq!((summary.same, summary.new_ids), (2, 2), "{summary:?}");
    let sent: Vec<Value> =
        backend.requests().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    let [first, second] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!((&first["sessionId"], &first["mediaSessionId"]), (&second["sessionId"], &second["mediaSessionId"]));
    assert_ne!(first["sessionId"], session);
    assert_ne!(first["mediaSessionId"], stream);
    assert_eq!(
        (first["name"].as_str(), first["info"].as_str()),
        (Some("one"), Some(format!("of {}", first["mediaSessionId"].as_str().unwrap()).as_str()))
    );
}

#[test]
fn a_line_that_is_none_is_told_with_its_place() {
    let good = r#"{"at":1,"path":"/x","request":{}}"#;
    let wrong = [
        (r#"{"at":1,"request":{}}"#, "2:21: this is no recorded exchange: missing field `path`;"),
        ("not json", "2:2: this is no recorded exchange"),
        (r#"{"at":1,"path":"/x","request":{"base64":"?"}}"#, "2: the request's `base64` is no Base64"),
    ];
    for (line, said) in wrong {
        let error = exchange::read(&format!("{good}\n{line}\n")).unwrap_err();
        assert!(error.starts_with(said), "{error}");
    }
}
