use wcs_runtime::{wcs_hook};
use wcs_ui_tests::{OpenDoor};

struct House;

#[wcs_hook]
impl From<OpenDoor> for House {
    fn from(_: OpenDoor) -> Self {
        House
    }
}

fn main() {}
