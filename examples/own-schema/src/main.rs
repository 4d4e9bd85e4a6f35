//! A contract of one's own: `build.rs` compiles `schema/lockers.yaml`, and everything else works as for any contract.

use std::error::Error;
use std::io::Write as _;

use hooks::{DoorEvent, DoorState, Hello, OpenDoor, StillOpenEvent, contract};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

#[allow(dead_code, missing_docs, unreachable_pub, reason = "a small backend needs few of the contract's declarations")]
mod hooks {
    include!(concat!(env!("OUT_DIR"), "/hooks.rs"));
}

#[wcs_hook(Hello, overwrites(display_text))]
async fn hello(hook: Hello) -> Answer<Hello> {
    let name = hook.locker_id().unwrap_or_default();
    Answer::overwrite(HelloOverwrite::new().display_text(format!("Welcome at {name}")))
}

#[wcs_hook(OpenDoor, overwrites(open_seconds))]
async fn open_door(hook: OpenDoor) -> Answer<OpenDoor> {
    match (hook.parcel(), hook.courier()) {
        (None, None) => Answer::deny("neither a parcel nor a courier"),
        (_, Some(_)) => Answer::overwrite(OpenDoorOverwrite::new().open_seconds(120)),
        (Some(_), None) => Answer::accept(),
    }
}

#[wcs_hook(DoorEvent)]
async fn door(hook: DoorEvent) -> Result<(), std::io::Error> {
    if hook.state() == Some(DoorState::Jammed) {
        writeln!(std::io::stderr(), "door {} is jammed", hook.door().unwrap_or_default())?;
    }
    Ok(())
}

#[wcs_hook(StillOpenEvent)]
async fn still_open(_hook: StillOpenEvent) -> Answer<StillOpenEvent> {
    Answer::end_stream("it rains")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let hooks = HookServer::new(contract()).handlers(handlers![hello, open_door, door, still_open])?;
    example_support::serve(hooks.mount(example_support::BASE)?).await
}
