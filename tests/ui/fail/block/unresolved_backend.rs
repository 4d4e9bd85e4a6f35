use wcs_runtime::{Answer, Context, HandlerError, wcs_hook};
use wcs_ui_tests::{Hooks, OpenDoor};

struct House;

#[wcs_hook]
impl Hooks for Hose {
    #[hook(overwrites(seconds))]
    async fn open_door(&self, _hook: OpenDoor, _cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        Ok(Answer::accept())
    }
}

fn main() {}
