//! Plays a media server against any backend of its HTTP hooks, and tells what server and client would do, and why.
//!
//! Everything that it knows of hooks it reads from a contract's model at run time: which hooks there are, what their
//! bodies look like, what an error does, which words a session's policy is made of. The parts stand alone:
//!
//! | module | what it does |
//! |---|---|
//! | [`target`] | where the backend is |
//! | [`body`] | makes a hook's body, with values that belong together |
//! | [`wire`] | sends it: timeout, signature, HTTP Basic |
//! | [`policy`] | reads the session's policy out of the answer to the opening hook |
//! | [`judge`] | what an answer means for the server, the client and the far side |
//! | [`play`] | plays a scenario, step by step |
//! | [`trouble`] | slow and cut connections, duplicates, and what else goes wrong, repeatable by a seed |
//! | [`load`](mod@load), [`gate`] | many sessions at once, at a rate; when each request is due |
//! | [`record`](mod@record) | a proxy that writes down what passes, and the replay of what it wrote |
//! | [`conform`] | puts questions to a backend, and scores it |
//! | [`inspect`](mod@inspect) | what a body says: which hook it is, what its members mean, what is wrong with it |
//! | [`level`] | remarks, and how much they matter |
//! | [`trace`], [`render`] | what happened, and how it is shown |

pub mod body;
pub mod conform;
pub mod gate;
pub mod inspect;
pub mod judge;
pub mod level;
pub mod load;
pub mod play;
pub mod policy;
pub mod random;
pub mod record;
pub mod render;
pub mod target;
pub mod trace;
pub mod trouble;
pub mod wire;

mod expect;
mod histogram;
mod remarks;
mod session;

/// The members of a body, in their order.
pub type Members = serde_json::Map<String, serde_json::Value>;
