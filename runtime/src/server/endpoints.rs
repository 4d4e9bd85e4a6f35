//! What a server tells about itself: `GET <base>/_hooks/health`, `…/drift` and `…/schema`.
//!
//! A hook of the contract goes before an endpoint of the same path. Allow-lists of networks and passwords guard the
//! endpoints as they guard the hooks; a signature, which senders compute over a body, is not asked of them.

use axum::http::Method;
use axum::response::Response;
use serde_json::json;

use super::counters::Counters;
use super::{HookServer, respond};
use crate::descriptor::ContractDescriptor;
use crate::drift::DriftMeter;

/// The path of the endpoints, below the base path of the hooks.
const FOLDER: &str = "_hooks/";

/// Whether a server answers for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Endpoints {
    /// It does. Whoever can reach the hooks can read names of members and hooks, JSON types, enum words and numbers,
    /// but no other value of a body.
    #[default]
    Shown,
    /// It does not: its paths are unknown hooks.
    Hidden,
}

/// Settings of the endpoints.
#[derive(Default)]
pub(super) struct Settings {
    shown: Endpoints,
    #[cfg(feature = "prometheus")]
    prometheus: Option<metrics_exporter_prometheus::PrometheusHandle>,
}

/// Parts of a server that the endpoints report on.
pub(super) struct Source<'s> {
    pub(super) settings: &'s Settings,
    pub(super) contract: &'static ContractDescriptor,
    pub(super) drift: &'s DriftMeter,
    pub(super) counters: &'s Counters,
}

impl<S> HookServer<S> {
    /// Whether `_hooks/health`, `_hooks/drift` and `_hooks/schema` are answered; by default they are.
    #[must_use]
    pub fn endpoints(mut self, endpoints: Endpoints) -> Self {
        self.endpoints.shown = endpoints;
        self
    }
}

#[cfg(feature = "prometheus")]
impl<S> HookServer<S> {
    /// Shows the program's metrics at `_hooks/metrics`, as Prometheus reads them. The recorder is the program's to
    /// install, once for the process:
    ///
    /// ```no_run
    /// # fn set(server: wcs_runtime::HookServer<()>) -> Result<(), Box<dyn std::error::Error>> {
    /// use wcs_runtime::server::metrics_exporter_prometheus::PrometheusBuilder;
    ///
    /// let handle = PrometheusBuilder::new().install_recorder()?;
    /// let server = server.prometheus(handle);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn prometheus(mut self, handle: metrics_exporter_prometheus::PrometheusHandle) -> Self {
        self.endpoints.prometheus = Some(handle);
        self
    }
}

/// The answer of an endpoint, if the name is that of one.
pub(super) fn answer(source: &Source<'_>, name: &str, method: &Method) -> Option<Response> {
    if source.settings.shown == Endpoints::Hidden {
        return None;
    }
    let endpoint: fn(&Source<'_>) -> Response = match name.strip_prefix(FOLDER)? {
        "health" => health,
        "drift" => drift,
        "schema" => schema,
        #[cfg(feature = "prometheus")]
        "metrics" if source.settings.prometheus.is_some() => metrics,
        _ => return None,
    };
    let readable = method == Method::GET || method == Method::HEAD;
    Some(if readable { endpoint(source) } else { respond::only_read(name, method) })
}

fn health(source: &Source<'_>) -> Response {
    let uptime = source.drift.since().elapsed().unwrap_or_default();
    respond::json(&json!({
        "status": "ok",
        "uptimeSeconds": uptime.as_secs(),
        "hooks": source.counters.hooks(),
        "failed": source.counters.failed(),
    }))
}

fn drift(source: &Source<'_>) -> Response {
    respond::json(&source.drift.report())
}

fn schema(source: &Source<'_>) -> Response {
    let contract = source.contract;
    respond::json(&json!({
        "contract": contract.name,
        "title": contract.title,
        "version": contract.version,
        "hash": contract.hash,
        "hooks": contract.hooks.iter().map(|hook| hook.name).collect::<Vec<_>>(),
    }))
}

#[cfg(feature = "prometheus")]
fn metrics(source: &Source<'_>) -> Response {
    respond::plain(source.settings.prometheus.as_ref().map(|handle| handle.render()).unwrap_or_default())
}
