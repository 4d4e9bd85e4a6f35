use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor, overwrites = seconds)]
async fn open(_hook: OpenDoor) -> Answer<OpenDoor> {
    Answer::overwrite(OpenDoorOverwrite::new().seconds(5))
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
