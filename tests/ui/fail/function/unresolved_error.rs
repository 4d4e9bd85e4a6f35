use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};
use wcs_ui_tests::{OpenDoor, contract};

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor) -> Result<Answer<OpenDoor>, KeyError> {
    Ok(Answer::accept())
}

fn main() {
    let hooks = HookServer::<()>::new(contract());
    let _ = hooks.handlers(handlers![open]);
}
