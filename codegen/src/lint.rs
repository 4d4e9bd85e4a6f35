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
mod walk;

rules! {
    case_twins;
    collision;
    condition;
    condition_on_answer;
    console_twins;
    constraint;
    constraint_excludes_value;
    example;
    idle_condition;
    idle_constraint;
    impossible_shape;
    inconsistent_spelling;
    loose_pattern;
    pattern_length;
    pattern_portability;
    reserved;
    role;
    type_name_style;
    unlistable_item;
    unroutable_name;
    unused_document;
    unused_group;
    unused_parameter;
    unused_type;
}

/// Applies all rules.
pub(crate) fn lint(contract: &Contract, findings: &mut Findings) {
    version::check(contract, findings);
    for check in CHECKS {
        check(contract, findings);
    }
}
