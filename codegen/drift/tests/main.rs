//! All tests of the crate, in one program: one to link, and they run side by side.

mod drift;
