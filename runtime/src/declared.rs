//! What a handler says about itself, before anything is sent to it.

use std::time::Duration;

use crate::descriptor::HookDescriptor;

/// A handler's declaration: which hook it handles and under which options.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// The hook.
    pub hook: &'static HookDescriptor,
    /// Path of the function or method, for messages.
    pub function: &'static str,
    /// Wire names of the members that it may replace in the answer.
    pub overwrites: &'static [&'static str],
    /// What an error should do; `Default` leaves it to the hook's type.
    pub on_error: OnErrorChoice,
    /// Wire names of the members that it does not want to be sent.
    pub exclude: &'static [&'static str],
    /// How long it may take; `None` leaves it to the server.
    pub deadline: Option<Duration>,
}

impl Declared {
    /// A handler without options.
    #[must_use]
    pub const fn new(hook: &'static HookDescriptor, function: &'static str) -> Self {
        Self { hook, function, overwrites: &[], on_error: OnErrorChoice::Default, exclude: &[], deadline: None }
    }
}

/// The options of a handler, as the expansion of `#[wcs_hook]` writes them.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Wire names of the members that it may replace.
    pub overwrites: &'static [&'static str],
    /// What an error should do.
    pub on_error: OnErrorChoice,
    /// Wire names of the members that it does not want.
    pub exclude: &'static [&'static str],
    /// How long it may take.
    pub deadline: Option<Duration>,
}

impl Options {
    /// None given.
    pub const NONE: Self = Self { overwrites: &[], on_error: OnErrorChoice::Default, exclude: &[], deadline: None };

    /// The declaration of a handler with these options.
    #[must_use]
    pub const fn declared(self, hook: &'static HookDescriptor, function: &'static str) -> Declared {
        let Self { overwrites, on_error, exclude, deadline } = self;
        Declared { overwrites, on_error, exclude, deadline, ..Declared::new(hook, function) }
    }
}

/// What an error of a handler should do on the sender's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnErrorChoice {
    /// As suits the hook's type: what asks is stopped, what reports is logged.
    #[default]
    Default,
    /// It is only logged, so that a denial has no effect.
    Log,
    /// What was asked for is stopped.
    Fail,
}
