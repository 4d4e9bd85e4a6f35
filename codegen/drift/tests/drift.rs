//! `wcs drift`: a case is a folder below `cases/drift` with what the sender's vendor says or what it sends, and what is
//! told of it. All cases share the contract in `cases/drift/contract`.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;
use wcs_contract::model::Contract;
use wcs_contract::render::{Color, Format, render};
use wcs_contract::{Compiled, Input};
use wcs_drift::propose::{Answer, propose, title};
use wcs_drift::traffic::{self, Observed};
use wcs_drift::{Drift, Gap, docs};
use wcs_test_support::{cases, expect, folders, none};

fn contract() -> (Compiled, Contract) {
    let folder = cases("codegen/drift/tests", "drift/contract");
    let mut compiled = wcs_contract::compile(&Input::at(&folder)).expect("the folder is there");
    assert!(compiled.findings.is_empty(), "{:#?}", compiled.findings);
    let contract = compiled.contract.take().expect("it has no errors");
    (compiled, contract)
}

/// The files of a case, besides what is expected of it.
fn inputs(case: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(case).expect("it can be listed").flatten().map(|entry| entry.path());
    let mut inputs: Vec<PathBuf> =
        entries.filter(|path| path.is_file() && path.file_stem().is_none_or(|stem| stem != "expected")).collect();
    inputs.sort();
    inputs
}

fn name(path: &Path) -> String {
    path.file_name().expect("it has one").to_string_lossy().into_owned()
}

/// What is told, with paths relative to the contract.
fn said(drifts: &[Drift], compiled: &Compiled) -> String {
    let findings: Vec<_> = drifts.iter().map(|drift| drift.finding.clone()).collect();
    let text = render(&findings, &compiled.sources, Format::Text(Color::Never));
    text.replace(&format!("{}/", cases("codegen/drift/tests", "drift/contract").display()), "")
}

#[test]
fn documents_are_compared_as_expected() {
    let mut complaints = Vec::new();
    for case in folders(&cases("codegen/drift/tests", "drift/docs")) {
        let (mut compiled, contract) = contract();
        let mut text = String::new();
        for path in inputs(&case) {
            let stem = path.file_stem().expect("it has one").to_string_lossy().into_owned();
            let file = compiled.sources.add(name(&path), std::fs::read_to_string(&path).expect("it is UTF-8"));
            let document = docs::Document { file, key: docs::key_of(&contract, &stem).map(str::to_owned) };
            let compared = docs::compare(&contract, &compiled.sources, &document);
            text.push_str(&format!(
                "== {}: {}, {}, {} hooks, {} statements, {} differences\n\n{}",
                name(&path),
                compared.form.words(),
                document.key.as_deref().unwrap_or("not cited"),
                compared.hooks,
                compared.statements,
                compared.drifts.len(),
                said(&compared.drifts, &compiled)
            ));
        }
        complaints.extend(expect(&case.join("expected.txt"), &text).err());
    }
    none(&complaints);
}

/// Compares all files of a case as documents.
fn documented(case: &Path, compiled: &mut Compiled, contract: &Contract) -> Vec<Drift> {
    let compared = inputs(case).into_iter().map(|path| {
        let stem = path.file_stem().expect("it has one").to_string_lossy().into_owned();
        let file = compiled.sources.add(name(&path), std::fs::read_to_string(&path).expect("it is UTF-8"));
        let document = docs::Document { file, key: docs::key_of(contract, &stem).map(str::to_owned) };
        docs::compare(contract, &compiled.sources, &document).drifts
    });
    compared.flatten().collect()
}

/// Reads all files of a case as traffic, and says of each how.
fn observed(case: &Path, contract: &Contract) -> (Observed, String) {
    let (mut observed, mut text) = (Observed::default(), String::new());
    for path in inputs(case) {
        let bytes = std::fs::read(&path).expect("it can be read");
        let read =
            traffic::read(contract, &name(&path), &mut bytes.as_slice(), &mut observed).expect("it is in memory");
        let (form, requests, answers, unread) = (read.form.words(), read.requests, read.answers, read.unread);
        text.push_str(&format!(
            "== {}: {form}, {requests} requests, {answers} answers, {unread} unread\n\n",
            name(&path)
        ));
    }
    (observed, text)
}

#[test]
fn traffic_is_compared_as_expected() {
    let mut complaints = Vec::new();
    for case in folders(&cases("codegen/drift/tests", "drift/traffic")) {
        let (mut compiled, contract) = contract();
        let (observed, read) = observed(&case, &contract);
        let drifts = traffic::drifts(&contract, &mut compiled.sources, &observed);
        let text = format!("{read}{}", said(&drifts, &compiled));
        for secret in ["geheim", "hush", "4711", "12345678901", "Ann"] {
            assert!(!text.contains(secret), "{}: `{secret}` is printed", case.display());
        }
        complaints.extend(expect(&case.join("expected.txt"), &text).err());
    }
    none(&complaints);
}

/// What is proposed comes out as a patch, keeps every line that was there but those it replaces, compiles, and settles what
/// it says that it settles.
#[test]
fn proposals_settle_the_drift_and_keep_the_rest() {
    let mut complaints = Vec::new();
    let folder = cases("codegen/drift/tests", "drift/contract");
    for case in folders(&cases("codegen/drift/tests", "drift/apply")) {
        let (mut compiled, contract) = contract();
        let is_of_documents = case.ends_with("documents");
        let drifts = match is_of_documents {
            true => documented(&case, &mut compiled, &contract),
            false => traffic::drifts(&contract, &mut compiled.sources, &observed(&case, &contract).0),
        };
        let gaps: Vec<&Gap> = drifts.iter().filter_map(|drift| drift.gap.as_ref()).collect();
        let proposal = propose(&folder, &[], &compiled, &contract, &gaps).expect("the folder is there");
        let mut text = String::new();
        for (gap, answer) in gaps.iter().zip(&proposal.answers) {
            text.push_str(&match answer {
                Answer::Added(_) => format!("{}\n", title(gap)),
                Answer::Same => format!("again: {}\n", title(gap)),
                Answer::Left(why) => format!("can't {}: {why}\n", title(gap)),
            });
        }
        let mut edited = wcs_contract::Edited::new();
        for file in &proposal.files {
            let shown = file.path.strip_prefix(&folder).expect("it is in there").display().to_string();
            let diff = similar::TextDiff::from_lines(&file.before, &file.after);
            text.push_str(&format!("\n{}", diff.unified_diff().context_radius(2).header(&shown, &shown)));
            let comments = |text: &str| text.matches('#').count();
            assert!(comments(&file.before) <= comments(&file.after), "{}: a comment went away", file.shown);
            edited.insert(file.path.clone(), file.after.clone());
        }
        let mut after = wcs_contract::compile(&Input::at(&folder).with_edits(edited)).expect("the folder is there");
        let errors = render(&after.findings, &after.sources, Format::Text(Color::Never));
        text.push_str(&format!(
            "\n== said about the result\n{}",
            errors.replace(&format!("{}/", folder.display()), "")
        ));
        let changed = after.contract.take().expect("proposals compile");
        for emitter in wcs_targets::EMITTERS {
            assert!(!emitter.emit(&changed).is_empty(), "{}", emitter.name());
        }
        let again = match is_of_documents {
            true => documented(&case, &mut after, &changed),
            false => traffic::drifts(&changed, &mut after.sources, &observed(&case, &changed).0),
        };
        let left = gaps.iter().zip(&proposal.answers).filter(|(_, answer)| matches!(answer, Answer::Left(_))).count();
        let open = again.iter().filter(|drift| drift.gap.is_some()).count();
        let fresh = case.ends_with("new-hooks");
        assert!(open == left || fresh, "{}: {open} are open and {left} were left", case.display());
        complaints.extend(expect(&case.join("expected.txt"), &text).err());
    }
    none(&complaints);
}

/// With a row taken out of the contract, that row is reported, and nothing else.
#[test]
fn a_missing_row_is_all_that_is_reported() {
    let (mut compiled, contract) = contract();
    let path = cases("codegen/drift/tests", "drift/docs/agrees/Hooks and parameters.txt");
    let file = compiled.sources.add(name(&path), std::fs::read_to_string(&path).expect("it is UTF-8"));
    let document = docs::Document { file, key: Some("P".to_owned()) };
    let mut rows = 0;
    for (at, hook) in contract.hooks.iter().enumerate().filter(|(_, hook)| hook.name.value != "WeatherEvent") {
        for (place, member) in hook.parameters.iter().enumerate().filter(|(_, member)| member.name.value != "seats") {
            let mut without = contract.clone();
            without.hooks[at].parameters.remove(place);
            let told = docs::compare(&without, &compiled.sources, &document).drifts;
            let spelt = member.aliases.first().map_or(&member.name.value, |(alias, _)| &alias.value);
            let in_rows = compiled.sources.get(file).text.lines().any(|line| line.starts_with(&format!("{spelt} |")));
            let is_context = contract.context.iter().any(|context| context.value == member.name.value);
            let expected = format!("the contract has no member `{spelt}` in `{}`", hook.name.value);
            let messages: Vec<&str> = told.iter().map(|drift| drift.finding.message.as_str()).collect();
            // Not every hook repeats the context.
            if in_rows && !(is_context && messages.is_empty()) {
                assert_eq!(messages, [expected.as_str()]);
                rows += 1;
            }
        }
    }
    assert_eq!(rows, 17, "rows that were taken out");
}

/// Pieces of logs, recordings and tables, in any order and cut anywhere.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known = select(vec![
        "12:00:00,001 INFO RestClient - thread-1 SEND REST OBJECT ==>\n",
        "x RECEIVED REST OBJECT <==\n",
        "URL:http://u:p@h/castOff\n",
        "2026-01-01 thread-1 URL:TripStatusEvent OBJECT:{\n",
        "OBJECT:\n",
        "{\n",
        "}\n",
        "{\"path\":\"/castOff\",\"body\":{\"pier\":1,\"a\":[{},[[\"",
        "\"}]}}\n",
        "[{\"hooks\":[{\"hook\":\"castOff\",\"missing\":[{\"pointer\":\"/a/*/~1\",\"count\":1}]}],\"unknownHooks\":[]}]",
        "\"status\" : \"é\u{1b}[2J\",\n",
        "castOff | It leaves |\n",
        "castOff |\n",
        "pier | State: A , B , 'É , C\n|\n",
        "Statuses (the status field)\n",
        "TripStatusEvent\nA\nB c\n",
        "App SDK\tHook\tEvents\n",
        "<code>a(</code>\tcastOff, \tTripStatusEvent,,\n",
        "- `castOff` - \n",
        "- `",
        "|",
        "\t",
        "\r\n",
        "\u{feff}",
    ])
    .prop_map(|piece| piece.as_bytes().to_vec());
    let bytes = proptest::collection::vec(any::<u8>(), 0..12);
    let cut = (known.clone(), any::<proptest::sample::Index>())
        .prop_map(|(piece, at)| piece.get(..at.index(piece.len() + 1)).map(<[u8]>::to_vec).unwrap_or_default());
    proptest::collection::vec(prop_oneof![6 => known, 1 => bytes, 2 => cut], 0..30).prop_map(|pieces| pieces.concat())
}

/// Whatever bytes a log, a recording or a document is made of, it is read, told and proposed from without a panic, and
/// what is proposed compiles.
#[test]
fn any_bytes_are_read() {
    let (compiled, contract) = contract();
    let folder = cases("codegen/drift/tests", "drift/contract");
    let shown = |compiled: &Compiled| -> Vec<(String, String)> {
        compiled.sources.iter().map(|(_, source)| (source.path.clone(), source.text.clone())).collect()
    };
    let texts = shown(&compiled);
    let runs = Config { cases: 400, failure_persistence: None, ..Config::default() };
    proptest!(runs, |(bytes in pieces())| {
        let mut compiled = wcs_contract::compile(&Input::at(&folder)).expect("the folder is there");
        let mut observed = Observed::default();
        traffic::read(&contract, "any.log", &mut bytes.as_slice(), &mut observed).expect("it is in memory");
        let mut drifts = traffic::drifts(&contract, &mut compiled.sources, &observed);
        let file = compiled.sources.add("any.txt", String::from_utf8_lossy(&bytes));
        for key in ["P", "S", "K", "H"] {
            let document = docs::Document { file, key: Some(key.to_owned()) };
            drifts.extend(docs::compare(&contract, &compiled.sources, &document).drifts);
        }
        prop_assert!(said(&drifts, &compiled).lines().count() >= drifts.len());
        let gaps: Vec<&Gap> = drifts.iter().filter_map(|drift| drift.gap.as_ref()).collect();
        let proposal = propose(&folder, &[], &compiled, &contract, &gaps).expect("the folder is there");
        prop_assert!(proposal.after.is_none_or(|after| !after.has_errors()));
        prop_assert_eq!(&texts[..], &shown(&compiled)[..texts.len()]);
    });
}
