//! What both documents say, before either spells it.

use serde_json::{Map, Value, json};

use super::schemas::{Schema, schemas};
use super::text;
use crate::model::{
    Contract, Direction, EnumValue, Example, Hook, HookType, Lifetime, Name, Openness, Parameter, Scalar, Type, TypeId,
    TypeKind,
};

/// Extensions of one object, in the order in which they are written.
pub(super) type Extensions = Map<String, Value>;

/// The authority under which receivers are usually tried out. Hosts are the operator's, so the contract has none.
pub(super) const HOST: &str = "localhost:8081";

/// Licence of the generated documents.
pub(super) const LICENSE: &str = "MIT OR Apache-2.0";

/// A document.
pub(super) struct Plan<'a> {
    pub(super) contract: &'a Contract,
    pub(super) description: String,
    pub(super) contact: String,
    pub(super) servers: Vec<Server>,
    pub(super) tags: Vec<Tag>,
    pub(super) security: Vec<Scheme>,
    pub(super) operations: Vec<Operation<'a>>,
    pub(super) errors: Vec<ErrorResponse>,
    pub(super) schemas: Vec<Schema<'a>>,
    pub(super) content_type: &'a str,
}

/// An address below which a backend may be.
pub(super) struct Server {
    /// With `{host}` in it.
    pub(super) url: String,
    pub(super) description: String,
}

/// A group of hooks.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) extensions: Extensions,
}

/// A way in which the sender may prove who it is.
pub(super) struct Scheme {
    pub(super) key: &'static str,
    pub(super) description: String,
    pub(super) kind: SchemeKind,
}

/// What stands in the header.
pub(super) enum SchemeKind {
    /// A signature in a header of this name.
    Header(String),
    /// HTTP Basic.
    Basic,
}

/// A hook.
pub(super) struct Operation<'a> {
    pub(super) hook: &'a Hook,
    pub(super) description: String,
    pub(super) deprecated: bool,
    pub(super) extensions: Extensions,
    pub(super) request: Body<'a>,
    pub(super) accept: Accept<'a>,
    pub(super) refusals: Vec<Refusal>,
    /// Key of the response for every other status.
    pub(super) error: String,
}

/// A body with its schema's key and its examples.
pub(super) struct Body<'a> {
    pub(super) schema: String,
    pub(super) examples: Vec<NamedExample<'a>>,
}

/// The answer that means yes.
pub(super) struct Accept<'a> {
    pub(super) status: u16,
    pub(super) description: String,
    pub(super) body: Body<'a>,
}

/// An answer without a body.
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) description: String,
    pub(super) extensions: Extensions,
}

/// A response that hooks of one type share.
pub(super) struct ErrorResponse {
    pub(super) key: String,
    pub(super) description: String,
    pub(super) extensions: Extensions,
}

/// An example under a key of its own.
pub(super) struct NamedExample<'a> {
    pub(super) key: String,
    pub(super) summary: &'a str,
    pub(super) description: String,
    pub(super) value: &'a Value,
}

/// Statuses and content type of answers where the contract describes no sender.
const ACCEPT: u16 = 200;
const DENY: u16 = 403;
const CONTENT_TYPE: &str = "application/json";

/// Prepares everything that the documents say.
pub(super) fn plan(contract: &Contract) -> Plan<'_> {
    let vendor = Vendor::of(contract);
    let (schemas, keys) = schemas(contract, &vendor);
    let operations = contract.hooks.iter().zip(keys).map(|(hook, keys)| operation(contract, &vendor, hook, keys));
    Plan {
        contract,
        description: text::document(contract, &vendor),
        contact: format!("Maintainers of the contract `{}`", contract.name.value),
        servers: servers(contract),
        tags: tags(contract),
        security: security(contract),
        operations: operations.collect(),
        errors: errors(contract, &vendor),
        schemas,
        content_type: contract.sender.as_ref().map_or(CONTENT_TYPE, |sender| &sender.answer.content_type.value),
    }
}

fn servers(contract: &Contract) -> Vec<Server> {
    let paths = contract.sender.iter().flat_map(|sender| sender.base_paths.iter());
    let mut servers: Vec<Server> = paths
        .map(|(path, base)| Server {
            url: format!("http://{{host}}/{}", path.value.trim_matches('/')),
            description: match &base.since {
                Some(since) => format!("{} Since {since}.", base.doc.value),
                None => base.doc.value.clone(),
            },
        })
        .collect();
    if servers.is_empty() {
        servers.push(Server { url: "http://{host}".to_owned(), description: "The backend.".to_owned() });
    }
    servers
}

fn tags(contract: &Contract) -> Vec<Tag> {
    let tag = |(name, group): &(Name, crate::model::Group)| Tag {
        name: name.value.clone(),
        description: group.doc.value.clone(),
        extensions: Extensions::from_iter([("x-displayName".to_owned(), json!(group.title.value))]),
    };
    contract.groups.iter().map(tag).collect()
}

fn security(contract: &Contract) -> Vec<Scheme> {
    let Some(sender) = &contract.sender else { return Vec::new() };
    let signature = sender.signature.as_ref().map(|signature| Scheme {
        key: "signature",
        description: text::signature(signature),
        kind: SchemeKind::Header(signature.header.value.clone()),
    });
    let basic = sender.basic.as_ref().map(|doc| Scheme {
        key: "basic",
        description: doc.value.clone(),
        kind: SchemeKind::Basic,
    });
    signature.into_iter().chain(basic).collect()
}

fn operation<'a>(
    contract: &'a Contract,
    vendor: &Vendor,
    hook: &'a Hook,
    (request, answer): (String, String),
) -> Operation<'a> {
    let bodies = hook.examples.iter().map(|example| (example, &example.body.value));
    let answers = hook.examples.iter().filter_map(|example| Some((example, &example.answer.as_ref()?.value)));
    let status = contract.sender.as_ref().map_or(ACCEPT, |sender| sender.answer.accept_status.value);
    Operation {
        hook,
        description: text::hook(contract, hook),
        deprecated: hook.lifetime.deprecated.is_some(),
        extensions: hook_extensions(contract, vendor, hook),
        request: Body { schema: request, examples: examples(bodies) },
        accept: Accept {
            status,
            description: text::accept(contract, hook),
            body: Body { schema: answer, examples: examples(answers) },
        },
        refusals: refusals(contract, vendor, hook, status),
        error: error_key(hook.kind),
    }
}

fn examples<'a>(bodies: impl Iterator<Item = (&'a Example, &'a Value)>) -> Vec<NamedExample<'a>> {
    let mut named: Vec<NamedExample<'a>> = Vec::new();
    for (example, value) in bodies {
        let slug = text::slug(&example.title.value);
        let taken = named.iter().filter(|other| other.key == slug || other.summary == example.title.value).count();
        let key = if taken == 0 { slug } else { format!("{slug}-{}", taken + 1) };
        named.push(NamedExample { key, summary: &example.title.value, description: text::example(example), value });
    }
    named
}

fn refusals(contract: &Contract, vendor: &Vendor, hook: &Hook, accept: u16) -> Vec<Refusal> {
    let sender = contract.sender.as_ref();
    let deny = sender.map_or(DENY, |sender| sender.answer.deny_status.value);
    let mut refusals = vec![Refusal {
        status: deny,
        description: text::deny(contract, hook),
        extensions: vendor.extensions([("deny", Some(deny_value(hook))), ("on-error", on_error(contract, hook.kind))]),
    }];
    if let Some(signature) = sender.and_then(|sender| sender.signature.as_ref())
        && ![accept, deny].contains(&signature.reject_status.value)
    {
        refusals.push(Refusal {
            status: signature.reject_status.value,
            description: "The signature is wrong or missing.".to_owned(),
            extensions: Extensions::new(),
        });
    }
    refusals
}

fn errors(contract: &Contract, vendor: &Vendor) -> Vec<ErrorResponse> {
    let used = HookType::ALL.iter().filter(|kind| contract.hooks.iter().any(|hook| hook.kind == **kind));
    used.map(|kind| ErrorResponse {
        key: error_key(*kind),
        description: text::error(contract, *kind),
        extensions: vendor.extensions([("on-error", on_error(contract, *kind))]),
    })
    .collect()
}

fn error_key(kind: HookType) -> String {
    format!("{kind:?}Error")
}

/// What an error does, by on-error word.
fn on_error(contract: &Contract, kind: HookType) -> Option<Value> {
    let rows: Map<String, Value> = contract
        .on_error
        .iter()
        .map(|(word, row)| {
            let cell = text::cell(row, kind);
            let mut effect = Map::new();
            effect.insert("logged".to_owned(), json!(cell.logged.as_ref().is_none_or(|logged| logged.value)));
            effect.insert("execution".to_owned(), json!(cell.execution.value.word()));
            effect.insert("client".to_owned(), json!(cell.client.value.word()));
            if let Some(status) = &cell.caller_status {
                effect.insert("callerStatus".to_owned(), json!(status.value));
            }
            (word.value.clone(), Value::Object(effect))
        })
        .collect();
    (!rows.is_empty()).then_some(Value::Object(rows))
}

fn deny_value(hook: &Hook) -> Value {
    let mut deny = Map::new();
    deny.insert("effect".to_owned(), json!(hook.deny.effect.value.word()));
    if let Some(confidence) = &hook.deny.confidence {
        deny.insert("confidence".to_owned(), json!(confidence.value.word()));
    }
    Value::Object(deny)
}

fn hook_extensions(contract: &Contract, vendor: &Vendor, hook: &Hook) -> Extensions {
    let aliases: Vec<&str> = hook.aliases.iter().map(|(alias, _)| alias.value.as_str()).collect();
    let overwritable: Vec<&str> = hook.answer_members().map(|member| member.name.value.as_str()).collect();
    let events: Vec<&str> = hook.leads_to.iter().map(|id| contract.hook(*id).name.value.as_str()).collect();
    let requires: Vec<&str> = hook.requires.iter().map(|setting| setting.value.as_str()).collect();
    let error_event = hook.error_event.as_ref().map(|(id, _)| json!(contract.hook(*id).name.value));
    let mut extensions = vendor.extensions([
        ("type", Some(json!(hook.kind.word()))),
        ("dispatch", Some(json!({ "path": format!("/{}", hook.name.value), "aliases": aliases }))),
        ("deny", Some(deny_value(hook))),
        ("overwritable", Some(json!(overwritable))),
        ("leads-to", (!events.is_empty()).then(|| json!(events))),
        ("error-event", error_event),
        ("requires", (!requires.is_empty()).then(|| json!(requires))),
        ("evidence", Some(json!(hook.evidence.word()))),
        ("confidence", Some(json!(hook.confidence.word()))),
    ]);
    extensions.extend(lifetime(vendor, &hook.lifetime));
    extensions
}

fn lifetime(vendor: &Vendor, lifetime: &Lifetime) -> Extensions {
    let replacement = lifetime.deprecated.as_ref().and_then(|deprecated| deprecated.replacement.as_ref());
    vendor.extensions([
        ("since", lifetime.since.as_ref().map(|version| json!(version.to_string()))),
        ("until", lifetime.until.as_ref().map(|version| json!(version.to_string()))),
        ("replacement", replacement.map(|name| json!(name.value))),
    ])
}

/// The prefix of the contract's own extensions.
pub(super) struct Vendor {
    prefix: String,
}

impl Vendor {
    fn of(contract: &Contract) -> Self {
        Self { prefix: format!("x-{}-", text::slug(&contract.name.value)) }
    }

    /// The full name of an extension.
    pub(super) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn extensions<const N: usize>(&self, pairs: [(&str, Option<Value>); N]) -> Extensions {
        pairs.into_iter().filter_map(|(name, value)| Some((self.key(name), value?))).collect()
    }

    /// What holds for a member wherever it stands.
    pub(super) fn member(&self, contract: &Contract, parameter: &Parameter) -> Extensions {
        let condition = |condition: &crate::model::Condition| {
            let values: Vec<&Value> = condition.is.iter().map(|value| &value.value).collect();
            json!({ "member": condition.member.value, "is": values })
        };
        let aliases: Map<String, Value> =
            parameter.aliases.iter().map(|(alias, doc)| (alias.value.clone(), json!(doc.value))).collect();
        let mut extensions = self.extensions([
            ("presence", parameter.is_received().then(|| json!(parameter.presence.word()))),
            ("in", (parameter.direction != Direction::Request).then(|| json!(parameter.direction.word()))),
            ("overwritable", parameter.overwritable.as_ref().map(|_| json!(true))),
            ("sensitive", (parameter.sensitive == crate::model::Sensitivity::Sensitive).then(|| json!(true))),
            ("client", (parameter.client == crate::model::ClientSees::Never).then(|| json!(parameter.client.word()))),
            ("aliases", (!aliases.is_empty()).then_some(Value::Object(aliases))),
            ("used-if", parameter.used_if.as_ref().map(condition)),
            ("sent-if", parameter.sent_if.as_ref().map(condition)),
            ("evidence", parameter.evidence.map(|evidence| json!(evidence.word()))),
        ]);
        extensions.extend(lifetime(self, &parameter.lifetime));
        extensions.extend(self.of_type(contract, &parameter.ty));
        extensions
    }

    /// What a type says beyond its JSON type.
    pub(super) fn of_type(&self, contract: &Contract, ty: &Type) -> Extensions {
        match ty {
            Type::List(item) => {
                self.extensions([("list", Some(json!(word(contract, item))))])
            }
            Type::Named(id) => self.of_open_enum(contract, *id),
            Type::Scalar(_) | Type::Array(_) | Type::Map(_) => Extensions::new(),
        }
    }

    fn of_open_enum(&self, contract: &Contract, id: TypeId) -> Extensions {
        let def = contract.type_def(id);
        match &def.kind {
            TypeKind::Enum { openness: Openness::Open, values } => {
                let mut extensions = self.extensions([("enum", Some(json!(def.name.value)))]);
                extensions.insert("x-extensible-enum".to_owned(), values.iter().map(|v| json!(v.wire.value)).collect());
                extensions.extend(self.of_values(values));
                extensions
            }
            TypeKind::Enum { openness: Openness::Closed, .. } | TypeKind::Record(_) => Extensions::new(),
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
}

/// A type as the schema language writes it.
fn word(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => Scalar::word(*scalar).to_owned(),
        Type::Array(item) => format!("array<{}>", word(contract, item)),
        Type::Map(item) => format!("map<{}>", word(contract, item)),
        Type::List(item) => format!("list<{}>", word(contract, item)),
        Type::Named(id) => contract.type_def(*id).name.value.clone(),
    }
}
