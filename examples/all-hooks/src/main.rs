//! A backend that handles every hook: each is read as its type and answered with a plain yes.
//!
//! `--strictness observe|warn|enforce` says what becomes of a body that does not keep to the contract; by default it is
//! accepted and counted.
//!
//! The handlers are written by a macro that `wcs_hooks::for_each_hook!` calls with the contract's hooks, so that a new
//! hook needs no edit here.

use std::error::Error;

use wcs_hooks::*;
use wcs_runtime::server::{Enforce, Strictness};
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
    let mut args = std::env::args().skip(1).peekable();
    let strictness = match args.next_if_eq("--strictness") {
        Some(_) => strictness(args.next().as_deref())?,
        None => Strictness::default(),
    };
    let hooks = HookServer::new(contract()).strictness(strictness).handlers(all())?;
    example_support::serve_with(hooks.mount(example_support::BASE)?, args).await
}

fn strictness(word: Option<&str>) -> Result<Strictness, String> {
    match word {
        Some("observe") => Ok(Strictness::Observe),
        Some("warn") => Ok(Strictness::Warn),
        Some("enforce") => Ok(Strictness::Enforce(Enforce::Reject)),
        _ => Err("usage: all-hooks [--strictness observe|warn|enforce] [--listen ADDR]".to_owned()),
    }
}
