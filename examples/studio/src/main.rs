//! A backend as one value whose methods handle hooks: who may connect, who may publish, who answers a call.

use std::collections::HashMap;
use std::error::Error;

use wcs_hooks::{Call, Connect, Hooks, PublishStream, contract};
use wcs_runtime::{Answer, Context, HandlerError, HookServer, wcs_hook};

struct Studio {
    token: &'static str,
    desks: HashMap<&'static str, &'static str>,
}

#[wcs_hook]
impl Hooks for Studio {
    async fn connect(&self, hook: Connect, _cx: &Context) -> Result<Answer<Connect>, HandlerError> {
        let known = hook.auth_token().as_deref() == Some(self.token);
        Ok(if known { Answer::accept() } else { Answer::deny("the token is not known") })
    }

    async fn publish_stream(&self, hook: PublishStream, _cx: &Context) -> Result<Answer<PublishStream>, HandlerError> {
        let name = hook.name().unwrap_or_default();
        Ok(if name.starts_with("studio-") { Answer::accept() } else { Answer::deny("streams are called studio-…") })
    }

    /// The name of a desk becomes its number.
    #[hook(overwrites(callee), deadline = "2s")]
    async fn call(&self, hook: Call, _cx: &Context) -> Result<Answer<Call>, HandlerError> {
        let callee = hook.callee().ok_or_else(|| HandlerError::new(400, "a call needs a callee"))?;
        Ok(match self.desks.get(callee.as_ref()) {
            Some(number) => Answer::overwrite(CallOverwrite::new().callee(*number)),
            None => Answer::accept(),
        })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let studio = Studio { token: "let-me-in", desks: HashMap::from([("news", "4711"), ("sport", "4712")]) };
    let hooks = HookServer::new(contract()).backend(studio)?;
    example_support::serve(hooks.mount(example_support::BASE)?).await
}
