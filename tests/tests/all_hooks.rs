//! The example `all-hooks` in this process: every hook, each answered with a plain yes.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

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

/// With nothing but its handlers set.
pub(crate) fn server() -> HookServer<()> {
    HookServer::new(contract()).handlers(all()).unwrap()
}
