use wcs_ui_tests::OpenDoorOverwrite;

fn main() {
    let _ = OpenDoorOverwrite::new().seconds(5);
}
