//! What happened, in the order in which it did.

use std::time::Duration;

use wcs_contract::model::{Cause, HookType};

use crate::Members;
use crate::judge::Verdict;
pub use crate::level::{Level, Remark};
use crate::trouble::Trouble;

/// A hook that was sent, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// The play's scenario.
    pub scenario: String,
    /// Its place in the play, from 1.
    pub number: usize,
    /// The client, where the scenario has several.
    pub client: Option<String>,
    /// Milliseconds of the play's own time.
    pub at: u64,
    /// The hook.
    pub hook: String,
    /// Its type.
    pub kind: HookType,
    /// Who caused it.
    pub cause: Cause,
    /// What happens.
    pub doc: String,
    /// The body that the backend got.
    pub request: Members,
    /// What was done to the connection or the request, if anything.
    pub trouble: Option<Trouble>,
    /// HTTP status of the answer, if one came.
    pub status: Option<u16>,
    /// The answer's text, if it was no JSON object.
    pub text: Option<String>,
    /// How long the answer took.
    pub took: Duration,
    /// What it means.
    pub verdict: Verdict,
    /// What is seen on the client's or the far side, in the scenario's words.
    pub seen: Option<String>,
    /// Remarks.
    pub remarks: Vec<Remark>,
}

/// An entry of the trace.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A scenario begins.
    Begins {
        /// Its name.
        scenario: String,
        /// Its title.
        title: String,
        /// Its text.
        doc: String,
    },
    /// A hook was sent, or was withheld.
    Exchange(Box<Exchange>),
    /// The session's policy is known.
    Policy {
        /// The play's scenario.
        scenario: String,
        /// The hooks that it names, in words.
        lines: Vec<String>,
    },
    /// A step was left out.
    Skipped {
        /// The play's scenario.
        scenario: String,
        /// Its hook.
        hook: String,
        /// Why.
        reason: String,
    },
    /// The server was restarted.
    Restart {
        /// The play's scenario.
        scenario: String,
    },
    /// A scenario is over.
    Ends {
        /// Its name.
        scenario: String,
        /// Hooks that were sent.
        sent: usize,
        /// The worst level of its remarks.
        worst: Option<Level>,
    },
}
