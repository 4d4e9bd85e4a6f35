//! Values under keys as overlays, shared declarations and releases see them.

use super::{ByType, Entries, Json, Lifetime, SdkSyntax, Text, TypeRef, Version};
use crate::source::{Span, Spanned};

/// A value under a key.
pub trait Part: Clone {
    /// The place where it was written. `None` if it was not, and for collections: their items have places of their own.
    fn place(&self) -> Option<Span>;

    /// Reports whether nothing was written.
    fn is_blank(&self) -> bool {
        self.place().is_none()
    }
}

/// A mapping with fixed keys.
pub trait Keyed: Part {
    /// The places of its keys, in the order of their declaration.
    fn places(&self) -> Vec<(&'static str, Option<Span>)>;

    /// Reports whether no key was written, not even one that could not be read.
    fn says_nothing(&self) -> bool;

    /// Takes over the values of another mapping for the keys that are blank here.
    #[must_use]
    fn or(self, other: &Self) -> Self;

    /// The life in the sender's releases: `since`, `until` and `deprecated`, as far as the mapping has such keys.
    fn lifetime(&self) -> Lifetime;
}

impl<T: Part> Part for Option<T> {
    fn place(&self) -> Option<Span> {
        self.as_ref().and_then(Part::place)
    }

    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T: Clone> Part for Vec<T> {
    fn place(&self) -> Option<Span> {
        None
    }

    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Clone> Part for Entries<T> {
    fn place(&self) -> Option<Span> {
        None
    }

    fn is_blank(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: Clone> Part for ByType<T> {
    fn place(&self) -> Option<Span> {
        None
    }

    fn is_blank(&self) -> bool {
        false
    }
}

impl<T: Clone> Part for Spanned<T> {
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

impl Part for Text {
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

impl Part for Version {
    fn place(&self) -> Option<Span> {
        Some(self.span)
    }
}

impl Part for Json {
    fn place(&self) -> Option<Span> {
        Some(self.node.span)
    }
}

impl Part for TypeRef {
    fn place(&self) -> Option<Span> {
        Some(self.span())
    }
}

impl Part for SdkSyntax {
    fn place(&self) -> Option<Span> {
        match self {
            Self::Unused(span) => Some(*span),
            Self::Used(calls) => calls.place(),
        }
    }

    fn is_blank(&self) -> bool {
        false
    }
}
