//! The networks from which hooks may come.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::HeaderName;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response};
use ipnet::IpNet;

use super::refusals::{Reason, Refusals};
use super::{HookServer, SetupError, respond};

/// Who may send.
#[derive(Debug, Default)]
pub(super) struct Senders {
    allowed: Option<Vec<IpNet>>,
    forwarded: Option<Forwarded>,
}

/// Proxies that are believed when they name the sender.
#[derive(Debug)]
struct Forwarded {
    header: HeaderName,
    proxies: Vec<IpNet>,
}

impl<S> HookServer<S> {
    /// Takes requests from these networks alone, written as `10.20.0.0/16`, `2001:db8::/32` or a single address, and
    /// answers 403 to others. By default they may come from anywhere.
    ///
    /// What counts is the connection's other end, as [`serve`](super::serve) notes it. A server that runs the router in
    /// another way must add [`ConnectInfo<SocketAddr>`](ConnectInfo) to each request, else all are turned away.
    ///
    /// # Errors
    ///
    /// When there is no network, or one can't be understood.
    pub fn senders<T: AsRef<str>>(mut self, networks: impl IntoIterator<Item = T>) -> Result<Self, SetupError> {
        self.guard.senders.allowed = Some(parse("senders", networks)?);
        Ok(self)
    }

    /// Believes these proxies when they name the sender in a header, such as `x-forwarded-for`: the last address that is
    /// not one of the proxies' own. By default no header is believed, since anybody can write one.
    ///
    /// [`senders`](Self::senders) makes use of it, and [`unfinished_bodies`](Self::unfinished_bodies).
    ///
    /// # Errors
    ///
    /// When the header's name or a network can't be understood, or there is no network.
    pub fn behind_proxies<T: AsRef<str>>(
        mut self,
        header: &str,
        proxies: impl IntoIterator<Item = T>,
    ) -> Result<Self, SetupError> {
        let name = HeaderName::from_bytes(header.as_bytes()).map_err(|_| {
            SetupError(format!("`{header}` is no name of a header: expected one such as `x-forwarded-for`"))
        })?;
        self.guard.senders.forwarded = Some(Forwarded { header: name, proxies: parse("behind_proxies", proxies)? });
        Ok(self)
    }
}

fn parse<T: AsRef<str>>(method: &str, networks: impl IntoIterator<Item = T>) -> Result<Vec<IpNet>, SetupError> {
    let mut parsed = Vec::new();
    for network in networks {
        let text = network.as_ref().trim();
        let found = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        parsed.push(found.map_err(|_| {
            SetupError(format!(
                "`{text}`, given to `{method}`, is no network: expected one such as `10.20.0.0/16`, `2001:db8::/32` or \
                 `192.0.2.7`"
            ))
        })?);
    }
    if parsed.is_empty() {
        return Err(SetupError(format!(
            "`{method}` got no network, which would fit nobody: name one, or leave it out"
        )));
    }
    Ok(parsed)
}

impl Senders {
    pub(super) fn are_named(&self) -> bool {
        self.allowed.is_some()
    }

    /// The answer to a request that is not let in.
    pub(super) fn refuse(&self, parts: &Parts, refusals: &Refusals) -> Option<Response<Body>> {
        let allowed = self.allowed.as_ref()?;
        let Some(peer) = peer(parts) else {
            if let Some(times) = refusals.note(Reason::Network) {
                tracing::error!(
                    times,
                    "requests arrive without the address of their sender, so that none can be allowed: serve the router \
                     with `wcs_runtime::serve`, or with axum's `into_make_service_with_connect_info::<SocketAddr>()`"
                );
            }
            return Some(refusal());
        };
        match self.sender(peer, &parts.headers) {
            Some(sender) if contains(allowed, sender) => None,
            sender => {
                if let Some(times) = refusals.note(Reason::Network) {
                    tracing::warn!(times, %peer, ?sender, "a request from outside of the senders' networks");
                }
                Some(refusal())
            }
        }
    }

    /// Address that a request is counted under: the sender's, or that of the proxy that names none. `None` if the server
    /// does not know the connection's address.
    pub(super) fn address(&self, parts: &Parts) -> Option<IpAddr> {
        let peer = peer(parts)?;
        Some(self.sender(peer, &parts.headers).unwrap_or(peer))
    }

    /// Whom a request comes from; nobody, if a trusted proxy does not say it in a way that can be understood.
    fn sender(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let Some(Forwarded { header, proxies }) = &self.forwarded else { return Some(peer) };
        if !contains(proxies, peer) {
            return Some(peer);
        }
        // Proxies append, so the truth is at the end and what a stranger wrote before it.
        let lines: Vec<&str> = headers.get_all(header).iter().map(|line| line.to_str().ok()).collect::<Option<_>>()?;
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let address = address(hop.trim())?;
            if !contains(proxies, address) {
                return Some(address);
            }
        }
        None
    }
}

/// Address of the connection's other end.
fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical())
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let parsed = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    parsed.map(|address: IpAddr| address.to_canonical())
}

fn contains(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

fn refusal() -> Response<Body> {
    respond::refusal(403, "this backend takes no requests from this address")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(proxies: &[&str], peer: &str, lines: &[&str]) -> Option<String> {
        let header = HeaderName::from_static("x-forwarded-for");
        let forwarded = Forwarded { header: header.clone(), proxies: parse("", proxies).unwrap() };
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(&header, line.parse().unwrap());
        }
        let senders = Senders { allowed: None, forwarded: Some(forwarded) };
        senders.sender(peer.parse::<IpAddr>().unwrap().to_canonical(), &headers).map(|sender| sender.to_string())
    }

    #[test]
    fn only_trusted_proxies_are_believed_and_only_their_last_word() {
        let proxies = ["10.0.0.0/8", "fd00::1"];
        for (peer, lines, expected) in [
            ("192.0.2.1", &["198.51.100.7"][..], Some("192.0.2.1")),
            ("10.0.0.1", &["198.51.100.7"], Some("198.51.100.7")),
            ("::ffff:10.0.0.1", &["::ffff:198.51.100.7"], Some("198.51.100.7")),
            ("fd00::1", &["[2001:db8::5]:443"], Some("2001:db8::5")),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.7:9, 10.0.0.2"], Some("198.51.100.7")),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.7", "10.0.0.2"], Some("198.51.100.7")),
            ("10.0.0.1", &["198.51.100.7, unknown"], None),
            ("10.0.0.1", &["10.0.0.3"], None),
            ("10.0.0.1", &[""], None),
            ("10.0.0.1", &[], None),
        ] {
            assert_eq!(sender(&proxies, peer, lines).as_deref(), expected, "{peer} {lines:?}");
        }
    }
}
