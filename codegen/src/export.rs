//! The model as JSON: documented, versioned, for programs that are not ours.
//!
//! What a mapping of the language holds is declared once, in `syntax!`; what the model adds is declared in `model.rs`
//! beside this file, by patterns that name every field. A fact that is not exported does not compile.

mod macros;
mod model;
mod values;

use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

use crate::model::Contract;
use crate::source::{Sources, Span};
use crate::syntax::Definitions;
pub use macros::Field;
pub(crate) use macros::{fields, named_fields};
use values::describe;
pub(crate) use values::named_object;

/// Version of the form. It grows when a key goes away or changes its meaning; new keys may come at any time.
pub const VERSION: u32 = 1;

/// The model of a contract. Every key is always there: what is absent is `null`, or an empty array.
pub fn document(contract: &Contract) -> Value {
    contract.json(Scope { contract, places: None })
}

/// The model of a contract, in which every object says where it was written (`place`: file, line, column).
pub fn document_with_places(contract: &Contract, sources: &Sources) -> Value {
    contract.json(Scope { contract, places: Some(sources) })
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

/// What an exported value may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    contract: &'a Contract,
    places: Option<&'a Sources>,
}

impl Scope<'_> {
    /// An object, with its place if places are wanted.
    pub(crate) fn object(self, span: Span, fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
        let mut object: Map<String, Value> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        if let Some(sources) = self.places {
            let at = sources.position(span);
            let place = format!("{}:{}:{}", sources.get(span.file).path, at.line, at.column);
            object.insert("place".to_owned(), place.into());
        }
        Value::Object(object)
    }
}

/// A part of the model.
pub trait Export {
    /// It, as JSON.
    fn json(&self, scope: Scope<'_>) -> Value;

    /// The JSON Schema of that.
    fn schema(definitions: &mut Definitions) -> Schema;

    /// It, as JSON, where it might have been absent.
    fn present_json(&self, scope: Scope<'_>) -> Value {
        self.json(scope)
    }

    /// The JSON Schema of that.
    fn present_schema(definitions: &mut Definitions) -> Schema {
        Self::schema(definitions)
    }

    /// It, as JSON, under a name: an object whose first key is `name`.
    fn named_json(&self, name: &str, scope: Scope<'_>) -> Value {
        values::named("text", name, self.json(scope))
    }

    /// The JSON Schema of that.
    fn named_schema(definitions: &mut Definitions) -> Schema {
        values::named_schema("text", Self::schema(definitions))
    }

    /// Its keys, if it is an object.
    fn fields(_: &mut Definitions) -> Vec<Field> {
        Vec::new()
    }
}
