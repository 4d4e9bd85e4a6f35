//! Signature schemes of HTTP hooks: signing for a sender, verifying for a backend.
//!
//! ```
//! use wcs_sign::{Key, Scheme, from_hex};
//!
//! let key = Key::new(Scheme::HmacMd5, b"key");
//! let signature = key.sign(b"{}");
//! assert_eq!(signature, "8ad543481d29574b6046e375ce555520");
//! assert!(key.verify(b"{}", &from_hex(signature.as_bytes()).unwrap()));
//! ```

use std::fmt;

use hmac::{Hmac, KeyInit, Mac as _};
use md5::Md5;
use sha2::Sha256;

/// An algorithm that makes a signature from a key and the bytes of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// HMAC-MD5.
    HmacMd5,
    /// HMAC-SHA-256.
    HmacSha256,
}

impl Scheme {
    /// All schemes.
    pub const ALL: &'static [Self] = &[Self::HmacMd5, Self::HmacSha256];

    /// Word for the scheme in a contract.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::HmacMd5 => "hmac_md5",
            Self::HmacSha256 => "hmac_sha256",
        }
    }

    /// Scheme with a word; `None` for a word that names no scheme.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scheme| scheme.word() == word)
    }
}

/// A key of a scheme, already mixed into the state of its digest, so that a body costs no work for the key.
#[derive(Clone)]
pub struct Key(State);

#[derive(Clone)]
enum State {
    Md5(Hmac<Md5>),
    Sha256(Hmac<Sha256>),
}

impl Key {
    /// Prepares a key. Keys may have any length.
    #[must_use]
    pub fn new(scheme: Scheme, key: &[u8]) -> Self {
        Self(match scheme {
            Scheme::HmacMd5 => State::Md5(keyed(key)),
            Scheme::HmacSha256 => State::Sha256(keyed(key)),
        })
    }

    /// Signature of a body, in lower-case hex.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        match &self.0 {
            State::Md5(state) => to_hex(&state.clone().chain_update(body).finalize().into_bytes()),
            State::Sha256(state) => to_hex(&state.clone().chain_update(body).finalize().into_bytes()),
        }
    }

    /// Compares a signature with that of a body, in a time that does not depend on how much of it is right.
    #[must_use]
    pub fn verify(&self, body: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            State::Md5(state) => state.clone().chain_update(body).verify_slice(signature).is_ok(),
            State::Sha256(state) => state.clone().chain_update(body).verify_slice(signature).is_ok(),
        }
    }
}

/// The state would give the key away.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(redacted)")
    }
}

fn keyed<M: KeyInit>(key: &[u8]) -> M {
    match M::new_from_slice(key) {
        Ok(keyed) => keyed,
        Err(_) => unreachable!("HMAC takes a key of any length"),
    }
}

fn to_hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// Bytes of a signature that is written in hex digits of either case; `None` for any other text.
#[must_use]
pub fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, []) = text.as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Output of `printf '%s' BODY | openssl dgst -md5 -hmac KEY` and of the other digests, with the key `key` and the
    /// body `{}`.
    const BY_OPENSSL: [(&str, &str); 2] = [
        ("hmac_md5", "8ad543481d29574b6046e375ce555520"),
        ("hmac_sha256", "a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032"),
    ];

    #[test]
    fn every_scheme_signs_as_openssl_and_verifies_nothing_else() {
        assert_eq!(Scheme::ALL.len(), BY_OPENSSL.len());
        for scheme in Scheme::ALL {
            let (word, expected) = BY_OPENSSL.into_iter().find(|(word, _)| *word == scheme.word()).unwrap_or_default();
            assert_eq!(Scheme::named(word), Some(*scheme));
            let key = Key::new(*scheme, b"key");
            assert_eq!(key.sign(b"{}"), expected, "{word}");
            let signature = from_hex(expected.to_uppercase().as_bytes()).unwrap_or_default();
            assert!(key.verify(b"{}", &signature), "{word}");
            assert!(!key.verify(b"{ }", &signature), "{word}: another body");
            assert!(!Key::new(*scheme, b"kez").verify(b"{}", &signature), "{word}: another key");
            for length in 0..signature.len() {
                assert!(!key.verify(b"{}", &signature[..length]), "{word}: the first {length} bytes alone");
            }
        }
        assert_eq!(Scheme::named("hmac_sha1"), None);
    }

    #[test]
    fn signatures_are_whole_pairs_of_hex_digits() {
        assert_eq!(from_hex(b"00fF"), Some(vec![0, 255]));
        for text in [&b"0"[..], b"0x", b" 00", b"0g", "ä".as_bytes()] {
            assert_eq!(from_hex(text), None, "{text:?}");
        }
    }
}
