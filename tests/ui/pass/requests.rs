//! What handlers of both forms get of a request, and what becomes of their answers.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Request};
use tower::ServiceExt as _;
use wcs_runtime::{Answer, Backend, Context, HandlerError, HookServer, Peer, RawBody, RequestId, handlers, wcs_hook};
use wcs_ui_tests::{DoorOpened, Hooks, LightUp, OpenDoor, contract};

struct House {
    name: &'static str,
}

fn told(name: &str, key: Option<&str>, peer: Option<SocketAddr>, id: &RequestId, body: &[u8]) -> String {
    let peer = peer.map_or("nobody".to_owned(), |peer| peer.to_string());
    format!("{name} {} {peer} {id} {}", key.unwrap_or("no key"), body.len())
}

#[wcs_hook]
impl Hooks for House {
    #[hook(overwrites(display_text))]
    async fn open_door(&self, hook: OpenDoor, cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        assert_eq!((cx.hook_name(), cx.uri().path(), cx.method().as_str()), ("openDoor", "/openDoor", "POST"));
        let floor: i8 = hook.door().unwrap_or_default().parse()?;
        if floor < 0 {
            return Ok(Answer::deny("not the cellar"));
        }
        if floor > 9 {
            return Err(HandlerError::new(503, "the lift is out of order"));
        }
        let key = cx.headers().get("x-key").and_then(|key| key.to_str().ok());
        let text = told(self.name, key, cx.peer(), cx.request_id(), cx.raw_body());
        assert_eq!(cx.request_id(), cx.request_id());
        Ok(Answer::overwrite(OpenDoorOverwrite::new().display_text(text)))
    }

    async fn door_opened(&self, _hook: DoorOpened, _cx: &Context) -> Result<Answer<DoorOpened>, HandlerError> {
        Ok(Answer::acknowledge())
    }
}

#[wcs_hook(OpenDoor, overwrites(display_text))]
async fn open_door(
    hook: OpenDoor,
    State(name): State<&'static str>,
    headers: HeaderMap,
    peer: Option<Peer>,
    id: RequestId,
    same: RequestId,
    RawBody(body): RawBody,
) -> Result<Answer<OpenDoor>, HandlerError> {
    assert_eq!(id, same);
    let floor: i8 = hook.door().unwrap_or_default().parse()?;
    if floor < 0 {
        return Ok(Answer::deny("not the cellar"));
    }
    if floor > 9 {
        return Err(HandlerError::new(503, "the lift is out of order"));
    }
    let key = headers.get("x-key").and_then(|key| key.to_str().ok());
    let text = told(name, key, peer.map(|Peer(address)| address), &id, &body);
    Ok(Answer::overwrite(OpenDoorOverwrite::new().display_text(text)))
}

#[wcs_hook(DoorOpened)]
async fn door_opened(_hook: DoorOpened) {}

#[wcs_hook(LightUp)]
async fn peer_needed(_hook: LightUp, Peer(_address): Peer) -> Answer<LightUp> {
    Answer::accept()
}

async fn ask(router: &Router, hook: &str, body: &str, headers: &[(&str, &str)], peer: Option<&str>) -> (u16, String) {
    let mut request = Request::post(format!("/{hook}")).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::from(body.to_owned())).unwrap();
    if let Some(peer) = peer {
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    }
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 10_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn run() {
    let backend: Router = HookServer::new(contract()).handlers(House { name: "one" }.handlers()).unwrap().router();
    let functions = HookServer::new(contract()).handlers(handlers![open_door, door_opened]).unwrap().router();
    for (form, router) in [("block", backend), ("function", functions.with_state("one"))] {
        let id = &[("x-request-id", "r-1"), ("x-key", "gold")][..];
        for (hook, body, headers, peer, status, answer) in [
            (
                "openDoor",
                r#"{"door":"3","more":[1]}"#,
                id,
                Some("192.0.2.7:99"),
                200,
                r#"{"door":"3","more":[1],"displayText":"one gold 192.0.2.7:99 r-1 23"}"#,
            ),
            (
                "openDoor",
                r#"{"displayText":"","door":"3"}"#,
                &id[..1],
                None,
                200,
                r#"{"displayText":"one no key nobody r-1 29","door":"3"}"#,
            ),
            ("openDoor", r#"{"door":"-1"}"#, &[], None, 403, r#"{"error":"not the cellar"}"#),
            ("openDoor", r#"{"door":"10"}"#, &[], None, 503, r#"{"error":"the lift is out of order"}"#),
            ("DoorOpened", r#"{"door": "x"}"#, &[], None, 200, r#"{"door": "x"}"#),
            ("lightUp", r#"{"light": "x"}"#, &[], None, 200, r#"{"light": "x"}"#),
        ] {
            let got = ask(&router, hook, body, headers, peer).await;
            assert_eq!((got.0, got.1.as_str()), (status, answer), "{form} {hook} {body}");
        }
        // Nothing of an error of one's own reaches the sender.
        let (status, body) = ask(&router, "openDoor", r#"{"door":"front"}"#, &[], None).await;
        assert!(status == 500 && !body.contains("invalid digit"), "{form} {status} {body}");
        // An identifier that is not plain is not taken; those that are made up differ.
        let mut texts = Vec::new();
        for id in ["", "a b", &"x".repeat(129)] {
            texts.push(ask(&router, "openDoor", r#"{"door":"3"}"#, &[("x-request-id", id)], None).await.1);
        }
        assert!(texts.iter().all(|text| !text.contains("a b") && !text.contains("xx")), "{form} {texts:?}");
        assert!(texts[0] != texts[1] && texts[1] != texts[2], "{form} {texts:?}");
    }

    let needed: Router = HookServer::new(contract()).handlers(handlers![peer_needed]).unwrap().router();
    assert_eq!(ask(&needed, "lightUp", "{}", &[], Some("192.0.2.7:99")).await.0, 200);
    assert_eq!(ask(&needed, "lightUp", "{}", &[], None).await.0, 500);
}

fn main() {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run());
}
