//! Nothing but a dependency.
