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

mod counters;
mod declared;
mod dispatch;
pub(crate) mod expansion;
mod handler;
mod hooks;
mod respond;
mod run;

pub use counters::Counters;
pub use declared::{Declared, OnErrorChoice};
pub use handler::{Failure, Handler, HookHandler, Running};
pub use hooks::{HookServer, SetupError, Unhandled, UnknownHook};
pub use run::{serve, shutdown_signal};
