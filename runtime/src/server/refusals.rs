//! Refused requests: counted, in the metrics by reason, and in the log once a second at most for each reason.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::counters::Counters;

/// Reason for which a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Network,
    Password,
    /// The body is larger than the limit.
    Size,
    /// The body took too long to arrive.
    Slow,
    /// The body ended before its end.
    BrokenOff,
    /// The body was unfinished, as too many others were.
    Unfinished,
    #[cfg(feature = "signature")]
    Signature,
    /// Too many hooks are being handled.
    Overload,
}

const REASONS: usize = Reason::Overload as usize + 1;

impl Reason {
    /// Value of the metric's label.
    fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Password => "password",
            Self::Size => "size",
            Self::Slow => "slow",
            Self::BrokenOff => "broken_off",
            Self::Unfinished => "unfinished",
            #[cfg(feature = "signature")]
            Self::Signature => "signature",
            Self::Overload => "overload",
        }
    }

    fn counter(self, counters: &Counters) -> &AtomicU64 {
        match self {
            Self::Network | Self::Password => &counters.refused,
            #[cfg(feature = "signature")]
            Self::Signature => &counters.refused,
            Self::Size => &counters.too_large,
            Self::Slow | Self::BrokenOff => &counters.broken_off,
            Self::Unfinished => &counters.unfinished,
            Self::Overload => &counters.overloaded,
        }
    }
}

/// Refusals of one server.
pub(super) struct Refusals {
    counters: Arc<Counters>,
    lines: [Seldom; REASONS],
}

impl Refusals {
    pub(super) fn new(counters: Arc<Counters>) -> Self {
        Self { counters, lines: std::array::from_fn(|_| Seldom::default()) }
    }

    /// Counts a refusal. Returns how many there were since the last line in the log, if the next line is due.
    #[must_use]
    pub(super) fn note(&self, reason: Reason) -> Option<u64> {
        Counters::add(reason.counter(&self.counters), 1);
        in_metrics(reason.as_str());
        self.lines.get(reason as usize)?.due()
    }
}

/// Adds one to the metric `hooks_refused_total`.
pub(super) fn in_metrics(reason: &'static str) {
    #[cfg(feature = "metrics")]
    metrics::counter!("hooks_refused_total", "reason" => reason).increment(1);
    #[cfg(not(feature = "metrics"))]
    let _ = reason;
}

/// Time between two lines about the same thing.
const BETWEEN: Duration = Duration::from_secs(1);

/// Limit on lines in the log: many events in a short time become one line with their number.
pub(super) struct Seldom {
    began: Instant,
    /// Milliseconds after the beginning from which the next line is due.
    next: AtomicU64,
    held_back: AtomicU64,
}

impl Default for Seldom {
    fn default() -> Self {
        Self { began: Instant::now(), next: AtomicU64::new(0), held_back: AtomicU64::new(0) }
    }
}

impl Seldom {
    /// Number of events since the last line, this one among them, if a line is due.
    pub(super) fn due(&self) -> Option<u64> {
        self.due_at(self.began.elapsed())
    }

    fn due_at(&self, elapsed: Duration) -> Option<u64> {
        self.held_back.fetch_add(1, Ordering::Relaxed);
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let (now, next) = (millis(elapsed), self.next.load(Ordering::Relaxed));
        let later = now.saturating_add(millis(BETWEEN));
        let first =
            now >= next && self.next.compare_exchange(next, later, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        first.then(|| self.held_back.swap(0, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_a_second_counts_what_it_leaves_out() {
        let line = Seldom::default();
        for (millis, expected) in [(0, Some(1)), (1, None), (999, None), (1000, Some(3)), (5000, Some(1)), (5999, None)]
        {
            assert_eq!(line.due_at(Duration::from_millis(millis)), expected, "{millis} ms");
        }
    }
}
