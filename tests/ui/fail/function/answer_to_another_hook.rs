use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::{LightUp, OpenDoor};

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor) -> Answer<LightUp> {
    Answer::accept()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
