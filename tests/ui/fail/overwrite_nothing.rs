use wcs_runtime::Answer;
use wcs_ui_tests::{LightUp, OpenDoorOverwrite};

fn main() {
    let _: Answer<LightUp> = Answer::overwrite(OpenDoorOverwrite::new().seconds(1));
}
