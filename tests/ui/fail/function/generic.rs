use wcs_runtime::{Answer, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor)]
async fn open<T>(_hook: OpenDoor, _more: T) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {}
