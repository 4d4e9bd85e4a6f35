//! The traits that a generated hook type has. [`hook!`](crate::hook!) implements them from the words of the declaration.

use bytes::Bytes;

use crate::decode::{Arrived, DecodeError, Span};
use crate::descriptor::{HookDescriptor, PolicyDescriptor, RecordDescriptor};

/// A hook: a lossless view of its body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a hook",
    label = "not a hook",
    note = "name the type of a hook that the contract's crate exports"
)]
pub trait Hook: Clone + Send + Sync + 'static {
    /// The type itself. Expansions name a hook through it, so that what is no hook is reported once.
    #[doc(hidden)]
    type This: Hook;

    /// What the contract says about it.
    const DESCRIPTOR: &'static HookDescriptor;

    /// Reads a body.
    ///
    /// # Errors
    ///
    /// When the body is not a JSON object in UTF-8, or nested too deep.
    fn from_body(body: Bytes) -> Result<Self, DecodeError>;

    /// From a body that has been decoded already, against this hook's table.
    fn from_arrived(arrived: Arrived<'_>) -> Self;

    /// The body.
    fn body(&self) -> &Bytes;

    /// Where the members stand in it.
    fn member_spans(&self) -> &[Span];

    /// How many members the contract does not know.
    fn unknown_member_count(&self) -> u32;

    /// How often a known member stood again.
    fn duplicate_member_count(&self) -> u32;
}

/// An object that the contract describes, inside a hook.
pub trait Record: Sized + Send + Sync + 'static {
    /// What the contract says about it.
    const DESCRIPTOR: &'static RecordDescriptor;
}

/// A hook that opens a session.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not open a session",
    label = "only the hook that opens a session has this"
)]
pub trait ConnectHook: Hook {}

/// A hook that asks whether a client may do something.
#[diagnostic::on_unimplemented(message = "`{Self}` does not ask for a client's action")]
pub trait DirectHook: Hook {}

/// A hook that reports what has happened.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "asks a question, so silence is no answer",
    note = "answer it with `Answer::accept()`, `Answer::overwrite(…)` or `Answer::deny(…)`"
)]
pub trait EventHook: Hook {}

/// A hook that brings something from the far side.
#[diagnostic::on_unimplemented(message = "`{Self}` brings nothing from the far side")]
pub trait IncomingHook: Hook {}

/// A hook that asks, so that it can be accepted or denied.
#[diagnostic::on_unimplemented(
    message = "`{Self}` asks nothing, so it can be neither accepted nor denied",
    label = "is an event: it reports what has happened already",
    note = "answer an event with `()` or `Answer::acknowledge()`; the few whose denial ends a stream with `Answer::end_stream(…)`"
)]
pub trait Deniable: Hook {}

/// An event whose denial ends the stream that it reports.
#[diagnostic::on_unimplemented(
    message = "denying `{Self}` ends no stream",
    label = "the contract gives a denial of it no such effect"
)]
pub trait EndsStream: EventHook {}

/// A hook with members that an answer may replace.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no member that an answer may replace",
    label = "nothing to overwrite",
    note = "only members that the contract marks as overwritable are taken from an answer"
)]
pub trait Overwritable: Hook {
    /// Has a setter for each such member. `D` declares which of them may be called.
    type Overwrite<D>;

    /// A field for each such member.
    #[doc(hidden)]
    type Members;

    /// Where they stand in the table of members.
    #[doc(hidden)]
    const MEMBERS: Self::Members;
}

/// Where the members of a hook stand in its table.
#[doc(hidden)]
pub trait Places: Hook {
    /// A field for each member, by the name of its accessor.
    type Members;

    /// The places.
    const MEMBERS: Self::Members;
}

/// The hook whose answer may carry the policy of a session.
#[diagnostic::on_unimplemented(
    message = "an answer to `{Self}` can't carry a session policy",
    label = "only the hook that opens a session can, and only if the sender's contract has policies"
)]
pub trait CarriesPolicy: ConnectHook {
    /// How the policy is spelt.
    const POLICY: &'static PolicyDescriptor;
}
