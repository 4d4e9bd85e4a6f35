use wcs_runtime::{Answer, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor, crate = wcs_runtme, overwrites(seconds))]
async fn open(_hook: OpenDoor, _: axum::http::HeaderMap) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {}
