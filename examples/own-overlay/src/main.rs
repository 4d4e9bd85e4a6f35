//! A backend over a team's own overlay: `custom` has a type, a member of the team's own is read, and the rest is the
//! contract as it was.

use std::error::Error;

use hooks::{Connect, PublishStream, Role, contract};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

#[allow(dead_code, missing_docs, unreachable_pub, reason = "a small backend needs few of the contract's declarations")]
mod hooks {
    include!(concat!(env!("OUT_DIR"), "/hooks.rs"));
}

#[wcs_hook(Connect)]
async fn connect(hook: Connect) -> Answer<Connect> {
    let Some(person) = hook.custom() else { return Answer::deny("nobody is signed in") };
    match (person.role(), hook.campus().as_deref()) {
        (Some(Role::Teacher), _) | (Some(Role::Student), Some("north")) => Answer::accept(),
        (Some(Role::Student), _) => Answer::deny("students connect at the northern campus"),
        _ => Answer::deny("neither a teacher nor a student"),
    }
}

/// The name is only reported if it breaks the school's own rule; here it decides.
#[wcs_hook(PublishStream)]
async fn publish(hook: PublishStream) -> Answer<PublishStream> {
    match hook.violations().iter().find(|found| found.pointer == "/name") {
        Some(found) => Answer::deny(format!("the lesson's name must match {}", found.expected)),
        None => Answer::accept(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let hooks = HookServer::new(contract()).handlers(handlers![connect, publish])?;
    example_support::serve(hooks.mount(example_support::BASE)?).await
}
