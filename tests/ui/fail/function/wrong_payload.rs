use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::{DoorOpened, OpenDoor};

#[wcs_hook(OpenDoor)]
async fn open(_hook: DoorOpened) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
