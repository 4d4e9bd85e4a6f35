//! What a kind of change is: a rule like any other, and the kind that the same edit is when it is undone.

use wcs_contract::rule::Rule;

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

/// Declares the kinds of changes of a file; the documentation is the manual page of each of them.
macro_rules! change_rules {
    (
        $(#[doc = $page:literal])*
        $( $NAME:ident { code: $code:literal, name: $name:literal, mirror: $mirror:ident($what:literal) } )*
    ) => {
        change_rules! { @page [$($page),*] $( $NAME { $code, $name, $mirror($what) } )* }
        pub(super) static RULES: &[&$crate::rule::ChangeRule] = &[$(&$NAME),*];
    };
    (@page $page:tt $( $NAME:ident { $code:literal, $name:literal, $mirror:ident($what:literal) } )*) => {
        $(
            pub(super) static $NAME: $crate::rule::ChangeRule = $crate::rule::ChangeRule {
                rule: wcs_contract::rule::Rule {
                    code: $code,
                    name: $name,
                    category: wcs_contract::rule::Category::Change,
                    level: wcs_contract::rule::Level::Warning,
                    fixes: wcs_contract::rule::Fixes::Never,
                    page: &$page,
                },
                mirror: $crate::rule::Mirror::$mirror($what),
            };
        )*
    };
}

pub(super) use change_rules;
