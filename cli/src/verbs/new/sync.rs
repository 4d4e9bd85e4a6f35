//! `wcs new --sync`.

use std::path::Path;

use serde_json::json;
use wcs_codegen::output;
use wcs_contract::model::{Contract, Hook};
use wcs_scaffold::{RECORD, Sync};

use super::{NewOptions, choose};
use crate::flags::DataFormat;
use crate::stop::{Stop, joined, unreadable};
use crate::terminal::{GOOD, Terminal, WARN};
use crate::words::counted;

pub(super) fn run(options: &NewOptions, contract: &Contract, terminal: &mut Terminal) -> Result<(), Stop> {
    let named = options.name.as_deref().unwrap_or(Path::new("."));
    let full = named.canonicalize().map_err(unreadable(named))?;
    let folder = wcs_scaffold::project_at(&full).ok_or_else(|| {
        format!("{} is in no backend that `wcs new` made: there is no {RECORD} in it or above", named.display())
    })?;
    let wanted = choose::named(options, contract)?;
    let only: Vec<&Hook> =
        contract.hooks.iter().filter(|hook| options.all || wanted.contains(&hook.name.value.as_str())).collect();
    let sync = wcs_scaffold::sync(contract, &folder, &only, options.templates.as_deref()).map_err(joined)?;
    if !options.check {
        for file in &sync.files {
            output::write(&folder.join(&file.path), &file.text)?;
        }
    }
    match options.format {
        DataFormat::Text => say(&sync, options, terminal),
        DataFormat::Json => {
            let files: Vec<_> =
                sync.files.iter().map(|file| json!({ "path": file.path, "added_lines": file.added })).collect();
            let report = json!({ "version": 1, "stubs": sync.stubs, "handled": sync.handled, "files": files });
            terminal.json(&report);
        }
    }
    if options.check && !sync.files.is_empty() { Err(Stop::Stale) } else { Ok(()) }
}

fn say(sync: &Sync, options: &NewOptions, terminal: &mut Terminal) {
    if sync.files.is_empty() {
        terminal.line(&format!("{GOOD}up to date{GOOD:#}: the contract has no hook that the backend does not know"));
        return;
    }
    let verb = if options.check { "would get" } else { "got" };
    for file in &sync.files {
        match file.added {
            Some(added) => terminal.line(&format!("{WARN}+{added:<5}{WARN:#} {}", file.path)),
            None => terminal.line(&format!("{WARN}anew  {WARN:#} {}, which is generated", file.path)),
        }
    }
    for hook in &sync.handled {
        terminal.line(&format!("{hook} has a handler already"));
    }
    if !sync.stubs.is_empty() {
        terminal.line(&format!("{} {verb} a stub: {}", counted(sync.stubs.len(), "hook"), sync.stubs.join(", ")));
    }
    if options.check {
        terminal.line("run `wcs new --sync`");
    }
}
