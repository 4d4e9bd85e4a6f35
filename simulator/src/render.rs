//! How a trace is shown: text for people, JSON lines for programs, a page with a sequence diagram.

pub mod html;
pub mod json;
pub mod text;

pub(crate) mod redact;
