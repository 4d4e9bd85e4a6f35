//! The small values that the model is made of.

use schemars::{Schema, json_schema};
use serde_json::{Value, json};

use super::{Export, Scope};
use crate::source::{Name, Spanned};
use crate::syntax::{Definitions, Entries, Json, SdkSyntax, Text, TypeRef, Version};

/// Adds a text for people.
pub(crate) fn describe(schema: &mut Schema, doc: &str) {
    schema.insert("description".into(), doc.split_whitespace().collect::<Vec<_>>().join(" ").into());
}

/// A name, and something under a key of its own.
pub(super) fn named(key: &str, name: &str, value: Value) -> Value {
    json!({ "name": name, key: value })
}

/// The JSON Schema of that.
pub(super) fn named_schema(key: &str, value: Schema) -> Schema {
    json_schema!({
        "type": "object",
        "required": ["name", key],
        "properties": { "name": { "type": "string" }, key: value },
    })
}

/// An object with its name as the first key.
pub(crate) fn named_object(name: &str, object: Value) -> Value {
    let first = [("name".to_owned(), Value::from(name))];
    match object {
        Value::Object(own) => Value::Object(first.into_iter().chain(own).collect()),
        other => other,
    }
}

/// Values that are their own JSON.
macro_rules! plain {
    ($($Type:ty => $schema:tt,)*) => {$(
        impl Export for $Type {
            fn json(&self, _: Scope<'_>) -> Value {
                Value::from(self.clone())
            }

            fn schema(_: &mut Definitions) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

plain! {
    String => { "type": "string" },
    bool => { "type": "boolean" },
    u16 => { "type": "integer", "minimum": 0 },
    u32 => { "type": "integer", "minimum": 0 },
    u64 => { "type": "integer", "minimum": 0 },
    i64 => { "type": "integer" },
}

impl<T: Export> Export for Spanned<T> {
    fn json(&self, scope: Scope<'_>) -> Value {
        self.value.json(scope)
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        T::schema(definitions)
    }
}

impl Export for Text {
    fn json(&self, _: Scope<'_>) -> Value {
        self.value.clone().into()
    }

    fn schema(_: &mut Definitions) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl Export for Version {
    fn json(&self, _: Scope<'_>) -> Value {
        self.to_string().into()
    }

    fn schema(_: &mut Definitions) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^\d+(\.\d+)*$" })
    }
}

impl Export for Json {
    fn json(&self, _: Scope<'_>) -> Value {
        self.value.clone()
    }

    fn schema(_: &mut Definitions) -> Schema {
        json_schema!({})
    }

    /// In an object of its own: a value may be `null`, and `false` and `0` are nothing to a template's `if`.
    fn present_json(&self, _: Scope<'_>) -> Value {
        json!({ "value": self.value })
    }

    fn present_schema(_: &mut Definitions) -> Schema {
        json_schema!({ "type": "object", "required": ["value"], "properties": { "value": {} } })
    }

    fn named_json(&self, name: &str, scope: Scope<'_>) -> Value {
        named("value", name, self.json(scope))
    }

    fn named_schema(definitions: &mut Definitions) -> Schema {
        named_schema("value", Self::schema(definitions))
    }
}

/// A value that may be absent is `null` then.
impl<T: Export> Export for Option<T> {
    fn json(&self, scope: Scope<'_>) -> Value {
        self.as_ref().map_or(Value::Null, |value| value.present_json(scope))
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        json_schema!({ "anyOf": [T::present_schema(definitions), { "type": "null" }] })
    }
}

impl<T: Export> Export for Vec<T> {
    fn json(&self, scope: Scope<'_>) -> Value {
        self.iter().map(|item| item.json(scope)).collect()
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        json_schema!({ "type": "array", "items": T::schema(definitions) })
    }
}

/// Something under a name: its own keys after `name`, or `name` and `text`.
impl<T: Export> Export for (Name, T) {
    fn json(&self, scope: Scope<'_>) -> Value {
        self.1.named_json(&self.0.value, scope)
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        T::named_schema(definitions)
    }
}

impl<T: Export> Export for Entries<T> {
    fn json(&self, scope: Scope<'_>) -> Value {
        self.iter().map(|(name, value)| value.named_json(&name.value, scope)).collect()
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        json_schema!({ "type": "array", "items": T::named_schema(definitions) })
    }
}

/// As written: the model has resolved types in its place.
impl Export for TypeRef {
    fn json(&self, scope: Scope<'_>) -> Value {
        let of = |kind: &str, inner: &Self| match inner.json(scope) {
            Value::String(inner) => format!("{kind}<{inner}>").into(),
            other => other,
        };
        match self {
            Self::Scalar(scalar, _) => scalar.word().into(),
            Self::Array(inner, _) => of("array", inner),
            Self::Map(inner, _) => of("map", inner),
            Self::List(inner, _) => of("list", inner),
            Self::Named(name) => name.json(scope),
        }
    }

    fn schema(_: &mut Definitions) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl Export for SdkSyntax {
    fn json(&self, scope: Scope<'_>) -> Value {
        match self {
            Self::Unused(_) => Value::Null,
            Self::Used(calls) => calls.json(scope),
        }
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        Option::<Vec<crate::syntax::SdkCall>>::schema(definitions)
    }
}
