//! JSON Schema of the document.

use serde_json::{Map, Value, json};

use wcs_contract::model::{Contract, HookType};

/// The schema's file.
pub(super) const FILE: &str = "vectors.schema.json";

/// Strict: whoever reads the vectors can rely on it.
pub(super) fn schema(contract: &Contract, header: &str) -> Value {
    let version = &contract.version.value;
    let major = version.split('.').next().unwrap_or(version);
    let kinds: Vec<&str> = HookType::ALL.iter().map(|kind| kind.word()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:{}:{major}:vectors", contract.name.value),
        "$comment": header,
        "title": format!("{}: test vectors", contract.title.value),
        "description": "Bodies that a receiver of hooks may meet, each with what is to be read from it and what is to \
            be answered. POST the body to the path below the receiver's base path. JSON values are compared as values: \
            the order of members and the form of numbers are of no meaning, their exact value is.",
        "type": "object",
        "properties": {
            "$schema": { "type": "string", "description": "This schema's file." },
            "comment": { "type": "string", "description": "By whom and from what the vectors were made." },
            "contract": {
                "description": "Which contract the vectors are of.",
                "type": "object",
                "properties": {
                    "name": { "type": "string", "description": "Its short identifier." },
                    "version": { "type": "string", "description": "Its version." },
                    "hash": { "type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 of its files." }
                },
                "required": ["name", "version", "hash"],
                "additionalProperties": false
            },
            "statuses": {
                "description": "HTTP statuses of answers.",
                "type": "object",
                "properties": {
                    "accept": { "$ref": "#/$defs/status", "description": "Yes." },
                    "deny": { "$ref": "#/$defs/status", "description": "No." },
                    "malformed": { "$ref": "#/$defs/status", "description": "The body is no JSON object in UTF-8." }
                },
                "required": ["accept", "deny", "malformed"],
                "additionalProperties": false
            },
            "hooks": {
                "description": "All hooks, in the order of the contract.",
                "type": "array",
                "items": { "$ref": "#/$defs/hook" }
            }
        },
        "required": ["$schema", "comment", "contract", "statuses", "hooks"],
        "additionalProperties": false,
        "$defs": {
            "status": { "type": "integer", "minimum": 100, "maximum": 599 },
            "hook": {
                "description": "A hook with its vectors.",
                "type": "object",
                "properties": {
                    "name": { "type": "string", "description": "Its wire name." },
                    "aliases": {
                        "type": "array",
                        "items": { "type": "string" },
                        "description": "Other spellings of the path."
                    },
                    "type": { "type": "string", "enum": kinds, "description": "Its type." },
                    "vectors": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/vector" } }
                },
                "required": ["name", "aliases", "type", "vectors"],
                "additionalProperties": false
            },
            "vector": vector()
        }
    })
}

fn vector() -> Value {
    json!({
        "description": "A request, what the receiver decides about it, what it reads and what it answers.",
        "type": "object",
        "properties": {
            "id": { "type": "string", "description": "Names the vector. No other has the same." },
            "class": {
                "type": "string",
                "enum": ["valid", "later", "spelling", "wrong_type", "malformed", "deny", "overwrite"],
                "description": "valid: as the contract says. later: as a release that is newer than the contract may \
                    send it. spelling: the same said in another way. wrong_type: values of other types, accepted all \
                    the same. malformed: no JSON object in UTF-8. deny: the receiver says no. overwrite: it says yes \
                    with changes."
            },
            "path": { "type": "string", "description": "What follows the base path and a slash." },
            "body": { "type": "string", "description": "The body, to be sent as UTF-8." },
            "body_hex": {
                "type": "string",
                "pattern": "^([0-9a-f]{2})*$",
                "description": "The bytes of a body that is not UTF-8, in hex."
            },
            "deny": { "type": "string", "description": "That the receiver is to say no, and its reason." },
            "overwrite": {
                "type": "object",
                "minProperties": 1,
                "description": "That the receiver is to say yes and replace these members or bring them. Without \
                    `deny` and `overwrite` it says yes and changes nothing."
            },
            "reading": {
                "type": "object",
                "description": "What is to be read: each known member that stands in the body, by its proper name. \
                    null means that there is nothing or nothing of the right type. Values of enums are in their proper \
                    spelling, known or not. Inside a record it is the same, and what the record does not know is left \
                    out. A member that does not stand here reads as if absent."
            },
            "unknown": {
                "type": "array",
                "items": { "type": "string" },
                "description": "Members of the body that the contract does not know."
            },
            "answer": {
                "type": "object",
                "properties": {
                    "status": { "$ref": "#/$defs/status", "description": "The answer's status." },
                    "echo": { "const": true, "description": "The answer's body equals the request's." },
                    "body": { "type": "object", "description": "What the answer's body equals." },
                    "changed": {
                        "type": "array",
                        "items": { "type": "string" },
                        "description": "Its members that differ from the request's."
                    },
                    "may_add": {
                        "type": "array",
                        "items": { "type": "string" },
                        "description": "Members that only an answer has. It may have them besides."
                    }
                },
                "required": ["status"],
                "dependentRequired": { "body": ["changed"], "changed": ["body"] },
                "additionalProperties": false,
                "description": "What is to be answered. Without `echo` and `body` any JSON object will do."
            }
        },
        "required": ["id", "class", "path", "answer"],
        "oneOf": [with(&["body"]), with(&["body_hex"])],
        "if": { "properties": { "class": { "const": "malformed" } } },
        "then": { "not": { "anyOf": [with(&["reading"]), with(&["unknown"])] } },
        "else": with(&["reading", "unknown", "body"]),
        "dependentSchemas": {
            "deny": { "properties": { "class": { "const": "deny" } } },
            "overwrite": { "properties": { "class": { "const": "overwrite" } } }
        },
        "additionalProperties": false
    })
}

/// Requires members. Strict validators want them to be declared where they are required.
fn with(members: &[&str]) -> Value {
    let declared: Map<String, Value> = members.iter().map(|member| ((*member).to_owned(), json!(true))).collect();
    json!({ "properties": declared, "required": members })
}
