//! Making the files of a new backend.

use std::path::Path;

use serde_json::Value;
use wcs_codegen::Artifact;
use wcs_contract::model::{Contract, Evidence, Hook};
use wcs_targets::templates::{Mistake, Target};

use crate::plan::Plan;
use crate::record::Record;
use crate::{context, templates};

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
