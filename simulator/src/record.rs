//! Writing down what passes between a sender and its backend, and playing it again.
//!
//! | module | what it does |
//! |---|---|
//! | [`proxy`] | stands between the two and changes no byte |
//! | [`exchange`] | a request and its answer as one line of JSON |
//! | [`redact`] | takes secrets out of a line before it is written |
//! | [`replay`] | sends recorded requests again, as they followed each other |
//! | [`compare`] | holds an answer against the recorded one |

pub mod compare;
pub mod exchange;
pub mod proxy;
pub mod redact;
pub mod replay;

pub(crate) mod leaves;
mod percent;
mod relay;
mod renew;
mod secrets;
mod urls;
