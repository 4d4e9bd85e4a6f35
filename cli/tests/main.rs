//! All tests of the command line, in one program: one to link, and they run side by side.

mod bundle;
mod commands;
mod conform;
mod diff;
mod docs;
mod drift;
mod inspect;
mod mend;
mod new;
mod operator;
mod readme;
mod record;
mod seal;
mod simulate;
