use axum::extract::State;
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};
use wcs_ui_tests::{OpenDoor, contract};

#[derive(Clone)]
struct Keys;

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor, State(_keys): State<Keys>) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {
    let hooks = HookServer::<u32>::new(contract());
    let _ = hooks.handlers(handlers![open]);
}
