//! Values that the model refers to by number.

use schemars::{Schema, json_schema};
use serde_json::{Value, json};

use crate::model::{Contract, HookId, Scalar, Type, TypeId, TypeKind};
use crate::syntax::Definitions;
use crate::syntax::export::{Export, Field, Referred, Scope, fields};

impl Referred for Contract {
    fn hook_name(&self, at: usize) -> &str {
        &self.hook(HookId(at)).name.value
    }

    fn type_name(&self, at: usize) -> (&str, &'static str) {
        let def = self.type_def(TypeId(at));
        let kind = match def.kind {
            TypeKind::Record(_) => "record",
            TypeKind::Enum { .. } => "enum",
        };
        (&def.name.value, kind)
    }
}

/// By its wire name.
impl Export for HookId {
    fn json(&self, scope: Scope<'_>) -> Value {
        scope.referred().hook_name(self.0).into()
    }

    fn schema(_: &mut Definitions) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// All forms of a type have the same keys, so that a template need not ask which there are.
impl Export for Type {
    fn json(&self, scope: Scope<'_>) -> Value {
        let of = |kind: &str, inner: &Self| {
            let inner = inner.json(scope);
            let written = format!("{kind}<{}>", inner.get("written").and_then(Value::as_str).unwrap_or_default());
            json!({ "written": written, "kind": kind, "name": null, "of": inner })
        };
        match self {
            Self::Scalar(scalar) => {
                json!({ "written": scalar.word(), "kind": scalar.word(), "name": null, "of": null })
            }
            Self::Array(inner) => of("array", inner),
            Self::Map(inner) => of("map", inner),
            Self::List(inner) => of("list", inner),
            Self::Named(id) => {
                let (name, kind) = scope.referred().type_name(id.0);
                json!({ "written": name, "kind": kind, "name": name, "of": null })
            }
        }
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        fields(definitions, "Type", "A type.", Self::fields)
    }

    fn fields(_: &mut Definitions) -> Vec<Field> {
        let scalars = Scalar::ALL.iter().map(|scalar| scalar.word());
        let kinds: Vec<&str> = scalars.chain(["array", "map", "list", "record", "enum"]).collect();
        let itself = json_schema!({ "anyOf": [{ "$ref": "#/$defs/Type" }, { "type": "null" }] });
        vec![
            ("written", "As in a schema file: `array<T>`.", json_schema!({ "type": "string" })),
            ("kind", "A scalar, a collection, a record or an enum.", json_schema!({ "enum": kinds })),
            ("name", "Name of the record or enum.", json_schema!({ "type": ["string", "null"] })),
            ("of", "Type of an array's items, of a map's values, of a list's parts.", itself),
        ]
    }
}
