//! The macros that declare enums. An open one keeps what it does not know and writes it back as it came.

/// Declares an enum that expects words outside its list: they read as `Other` and are written back unchanged.
///
/// ```
/// wcs_runtime::open_enum! {
///     /// What a lamp does.
///     pub enum Lamp = "Lamp" {
///         /// It shines.
///         On = "ON" | "SHINING",
///         /// It does not.
///         Off = "OFF",
///     }
/// }
///
/// assert_eq!(Lamp::from("SHINING"), Lamp::On);
/// assert_eq!(Lamp::from("BLINKING").as_str(), "BLINKING");
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$doc:meta])*
        $vis:vis enum $name:ident = $contract_name:literal {
            $($(#[$value_doc:meta])* $value:ident = $word:literal $(| $alias:literal)*,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $($(#[$value_doc])* $value,)*
            /// A word that the contract does not list, as it came.
            Other(::std::boxed::Box<str>),
        }

        impl $name {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word $(| $alias)* => Self::$value,)*
                    other => Self::Other(other.into()),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(word: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(word))
            }
        }

        impl $crate::value::FromText for $name {
            fn from_text(word: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::from(word))
            }
        }

        /// Text stands for the word that it spells.
        impl $crate::write::WriteAs<$name> for str {
            fn write(&self, json: &mut ::std::string::String) {
                $crate::write::write_word(self, json);
            }
        }

        $crate::__enum! { $name $contract_name Open [$($word $(| $alias)*,)*] }
    };
}

/// Declares an enum whose list is complete: another word can't be read.
///
/// ```
/// wcs_runtime::closed_enum! {
///     /// A direction.
///     pub enum Side = "Side" {
///         /// Left.
///         Left = "left",
///         /// Right.
///         Right = "right",
///     }
/// }
///
/// assert_eq!("left".parse(), Ok(Side::Left));
/// assert!("up".parse::<Side>().is_err());
/// ```
#[macro_export]
macro_rules! closed_enum {
    (
        $(#[$doc:meta])*
        $vis:vis enum $name:ident = $contract_name:literal {
            $($(#[$value_doc:meta])* $value:ident = $word:literal $(| $alias:literal)*,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name {
            $($(#[$value_doc])* $value,)*
        }

        impl $name {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$value => $word,)*
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::enums::UnknownWord;

            fn from_str(word: &str) -> ::core::result::Result<Self, Self::Err> {
                match word {
                    $($word $(| $alias)* => ::core::result::Result::Ok(Self::$value),)*
                    other => ::core::result::Result::Err($crate::enums::UnknownWord::new(other, Self::DESCRIPTOR)),
                }
            }
        }

        impl $crate::value::FromText for $name {
            fn from_text(word: &str) -> ::core::option::Option<Self> {
                word.parse().ok()
            }
        }

        $crate::__enum! { $name $contract_name Closed [$($word $(| $alias)*,)*] }
    };
}

/// What open and closed enums have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! __enum {
    ($name:ident $contract_name:literal $openness:ident [$($word:literal $(| $alias:literal)*,)*]) => {
        impl $name {
            /// What the contract says about the enum.
            pub const DESCRIPTOR: &'static $crate::descriptor::EnumDescriptor = &$crate::descriptor::EnumDescriptor {
                name: $contract_name,
                openness: $crate::descriptor::Openness::$openness,
                values: &[$($crate::descriptor::Value { name: $word, aliases: &[$($alias),*] }),*],
            };
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl<'a> $crate::value::FromJson<'a> for $name {
            fn from_json(json: $crate::value::Json<'a>) -> ::core::option::Option<Self> {
                let word: ::std::borrow::Cow<'a, str> = $crate::value::FromJson::from_json(json)?;
                $crate::value::FromText::from_text(&word)
            }
        }

        impl $crate::write::WriteAs<$name> for $name {
            fn write(&self, json: &mut ::std::string::String) {
                $crate::write::write_word(self.as_str(), json);
            }
        }

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                format: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                format.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                format: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let word: ::std::borrow::Cow<'de, str> = $crate::private::serde::Deserialize::deserialize(format)?;
                ::core::str::FromStr::from_str(&word).map_err(<D::Error as $crate::private::serde::de::Error>::custom)
            }
        }
    };
}

use std::fmt;

use crate::descriptor::EnumDescriptor;

/// A word that a closed enum does not have.
#[derive(Debug, Clone)]
pub struct UnknownWord {
    word: String,
    words: &'static EnumDescriptor,
}

impl UnknownWord {
    #[doc(hidden)]
    #[must_use]
    pub fn new(word: &str, words: &'static EnumDescriptor) -> Self {
        Self { word: word.to_owned(), words }
    }
}

impl PartialEq for UnknownWord {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word && self.words.name == other.words.name
    }
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed: Vec<&str> = self.words.values.iter().map(|value| value.name).collect();
        write!(f, "`{}` is no {}: expected one of `{}`", self.word, self.words.name, listed.join("`, `"))
    }
}

impl std::error::Error for UnknownWord {}
