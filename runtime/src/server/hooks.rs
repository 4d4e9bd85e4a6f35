//! Setting a server up.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::routing::any;

use super::arrivals::Arrivals;
use super::backend::Backend;
use super::counters::Counters;
use super::handler::Handler;
use super::known::Known;
use super::refusals::Refusals;
use super::request::{self, Route, Server};
use super::steering::Steering;
use super::unhandled::{Unhandled, UnknownHook};
use super::{HookServer, SetupError, guard, watch};
use crate::declared::Declared;
use crate::policy::{self, SessionPolicy, UnhandledHooks};

impl<S: Clone + Send + Sync + 'static> HookServer<S> {
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

    /// With the methods of a value as handlers: those that its impl block of the contract's hooks writes.
    ///
    /// # Errors
    ///
    /// When a hook would have two handlers, or is not in the contract.
    pub fn backend(self, backend: impl Backend) -> Result<Self, SetupError> {
        self.handlers(backend.handlers())
    }

    /// What is answered to a hook of the contract that has no handler.
    #[must_use]
    pub fn unhandled(mut self, unhandled: Unhandled) -> Self {
        self.unhandled = unhandled;
        self
    }

    /// The status for a handler's error that does not choose one, such as any standard error after `?`.
    ///
    /// # Errors
    ///
    /// When it is no status of an error.
    pub fn error_status(mut self, status: u16) -> Result<Self, SetupError> {
        if !(400..600).contains(&status) {
            return Err(SetupError(format!("{status} is no status of an error: expected one from 400 to 599")));
        }
        self.error_status = status;
        Ok(self)
    }

    /// Asks the sender not to send hooks that have no handler, in the sessions that this backend accepts.
    #[must_use]
    pub fn disable_unhandled(mut self) -> Self {
        self.unhandled_hooks = UnhandledHooks::Disabled;
        self
    }

    /// Changes the policy of all sessions, which is computed from what the handlers declare. A change that makes a handler
    /// ineffective is reported when the server starts.
    ///
    /// ```
    /// # use wcs_runtime::{codegen::*, HookPolicy, HookServer, AnswerUse};
    /// # fn set(contract: &'static ContractDescriptor, noisy: &'static HookDescriptor) -> HookServer<()> {
    /// HookServer::new(contract).policy(move |policy| policy.change(noisy, |entry| entry.answer(AnswerUse::Disable)))
    /// # }
    /// ```
    #[must_use]
    pub fn policy(mut self, change: impl Fn(SessionPolicy) -> SessionPolicy + Send + Sync + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// The policy that goes into each accepted answer to the hook that opens a session.
    #[must_use]
    pub fn session_policy(&self) -> SessionPolicy {
        let unhandled = match self.unhandled {
            Unhandled::Refuse if self.unhandled_hooks == UnhandledHooks::Sent => UnhandledHooks::Refused,
            Unhandled::Refuse | Unhandled::Echo => self.unhandled_hooks,
        };
        let computed = policy::compute(self.contract, &self.declared(), unhandled);
        self.changes.iter().fold(computed, |policy, change| change(policy))
    }

    /// What the handlers say about themselves, in the order of the contract.
    pub(super) fn declared(&self) -> Vec<&Declared> {
        self.contract.hooks.iter().filter_map(|hook| Some(&self.handlers.get(hook.name)?.declared)).collect()
    }

    /// What is answered to a hook that the contract does not have.
    #[must_use]
    pub fn unknown(mut self, unknown: UnknownHook) -> Self {
        self.unknown = unknown;
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
        self.report().log();
        watch::warn_of_patterns(self.contract);
        self.guard.warn(self.contract);
        let server = Arc::new(self.into_server(base));
        let respond = any(move |State(state): State<S>, request: Request| async move {
            request::respond(&server, state, request).await
        });
        let slashed = Router::new()
            .route(&format!("{base}/"), respond.clone())
            .route(&format!("{base}/{{*hook}}"), respond.clone());
        if base.is_empty() { slashed } else { slashed.route(base, respond) }
    }

    fn into_server(mut self, base: &str) -> Server<S> {
        let handled = self.declared().iter().map(|declared| declared.hook).collect();
        let steering = Steering::new(self.contract, self.session_policy(), handled);
        let mut names = HashMap::new();
        let mut routes = Vec::with_capacity(self.contract.hooks.len());
        for hook in self.contract.hooks {
            for name in hook.aliases.iter().chain([&hook.name]) {
                names.insert(*name, routes.len());
            }
            let watch = self.watch.hook(routes.len(), hook);
            routes.push(Route { hook, handler: self.handlers.remove(hook.name), watch });
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
            steering,
            error_status: self.error_status,
            slots: self.guard.limits.slots(),
            arrivals: Arrivals::new(self.guard.limits),
            known: Known::new(),
            refusals: Refusals::new(Arc::clone(&self.counters)),
            secret_headers: guard::secret_headers(self.contract),
            guard: self.guard,
            watch: self.watch,
            endpoints: self.endpoints,
            format,
            counters: self.counters,
        }
    }
}
