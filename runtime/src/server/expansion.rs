//! What the expansion of `#[wcs_hook]` calls. Each function asks for one thing, so that one mistake gives one error.

use axum::http::request::Parts;
use axum::response::IntoResponse as _;

pub use axum::extract::FromRequestParts;
pub use axum::http::request::Parts as RequestParts;

pub use super::asked::Asked;
pub use super::backend::{Written, is_written, method, unwritten};
pub use super::handler::{Failure, HookHandler, Running};
use crate::answer::Reply;
pub use crate::declared::{Declared, OnErrorChoice, Options};
use crate::descriptor::HookDescriptor;
pub use crate::descriptor::SenderDescriptor;
pub use crate::hook::{Hook, Overwritable, Places};
pub use crate::overwrite::{Declares, StartOverwrite};

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

crate::hook! {
    /// Stands for a hook that could not be named, so that the mistake is not reported a second time.
    pub struct Unnamed: event, undocumented;
    about: HookDescriptor::new("", "");
    builder: UnnamedBuilder;
    members {}
}
