use wcs_runtime::{Answer, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(String)]
async fn open(_hook: String) -> Answer<OpenDoor> {
    Answer::accept()
}

fn main() {}
