//! A backend that handles every hook: each is read as its type and answered with a plain yes.
//!
//! The handlers are written by a macro that `wcs_hooks::for_each_hook!` calls with the contract's hooks, so that a new
//! hook needs no edit here.

use std::error::Error;

use wcs_hooks::*;
use wcs_runtime::{Answer, Handler, HookServer, handlers, wcs_hook};

macro_rules! yes {
    (event) => {
        Answer::acknowledge()
    };
    ($other:ident) => {
        Answer::accept()
    };
}

macro_rules! handle {
    ($($name:ident: $Hook:ident, $kind:ident;)*) => {
        $(
            #[wcs_hook($Hook)]
            async fn $name(_hook: $Hook) -> Answer<$Hook> {
                yes!($kind)
            }
        )*

        fn all() -> Vec<Handler<()>> {
            handlers![$($name),*]
        }
    };
}

for_each_hook!(handle);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let hooks = HookServer::new(contract()).handlers(all())?;
    example_support::serve(hooks.mount(example_support::BASE)?).await
}
