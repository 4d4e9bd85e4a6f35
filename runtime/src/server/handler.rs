//! Handlers, before and after their types are erased.

use std::pin::Pin;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::response::Response;

use crate::answer::Reply;
use crate::declared::Declared;
use crate::decode::Arrived;
use crate::descriptor::SenderDescriptor;
use crate::error::HandlerError;
use crate::hook::Hook;

/// A handler of one hook in a server with the state `S`. [`wcs_hook`](crate::wcs_hook) implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no handler for a server whose state is `{S}`",
    note = "handlers are async functions with `#[wcs_hook(…)]`; one with `state = T` serves only that state"
)]
pub trait HookHandler<S>: Send + Sync + 'static {
    /// The hook.
    type Hook: Hook;

    /// What the handler says about itself.
    const DECLARED: Declared;

    /// Starts handling one. What is done at once is done before the first poll.
    fn start(hook: Self::Hook, request: Parts, state: S, sender: &'static SenderDescriptor) -> Running;
}

/// A handler at work.
pub type Running = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>>;

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The handler failed.
    Handler(HandlerError),
    /// An extractor turned the request down.
    Rejected(Box<Response>),
}

/// A handler for the server's table, of any hook.
pub struct Handler<S> {
    pub(crate) declared: Declared,
    pub(crate) start: Start<S>,
}

/// Makes the hook of a decoded body and starts the handler, with the state of the server.
pub(crate) type Start<S> = Arc<dyn Fn(Arrived<'_>, Parts, S, &'static SenderDescriptor) -> Running + Send + Sync>;

impl<S: Send + 'static> Handler<S> {
    /// What the handler says about itself.
    #[must_use]
    pub fn declared(&self) -> &Declared {
        &self.declared
    }

    /// Erases the types of a handler; [`handlers!`](crate::handlers!) calls it.
    #[must_use]
    pub fn of<T: HookHandler<S>>() -> Self {
        let start = |arrived: Arrived<'_>, request, state, sender| {
            T::start(T::Hook::from_arrived(arrived), request, state, sender)
        };
        Self { declared: T::DECLARED, start: Arc::new(start) }
    }
}

/// Lists handlers by the names of their functions, for [`HookServer::handlers`](crate::HookServer::handlers).
#[macro_export]
macro_rules! handlers {
    ($($handler:ty),* $(,)?) => {
        ::std::vec![$($crate::Handler::of::<$handler>()),*]
    };
}
