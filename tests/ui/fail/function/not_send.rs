use std::rc::Rc;

use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor)]
async fn open(_hook: OpenDoor) -> Answer<OpenDoor> {
    let count = Rc::new(1);
    std::future::ready(()).await;
    drop(count);
    Answer::accept()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![open];
}
