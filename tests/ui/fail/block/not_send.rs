use wcs_runtime::{Answer, Context, HandlerError, wcs_hook};
use wcs_ui_tests::{Hooks, OpenDoor};

struct House;

#[wcs_hook]
impl Hooks for House {
    async fn open_door(&self, _hook: OpenDoor, _cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        let count = std::rc::Rc::new(1);
        std::future::ready(()).await;
        drop(count);
        Ok(Answer::accept())
    }
}

fn main() {}
