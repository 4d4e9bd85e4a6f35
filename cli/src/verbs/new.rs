//! `wcs new`: a backend to start from, and stubs for hooks that came later.

mod choose;
mod sync;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;
use wcs_codegen::Artifact;
use wcs_codegen::output;
use wcs_contract::model::{Contract, Hook};
use wcs_scaffold::{Crates, Language, Layout, Operator, Plan, TEMPLATES};

use crate::console::Setup;
use crate::contract;
use crate::flags::{DataFormat, SchemaFlag};
use crate::stop::{Stop, joined, unreadable};
use crate::terminal::{BOLD, DIM, GOOD, Terminal};
use crate::words::counted;

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct NewOptions {
    /// Folder to make; its last part is the backend's name. With --sync: the backend's folder [default: .]
    #[arg(required_unless_present_any = ["sync", "list_templates"])]
    name: Option<PathBuf>,
    /// Only these hooks, with commas between them [default: those known from captured bodies]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "all")]
    hooks: Vec<String>,
    /// All hooks of a group; may be given several times
    #[arg(long, value_name = "GROUP", conflicts_with = "all")]
    group: Vec<String>,
    /// All hooks
    #[arg(long)]
    all: bool,
    /// What is needed to run and to test it, in few files
    #[arg(long, conflicts_with_all = ["full", "sync"])]
    minimal: bool,
    /// A file for each group of hooks, settings, Dockerfile, systemd unit (the default)
    #[arg(long, conflicts_with = "sync")]
    full: bool,
    /// Language
    #[arg(long, value_enum, default_value_t = Lang::Rust, conflicts_with = "sync")]
    lang: Lang,
    /// Checkout of this toolkit that a Rust backend takes its crates from [default: the one in which this folder or this
    /// program is; without one, published versions]
    #[arg(long, value_name = "PATH", conflicts_with = "sync")]
    wcs: Option<PathBuf>,
    /// Folder whose files take the place of built-in templates of the same name, or are added
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// List the built-in templates of the language and make nothing
    #[arg(long, conflicts_with_all = ["sync", "name"])]
    list_templates: bool,
    /// Ask nothing
    #[arg(long, short)]
    yes: bool,
    /// Add stubs for hooks that are new in the contract to a backend that was made before; what is there stays
    #[arg(long)]
    sync: bool,
    /// With --sync: write nothing; exit with 4 if something is to be added
    #[arg(long, requires = "sync")]
    check: bool,
    #[command(flatten)]
    schema: SchemaFlag,
    /// How it is told what was done
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

const AFTER: &str = "Examples:
  wcs new demo                                   asks which hooks, where somebody can answer
  wcs new demo --hooks call,answer,hangup        these, and the hook that opens a session
  wcs new demo --all --lang typescript           every hook, with Express
  wcs new --list-templates > list                what --templates can replace
  cd demo && wcs new --sync --check              whether the contract has hooks that the backend does not know";

/// Languages, as words of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// With this toolkit's runtime
    Rust,
    /// With Express
    Typescript,
    /// With FastAPI
    Python,
}

impl Lang {
    fn language(self) -> Language {
        match self {
            Self::Rust => Language::Rust,
            Self::Typescript => Language::TypeScript,
            Self::Python => Language::Python,
        }
    }
}

pub(crate) fn run(options: &NewOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if options.list_templates {
        list_templates(options, terminal);
        return Ok(());
    }
    let contract = contract::valid(options.schema.path(), terminal)?;
    if options.sync {
        return sync::run(options, &contract, terminal);
    }
    let folder = options.name.as_deref().ok_or("name the folder to make")?;
    let name = name(folder)?;
    free(folder)?;
    if options.lang == Lang::Rust && contract.name.value != wcs_schema::NAME {
        let (built_in, name) = (wcs_schema::NAME, &contract.name.value);
        return Err(Stop::Error(format!(
            "the crates have the hooks of the contract `{built_in}`, not of `{name}`; a backend in Rust compiles such a contract \
             in its build script, as `examples/own-schema` does; --lang typescript and python take any contract"
        )));
    }
    let hooks = choose::hooks(options, &contract, terminal)?;
    let layout = if options.minimal { Layout::Minimal } else { Layout::Full };
    let plan = Plan {
        name: &name,
        language: options.lang.language(),
        layout,
        crates: crates(options)?,
        operator: operator(&contract, &name, &hooks),
        hooks,
    };
    let artifacts = wcs_scaffold::create(&contract, &plan, options.templates.as_deref()).map_err(joined)?;
    output::create_folder(folder, &artifacts)?;
    match options.format {
        DataFormat::Text => say(folder, &plan, &artifacts, terminal),
        DataFormat::Json => {
            let files: Vec<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
            let hooks: Vec<&str> = plan.hooks.iter().map(|hook| hook.name.value.as_str()).collect();
            let report = json!({
                "version": 1, "name": name, "folder": folder, "language": plan.language.word(),
                "layout": plan.layout.word(), "hooks": hooks, "files": files,
            });
            terminal.json(&report);
        }
    }
    Ok(())
}

/// The backend's name, which is a crate's too.
fn name(folder: &Path) -> Result<String, Stop> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    // What cargo refuses or what would hide a crate that the backend needs.
    let taken = ["test", "core", "std", "alloc", "proc-macro", "proc_macro", "tokio", "tracing"];
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(plain) || name.len() > 64 {
        return Err(Stop::Error(format!(
            "`{name}` can't be the name of a backend: it begins with a lower-case letter and goes on with such letters, digits, `-` and `_`"
        )));
    }
    if taken.contains(&name.as_str())
        || wcs_contract::names::rust(&name, wcs_contract::names::Role::Member).is_none_or(|word| word.ends_with('_'))
    {
        return Err(Stop::Error(format!(
            "`{name}` can't be the name of a backend: it has a meaning in Rust; choose another one"
        )));
    }
    Ok(name)
}

/// That nothing is there that would be lost.
fn free(folder: &Path) -> Result<(), Stop> {
    match std::fs::read_dir(folder).map(|listing| listing.take(1).count()) {
        Ok(0) => Ok(()),
        Ok(_) => {
            Err(format!("{} is there and not empty; choose another name, or use `--sync` in it", folder.display())
                .into())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("can't look into {}: {error}", folder.display()).into()),
    }
}

/// Where the crates come from: the checkout that was named, or the one around this folder or this program.
fn crates(options: &NewOptions) -> Result<Crates, Stop> {
    let is_checkout = |folder: &Path| {
        ["generated/rust", "runtime", "macros"].iter().all(|part| folder.join(part).join("Cargo.toml").is_file())
    };
    let written = |folder: &Path| {
        let full = folder.canonicalize().map_err(unreadable(folder))?;
        let text =
            full.to_str().ok_or_else(|| format!("{} is not UTF-8, so it can't stand in Cargo.toml", full.display()))?;
        Ok::<_, Stop>(Crates::Checkout(text.trim_start_matches(r"\\?\").replace('\\', "/")))
    };
    if let Some(folder) = &options.wcs {
        if !is_checkout(folder) {
            let shown = folder.display();
            return Err(Stop::Error(format!(
                "{shown} is no checkout of this toolkit: it has no crates in `runtime` and `generated/rust`"
            )));
        }
        return written(folder);
    }
    let here = std::env::current_dir().ok();
    let program = std::env::current_exe().ok();
    let found = [here, program]
        .into_iter()
        .flatten()
        .find_map(|start| start.ancestors().find(|folder| is_checkout(folder)).map(Path::to_path_buf));
    found.map_or(Ok(Crates::Released), |folder| written(&folder))
}

/// What the sender's operator types, as `wcs operator` prints it.
fn operator(contract: &Contract, name: &str, hooks: &[&Hook]) -> Operator {
    let url = format!("http://backend.example.com:8081{}", wcs_scaffold::base_path(contract));
    let setup = Setup { app: name, key: name, url: &url, hooks, is_existing: false, is_signed: false };
    let text = match &contract.sender {
        Some(sender) => setup.text(sender),
        None => "The contract says nothing of it.".to_owned(),
    };
    Operator { url, text }
}

fn say(folder: &Path, plan: &Plan<'_>, artifacts: &[Artifact], terminal: &mut Terminal) {
    let (shown, count) = (folder.display(), plan.hooks.len());
    terminal.line(&format!("{GOOD}made{GOOD:#} {shown}: {} files, {}", artifacts.len(), counted(count, "hook")));
    match (plan.language, &plan.crates) {
        (Language::Rust, Crates::Checkout(path)) => terminal.line(&format!("{DIM}its crates come from {path}{DIM:#}")),
        (Language::Rust, Crates::Released) => {
            terminal
                .line(&format!("{DIM}its crates are the published ones; --wcs PATH takes those of a checkout{DIM:#}"));
        }
        (Language::TypeScript | Language::Python, _) => {}
    }
    let steps: &[&str] = match plan.language {
        Language::Rust => &["cargo test", "cargo run"],
        Language::TypeScript => &["npm install", "npm test", "npm start"],
        Language::Python => &[
            "python3 -m venv .venv",
            ".venv/bin/pip install --requirement requirements.txt",
            ".venv/bin/python vectors.py",
            ".venv/bin/uvicorn main:app --port 8081",
        ],
    };
    terminal.line(&format!("\n{BOLD}Next{BOLD:#}\n    cd {shown}"));
    steps.iter().for_each(|step| terminal.line(&format!("    {step}")));
    terminal
        .line("    wcs conform http://127.0.0.1:8081      # in another terminal; wcs simulate plays whole sessions");
    terminal.line("\nIts README tells where your decisions go, and what the sender's side needs.");
}

fn list_templates(options: &NewOptions, terminal: &mut Terminal) {
    let language = options.lang.language();
    let layout = if options.minimal { Layout::Minimal } else { Layout::Full };
    for template in TEMPLATES.iter().filter(|template| template.language == language) {
        if template.layout.is_none_or(|wanted| wanted == layout) {
            terminal.line(template.name);
        }
    }
}
