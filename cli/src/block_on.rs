//! The asynchronous runtime of the verbs that talk over the network.

use crate::stop::Stop;

/// Runs a future to its end, with timers, sockets and signals, on all processors.
pub(crate) fn block_on<T, E>(future: impl Future<Output = Result<T, E>>) -> Result<T, Stop>
where
    Stop: From<E>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("can't start the network runtime: {error}"))?;
    Ok(runtime.block_on(future)?)
}
