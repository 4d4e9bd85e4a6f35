//! Load: how much, when its requests are due, and when it is over.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How much load.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Sessions at once.
    pub sessions: usize,
    /// Hooks per second, in all; without it each session sends the next hook as soon as the last is answered.
    pub rate: Option<f64>,
    /// How long.
    pub duration: Duration,
}

/// When requests are due, and when it is over.
#[derive(Debug)]
pub struct Gate {
    started: Instant,
    until: Instant,
    interval: Duration,
    next: AtomicU64,
    done: AtomicU64,
}

impl Gate {
    /// A gate that opens at a rate for a while.
    #[must_use]
    pub fn new(load: &Load) -> Self {
        let started = Instant::now();
        let interval =
            load.rate.filter(|rate| *rate > 0.0).map_or(Duration::ZERO, |rate| Duration::from_secs_f64(1.0 / rate));
        let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
        Self { started, until: started + load.duration, interval, next, done }
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Number of requests that were answered.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Counts a request that was answered.
    pub fn note_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether no more requests are to be begun.
    #[must_use]
    pub fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// Waits until the next request is due, and tells since when its time counts.
    pub async fn wait(&self) -> Instant {
        if self.interval.is_zero() {
            return Instant::now();
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = self.started + self.interval.mul_f64(number as f64);
        if due <= Instant::now() {
            // All sessions were busy. The backend let it wait, so that counts.
            return due;
        }
        tokio::time::sleep_until(due.into()).await;
        // A timer that rings late is not the backend's fault.
        Instant::now()
    }
}
