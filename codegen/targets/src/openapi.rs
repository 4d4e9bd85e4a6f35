//! OpenAPI 3.0 for generators of servers, and OpenAPI 3.1 that calls hooks what they are: webhooks.
//!
//! One [`plan`] holds every name, text and extension; [`v30`] and [`v31`] only spell it, so the documents can't drift
//! apart. In 3.0 a hook is `POST /{hook}` of the backend, because that is what generators of servers understand.

mod extensions;
mod plan;
mod schemas;
mod text;
mod v30;
mod v31;
mod vendor;

use serde_json::Value;

use wcs_codegen::{Artifact, Emitter, header};
use wcs_contract::model::Contract;

/// The target.
#[derive(Debug)]
pub(super) struct OpenApi;

impl Emitter for OpenApi {
    fn name(&self) -> &'static str {
        "openapi"
    }

    fn about(&self) -> &'static str {
        "OpenAPI 3.0 (paths) and 3.1 (webhooks), each as YAML and JSON"
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        let plan = plan::plan(contract);
        let header = header(contract);
        [("openapi-3.0", v30::document(&plan)), ("openapi-3.1", v31::document(&plan))]
            .iter()
            .flat_map(|(stem, document)| [yaml(stem, &header, document), json(stem, document)])
            .collect()
    }
}

/// The names of each hook's request and answer among the schemas, in the order of the contract.
pub fn model_names(contract: &Contract) -> Vec<(String, String)> {
    schemas::schemas(contract, &vendor::Vendor::of(contract)).1
}

fn yaml(stem: &str, header: &str, document: &Value) -> Artifact {
    // The writer refuses only what JSON values can't contain: anchors, tags and foreign options.
    let text = serde_saphyr::to_string(document)
        .unwrap_or_else(|error| unreachable!("a JSON value is always YAML too, but: {error}"));
    Artifact { path: format!("{stem}.yaml"), text: format!("# {header}\n{text}") }
}

fn json(stem: &str, document: &Value) -> Artifact {
    Artifact { path: format!("{stem}.json"), text: format!("{document:#}\n") }
}

/// A document as a JSON value. Its structs hold only strings, numbers, lists and maps with string keys.
fn value(document: &impl serde::Serialize) -> Value {
    serde_json::to_value(document)
        .unwrap_or_else(|error| unreachable!("an OpenAPI document has string keys only, but: {error}"))
}
