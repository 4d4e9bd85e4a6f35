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

/// Where the members of a hook stand in its table, by the names of their accessors: what the options of `#[wcs_hook]`
/// are looked up in, so that rustc itself finds the nearest name to a misspelt one. The setters need the places too.
#[doc(hidden)]
#[macro_export]
macro_rules! __places {
    ($name:ident [$($member:ident)*] [$($overwrite:ident { $($replaced:ident [$replaced_ty:ty])* })?]) => {
        const _: () = {
            #[allow(non_camel_case_types, clippy::enum_variant_names)]
            enum __Index { $($member),* }

            #[doc(hidden)]
            #[allow(unreachable_pub)]
            pub struct Members { $(pub $member: usize),* }

            impl $crate::hook::Places for $name {
                type Members = Members;
                const MEMBERS: Members = Members { $($member: __Index::$member as usize),* };
            }

            $(
                #[doc(hidden)]
                #[allow(unreachable_pub)]
                pub struct OverwritableMembers { $(pub $replaced: usize),* }

                impl $crate::hook::Overwritable for $name {
                    type Overwrite<D> = $overwrite<D>;
                    type Members = OverwritableMembers;
                    const MEMBERS: OverwritableMembers =
                        OverwritableMembers { $($replaced: __Index::$replaced as usize),* };
                }

                impl<D> $overwrite<D> {
                    $(
                        #[doc = concat!("Replaces `", stringify!($replaced), "`.")]
                        pub fn $replaced<'a>(mut self, value: impl $crate::write::WriteAs<$replaced_ty>) -> Self
                        where
                            D: $crate::overwrite::Declares<{ __Index::$replaced as usize }>,
                        {
                            self.0.set_at($name::DESCRIPTOR.members, __Index::$replaced as usize, |json| value.write(json));
                            self
                        }
                    )*
                }
            )?
        };
    };
}

/// The type that holds what an answer replaces.
#[doc(hidden)]
#[macro_export]
macro_rules! __overwrite {
    ($vis:vis $name:ident $overwrite:ident) => {
        #[doc = concat!("Members of [`", stringify!($name), "`] that an answer replaces.")]
        ///
        /// A handler declares the members that it replaces, as in `#[wcs_hook(HookType, overwrites(member))]`, and has
        /// the setters of these and no others. `D` stands for that declaration.
        #[must_use = "goes into `Answer::overwrite`"]
        $vis struct $overwrite<D = $crate::overwrite::Undeclared>($crate::overwrite::Replaced<D>);

        impl $overwrite<$crate::overwrite::Undeclared> {
            /// Nothing replaced yet. Inside of a handler that declares members it starts a set that takes these; elsewhere
            /// it takes none, and [`unchecked`](Self::unchecked) is meant.
            pub fn new() -> Self {
                Self($crate::overwrite::Replaced::new())
            }
        }

        impl $overwrite<$crate::overwrite::AnyMember> {
            /// Nothing replaced yet, and nothing declared: every setter may be called. The session's policy that is
            /// computed from declarations does not know of it, so inside of a handler declare the members instead.
            pub fn unchecked() -> Self {
                Self($crate::overwrite::Replaced::new())
            }

            /// Replaces any member by its wire name, or adds it, also one that the contract does not know.
            ///
            /// # Errors
            ///
            /// When the value can't be written as JSON.
            pub fn member_named(
                mut self,
                name: &str,
                value: &impl $crate::private::serde::Serialize,
            ) -> ::core::result::Result<Self, $crate::write::WriteError> {
                self.0.set_named(name, value)?;
                Ok(self)
            }
        }

        impl<D> $crate::overwrite::StartOverwrite for $overwrite<D> {
            fn new() -> Self {
                Self($crate::overwrite::Replaced::new())
            }
        }

        impl<D> $crate::overwrite::Overwrites<$name> for $overwrite<D> {
            fn into_changes(self) -> $crate::splice::Changes {
                self.0.into_changes()
            }
        }

        impl<D> ::core::clone::Clone for $overwrite<D> {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl<D> ::core::fmt::Debug for $overwrite<D> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.show(stringify!($overwrite), f)
            }
        }
    };
}
