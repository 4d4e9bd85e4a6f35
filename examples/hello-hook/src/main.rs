//! The smallest useful backend: publishing is allowed for known names only, and every change of a stream is printed.

use std::error::Error;
use std::io::Write;

use wcs_hooks::{PublishStream, StreamStatusEvent, contract};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

const KNOWN: [&str; 2] = ["lobby", "stage"];

/// A denial has an effect because the server answers `connect`: the policy in that answer follows from the handlers.
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
    let hooks = HookServer::new(contract()).handlers(handlers![publish, status])?;
    example_support::serve(hooks.mount(example_support::BASE)?).await
}
