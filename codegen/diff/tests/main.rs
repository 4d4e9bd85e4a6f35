//! All tests of the crate, in one program: one to link, and they run side by side.

mod diff;
mod diff_properties;
mod diff_renders;
mod diff_source;
mod mutations;
