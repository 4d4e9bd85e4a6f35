//! A row of the table: rules, and what finds their changes.

use crate::change::Changes;
use crate::compare::{Comparison, HookPair, MemberPair, TypePair, ValuePair};
use crate::rule::ChangeRule;

/// A kind of change, or a few that belong together: the rules, and what finds them.
pub(super) struct Part {
    pub(super) rules: &'static [&'static ChangeRule],
    pub(super) find: Find,
}

/// What finds changes, by what it looks at.
pub(super) enum Find {
    Contract(fn(&Comparison<'_>, &mut Changes)),
    Hook(fn(&HookPair<'_>, &mut Changes)),
    Type(fn(&TypePair<'_>, &mut Changes)),
    Member(fn(&MemberPair<'_>, &mut Changes)),
    Value(fn(&ValuePair<'_>, &mut Changes)),
}
