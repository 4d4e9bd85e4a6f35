//! Behaviour behind generated hook types: reading a body without loss, answering it, routing it over HTTP.
//!
//! Generated code declares ([`hook!`], [`hooks!`], [`record!`], [`open_enum!`], [`closed_enum!`] and [`descriptor`] tables); all
//! behaviour stands here, once, and knows no hook by name.
//!
//! - [`view`]: a body's bytes, a span per known member, accessors that decode when they are read.
//! - [`answer`]: what a handler says; an answer that changes nothing is the body that came in.
//! - [`server`]: handlers, routing and serving.

pub mod answer;
pub mod builder;
mod constraint;
#[cfg(feature = "server")]
mod declared;
pub mod decode;
pub mod descriptor;
#[cfg(feature = "server")]
pub mod drift;
pub mod enums;
pub mod error;
mod fields;
pub mod hook;
mod json;
mod limits;
pub mod overwrite;
pub mod policy;
mod rules;
mod show;
pub mod splice;
mod transcode;
mod types;
pub mod validate;
pub mod value;
pub mod view;
pub mod write;

#[cfg(feature = "server")]
pub mod server;

pub use answer::{Answer, IntoAnswer, Reply};
pub use decode::DecodeError;
pub use error::HandlerError;
pub use hook::{
    CarriesPolicy, ConnectHook, Deniable, DirectHook, EndsStream, EventHook, Hook, IncomingHook, Overwritable, Record,
};
pub use policy::{AnswerUse, HookPolicy, OnError, SessionPolicy};
pub use validate::{Demand, Violation};
pub use value::{Entries, List, Object, StringOrNumber};
pub use view::{MemberState, View};

#[cfg(feature = "server")]
pub use drift::DriftMeter;
#[cfg(feature = "server")]
pub use server::{
    Backend, Context, Handler, HookHandler, HookServer, Peer, RawBody, RequestId, serve, shutdown_signal,
};
#[cfg(feature = "server")]
pub use wcs_macros::wcs_hook;

/// What a generated module imports, with `use wcs_runtime::codegen::*;`.
pub mod codegen {
    pub use std::borrow::Cow;

    pub use crate::descriptor::{
        AnswerWords, CommandDescriptor, CommandRun, ContractDescriptor, Digest, ErrorWords, HookDescriptor, Kind,
        Limits, Member, PolicyDescriptor, Rule, SenderDescriptor, SettingDescriptor, SignatureDescriptor,
    };
    pub use crate::hook::CarriesPolicy;
    pub use crate::value::{Entries, List, Object, StringOrNumber};
    pub use crate::{closed_enum, hook, hooks, open_enum, record};
}

/// What macro expansions name; not for hand-written code.
#[doc(hidden)]
pub mod private {
    pub use bytes::Bytes;
    pub use serde;

    #[cfg(feature = "server")]
    pub use crate::server::expansion::*;
}
