//! Request bodies, and the bound on those that are unfinished.
//!
//! A body that is complete when its request is looked at, as most are, is passed on as it is. Only one that must be
//! waited for is entered here. There are two pools, each with its own bound on bytes: bodies from addresses that have sent
//! a verified hook in the last ten minutes, and all others. Bodies of others are also bounded in number. When there are
//! too many, the oldest is given up; when there are too many bytes, the largest, since hooks are small. A new body is
//! never refused for those that were there before it, and no stranger pushes out a body from an address that is known.
//!
//! The number of bodies from known addresses is bounded by that of connections alone: all hooks of a sender, or of a proxy
//! before it, come from one address, where a slow hook can't be distinguished from the unfinished body of a stranger.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, HttpBody as _};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, Response};
use bytes::Bytes;
use tokio::sync::oneshot;

use super::limits::{self, Limits};
use super::refusals::{Reason, Refusals};
use super::respond;

/// Unfinished bodies of a server.
pub(super) struct Arrivals {
    limits: Limits,
    /// Bodies from addresses without a verified hook in the last ten minutes.
    strangers: Pool,
    known: Pool,
}

impl Arrivals {
    pub(super) fn new(limits: Limits) -> Self {
        // The bytes of one body always fit.
        let bytes = limits.unfinished_bytes.max(limits.body_bytes);
        Self { limits, strangers: Pool::new(limits.unfinished_bodies, bytes), known: Pool::new(usize::MAX, bytes) }
    }

    /// The whole body, or the response that refuses it. `is_known` says whether the request comes from an address with a
    /// verified hook, and is asked only if the body must be waited for.
    pub(super) async fn read(
        &self,
        headers: &HeaderMap,
        body: Body,
        refusals: &Refusals,
        is_known: impl FnOnce() -> bool,
    ) -> Result<Bytes, Response<Body>> {
        let limit = self.limits.body_bytes;
        let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
            return Err(self.refuse(&Fault::TooLarge, refusals));
        }
        let mut reading = Reading { body, limit, first: Bytes::new(), more: Vec::new() };
        let outcome = match poll_fn(|context| Poll::Ready(reading.poll(context))).await {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => {
                let pool = if is_known() { &self.known } else { &self.strangers };
                self.wait(pool, &mut reading).await
            }
        };
        outcome.map(|()| reading.finish()).map_err(|fault| self.refuse(&fault, refusals))
    }

    /// Waits for the rest of a body that is not there yet.
    async fn wait(&self, pool: &Pool, reading: &mut Reading) -> Result<(), Fault> {
        let (place, mut given_up) = pool.enter();
        let arrived = poll_fn(|context| {
            if let Poll::Ready(outcome) = reading.poll(context) {
                return Poll::Ready(outcome);
            }
            reading.let_go_of_buffer();
            place.holds(reading.len());
            Pin::new(&mut given_up).poll(context).map(|_| Err(Fault::GivenUp))
        });
        // One clock for the whole body: a clock that starts anew with each piece never ends for a body that drips.
        match limits::within(Some(self.limits.body_timeout), pin!(arrived)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Fault::Slow),
        }
    }

    fn refuse(&self, fault: &Fault, refusals: &Refusals) -> Response<Body> {
        let Limits { body_bytes, body_timeout, unfinished_bodies, unfinished_bytes, .. } = self.limits;
        match fault {
            Fault::TooLarge => {
                if let Some(times) = refusals.note(Reason::Size) {
                    tracing::warn!(times, limit = body_bytes, "the body of a hook is larger than the limit");
                }
                respond::refusal(413, &format!("the body is larger than {body_bytes} bytes, the limit of this backend"))
            }
            Fault::BrokenOff(error) => {
                if let Some(times) = refusals.note(Reason::BrokenOff) {
                    tracing::debug!(times, %error, "the body of a hook did not arrive");
                }
                respond::refusal(400, "the body broke off before its end")
            }
            Fault::Slow => {
                if let Some(times) = refusals.note(Reason::Slow) {
                    tracing::warn!(times, limit = ?body_timeout, "the body of a hook takes too long to arrive");
                }
                respond::refusal(408, &format!("the body did not arrive within {body_timeout:?}"))
            }
            Fault::GivenUp => {
                if let Some(times) = refusals.note(Reason::Unfinished) {
                    tracing::warn!(
                        times,
                        bodies = unfinished_bodies,
                        bytes = unfinished_bytes,
                        "too many unfinished bodies: the oldest or largest were given up for newer ones"
                    );
                }
                respond::try_again("too many bodies are unfinished at once, and this one was given up for newer ones")
            }
        }
    }
}

/// Reasons for which a body can't be had.
#[derive(Debug)]
enum Fault {
    TooLarge,
    BrokenOff(axum::Error),
    Slow,
    GivenUp,
}

/// A body as far as it has arrived. What comes in one piece is not copied.
struct Reading {
    body: Body,
    limit: usize,
    first: Bytes,
    /// The whole body, once there is more than one piece or it had to be waited for.
    more: Vec<u8>,
}

impl Reading {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(Ok(())),
                Some(Err(error)) => return Poll::Ready(Err(Fault::BrokenOff(error))),
                Some(Ok(frame)) => {
                    let Ok(piece) = frame.into_data() else { continue };
                    if piece.len() > self.limit - self.len() {
                        return Poll::Ready(Err(Fault::TooLarge));
                    }
                    self.take(piece);
                }
            }
        }
    }

    fn take(&mut self, piece: Bytes) {
        if self.len() == 0 {
            self.first = piece;
        } else {
            self.let_go_of_buffer();
            self.more.extend_from_slice(&piece);
        }
    }

    /// Copies what has arrived: a piece of a connection's buffer, however short, keeps all of the buffer.
    fn let_go_of_buffer(&mut self) {
        if !self.first.is_empty() {
            self.more.extend_from_slice(&std::mem::take(&mut self.first));
        }
    }

    fn len(&self) -> usize {
        self.first.len() + self.more.len()
    }

    fn finish(self) -> Bytes {
        if self.more.is_empty() { self.first } else { self.more.into() }
    }
}

struct Pool {
    bodies: usize,
    bytes: usize,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    /// Bodies in the order in which they came.
    by_age: BTreeMap<u64, Entry>,
    bytes: usize,
    next: u64,
}

struct Entry {
    bytes: usize,
    /// Dropped to give the body up.
    _wanted: oneshot::Sender<()>,
}

/// Place of a body in a pool, until it is dropped.
struct Place<'a> {
    pool: &'a Pool,
    key: u64,
}

impl Pool {
    fn new(bodies: usize, bytes: usize) -> Self {
        Self { bodies, bytes, entries: Mutex::default() }
    }

    fn locked(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a body, and a receiver that is ready when the body is given up.
    fn enter(&self) -> (Place<'_>, oneshot::Receiver<()>) {
        let (wanted, given_up) = oneshot::channel();
        let mut entries = self.locked();
        let key = entries.next;
        entries.next += 1;
        entries.by_age.insert(key, Entry { bytes: 0, _wanted: wanted });
        if entries.by_age.len() > self.bodies {
            let oldest = entries.by_age.first_key_value().map(|(key, _)| *key);
            entries.give_up(oldest);
        }
        (Place { pool: self, key }, given_up)
    }
}

impl Entries {
    fn give_up(&mut self, key: Option<u64>) {
        let Some(entry) = key.and_then(|key| self.by_age.remove(&key)) else { return };
        self.bytes -= entry.bytes;
    }
}

impl Place<'_> {
    /// Notes how many bytes have arrived.
    fn holds(&self, bytes: usize) {
        let mut entries = self.pool.locked();
        let Some(entry) = entries.by_age.get_mut(&self.key) else { return };
        let more = bytes - entry.bytes;
        entry.bytes = bytes;
        entries.bytes += more;
        while entries.bytes > self.pool.bytes {
            let largest = entries.by_age.iter().rev().max_by_key(|(_, entry)| entry.bytes).map(|(key, _)| *key);
            entries.give_up(largest);
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.pool.locked().give_up(Some(self.key));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Bodies that come, go and grow: the bounds hold, the newest gets in, and none is given up while all fit.
        #[test]
        fn bounds_hold_and_the_newest_gets_in(
            bodies in 0_usize..6,
            steps in prop::collection::vec((0_usize..8, 0_usize..40), 0..80),
        ) {
            const BYTES: usize = 100;
            let pool = Pool::new(bodies, BYTES);
            let mut places = Vec::new();
            for (step, amount) in steps {
                let before = pool.locked().by_age.len();
                let fits = match step {
                    0..3 => {
                        let entered = pool.enter();
                        places.push((entered, 0));
                        prop_assert!(bodies == 0 || !is_given_up(places.last_mut()));
                        before < bodies
                    }
                    3 if !places.is_empty() => {
                        drop(places.remove(amount % places.len()));
                        true
                    }
                    _ => {
                        let count = places.len();
                        let Some(((place, _), held)) = places.get_mut(amount % count.max(1)) else { continue };
                        let counts = pool.locked().by_age.contains_key(&place.key);
                        *held += amount;
                        let fits = !counts || pool.locked().bytes + amount <= BYTES;
                        place.holds(*held);
                        fits
                    }
                };
                let entries = pool.locked();
                prop_assert!(entries.by_age.len() <= bodies && entries.bytes <= BYTES);
                prop_assert_eq!(entries.bytes, entries.by_age.values().map(|entry| entry.bytes).sum::<usize>());
                prop_assert!(!fits || entries.by_age.len() + 1 >= before);
            }
            drop(places);
            let entries = pool.locked();
            prop_assert_eq!((entries.by_age.len(), entries.bytes), (0, 0));
        }
    }

    type Entered<'a> = ((Place<'a>, oneshot::Receiver<()>), usize);

    fn is_given_up(entered: Option<&mut Entered<'_>>) -> bool {
        entered.is_some_and(|((_, given_up), _)| given_up.try_recv() == Err(oneshot::error::TryRecvError::Closed))
    }

    #[test]
    fn the_oldest_goes_for_a_new_one_and_the_largest_for_bytes() {
        let pool = Pool::new(3, 100);
        let mut places: Vec<Entered<'_>> = (0..3).map(|_| (pool.enter(), 0)).collect();
        for (((place, _), _), bytes) in places.iter().zip([30, 50, 20]) {
            place.holds(bytes);
        }
        let given_up = |places: &mut Vec<Entered<'_>>| -> Vec<bool> {
            places.iter_mut().map(|entered| is_given_up(Some(entered))).collect()
        };
        assert_eq!(given_up(&mut places), [false, false, false]);
        places[2].0.0.holds(21);
        assert_eq!(given_up(&mut places), [false, true, false]);
        places.push((pool.enter(), 0));
        assert_eq!(given_up(&mut places), [false, true, false, false]);
        places.push((pool.enter(), 0));
        assert_eq!(given_up(&mut places), [true, true, false, false, false]);
    }
}
