//! How long a handler may take.
//!
//! A sender that gets no answer in time goes on without one, and what the backend decides later is lost. So a handler is
//! stopped a little before: its future is dropped, which ends it at its next `.await`, and the sender is told.
//!
//! - A hook that asks is **denied**: what was not allowed is not done. The sender's policy has the last word, as with
//!   every error: where it only logs errors, the denial is logged.
//! - An event is answered with **504**, which tells the sender's log. It never ends a stream: that takes a handler's
//!   `end_stream`, not a backend that is slow.
//!
//! A handler that blocks its thread can't be stopped; use `spawn_blocking` for such work.

use std::time::Duration;

use super::HookServer;
use crate::answer::Reply;
use crate::declared::Declared;
use crate::descriptor::{HookDescriptor, SenderDescriptor};

/// What holds for handlers that say nothing about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<Duration>);

impl<S> HookServer<S> {
    /// How long a handler may take that has no `deadline` of its own; by default four fifths of the time that the sender
    /// waits, so 12 s of 15 s. [`Duration::MAX`] is no limit.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.guard.deadline = Deadline(Some(deadline));
        self
    }
}

impl Deadline {
    /// Early enough for the answer to arrive. A sender that waits without limit has no deadline.
    pub(super) fn below(timeout_seconds: u32) -> Self {
        Self((timeout_seconds > 0).then(|| Duration::from_secs(timeout_seconds.into()) * 4 / 5))
    }

    /// Whether it passes before the sender has given up.
    fn is_in_time(self, timeout_seconds: u32) -> bool {
        timeout_seconds == 0 || self.0.is_some_and(|deadline| deadline < Duration::from_secs(timeout_seconds.into()))
    }

    pub(super) fn warn(self, timeout_seconds: u32) {
        if !self.is_in_time(timeout_seconds) {
            tracing::warn!(
                deadline = ?self.0,
                "the sender waits for {timeout_seconds} s, and handlers may take as long or longer, so that it goes on \
                 without their answer: give `deadline` less"
            );
        }
    }

    /// That of a handler, which may have one of its own.
    pub(super) fn of(self, declared: Option<&Declared>) -> Option<Duration> {
        declared.and_then(|declared| declared.deadline).or(self.0)
    }
}

/// What the sender is told about a handler whose time has passed.
pub(super) fn passed(hook: &HookDescriptor, sender: &SenderDescriptor, deadline: Duration) -> Reply {
    let status = if hook.kind.is_notification() { 504 } else { sender.deny_status };
    Reply::error(status, &format!("deadline: the hook was not handled within {deadline:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_leaves_time_for_the_answer() {
        for (timeout, expected) in [(15, Some(12_000)), (1, Some(800)), (0, None)] {
            let deadline = Deadline::below(timeout);
            assert_eq!(deadline.of(None), expected.map(Duration::from_millis), "{timeout}");
            assert!(deadline.is_in_time(timeout), "{timeout}");
        }
        for late in [Duration::from_secs(15), Duration::MAX] {
            assert!(!Deadline(Some(late)).is_in_time(15), "{late:?}");
        }
    }
}
