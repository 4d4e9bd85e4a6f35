//! Members that an answer replaces, and who may replace which.
//!
//! The sender takes a member from an answer only if the session's policy lists it. So a handler declares what it replaces,
//! the policy is computed from that, and a setter that was not declared does not compile.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use crate::descriptor::Member;
use crate::splice::Changes;
use crate::write::WriteError;

/// Declares that the member at a place of the hook's table may be replaced. `#[wcs_hook]` implements it.
#[diagnostic::on_unimplemented(
    message = "the handler does not declare that it overwrites this member",
    label = "not declared",
    note = "add the member to the options of the handler: `#[wcs_hook(HookType, overwrites(member))]` on a function, `#[hook(overwrites(member))]` on a method",
    note = "outside of a handler start with `unchecked()` instead of `new()`"
)]
pub trait Declares<const PLACE: usize> {}

/// Declares nothing.
#[derive(Debug, Clone, Copy)]
pub enum Undeclared {}

/// Declares every member.
#[derive(Debug, Clone, Copy)]
pub enum AnyMember {}

#[diagnostic::do_not_recommend]
impl<const PLACE: usize> Declares<PLACE> for AnyMember {}

/// Holds members that an answer to the hook `H` replaces.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold members of `{H}`",
    label = "expected the members that an answer to this hook may replace",
    note = "their type is called as the hook, with `Overwrite` behind it; where there is none, the contract lets no member of the hook be replaced"
)]
pub trait Overwrites<H> {
    /// The replacements.
    fn into_changes(self) -> Changes;
}

/// Starts a set of replacements under a declaration. In scope in a handler that declares some, so that `new` is found.
#[doc(hidden)]
pub trait StartOverwrite {
    /// Nothing replaced yet.
    fn new() -> Self;
}

/// What the type of each hook wraps.
#[doc(hidden)]
pub struct Replaced<D> {
    changes: Changes,
    declaration: PhantomData<fn() -> D>,
}

impl<D> Replaced<D> {
    /// Nothing replaced yet.
    #[allow(clippy::new_without_default, reason = "only the wrapping types call it")]
    #[must_use]
    pub fn new() -> Self {
        Self { changes: Changes::new(), declaration: PhantomData }
    }

    /// Replaces the member at a place of the table.
    pub fn set_at(&mut self, members: &'static [Member], place: usize, write: impl FnOnce(&mut String)) {
        self.changes.set_at(members, place, write);
    }

    /// Replaces any member.
    ///
    /// # Errors
    ///
    /// When the value can't be written as JSON.
    pub fn set_named(&mut self, name: &str, value: &impl Serialize) -> Result<(), WriteError> {
        self.changes.set_named(name.to_owned(), value)
    }

    /// Gives the replacements away.
    #[must_use]
    pub fn into_changes(self) -> Changes {
        self.changes
    }

    /// Writes it under the name of the wrapping type, without values.
    ///
    /// # Errors
    ///
    /// When the formatter fails.
    pub fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(name).field(&self.changes).finish()
    }
}

impl<D> Clone for Replaced<D> {
    fn clone(&self) -> Self {
        Self { changes: self.changes.clone(), declaration: PhantomData }
    }
}
