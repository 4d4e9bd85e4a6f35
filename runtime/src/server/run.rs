//! Running a router.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use super::connections::{self, Connections};
use super::refusals::Seldom;

/// How connections are treated.
#[derive(Debug, Clone, Copy)]
pub struct Transport {
    header_timeout: Duration,
    finish_within: Duration,
    connections: usize,
}

impl Default for Transport {
    fn default() -> Self {
        Self { header_timeout: Duration::from_secs(30), finish_within: Duration::from_secs(15), connections: 4096 }
    }
}

impl Transport {
    /// With the defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the head of a request may take to arrive, and with it how long a connection may be idle between two
    /// requests; by default 30 s. The connection is then closed.
    ///
    /// Keep it above the time for which the sender keeps idle connections for later, else a hook may be sent into a
    /// connection that is just being closed.
    #[must_use]
    pub fn header_timeout(mut self, timeout: Duration) -> Self {
        self.header_timeout = timeout;
        self
    }

    /// How long requests under way may take once the server is to end; by default 15 s. What is not done by then is cut
    /// off.
    #[must_use]
    pub fn finish_within(mut self, timeout: Duration) -> Self {
        self.finish_within = timeout;
        self
    }

    /// How many connections may be open; by default 4096, and at least 1. For one more another is closed, which is logged:
    /// the oldest of those that have brought no verified hook, else the one that has been idle for longest. A connection
    /// whose hook is being handled is not closed; where all are like that, more wait in the operating system's queue.
    ///
    /// The same is done when the process has no file descriptors left, so give it more than this limit (`ulimit -n`).
    #[must_use]
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }
}

/// Serves a router until `shutdown` is done; requests under way are answered before it returns. How connections are
/// treated is left to [`Transport`]'s defaults.
///
/// # Errors
///
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    serve_with(Transport::default(), listener, router, shutdown).await
}

/// As [`serve`], with settings for its connections.
///
/// # Errors
///
/// As [`serve`].
pub async fn serve_with(
    transport: Transport,
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    run(transport, listener, router, shutdown, |stream| std::future::ready(Ok(stream))).await
}

/// The loop under every way of serving; `secure` makes a connection's bytes out of a stream's.
pub(super) async fn run<C, F>(
    transport: Transport,
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
    secure: impl Fn(TcpStream) -> F + Clone + Send + 'static,
) -> io::Result<()>
where
    C: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Future<Output = io::Result<C>> + Send + 'static,
{
    let graceful = GracefulShutdown::new();
    let mut connections = Connections::new(transport.connections);
    let mut next: Option<TcpStream> = None;
    let failures = Seldom::default();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        if let Some(stream) = next.take_if(|_| connections.has_room()) {
            connections.spawn(attend(transport, stream, router.clone(), secure.clone(), graceful.watcher()));
        }
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            () = connections.ended() => {}
            // The hooks of all connections are being handled: those that are done become idle.
            () = tokio::time::sleep(ROOM_AGAIN), if next.is_some() => {
                connections.make_room();
            }
            accepted = accept(&listener), if next.is_none() => match accepted {
                Ok(stream) => {
                    if !connections.has_room() {
                        connections.make_room();
                    }
                    next = Some(stream);
                }
                // Most likely the process has no file descriptors left; they come back when connections end.
                Err(error) => {
                    let closed = connections.make_room();
                    if let Some(times) = failures.due() {
                        tracing::error!(times, closed, %error, "no connection can be accepted; trying again");
                    }
                    tokio::select! {
                        () = &mut shutdown => break,
                        () = connections.ended(), if closed > 0 => {}
                        () = tokio::time::sleep(ACCEPT_AGAIN) => {}
                    }
                }
            },
        }
    }
    drop((listener, next));
    if tokio::time::timeout(transport.finish_within, graceful.shutdown()).await.is_err() {
        let limit = transport.finish_within;
        tracing::warn!(connections = connections.len(), ?limit, "requests under way are cut off to end the server");
    }
    connections.shutdown().await;
    Ok(())
}

/// Pause before the next attempt to make room, when no connection could be closed.
const ROOM_AGAIN: Duration = Duration::from_millis(50);
/// Pause before the next attempt to accept, when accepting failed and no connection could be closed.
const ACCEPT_AGAIN: Duration = Duration::from_secs(1);

/// The next connection.
async fn accept(listener: &TcpListener) -> io::Result<TcpStream> {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return Ok(stream),
            Err(error) if is_of_one_connection(&error) => tracing::debug!(%error, "a connection broke off at once"),
            Err(error) => return Err(error),
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection, from its first byte to its last.
async fn attend<C, F>(
    transport: Transport,
    stream: TcpStream,
    router: Router,
    secure: impl Fn(TcpStream) -> F,
    watcher: Watcher,
) where
    C: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Future<Output = io::Result<C>>,
{
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "answers on this connection may be held back for a while");
    }
    let Ok(peer) = stream.peer_addr() else { return };
    let stream = match tokio::time::timeout(transport.header_timeout, secure(stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return tracing::debug!(%peer, %error, "a connection could not be secured"),
        Err(_) => return tracing::debug!(%peer, "securing a connection took too long"),
    };
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = router.clone().oneshot(request);
        async move { response.await.inspect(|_| connections::answered()) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(transport.header_timeout)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%peer, %error, "a connection ended in the middle of something");
    }
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
            Ok(mut terminated) => tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(error) => {
                tracing::error!(%error, "SIGTERM can't be noticed");
                interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
