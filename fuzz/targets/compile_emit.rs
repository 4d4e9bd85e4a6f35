//! Any files of a contract: findings, or artifacts that their own parsers read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wcs_codegen::emit::{self, EMITTERS};
use wcs_codegen::{Compiled, compile_texts};

/// What stands between two files of one input.
const NEXT_FILE: &str = "\n%%\n";

fuzz_target!(|text: &str| {
    let names: Vec<String> = text.split(NEXT_FILE).enumerate().map(|(at, _)| format!("{at}.yaml")).collect();
    let compiled = compile_texts(names.iter().map(String::as_str).zip(text.split(NEXT_FILE)));
    let Compiled { contract: Some(contract), .. } = &compiled else {
        assert!(compiled.has_errors(), "nothing was made and nothing was said");
        return;
    };
    for emitter in EMITTERS {
        for artifact in emitter.emit(contract) {
            let readable = match artifact.path.rsplit('.').next() {
                Some("json") => serde_json::from_str::<serde_json::Value>(&artifact.text).map_err(|e| e.to_string()).err(),
                Some("yaml") => serde_yaml::from_str::<serde_yaml::Value>(&artifact.text).map_err(|e| e.to_string()).err(),
                Some("rs") => syn::parse_file(&artifact.text).map_err(|e| e.to_string()).err(),
                _ => None,
            };
            if let Some(reason) = readable {
                panic!("{} of {} can't be read: {reason}", artifact.path, emitter.name());
            }
        }
    }
    if let Err(reason) = syn::parse_file(&emit::rust_module(contract)) {
        panic!("the Rust module can't be read: {reason}");
    }
});
