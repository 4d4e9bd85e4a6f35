//! Runs the tests that stand beside private functions, without compiling the library a second time.

#![allow(dead_code, unreachable_pub, reason = "only what has tests is used, and by nobody outside")]

#[path = "../src/histogram.rs"]
mod histogram;
