use wcs_runtime::{Answer, handlers, wcs_hook};
use wcs_ui_tests::LightUp;

#[wcs_hook(LightUp, overwrites(light, lamp))]
async fn up(_hook: LightUp) -> Answer<LightUp> {
    Answer::accept()
}

fn main() {
    let _: Vec<wcs_runtime::Handler<()>> = handlers![up];
}
