//! The rules that files, loading, reading and resolving tell of. One rule, one file, one row.

use crate::rule::Rule;

macro_rules! codes {
    ($($const:ident = $module:ident;)*) => {
        $(
            mod $module;
            #[doc = concat!("`", stringify!($module), "`.")]
            pub const $const: &Rule = $module::RULE;
        )*
        /// All of them.
        pub(crate) static ALL: &[&Rule] = &[$($module::RULE),*];
    };
}

codes! {
    YAML = yaml_syntax;
    DUPLICATE_KEY = duplicate_key;
    ALIAS = yaml_alias;
    UNKNOWN_KEY = unknown_key;
    WRONG_KIND = wrong_kind;
    UNKNOWN_WORD = unknown_word;
    MISSING_KEY = missing_key;
    EMPTY_DOC = empty_doc;
    FILE = unreadable_file;
    NO_CONTRACT = contract_section;
    NOT_LISTED = file_not_listed;
    LOOK_ALIKE = look_alike;
    UNKNOWN_REFERENCE = unknown_reference;
    DUPLICATE_NAME = duplicate_name;
    CYCLE = reference_cycle;
    MISSING_DOC = missing_doc;
    MISSING_TYPE = missing_type;
    TYPE_SHAPE = type_shape;
    WRONG_TYPE = unfitting_type;
    VERSION = bad_version;
    AMBIGUOUS = ambiguous_word;
    TAB = tab_indentation;
    DOCUMENTS = several_documents;
    TAG = yaml_tag;
    DEPTH = too_deep;
    COMPLEX_KEY = complex_key;
    ENCODING = not_utf8;
    LEVEL = bad_level;
    ALLOW = bad_allow;
    UNUSED_ALLOW = unused_allow;
    OVERLAY_BASE = overlay_base;
    OVERLAY_CONTRADICTS = overlay_contradicts;
    OVERLAY_IDLE = overlay_idle;
}
