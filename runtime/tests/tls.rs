//! Hooks over TLS.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod door;

use std::sync::Arc;

use door::{OpenDoor, UNSIGNED, request, split};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use wcs_runtime::server::tokio_rustls::TlsConnector;
use wcs_runtime::server::tokio_rustls::rustls::crypto::ring;
use wcs_runtime::server::tokio_rustls::rustls::pki_types::pem::PemObject as _;
use wcs_runtime::server::tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use wcs_runtime::server::tokio_rustls::rustls::{ClientConfig, RootCertStore};
use wcs_runtime::server::{Identity, Transport, serve_tls};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

/// Made by `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost
/// -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE`; the key protects nothing.
const CERTIFICATE: &str = include_str!("tls/localhost.crt");
const KEY: &str = include_str!("tls/localhost.key");

#[wcs_hook(OpenDoor, crate = wcs_runtime)]
async fn open(_: OpenDoor) -> Answer<OpenDoor> {
    Answer::deny("over TLS")
}

#[tokio::test]
async fn hooks_are_answered_over_tls_and_over_nothing_else() {
    let identity = Identity::from_pem(CERTIFICATE.as_bytes(), KEY.as_bytes()).unwrap();
    assert_eq!(format!("{identity:?}"), "Identity(redacted)");
    let router = HookServer::<()>::new(&UNSIGNED).handlers(handlers![open]).unwrap().router();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async {
        let _ = stopped.await;
    };
    let server = tokio::spawn(serve_tls(identity, Transport::new(), listener, router, shutdown));

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap()).unwrap();
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = TcpStream::connect(&address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut connection = TlsConnector::from(Arc::new(client)).connect(name, connection).await.unwrap();
    connection.write_all(request("POST", "/openDoor", &[], "{}").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    let (status, _, text) = split(std::str::from_utf8(&answer).unwrap());
    assert_eq!((status, text.as_str()), (403, r#"{"error":"over TLS"}"#));

    let mut plain = TcpStream::connect(&address).await.unwrap();
    plain.write_all(request("POST", "/openDoor", &[], "{}").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}

#[test]
fn what_makes_no_identity_is_said() {
    let error = |certificates: &str, key: &str| {
        Identity::from_pem(certificates.as_bytes(), key.as_bytes()).err().unwrap().to_string()
    };
    assert!(error("", KEY).contains("expected a block `BEGIN CERTIFICATE`"));
    assert!(error(CERTIFICATE, CERTIFICATE).contains("there is no private key in the PEM"));
    assert!(error(&CERTIFICATE.replace("MII", "M?I"), KEY).contains("can't be read as PEM"));
    let other = KEY.replacen("MIG", "MIH", 1);
    let said = error(CERTIFICATE, &other);
    assert!(said.contains("certificate and key make no server") && !said.contains("MIH"), "{said}");
}
