//! The drift meter, and what else a server tells about itself.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod phone;

use std::sync::Arc;

use axum::Router;
use phone::{CONTRACT, Dial, ask, get_json};
use serde_json::{Value, json};
use wcs_runtime::codegen::*;
use wcs_runtime::drift::MOST_ENTRIES;
use wcs_runtime::server::{Endpoints, UnknownHook};
use wcs_runtime::{Answer, DriftMeter, HookServer, handlers, wcs_hook};

#[wcs_hook(Dial, crate = wcs_runtime)]
async fn dial(_: Dial) -> Answer<Dial> {
    Answer::accept()
}

fn router() -> Router {
    HookServer::new(&CONTRACT).handlers(handlers![dial]).unwrap().mount("/apps/Phone").unwrap().with_state(())
}

async fn send(router: &Router, body: &str) {
    assert_eq!(ask(router, "POST", "/apps/Phone/dial", body.to_owned()).await, (200, body.to_owned()));
}

#[tokio::test]
async fn every_kind_of_difference_is_counted_per_member() {
    let router = router();
    for _ in 0..3 {
        send(&router, r#"{"number":"112","line":"LASER","tone":"LOUD","later":{"hush":1},"la/ter":"hush"}"#).await;
    }
    send(
        &router,
        r#"{"number":null,"later":[],"lines":["LAND",1,"FIBRE","FIBRE"],"ttl":-1,"secure":true,"tones":"BUSY,HUM"}"#,
    )
    .await;
    send(
        &router,
        r#"{"number":7,"account":{"more":1},"vault":{"hush":{"user":"u","tone":"hush"}},"mood":"hush","lines":{}}"#,
    )
    .await;
    assert_eq!(ask(&router, "POST", "/apps/Phone/Rang", "{}").await.0, 200);

    let mut drift = get_json(&router, "/apps/Phone/_hooks/drift").await;
    let since = drift["since"].take();
    assert!(since.as_str().is_some_and(|since| since.len() == 20 && since.ends_with('Z')), "{since}");
    let count = |pointer: &str, found: &str, count: u64| json!({"pointer": pointer, "found": found, "count": count});
    assert_eq!(
        drift,
        json!({
            "format": 1,
            "contract": "phone",
            "version": "2.1.0",
            "hash": "ab12",
            "since": null,
            "hooks": [
                {
                    "hook": "dial",
                    "received": 5,
                    "unknownMembers": [
                        count("/later", "array", 1),
                        count("/later", "object", 3),
                        count("/la~1ter", "string", 3),
                        count("/account/more", "number", 1),
                    ],
                    "unknownValues": [
                        count("/line", "LASER", 3),
                        count("/lines/*", "FIBRE", 2),
                        count("/mood", "<hidden>", 1),
                        count("/tone", "LOUD", 3),
                        count("/tones", "HUM", 1),
                        count("/vault/*/tone", "<hidden>", 1),
                    ],
                    "missing": [
                        {"pointer": "/account/user", "count": 1},
                        {"pointer": "/number", "count": 1},
                    ],
                    "wrongTypes": [
                        count("/lines", "object", 1),
                        count("/lines/*", "number", 1),
                        count("/number", "number", 1),
                    ],
                    "otherViolations": [
                        count("/certificate", "sent_if", 1),
                        count("/lines", "max_items", 1),
                        count("/ttl", "minimum", 1),
                    ],
                    "overflow": 0,
                },
                {
                    "hook": "Rang",
                    "received": 1,
                    "unknownMembers": [],
                    "unknownValues": [],
                    "missing": [{"pointer": "/times", "count": 1}],
                    "wrongTypes": [],
                    "otherViolations": [],
                    "overflow": 0,
                },
            ],
            "unknownHooks": [],
            "unknownHooksOverflow": 0,
        })
    );
    assert!(!drift.to_string().contains("hush"), "values of bodies have no place in it: {drift}");
}

#[tokio::test]
async fn a_body_as_expected_leaves_no_trace_but_its_number() {
    let router = router();
    send(&router, r#"{"number":"112","line":"land","account":{"user":"u"},"tones":"ENGAGED","ttl":null,"mood":""}"#)
        .await;
    let drift = get_json(&router, "/apps/Phone/_hooks/drift").await;
    let hook = &drift["hooks"][0];
    assert_eq!((&hook["received"], &hook["overflow"]), (&json!(1), &json!(0)));
    for kind in ["unknownMembers", "unknownValues", "missing", "wrongTypes", "otherViolations"] {
        assert_eq!(hook[kind], json!([]), "{kind}");
    }
}

#[tokio::test]
async fn memory_is_bounded_whatever_is_sent() {
    let router = HookServer::new(&CONTRACT).unknown(UnknownHook::Echo).router().with_state(());
    let long = "n\n".repeat(5_000).replace('\n', "\\n");
    let word = "w".repeat(10_000);
    for round in 0..300 {
        let many: Vec<String> = (0..50).map(|at| format!(r#""{long}{round}.{at}":1,"k{round}.{at}":{{}}"#)).collect();
        let body = format!(r#"{{"number":"112","line":"{word}{round}","mood":"m{round}",{}}}"#, many.join(","));
        if round % 30 == 0 {
            assert_eq!(ask(&router, "POST", "/dial", body).await.0, 200);
        }
        let body =
            format!(r#"{{"number":"112","line":"L{round}","mood":"m{round}","x{round}":1,"vault":{{"v{round}":1}}}}"#);
        assert_eq!(ask(&router, "POST", "/dial", body).await.0, 200);
        assert_eq!(ask(&router, "POST", &format!("/{round}/{}", "h".repeat(5_000)), "{}").await.0, 200);
    }
    let drift = get_json(&router, "/_hooks/drift").await;
    let hook = &drift["hooks"][0];
    for kind in ["unknownMembers", "unknownValues"] {
        assert_eq!(hook[kind].as_array().unwrap().len(), MOST_ENTRIES, "{kind}");
    }
    assert_eq!(hook["wrongTypes"], json!([{"pointer": "/vault/*", "found": "number", "count": 300}]));
    assert_eq!(drift["unknownHooks"].as_array().unwrap().len(), MOST_ENTRIES);
    assert_eq!(drift["unknownHooksOverflow"], 300 - MOST_ENTRIES);
    // All that was sent is accounted for: what has an entry, and what does not fit any more.
    let counted: u64 = ["unknownMembers", "unknownValues", "wrongTypes"]
        .iter()
        .flat_map(|kind| hook[kind].as_array().unwrap())
        .map(|entry| entry["count"].as_u64().unwrap())
        .sum();
    let sent = 10 * (100 + 2) + 300 * 4;
    assert_eq!(counted + hook["overflow"].as_u64().unwrap(), sent);
    let text = drift.to_string();
    assert!(text.len() < 3 * 64 * 300, "{} bytes", text.len());
}

#[tokio::test]
async fn one_body_can_not_keep_the_meter_busy() {
    let meter = Arc::new(DriftMeter::new(&CONTRACT));
    let router = HookServer::new(&CONTRACT).drift_into(Arc::clone(&meter)).router().with_state(());
    let items = vec!["1"; 100_000].join(",");
    assert_eq!(ask(&router, "POST", "/dial", format!(r#"{{"number":"112","lines":[{items}]}}"#)).await.0, 200);
    let report = meter.report();
    assert_eq!(report.hooks[0].wrong_types[0].count, 1000);
    assert_eq!(report.hooks[0].overflow, 100_000 - 1000 + 1, "one of them is the number of items");
}

#[tokio::test]
async fn a_server_tells_about_itself_under_its_base_path() {
    let router = router();
    send(&router, r#"{"number":"112"}"#).await;
    let health = get_json(&router, "/apps/Phone/_hooks/health").await;
    assert_eq!((&health["status"], &health["hooks"], &health["failed"]), (&json!("ok"), &json!(1), &json!(0)));
    assert!(health["uptimeSeconds"].is_u64(), "{health}");
    let schema = get_json(&router, "/apps/Phone/_hooks/schema").await;
    assert_eq!(
        schema,
        json!({"contract": "phone", "title": "Phone", "version": "2.1.0", "hash": "ab12", "hooks": ["dial", "Rang"]})
    );
    assert_eq!(ask(&router, "HEAD", "/apps/Phone/_hooks/health", "").await, (200, String::new()));
    let (status, text) = ask(&router, "POST", "/apps/Phone/_hooks/health", "{}").await;
    assert_eq!((status, text.as_str()), (405, "`_hooks/health` is no hook: it is read with GET, not with POST.\n"));
    assert_eq!(ask(&router, "GET", "/apps/Phone/_hooks/other", "").await.0, 404);
    assert_eq!(ask(&router, "GET", "/_hooks/health", "").await.0, 404);
}

#[tokio::test]
async fn the_endpoints_can_be_hidden_and_work_when_nested() {
    let hidden = HookServer::new(&CONTRACT).endpoints(Endpoints::Hidden).router().with_state(());
    for endpoint in ["health", "drift", "schema"] {
        assert_eq!(ask(&hidden, "GET", &format!("/_hooks/{endpoint}"), "").await.0, 404, "{endpoint}");
    }
    let nested = Router::new().nest("/deep/er", HookServer::new(&CONTRACT).router().with_state(()));
    assert_eq!(get_json(&nested, "/deep/er/_hooks/schema").await["contract"], "phone");
}

#[cfg(feature = "prometheus")]
#[test]
fn metrics_are_shown_to_prometheus_once_there_is_a_handle() {
    use wcs_runtime::server::metrics_exporter_prometheus::PrometheusBuilder;

    let recorder = PrometheusBuilder::new().build_recorder();
    let shown = HookServer::new(&CONTRACT).prometheus(recorder.handle()).router().with_state(());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            assert_eq!(ask(&shown, "POST", "/Rang", r#"{"times":"x"}"#).await.0, 200);
            let (status, text) = ask(&shown, "GET", "/_hooks/metrics", "").await;
            assert_eq!(status, 200);
            for line in [
                r#"hooks_requests_total{hook="Rang",outcome="accepted"} 1"#,
                r#"hooks_drift_total{hook="Rang",kind="wrong_type"} 1"#,
                r#"hooks_duration_seconds_count{hook="Rang"} 1"#,
            ] {
                assert!(text.lines().any(|shown| shown == line), "{line} is not in\n{text}");
            }
            assert_eq!(ask(&router(), "GET", "/apps/Phone/_hooks/metrics", "").await.0, 404);
        });
    });
}

wcs_runtime::hook! {
    /// A hook whose name is that of an endpoint.
    pub struct Shadow: event, no_effect;
    about: HookDescriptor::new("_hooks/health", "Has an unlucky name.");
    builder: ShadowBuilder;
    members {}
}

#[tokio::test]
async fn an_endpoint_never_stands_before_a_hook() {
    static UNLUCKY: ContractDescriptor = ContractDescriptor { hooks: &[Shadow::DESCRIPTOR], ..copy() };
    const fn copy() -> ContractDescriptor {
        ContractDescriptor {
            name: "unlucky",
            title: "Unlucky",
            version: "1",
            hash: "",
            hooks: &[],
            sender: SenderDescriptor::NEUTRAL,
        }
    }
    let router = HookServer::new(&UNLUCKY).router().with_state(());
    assert_eq!(ask(&router, "POST", "/_hooks/health", r#"{"a":1}"#).await, (200, r#"{"a":1}"#.to_owned()));
    let drift: Value = get_json(&router, "/_hooks/drift").await;
    assert_eq!(drift["hooks"][0]["unknownMembers"][0]["pointer"], "/a");
}
