//! How a request names its hook.

use super::Contract;

/// Place of a hook's name in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dispatch {
    /// The last segment of the path.
    Path,
}

impl Contract {
    /// How requests name their hook.
    #[must_use]
    pub const fn dispatch(&self) -> Dispatch {
        Dispatch::Path
    }
}

impl Dispatch {
    /// The address of a hook below the address or the base path of a backend.
    #[must_use]
    pub fn address(self, base: &str, hook: &str) -> String {
        match self {
            Self::Path => format!("{}/{hook}", base.trim_end_matches('/')),
        }
    }

    /// The name of the hook that a request to an address or a path is about. Empty if the address ends with a slash.
    #[must_use]
    pub fn hook(self, address: &str) -> &str {
        match self {
            Self::Path => {
                let path = address.split(['?', '#']).next().unwrap_or_default();
                path.rsplit('/').next().unwrap_or_default()
            }
        }
    }
}
