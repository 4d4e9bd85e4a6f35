//! `wcs demo`: the main job, seen. Nothing of the checkout is changed.

mod backend;
mod steps;

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;

use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, GOOD, Terminal};

/// What the demo adds, posts and expects.
#[derive(Debug, Deserialize)]
struct Script {
    new_hook: NewHook,
    backend: String,
    posts: Vec<Post>,
}

#[derive(Debug, Deserialize)]
struct NewHook {
    name: String,
    file: String,
    listed_after: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Post {
    hook: String,
    why: String,
    set: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DemoOptions {
    /// Folder of the checkout
    #[arg(long, value_name = "DIR", default_value = ".")]
    checkout: PathBuf,
}

pub(crate) fn run(options: &DemoOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let started = Instant::now();
    let checkout = checkout(&options.checkout)?;
    let script: Script = serde_saphyr::from_str(include_str!("demo/script.yaml"))
        .map_err(|error| format!("the demo's own script can't be read: {error}"))?;
    let scratch = tempfile::tempdir().map_err(|error| format!("can't make a temporary folder: {error}"))?;

    heading(terminal, 1, "Check the schema");
    let contract = steps::check(checkout, terminal)?;
    heading(terminal, 2, "Generate everything from it");
    steps::generate(&contract, checkout, scratch.path(), terminal)?;
    heading(terminal, 3, &format!("Add one hook, {}, to a copy of the schema", script.new_hook.name));
    steps::add_hook(&script.new_hook, checkout, scratch.path(), terminal)?;
    heading(terminal, 4, &format!("Run the backend {} and send it hooks", script.backend));
    backend::run(&contract, &script, checkout, terminal)?;
    terminal.line(&format!(
        "\n{GOOD}done{GOOD:#} {DIM}in {:.1} s; nothing in the checkout was changed{DIM:#}",
        started.elapsed().as_secs_f64()
    ));
    Ok(())
}

fn heading(terminal: &mut Terminal, number: usize, text: &str) {
    terminal.line(&format!("\n{BOLD}{number}. {text}{BOLD:#}"));
}

fn checkout(named: &Path) -> Result<&Path, Stop> {
    let missing: Vec<&str> = ["Cargo.toml", "schema", "generated", "examples"]
        .into_iter()
        .filter(|part| !named.join(part).exists())
        .collect();
    if missing.is_empty() {
        return Ok(named);
    }
    Err(Stop::Error(format!(
        "the demo needs a checkout of the project; {} has no {}. Run it in the checkout's folder, or name that with \
         `--checkout DIR`. Elsewhere, `wcs check`, `wcs generate`, `wcs list` and `wcs show` work on any schema",
        named.display(),
        missing.join(", ")
    )))
}
