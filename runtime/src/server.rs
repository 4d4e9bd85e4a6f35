//! Serving hooks over HTTP: handlers, routing, limits.
//!
//! ```no_run
//! # use wcs_runtime::{codegen::*, handlers, wcs_hook, Answer, HookServer};
//! # wcs_runtime::hook! {
//! #     /// Asks whether a door may be opened.
//! #     pub struct OpenDoor: direct, forbids;
//! #     about: HookDescriptor::new("openDoor", "Asks whether a door may be opened.");
//! #     builder: OpenDoorBuilder;
//! #     members {
//! #         /// Which door.
//! #         door: Cow<'a, str> = Member::new("door", Kind::String).always();
//! #     }
//! # }
//! #[wcs_hook(OpenDoor, crate = wcs_runtime)]
//! async fn open_door(hook: OpenDoor) -> Answer<OpenDoor> {
//!     if hook.door().as_deref() == Some("cellar") { Answer::deny("not the cellar") } else { Answer::accept() }
//! }
//!
//! # async fn start(contract: &'static ContractDescriptor) -> Result<(), Box<dyn std::error::Error>> {
//! let router = HookServer::new(contract).handlers(handlers![open_door])?.mount("/apps/House")?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8081").await?;
//! wcs_runtime::serve(listener, router, wcs_runtime::shutdown_signal()).await?;
//! # Ok(())
//! # }
//! ```

mod arrivals;
mod asked;
mod backend;
mod basic;
mod connections;
mod context;
mod counters;
mod credential;
mod deadline;
mod endpoints;
pub(crate) mod expansion;
mod guard;
mod handler;
mod hooks;
#[cfg(feature = "signature")]
mod keys;
mod known;
mod limits;
mod networks;
pub mod operator;
mod refusals;
pub mod report;
pub mod request;
mod respond;
mod run;
#[cfg(feature = "signature")]
mod signature;
mod steering;
mod telemetry;
#[cfg(feature = "tls")]
mod tls;
mod unhandled;
mod watch;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use guard::Guard;
use watch::Watch;

use crate::descriptor::ContractDescriptor;
use crate::policy::{SessionPolicy, UnhandledHooks};

pub use crate::declared::{Declared, OnErrorChoice};
pub use backend::Backend;
pub use context::{Context, Peer, RawBody, RequestId};
pub use counters::Counters;
pub use endpoints::Endpoints;
pub use handler::{Failure, Handler, HookHandler, Running};
#[cfg(feature = "signature")]
pub use keys::SigningKey;
#[cfg(feature = "prometheus")]
pub use metrics_exporter_prometheus;
pub use operator::Operator;
pub use report::Report;
pub use run::{Transport, serve, serve_with, shutdown_signal};
#[cfg(feature = "signature")]
pub use signature::sign;
#[cfg(feature = "tls")]
pub use tls::{Identity, serve_tls};
#[cfg(feature = "tls")]
pub use tokio_rustls;
pub use unhandled::{Unhandled, UnknownHook};
pub use watch::{Enforce, Strictness};

/// The hooks of a contract and their handlers, on the way to a router.
///
/// A hook without a handler is answered with its own body, so that a backend handles only what it cares for.
pub struct HookServer<S> {
    contract: &'static ContractDescriptor,
    handlers: HashMap<&'static str, Handler<S>>,
    unhandled: Unhandled,
    unhandled_hooks: UnhandledHooks,
    changes: Vec<PolicyChange>,
    error_status: u16,
    unknown: UnknownHook,
    guard: Guard,
    watch: Watch,
    endpoints: endpoints::Settings,
    counters: Arc<Counters>,
}

/// A change of the policy by the backend's author.
type PolicyChange = Box<dyn Fn(SessionPolicy) -> SessionPolicy + Send + Sync>;

impl<S: Clone + Send + Sync + 'static> HookServer<S> {
    /// A server of this contract without handlers.
    #[must_use]
    pub fn new(contract: &'static ContractDescriptor) -> Self {
        Self {
            contract,
            handlers: HashMap::new(),
            unhandled: Unhandled::default(),
            unhandled_hooks: UnhandledHooks::default(),
            changes: Vec::new(),
            error_status: 500,
            unknown: UnknownHook::default(),
            guard: Guard::of(contract),
            watch: Watch::of(contract),
            endpoints: endpoints::Settings::default(),
            counters: Arc::default(),
        }
    }
}

/// Why a server can't be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError(String);

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SetupError {}
