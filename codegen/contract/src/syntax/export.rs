//! Parts of the model as JSON, and the JSON Schema of that.

mod object;
mod values;

use schemars::Schema;
use serde_json::{Map, Value};

use super::Definitions;
use crate::source::{Sources, Span};
pub use object::Field;
pub(crate) use object::{exported, fields, named_fields};
pub(crate) use values::{describe, named_object};

/// What an exported value may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    referred: &'a dyn Referred,
    places: Option<&'a Sources>,
}

/// Things that the model refers to by number, for values that show them by name.
pub trait Referred: std::fmt::Debug {
    /// Wire name of a hook.
    fn hook_name(&self, at: usize) -> &str;

    /// Name of a type, and `record` or `enum`.
    fn type_name(&self, at: usize) -> (&str, &'static str);
}

impl<'a> Scope<'a> {
    /// The scope of a contract; with sources, every object says where it was written.
    pub(crate) const fn new(referred: &'a dyn Referred, places: Option<&'a Sources>) -> Self {
        Self { referred, places }
    }

    /// What is referred to by number.
    pub(crate) const fn referred(self) -> &'a dyn Referred {
        self.referred
    }

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
