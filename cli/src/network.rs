//! The asynchronous runtime of the verbs that talk over the network, and the end of those that run until Ctrl-C.

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

/// Waits for Ctrl-C, or for the signal by which service managers end programs.
pub(crate) async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        {
            std::future::poll_fn(|context| {
                let ended = interrupt.poll_recv(context).is_ready() || terminate.poll_recv(context).is_ready();
                if ended { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
