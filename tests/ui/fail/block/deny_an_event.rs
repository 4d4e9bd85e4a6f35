use wcs_runtime::{Answer, Context, HandlerError, wcs_hook};
use wcs_ui_tests::{Hooks, DoorOpened};

struct House;

#[wcs_hook]
impl Hooks for House {
    async fn door_opened(&self, _hook: DoorOpened, _cx: &Context) -> Result<Answer<DoorOpened>, HandlerError> {
        Ok(Answer::deny("too late"))
    }
}

fn main() {}
