//! What tests that span several crates share.

pub mod answering;
pub mod arbitrary;
pub mod backend;

pub use wcs_test_support::{cases, expect, folders, none, root, yaml_files};

/// What an answer has after the request's last member, if every other byte is the request's.
#[must_use]
pub fn added<'a>(sent: &str, answer: &'a str) -> Option<&'a str> {
    let head = sent.trim_end().strip_suffix('}')?.trim_end();
    let (_, tail) = sent.split_at(head.len());
    answer.strip_prefix(head)?.strip_suffix(tail)
}

/// The README's programs, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The program in the document about own targets, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/own-targets.md")]
pub struct OwnTargets;
