//! What the expansion of `#[wcs_hook]` calls. Each function asks for one thing, so that one mistake gives one error.

use axum::http::request::Parts;
use axum::response::IntoResponse as _;

pub use axum::extract::FromRequestParts;
pub use axum::http::request::Parts as RequestParts;

pub use super::backend::{Written, is_written, method, unwritten};
use super::context::RawBody;
pub use crate::declared::{Declared, OnErrorChoice, Options};
pub use super::handler::{Failure, HookHandler, Running};
use crate::answer::{IntoAnswer, Reply};
use crate::descriptor::HookDescriptor;
pub use crate::descriptor::SenderDescriptor;
use crate::error::HandlerError;
pub use crate::hook::{Hook, Overwritable, Places};
pub use crate::overwrite::{Declares, StartOverwrite};
use crate::validate::InvalidAnswer;

/// The wire name of the member at a place of the hook's table.
#[must_use]
pub const fn wire_name<H: Hook>(place: usize) -> &'static str {
    H::DESCRIPTOR.members[place].name
}

/// Takes an argument from the request.
pub async fn extract<T: FromRequestParts<S>, S: Sync>(request: &mut Parts, state: &S) -> Result<T, Failure> {
    match T::from_request_parts(request, state).await {
        Ok(argument) => Ok(argument),
        Err(rejection) => Err(Failure::Rejected(Box::new(rejection.into_response()))),
    }
}

/// The handler's future, which the server moves between threads.
pub fn boxed(handler: impl Future<Output = Result<Reply, Failure>> + Send + 'static) -> Running {
    Box::pin(handler)
}

/// A hook that waits for its answer. It shares the body's bytes with the one that the handler got.
pub struct Asked<H> {
    hook: H,
    sender: &'static SenderDescriptor,
}

impl<H: Hook> Asked<H> {
    /// Before the handler takes the hook.
    pub fn new(hook: &H, sender: &'static SenderDescriptor) -> Self {
        Self { hook: hook.clone(), sender }
    }

    /// Lays the body where the extractor of a handler's argument finds it.
    pub fn lend(&self, request: &mut Parts) {
        request.extensions.insert(RawBody(self.hook.body().clone()));
    }

    /// What the handler returned, as the sender gets it. The hook is a parameter of the type and not of the function, so
    /// that the blame for a wrong answer falls on the argument.
    pub fn reply<A: IntoAnswer<H>>(self, output: A) -> Result<Reply, Failure> {
        let answer = output.into_answer().map_err(Failure::Handler)?;
        let violations = answer.violations(&self.hook);
        if violations.is_empty() {
            Ok(answer.into_reply(&self.hook, self.sender))
        } else {
            Err(Failure::Handler(HandlerError::from(InvalidAnswer::new(violations))))
        }
    }
}

crate::hook! {
    /// Stands for a hook that could not be named, so that the mistake is not reported a second time.
    pub struct Unnamed: event, undocumented;
    about: HookDescriptor::new("", "");
    builder: UnnamedBuilder;
    members {}
}
