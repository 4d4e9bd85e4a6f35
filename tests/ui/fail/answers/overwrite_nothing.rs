use wcs_runtime::Answer;
use wcs_ui_tests::{LightUp, OpenDoorOverwrite};

fn main() {
    let _ = Answer::<LightUp>::overwrite(OpenDoorOverwrite::unchecked().seconds(1));
}
