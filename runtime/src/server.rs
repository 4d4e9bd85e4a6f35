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
mod backend;
mod basic;
mod connections;
mod context;
mod counters;
mod deadline;
mod dispatch;
mod endpoints;
pub(crate) mod expansion;
pub mod guard;
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
mod respond;
mod run;
#[cfg(feature = "signature")]
mod signature;
mod steering;
mod telemetry;
#[cfg(feature = "tls")]
mod tls;
mod watch;

pub use backend::Backend;
pub use context::{Context, Peer, RawBody, RequestId};
pub use counters::Counters;
pub use crate::declared::{Declared, OnErrorChoice};
pub use endpoints::Endpoints;
pub use handler::{Failure, Handler, HookHandler, Running};
pub use hooks::{HookServer, SetupError, Unhandled, UnknownHook};
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
pub use watch::{Enforce, Strictness};
