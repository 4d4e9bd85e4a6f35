//! Every body in `payloads/`, posted to a real backend on a real port, and read through its type.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;

use wcs_hooks::*;
use wcs_runtime::descriptor::HookType;
use wcs_tests::backend::Backend;
use wcs_tests::{added, root};

/// Hook and body of every payload file.
fn payloads() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for kind in ["captured", "derived"] {
        for entry in fs::read_dir(root().join("tests/payloads").join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let hook = path.file_stem().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
            found.push((hook, fs::read_to_string(path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn every_body_comes_back_byte_for_byte() {
    let backend = Backend::of_package("all-hooks").unwrap();
    let payloads = payloads();
    assert!(payloads.len() >= 39, "{} bodies", payloads.len());
    for (hook, body) in payloads {
        let pretty = format!("{:#}\n", serde_json::from_str::<serde_json::Value>(&body).unwrap());
        for sent in [body, pretty] {
            let reply = backend.post(&hook, sent.clone()).unwrap();
            assert_eq!(reply.status, 200, "{hook}");
            let text = reply.text();
            let added = added(&sent, &text).unwrap_or_else(|| panic!("{hook}: {sent} became {text}"));
            let opens = contract().hook(&hook).is_some_and(|hook| hook.kind == HookType::Connect);
            // The answer that opens a session carries its policy; nothing else is ever added.
            assert_eq!(added.starts_with(",\"restClientConfig\":{"), opens, "{hook}: {added}");
            assert!(opens || added.is_empty(), "{hook}: {added}");
            assert_eq!(reply.headers["content-type"], "application/json");
        }
    }
}

fn body(file: &str) -> String {
    fs::read_to_string(root().join("tests/payloads").join(file)).unwrap()
}

#[test]
fn typed_values_of_captured_bodies() {
    let hook = Connect::from_bytes(body("captured/connect.1.json")).unwrap();
    assert_eq!(hook.media_providers().unwrap(), [MediaProvider::WebRtc, MediaProvider::WsPlayer]);
    assert_eq!(hook.client_version().as_deref(), Some("0.5.16"));
    assert_eq!(hook.use_ws_tunnel(), Some(false));

    let hook = ConnectionStatusEvent::from_bytes(body("captured/ConnectionStatusEvent.1.json")).unwrap();
    assert_eq!(hook.status(), Some(ConnectionStatus::Established));
    assert_eq!(hook.node_id(), None, "WCS 4 sends none");
    assert_eq!(hook.sip_register_required(), Some(true));

    let hook = OnCallEvent::from_bytes(body("captured/OnCallEvent.1.json")).unwrap();
    assert_eq!((hook.incoming(), hook.has_audio(), hook.hold_for_transfer()), (Some(true), Some(true), Some(false)));
    assert_eq!(hook.caller().as_deref(), Some("PPP009"));

    let hook = StreamEvent::from_bytes(body("captured/StreamEvent.3.json")).unwrap();
    assert_eq!(hook.type_(), Some(StreamEventType::RemovedFromMixing));
    assert_eq!(hook.payload().unwrap().get("uri").unwrap(), "mixer://m1");

    let hook = StreamStatusEvent::from_bytes(body("captured/StreamStatusEvent.1.json")).unwrap();
    assert_eq!(hook.status(), Some(StreamStatus::Publishing));
    assert_eq!((hook.width(), hook.name().as_deref()), (Some(0), Some("b4e7")));

    let hook = PublishStream::from_bytes(body("captured/publishStream.1.json")).unwrap();
    assert_eq!((hook.published(), hook.record()), (Some(true), Some(false)));

    let hook = SendStreamEvent::from_bytes(body("captured/sendStreamEvent.1.json")).unwrap();
    assert_eq!(hook.origin().as_deref(), Some("https://wcs:8888"));
}

#[test]
fn both_shapes_of_the_versions() {
    let old = PlayHls::from_bytes(body("captured/playHLS.1.json")).unwrap();
    assert_eq!((old.token().as_deref(), old.has_audio()), (Some("123456789"), Some(true)));
    let new = PlayHls::from_bytes(r#"{"mediaProvider":"HLS","custom":{"token":"t"}}"#).unwrap();
    assert_eq!((new.token(), new.media_provider()), (None, Some(MediaProvider::Hls)));

    let old = PlayRtsp::from_bytes(body("captured/playRTSP.1.json")).unwrap();
    assert_eq!(old.rtsp_url().as_deref(), Some("rtsp://test.flashphoner.com/test"));
    assert!(old.user_agent().unwrap().starts_with("WebCallServer-5.1.3656"), "the old spelling is read");
    let new = PlayRtsp::from_bytes(body("captured/playRTSP.2.json")).unwrap();
    assert_eq!((new.rtsp_url(), new.media_provider()), (None, Some(MediaProvider::Rtsp)));
    assert!(new.user_agent().unwrap().starts_with("LibVLC"));
}

#[test]
fn typed_values_of_derived_bodies() {
    let hook = Call::from_bytes(body("derived/call.2.json")).unwrap();
    assert_eq!(hook.callee().as_deref(), Some("10002"));
    assert_eq!(hook.invite_parameters().unwrap().get("param1").unwrap(), "value1");
    assert!(hook.sdp().unwrap().contains("\r\na=rtpmap:0"));

    let hook = SendDtmf::from_bytes(body("derived/sendDtmf.1.json")).unwrap();
    assert_eq!((hook.dtmf(), hook.type_()), (Some(DtmfSymbol::Digit1), Some(DtmfType::Rfc2833)));

    let hook = Subscribe::from_bytes(body("derived/subscribe.1.json")).unwrap();
    assert_eq!((hook.expires(), hook.event()), (Some(3600), Some(SubscriptionEvent::Reg)));

    let hook = SendMessage::from_bytes(body("derived/sendMessage.1.json")).unwrap();
    assert_eq!(hook.content_type(), Some(MessageContentType::TextPlain));

    let hook = SubmitBugReport::from_bytes(body("derived/submitBugReport.1.json")).unwrap();
    assert_eq!(hook.type_(), Some(BugReportType::NoMedia));

    #[derive(serde::Deserialize)]
    struct Login {
        token: String,
    }
    let hook = PlayStream::from_bytes(body("derived/playStream.1.json")).unwrap();
    assert_eq!(hook.read_as::<Login>("custom").unwrap().unwrap().token, "abc");
}
