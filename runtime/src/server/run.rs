//! Running a router.

use std::io;

use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

/// Serves a router until `shutdown` is done; requests under way are answered before it returns.
///
/// # Errors
///
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "answers on this connection may be held back for a while");
        }
    });
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}

/// Done when the process is asked to stop: by Ctrl-C, and on Unix also by SIGTERM.
pub async fn shutdown_signal() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C can't be noticed");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                let mut interrupted = std::pin::pin!(interrupted);
                let mut done = std::pin::pin!(terminated.recv());
                std::future::poll_fn(|context| match interrupted.as_mut().poll(context) {
                    std::task::Poll::Pending => done.as_mut().poll(context).map(drop),
                    ready => ready,
                })
                .await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM can't be noticed");
                interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
