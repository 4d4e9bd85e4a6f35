//! `wcs docs --inject`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use wcs_codegen::output;
use wcs_contract::model::Contract;
use wcs_targets::inject::{Injected, inject};

use super::DocsOptions;
use crate::contract;
use crate::flags::DataFormat;
use crate::stop::Stop;
use crate::terminal::{GOOD, Terminal, WARN};

pub(super) fn run(options: &DocsOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract = contract::valid(options.schema.path(), terminal)?;
    let (mut done, mut mistakes) = (Vec::new(), Vec::new());
    for path in &options.inject {
        match one(&contract, path) {
            Ok(injected) => done.push((path, injected)),
            Err(mut told) => mistakes.append(&mut told),
        }
    }
    // No file is written if another one can't be.
    if !mistakes.is_empty() {
        return Err(mistakes.join("\nerror: ").into());
    }
    let stale = done.iter().any(|(_, injected)| !injected.stale.is_empty());
    for (path, injected) in done.iter().filter(|(_, injected)| !options.check && !injected.stale.is_empty()) {
        // A link stays one: what it leads to is written.
        let path = path.canonicalize().map_err(|error| format!("can't find {}: {error}", path.display()))?;
        output::write(&path, &injected.text)?;
    }
    match options.format {
        DataFormat::Text => done.iter().for_each(|(path, injected)| say(path, injected, options.check, terminal)),
        DataFormat::Json => {
            let files: Vec<Value> = done.iter().map(|(path, injected)| as_json(path, injected)).collect();
            terminal.json(&json!({ "version": 1, "files": files }));
        }
    }
    if stale && options.check { Err(Stop::Stale) } else { Ok(()) }
}

fn as_json(path: &Path, injected: &Injected) -> Value {
    let stale: Vec<_> = injected.stale.iter().map(|(line, marker)| json!({ "line": line, "marker": marker })).collect();
    json!({ "path": path.display().to_string(), "markers": injected.markers, "stale": stale })
}

fn one(contract: &Contract, path: &Path) -> Result<Injected, Vec<String>> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| vec![format!("can't read {shown}: {error}")])?;
    let text = String::from_utf8(bytes).map_err(|_| vec![format!("{shown} is not UTF-8; save it as UTF-8")])?;
    inject(contract, &text).map_err(|mistakes| mistakes.iter().map(|mistake| format!("{shown}:{mistake}")).collect())
}

fn say(path: &Path, injected: &Injected, check: bool, terminal: &mut Terminal) {
    let shown = path.display();
    match (injected.markers, injected.stale.as_slice()) {
        (0, _) => terminal.line(&format!("{WARN}no markers{WARN:#}: {shown}")),
        (_, []) => terminal.line(&format!("{GOOD}up to date{GOOD:#}: {shown}")),
        (_, stale) if check => {
            for (line, marker) in stale {
                terminal.line(&format!("{WARN}stale{WARN:#}: {shown}:{line}: wcs:{marker}"));
            }
        }
        (markers, stale) => {
            terminal.line(&format!("{GOOD}wrote{GOOD:#} {shown}: {} of {markers} markers had changed", stale.len()));
        }
    }
}
