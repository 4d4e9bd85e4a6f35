//! Test vectors for receivers in any language: bodies, what is to be read from them, and what is to be answered.
//!
//! What is expected is worked out from the model alone, apart from the Rust runtime that is held against it.

mod bodies;
mod cases;
mod reading;
mod schema;

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Artifact, Emitter, header};
use wcs_contract::model::{Contract, Hook, Type};
pub use wcs_contract::sample::LATER_WORD;

/// The target.
#[derive(Debug)]
pub struct Vectors;

impl Emitter for Vectors {
    fn name(&self) -> &'static str {
        "vectors"
    }

    fn about(&self) -> &'static str {
        "test vectors for receivers in any language: bodies with what to read and what to answer"
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        let schema = format!("{:#}\n", schema::schema(contract, &header(contract)));
        vec![
            Artifact { path: "vectors.json".to_owned(), text: document(contract) },
            Artifact { path: "vectors.schema.json".to_owned(), text: schema },
        ]
    }
}

/// What a backend answers to a body that is no JSON object.
const MALFORMED: u16 = 400;

/// The vectors of a hook, as the document has them.
#[must_use]
pub fn of_hook(contract: &Contract, hook: &Hook) -> Vec<Value> {
    cases::of(contract, hook, contract.answers())
}

/// Whether a value can be read as a type.
#[must_use]
pub fn is_readable(contract: &Contract, ty: &Type, value: &Value) -> bool {
    reading::of(contract, ty, value).is_some()
}

/// The document, with a line for each vector so that differences can be read.
fn document(contract: &Contract) -> String {
    let statuses = contract.answers();
    let mut text = String::from("{\n");
    let mut member = |name: &str, value: Value| {
        let _ = writeln!(text, "  {}: {value},", json!(name));
    };
    member("$schema", json!(schema::FILE));
    member("comment", json!(header(contract)));
    let contract_facts =
        json!({ "name": contract.name.value, "version": contract.version.value, "hash": contract.hash });
    member("contract", contract_facts);
    member("statuses", json!({ "accept": statuses.accept, "deny": statuses.deny, "malformed": MALFORMED }));
    text.push_str("  \"hooks\": [\n");
    for (at, hook) in contract.hooks.iter().enumerate() {
        let aliases: Vec<&str> = hook.aliases.iter().map(|(alias, _)| alias.value.as_str()).collect();
        let _ = writeln!(text, "    {{\n      \"name\": {},", json!(hook.name.value));
        let _ = writeln!(text, "      \"aliases\": {},", json!(aliases));
        let _ = writeln!(text, "      \"type\": {},\n      \"vectors\": [", json!(hook.kind.word()));
        let vectors: Vec<String> = of_hook(contract, hook).iter().map(|vector| format!("        {vector}")).collect();
        let comma = if at + 1 == contract.hooks.len() { "" } else { "," };
        let _ = writeln!(text, "{}\n      ]\n    }}{comma}", vectors.join(",\n"));
    }
    text.push_str("  ]\n}\n");
    text
}
