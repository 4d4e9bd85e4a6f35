//! HTTP Basic: a user and a password with every request.

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;

use super::refusals::{Reason, Refusals};
use super::{HookServer, SetupError, credential, respond};
use crate::show;

/// What must stand behind the scheme.
pub(super) struct Basic {
    encoded: Box<str>,
}

const SCHEME: &str = "Basic ";
const CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"hooks\", charset=\"UTF-8\"");

impl<S> HookServer<S> {
    /// Wants a user and a password with every request (HTTP Basic), and answers 401 without them.
    ///
    /// The password crosses the network as it is, so serve over TLS or keep to networks of your own. By default nothing
    /// is asked for.
    ///
    /// # Errors
    ///
    /// When the user or the password is empty or has white space at an end, when the user contains a colon, or when hooks
    /// must also be signed in the same header.
    pub fn basic(mut self, user: &str, password: &str) -> Result<Self, SetupError> {
        for (what, text) in [("user", user), ("password", password)] {
            if let Some(fault) = credential::fault(text.as_bytes()) {
                return Err(SetupError(format!(
                    "the {what} given to `basic` {fault}: write it as the sender is configured with it, with nothing \
                     around it"
                )));
            }
        }
        if user.contains(':') {
            let message = "the user given to `basic` contains a colon, which ends the name on the wire: choose another";
            return Err(SetupError(message.to_owned()));
        }
        self.guard.basic = Some(Basic { encoded: STANDARD.encode(format!("{user}:{password}")).into() });
        self.one_credential()
    }

    /// Signature and password can't stand in one header.
    pub(super) fn one_credential(self) -> Result<Self, SetupError> {
        #[cfg(feature = "signature")]
        if let (Some(_), Some(signature)) = (&self.guard.basic, &self.guard.signature)
            && signature.header == AUTHORIZATION
        {
            return Err(SetupError(
                "the sender writes its signature into `Authorization`, where HTTP Basic has its password: choose one, \
                 `signed_by` or `basic`"
                    .to_owned(),
            ));
        }
        Ok(self)
    }
}

impl Basic {
    /// The answer to a request that is not let in.
    pub(super) fn refuse(&self, parts: &Parts, refusals: &Refusals) -> Option<Response<Body>> {
        if self.fits(&parts.headers) {
            return None;
        }
        let given = parts.headers.contains_key(AUTHORIZATION);
        if let Some(times) = refusals.note(Reason::Password) {
            let path = show::key(parts.uri.path());
            tracing::warn!(times, path, given, "a request without the user and password of this backend");
        }
        let mut response = respond::refusal(401, "this backend wants a user and a password (HTTP Basic)");
        response.headers_mut().insert(WWW_AUTHENTICATE, CHALLENGE);
        Some(response)
    }

    /// Base64 has one spelling for each text, so the encoded texts can be compared, in a time that does not depend on
    /// how much of them is right.
    fn fits(&self, headers: &HeaderMap) -> bool {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (values.next(), values.next()) else { return false };
        let Some((scheme, given)) = value.as_bytes().split_at_checked(SCHEME.len()) else { return false };
        let same: bool = given.trim_ascii().ct_eq(self.encoded.as_bytes()).into();
        scheme.eq_ignore_ascii_case(SCHEME.as_bytes()) && same
    }
}
