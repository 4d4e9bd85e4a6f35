//! What both documents say, before either spells it.

use serde_json::{Value, json};

use super::extensions::Extensions;
use super::schemas::{Schema, schemas};
use super::text;
use super::vendor::{self, Vendor};
use wcs_contract::model::{Contract, Example, Group, Hook, HookType, Name};

/// The authority under which receivers are usually tried out. Hosts are the operator's, so the contract has none.
pub(super) const HOST: &str = "localhost:8081";

/// Licence of the generated documents.
pub(super) const LICENSE: &str = "MIT OR Apache-2.0";

/// A document.
pub(super) struct Plan<'a> {
    pub(super) contract: &'a Contract,
    pub(super) vendor: Vendor,
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
    let hooks = contract.hooks.iter().zip(keys);
    let operations = hooks.map(|(hook, keys)| operation(contract, &vendor, hook, keys)).collect();
    Plan {
        contract,
        description: text::document(contract, &vendor),
        contact: format!("Maintainers of the contract `{}`", contract.name.value),
        servers: servers(contract),
        tags: tags(contract),
        security: security(contract),
        operations,
        errors: errors(contract, &vendor),
        schemas,
        vendor,
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
    let tag = |(name, group): &(Name, Group)| Tag {
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
        extensions: vendor.hook(contract, hook),
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
        let slug = vendor::slug(&example.title.value);
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
        extensions: vendor.refusal(contract, hook),
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
        extensions: vendor.error(contract, *kind),
    })
    .collect()
}

fn error_key(kind: HookType) -> String {
    format!("{kind:?}Error")
}
