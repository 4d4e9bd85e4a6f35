//! A member that the contract says is always sent was absent.
//!
//! ## Why
//!
//! Programs in other languages take `always` at its word, and fail where it is missing.
//!
//! ## What to do
//!
//! Say `usually` or `sometimes`, or describe under `by_release` in which releases it is always there. A subset of the
//! members that is sent under some condition is a shape.

crate::rule::rule!("presence.rs", "R0105", "drifted-presence", Drift, Warning, Sometimes);
