use wcs_runtime::Answer;
use wcs_ui_tests::OpenDoor;

fn main() {
    let _ = Answer::<OpenDoor>::deny_with_status(401, "no ticket");
}
