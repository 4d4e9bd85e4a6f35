use wcs_runtime::{Answer, Context, HandlerError};
use wcs_ui_tests::{Hooks, OpenDoor};

struct House;

impl Hooks for House {
    async fn open_door(&self, _hook: OpenDoor, _cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        Ok(Answer::accept())
    }
}

fn main() {}
