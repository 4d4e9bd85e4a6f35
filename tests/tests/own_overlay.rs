//! A team's overlay over the contract, compiled by a build script and used by a backend on a real port.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use wcs_contract::{Input, compile, project, release};
use wcs_tests::backend::Backend;
use wcs_tests::{added, root};

const HEAD: &str = r#""appKey":"defaultApp","sessionId":"/192.168.1.38:64604/192.168.1.59:8443""#;

#[test]
fn the_backend_reads_what_the_overlay_says() {
    let backend = Backend::of_package("own-overlay").unwrap();
    for (hook, members, status, told) in [
        ("connect", r#""custom":{"badge":"1234","role":"TEACHER"}"#, 200, ""),
        ("connect", r#""custom":{"badge":"1234","role":"STUDENT"},"campus":"north"}"#.trim_end_matches('}'), 200, ""),
        ("connect", r#""custom":{"badge":"1234","role":"STUDENT"},"campus":"south""#, 403, "northern campus"),
        ("connect", r#""custom":{"badge":"1234","role":"PARENT"}"#, 403, "neither"),
        ("connect", r#""custom":"a token""#, 403, "nobody"),
        ("connect", r#""mediaProviders":["WebRTC"]"#, 403, "nobody"),
        ("publishStream", r#""name":"algebra-7","custom":{"any":"thing"}"#, 200, ""),
        ("publishStream", r#""name":"Algebra 7""#, 403, "^[a-z]+-[0-9]+$"),
        ("StreamEvent", r#""type":"audioMuted""#, 200, ""),
    ] {
        let sent = format!("{{{HEAD},{members}}}");
        let reply = backend.post(hook, sent.clone()).unwrap();
        assert_eq!(reply.status, status, "{hook} {sent}: {}", reply.text());
        if status == 200 {
            assert!(added(&sent, &reply.text()).is_some(), "{hook}: {sent} became {}", reply.text());
        } else {
            assert!(reply.text().contains(told), "{hook}: {}", reply.text());
        }
    }
    // What is hidden is not answered.
    assert_eq!(backend.post("call", format!("{{{HEAD}}}")).unwrap().status, 404);
}

/// The captured bodies of the hooks that are left still come back byte for byte.
#[test]
fn what_was_not_changed_is_as_before() {
    let backend = Backend::of_package("own-overlay").unwrap();
    for file in ["StreamEvent.3", "StreamStatusEvent.1", "playHLS.1", "playRTSP.1", "ConnectionStatusEvent.1"] {
        let body = std::fs::read_to_string(root().join(format!("tests/payloads/captured/{file}.json"))).unwrap();
        let hook = file.split('.').next().unwrap();
        let reply = backend.post(hook, body.clone()).unwrap();
        assert_eq!((reply.status, reply.text()), (200, body), "{file}");
    }
}

#[test]
fn every_target_shows_what_the_overlay_says() {
    let path = root().join("examples/own-overlay/overlay.yaml");
    let contract = compile(&Input::at(&path)).unwrap().contract.unwrap();
    assert_eq!(contract.layers.len(), 1);
    let of = |target: &str, file: &str| {
        let artifacts = wcs_targets::find(target).unwrap().emit(&contract);
        artifacts.into_iter().find(|artifact| artifact.path == file).unwrap_or_else(|| panic!("{target}/{file}")).text
    };
    let page = of("docs", "hooks/connect.md");
    for word in ["campus", "The school's servers", "Person"] {
        assert!(page.contains(word), "{word}");
    }
    assert!(!wcs_targets::find("docs").unwrap().emit(&contract).iter().any(|page| page.path == "hooks/call.md"));
    assert!(of("openapi", "openapi-3.1.json").contains("\"Person\""));
    assert!(of("vectors", "vectors.json").contains("\"campus\":\"north\""));
    // An overlay can be projected as the contract can.
    let old = project(&contract, &release(&contract, "4").unwrap());
    assert!(old.find_hook("connect").unwrap().parameter("campus").is_some());
    assert!(old.find_hook("connect").unwrap().parameter("nodeId").is_none());
}

#[test]
fn each_fact_knows_its_layer() {
    let contract = compile(&Input::at(root().join("examples/own-overlay/overlay.yaml"))).unwrap().contract.unwrap();
    let connect = contract.find_hook("connect").unwrap();
    let custom = connect.parameter("custom").unwrap();
    let layer = |key: &str| {
        let fact = custom.facts.iter().find(|fact| fact.key == key).unwrap();
        contract.layer_of(fact.span).map(|layer| layer.name.value.as_str())
    };
    assert_eq!((layer("type"), layer("doc"), layer("sensitive")), (Some("school"), Some("school"), None));
    assert!(custom.layer.is_none() && connect.layer.is_none());
    assert_eq!(connect.parameter("campus").unwrap().layer.as_ref().unwrap().value, "school");
    assert!(
        contract
            .overrides
            .iter()
            .any(|said| { said.subject == "hooks/connect/custom" && said.fact == "type" && said.base.is_some() })
    );
}
