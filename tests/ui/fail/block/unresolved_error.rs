use wcs_runtime::{Answer, Context, HandlerError, HookServer, wcs_hook};
use wcs_ui_tests::{Hooks, OpenDoor, contract};

struct House;

#[wcs_hook]
impl Hooks for House {
    #[hook(overwrites(seconds))]
    async fn open_door(&self, _hook: OpenDoor, _cx: &Context) -> Result<Answer<OpenDoor>, KeyError> {
        Ok(Answer::accept())
    }
}

fn main() {
    let _ = HookServer::<()>::new(contract()).backend(House);
}
