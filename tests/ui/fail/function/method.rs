use wcs_runtime::{Answer, wcs_hook};
use wcs_ui_tests::OpenDoor;

struct House;

impl House {
    #[wcs_hook(OpenDoor)]
    async fn open(&self, _hook: OpenDoor) -> Answer<OpenDoor> {
        Answer::accept()
    }
}

fn main() {
    let _ = House::open;
}
