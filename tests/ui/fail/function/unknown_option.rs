use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor, path = "/open")]
async fn open(_hook: OpenDoor) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
