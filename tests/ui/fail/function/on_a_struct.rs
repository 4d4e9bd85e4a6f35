use wcs_runtime::wcs_hook;
use wcs_ui_tests::OpenDoor;

#[wcs_hook(OpenDoor)]
pub struct Opener {
    pub hook: OpenDoor,
}

fn main() {
    let _ = |opener: Opener| opener.hook;
}
