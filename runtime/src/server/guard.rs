//! Guards of a server: who may send hooks, and how much at once. [`super::request`] has their order.

use axum::http::header::{AUTHORIZATION, COOKIE, HeaderName, PROXY_AUTHORIZATION};

use super::basic::Basic;
use super::deadline::Deadline;
use super::limits::Limits;
use super::networks::Senders;
#[cfg(feature = "signature")]
use super::signature::Signature;
use crate::descriptor::ContractDescriptor;

/// What is asked of every request.
pub(super) struct Guard {
    pub(super) senders: Senders,
    pub(super) basic: Option<Basic>,
    #[cfg(feature = "signature")]
    pub(super) signature: Option<Signature>,
    pub(super) limits: Limits,
    pub(super) deadline: Deadline,
}

impl Guard {
    /// What holds unless the backend's author says otherwise.
    pub(super) fn of(contract: &ContractDescriptor) -> Self {
        Self {
            senders: Senders::default(),
            basic: None,
            #[cfg(feature = "signature")]
            signature: None,
            limits: Limits::default(),
            deadline: Deadline::below(contract.sender.timeout_seconds),
        }
    }

    /// Whether nobody has to show who he is.
    fn is_open(&self) -> bool {
        #[cfg(feature = "signature")]
        if self.signature.is_some() {
            return false;
        }
        self.basic.is_none() && !self.senders.are_named()
    }

    /// What is better known before the first hook: whoever can reach the backend can pretend to be the sender, unless a
    /// guard asks who he is; and a deadline that passes after the sender has gone is none.
    pub(super) fn warn(&self, contract: &ContractDescriptor) {
        self.deadline.warn(contract.sender.timeout_seconds);
        if self.is_open() {
            tracing::warn!(
                "hooks are taken from everybody who can reach this backend: ask for a signature with `signed_by`, for a \
                 password with `basic`, or name the networks of the sender with `senders`"
            );
        }
    }
}

/// The headers that hold credentials.
pub(super) fn secret_headers(contract: &ContractDescriptor) -> Vec<HeaderName> {
    let named = contract.sender.signature.and_then(|words| HeaderName::from_bytes(words.header.as_bytes()).ok());
    [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].into_iter().chain(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::SenderDescriptor;
    use crate::server::HookServer;

    static CONTRACT: ContractDescriptor = ContractDescriptor {
        name: "house",
        title: "House",
        version: "1.0.0",
        hash: "",
        hooks: &[],
        sender: SenderDescriptor::NEUTRAL,
    };

    #[test]
    fn each_way_of_knowing_the_sender_closes_the_door() {
        let server = || HookServer::<()>::new(&CONTRACT);
        assert!(server().guard.is_open());
        assert!(server().behind_proxies("x-forwarded-for", ["10.0.0.1"]).unwrap().guard.is_open());
        assert!(!server().senders(["10.0.0.0/8"]).unwrap().guard.is_open());
        assert!(!server().basic("media", "secret").unwrap().guard.is_open());
    }
}
