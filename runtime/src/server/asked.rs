//! A hook between the call of its handler and the reply.

use axum::http::request::Parts;

use super::context::RawBody;
use super::handler::Failure;
use crate::answer::{IntoAnswer, Reply};
use crate::descriptor::SenderDescriptor;
use crate::error::HandlerError;
use crate::hook::Hook;
use crate::validate::InvalidAnswer;

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
