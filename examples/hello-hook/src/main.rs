//! The smallest useful backend: publishing is allowed for known names only, and every change of a stream is printed.

use std::error::Error;
use std::io::Write;

use wcs_hooks::{Connect, PublishStream, StreamStatusEvent, contract};
use wcs_runtime::{Answer, Hook, HookPolicy, HookServer, OnError, SessionPolicy, handlers, wcs_hook};

const KNOWN: [&str; 2] = ["lobby", "stage"];

/// Without this policy the media server would log a denial and go on.
#[wcs_hook(Connect)]
async fn connect(_hook: Connect) -> Answer<Connect> {
    let strict = HookPolicy::new().on_error(OnError::Fail);
    Answer::accept().with_policy(&SessionPolicy::new().with(<PublishStream as Hook>::DESCRIPTOR, strict))
}

#[wcs_hook(PublishStream)]
async fn publish(hook: PublishStream) -> Answer<PublishStream> {
    match hook.name() {
        Some(name) if KNOWN.contains(&name.as_ref()) => Answer::accept(),
        Some(name) => Answer::deny(format!("no stream may be called {name}")),
        None => Answer::deny("a stream needs a name"),
    }
}

#[wcs_hook(StreamStatusEvent)]
async fn status(hook: StreamStatusEvent) -> Result<(), std::io::Error> {
    let (name, status) = (hook.name(), hook.status());
    writeln!(
        std::io::stdout(),
        "stream {}: {}",
        name.as_deref().unwrap_or("without a name"),
        status.as_ref().map_or("no status", |status| status.as_str())
    )
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let hooks = HookServer::new(contract()).handlers(handlers![connect, publish, status])?;
    example_support::serve(hooks.mount(example_support::BASE)?).await
}
