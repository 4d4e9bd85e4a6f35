//! Any files of a contract: findings, or artifacts that their own parsers read. Laid out, they say the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wcs_contract::diagnostic::Findings;
use wcs_contract::fmt::{Formatted, format};
use wcs_contract::model::Contract;
use wcs_contract::source::Sources;
use wcs_contract::{Compiled, Input};
use wcs_targets::EMITTERS;

/// What stands between two files of one input.
const NEXT_FILE: &str = "\n%%\n";

fuzz_target!(|text: &str| {
    let files: Vec<&str> = text.split(NEXT_FILE).collect();
    let compiled = compiled(&files);
    let Some(contract) = &compiled.contract else {
        assert!(compiled.has_errors(), "nothing was made and nothing was said");
        files.iter().for_each(|file| drop(laid_out(file)));
        return;
    };
    readable(contract);
    // What has no error can be laid out, and then the same is made of it.
    let laid_out: Vec<String> = files.iter().filter_map(|file| laid_out(file)).collect();
    assert_eq!(laid_out.len(), files.len());
    let again = compiled_texts(&laid_out);
    let Some(again) = &again.contract else { panic!("the layout brought an error: {:?}", again.findings) };
    assert_eq!(module(contract), module(again));
});

fn compiled(files: &[&str]) -> Compiled {
    let names: Vec<String> = (0..files.len()).map(|at| format!("{at}.yaml")).collect();
    let input = Input::texts(names.iter().map(String::as_str).zip(files.iter().copied()));
    wcs_contract::compile(&input).expect("texts can be read")
}

fn compiled_texts(files: &[String]) -> Compiled {
    compiled(&files.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The Rust of a contract, but for the hash of its text.
fn module(contract: &Contract) -> String {
    wcs_codegen::rust_module(contract).replace(&contract.hash, "")
}

fn readable(contract: &Contract) {
    for emitter in EMITTERS {
        for artifact in emitter.emit(contract) {
            let wrong = match artifact.path.rsplit('.').next() {
                Some("json") => serde_json::from_str::<serde_json::Value>(&artifact.text).err().map(|e| e.to_string()),
                Some("yaml") => serde_yaml::from_str::<serde_yaml::Value>(&artifact.text).err().map(|e| e.to_string()),
                Some("rs") => syn::parse_file(&artifact.text).err().map(|e| e.to_string()),
                _ => None,
            };
            if let Some(reason) = wrong {
                panic!("{} of {} can't be read: {reason}", artifact.path, emitter.name());
            }
        }
    }
    if let Err(reason) = syn::parse_file(&wcs_codegen::rust_module(contract)) {
        panic!("the Rust module can't be read: {reason}");
    }
}

/// A file laid out, if it can be read. Laid out again it stays as it is.
fn laid_out(text: &str) -> Option<String> {
    let once = layout(text)?;
    assert_eq!(layout(&once).as_ref(), Some(&once), "the layout is not stable");
    Some(once)
}

fn layout(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let file = sources.add("input.yaml", text);
    match format(file, text, &mut Findings::default()) {
        Formatted::Text(text) => Some(text),
        Formatted::Broken => None,
        Formatted::Refused(reason) => panic!("{reason}"),
    }
}
