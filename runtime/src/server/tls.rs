//! Serving over TLS, for a backend without a proxy in front.

use std::fmt;
use std::io;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::SetupError;
use super::run::{Transport, run};

/// A server's certificate and its key, with TLS 1.2 and 1.3.
///
/// A configuration made by hand, for example one that wants certificates of the senders too, turns into one.
#[derive(Clone)]
pub struct Identity(Arc<ServerConfig>);

impl Identity {
    /// From a chain of certificates, the server's own first, and its private key, both in PEM.
    ///
    /// # Errors
    ///
    /// When one of them can't be read, or they don't belong together.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, SetupError> {
        let chain = CertificateDer::pem_slice_iter(certificates)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| SetupError(format!("the certificates can't be read as PEM: {error}")))?;
        if chain.is_empty() {
            return Err(SetupError(
                "there is no certificate in the PEM: expected a block `BEGIN CERTIFICATE`".to_owned(),
            ));
        }
        // What the reader says about a key that it can't read is not repeated: it may be part of the key.
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| {
            SetupError("there is no private key in the PEM: expected a block such as `BEGIN PRIVATE KEY`".to_owned())
        })?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| SetupError(format!("certificate and key make no server: {error}")))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

impl From<Arc<ServerConfig>> for Identity {
    fn from(config: Arc<ServerConfig>) -> Self {
        Self(config)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(redacted)")
    }
}

/// As [`serve_with`](super::serve_with), over TLS. The time for a request's head also bounds the handshake.
///
/// # Errors
///
/// As [`serve`](super::serve).
pub async fn serve_tls(
    identity: Identity,
    transport: Transport,
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let acceptor = TlsAcceptor::from(identity.0);
    run(transport, listener, router, shutdown, move |stream| acceptor.accept(stream)).await
}
