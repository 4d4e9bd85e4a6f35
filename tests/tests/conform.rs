//! Conformance: our own backend has it wholly, and each wrong one has exactly the findings that it should.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::net::SocketAddr;
use std::time::Duration;
use wcs_contract::Input;

use crate::all_hooks;
use serde_json::{Map, Value};
use wcs_contract::model::Contract;
use wcs_simulator::conform::check::{Area, CHECKS, Demand};
use wcs_simulator::conform::report::{Report, State};
use wcs_simulator::conform::{self, Settings, json, text};
use wcs_simulator::target::Target;
use wcs_simulator::wire::Credentials;
use wcs_tests::{answering, cases, expect, folders, none, root};

const BASE: &str = "/apps/EchoApp";

fn contract() -> Contract {
    wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap()
}

fn settings(contract: &Contract, address: SocketAddr, base: &str) -> Settings {
    Settings {
        target: Target::parse(&format!("http://{address}{base}"), contract).unwrap(),
        credentials: Credentials::default(),
        timeout: Some(Duration::from_secs(10)),
        set: Vec::new(),
        hooks: Vec::new(),
        areas: Vec::new(),
    }
}

fn signed(secret: &str) -> Credentials {
    Credentials { secret: Some(secret.into()), basic: None }
}

async fn run(contract: &Contract, settings: &Settings) -> Report {
    conform::run(contract, settings, &mut |_, _, _| {}).await.unwrap()
}

/// The report without what differs from run to run.
fn shown(contract: &Contract, mut report: Report) -> String {
    report.address = "http://backend/hooks".to_owned();
    report.took = Duration::ZERO;
    text::report(contract, &report, &|_, text| text.to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_backend_conforms_wholly() {
    let contract = contract();
    let server = all_hooks::server().signed_by(["the key"]).unwrap();
    let address = answering::serve(server.mount(BASE).unwrap()).await.unwrap();
    let settings = Settings { credentials: signed("the key"), ..settings(&contract, address, BASE) };
    let report = run(&contract, &settings).await;
    let said = shown(&contract, report.clone());
    assert_eq!(report.findings, Vec::new(), "{said}");
    for area in Area::ALL {
        assert_eq!(report.score(Some(area), Demand::Required), Some(1.0), "{}: {said}", area.word());
        assert_eq!(report.score(Some(area), Demand::Advice), Some(1.0), "{}: {said}", area.word());
    }
    assert!(report.requests > 2000, "{}", report.requests);
    let unjudged = report.outcomes.iter().filter(|outcome| outcome.state != State::Judged);
    let unjudged: Vec<String> = unjudged.map(|outcome| outcome.check.id()).collect();
    assert_eq!(unjudged, ["policy.denials", "policy.overwrites"], "it denies nothing and changes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_conforms_to_every_release() {
    let contract = contract();
    let address = answering::serve(all_hooks::server().mount(BASE).unwrap()).await.unwrap();
    for (release, _) in &contract.releases {
        let release = wcs_contract::release(&contract, &release.value).unwrap();
        let projected = wcs_contract::project(&contract, &release);
        let settings = Settings { areas: vec![Area::Answers, Area::Tolerance], ..settings(&projected, address, BASE) };
        let report = run(&projected, &settings).await;
        assert!(report.findings.is_empty() && report.requests > 200, "{release}: {}", shown(&projected, report));
    }
}

/// A folder is a backend: how it answers, what it is asked besides, and the report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_case_has_its_findings() {
    /// Of each type one, so that a case takes no time; and those that the case is about.
    const HOOKS: [&str; 4] = ["connect", "call", "OnCallEvent", "CallStatusEvent"];
    let contract = contract();
    let mut complaints = Vec::new();
    for folder in folders(&cases("tests", "conform")) {
        let answers: answering::Answers =
            serde_json::from_str(&fs::read_to_string(folder.join("backend.json")).unwrap()).unwrap();
        let named = answers.keys().filter(|name| *name != "*").cloned();
        let hooks = HOOKS.map(str::to_owned).into_iter().chain(named).collect();
        let address = answering::start(answers).await.unwrap();
        let mut settings =
            Settings { hooks, timeout: Some(Duration::from_secs(4)), ..settings(&contract, address, "/hooks") };
        if let Ok(text) = fs::read_to_string(folder.join("ask.json")) {
            let ask: Map<String, Value> = serde_json::from_str(&text).unwrap();
            settings.credentials.secret = ask.get("sign").map(|secret| secret.as_str().unwrap().into());
            let set = ask.get("set").and_then(Value::as_object).cloned().unwrap_or_default();
            settings.set = set.into_iter().collect();
            if let Some(timeout) = ask.get("timeout_ms").and_then(Value::as_u64) {
                settings.timeout = Some(Duration::from_millis(timeout));
            }
            let words = |name: &str| ask.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
            settings.areas = words("only").iter().map(|word| Area::parse(word.as_str().unwrap()).unwrap()).collect();
        }
        let report = run(&contract, &settings).await;
        complaints.extend(expect(&folder.join("expected.txt"), &shown(&contract, report.clone())).err());
        consistent(&contract, &report);
    }
    none(&complaints);
}

/// What is said as text is said as JSON, and what fails has a finding or is blocked.
fn consistent(contract: &Contract, report: &Report) {
    let json = json::report(contract, report);
    assert_eq!(json["findings"].as_array().unwrap().len(), report.findings.len());
    for demand in [Demand::Required, Demand::Advice] {
        let (well, all) = report.count(None, demand);
        assert_eq!(json["score"][demand.word()]["passed"], well);
        let has_findings = report.findings.iter().any(|finding| finding.check.demand == demand);
        let blocked = report.outcomes.iter().any(|outcome| matches!(outcome.state, State::Blocked(_)));
        let soured = report.findings.iter().any(|finding| finding.check.demand == Demand::Required);
        assert!(!has_findings || well < all, "a finding lowers the score");
        assert!(well == all || has_findings || blocked || soured, "a lowered score has a finding");
    }
    for finding in &report.findings {
        assert!(!finding.help.is_empty() && !finding.sent.is_empty() && !finding.got.is_empty(), "{finding:?}");
    }
}

#[test]
fn questions_have_names_of_their_own_and_a_reason() {
    let ids: std::collections::BTreeSet<String> = CHECKS.iter().map(|check| check.id()).collect();
    assert_eq!(ids.len(), CHECKS.len());
    assert!(CHECKS.iter().all(|check| check.why.ends_with('.') && !check.title.ends_with('.')));
    assert!(Area::ALL.iter().all(|area| CHECKS.iter().any(|check| check.area == *area)));
}

#[tokio::test]
async fn nobody_at_home_and_unknown_names_are_told() {
    let contract = contract();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let nobody = settings(&contract, closed, "/hooks");
    let hooks = Settings { hooks: vec!["conect".to_owned()], ..nobody.clone() };
    let set = Settings { set: vec![("custm".to_owned(), Value::Null)], ..nobody.clone() };
    for (settings, part) in [(nobody, "there is no backend at"), (hooks, "`connect`?"), (set, "`custom`?")] {
        let said = conform::run(&contract, &settings, &mut |_, _, _| {}).await.unwrap_err();
        assert!(said.contains(part), "{said}");
    }
}
