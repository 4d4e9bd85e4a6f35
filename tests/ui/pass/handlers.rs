use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, Method, Uri};
use wcs_runtime::server::OnErrorChoice;
use wcs_runtime::{Answer, Handler, HandlerError, HookServer, Peer, RawBody, RequestId, handlers, wcs_hook};
use wcs_ui_tests::{DoorOpened, LightUp, OpenDoor, OpenDoorOverwrite, contract};

#[derive(Clone)]
struct Keys(u32);

#[derive(Clone)]
struct App {
    keys: Keys,
}

impl FromRef<App> for Keys {
    fn from_ref(app: &App) -> Self {
        app.keys.clone()
    }
}

#[derive(Debug)]
struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key is lost")
    }
}

impl std::error::Error for Lost {}

/// State, several extractors, a result with an error of one's own, patterns as arguments, a declared member.
#[wcs_hook(OpenDoor, overwrites(seconds))]
async fn open(
    hook: OpenDoor,
    State(Keys(keys)): State<Keys>,
    _method: Method,
    headers: HeaderMap,
) -> Result<Answer<OpenDoor>, Lost> {
    match hook.door().as_deref() {
        Some("lost") => Err(Lost),
        Some(_) if headers.is_empty() && keys > 0 => Ok(Answer::overwrite(OpenDoorOverwrite::new().seconds(5))),
        _ => Ok(Answer::deny("no key")),
    }
}

mod lights {
    use super::*;

    /// Another module, a path to the hook, and one state only.
    #[wcs_hook(wcs_ui_tests::LightUp, state = App, crate = ::wcs_runtime)]
    pub(super) async fn up(mut hook: LightUp, State(app): State<App>, _uri: Uri) -> Result<Answer<LightUp>, HandlerError> {
        hook = LightUp::from_bytes(hook.into_bytes())?;
        let light: u32 = hook.light().unwrap_or_default().parse()?;
        Ok(if light > app.keys.0 { Answer::deny("dark") } else { Answer::accept() })
    }
}

/// Nothing to say to an event.
#[wcs_hook(DoorOpened)]
async fn opened(_: DoorOpened) {}

/// Every option, every extractor of the runtime; the type of the overwritten members needs no import.
#[wcs_hook(
    wcs_ui_tests::OpenDoor,
    overwrites(display_text, seconds),
    exclude(door),
    on_error = log,
    deadline = "1500 ms",
)]
async fn everything(
    _hook: OpenDoor,
    RawBody(body): RawBody,
    peer: Option<Peer>,
    id: RequestId,
) -> Answer<OpenDoor> {
    let address: Option<SocketAddr> = peer.map(|Peer(address)| address);
    let text = format!("{} bytes from {address:?} as {id}", body.len());
    Answer::overwrite(OpenDoorOverwrite::new().seconds(5).display_text(text))
}

/// A helper has no declaration: it says so.
fn helper() -> Answer<OpenDoor> {
    Answer::overwrite(OpenDoorOverwrite::unchecked().seconds(5).member_named("anything", &1).unwrap())
}

#[wcs_hook(OpenDoor, deadline = "3s", on_error = fail)]
async fn helped(_hook: OpenDoor) -> Answer<OpenDoor> {
    helper()
}

#[cfg(any())]
#[wcs_hook(DoorOpened)]
async fn left_out(_: DoorOpened) {}

/// Conditions below the attribute hold for the registration too.
#[wcs_hook(DoorOpened)]
#[cfg(any())]
async fn left_out_too(_: DoorOpened) {}

fn main() {
    let hooks = HookServer::new(contract()).handlers(handlers![open, lights::up, opened]).unwrap();
    let _: axum::Router = hooks.router().with_state(App { keys: Keys(1) });

    let stateless: axum::Router = HookServer::new(contract()).handlers(handlers![opened]).unwrap().mount("/house").unwrap();
    drop(stateless);

    let declared = |handlers: Vec<Handler<()>>| *handlers[0].declared();
    let all = declared(handlers![everything]);
    assert!(all.function.ends_with("::everything"), "{}", all.function);
    assert_eq!(all.hook.name, "openDoor");
    assert_eq!(all.overwrites, ["displayText", "seconds"]);
    assert_eq!(all.exclude, ["door"]);
    assert_eq!(all.on_error, OnErrorChoice::Log);
    assert_eq!(all.deadline, Some(Duration::from_millis(1500)));
    let few = declared(handlers![helped]);
    assert!(few.overwrites.is_empty() && few.exclude.is_empty());
    assert_eq!((few.on_error, few.deadline), (OnErrorChoice::Fail, Some(Duration::from_secs(3))));

    let twice = HookServer::<()>::new(contract()).handlers(handlers![everything, helped]).map(|_| ()).unwrap_err().to_string();
    assert!(twice.contains("::everything") && twice.contains("::helped"), "{twice}");

    // The function is still one.
    let hook = OpenDoor::builder().door("front").build();
    let _future = open(hook, State(Keys(1)), Method::POST, HeaderMap::new());
    let _future = opened(DoorOpened::builder().build());
}
