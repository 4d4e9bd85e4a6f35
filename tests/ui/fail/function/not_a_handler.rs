use wcs_runtime::{Answer, handlers};
use wcs_ui_tests::OpenDoor;

async fn open(_hook: OpenDoor) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
