//! Signed hooks: whoever sends a body must know a key.

use axum::body::Body;
use axum::http::header::HeaderName;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response};
use wcs_sign::{Key, from_hex};

use super::keys::{self, SigningKey};
use super::refusals::{Reason, Refusals};
use super::{HookServer, SetupError, respond};
use crate::descriptor::SignatureDescriptor;
use crate::show;

impl<S> HookServer<S> {
    /// Wants every hook to be signed, as the contract says, with one of these keys; by default none is asked for.
    ///
    /// The signature is checked over the bytes that arrived, before anything is parsed, in a time that does not depend
    /// on how much of it is right. A missing or wrong one is answered with the contract's status. To change the key
    /// without an outage give the old one and the new one, change the sender, then drop the old one.
    /// [`SigningKey::from_env`] reads keys that an operator sets.
    ///
    /// # Errors
    ///
    /// When the contract has no signature, no key is given, a key is empty or has white space at an end, or HTTP Basic
    /// claims the same header.
    pub fn signed_by<K: Into<SigningKey>>(mut self, keys: impl IntoIterator<Item = K>) -> Result<Self, SetupError> {
        let Some(words) = self.contract.sender.signature else {
            let name = self.contract.name;
            return Err(SetupError(format!(
                "the contract `{name}` has no signature that could be checked: leave `signed_by` out, and use `basic` or \
                 `senders`"
            )));
        };
        let keys: Vec<SigningKey> = keys.into_iter().map(Into::into).collect();
        if keys.is_empty() {
            return Err(SetupError(
                "`signed_by` wants at least one key: the one that the sender is configured with".to_owned(),
            ));
        }
        keys::check(&keys, "`signed_by`")?;
        let header = HeaderName::from_bytes(words.header.as_bytes())
            .map_err(|_| SetupError(format!("`{}`, where the contract puts signatures, is no header", words.header)))?;
        let keys = keys.iter().map(|key| keyed(&words, key)).collect();
        self.guard.signature = Some(Signature { words, header, keys });
        self.one_credential()
    }
}

/// A body's signature as the sender writes it: the whole value of the header. For tests, and for programs that send.
///
/// ```
/// # use wcs_runtime::codegen::*;
/// use wcs_runtime::server::{SigningKey, sign};
///
/// let words = SignatureDescriptor { header: "Authorization", prefix: "WCS ", digest: Digest::HmacMd5, reject_status: 403, requires: &[] };
/// assert_eq!(sign(&words, &SigningKey::from("key"), b"{}"), "WCS 8ad543481d29574b6046e375ce555520");
/// ```
#[must_use]
pub fn sign(words: &SignatureDescriptor, key: &SigningKey, body: &[u8]) -> String {
    format!("{}{}", words.prefix, keyed(words, key).sign(body))
}

fn keyed(words: &SignatureDescriptor, key: &SigningKey) -> Key {
    Key::new(words.digest.into(), key.bytes())
}

/// What a signature must be.
pub(super) struct Signature {
    words: SignatureDescriptor,
    pub(super) header: HeaderName,
    keys: Vec<Key>,
}

impl Signature {
    /// The answer to a request that is not let in.
    pub(super) fn refuse(&self, parts: &Parts, body: &[u8], refusals: &Refusals) -> Option<Response<Body>> {
        let fault = self.find_fault(&parts.headers, body).err()?;
        if let Some(times) = refusals.note(Reason::Signature) {
            let (path, header) = (show::key(parts.uri.path()), self.words.header);
            tracing::warn!(times, path, header, fault, "a hook whose signature does not fit");
        }
        Some(respond::refusal(self.words.reject_status, "the request is not signed with a key of this backend"))
    }

    /// The fault goes to the log alone: whoever tries keys learns nothing from the answer.
    fn find_fault(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), &'static str> {
        let mut values = headers.get_all(&self.header).iter();
        let value = values.next().ok_or("the header is missing; the sender may not be set to sign")?;
        if values.next().is_some() {
            return Err("the header is there more than once");
        }
        let written = value.as_bytes().strip_prefix(self.words.prefix.as_bytes());
        let written = written.ok_or("the header does not start with the scheme of a signature")?;
        let digest = from_hex(written).ok_or("the signature is not written in hex digits")?;
        // Every key is tried, whatever the others said.
        let fits = self.keys.iter().fold(false, |fits, key| fits | key.verify(body, &digest));
        fits.then_some(()).ok_or("it was made with another key or over another body")
    }
}
