//! All tests of the whole, in one program: to link the compiler and the simulator into each of them would take longer
//! than to run them.

mod all_hooks;
mod conform;
mod contracts;
mod diagnostics;
mod diff;
mod diff_properties;
mod diff_renders;
mod diff_source;
mod drift;
mod emission;
mod fix;
mod fmt;
mod freshness;
mod house;
mod inject;
mod inspect;
mod language;
mod lenient;
mod new;
mod own_overlay;
mod own_schema;
mod policy;
mod properties;
mod record;
mod renders;
mod round_trip;
mod rules;
mod samples;
mod senders;
mod simulate;
mod slips;
mod tables;
mod templates;
mod vectors;
