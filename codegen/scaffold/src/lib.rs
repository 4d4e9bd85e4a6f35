//! New backends: the files of a project that answers a contract's hooks, and what is added when the contract grows.
//!
//! What is printed is said by templates (`scaffold/templates`, one folder a language); here stands only what they are
//! told. A folder of one's own takes the place of built-in templates file by file, or adds to them.

mod context;
mod handled;
mod insert;
mod python;
mod record;
mod sync;
mod templates;

use std::path::Path;

use serde_json::Value;

pub use record::{RECORD, Record};
pub use sync::{Addition, Sync, project_at, sync};
pub use templates::{TEMPLATES, Template};

use wcs_codegen::Artifact;
use wcs_contract::model::{Contract, Evidence, Hook};
use wcs_targets::templates::{Mistake, Target};

/// In which language a backend is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Rust, with the runtime of this toolkit.
    Rust,
    /// TypeScript, with Express.
    TypeScript,
    /// Python, with FastAPI.
    Python,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 3] = [Self::Rust, Self::TypeScript, Self::Python];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::TypeScript => "typescript",
            Self::Python => "python",
        }
    }
}

/// How much a backend has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// What is needed to run and to test it.
    Minimal,
    /// A file for each group of hooks, settings, and what is needed to deploy it.
    Full,
}

impl Layout {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Minimal, Self::Full];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Full => "full",
        }
    }
}

/// Where a Rust backend has the toolkit's crates from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crates {
    /// From a checkout, by its path.
    Checkout(String),
    /// From where crates are published.
    Released,
}

/// What a new backend is to be.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its language.
    pub language: Language,
    /// How much it has.
    pub layout: Layout,
    /// The hooks that it handles, in the order of the contract.
    pub hooks: Vec<&'a Hook>,
    /// Where a Rust backend has the toolkit's crates from.
    pub crates: Crates,
    /// The address that the sender is told, and what its operator types and sets.
    pub operator: Operator,
}

/// What the sender's side does.
#[derive(Debug, Clone, Default)]
pub struct Operator {
    /// Address of the backend's hooks.
    pub url: String,
    /// Commands and settings, as text.
    pub text: String,
}

/// The hooks that a backend is made for if nobody says: those whose bodies are known from a real sender, and the one that
/// opens a session; all, if there are no such.
#[must_use]
pub fn default_hooks(contract: &Contract) -> Vec<&Hook> {
    let captured = |hook: &Hook| hook.evidence == Evidence::Captured;
    if !contract.hooks.iter().any(captured) {
        return contract.hooks.iter().collect();
    }
    contract.hooks.iter().filter(|hook| hook.kind.is_opening() || captured(hook)).collect()
}

/// Path under which the sender looks for a backend first.
#[must_use]
pub fn base_path(contract: &Contract) -> String {
    let base = contract.sender.as_ref().and_then(|sender| sender.base_paths.iter().next());
    base.map_or_else(|| "/hooks".to_owned(), |(path, _)| path.value.trim_end_matches('/').to_owned())
}

/// The files of a new backend, by path.
///
/// # Errors
///
/// What is wrong with templates of one's own.
pub fn create(contract: &Contract, plan: &Plan<'_>, own: Option<&Path>) -> Result<Vec<Artifact>, Vec<Mistake>> {
    let target = templates::target(plan.language, plan.layout, own)?;
    let mut model = context::model(contract, plan);
    let known = contract.hooks.iter().map(|hook| hook.name.value.clone()).collect();
    let record = Record { language: plan.language, layout: plan.layout, known };
    if let Value::Object(model) = &mut model {
        model.insert("record".to_owned(), record.text().into());
    }
    let mut artifacts = printed(&target, model)?;
    artifacts.extend(templates::published(plan.language, contract));
    artifacts.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(artifacts)
}

/// What a target makes of a model, under the names that the files have in the end: `dot-gitignore` is `.gitignore`, since
/// a file of that name would have its effect among the templates.
fn printed(target: &Target, model: Value) -> Result<Vec<Artifact>, Vec<Mistake>> {
    let mut artifacts = target.emit_model(model)?;
    for artifact in &mut artifacts {
        let parts = artifact.path.split('/').map(|part| match part.strip_prefix("dot-") {
            Some(rest) => format!(".{rest}"),
            None => part.to_owned(),
        });
        artifact.path = parts.collect::<Vec<_>>().join("/");
        artifact.text = format!("{}\n", artifact.text.trim_end());
    }
    Ok(artifacts)
}
