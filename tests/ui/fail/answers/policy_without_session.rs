use wcs_runtime::{Answer, SessionPolicy};
use wcs_ui_tests::OpenDoor;

fn main() {
    let _ = Answer::<OpenDoor>::accept().with_policy(&SessionPolicy::new());
}
