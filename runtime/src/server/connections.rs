//! Open connections, and the order in which they are closed when there are too many.
//!
//! Each connection has a rank, and the lowest is closed first: connections that have brought no verified hook yet, in the
//! order in which they came, then those that have, the one first that has been idle for longest. A connection whose hook
//! is being handled has no rank and stays. So connections that send nothing, or a part of a request, make room for new
//! ones, however many there are.
//!
//! A rank is a number that changes without a lock. Ranks are compared only when there is no room.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::task::{AbortHandle, Id, JoinSet};

use super::refusals::{self, Seldom};

tokio::task_local! {
    /// Rank of the connection that the current task serves.
    static CURRENT: Rank;
}

/// Rank of a connection whose hook is being handled.
const BUSY: u64 = u64::MAX;
/// Added to the rank of a connection that has brought a verified hook.
const VERIFIED: u64 = 1 << 63;
/// Divisor of the number of connections without a verified hook: so large a part of them is closed together, so that
/// ranks need not be compared for every new connection.
const TOGETHER: usize = 64;

/// Rank of one connection, and the clock of all of them, which counts what happens.
#[derive(Clone)]
struct Rank {
    value: Arc<AtomicU64>,
    clock: Arc<AtomicU64>,
}

/// Notes that the current connection has brought a verified hook, which is handled now. No effect on connections that
/// are not served by this crate.
pub(super) fn verified() {
    let _ = CURRENT.try_with(|rank| rank.value.store(BUSY, Ordering::Relaxed));
}

/// Notes that the current connection has the response to its request, and waits for its client again.
pub(super) fn answered() {
    let _ = CURRENT.try_with(|rank| {
        if rank.value.load(Ordering::Relaxed) == BUSY {
            let now = rank.clock.fetch_add(1, Ordering::Relaxed);
            rank.value.store(VERIFIED | now, Ordering::Relaxed);
        }
    });
}

/// The connections of a listener.
pub(super) struct Connections {
    limit: usize,
    tasks: JoinSet<()>,
    open: HashMap<Id, (AbortHandle, Rank)>,
    clock: Arc<AtomicU64>,
    lines: Seldom,
}

impl Connections {
    pub(super) fn new(limit: usize) -> Self {
        let (tasks, open) = (JoinSet::new(), HashMap::new());
        Self { limit: limit.max(1), tasks, open, clock: Arc::default(), lines: Seldom::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.tasks.len()
    }

    pub(super) fn has_room(&self) -> bool {
        self.tasks.len() < self.limit
    }

    /// Serves a connection in a task of its own.
    pub(super) fn spawn(&mut self, connection: impl Future<Output = ()> + Send + 'static) {
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        let rank = Rank { value: Arc::new(AtomicU64::new(now)), clock: Arc::clone(&self.clock) };
        let task = self.tasks.spawn(CURRENT.scope(rank.clone(), connection));
        self.open.insert(task.id(), (task, rank));
    }

    /// Waits until a connection has ended.
    pub(super) async fn ended(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => self.open.remove(&id),
            Some(Err(error)) => self.open.remove(&error.id()),
            None => std::future::pending().await,
        };
    }

    /// Closes the connections of the lowest ranks. Returns how many: none if the hooks of all are being handled.
    pub(super) fn make_room(&mut self) -> usize {
        let ranks = self.open.iter().map(|(id, (_, rank))| (rank.value.load(Ordering::Relaxed), *id));
        let lowest = lowest(ranks.filter(|(rank, _)| *rank != BUSY).collect());
        for id in &lowest {
            if let Some((task, _)) = self.open.remove(id) {
                task.abort();
                refusals::in_metrics("connections");
            }
        }
        let (closed, limit) = (lowest.len(), self.limit);
        if let Some(times) = self.lines.due() {
            tracing::warn!(
                open = self.tasks.len(),
                closed,
                limit,
                times,
                "too many connections: those that send nothing, or a part of a request, are closed for new ones"
            );
        }
        closed
    }

    /// Ends all connections.
    pub(super) async fn shutdown(&mut self) {
        self.tasks.shutdown().await;
    }
}

/// Connections to close: a part of those without a verified hook, or else one of the others.
fn lowest(mut ranks: Vec<(u64, Id)>) -> Vec<Id> {
    let strangers = ranks.iter().filter(|(rank, _)| *rank < VERIFIED).count();
    let wanted = strangers.div_ceil(TOGETHER).max(1);
    if wanted < ranks.len() {
        ranks.select_nth_unstable(wanted);
        ranks.truncate(wanted);
    }
    ranks.into_iter().map(|(_, id)| id).collect()
}
