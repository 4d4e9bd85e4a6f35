//! Settings for hooks that nobody handles, and for those that the contract does not have.

/// What is answered to a hook of the contract that has no handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unhandled {
    /// Its own body: yes, unchanged.
    #[default]
    Echo,
    /// A denial.
    Refuse,
}

/// What is answered to a hook that the contract does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownHook {
    /// 404, with the nearest name.
    #[default]
    NotFound,
    /// Its own body.
    Echo,
}
