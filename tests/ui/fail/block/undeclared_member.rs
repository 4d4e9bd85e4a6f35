use wcs_runtime::{Answer, Context, HandlerError, wcs_hook};
use wcs_ui_tests::{Hooks, OpenDoor};

struct House;

#[wcs_hook]
impl Hooks for House {
    #[hook(overwrites(seconds))]
    async fn open_door(&self, _hook: OpenDoor, _cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        Ok(Answer::overwrite(OpenDoorOverwrite::new().seconds(5).display_text("Welcome")))
    }
}

fn main() {}
