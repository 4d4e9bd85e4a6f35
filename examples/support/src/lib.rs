//! What the example backends share: the address from the command line, and serving.

use std::error::Error;
use std::io::Write;

use axum::Router;
use tokio::net::TcpListener;

/// Where the examples are mounted: the path under which a WCS 5.2 server looks for its default backend.
pub const BASE: &str = "/apps/EchoApp";

/// Serves a router at the address after `--listen`, by default `127.0.0.1:8081`, until Ctrl-C.
///
/// Prints one line when ready: `listening on http://ADDR/apps/EchoApp`.
///
/// # Errors
///
/// When the command line can't be understood, or the address can't be listened on.
pub async fn serve(router: Router) -> Result<(), Box<dyn Error>> {
    serve_with(router, std::env::args().skip(1)).await
}

/// The same with what an example has left of its arguments.
///
/// # Errors
///
/// As those of [`serve`].
pub async fn serve_with(router: Router, args: impl Iterator<Item = String>) -> Result<(), Box<dyn Error>> {
    let address = address(args)?;
    let listener = TcpListener::bind(&address).await.map_err(|error| format!("can't listen on {address}: {error}"))?;
    writeln!(std::io::stdout(), "listening on http://{}{BASE}", listener.local_addr()?)?;
    wcs_runtime::serve(listener, router, wcs_runtime::shutdown_signal()).await?;
    Ok(())
}

fn address(mut args: impl Iterator<Item = String>) -> Result<String, String> {
    match (args.next().as_deref(), args.next(), args.next()) {
        (None, ..) => Ok("127.0.0.1:8081".to_owned()),
        (Some("--listen"), Some(address), None) => Ok(address),
        _ => Err("usage: --listen ADDR, for example `--listen 127.0.0.1:8081`".to_owned()),
    }
}
