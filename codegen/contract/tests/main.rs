//! All tests of the crate, in one program: one to link, and they run side by side.
//!
//! The library is not compiled a second time for the tests beside private functions: the files that have such tests need
//! nothing else of it and are compiled here, by `#[path]`.

#![allow(dead_code, unreachable_pub, reason = "of the files with unit tests only those are used")]
#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod diagnostics;
mod export;
mod fmt;
mod language;
mod projection;
mod properties;
mod renders;
mod rules;
mod values;

#[path = "../src/names.rs"]
mod names;
#[path = "../src/parallel.rs"]
mod parallel;
#[path = "../src/pattern.rs"]
mod pattern;
#[path = "../src/pointer.rs"]
mod pointer;
#[path = "../src/text.rs"]
mod text;
