use wcs_runtime::{Answer, Context, HandlerError, HookServer, wcs_hook};
use wcs_ui_tests::{Hooks, OpenDoor, contract};

struct House;

#[wcs_hook]
impl Hooks for House
where
    Key: Clone,
{
    #[hook(overwrites(seconds))]
    async fn open_door(&self, _hook: OpenDoor, _cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        Ok(Answer::accept())
    }
}

fn main() {
    let _ = HookServer::<()>::new(contract()).backend(House);
}
