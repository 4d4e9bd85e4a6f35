//! What a handler says.
//!
//! An answer is typed by its hook, so that what the contract has no meaning for does not compile: denying an event,
//! overwriting where nothing is taken from an answer. One that changes nothing is the body that came in.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use crate::descriptor::SenderDescriptor;
use crate::error::HandlerError;
use crate::hook::{CarriesPolicy, ConnectHook, Deniable, EndsStream, EventHook, Hook};
use crate::overwrite::Overwrites;
use crate::policy::SessionPolicy;
use crate::splice::{Changes, splice};
use crate::validate::{self, Violation};

/// An answer to the hook `H`.
pub struct Answer<H> {
    decision: Decision,
    hook: PhantomData<fn(H)>,
}

#[derive(Debug, Clone)]
enum Decision {
    /// Yes, with these members changed.
    Accept(Changes),
    /// No, for this reason; the status is the contract's unless one is given.
    Deny(Box<str>, Option<u16>),
}

impl<H: Hook> Answer<H> {
    /// Yes, with the body unchanged.
    #[must_use]
    pub fn accept() -> Self
    where
        H: Deniable,
    {
        Self::new(Decision::Accept(Changes::new()))
    }

    /// Yes, with some members replaced.
    #[must_use]
    pub fn overwrite<O: Overwrites<H>>(members: O) -> Self {
        Self::new(Decision::Accept(members.into_changes()))
    }

    /// No. The reason stands in the answer's body, for the sender's log.
    #[must_use]
    pub fn deny(reason: impl Into<Box<str>>) -> Self
    where
        H: Deniable,
    {
        Self::new(Decision::Deny(reason.into(), None))
    }

    /// No session, with a status of one's own from 400 to 599 instead of the contract's. Any other is taken for a mistake,
    /// and the contract's is sent: a success would let the client in.
    #[must_use]
    pub fn deny_with_status(status: u16, reason: impl Into<Box<str>>) -> Self
    where
        H: ConnectHook,
    {
        Self::new(Decision::Deny(reason.into(), (400..600).contains(&status).then_some(status)))
    }

    /// The event has been noticed. The same as `()`.
    #[must_use]
    pub fn acknowledge() -> Self
    where
        H: EventHook,
    {
        Self::new(Decision::Accept(Changes::new()))
    }

    /// The event has been noticed, and the stream that it reports is to end.
    #[must_use]
    pub fn end_stream(reason: impl Into<Box<str>>) -> Self
    where
        H: EndsStream,
    {
        Self::new(Decision::Deny(reason.into(), None))
    }

    /// With a policy for the session. A denial has no session, so it carries none.
    #[must_use]
    pub fn with_policy(mut self, policy: &SessionPolicy) -> Self
    where
        H: CarriesPolicy,
    {
        if let Decision::Accept(changes) = &mut self.decision {
            let json = policy.to_json(H::POLICY);
            changes.set(H::POLICY.member, |text| text.push_str(&json.to_string()));
        }
        self
    }

    /// Whether it says no.
    #[must_use]
    pub fn is_denial(&self) -> bool {
        matches!(self.decision, Decision::Deny(..))
    }

    /// Where the members that it brings do not keep to the contract. A server does not send such an answer; the handler
    /// has failed then.
    #[must_use]
    pub fn violations(&self, hook: &H) -> Vec<Violation> {
        match &self.decision {
            Decision::Accept(changes) if !changes.is_empty() => {
                validate::of_changes(H::DESCRIPTOR, hook.body(), hook.member_spans(), changes)
            }
            _ => Vec::new(),
        }
    }

    /// It as the sender gets it.
    #[must_use]
    pub fn into_reply(self, hook: &H, sender: &SenderDescriptor) -> Reply {
        match self.decision {
            Decision::Accept(changes) => Reply {
                status: sender.accept_status,
                body: splice(hook.body(), H::DESCRIPTOR.members, hook.member_spans(), &changes),
            },
            Decision::Deny(reason, status) => Reply::error(status.unwrap_or(sender.deny_status), &reason),
        }
    }

    /// Whatever the hook asks or reports: its own body.
    #[cfg(feature = "server")]
    pub(crate) fn unchanged() -> Self {
        Self::new(Decision::Accept(Changes::new()))
    }

    fn new(decision: Decision) -> Self {
        Self { decision, hook: PhantomData }
    }
}

impl<H> Clone for Answer<H> {
    fn clone(&self) -> Self {
        Self { decision: self.decision.clone(), hook: PhantomData }
    }
}

impl<H> fmt::Debug for Answer<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decision.fmt(f)
    }
}

/// Status and body of an answer, apart from any HTTP library.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// A JSON object.
    pub body: Bytes,
}

/// The body may hold secrets, so only its length shows.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply {{ status: {}, body: <{} bytes> }}", self.status, self.body.len())
    }
}

impl Reply {
    /// A body `{"error": …}`.
    #[must_use]
    pub fn error(status: u16, message: &str) -> Self {
        Self { status, body: Bytes::from(serde_json::json!({ "error": message }).to_string()) }
    }
}

/// What a handler of the hook `H` may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no answer to `{H}`",
    label = "expected an answer to the hook",
    note = "return `Answer<{H}>`, or `()` if the hook is an event, or a `Result` of one of these whose error turns into `HandlerError`"
)]
pub trait IntoAnswer<H> {
    /// The answer, or the failure.
    ///
    /// # Errors
    ///
    /// When the handler failed.
    fn into_answer(self) -> Result<Answer<H>, HandlerError>;
}

impl<H: Hook> IntoAnswer<H> for Answer<H> {
    fn into_answer(self) -> Result<Self, HandlerError> {
        Ok(self)
    }
}

impl<H: EventHook> IntoAnswer<H> for () {
    fn into_answer(self) -> Result<Answer<H>, HandlerError> {
        Ok(Answer::acknowledge())
    }
}

impl<H: Hook, A: IntoAnswer<H>, E: IntoHandlerError> IntoAnswer<H> for Result<A, E> {
    fn into_answer(self) -> Result<Answer<H>, HandlerError> {
        self.map_err(IntoHandlerError::into_handler_error)?.into_answer()
    }
}

/// What a handler may fail with. Everything that turns into [`HandlerError`] is: errors of the standard kind, and types
/// with a conversion of their own.
#[diagnostic::on_unimplemented(
    message = "a handler can't fail with `{Self}`",
    label = "does not turn into `HandlerError`",
    note = "implement `std::error::Error` for it (status 500), or `From<{Self}> for HandlerError` to choose the status"
)]
pub trait IntoHandlerError {
    /// The failure.
    fn into_handler_error(self) -> HandlerError;
}

#[diagnostic::do_not_recommend]
impl<E: Into<HandlerError>> IntoHandlerError for E {
    fn into_handler_error(self) -> HandlerError {
        self.into()
    }
}
