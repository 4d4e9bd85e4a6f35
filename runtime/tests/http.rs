//! HookServer over real connections on the loopback, as a sender makes them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, FromRequestParts, State};
use axum::http::{Request, StatusCode, request::Parts};
use http_body_util::BodyExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tower::ServiceExt as _;
use wcs_runtime::codegen::*;
use wcs_runtime::server::{Counters, Unhandled, UnknownHook};
use wcs_runtime::{Answer, HandlerError, HookServer, handlers, wcs_hook};

wcs_runtime::hook! {
    /// Asks whether a door may be opened.
    pub struct OpenDoor: direct, forbids;
    about: HookDescriptor::new("openDoor", "Asks whether a door may be opened.").aliases(&["open_door"]);
    builder: OpenDoorBuilder;
    members {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).always();
        /// For how many seconds.
        seconds: i32 = Member::new("seconds", Kind::Int32).overwritable();
    }
    overwrite: OpenDoorOverwrite {
        seconds: i32;
    }
}

wcs_runtime::hook! {
    /// A door has been opened.
    pub struct DoorOpened: event, no_effect;
    about: HookDescriptor::new("DoorOpened", "A door has been opened.");
    builder: DoorOpenedBuilder;
    members {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).always();
    }
}

wcs_runtime::hook! {
    /// Somebody rings.
    pub struct Ring: incoming, forbids;
    about: HookDescriptor::new("ring", "Somebody rings.");
    builder: RingBuilder;
    members {}
}

static CONTRACT: ContractDescriptor = ContractDescriptor {
    name: "house",
    title: "House",
    version: "1.0.0",
    hash: "",
    hooks: &[OpenDoor::DESCRIPTOR, DoorOpened::DESCRIPTOR, Ring::DESCRIPTOR],
    sender: SenderDescriptor {
        name: "house",
        base_paths: &["/apps/House"],
        timeout_seconds: 5,
        accept_status: 200,
        deny_status: 403,
        content_type: "application/json",
        signature: None,
        policy: None,
        settings: &[],
        commands: &[],
    },
};

#[derive(Clone)]
struct App {
    seconds: i32,
}

#[derive(Clone)]
struct Seconds(i32);

impl FromRef<App> for Seconds {
    fn from_ref(app: &App) -> Self {
        Self(app.seconds)
    }
}

/// An extractor that wants a header.
struct Keeper;

impl<S: Sync> FromRequestParts<S> for Keeper {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(request: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let named = request.headers.contains_key("x-keeper");
        named.then_some(Self).ok_or((StatusCode::UNAUTHORIZED, "secret: the header x-keeper is missing"))
    }
}

#[derive(Debug)]
struct Jammed;

impl fmt::Display for Jammed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secret: the lock is jammed")
    }
}

impl std::error::Error for Jammed {}

#[wcs_hook(OpenDoor, overwrites(seconds), crate = wcs_runtime)]
async fn open(hook: OpenDoor, State(Seconds(seconds)): State<Seconds>) -> Result<Answer<OpenDoor>, HandlerError> {
    match hook.door().as_deref() {
        Some("cellar") => Ok(Answer::deny("not the cellar")),
        Some("jammed") => Err(Jammed)?,
        Some("busy") => Err(HandlerError::new(503, "come back later").caused_by("secret: queue full")),
        Some("panic") => panic!("secret: on purpose"),
        Some("slow") => {
            tokio::time::sleep(Duration::from_millis(300)).await;
            Ok(Answer::accept())
        }
        Some("front") => Ok(Answer::overwrite(OpenDoorOverwrite::new().seconds(seconds))),
        _ => Ok(Answer::accept()),
    }
}

#[wcs_hook(Ring, crate = wcs_runtime)]
async fn ring(_: Ring, _keeper: Keeper) -> Answer<Ring> {
    Answer::accept()
}

fn hooks() -> HookServer<App> {
    HookServer::new(&CONTRACT).handlers(handlers![open, ring]).unwrap()
}

/// A server on a port of its own; it ends with the test.
async fn start(router: Router<App>) -> (String, oneshot::Sender<()>, tokio::task::JoinHandle<std::io::Result<()>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = oneshot::channel::<()>();
    let router = router.with_state(App { seconds: 7 });
    let shutdown = async {
        let _ = stopped.await;
    };
    (address, stop, tokio::spawn(wcs_runtime::serve(listener, router, shutdown)))
}

/// Sends bytes as they are and reads until the server closes.
async fn exchange(address: &str, request: &[u8]) -> String {
    let talk = async {
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    };
    tokio::time::timeout(Duration::from_secs(10), talk).await.unwrap()
}

fn post(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nHost: h\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

async fn posted(address: &str, path: &str, body: &str) -> (u16, String, String) {
    split(&exchange(address, &post(path, body)).await)
}

fn split(answer: &str) -> (u16, String, String) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    (head[9..12].parse().unwrap(), head.to_lowercase(), body.to_owned())
}

#[tokio::test]
async fn answers_reach_the_sender() {
    let (address, _stop, _) = start(hooks().mount("/apps/House/").unwrap()).await;
    let body = r#"{ "door" : "side", "x" : 1e400 }"#;
    let (status, head, answer) = posted(&address, "/apps/House/openDoor", body).await;
    assert_eq!((status, answer.as_str()), (200, body));
    assert!(head.contains("content-type: application/json\r\n"), "{head}");
    for (path, body, status, answer) in [
        ("/apps/House/openDoor", r#"{"door":"front", "seconds": 1 }"#, 200, r#"{"door":"front", "seconds": 7 }"#),
        ("/apps/House/open_door", r#"{"door":"cellar"}"#, 403, r#"{"error":"not the cellar"}"#),
        ("/apps/House//openDoor/", r#"{"door":"cellar"}"#, 403, r#"{"error":"not the cellar"}"#),
        ("/apps/House/openDoor?x=1", "{}", 200, "{}"),
        ("/apps/House/DoorOpened", r#"{"door":[]}"#, 200, r#"{"door":[]}"#),
        ("/apps/House/openDoor", r#"{"door":"busy"}"#, 503, r#"{"error":"come back later"}"#),
        ("/apps/House/openDoor", "{\n\"door\":}", 400, r#"{"error":"expected value","line":2,"column":8}"#),
        ("/apps/House/DoorOpened", "", 400, r#"{"error":"expected a JSON object, found nothing","line":1,"column":1}"#),
    ] {
        let (got, _, text) = posted(&address, path, body).await;
        assert_eq!((got, text.as_str()), (status, answer), "{path} {body}");
    }
}

#[tokio::test]
async fn failures_tell_the_sender_nothing_inside() {
    let hooks = hooks();
    let counters = hooks.counters();
    let (address, _stop, _) = start(hooks.router()).await;
    for (path, body, expected) in
        [("/openDoor", r#"{"door":"jammed"}"#, 500), ("/openDoor", r#"{"door":"panic"}"#, 500), ("/ring", "{}", 401)]
    {
        let (status, head, text) = posted(&address, path, body).await;
        assert_eq!(status, expected, "{text}");
        assert!(head.contains("content-type: application/json"), "{head}");
        assert!(text.starts_with(r#"{"error":""#) && !text.contains("secret"), "{text}");
    }
    assert_eq!(counters.failed(), 3);
    let with_header = String::from_utf8(post("/ring", "{}")).unwrap().replace("Host: h", "Host: h\r\nX-Keeper: me");
    assert_eq!(split(&exchange(&address, with_header.as_bytes()).await).0, 200);
}

#[tokio::test]
async fn what_is_no_hook_is_told_where_it_was_looked_for() {
    let (address, _stop, _) = start(Router::new().nest("/apps/House", hooks().router())).await;
    let (status, _, text) = posted(&address, "/apps/House/opendor", "{}").await;
    assert_eq!(status, 404);
    assert!(text.contains("`opendor` under the base path /apps/House in House 1.0.0"), "{text}");
    assert!(text.contains("The nearest name is `openDoor`."), "{text}");
    let (status, _, text) = posted(&address, "/apps/House/deeper/ring", "{}").await;
    assert_eq!(status, 404);
    assert!(text.contains("`ring` is one: the sender's base path must be /apps/House"), "{text}");
    let (status, _, text) = posted(&address, "/apps/House/weather", "{}").await;
    assert!(status == 404 && !text.contains("nearest"), "{text}");

    let get = |method: &str, path: &str| {
        format!("{method} {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").into_bytes()
    };
    let (status, head, text) = split(&exchange(&address, &get("GET", "/apps/House/openDoor")).await);
    assert_eq!(status, 405);
    assert!(head.contains("allow: post\r\n") && text.contains("sent with POST, not with GET"), "{head} {text}");
    assert_eq!(split(&exchange(&address, &get("PUT", "/apps/House/ring")).await).0, 405);
    let (status, _, text) = split(&exchange(&address, &get("GET", "/apps/House")).await);
    assert_eq!(
        (status, text.as_str()),
        (
            200,
            "House 1.0.0: POST a hook's JSON to one of these.\n/apps/House/openDoor\n/apps/House/DoorOpened\n/apps/House/ring\n"
        )
    );
    let (status, _, text) = split(&exchange(&address, &get("HEAD", "/apps/House")).await);
    assert_eq!((status, text.as_str()), (200, ""));
}

#[tokio::test]
async fn bodies_over_the_limit_are_refused_and_others_read_however_they_come() {
    let hooks = hooks().body_limit(100);
    let counters = hooks.counters();
    let (address, _stop, _) = start(hooks.mount("/index.php").unwrap()).await;
    let large = format!(r#"{{"door":"{}"}}"#, "x".repeat(100));
    let (status, _, text) = posted(&address, "/index.php/openDoor", &large).await;
    assert_eq!((status, text.contains("larger than 100 bytes")), (413, true), "{text}");
    let chunked = |parts: &[&str]| {
        let chunks: String = parts.iter().map(|part| format!("{:x}\r\n{part}\r\n", part.len())).collect();
        format!(
            "POST /index.php/openDoor HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunks}0\r\n\r\n"
        )
    };
    let (status, _, text) = split(&exchange(&address, chunked(&[&large]).as_bytes()).await);
    assert_eq!(status, 413, "{text}");
    let (status, _, text) = split(&exchange(&address, chunked(&["{\"door\":\"a", "b\"", "}"]).as_bytes()).await);
    assert_eq!((status, text.as_str()), (200, r#"{"door":"ab"}"#));
    assert_eq!((counters.too_large(), counters.other_formats()), (2, 1));
}

#[tokio::test]
async fn a_connection_is_kept_for_many_hooks() {
    let (address, _stop, _) = start(hooks().router()).await;
    let keep =
        String::from_utf8(post("/openDoor", r#"{"door":"panic"}"#)).unwrap().replace("Connection: close\r\n", "");
    let mut requests = keep.repeat(3);
    requests.push_str(&String::from_utf8(post("/openDoor", r#"{"door":"cellar"}"#)).unwrap());
    let answer = exchange(&address, requests.as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1 500").count(), 3, "{answer}");
    assert!(answer.ends_with(r#"{"error":"not the cellar"}"#), "{answer}");
}

#[tokio::test]
async fn requests_under_way_are_answered_before_the_server_ends() {
    let (address, stop, server) = start(hooks().router()).await;
    let request = post("/openDoor", r#"{"door":"slow"}"#);
    let slow = tokio::spawn(async move { exchange(&address, &request).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(10), server).await.unwrap().unwrap();
    assert!(ended.is_ok());
    assert_eq!(split(&slow.await.unwrap()).0, 200);
}

/// The same without a connection: a router with its state is a tower service.
async fn in_process(router: Router<App>, path: &str, body: &'static str) -> (u16, String) {
    let request = Request::post(path).header("content-type", "text/plain").body(Body::from(body)).unwrap();
    let response = router.with_state(App { seconds: 7 }).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
}

#[tokio::test]
async fn what_has_no_handler_can_be_refused_and_what_is_unknown_echoed() {
    let hooks = hooks().unhandled(Unhandled::Refuse).unknown(UnknownHook::Echo);
    let counters: std::sync::Arc<Counters> = hooks.counters();
    let router = hooks.router();
    let (status, text) = in_process(router.clone(), "/DoorOpened", r#"{"door":"a","door":"b","more":1}"#).await;
    assert_eq!((status, text.as_str()), (403, r#"{"error":"this backend has no handler for `DoorOpened`"}"#));
    assert_eq!(in_process(router.clone(), "/later/version", "{ }").await, (200, "{ }".to_owned()));
    assert_eq!(in_process(router.clone(), "/later", "{").await.0, 400);
    assert_eq!(in_process(router, "/openDoor", r#"{"n":1,"m":2}"#).await.0, 200);
    assert_eq!((counters.hooks(), counters.without_handler(), counters.unknown_hooks()), (2, 1, 2));
    assert_eq!((counters.unknown_members(), counters.duplicate_members(), counters.other_formats()), (3, 1, 2));
    assert_eq!(counters.unreadable(), 1);
}

mod second {
    use super::*;

    #[wcs_hook(OpenDoor, crate = wcs_runtime)]
    pub(super) async fn also_open(_: OpenDoor) -> Answer<OpenDoor> {
        Answer::accept()
    }
}

wcs_runtime::hook! {
    /// Belongs to another contract.
    pub struct Elsewhere: event, no_effect;
    about: HookDescriptor::new("elsewhere", "Belongs to another contract.");
    builder: ElsewhereBuilder;
    members {}
}

#[wcs_hook(Elsewhere, crate = wcs_runtime)]
async fn elsewhere(_: Elsewhere) {}

#[test]
fn what_can_not_be_served_is_said_at_the_start() {
    let error =
        HookServer::<App>::new(&CONTRACT).handlers(handlers![open, second::also_open]).err().unwrap().to_string();
    assert_eq!(
        error,
        "`openDoor` has two handlers, http::open and http::second::also_open: a hook has one answer, so list only one of them"
    );
    let error = HookServer::<App>::new(&CONTRACT).handlers(handlers![elsewhere]).err().unwrap().to_string();
    assert_eq!(error, "http::elsewhere handles `elsewhere`, which is not a hook of the contract `house`");
    for base in ["apps", "/{x}", "/a b", "/a//b", "/*", "/:x", "http://h/a", "/a?b"] {
        let error = hooks().mount(base).err().unwrap_or_else(|| panic!("{base} is taken")).to_string();
        assert!(error.contains("is no base path: expected one such as `/apps/backend`"), "{error}");
    }
    for base in ["", "/", "/a", "/a/", "/index.php"] {
        assert!(hooks().mount(base).is_ok(), "{base}");
    }
}
