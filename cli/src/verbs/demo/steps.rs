//! The first three steps: check, generate, add a hook.

use std::fs;
use std::path::{Path, PathBuf};
use wcs_contract::Input;

use wcs_codegen::output::{self, Change, Mode};
use wcs_contract::model::Contract;

use super::NewHook;
use crate::contract;
use crate::stop::{Stop, unreadable};
use crate::targets::{self, TargetReport, table};
use crate::terminal::{BOLD, DIM, GOOD, Terminal, WARN};

pub(super) fn check(checkout: &Path, terminal: &mut Terminal) -> Result<Contract, Stop> {
    let compiled = wcs_contract::compile(&Input::at(checkout.join("schema")))?;
    let files = compiled.paths.len();
    let contract = contract::passed(compiled, terminal)?;
    terminal.line(&format!(
        "{} {}: {} hooks in {files} files, no error",
        contract.name.value,
        contract.version.value,
        contract.hooks.len()
    ));
    Ok(contract)
}

pub(super) fn generate(
    contract: &Contract,
    checkout: &Path,
    scratch: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let out = scratch.join("generated");
    let reports = targets::all(contract, &out, Mode::Write)?;
    terminal.out(&table(&reports));
    let committed = targets::all(contract, &checkout.join("generated"), Mode::Compare)?;
    let differing: Vec<String> = committed
        .iter()
        .flat_map(|report| report.changes().map(|file| format!("{}/{}", report.name, file.path)))
        .collect();
    if differing.is_empty() {
        terminal.line(&format!("{GOOD}equal{GOOD:#} to the committed folder `generated`, byte for byte"));
        Ok(())
    } else {
        terminal.line(&format!("{WARN}differs{WARN:#} from `generated`: {}", differing.join(", ")));
        terminal.line("run `cargo wcs generate` first");
        Err(Stop::Stale)
    }
}

pub(super) fn add_hook(hook: &NewHook, checkout: &Path, scratch: &Path, terminal: &mut Terminal) -> Result<(), Stop> {
    let schema = scratch.join("schema");
    copy(&checkout.join("schema"), &schema)?;
    output::write(&schema.join(&hook.file), &hook.text)?;
    list(&schema, hook)?;
    terminal.line(&format!("{DIM}schema/{}{DIM:#}", hook.file));
    for line in hook.text.lines().skip(1) {
        terminal.line(&format!("  {DIM}|{DIM:#} {line}"));
    }
    let contract = contract::passed(wcs_contract::compile(&Input::at(&schema))?, terminal)?;
    let out = scratch.join("generated");
    let reports = targets::all(&contract, &out, Mode::Write)?;
    terminal.line("and it stands in every target:");
    for report in &reports {
        show(report, &out, &hook.name, terminal);
    }
    Ok(())
}

/// One line of a target's files in which the new hook appears.
fn show(report: &TargetReport, out: &Path, hook: &str, terminal: &mut Terminal) {
    let changed = report.files.iter().filter(|file| matches!(file.change, Change::Created | Change::Updated));
    for file in changed {
        let text = fs::read_to_string(out.join(&report.name).join(&file.path)).unwrap_or_default();
        if let Some((number, line)) = text.lines().enumerate().find(|(_, line)| line.contains(hook)) {
            let line: String = line.trim().chars().take(76).collect();
            terminal.line(&format!("  {BOLD}{}/{}{BOLD:#}:{}  {DIM}{line}{DIM:#}", report.name, file.path, number + 1));
            return;
        }
    }
}

/// Adds the new file to the contract's list.
fn list(schema: &Path, hook: &NewHook) -> Result<(), Stop> {
    let root = schema.join("wcs.yaml");
    let text = read(&root)?;
    let Some(line) = text.lines().find(|line| line.trim().trim_start_matches("- ") == hook.listed_after) else {
        return Err(format!("{} does not list {}", root.display(), hook.listed_after).into());
    };
    let added = format!("{line}\n{}", line.replace(&hook.listed_after, &hook.file));
    Ok(output::write(&root, &text.replacen(line, &added, 1))?)
}

fn copy(from: &Path, to: &Path) -> Result<(), Stop> {
    let entries = fs::read_dir(from).map_err(|error| format!("can't list {}: {error}", from.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let target: PathBuf = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            output::write(&target, &read(&path)?)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(unreadable(path))
}
