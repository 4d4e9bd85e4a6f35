use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};
use wcs_ui_tests::{OpenDoor, contract};

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor) -> Answer<OpenDoor> {
    if has_key() { Answer::accept() } else { Answer::deny("no key") }
}

fn main() {
    let hooks = HookServer::<()>::new(contract());
    let _ = hooks.handlers(handlers![open]);
}
