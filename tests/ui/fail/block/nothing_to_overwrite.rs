use wcs_runtime::{Answer, Context, HandlerError, wcs_hook};
use wcs_ui_tests::{Hooks, LightUp};

struct House;

#[wcs_hook]
impl Hooks for House {
    #[hook(overwrites(light))]
    async fn light_up(&self, _hook: LightUp, _cx: &Context) -> Result<Answer<LightUp>, HandlerError> {
        Ok(Answer::accept())
    }
}

fn main() {}
