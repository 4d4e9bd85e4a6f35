use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::OpenDoor;

struct Broken;

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor) -> Result<Answer<OpenDoor>, Broken> {
    Err(Broken)
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
