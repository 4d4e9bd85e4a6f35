//! The simulator against backends in this process: each scenario, each rule of the server, each policy, each trouble.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use wcs_contract::Input;

use crate::all_hooks;
use serde_json::{Value, json};
use wcs_contract::model::{Contract, HookType, Name, Scenario, ScenarioStep};
use wcs_simulator::judge::{ClientGets, Effect, Reception, Verdict, judge, receive};
use wcs_simulator::load::{self, Load};
use wcs_simulator::play::{Settings, Summary, play};
use wcs_simulator::policy::Policy;
use wcs_simulator::render::{html, json, text};
use wcs_simulator::target::Target;
use wcs_simulator::trace::{Entry, Level};
use wcs_simulator::trouble::Trouble;
use wcs_simulator::wire::{Credentials, Manner, Reply, Wire};
use wcs_simulator::{Members, body};
use wcs_tests::answering::{self, Answering, Answers};
use wcs_tests::{cases, expect, folders, none, root};

fn contract() -> Contract {
    wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap()
}

async fn all_hooks() -> SocketAddr {
    answering::serve(all_hooks::server().mount("/apps/EchoApp").unwrap()).await.unwrap()
}

fn settings(contract: &Contract, address: SocketAddr) -> Settings {
    with(contract, &format!("http://{address}"), &Credentials::default(), Duration::from_secs(10))
}

fn with(contract: &Contract, url: &str, credentials: &Credentials, timeout: Duration) -> Settings {
    let target = Target::parse(url, contract).unwrap();
    let wire = Wire::new(contract, &target, credentials, Some(timeout)).unwrap();
    Settings { wire, seed: 1, troubles: Vec::new(), pace: 0.0, gate: None }
}

async fn played(contract: &Contract, settings: &Settings, scenarios: &[(Name, Scenario)]) -> (Vec<Entry>, Summary) {
    let (mut entries, mut all) = (Vec::new(), Summary::default());
    for (name, scenario) in scenarios {
        let one = play(contract, settings, &name.value, scenario, &mut |entry| entries.push(entry)).await;
        all = Summary { sent: all.sent + one.sent, worst: all.worst.max(one.worst) };
    }
    (entries, all)
}

/// The trace as text, without what differs from run to run.
fn trace(contract: &Contract, entries: &[Entry]) -> String {
    let whole: String = entries.iter().map(|entry| text::entry(contract, entry, &|_, text| text.to_owned())).collect();
    let timeless = |line: &str| match line.strip_suffix(" ms").and_then(|line| line.rsplit_once(' ')) {
        Some((before, time)) if time.parse::<f64>().is_ok() => format!("{before}\n"),
        _ => format!("{line}\n"),
    };
    whole.lines().map(timeless).collect()
}

#[tokio::test]
async fn every_scenario_is_green_against_a_backend_with_all_hooks() {
    let contract = contract();
    let settings = settings(&contract, all_hooks().await);
    let (entries, summary) = played(&contract, &settings, &contract.scenarios).await;
    let remarks: Vec<String> = exchanges(&entries)
        .flat_map(|exchange| exchange.remarks.iter().map(|remark| format!("{}: {}", exchange.scenario, remark.message)))
        .collect();
    none(&remarks);
    assert_eq!(summary.worst, None);
    assert!(summary.sent > 100, "{summary:?}");
    let lost: Vec<String> = exchanges(&entries).filter_map(|exchange| wrong_echo(&contract, exchange)).collect();
    none(&lost);
}

fn exchanges(entries: &[Entry]) -> impl Iterator<Item = &wcs_simulator::trace::Exchange> {
    entries.iter().filter_map(|entry| match entry {
        Entry::Exchange(exchange) => Some(exchange.as_ref()),
        _ => None,
    })
}

/// What an answer lacks of the request, or has besides, but for the policy.
fn wrong_echo(contract: &Contract, exchange: &wcs_simulator::trace::Exchange) -> Option<String> {
    let Reception::Accepted(answer) = &exchange.verdict.reception else {
        return Some(format!("{}: {:?}", exchange.hook, exchange.verdict.reception));
    };
    let mut answer = answer.clone();
    answer.shift_remove(&contract.session_policy()?.member.value);
    (answer != exchange.request).then(|| format!("{}: {answer:?} for {:?}", exchange.hook, exchange.request))
}

#[tokio::test]
async fn every_scenario_of_every_release_is_green_too() {
    let contract = contract();
    let address = all_hooks().await;
    for (release, _) in &contract.releases {
        let release = wcs_contract::release(&contract, &release.value).unwrap();
        let projected = wcs_contract::project(&contract, &release);
        let settings = with(&contract, &format!("http://{address}"), &Credentials::default(), Duration::from_secs(10));
        let (entries, summary) = played(&projected, &settings, &projected.scenarios).await;
        assert!(summary.sent > 50 && summary.worst.is_none(), "{release}: {summary:?}");
        for exchange in exchanges(&entries) {
            let hook = projected.find_hook(&exchange.hook).unwrap();
            for member in exchange.request.keys() {
                assert!(body::is_known(hook, member), "{release} sends no `{member}` in {}", exchange.hook);
            }
        }
    }
}

#[test]
fn scenarios_send_every_hook_and_play_every_flow() {
    let contract = contract();
    let mut sent = BTreeSet::new();
    for (_, scenario) in &contract.scenarios {
        hooks_of(&scenario.steps, &mut sent);
    }
    let hooks: BTreeSet<&str> = contract.hooks.iter().map(|hook| hook.name.value.as_str()).collect();
    assert_eq!(hooks.difference(&sent).collect::<Vec<_>>(), Vec::<&&str>::new(), "hooks in no scenario");
    for (flow, described) in &contract.flows {
        let player = contract.scenarios.iter().find(|(_, scenario)| {
            let mut sent = BTreeSet::new();
            hooks_of(&scenario.steps, &mut sent);
            let plays = scenario.plays.iter().any(|played| played.value == flow.value);
            plays && described.steps.iter().all(|step| step.when.is_some() || sent.contains(step.hook.value.as_str()))
        });
        assert!(player.is_some(), "no scenario plays all hooks of the flow `{}`", flow.value);
    }
}

fn hooks_of<'a>(steps: &'a [ScenarioStep], found: &mut BTreeSet<&'a str>) {
    for step in steps {
        found.insert(step.hook.value.as_str());
        hooks_of(step.then.as_deref().unwrap_or_default(), found);
        hooks_of(&step.otherwise, found);
    }
}

#[tokio::test]
async fn each_case_is_played_as_expected() {
    let contract = contract();
    let mut complaints = Vec::new();
    for folder in folders(&cases("tests", "simulate")) {
        let (names, answers) = backend_of(&folder);
        let address = answering::start(answers).await.unwrap();
        // The only backend that is slow is so on purpose.
        let timeout = Duration::from_millis(700);
        let settings = with(&contract, &format!("http://{address}/hooks"), &Credentials::default(), timeout);
        let scenarios = match folder.join("scenario.yaml") {
            file if file.is_file() => {
                let read = wcs_contract::scenarios::read(&contract, &file).unwrap();
                assert!(read.findings.is_empty(), "{:?}", read.findings);
                read.scenarios
            }
            _ => {
                let chosen = |name: &String| contract.scenarios.iter().find(|(known, _)| known.value == *name).cloned();
                names.iter().map(|name| chosen(name).unwrap()).collect()
            }
        };
        let (entries, _) = played(&contract, &settings, &scenarios).await;
        let said = trace(&contract, &entries);
        complaints.extend(expect(&folder.join("expected.txt"), &said).err());
        let page = html::page(&contract, &entries);
        assert!(page.starts_with("<!doctype html>") && page.contains("<svg"), "{}", folder.display());
        assert_eq!(page.matches("<script").count() + page.matches("src=").count(), 0, "the page stands alone");
    }
    none(&complaints);
}

fn wire(contract: &Contract, address: SocketAddr, timeout: Duration) -> Wire {
    with(contract, &format!("http://{address}/hooks"), &Credentials::default(), timeout).wire
}

fn backend_of(folder: &Path) -> (Vec<String>, Answers) {
    let text = fs::read_to_string(folder.join("backend.json")).unwrap();
    let mut members: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
    let names = members.shift_remove("play").unwrap_or_default();
    let names = serde_json::from_value(names).unwrap_or_default();
    (names, serde_json::from_value(Value::Object(members)).unwrap())
}

/// Answers that a server takes for a yes, for a no, and for an error of each kind.
fn answers() -> [(&'static str, Answering); 7] {
    let plain = Answering::default;
    let text = |text: &str| Some(text.to_owned());
    [
        ("200", plain()),
        ("403", Answering { status: Some(403), ..plain() }),
        ("500", Answering { status: Some(500), ..plain() }),
        ("204", Answering { status: Some(204), ..plain() }),
        ("not JSON", Answering { text: text("<h1>It works!</h1>"), ..plain() }),
        ("HTML", Answering { content_type: text("text/html"), ..plain() }),
        ("silence", Answering { delay_ms: 400, ..plain() }),
    ]
}

/// What server, client and caller do after each kind of answer to each hook, under each on-error word. The table is
/// compared with the documents' own below.
#[tokio::test]
async fn the_whole_matrix_of_errors() {
    let contract = contract();
    let mut table = String::from("on error\ttype\tanswer\tserver\tlog\tclient\tcaller\thooks\n");
    let closed = closed_port().await;
    for word in [None, Some("LOG"), Some("FAIL")] {
        let policy = policy(&contract, word);
        let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
        for (label, answer) in answers() {
            let all = contract.hooks.iter().map(|hook| (hook.name.value.clone(), answer.clone())).collect();
            let address = answering::start(all).await.unwrap();
            let wire = wire(&contract, address, Duration::from_millis(150));
            let verdicts = contract.hooks.iter().map(|hook| {
                let (wire, contract, policy) = (&wire, &contract, &policy);
                async move {
                    let sent = body::example(contract, hook, None);
                    let bytes = Value::Object(sent.clone()).to_string().into();
                    let (reply, _) = wire.post(&hook.name.value, bytes, Manner::Plain).await;
                    (hook, judge(contract, policy, hook, &sent, receive(contract, &reply)))
                }
            });
            for (hook, verdict) in futures(verdicts).await {
                add(&mut rows, row(word, hook.kind, label, &verdict), &hook.name.value);
            }
        }
        for hook in &contract.hooks {
            let reply = closed.post(&hook.name.value, "{}".into(), Manner::Plain).await.0;
            assert!(matches!(reply, Reply::Failed(_)), "{reply:?}");
            let verdict = judge(&contract, &policy, hook, &Members::new(), receive(&contract, &reply));
            add(&mut rows, row(word, hook.kind, "no connection", &verdict), &hook.name.value);
        }
        for (row, hooks) in rows {
            let shown = if hooks.len() > 4 { format!("{} of them", hooks.len()) } else { hooks.join(" ") };
            table.push_str(&format!("{row}\t{shown}\n"));
        }
    }
    expect(&root().join("tests/tables/simulated.tsv"), &table).unwrap();
    like_the_documents(&table);
}

async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    // At once, as some answers take their time.
    let mut pending: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = pending.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, slot) in pending.iter_mut().zip(&mut done).filter(|(_, slot)| slot.is_none()) {
            if let std::task::Poll::Ready(value) = future.as_mut().poll(context) {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

/// A wire to a port on which nobody listens.
async fn closed_port() -> Wire {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    wire(&contract(), address, Duration::from_secs(5))
}

/// The policy that an answer to the opening hook makes.
fn policy(contract: &Contract, word: Option<&str>) -> Policy {
    let rules = contract.session_policy().unwrap();
    let entry = |word: &str| json!({ &rules.on_error.member.value: word });
    let hooks = contract.hooks.iter();
    let entries: Option<Members> = word.map(|word| hooks.map(|hook| (hook.name.value.clone(), entry(word))).collect());
    let mut answer = Members::new();
    answer.extend(entries.map(|entries| (rules.member.value.clone(), Value::Object(entries))));
    let (policy, faults) = Policy::read(contract, &answer);
    assert_eq!(faults, Vec::new());
    policy
}

fn row(word: Option<&str>, kind: HookType, answer: &str, verdict: &Verdict) -> String {
    let client = match &verdict.client {
        ClientGets::Nothing => "nothing".to_owned(),
        ClientGets::Success => "success".to_owned(),
        ClientGets::Delivery(_) => "the hook".to_owned(),
        ClientGets::DeliveryAndError(_, event) => {
            format!("the hook, error in {}", event.as_deref().unwrap_or("no event"))
        }
        ClientGets::Failure => "failure".to_owned(),
        ClientGets::Error(event) => format!("error in {}", event.as_deref().unwrap_or("no event")),
    };
    let caller = verdict.caller_status.map_or("-".to_owned(), |status| status.to_string());
    let log = if verdict.logged { "error" } else { "-" };
    format!("{}\t{kind}\t{answer}\t{}\t{log}\t{client}\t{caller}", word.unwrap_or("-"), verdict.effect.word())
}

fn add<'a>(rows: &mut Vec<(String, Vec<&'a str>)>, row: String, hook: &'a str) {
    match rows.iter_mut().find(|(known, _)| *known == row) {
        Some((_, hooks)) => hooks.push(hook),
        None => rows.push((row, vec![hook])),
    }
}

/// Each row of an error says what the row of the documents' matrix says, whatever kind of error it was.
fn like_the_documents(table: &str) {
    let documents = fs::read_to_string(root().join("tests/tables/matrix.tsv")).unwrap();
    let mut compared = 0;
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [word, kind, answer, server, _, client, caller, hooks] = columns[..] else { panic!("{line}") };
        if answer == "200" {
            assert_eq!((server, caller), ("goes_on", "-"), "{line}");
            continue;
        }
        // Nothing said is the same as the default.
        let word = if word == "-" { "LOG" } else { word };
        let document = documents.lines().find(|row| row.starts_with(&format!("{word}\t{kind}\t"))).unwrap();
        let document: Vec<&str> = document.split('\t').collect();
        let ends_stream = server == "ends_stream";
        let execution = match server {
            "declines" => "declined",
            "stops" => "stopped",
            _ => "continued",
        };
        assert_eq!((execution, caller), (document[3], document[5]), "{line}");
        let told = match document[4] {
            "failure" => client == "failure",
            "matching_event" | "error_event" => client.contains("error in "),
            _ => matches!(client, "nothing" | "the hook" | "success"),
        };
        assert!(told, "{line}");
        // The one event that a denial can still change.
        assert!(!ends_stream || (word == "FAIL" && hooks.split(' ').count() == 1), "{line}");
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}

#[tokio::test]
async fn trouble_is_repeated_by_its_seed() {
    let contract = contract();
    let address = all_hooks().await;
    let run = async |seed| {
        let troubles = Trouble::ALL.to_vec();
        let settings = Settings { seed, troubles, ..settings(&contract, address) };
        let (entries, summary) = played(&contract, &settings, &contract.scenarios).await;
        assert!(summary.worst < Some(Level::Error), "{}", trace(&contract, &entries));
        let lines: Vec<String> = entries.iter().map(timeless).collect();
        (entries, lines)
    };
    let (entries, first) = run(7).await;
    let (_, second) = run(7).await;
    let (_, other) = run(8).await;
    for (first, second) in first.iter().zip(&second) {
        assert_eq!(first, second);
    }
    assert_eq!(first.len(), second.len());
    assert_ne!(first, other);
    let met: BTreeSet<Trouble> = exchanges(&entries).filter_map(|exchange| exchange.trouble).collect();
    let restarts = entries.iter().filter(|entry| matches!(entry, Entry::Restart { .. })).count();
    // A restart is no exchange.
    assert!(met.len() + 1 == Trouble::ALL.len() && restarts > 0, "{met:?}, {restarts} restarts");
}

fn timeless(entry: &Entry) -> String {
    let mut line = json::entry(entry);
    line.as_object_mut().unwrap().shift_remove("took_ms");
    line.to_string()
}

#[tokio::test]
async fn under_load_and_trouble_no_answer_is_wrong() {
    let contract = Arc::new(contract());
    let settings = Settings { troubles: Trouble::ALL.to_vec(), ..settings(&contract, all_hooks().await) };
    let load = Load { sessions: 8, rate: Some(200.0), duration: Duration::from_secs(2) };
    let scenarios = Arc::new(contract.scenarios.clone());
    let outcome = load::run(contract, settings, scenarios, load, &mut |_, _| {}).await;
    assert!(outcome.worst() < Some(Level::Error), "{:?}", outcome.remarks);
    assert!(outcome.sent() > 100 && outcome.sent() < 500, "{}", outcome.sent());
    assert!(outcome.took < Duration::from_secs(6), "{:?}", outcome.took);
}

/// A key of this test alone.
const SECRET: &str = "the key";

#[tokio::test]
async fn a_backend_that_checks_signatures_believes_the_simulator() {
    let contract = contract();
    let server = all_hooks::server().signed_by([SECRET]).unwrap();
    let address = answering::serve(server.mount("/apps/EchoApp").unwrap()).await.unwrap();
    for (secret, expected) in [(SECRET, Effect::GoesOn), ("another key", Effect::Declines)] {
        let credentials = Credentials { secret: Some(secret.into()), basic: None };
        let settings = with(&contract, &format!("http://{address}"), &credentials, Duration::from_secs(10));
        let scenario = contract.scenarios.first().unwrap();
        let (entries, _) = played(&contract, &settings, std::slice::from_ref(scenario)).await;
        assert_eq!(exchanges(&entries).next().unwrap().verdict.effect, expected);
    }
}
