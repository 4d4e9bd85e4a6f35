use axum::extract::State;
use wcs_runtime::{Answer, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor, state = App)]
async fn open(_hook: OpenDoor, _: State<u8>) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {}
