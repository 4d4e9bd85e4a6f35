//! All tests over the library, in one program: one to link, and they run side by side. `units` stands alone.

mod budget;
mod contracts;
mod docs;
mod export;
mod jsonschema;
mod openapi;
mod projection;
mod published_yaml;
mod site;
mod typescript;
mod vectors;
