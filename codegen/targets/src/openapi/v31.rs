//! OpenAPI 3.1: our own types, because no crate writes `webhooks` without loss. A Schema Object is JSON Schema 2020-12,
//! and so a `schemars::Schema`.

use indexmap::IndexMap;
use schemars::Schema as JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::extensions::Extensions;
use super::plan::{Body, HOST, LICENSE, Operation, Plan, SchemeKind};
use super::schemas::{Member, Need, Schema, SchemaKind, type_key};
use super::value;
use wcs_codegen::limits;
use wcs_contract::model::{Constraints, Openness, Scalar, Type, TypeId, TypeKind};

#[derive(Serialize)]
struct Document<'a> {
    openapi: &'static str,
    info: Info<'a>,
    servers: Vec<Server<'a>>,
    tags: Vec<Tag<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    security: Vec<IndexMap<&'a str, [&'a str; 0]>>,
    webhooks: IndexMap<&'a str, PathItem<'a>>,
    components: Components<'a>,
}

#[derive(Serialize)]
struct Info<'a> {
    title: &'a str,
    description: &'a str,
    contact: Contact<'a>,
    license: License,
    version: &'a str,
}

#[derive(Serialize)]
struct Contact<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct License {
    name: &'static str,
    identifier: &'static str,
}

#[derive(Serialize)]
struct Server<'a> {
    url: &'a str,
    description: &'a str,
    variables: IndexMap<&'a str, ServerVariable>,
}

#[derive(Serialize)]
struct ServerVariable {
    default: &'static str,
    description: &'static str,
}

#[derive(Serialize)]
struct Tag<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(flatten)]
    extensions: &'a Extensions,
}

#[derive(Serialize)]
struct PathItem<'a> {
    post: OperationObject<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OperationObject<'a> {
    tags: [&'a str; 1],
    summary: &'a str,
    description: &'a str,
    operation_id: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deprecated: bool,
    #[serde(flatten)]
    extensions: &'a Extensions,
    request_body: RequestBody<'a>,
    responses: IndexMap<String, Response<'a>>,
}

#[derive(Serialize)]
struct RequestBody<'a> {
    required: bool,
    content: IndexMap<&'a str, MediaType<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Response<'a> {
    Reference(Reference),
    Item(ResponseObject<'a>),
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "$ref")]
    pointer: String,
}

#[derive(Serialize)]
struct ResponseObject<'a> {
    description: &'a str,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    content: IndexMap<&'a str, MediaType<'a>>,
    #[serde(flatten)]
    extensions: Option<&'a Extensions>,
}

#[derive(Serialize)]
struct MediaType<'a> {
    schema: Reference,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    examples: IndexMap<&'a str, Example<'a>>,
}

#[derive(Serialize)]
struct Example<'a> {
    summary: &'a str,
    description: &'a str,
    value: &'a Value,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Components<'a> {
    schemas: IndexMap<&'a str, JsonSchema>,
    responses: IndexMap<&'a str, ResponseObject<'a>>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    security_schemes: IndexMap<&'a str, SecurityScheme<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum SecurityScheme<'a> {
    #[serde(rename = "apiKey")]
    ApiKey {
        #[serde(rename = "in")]
        location: &'static str,
        name: &'a str,
        description: &'a str,
    },
    #[serde(rename = "http")]
    Http { scheme: &'static str, description: &'a str },
}

/// Spells the plan in 3.1.
pub(super) fn document(plan: &Plan) -> Value {
    let requirements = plan.security.iter().map(|scheme| IndexMap::from([(scheme.key, [])]));
    // The first, empty one says that all others are optional.
    let security = std::iter::once(IndexMap::new()).chain(requirements).collect();
    value(&Document {
        openapi: "3.1.0",
        info: Info {
            title: &plan.contract.title.value,
            description: &plan.description,
            contact: Contact { name: &plan.contact },
            license: License { name: LICENSE, identifier: LICENSE },
            version: &plan.contract.version.value,
        },
        servers: plan.servers.iter().map(server).collect(),
        tags: plan
            .tags
            .iter()
            .map(|tag| Tag { name: &tag.name, description: &tag.description, extensions: &tag.extensions })
            .collect(),
        security: if plan.security.is_empty() { Vec::new() } else { security },
        webhooks: plan.operations.iter().map(|operation| webhook(plan, operation)).collect(),
        components: components(plan),
    })
}

fn server(server: &super::plan::Server) -> Server<'_> {
    let host = ServerVariable { default: HOST, description: "Where the backend listens." };
    Server { url: &server.url, description: &server.description, variables: IndexMap::from([("host", host)]) }
}

fn webhook<'a>(plan: &'a Plan, operation: &'a Operation) -> (&'a str, PathItem<'a>) {
    let accept = ResponseObject {
        description: &operation.accept.description,
        content: content(plan, &operation.accept.body),
        extensions: None,
    };
    let mut responses = IndexMap::from([(operation.accept.status.to_string(), Response::Item(accept))]);
    responses.extend(operation.refusals.iter().map(|refusal| {
        let response = ResponseObject {
            description: &refusal.description,
            content: IndexMap::new(),
            extensions: Some(&refusal.extensions),
        };
        (refusal.status.to_string(), Response::Item(response))
    }));
    let error = Reference { pointer: format!("#/components/responses/{}", operation.error) };
    responses.insert("default".to_owned(), Response::Reference(error));
    let post = OperationObject {
        tags: [&operation.hook.group.value],
        summary: &operation.hook.summary.value,
        description: &operation.description,
        operation_id: &operation.hook.name.value,
        deprecated: operation.deprecated,
        extensions: &operation.extensions,
        request_body: RequestBody { required: true, content: content(plan, &operation.request) },
        responses,
    };
    (&operation.hook.name.value, PathItem { post })
}

fn content<'a>(plan: &'a Plan, body: &'a Body) -> IndexMap<&'a str, MediaType<'a>> {
    let examples = body.examples.iter().map(|example| {
        let item = Example { summary: example.summary, description: &example.description, value: example.value };
        (example.key.as_str(), item)
    });
    let schema = Reference { pointer: format!("#/components/schemas/{}", body.schema) };
    IndexMap::from([(plan.content_type, MediaType { schema, examples: examples.collect() })])
}

fn components<'a>(plan: &'a Plan) -> Components<'a> {
    let schemes = plan.security.iter().map(|scheme| {
        let description = &scheme.description;
        let item = match &scheme.kind {
            SchemeKind::Header(name) => SecurityScheme::ApiKey { location: "header", name, description },
            SchemeKind::Basic => SecurityScheme::Http { scheme: "basic", description },
        };
        (scheme.key, item)
    });
    let errors = plan.errors.iter().map(|error| {
        let response = ResponseObject {
            description: &error.description,
            content: IndexMap::new(),
            extensions: Some(&error.extensions),
        };
        (error.key.as_str(), response)
    });
    Components {
        schemas: plan.schemas.iter().map(|schema| (schema.key.as_str(), component(plan, schema))).collect(),
        responses: errors.collect(),
        security_schemes: schemes.collect(),
    }
}

fn component(plan: &Plan, schema: &Schema) -> JsonSchema {
    let mut object = Map::new();
    object.insert("title".to_owned(), json!(schema.title));
    object.insert("description".to_owned(), json!(schema.description));
    match &schema.kind {
        SchemaKind::Object(members) => {
            object.insert("type".to_owned(), json!("object"));
            let properties = members.iter().map(|member| (member.name.to_owned(), property(plan, member)));
            object.insert("properties".to_owned(), Value::Object(properties.collect()));
            let required = members.iter().filter(|member| member.need == Need::Required);
            let required: Vec<&str> = required.map(|member| member.name).collect();
            if !required.is_empty() {
                object.insert("required".to_owned(), json!(required));
            }
            object.insert("additionalProperties".to_owned(), json!(true));
        }
        SchemaKind::Closed(values) => {
            object.insert("type".to_owned(), json!("string"));
            object.insert("enum".to_owned(), json!(values));
        }
    }
    object.extend(schema.extensions.clone());
    object.into()
}

fn property(plan: &Plan, member: &Member) -> Value {
    let mut object = Map::new();
    object.insert("description".to_owned(), json!(member.description));
    object.extend(shape(plan, &member.ty, member.limits, member.need));
    object.extend(member.example.map(|example| ("examples".to_owned(), json!([example]))));
    object.extend(member.deprecated.then(|| ("deprecated".to_owned(), json!(true))));
    object.extend(member.extensions.clone());
    Value::Object(object)
}

/// A type, with null where a member may be left out.
fn shape(plan: &Plan, ty: &Type, limits: Option<&Constraints>, need: Need) -> Map<String, Value> {
    let mut object = Map::new();
    let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
    let name = |ty: &str| match need {
        Need::Required | Need::Answered => json!(ty),
        Need::Optional => json!([ty, "null"]),
    };
    match ty {
        Type::Scalar(Scalar::StringOrNumber) => {
            let branches = [json!({ "type": "string" }), json!({ "type": "number", "format": "double" })];
            set("anyOf", branches.into_iter().chain(null(need)).collect());
        }
        Type::Scalar(Scalar::String) | Type::List(_) => drop(set("type", name("string"))),
        Type::Scalar(Scalar::Bool) => drop(set("type", name("boolean"))),
        Type::Scalar(scalar @ (Scalar::Int32 | Scalar::Int64)) => {
            set("type", name("integer"));
            set("format", json!(scalar.word()));
        }
        Type::Scalar(Scalar::Float) => {
            set("type", name("number"));
            set("format", json!("double"));
        }
        Type::Scalar(Scalar::Object) => {
            set("type", name("object"));
            set("additionalProperties", json!(true));
        }
        Type::Array(item) => {
            set("type", name("array"));
            set("items", inner(plan, item));
        }
        Type::Map(item) => {
            set("type", name("object"));
            set("additionalProperties", inner(plan, item));
        }
        Type::Named(id) => match &plan.contract.type_def(*id).kind {
            TypeKind::Enum { openness: Openness::Open, .. } => drop(set("type", name("string"))),
            TypeKind::Enum { openness: Openness::Closed, .. } | TypeKind::Record(_) => {
                let reference = json!({ "$ref": pointer(plan, *id) });
                match need {
                    Need::Required | Need::Answered => set("$ref", json!(pointer(plan, *id))),
                    Need::Optional => set("anyOf", std::iter::once(reference).chain(null(need)).collect()),
                };
            }
        },
    }
    object.extend(limits.into_iter().flat_map(|limits| limits::keywords(ty, limits)));
    object
}

fn null(need: Need) -> Option<Value> {
    match need {
        Need::Required | Need::Answered => None,
        Need::Optional => Some(json!({ "type": "null" })),
    }
}

/// The type of an item or of a map's value.
fn inner(plan: &Plan, ty: &Type) -> Value {
    let mut object = shape(plan, ty, None, Need::Required);
    object.extend(plan.vendor.of_type(plan.contract, ty));
    Value::Object(object)
}

fn pointer(plan: &Plan, id: TypeId) -> String {
    format!("#/components/schemas/{}", type_key(plan.contract, id))
}
