//! Real backends on real ports, and real requests to them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use wcs_contract::model::Contract;

/// A backend that runs until this value is dropped.
pub struct Backend {
    process: Child,
    address: String,
    client: Client<HttpConnector, Full<Bytes>>,
    runtime: tokio::runtime::Runtime,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// HTTP headers.
    pub headers: http::HeaderMap,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Backend {
    /// Builds and starts a package of this workspace on a free port.
    ///
    /// # Errors
    ///
    /// A text when it does not build or start.
    pub fn of_package(package: &str) -> Result<Self, String> {
        Self::start(&crate::root(), &["--package", package], &[])
    }

    /// Builds and starts a crate that lies outside of this workspace, with the workspace's target folder.
    ///
    /// # Errors
    ///
    /// A text when it does not build or start.
    pub fn of_crate(folder: &Path) -> Result<Self, String> {
        Self::of_crate_with(folder, &[])
    }

    /// As [`of_crate`](Self::of_crate), with variables of the environment.
    ///
    /// # Errors
    ///
    /// As those of [`of_crate`](Self::of_crate).
    pub fn of_crate_with(folder: &Path, variables: &[(&str, &str)]) -> Result<Self, String> {
        Self::start(folder, &["--offline"], variables)
    }

    fn start(folder: &Path, which: &[&str], variables: &[(&str, &str)]) -> Result<Self, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
        let run = |verb: &str| {
            let mut command = Command::new(&cargo);
            command.current_dir(folder).env("CARGO_TARGET_DIR", &target).args([verb, "--quiet"]).args(which);
            command
        };
        let built = run("build").output().map_err(|error| format!("can't run cargo: {error}"))?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned());
        }
        let mut process = run("run")
            .args(["--", "--listen", "127.0.0.1:0"])
            .env("LOG", "error")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("can't start the backend: {error}"))?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
        let client = Client::builder(TokioExecutor::new()).build_http();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_default().to_owned();
        let backend = Self { process, address, client, runtime };
        if backend.address.is_empty() { Err(format!("it said {line:?} instead of its address")) } else { Ok(backend) }
    }

    /// Where the hooks are, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Posts a body to a hook as the media server does.
    ///
    /// # Errors
    ///
    /// A text when there is no answer within five seconds.
    pub fn post(&self, hook: &str, body: impl Into<Bytes>) -> Result<Reply, String> {
        let request = http::Request::post(format!("{}/{hook}", self.address))
            .header("accept", "application/json, application/*+json")
            .header("content-type", "application/json;charset=UTF-8")
            .body(Full::new(body.into()))
            .map_err(|error| error.to_string())?;
        self.send(request)
    }

    /// Sends any request.
    ///
    /// # Errors
    ///
    /// A text when there is no answer within five seconds.
    pub fn send(&self, request: http::Request<Full<Bytes>>) -> Result<Reply, String> {
        self.runtime.block_on(async {
            let exchange = async {
                let response = self.client.request(request).await.map_err(|error| error.to_string())?;
                let (parts, body) = response.into_parts();
                let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes().to_vec();
                Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, body })
            };
            tokio::time::timeout(Duration::from_secs(5), exchange)
                .await
                .map_err(|_| "no answer within 5 s".to_owned())?
        })
    }
}

/// Writes a crate of that name, which must be its own, outside of the workspace: it handles every hook of a contract.
///
/// # Errors
///
/// A text when a file can't be written.
#[expect(clippy::disallowed_methods, reason = "a test's own crate")]
pub fn echo_crate(name: &str, folder: &Path, contract: &Contract) -> Result<(), String> {
    let root = crate::root();
    let all_hooks =
        fs::read_to_string(root.join("examples/all-hooks/src/main.rs")).map_err(|error| error.to_string())?;
    let main = all_hooks
        .replace("use wcs_hooks::*;", "use hooks::*;")
        .replace("for_each_hook!(handle);", "for_each_hook!(handle);\n")
        + "\nmod hooks {\n    #![allow(dead_code, missing_docs, unreachable_pub)]\n    include!(\"hooks.rs.in\");\n}\n";
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         example-support = {{ path = {0:?} }}\ntokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }}\n\
         wcs-runtime = {{ path = {1:?} }}\n",
        root.join("examples/support"),
        root.join("runtime"),
    );
    // Not by a build script: the compiler would be compiled once more for it. examples/own-schema has one.
    let hooks = wcs_codegen::rust_module(contract);
    for (path, text) in [("Cargo.toml", &manifest), ("src/main.rs", &main), ("src/hooks.rs.in", &hooks)] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(|error| error.to_string())?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
    Ok(())
}
