//! Rules over the model. One rule, one file, one row in the table.

use crate::diagnostic::Findings;
use crate::model::Contract;
use crate::rule::Rule;

/// What looks for one kind of mistake in a contract.
type Check = fn(&Contract, &mut Findings);

macro_rules! rules {
    ($($module:ident;)*) => {
        $( mod $module; )*
        /// What is looked for, in this order.
        static CHECKS: &[Check] = &[$($module::check),*];
        /// The rules.
        pub(crate) static ALL: &[&Rule] = &[$($module::RULE),*];
    };
}

mod version;

rules! {
    collision;
    condition;
    constraint;
    example;
    reserved;
    role;
}

/// Applies all rules.
pub(crate) fn lint(contract: &Contract, findings: &mut Findings) {
    version::check(contract, findings);
    for check in CHECKS {
        check(contract, findings);
    }
}
