//! OpenAPI 3.0.3, by the types of the `openapiv3` crate.

use openapiv3::{
    APIKeyLocation, AdditionalProperties, ArrayType, Components, Contact, IntegerFormat, IntegerType, License,
    MediaType, NumberFormat, NumberType, ObjectType, OpenAPI, PathItem, Paths, ReferenceOr, RequestBody, Responses,
    SchemaData, SchemaKind as Kind, SecurityScheme, ServerVariable, StatusCode, StringType, Type as Type30,
    VariantOrUnknownOrEmpty,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::extensions::Extensions;
use super::plan::{Body, HOST, LICENSE, NamedExample, Operation, Plan, Scheme, SchemeKind, Server};
use super::schemas::{Member, Need, Schema, SchemaKind, is_referred_to, stands_for_optional, type_key};
use super::value;
use wcs_codegen::limits;
use wcs_contract::model::{Constraints, Dispatch, EnumValue, Openness, Scalar, Type, TypeDef, TypeId, TypeKind};
use wcs_contract::pointer;

/// Spells the plan in 3.0.
pub(super) fn document(plan: &Plan) -> Value {
    value(&OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: openapiv3::Info {
            title: plan.contract.title.value.clone(),
            description: Some(plan.description.clone()),
            contact: Some(Contact { name: Some(plan.contact.clone()), ..Contact::default() }),
            license: Some(License {
                name: LICENSE.to_owned(),
                // 3.0 has no member for an SPDX expression.
                url: Some("https://spdx.org/licenses/".to_owned()),
                ..License::default()
            }),
            version: plan.contract.version.value.clone(),
            ..openapiv3::Info::default()
        },
        servers: plan.servers.iter().map(server).collect(),
        paths: Paths {
            paths: plan.operations.iter().map(|operation| path(plan, operation)).collect(),
            ..Paths::default()
        },
        components: Some(components(plan)),
        security: security(plan),
        tags: plan
            .tags
            .iter()
            .map(|tag| openapiv3::Tag {
                name: tag.name.clone(),
                description: Some(tag.description.clone()),
                extensions: all(&tag.extensions),
                ..openapiv3::Tag::default()
            })
            .collect(),
        extensions: [("x-webhooks".to_owned(), webhooks(plan))].into_iter().collect(),
        ..OpenAPI::default()
    })
}

/// The same hooks under the name that documentation tools give to webhooks in 3.0.
fn webhooks(plan: &Plan) -> Value {
    let hooks = plan.operations.iter().map(|operation| {
        let name = &operation.hook.name.value;
        let path = pointer::member("#/paths", &format!("/{name}"));
        (name.clone(), json!({ "$ref": path }))
    });
    Value::Object(hooks.collect())
}

fn server(server: &Server) -> openapiv3::Server {
    let host = ServerVariable {
        default: HOST.to_owned(),
        // Left out, it would be written as null, which validators refuse.
        description: Some("Where the backend listens.".to_owned()),
        ..ServerVariable::default()
    };
    openapiv3::Server {
        url: server.url.clone(),
        description: Some(server.description.clone()),
        variables: Some([("host".to_owned(), host)].into_iter().collect()),
        ..openapiv3::Server::default()
    }
}

fn security(plan: &Plan) -> Option<Vec<openapiv3::SecurityRequirement>> {
    let schemes = plan.security.iter().map(|scheme| [(scheme.key.to_owned(), Vec::new())].into_iter().collect());
    // The first, empty one says that all others are optional.
    let requirements = std::iter::once(openapiv3::SecurityRequirement::new()).chain(schemes);
    (!plan.security.is_empty()).then(|| requirements.collect())
}

fn scheme(scheme: &Scheme) -> ReferenceOr<SecurityScheme> {
    let description = Some(scheme.description.clone());
    ReferenceOr::Item(match &scheme.kind {
        SchemeKind::Header(name) => SecurityScheme::APIKey {
            location: APIKeyLocation::Header,
            name: name.clone(),
            description,
            extensions: Default::default(),
        },
        SchemeKind::Basic => SecurityScheme::HTTP {
            scheme: "basic".to_owned(),
            bearer_format: None,
            description,
            extensions: Default::default(),
        },
    })
}

fn path(plan: &Plan, operation: &Operation) -> (String, ReferenceOr<PathItem>) {
    let post = openapiv3::Operation {
        tags: vec![operation.hook.group.value.clone()],
        summary: Some(operation.hook.summary.value.clone()),
        description: Some(operation.description.clone()),
        operation_id: Some(operation.hook.name.value.clone()),
        request_body: Some(ReferenceOr::Item(RequestBody {
            content: content(plan, &operation.request),
            required: true,
            ..RequestBody::default()
        })),
        responses: responses(plan, operation),
        deprecated: operation.deprecated,
        extensions: all(&operation.extensions),
        ..openapiv3::Operation::default()
    };
    let item = PathItem { post: Some(post), ..PathItem::default() };
    (Dispatch::Path.address("", &operation.hook.name.value), ReferenceOr::Item(item))
}

fn responses(plan: &Plan, operation: &Operation) -> Responses {
    let accept = openapiv3::Response {
        description: operation.accept.description.clone(),
        content: content(plan, &operation.accept.body),
        ..openapiv3::Response::default()
    };
    let refusals = operation.refusals.iter().map(|refusal| {
        let response = openapiv3::Response {
            description: refusal.description.clone(),
            extensions: all(&refusal.extensions),
            ..openapiv3::Response::default()
        };
        (StatusCode::Code(refusal.status), ReferenceOr::Item(response))
    });
    Responses {
        default: Some(ReferenceOr::ref_(&format!("#/components/responses/{}", operation.error))),
        responses: std::iter::once((StatusCode::Code(operation.accept.status), ReferenceOr::Item(accept)))
            .chain(refusals)
            .collect(),
        ..Responses::default()
    }
}

/// The content of a body. The map's type is that of the crate, which doesn't export it.
fn content<M: FromIterator<(String, MediaType)>>(plan: &Plan, body: &Body) -> M {
    let media = MediaType {
        schema: Some(ReferenceOr::ref_(&format!("#/components/schemas/{}", body.schema))),
        examples: body.examples.iter().map(example).collect(),
        ..MediaType::default()
    };
    [(plan.content_type.to_owned(), media)].into_iter().collect()
}

fn example(example: &NamedExample) -> (String, ReferenceOr<openapiv3::Example>) {
    let item = openapiv3::Example {
        summary: Some(example.summary.to_owned()),
        description: Some(example.description.clone()),
        value: Some(example.value.clone()),
        ..openapiv3::Example::default()
    };
    (example.key.clone(), ReferenceOr::Item(item))
}

fn components(plan: &Plan) -> Components {
    let errors = plan.errors.iter().map(|error| {
        let response = openapiv3::Response {
            description: error.description.clone(),
            extensions: all(&error.extensions),
            ..openapiv3::Response::default()
        };
        (error.key.clone(), ReferenceOr::Item(response))
    });
    Components {
        schemas: plan
            .schemas
            .iter()
            .filter(|schema| is_referred_to(&plan.schemas, schema))
            .map(|schema| (schema.key.clone(), ReferenceOr::Item(component(plan, schema))))
            .collect(),
        responses: errors.collect(),
        security_schemes: plan.security.iter().map(|item| (item.key.to_owned(), scheme(item))).collect(),
        ..Components::default()
    }
}

fn component(plan: &Plan, schema: &Schema) -> openapiv3::Schema {
    let kind = match &schema.kind {
        SchemaKind::Object(members) => {
            let required = members.iter().filter(|member| member.need == Need::Required);
            Type30::Object(ObjectType {
                properties: members
                    .iter()
                    .map(|member| (member.name.to_owned(), ReferenceOr::Item(Box::new(property(plan, member)))))
                    .collect(),
                required: required.map(|member| member.name.to_owned()).collect(),
                additional_properties: Some(AdditionalProperties::Any(true)),
                ..ObjectType::default()
            })
        }
        SchemaKind::Closed(values) => Type30::String(StringType {
            enumeration: values.iter().map(|value| Some((*value).to_owned())).collect(),
            ..StringType::default()
        }),
    };
    openapiv3::Schema {
        schema_data: SchemaData {
            // Beside a reference `nullable` says nothing to strict readers of 3.0.3.
            nullable: stands_for_optional(&plan.schemas, schema),
            title: Some(schema.title.clone()),
            description: Some(schema.description.clone()),
            extensions: all(&schema.extensions),
            ..SchemaData::default()
        },
        schema_kind: Kind::Type(kind),
    }
}

fn property(plan: &Plan, member: &Member) -> openapiv3::Schema {
    let kind = kind(plan, &member.ty, member.limits, member.need);
    let mut data = SchemaData {
        // Beside `allOf` and `anyOf` it would say nothing, and some validators refuse it there.
        nullable: member.need == Need::Optional && matches!(kind, Kind::Type(_)),
        deprecated: member.deprecated,
        example: member.example.cloned(),
        description: Some(member.description.clone()),
        extensions: all(&member.extensions),
        ..SchemaData::default()
    };
    if let Some((def, values)) = inlined(plan, member) {
        data.title = Some(def.name.value.clone());
        data.extensions.extend(plan.vendor.of_values(values));
    }
    openapiv3::Schema { schema_data: data, schema_kind: kind }
}

/// The closed enum that is spelt out in a member instead of being referred to, so that null can be one of its values.
fn inlined<'a>(plan: &'a Plan, member: &Member) -> Option<(&'a TypeDef, &'a [EnumValue])> {
    let (Type::Named(id), Need::Optional) = (&member.ty, member.need) else { return None };
    let def = plan.contract.type_def(*id);
    match &def.kind {
        TypeKind::Enum { openness: Openness::Closed, values } => Some((def, values)),
        TypeKind::Enum { openness: Openness::Open, .. } | TypeKind::Record(_) => None,
    }
}

/// A type. `need` matters where `nullable` beside it would have no effect, because it stands beside no `type`.
fn kind(plan: &Plan, ty: &Type, limits: Option<&Constraints>, need: Need) -> Kind {
    Kind::Type(match ty {
        Type::Scalar(Scalar::String) | Type::List(_) => Type30::String(text(ty, limits)),
        Type::Scalar(Scalar::Bool) => Type30::Boolean(Default::default()),
        Type::Scalar(Scalar::Int32) => Type30::Integer(integer(IntegerFormat::Int32, ty, limits)),
        Type::Scalar(Scalar::Int64) => Type30::Integer(integer(IntegerFormat::Int64, ty, limits)),
        Type::Scalar(Scalar::Float) => Type30::Number(number(ty, limits)),
        Type::Scalar(Scalar::Object) => Type30::Object(object(AdditionalProperties::Any(true), ty, limits)),
        Type::Scalar(Scalar::StringOrNumber) => return text_or_number(ty, limits, need),
        Type::Array(item) => Type30::Array(ArrayType { items: Some(boxed(inner(plan, item))), ..array(ty, limits) }),
        Type::Map(item) => {
            Type30::Object(object(AdditionalProperties::Schema(Box::new(inner(plan, item))), ty, limits))
        }
        Type::Named(id) => match (&plan.contract.type_def(*id).kind, need) {
            (TypeKind::Enum { openness: Openness::Open, .. }, _) => Type30::String(text(ty, limits)),
            (TypeKind::Enum { openness: Openness::Closed, values }, Need::Optional) => {
                Type30::String(StringType { enumeration: or_null(values), ..text(ty, limits) })
            }
            (TypeKind::Enum { openness: Openness::Closed, .. } | TypeKind::Record(_), _) => {
                return Kind::AllOf { all_of: vec![ReferenceOr::ref_(&pointer(plan, *id))] };
            }
        },
    })
}

/// The type of an item or of a map's value.
fn inner(plan: &Plan, ty: &Type) -> ReferenceOr<openapiv3::Schema> {
    match ty {
        Type::Named(id) => match &plan.contract.type_def(*id).kind {
            TypeKind::Record(_) | TypeKind::Enum { openness: Openness::Closed, .. } => {
                return ReferenceOr::ref_(&pointer(plan, *id));
            }
            TypeKind::Enum { openness: Openness::Open, .. } => {}
        },
        Type::Scalar(_) | Type::List(_) | Type::Array(_) | Type::Map(_) => {}
    }
    ReferenceOr::Item(openapiv3::Schema {
        schema_data: SchemaData { extensions: all(&plan.vendor.of_type(plan.contract, ty)), ..SchemaData::default() },
        schema_kind: kind(plan, ty, None, Need::Required),
    })
}

fn boxed(schema: ReferenceOr<openapiv3::Schema>) -> ReferenceOr<Box<openapiv3::Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

fn pointer(plan: &Plan, id: TypeId) -> String {
    format!("#/components/schemas/{}", type_key(plan.contract, id))
}

fn or_null(values: &[EnumValue]) -> Vec<Option<String>> {
    let spellings = values.iter().flat_map(|value| {
        let aliases = value.aliases.iter().map(|(alias, _)| alias.value.clone());
        std::iter::once(value.wire.value.clone()).chain(aliases)
    });
    spellings.map(Some).chain([None]).collect()
}

fn text_or_number(ty: &Type, limits: Option<&Constraints>, need: Need) -> Kind {
    let any_of = [Type30::String(text(ty, limits)), Type30::Number(number(ty, limits))].map(|ty| {
        ReferenceOr::Item(openapiv3::Schema {
            schema_data: SchemaData { nullable: need == Need::Optional, ..SchemaData::default() },
            schema_kind: Kind::Type(ty),
        })
    });
    Kind::AnyOf { any_of: any_of.into() }
}

fn text(ty: &Type, limits: Option<&Constraints>) -> StringType {
    keywords(ty, limits).unwrap_or_default()
}

fn integer(format: IntegerFormat, ty: &Type, limits: Option<&Constraints>) -> IntegerType {
    IntegerType { format: VariantOrUnknownOrEmpty::Item(format), ..keywords(ty, limits).unwrap_or_default() }
}

/// Limits beyond 2^53 are rounded, as the crate has no other type here.
fn number(ty: &Type, limits: Option<&Constraints>) -> NumberType {
    NumberType {
        format: VariantOrUnknownOrEmpty::Item(NumberFormat::Double),
        ..keywords(ty, limits).unwrap_or_default()
    }
}

fn object(additional: AdditionalProperties, ty: &Type, limits: Option<&Constraints>) -> ObjectType {
    ObjectType { additional_properties: Some(additional), ..keywords(ty, limits).unwrap_or_default() }
}

/// `ArrayType` has no default.
fn array(ty: &Type, limits: Option<&Constraints>) -> ArrayType {
    let empty = ArrayType { items: None, min_items: None, max_items: None, unique_items: false };
    keywords(ty, limits).unwrap_or(empty)
}

/// The keywords of the limits in a type of the crate, which ignores those that it does not have.
fn keywords<T: DeserializeOwned>(ty: &Type, limits: Option<&Constraints>) -> Option<T> {
    let keywords = limits.into_iter().flat_map(|limits| limits::keywords(ty, limits)).collect();
    serde_json::from_value(Value::Object(keywords)).ok()
}

fn all<M: FromIterator<(String, Value)>>(extensions: &Extensions) -> M {
    extensions.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}
