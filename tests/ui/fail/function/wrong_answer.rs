use wcs_runtime::{handlers, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor) -> String {
    String::new()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
