//! TypeScript: one module without a dependency, with an interface a hook and the contract's facts as constants.
//!
//! Requests are lenient, as in the JSON Schemas: each has an index signature, so that members which the contract does not
//! know are kept, and unions of open enums take any other text. Answers hold what an answer can change, and nothing else.

mod catalogue;
mod comment;
mod hooks;
mod scope;
mod types;

use self::scope::Scope;
use wcs_codegen::{Artifact, Emitter, Reader, header};
use wcs_contract::model::{Contract, DenyEffect, HookType};

/// The target.
#[derive(Debug)]
pub(super) struct TypeScript;

impl Emitter for TypeScript {
    fn name(&self) -> &'static str {
        "typescript"
    }

    fn about(&self) -> &'static str {
        "one TypeScript module: interfaces of requests and answers, open unions, facts as constants"
    }

    fn reader(&self) -> Reader {
        Reader::Program
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        let scope = Scope::of(contract);
        let mut text = format!("// {}\n\n", header(contract));
        comment::write(
            &mut text,
            0,
            &[
                format!("{}.", contract.title.value.trim_end_matches('.')),
                contract.doc.value.clone(),
                READING.to_owned(),
                "@packageDocumentation".to_owned(),
            ],
        );
        text.push('\n');
        words(&mut text, "HookType", "Types of hooks.", HookType::ALL.iter().map(|kind| (kind.word(), kind.doc())));
        let effects = DenyEffect::ALL.iter().map(|effect| (effect.word(), effect.doc()));
        words(&mut text, "DenyEffect", "What answering a hook with a denial does.", effects);
        text.push_str(JSON_OBJECT);
        types::write(&mut text, &scope);
        hooks::write(&mut text, &scope);
        catalogue::write(&mut text, &scope);
        vec![Artifact { path: "hooks.ts".to_owned(), text }]
    }
}

const READING: &str = "A member that every known release sends is required, and null never stands in it; any other may \
be absent or null, which mean the same. Each request may bring members that are not declared: they are of type `unknown`, \
and an answer may return them. A union that ends with `(string & {})` lists the known values of an enum that may grow, \
so every `switch` over one needs a `default`. `JSON.parse` rounds whole numbers beyond 2^53: to return a body as it came, \
send the text that came.";

const JSON_OBJECT: &str = "/** An object whose inside the contract does not describe. */\n\
export type JsonObject = { [member: string]: unknown };\n\n";

/// A closed union of words.
fn words(text: &mut String, name: &str, doc: &str, words: impl Iterator<Item = (&'static str, &'static str)>) {
    let (mut union, mut lines) = (String::new(), Vec::new());
    for (word, meaning) in words {
        union.push_str(&format!("\n  | {}", literal(word)));
        lines.push(format!("- `{word}`: {meaning}"));
    }
    comment::write(text, 0, &[doc.to_owned(), lines.join("\n")]);
    text.push_str(&format!("export type {name} ={union};\n\n"));
}

/// A text as a literal.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Texts as an array literal.
fn literals<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(literal).collect();
    format!("[{}]", texts.join(", "))
}
