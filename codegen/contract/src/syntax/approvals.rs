//! Changes that somebody has agreed to: a file of its own, beside the schema.

use super::macros::syntax;
use super::{List, Name, Text};

syntax! {
    /// Changes that a comparison of two contracts reports and somebody has agreed to.
    pub struct ApprovalsSyntax {
        /// The approvals.
        "approvals" => approvals: List<Approval>,
    }
}

syntax! {
    /// One change that somebody has agreed to.
    pub struct Approval {
        /// The change's fingerprint, as the comparison prints it.
        "fingerprint" => fingerprint: Name,
        /// Why it is all right.
        "reason" => reason: Text,
        /// The last day on which the approval holds (`2027-01-31`). Without it, it holds for good.
        "until" => last_day: Option<Name>,
    }
}
