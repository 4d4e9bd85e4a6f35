//! The servers that are compared, as services of tower.

use axum::Router;
use axum::extract::Json;
use axum::routing::post;
use bytes::Bytes;
use serde_json::Value;
use wcs_hooks::*;
use wcs_runtime::server::{Enforce, Strictness};
use wcs_runtime::{Answer, Handler, HookServer, handlers, wcs_hook};

/// Where the hooks are mounted.
pub const BASE: &str = "/apps/bench";

/// The key of signed servers.
pub const KEY: &str = "a key of thirty-two characters..";

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

/// The names of the servers.
pub const NAMES: &[&str] = &["bytes", "wcs", "wcs-enforce", "wcs-signed", "value"];

/// A server by its name.
pub fn router(name: &str) -> Option<Router> {
    let hooks = || HookServer::<()>::new(contract()).handlers(all()).expect("every hook has one handler");
    let mount = |server: HookServer<()>| server.mount(BASE).expect("the base path is one");
    Some(match name {
        // The floor: axum takes the bytes and gives them back.
        "bytes" => Router::new().route(&format!("{BASE}/{{hook}}"), post(|body: Bytes| async move { body })),
        "value" => {
            Router::new().route(&format!("{BASE}/{{hook}}"), post(|Json(body): Json<Value>| async move { Json(body) }))
        }
        "wcs" => mount(hooks()),
        "wcs-enforce" => mount(hooks().strictness(Strictness::Enforce(Enforce::Reject))),
        "wcs-signed" => mount(hooks().signed_by([KEY]).expect("the contract has a signature")),
        _ => return None,
    })
}
