//! Setting a server up.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::routing::any;

use super::counters::Counters;
use super::dispatch;
use super::handler::Handler;
use crate::descriptor::{ContractDescriptor, HookDescriptor};

/// Largest body that is read unless [`HookServer::body_limit`] says otherwise: 1 MiB.
const BODY_LIMIT: usize = 1 << 20;

/// The hooks of a contract and their handlers, on the way to a router.
///
/// A hook without a handler is answered with its own body, so that a backend handles only what it cares for.
pub struct HookServer<S> {
    contract: &'static ContractDescriptor,
    handlers: HashMap<&'static str, Handler<S>>,
    unhandled: Unhandled,
    unknown: UnknownHook,
    body_limit: usize,
    counters: Arc<Counters>,
}

/// What is answered to a hook of the contract that has no handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unhandled {
    /// Its own body: yes, unchanged.
    #[default]
    Echo,
    /// A denial.
    Refuse,
}

/// What is answered to a hook that the contract does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownHook {
    /// 404, with the nearest name.
    #[default]
    NotFound,
    /// Its own body.
    Echo,
}

impl<S: Clone + Send + Sync + 'static> HookServer<S> {
    /// A server of this contract without handlers.
    #[must_use]
    pub fn new(contract: &'static ContractDescriptor) -> Self {
        Self {
            contract,
            handlers: HashMap::new(),
            unhandled: Unhandled::default(),
            unknown: UnknownHook::default(),
            body_limit: BODY_LIMIT,
            counters: Arc::default(),
        }
    }

    /// With handlers, listed by [`handlers!`](crate::handlers!).
    ///
    /// # Errors
    ///
    /// When a hook would have two handlers, or is not in the contract.
    pub fn handlers(mut self, handlers: impl IntoIterator<Item = Handler<S>>) -> Result<Self, SetupError> {
        for handler in handlers {
            let name = handler.declared.hook.name;
            if !self.contract.hooks.iter().any(|hook| hook.name == name) {
                let (function, contract) = (handler.declared.function, self.contract.name);
                return Err(SetupError(format!(
                    "{function} handles `{name}`, which is not a hook of the contract `{contract}`"
                )));
            }
            if let Some(first) = self.handlers.get(name) {
                let (first, second) = (first.declared.function, handler.declared.function);
                return Err(SetupError(format!(
                    "`{name}` has two handlers, {first} and {second}: a hook has one answer, so list only one of them"
                )));
            }
            self.handlers.insert(name, handler);
        }
        Ok(self)
    }

    /// What is answered to a hook of the contract that has no handler.
    #[must_use]
    pub fn unhandled(mut self, unhandled: Unhandled) -> Self {
        self.unhandled = unhandled;
        self
    }

    /// What is answered to a hook that the contract does not have.
    #[must_use]
    pub fn unknown(mut self, unknown: UnknownHook) -> Self {
        self.unknown = unknown;
        self
    }

    /// Largest body that is read, in bytes.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The numbers that the server will keep.
    #[must_use]
    pub fn counters(&self) -> Arc<Counters> {
        Arc::clone(&self.counters)
    }

    /// A router with every hook at its root, to be nested under a base path or served as it is.
    pub fn router(self) -> Router<S> {
        self.routes("")
    }

    /// A router with every hook under a base path, such as `/apps/EchoApp` or `/index.php`.
    ///
    /// # Errors
    ///
    /// When the base path is not plain: it must start with `/` and hold neither braces nor `*`, `?` or `#`.
    pub fn mount(self, base: &str) -> Result<Router<S>, SetupError> {
        let plain = base.trim_end_matches('/');
        let fits = plain.is_empty() || (plain.starts_with('/') && !plain.contains("//") && !plain.contains("/:"));
        if !fits || plain.contains(|found: char| "{}*?#".contains(found) || !found.is_ascii_graphic()) {
            return Err(SetupError(format!(
                "`{base}` is no base path: expected one such as `/apps/backend`, without host, query and wildcards"
            )));
        }
        Ok(self.routes(plain))
    }

    fn routes(self, base: &str) -> Router<S> {
        let server = Arc::new(self.into_server(base));
        let respond = any(move |State(state): State<S>, request: Request| dispatch::respond(server, state, request));
        let slashed = Router::new()
            .route(&format!("{base}/"), respond.clone())
            .route(&format!("{base}/{{*hook}}"), respond.clone());
        if base.is_empty() { slashed } else { slashed.route(base, respond) }
    }

    fn into_server(mut self, base: &str) -> Server<S> {
        let mut names = HashMap::new();
        let mut routes = Vec::with_capacity(self.contract.hooks.len());
        for hook in self.contract.hooks {
            for name in hook.aliases.iter().chain([&hook.name]) {
                names.insert(*name, routes.len());
            }
            routes.push(Route { hook, handler: self.handlers.remove(hook.name) });
        }
        // A name goes before another hook's alias of the same spelling.
        for (index, hook) in self.contract.hooks.iter().enumerate() {
            names.insert(hook.name, index);
        }
        let json = HeaderValue::from_static("application/json");
        let format = HeaderValue::from_str(self.contract.sender.content_type).unwrap_or(json);
        Server {
            contract: self.contract,
            base: base.to_owned(),
            names,
            routes,
            unhandled: self.unhandled,
            unknown: self.unknown,
            body_limit: self.body_limit,
            format,
            counters: self.counters,
        }
    }
}

/// A server at work.
pub(super) struct Server<S> {
    pub(super) contract: &'static ContractDescriptor,
    /// Where the hooks are mounted inside this router, without a slash at the end.
    pub(super) base: String,
    names: HashMap<&'static str, usize>,
    routes: Vec<Route<S>>,
    pub(super) unhandled: Unhandled,
    pub(super) unknown: UnknownHook,
    pub(super) body_limit: usize,
    pub(super) format: HeaderValue,
    pub(super) counters: Arc<Counters>,
}

pub(super) struct Route<S> {
    pub(super) hook: &'static HookDescriptor,
    pub(super) handler: Option<Handler<S>>,
}

impl<S> Server<S> {
    /// The hook with that name or alias.
    pub(super) fn route(&self, name: &str) -> Option<&Route<S>> {
        self.routes.get(*self.names.get(name)?)
    }
}

/// Why a server can't be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError(String);

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SetupError {}
