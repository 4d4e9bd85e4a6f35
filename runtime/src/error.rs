//! What a handler fails with.

use std::error::Error;
use std::fmt;

/// A handler's failure: a status for the sender, a sentence that may be shown, and a cause that goes to the log alone.
///
/// Any error of the standard kind turns into one with `?`: its status is 500, or what the server's `error_status` says,
/// and nothing of it reaches the sender.
///
/// ```
/// use wcs_runtime::HandlerError;
///
/// fn port(text: &str) -> Result<u16, HandlerError> {
///     Ok(text.parse::<u16>()?)
/// }
///
/// assert_eq!(port("x").unwrap_err().status(), 500);
/// ```
pub struct HandlerError {
    /// `None` leaves it to the server.
    status: Option<u16>,
    message: Box<str>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

const INTERNAL: &str = "the hook could not be handled; the backend's log says why";

impl HandlerError {
    /// A failure with a status and a sentence that the sender may see.
    #[must_use]
    pub fn new(status: u16, message: impl Into<Box<str>>) -> Self {
        Self { status: Some(status), message: message.into(), cause: None }
    }

    /// With another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// With a cause for the log.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The status for the sender: one that HTTP has, and no success.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status_or(500)
    }

    /// As [`HandlerError::status`], with the server's choice for errors that say nothing.
    #[must_use]
    pub fn status_or(&self, default: u16) -> u16 {
        self.status.map_or(default, |status| if (400..600).contains(&status) { status } else { 500 })
    }

    /// The sentence for the sender.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The cause for the log.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for HandlerError {
    fn from(cause: E) -> Self {
        Self { status: None, message: INTERNAL.into(), cause: Some(Box::new(cause)) }
    }
}

/// With the whole chain of causes: for the log, never for the sender.
impl fmt::Display for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let mut next: Option<&(dyn Error + 'static)> = self.cause.as_deref().map(|cause| cause as _);
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl fmt::Debug for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self}", self.status())
    }
}
