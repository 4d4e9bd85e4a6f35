//! The four hook types: what distinguishes them, and what a contract says of each.

use std::ops::Index;

use super::macros::{syntax, words};
use super::{Cause, Confidence, Text};
use crate::source::Spanned;

words! {
    /// The four types of hooks.
    pub enum HookType {
        /// Opens a session and sets its policy.
        Connect = "connect",
        /// Asks whether a client may do something.
        Direct = "direct",
        /// Reports what has happened.
        Event = "event",
        /// Brings something from the far side.
        Incoming = "incoming",
    }
}

impl HookType {
    /// Reports whether hooks of this type open a session.
    #[must_use]
    pub const fn is_opening(self) -> bool {
        matches!(self, Self::Connect)
    }

    /// Reports whether hooks of this type only report what has happened. All others ask for permission.
    #[must_use]
    pub const fn is_notification(self) -> bool {
        matches!(self, Self::Event)
    }

    /// Reports whether hooks of this type ask for permission, so that the answer decides.
    #[must_use]
    pub const fn is_permission(self) -> bool {
        !self.is_notification()
    }

    /// The party that usually causes hooks of this type.
    #[must_use]
    pub const fn cause(self) -> Cause {
        match self {
            Self::Connect | Self::Direct => Cause::Client,
            Self::Incoming => Cause::FarSide,
            Self::Event => Cause::Sender,
        }
    }

    /// What the sender does after an error, where a contract has no table of errors.
    #[must_use]
    pub const fn default_execution(self) -> Execution {
        match self {
            Self::Connect => Execution::Declined,
            Self::Direct | Self::Incoming => Execution::Stopped,
            Self::Event => Execution::Continued,
        }
    }
}

/// One value for each hook type.
#[derive(Debug, Clone)]
pub struct ByType<T>([T; HookType::ALL.len()]);

impl<T> ByType<T> {
    /// Makes the value of each hook type, in the order of [`HookType::ALL`].
    pub fn from_fn(mut make: impl FnMut(HookType) -> T) -> Self {
        Self(std::array::from_fn(|at| make(HookType::ALL[at])))
    }

    /// The values with their hook types, in the order of [`HookType::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (HookType, &T)> {
        HookType::ALL.iter().copied().zip(&self.0)
    }
}

impl<T> ByType<Option<T>> {
    /// All values, if none is absent.
    pub(super) fn complete(self) -> Option<ByType<T>> {
        let values: Vec<T> = self.0.into_iter().collect::<Option<_>>()?;
        values.try_into().ok().map(ByType)
    }
}

impl<T> Index<HookType> for ByType<T> {
    type Output = T;

    fn index(&self, kind: HookType) -> &T {
        &self.0[kind as usize]
    }
}

syntax! {
    /// Meaning of the four hook types.
    pub struct HookTypesSyntax {
        each hook type => docs: HookTypeDoc {
            /// The hook that opens a session.
            Connect,
            /// A question about what a client wants to do.
            Direct,
            /// A report of what has happened.
            Event,
            /// Something that comes from the far side (a call, a message).
            Incoming,
        }
    }
}

syntax! {
    /// Meaning of one hook type.
    pub struct HookTypeDoc {
        /// Title for people.
        "title" => title: Text,
        /// What hooks of this type are for.
        "doc" => doc: Text,
        /// What an answer should contain.
        "answer" => answer: Text,
        /// What denying does.
        "deny" => deny: Text,
    }
}

syntax! {
    /// What happens under one on-error word, for each hook type.
    pub struct ErrorRow {
        /// What the word means.
        "doc" => doc: Text,
        each hook type => cells: ErrorCell {
            /// When the hook that opens a session fails.
            Connect,
            /// When a direct hook fails.
            Direct,
            /// When an event fails.
            Event,
            /// When an incoming hook fails.
            Incoming,
        }
    }
}

syntax! {
    /// What the sender does when a hook of one type fails under one on-error word.
    pub struct ErrorCell {
        /// Whether the error is written to the sender's log. Default: true.
        "logged" => logged: Option<Spanned<bool>>,
        /// Whether the sender goes on with what caused the hook.
        "execution" => execution: Spanned<Execution>,
        /// What the client is told.
        "client" => client: Spanned<ClientNotice>,
        /// Status that a caller on the far side gets, where there is one.
        "caller_status" => caller_status: Option<Spanned<u16>>,
        /// The cell in a sentence.
        "doc" => doc: Text,
        /// How sure this is. Default: high.
        "confidence" => confidence: Option<Spanned<Confidence>>,
    }
}

words! {
    /// Whether the sender goes on after a failed hook.
    pub enum Execution {
        /// The session is refused.
        Declined = "declined",
        /// What the client or the far side wanted does not happen.
        Stopped = "stopped",
        /// The sender goes on as if the hook had been accepted.
        Continued = "continued",
    }
}

words! {
    /// What the client is told about a failed hook.
    pub enum ClientNotice {
        /// A failure of the action itself.
        Failure = "failure",
        /// An error in the event that belongs to the hook.
        MatchingEvent = "matching_event",
        /// An error in the event for errors that belong to no other.
        ErrorEvent = "error_event",
        /// Nothing.
        Nothing = "nothing",
    }
}
