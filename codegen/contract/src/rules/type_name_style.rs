use heck::ToUpperCamelCase;

use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// The name of a type is not written in PascalCase.
    ///
    /// ## Why
    ///
    /// Names of types become names of types in each language. Another style is converted, so that the name in the documents is
    /// not the one in the program.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   stream_state:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       state: {type: stream_state, doc: What the stream does now.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   StreamState:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       state: {type: StreamState, doc: What the stream does now.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Write it with a capital at the beginning of each word and nothing in between.
    pub(super) RULE { code: "W0307", name: "type-name-style", category: Names, level: Note, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for def in &contract.types {
        let name = &def.name.value;
        let starts = name.starts_with(|c: char| c.is_ascii_uppercase());
        let styled = name.to_upper_camel_case();
        // What gives no name at all is told of elsewhere.
        if (!starts || name.contains(['_', '-', '.', ' '])) && styled.starts_with(|c: char| c.is_ascii_uppercase()) {
            let message = format!("the type `{name}` is not in PascalCase");
            findings.push(Diagnostic::new(RULE, def.name.span, message).help(format!("call it `{styled}`")));
        }
    }
}
