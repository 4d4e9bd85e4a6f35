//! All tests of the crate, in one program: one to link, and they run side by side.
//!
//! The library is not compiled a second time for the tests beside private functions: the files that have such tests need
//! nothing else of it and are compiled here, by `#[path]`.

#![allow(dead_code, unreachable_pub, reason = "of the files with unit tests only those are used")]
#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod budget;
mod contracts;
mod docs;
mod inject;
mod jsonschema;
mod openapi;
mod published_yaml;
mod site;
mod templates;
mod typescript;
mod vectors;

#[path = "../src/typescript/comment.rs"]
mod comment;
#[path = "../src/docs/text.rs"]
mod docs_text;
#[path = "../src/docs/html/markup.rs"]
mod markup;
