//! What a kind of change is: a rule like any other, and the kind that the same edit is when it is undone.

use crate::rule::Rule;

/// A kind of change.
#[derive(Debug)]
pub struct ChangeRule {
    /// Code, name and manual page.
    pub rule: Rule,
    /// What it is seen from the other side.
    pub mirror: Mirror,
}

/// What undoing a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mirror {
    /// A change of the kind that has this name, perhaps of the same one.
    Rule(&'static str),
    /// Nothing that can be named, for a reason.
    Waived(&'static str),
}

/// Declares the kinds of changes of a file, whose documentation is their manual page.
macro_rules! change_rules {
    ($file:literal: $( $Name:ident = $code:literal $name:literal $mirrors:ident $mirror:literal; )*) => {
        $(
            pub(super) static $Name: $crate::diff::rule::ChangeRule = $crate::diff::rule::ChangeRule {
                rule: $crate::rule::Rule {
                    code: $code,
                    name: $name,
                    category: $crate::rule::Category::Change,
                    level: $crate::diagnostic::Level::Warning,
                    fixes: $crate::rule::Fixes::Never,
                    source: include_str!($file),
                },
                mirror: $crate::diff::rule::change_rules!(@$mirrors $mirror),
            };
        )*
        pub(super) static RULES: &[&$crate::diff::rule::ChangeRule] = &[$(&$Name),*];
    };
    (@mirrors $mirror:literal) => { $crate::diff::rule::Mirror::Rule($mirror) };
    (@waived $reason:literal) => { $crate::diff::rule::Mirror::Waived($reason) };
}

pub(super) use change_rules;
