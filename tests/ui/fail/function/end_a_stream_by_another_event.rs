use wcs_runtime::{Answer, wcs_hook};
use wcs_ui_tests::DoorOpened;

#[wcs_hook(DoorOpened)]
async fn opened(_hook: DoorOpened) -> Answer<DoorOpened> {
    Answer::end_stream("enough")
}

fn main() {}
