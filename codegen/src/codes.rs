//! Every kind of mistake: its stable code, its name, and its manual page.

use crate::diagnostic::Level;
use crate::rule::{Category, Fixes, Rule};

macro_rules! codes {
    ($($const:ident = $id:literal $name:literal $category:ident $level:ident $fixes:ident: $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub const $const: &Rule = &Rule {
                code: $id,
                name: $name,
                category: Category::$category,
                level: Level::$level,
                fixes: Fixes::$fixes,
                page: $doc,
            };
        )*
        /// All kinds, in the order of their identifiers.
        pub static ALL: &[&Rule] = &[$($const),*];
    };
}

codes! {
    YAML = "W0101" "yaml-syntax" Yaml Error Sometimes: "The file is not YAML, or uses a part of YAML that a contract must not (several documents, tags, complex keys). Mend it at the place shown; a tab can't indent.";
    DUPLICATE_KEY = "W0102" "duplicate-key" Yaml Error Never: "A mapping has the same key twice. Most YAML readers would silently take the last one; remove or rename one of them.";
    ALIAS = "W0103" "yaml-alias" Yaml Error Never: "Anchors, aliases and merge keys are refused: they hide where a fact stands. Define a shared parameter or type once and name it instead.";
    UNKNOWN_KEY = "W0104" "unknown-key" Language Error Sometimes: "The language has no such key at this place. The help names the nearest one, or lists those that exist.";
    WRONG_KIND = "W0105" "wrong-kind" Language Error Sometimes: "The value is of another kind than the key takes: a mapping, a sequence, a word, a number, `true` or `false`.";
    UNKNOWN_WORD = "W0106" "unknown-word" Language Error Sometimes: "The key takes one of a few words, and this is none of them.";
    MISSING_KEY = "W0107" "missing-key" Language Error Never: "A key that is always needed is absent.";
    EMPTY_DOC = "W0108" "empty-doc" Docs Error Never: "A text for people is empty. Say what a reader needs to know.";
    FILE = "W0109" "unreadable-file" Yaml Error Never: "A file of the contract can't be read, is not UTF-8, or is too large.";
    NO_CONTRACT = "W0110" "contract-section" Language Error Never: "Exactly one file of a contract has the section `contract`.";
    NOT_LISTED = "W0111" "file-not-listed" Yaml Warning Sometimes: "A YAML file lies in the contract's folder but is not listed under `contract.files`, so that nothing in it counts.";
    UNKNOWN_REFERENCE = "W0201" "unknown-reference" Names Error Sometimes: "A name refers to something that is declared nowhere: a parameter, type, hook, group, document, setting or value.";
    DUPLICATE_NAME = "W0202" "duplicate-name" Names Error Never: "Two declarations have the same name, perhaps in two files, or one is another's alias.";
    CYCLE = "W0203" "reference-cycle" Types Error Never: "Records refer to each other in a circle without an array, map or list in between, or in a way that never ends.";
    MISSING_DOC = "W0204" "missing-doc" Docs Error Never: "A parameter has neither a text of its own nor one that it inherits.";
    MISSING_TYPE = "W0205" "missing-type" Types Error Never: "A parameter has neither a type of its own nor one that it inherits.";
    EXAMPLE = "W0206" "example-does-not-fit" Examples Error Never: "An example or default doesn't fit the declared type, its constraints or the values of its enum.";
    COLLISION = "W0207" "name-collision" Names Error Never: "Two names become the same identifier in a target language once their case is converted. Rename one.";
    RESERVED = "W0208" "reserved-word" Names Error Never: "A name gives no usable identifier in a target language: it can't be escaped, or nothing is left of it.";
    TYPE_SHAPE = "W0209" "type-shape" Types Error Never: "A type is either a record (`record`) or an enum (`enum` and `values`), and has at least one member or value.";
    WRONG_TYPE = "W0210" "unfitting-type" Types Error Never: "The named type can't stand here: session policies are records, conditions need members that exist.";
    VERSION = "W0211" "bad-version" Versions Error Never: "A version is written as numbers with dots, and `until` is not before `since`.";
    CONSTRAINT = "W0212" "bad-constraint" Types Error Sometimes: "A constraint can't hold, doesn't suit the type, or is not a regular expression.";
    ROLE = "W0213" "role-mismatch" Semantics Error Never: "What is said doesn't suit the hook's type: an event can't forbid, the session policy is carried by the opening hook's answer.";
}
