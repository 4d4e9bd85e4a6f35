//! All tests of the whole, in one program: to link the compiler and the simulator into each of them would take longer
//! than to run them.

mod all_hooks;
mod conform;
mod contracts;
mod emission;
mod fix;
mod freshness;
mod house;
mod inspect;
mod lenient;
mod new;
mod own_overlay;
mod own_schema;
mod policy;
mod record;
mod round_trip;
mod samples;
mod senders;
mod simulate;
mod slips;
mod tables;
mod values;
mod vectors;
