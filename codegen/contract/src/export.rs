//! The model as JSON: documented, versioned, for programs that are not ours.
//!
//! What a mapping of the language holds is declared once, in `syntax!`; what the model adds is declared in `model.rs`
//! beside this file, by patterns that name every field. A fact that is not exported does not compile.

mod model;
mod values;

use schemars::json_schema;
use serde_json::Value;

use crate::model::Contract;
use crate::source::Sources;
use crate::syntax::Definitions;
use crate::syntax::export::{Export, Scope, describe};

/// Version of the form. It grows when a key goes away or changes its meaning; new keys may come at any time.
pub const VERSION: u32 = 1;

/// The model of a contract. Every key is always there: what is absent is `null`, or an empty array.
pub fn document(contract: &Contract) -> Value {
    contract.json(Scope::new(contract, None))
}

/// The model of a contract, in which every object says where it was written (`place`: file, line, column).
pub fn document_with_places(contract: &Contract, sources: &Sources) -> Value {
    contract.json(Scope::new(contract, Some(sources)))
}

/// The JSON Schema of [`document`] and [`document_with_places`].
pub fn schema() -> Value {
    let mut definitions = Definitions::new();
    let root = Contract::schema(&mut definitions);
    let mut schema = json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Model of a contract of HTTP hooks",
    });
    describe(&mut schema, "Printed by `wcs model`. New keys may come without a new version.");
    schema.insert("$ref".into(), root.get("$ref").cloned().unwrap_or_default());
    schema.insert("$defs".into(), Value::Object(definitions));
    schema.to_value()
}
