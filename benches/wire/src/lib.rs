//! What the comparisons share: bodies, and the ways to read, check and answer them.

pub mod bodies;
pub mod designs;
pub mod mix;
pub mod services;
