//! A server on a port of this machine: `served SERVER PORT`. It prints a line when it listens.

use std::error::Error;

use tokio::net::TcpListener;
use wcs_bench_wire::services::router;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(name), Some(port)) = (args.next(), args.next()) else {
        return Err("usage: served SERVER PORT".into());
    };
    let router = router(&name).ok_or_else(|| format!("there is no server `{name}`"))?;
    let listener = TcpListener::bind(("127.0.0.1", port.parse::<u16>()?)).await?;
    println!("listening on {}", listener.local_addr()?);
    match name.starts_with("wcs") {
        // As the product is served, with its limits for connections.
        true => wcs_runtime::serve(listener, router, wcs_runtime::shutdown_signal()).await?,
        false => axum::serve(listener, router).await?,
    }
    Ok(())
}
