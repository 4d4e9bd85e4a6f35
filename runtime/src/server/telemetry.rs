//! A span and metrics for each hook.
//!
//! The span `hook` has the fields `hook`, `context` (the members that all hooks of the contract have in common, such as
//! the application and the session), `outcome`, `status` and `duration_ms`. No other value of a body gets into it.
//!
//! The metrics are `hooks_requests_total` by hook and outcome, `hooks_duration_seconds` by hook, and
//! `hooks_drift_total` by hook and kind of difference. They go to whatever recorder of the `metrics` facade the program
//! installs; without one they cost next to nothing.

use std::fmt;
use std::time::Duration;

use tracing::Span as TracingSpan;
use tracing::field::Empty;

use crate::decode::{Arrived, Span};
use crate::descriptor::{HookDescriptor, Member};
use crate::drift::KINDS;
use crate::show;

/// How a hook ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// With a yes.
    Accepted,
    /// With a no.
    Denied,
    /// The handler failed.
    Failed,
    /// The handler was stopped at its deadline.
    Late,
    /// The body could not be read.
    Unreadable,
    /// The body was refused for its violations.
    Invalid,
}

impl Outcome {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Denied => "denied",
            Self::Failed => "failed",
            Self::Late => "late",
            Self::Unreadable => "unreadable",
            Self::Invalid => "invalid",
        }
    }
}

/// The span of a hook that is about to be read.
pub(super) fn span(hook: &HookDescriptor) -> TracingSpan {
    tracing::info_span!("hook", hook = hook.name, context = Empty, outcome = Empty, status = Empty, duration_ms = Empty)
}

/// Notes in the current span where a body belongs.
pub(super) fn note_context(members: &'static [Member], arrived: &Arrived<'_>) {
    let span = TracingSpan::current();
    if !span.is_disabled() {
        span.record("context", tracing::field::display(Context { members, body: &arrived.body, spans: arrived.spans }));
    }
}

/// Notes in the current span and in the metrics how a hook ended.
pub(super) fn note_end(metrics: &HookMetrics, outcome: Outcome, status: u16, duration: Duration) {
    metrics.ended(outcome, duration);
    let span = TracingSpan::current();
    if !span.is_disabled() {
        span.record("outcome", outcome.word());
        span.record("status", status);
        span.record("duration_ms", duration.as_secs_f64() * 1000.0);
    }
    tracing::debug!(outcome = outcome.word(), status, "a hook has been answered");
}

/// The members that all hooks have in common, as `name="value"`. Sensitive ones stay out.
struct Context<'a> {
    members: &'static [Member],
    body: &'a [u8],
    spans: &'a [Span],
}

impl fmt::Display for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut space = "";
        for (member, span) in self.members.iter().zip(self.spans) {
            let json = span.range().and_then(|range| std::str::from_utf8(self.body.get(range)?).ok());
            if let (true, false, Some(json)) = (member.context, member.sensitive, json) {
                write!(f, "{space}{}={}", member.name, show::value_in_words(&member.kind, json))?;
                space = " ";
            }
        }
        Ok(())
    }
}

#[cfg(feature = "metrics")]
mod recorded {
    use std::sync::OnceLock;

    use metrics::{Counter, Histogram};

    use super::{Duration, KINDS, Outcome};

    const OUTCOMES: [Outcome; 6] =
        [Outcome::Accepted, Outcome::Denied, Outcome::Failed, Outcome::Late, Outcome::Unreadable, Outcome::Invalid];

    /// The metrics of one hook. They are looked up when the first one is needed, so that a recorder may be installed as
    /// late as after the server has been set up.
    pub(in crate::server) struct HookMetrics {
        hook: &'static str,
        found: OnceLock<Found>,
    }

    struct Found {
        requests: [Counter; OUTCOMES.len()],
        duration: Histogram,
        drift: [Counter; KINDS.len()],
    }

    impl HookMetrics {
        pub(in crate::server) fn of(hook: &'static str) -> Self {
            Self { hook, found: OnceLock::new() }
        }

        fn found(&self) -> &Found {
            let hook = self.hook;
            self.found.get_or_init(|| Found {
                requests: OUTCOMES.map(
                    |outcome| metrics::counter!("hooks_requests_total", "hook" => hook, "outcome" => outcome.word()),
                ),
                duration: metrics::histogram!("hooks_duration_seconds", "hook" => hook),
                drift: KINDS.map(|kind| metrics::counter!("hooks_drift_total", "hook" => hook, "kind" => kind.word())),
            })
        }

        pub(super) fn ended(&self, outcome: Outcome, duration: Duration) {
            let found = self.found();
            if let Some(requests) = found.requests.get(outcome as usize) {
                requests.increment(1);
            }
            found.duration.record(duration);
        }

        /// Adds to the differences of each kind.
        pub(in crate::server) fn differences(&self, differences: [u32; KINDS.len()]) {
            for (amount, counter) in differences.into_iter().zip(&self.found().drift) {
                if amount > 0 {
                    counter.increment(u64::from(amount));
                }
            }
        }
    }
}

#[cfg(not(feature = "metrics"))]
mod recorded {
    use super::{Duration, KINDS, Outcome};

    /// Nothing is recorded.
    pub(in crate::server) struct HookMetrics;

    impl HookMetrics {
        pub(in crate::server) fn of(_: &'static str) -> Self {
            Self
        }

        pub(super) fn ended(&self, _: Outcome, _: Duration) {}

        pub(in crate::server) fn differences(&self, _: [u32; KINDS.len()]) {}
    }
}

pub(super) use recorded::HookMetrics;
