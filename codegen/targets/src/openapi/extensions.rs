//! What OpenAPI has no word for: members of objects that begin with `x-` and the contract's name.

use serde_json::{Map, Value, json};

use super::text;
use super::vendor::Vendor;
use wcs_contract::model::{
    ClientSees, Condition, Contract, Direction, EnumValue, Hook, HookType, Lifetime, Openness, Parameter, Sensitivity,
    Type, TypeId, TypeKind,
};

/// Extensions of one object, in the order in which they are written.
pub(super) type Extensions = Map<String, Value>;

impl Vendor {
    fn extensions<const N: usize>(&self, pairs: [(&str, Option<Value>); N]) -> Extensions {
        pairs.into_iter().filter_map(|(name, value)| Some((self.key(name), value?))).collect()
    }

    /// What is known of a hook.
    pub(super) fn hook(&self, contract: &Contract, hook: &Hook) -> Extensions {
        let aliases: Vec<&str> = hook.aliases.iter().map(|(alias, _)| alias.value.as_str()).collect();
        let overwritable: Vec<&str> = hook.answer_members().map(|member| member.name.value.as_str()).collect();
        let events: Vec<&str> = hook.leads_to.iter().map(|id| contract.hook(*id).name.value.as_str()).collect();
        let requires: Vec<&str> = hook.requires.iter().map(|setting| setting.value.as_str()).collect();
        let error_event = hook.error_event.as_ref().map(|(id, _)| json!(contract.hook(*id).name.value));
        let mut extensions = self.extensions([
            ("type", Some(json!(hook.kind.word()))),
            (
                "dispatch",
                Some(json!({ "path": contract.dispatch().address("", &hook.name.value), "aliases": aliases })),
            ),
            ("deny", Some(deny(hook))),
            ("overwritable", Some(json!(overwritable))),
            ("leads-to", (!events.is_empty()).then(|| json!(events))),
            ("error-event", error_event),
            ("requires", (!requires.is_empty()).then(|| json!(requires))),
            ("evidence", Some(json!(hook.evidence.word()))),
            ("confidence", Some(json!(hook.confidence.word()))),
        ]);
        extensions.extend(self.lifetime(&hook.lifetime));
        extensions
    }

    /// What a denial does.
    pub(super) fn refusal(&self, contract: &Contract, hook: &Hook) -> Extensions {
        self.extensions([("deny", Some(deny(hook))), ("on-error", on_error(contract, hook.kind))])
    }

    /// What an error does to hooks of a type.
    pub(super) fn error(&self, contract: &Contract, kind: HookType) -> Extensions {
        self.extensions([("on-error", on_error(contract, kind))])
    }

    /// What is known of a member that arrives.
    pub(super) fn received(&self, contract: &Contract, parameter: &Parameter) -> Extensions {
        let condition = |condition: &Condition| {
            let values: Vec<&Value> = condition.is.iter().map(|value| &value.value).collect();
            json!({ "member": condition.member.value, "is": values })
        };
        let aliases: Map<String, Value> =
            parameter.aliases.iter().map(|(alias, doc)| (alias.value.clone(), json!(doc.value))).collect();
        let mut extensions = self.answered(contract, parameter);
        extensions.extend(self.extensions([
            ("presence", parameter.is_received().then(|| json!(parameter.presence.word()))),
            ("client", (parameter.client != ClientSees::Same).then(|| json!(parameter.client.word()))),
            ("aliases", (!aliases.is_empty()).then_some(Value::Object(aliases))),
            ("used-if", parameter.used_if.as_ref().map(condition)),
            ("sent-if", parameter.sent_if.as_ref().map(condition)),
            // Not as the keyword `default`: generated models would fill in what was absent, and an echo then brings it.
            ("default", parameter.default.as_ref().map(|default| default.value.clone())),
            ("evidence", parameter.evidence.map(|evidence| json!(evidence.word()))),
        ]));
        extensions.extend(self.lifetime(&parameter.lifetime));
        extensions.extend(self.meanings(contract, &parameter.ty));
        extensions
    }

    /// What matters for a member that is answered.
    pub(super) fn answered(&self, contract: &Contract, parameter: &Parameter) -> Extensions {
        let mut extensions = self.extensions([
            ("in", (parameter.direction != Direction::Request).then(|| json!(parameter.direction.word()))),
            ("overwritable", parameter.overwritable.as_ref().map(|_| json!(true))),
            ("sensitive", (parameter.sensitive == Sensitivity::Sensitive).then(|| json!(true))),
        ]);
        extensions.extend(self.of_type(contract, &parameter.ty));
        extensions
    }

    /// What a type says beyond its JSON type.
    pub(super) fn of_type(&self, contract: &Contract, ty: &Type) -> Extensions {
        match ty {
            Type::List(item) => self.extensions([("list", Some(json!(contract.type_word(item))))]),
            Type::Named(id) => self.of_open_enum(contract, *id),
            Type::Scalar(_) | Type::Array(_) | Type::Map(_) => Extensions::new(),
        }
    }

    fn of_open_enum(&self, contract: &Contract, id: TypeId) -> Extensions {
        let def = contract.type_def(id);
        match &def.kind {
            TypeKind::Enum { openness: Openness::Open, values } => {
                let known = values.iter().map(|value| json!(value.wire.value)).collect();
                let mut extensions = self.extensions([("enum", Some(json!(def.name.value)))]);
                extensions.insert("x-extensible-enum".to_owned(), known);
                extensions
            }
            TypeKind::Enum { openness: Openness::Closed, .. } | TypeKind::Record(_) => Extensions::new(),
        }
    }

    /// Meaning of the values of an open enum; a closed one has them in its own schema.
    fn meanings(&self, contract: &Contract, ty: &Type) -> Extensions {
        match ty {
            Type::Array(item) | Type::Map(item) | Type::List(item) => self.meanings(contract, item),
            Type::Named(id) => match &contract.type_def(*id).kind {
                TypeKind::Enum { openness: Openness::Open, values } => self.of_values(values),
                TypeKind::Enum { openness: Openness::Closed, .. } | TypeKind::Record(_) => Extensions::new(),
            },
            Type::Scalar(_) => Extensions::new(),
        }
    }

    /// Meaning and other spellings of values. The map has the name under which documentation tools look for it;
    /// `x-enum-descriptions` is a list for others.
    pub(super) fn of_values(&self, values: &[EnumValue]) -> Extensions {
        let docs: Map<String, Value> = values.iter().map(|v| (v.wire.value.clone(), json!(text::value(v)))).collect();
        let aliases: Map<String, Value> = values
            .iter()
            .flat_map(|value| value.aliases.iter().map(|(alias, _)| (alias.value.clone(), json!(value.wire.value))))
            .collect();
        let mut extensions = Extensions::from_iter([("x-enumDescriptions".to_owned(), Value::Object(docs))]);
        extensions.extend(self.extensions([("enum-aliases", (!aliases.is_empty()).then_some(Value::Object(aliases)))]));
        extensions
    }

    fn lifetime(&self, lifetime: &Lifetime) -> Extensions {
        let replacement = lifetime.deprecated.as_ref().and_then(|deprecated| deprecated.replacement.as_ref());
        self.extensions([
            ("since", lifetime.since.as_ref().map(|version| json!(version.to_string()))),
            ("until", lifetime.until.as_ref().map(|version| json!(version.to_string()))),
            ("replacement", replacement.map(|name| json!(name.value))),
        ])
    }
}

/// What an error does, by on-error word.
fn on_error(contract: &Contract, kind: HookType) -> Option<Value> {
    let rows: Map<String, Value> = contract
        .on_error
        .iter()
        .map(|(word, row)| {
            let cell = &row.cells[kind];
            let mut effect = Map::new();
            effect.insert("logged".to_owned(), json!(cell.logged.as_ref().is_none_or(|logged| logged.value)));
            effect.insert("execution".to_owned(), json!(cell.execution.value.word()));
            effect.insert("client".to_owned(), json!(cell.client.value.word()));
            if let Some(status) = &cell.caller_status {
                effect.insert("caller_status".to_owned(), json!(status.value));
            }
            (word.value.clone(), Value::Object(effect))
        })
        .collect();
    (!rows.is_empty()).then_some(Value::Object(rows))
}

fn deny(hook: &Hook) -> Value {
    let mut deny = Map::new();
    deny.insert("effect".to_owned(), json!(hook.deny.effect.value.word()));
    if let Some(confidence) = &hook.deny.confidence {
        deny.insert("confidence".to_owned(), json!(confidence.value.word()));
    }
    Value::Object(deny)
}
