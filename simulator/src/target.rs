//! Where the backend is.

use std::net::IpAddr;

use wcs_contract::model::{Contract, Version};

/// The address of a backend: hook names are appended to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    base: String,
    host: String,
}

impl Target {
    /// Reads an address. One without a path gets the base path of the contract's sender.
    ///
    /// # Errors
    ///
    /// What is wrong with the address, and how it is written.
    pub fn parse(address: &str, contract: &Contract) -> Result<Self, String> {
        let text = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
        let wrong = |reason: &str| {
            let path = default_path(contract);
            format!("`{address}` is no address of a backend: {reason}; write it like `http://127.0.0.1:8081{path}`")
        };
        let uri: http::Uri = text.parse().map_err(|error: http::uri::InvalidUri| wrong(&error.to_string()))?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") => return Err(wrong("only plain HTTP is spoken; name the port behind the TLS proxy")),
            _ => return Err(wrong("the scheme is not `http`")),
        }
        let Some(authority) = uri.authority() else { return Err(wrong("it has no host")) };
        if uri.query().is_some() {
            return Err(wrong("hook names are appended, so it can't have a query"));
        }
        let path = uri.path().trim_end_matches('/');
        let path = if path.is_empty() { default_path(contract) } else { path };
        Ok(Self { base: format!("http://{authority}{path}"), host: authority.host().to_owned() })
    }

    /// The address that hook names are appended to, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether it is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// The base path of the newest release that has one of its own.
fn default_path(contract: &Contract) -> &str {
    let paths = contract.sender.iter().flat_map(|sender| sender.base_paths.iter());
    let since = |version: &Option<Version>| version.as_ref().map(|version| version.parts.clone());
    paths.max_by_key(|(_, path)| since(&path.since)).map_or("", |(name, _)| name.value.trim_end_matches('/'))
}
