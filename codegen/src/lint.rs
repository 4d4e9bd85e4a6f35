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
    bad_base_path;
    bad_header;
    case_twins;
    collision;
    condition;
    condition_on_answer;
    console_twins;
    constraint;
    constraint_excludes_value;
    contract_version;
    doc_repeats_name;
    doc_repeats_summary;
    duplicate_example;
    error_matrix;
    event_expected;
    example;
    exposed_secret;
    idle_client;
    idle_condition;
    idle_constraint;
    idle_overwritable;
    ignored_answer;
    impossible_shape;
    impossible_status;
    inconsistent_spelling;
    long_summary;
    loose_pattern;
    missing_period;
    misspelt_name_in_text;
    never_sent;
    no_replacement;
    no_time;
    open_code;
    overwritable_event;
    pattern_length;
    pattern_portability;
    poor_replacement;
    repeated_item;
    reserved;
    role;
    scenario;
    several_openings;
    type_name_style;
    unfinished_text;
    unknown_placeholder;
    unlistable_item;
    unquoted_version;
    unreachable_value;
    unroutable_name;
    unused_document;
    unused_group;
    unused_parameter;
    unused_type;
}

pub(crate) use scenario::{RULE as SCENARIO, playable};

/// Applies all rules for contracts: [`compile`](crate::compile) does, and whoever makes a contract of another one.
pub fn lint(contract: &Contract, findings: &mut Findings) {
    version::check(contract, findings);
    for check in CHECKS {
        check(contract, findings);
    }
}
