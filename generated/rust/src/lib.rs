//! Typed REST hooks of the Flashphoner WCS media server.
//!
//! The modules below `generated` are made from the schema by `cargo wcs generate`; this file is written by hand and
//! only opens them. Each hook is a lossless view of the body that came in: the bytes are kept, members are read when
//! they are asked for, what is unknown is still there.
//!
//! ```
//! use wcs_hooks::{PublishStream, StreamStatus};
//!
//! let hook = PublishStream::from_bytes(r#"{"name":"room-1","status":"FROZEN","extra":[1]}"#)?;
//! assert_eq!(hook.name().as_deref(), Some("room-1"));
//! assert_eq!(hook.status(), Some(StreamStatus::Other("FROZEN".into())));
//! assert_eq!(hook.unknown_members().next(), Some(("extra".into(), "[1]")));
//! # Ok::<(), wcs_runtime::DecodeError>(())
//! ```

#[rustfmt::skip]
mod generated;

pub use generated::*;
