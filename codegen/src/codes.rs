//! Every kind of mistake: its stable code, its name, and its manual page.

/// A kind of mistake.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// Stable identifier (`W0104`).
    pub id: &'static str,
    /// Name for people (`unknown-key`).
    pub name: &'static str,
    /// What it means and how to mend it, in Markdown.
    pub doc: &'static str,
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

macro_rules! codes {
    ($($const:ident = $id:literal $name:literal: $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub const $const: Code = Code { id: $id, name: $name, doc: $doc };
        )*
        /// All kinds, in the order of their identifiers.
        pub static ALL: &[Code] = &[$($const),*];
    };
}

codes! {
    YAML = "W0101" "yaml-syntax": "The file is not YAML, or uses a part of YAML that a contract must not (several documents, tags, complex keys). Mend it at the place shown; a tab can't indent.";
    DUPLICATE_KEY = "W0102" "duplicate-key": "A mapping has the same key twice. Most YAML readers would silently take the last one; remove or rename one of them.";
    ALIAS = "W0103" "yaml-alias": "Anchors, aliases and merge keys are refused: they hide where a fact stands. Define a shared parameter or type once and name it instead.";
    UNKNOWN_KEY = "W0104" "unknown-key": "The language has no such key at this place. The help names the nearest one, or lists those that exist.";
    WRONG_KIND = "W0105" "wrong-kind": "The value is of another kind than the key takes: a mapping, a sequence, a word, a number, `true` or `false`.";
    UNKNOWN_WORD = "W0106" "unknown-word": "The key takes one of a few words, and this is none of them.";
    MISSING_KEY = "W0107" "missing-key": "A key that is always needed is absent.";
    EMPTY_DOC = "W0108" "empty-doc": "A text for people is empty. Say what a reader needs to know.";
    FILE = "W0109" "unreadable-file": "A file of the contract can't be read, is not UTF-8, or is too large.";
    NO_CONTRACT = "W0110" "contract-section": "Exactly one file of a contract has the section `contract`.";
    NOT_LISTED = "W0111" "file-not-listed": "A YAML file lies in the contract's folder but is not listed under `contract.files`, so that nothing in it counts.";
    UNKNOWN_REFERENCE = "W0201" "unknown-reference": "A name refers to something that is declared nowhere: a parameter, type, hook, group, document, setting or value.";
    DUPLICATE_NAME = "W0202" "duplicate-name": "Two declarations have the same name, perhaps in two files, or one is another's alias.";
    CYCLE = "W0203" "reference-cycle": "Records refer to each other in a circle without an array, map or list in between, or in a way that never ends.";
    MISSING_DOC = "W0204" "missing-doc": "A parameter has neither a text of its own nor one that it inherits.";
    MISSING_TYPE = "W0205" "missing-type": "A parameter has neither a type of its own nor one that it inherits.";
    EXAMPLE = "W0206" "example-does-not-fit": "An example or default doesn't fit the declared type, its constraints or the values of its enum.";
    COLLISION = "W0207" "name-collision": "Two names become the same identifier in a target language once their case is converted. Rename one.";
    RESERVED = "W0208" "reserved-word": "A name gives no usable identifier in a target language: it can't be escaped, or nothing is left of it.";
    TYPE_SHAPE = "W0209" "type-shape": "A type is either a record (`record`) or an enum (`enum` and `values`), and has at least one member or value.";
    WRONG_TYPE = "W0210" "unfitting-type": "The named type can't stand here: session policies are records, conditions need members that exist.";
    VERSION = "W0211" "bad-version": "A version is written as numbers with dots, and `until` is not before `since`.";
    CONSTRAINT = "W0212" "bad-constraint": "A constraint can't hold, doesn't suit the type, or is not a regular expression.";
    ROLE = "W0213" "role-mismatch": "What is said doesn't suit the hook's type: an event can't forbid, the session policy is carried by the opening hook's answer.";
}
