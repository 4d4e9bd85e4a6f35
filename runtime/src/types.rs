//! The macros that declare hooks and records. A declaration is one table; everything that it does is called from here.

/// Declares a hook: its type, its descriptor, its builder and the setters of what an answer may replace.
///
/// ```
/// use wcs_runtime::codegen::*;
///
/// wcs_runtime::hook! {
///     /// Asks whether a door may be opened.
///     pub struct OpenDoor: direct, forbids;
///     about: HookDescriptor::new("openDoor", "Asks whether a door may be opened.");
///     builder: OpenDoorBuilder;
///     members {
///         /// Which door.
///         door: Cow<'a, str> = Member::new("door", Kind::String).always();
///         /// For how many seconds.
///         seconds: i32 = Member::new("seconds", Kind::Int32).overwritable();
///     }
///     overwrite: OpenDoorOverwrite {
///         seconds: i32;
///     }
/// }
///
/// let hook = OpenDoor::from_bytes(r#"{"door":"cellar"}"#).unwrap();
/// assert_eq!(hook.door().as_deref(), Some("cellar"));
/// assert_eq!(hook.seconds(), None);
/// ```
///
/// The first word after the name is the type (`connect`, `direct`, `event`, `incoming`), the second what a denial does
/// (`forbids`, `not_useful`, `no_effect`, `ends_stream`, `undocumented`). `overwrite` is left out when no member can be
/// replaced. The type of an accessor borrows from the hook as `'a`.
#[macro_export]
macro_rules! hook {
    (
        $(#[$doc:meta])*
        $vis:vis struct $name:ident: $kind:ident, $deny:ident;
        about: $about:expr;
        builder: $builder:ident;
        members { $($(#[$member_doc:meta])* $member:ident: $ty:ty = $descriptor:expr;)* }
        $(overwrite: $overwrite:ident { $($replaced:ident: $replaced_ty:ty;)* })?
    ) => {
        $crate::__view! {
            [$(#[$doc])*] $vis $name $builder
            [$([$(#[$member_doc])*] $member [$ty] [$descriptor])*]
        }

        const _: () = {
            static DESCRIPTOR: $crate::descriptor::HookDescriptor =
                $about.declared($crate::__kind!($kind), $crate::__deny!($deny), $name::MEMBERS);

            impl $name {
                /// What the contract says about the hook.
                pub const DESCRIPTOR: &'static $crate::descriptor::HookDescriptor = &DESCRIPTOR;
            }

            impl $crate::hook::Hook for $name {
                type This = Self;
                const DESCRIPTOR: &'static $crate::descriptor::HookDescriptor = &DESCRIPTOR;

                fn from_body(body: $crate::private::Bytes) -> ::core::result::Result<Self, $crate::DecodeError> {
                    $name::from_bytes(body)
                }

                fn from_arrived(arrived: $crate::decode::Arrived<'_>) -> Self {
                    $name($crate::view::View::from_arrived($name::MEMBERS, arrived))
                }

                fn body(&self) -> &$crate::private::Bytes {
                    self.0.bytes()
                }

                fn member_spans(&self) -> &[$crate::decode::Span] {
                    self.0.spans()
                }

                fn unknown_member_count(&self) -> u32 {
                    self.0.unknown_count()
                }

                fn duplicate_member_count(&self) -> u32 {
                    self.0.duplicate_count()
                }
            }
        };

        $crate::__mark!($kind $name);
        $crate::__mark!($deny $name);
        $crate::__places! { $name [$($member)*] [$($overwrite { $($replaced [$replaced_ty])* })?] }
        $($crate::__overwrite! { $vis $name $overwrite })?
    };
}

/// Declares a record: an object inside a hook that the contract describes.
///
/// ```
/// use wcs_runtime::codegen::*;
///
/// wcs_runtime::record! {
///     /// A place on a map.
///     pub struct Place = "Place";
///     builder: PlaceBuilder;
///     members {
///         /// Degrees to the north.
///         north: f64 = Member::new("north", Kind::Float).always();
///     }
/// }
///
/// assert_eq!(Place::builder().north(48.2).build().as_bytes(), br#"{"north":48.2}"#);
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[$doc:meta])*
        $vis:vis struct $name:ident = $contract_name:literal;
        builder: $builder:ident;
        members { $($(#[$member_doc:meta])* $member:ident: $ty:ty = $descriptor:expr;)* }
    ) => {
        $crate::__view! {
            [$(#[$doc])*] $vis $name $builder
            [$([$(#[$member_doc])*] $member [$ty] [$descriptor])*]
        }

        const _: () = {
            static DESCRIPTOR: $crate::descriptor::RecordDescriptor =
                $crate::descriptor::RecordDescriptor::new($contract_name, $name::MEMBERS);

            impl $name {
                /// What the contract says about the record.
                pub const DESCRIPTOR: &'static $crate::descriptor::RecordDescriptor = &DESCRIPTOR;
            }

            impl $crate::hook::Record for $name {
                const DESCRIPTOR: &'static $crate::descriptor::RecordDescriptor = &DESCRIPTOR;
            }

            impl<'a> $crate::value::FromJson<'a> for $name {
                fn from_json(json: $crate::value::Json<'a>) -> ::core::option::Option<Self> {
                    $name::from_bytes(json.to_bytes()).ok()
                }
            }

            impl $crate::write::WriteAs<$name> for $name {
                fn write(&self, json: &mut ::std::string::String) {
                    $crate::write::write_view(self.0.bytes(), json);
                }
            }
        };
    };
}

/// What hooks and records have in common: the view, its accessors and its builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __view {
    (
        [$(#[$doc:meta])*] $vis:vis $name:ident $builder:ident
        [$([$(#[$member_doc:meta])*] $member:ident [$ty:ty] [$descriptor:expr])*]
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        $vis struct $name($crate::view::View<{ $name::MEMBERS.len() }>);

        #[doc = concat!("Builds a [`", stringify!($name), "`]; members are written in the order of the contract.")]
        #[derive(Debug, Clone)]
        #[must_use = "a builder does nothing until `build` is called"]
        $vis struct $builder($crate::builder::Builder);

        const _: () = {
            #[allow(non_camel_case_types, clippy::enum_variant_names)]
            enum __Index { $($member),* }

            impl $name {
                /// The table of members.
                pub const MEMBERS: &'static [$crate::descriptor::Member] = &[$($descriptor),*];

                /// Reads a body and keeps its bytes.
                ///
                /// # Errors
                ///
                /// When the body is not a JSON object in UTF-8, or nested too deep.
                pub fn from_bytes(
                    body: impl ::core::convert::Into<$crate::private::Bytes>,
                ) -> ::core::result::Result<Self, $crate::DecodeError> {
                    $crate::view::View::decode(Self::MEMBERS, body.into()).map(Self)
                }

                /// Starts an empty one.
                pub fn builder() -> $builder {
                    $builder($crate::builder::Builder::new(Self::MEMBERS))
                }

                /// The body, given away.
                #[must_use]
                pub fn into_bytes(self) -> $crate::private::Bytes {
                    self.0.into_bytes()
                }

                $(
                    $(#[$member_doc])*
                    #[must_use]
                    pub fn $member<'a>(&'a self) -> ::core::option::Option<$ty> {
                        self.0.get(__Index::$member as usize)
                    }
                )*
            }

            impl $builder {
                $(
                    #[doc = concat!("Sets `", stringify!($member), "`.")]
                    pub fn $member<'a>(mut self, value: impl $crate::write::WriteAs<$ty>) -> Self {
                        self.0.set(__Index::$member as usize, |json| value.write(json));
                        self
                    }
                )*
            }
        };

        impl $builder {
            /// Sets any member by its wire name, also one that the contract does not know.
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

            /// Writes the body.
            #[must_use]
            pub fn build(self) -> $name {
                $name($crate::view::View::build(&self.0))
            }
        }

        impl ::core::ops::Deref for $name {
            type Target = $crate::view::View<{ $name::MEMBERS.len() }>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.show(stringify!($name), f)
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                format: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::private::serde::Serialize::serialize(&self.0, format)
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                format: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::view::View::deserialize_against($name::MEMBERS, format).map(Self)
            }
        }
    };
}

/// The type of a hook from its word.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (connect) => {
        $crate::descriptor::HookType::Connect
    };
    (direct) => {
        $crate::descriptor::HookType::Direct
    };
    (event) => {
        $crate::descriptor::HookType::Event
    };
    (incoming) => {
        $crate::descriptor::HookType::Incoming
    };
}

/// The effect of a denial from its word.
#[doc(hidden)]
#[macro_export]
macro_rules! __deny {
    (forbids) => {
        $crate::descriptor::DenyEffect::Forbids
    };
    (not_useful) => {
        $crate::descriptor::DenyEffect::NotUseful
    };
    (no_effect) => {
        $crate::descriptor::DenyEffect::NoEffect
    };
    (ends_stream) => {
        $crate::descriptor::DenyEffect::EndsStream
    };
    (undocumented) => {
        $crate::descriptor::DenyEffect::Undocumented
    };
}

/// The traits that follow from the words.
#[doc(hidden)]
#[macro_export]
macro_rules! __mark {
    (connect $name:ident) => {
        impl $crate::hook::ConnectHook for $name {}
        impl $crate::hook::Deniable for $name {}
    };
    (direct $name:ident) => {
        impl $crate::hook::DirectHook for $name {}
        impl $crate::hook::Deniable for $name {}
    };
    (incoming $name:ident) => {
        impl $crate::hook::IncomingHook for $name {}
        impl $crate::hook::Deniable for $name {}
    };
    (event $name:ident) => {
        impl $crate::hook::EventHook for $name {}
    };
    (ends_stream $name:ident) => {
        impl $crate::hook::EndsStream for $name {}
    };
    ($other:ident $name:ident) => {};
}

/// Without the feature `server` there are no handlers, so no trait for them.
#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! hooks {
    ($($any:tt)*) => {};
}
