//! `wcs drift --docs`.

use std::path::Path;

use wcs_contract::model::Contract;
use wcs_contract::source::{Sources, display_path};
use wcs_drift::Drift;
use wcs_drift::docs::{self, Document};

use crate::stop::{Stop, unreadable};
use crate::words::counted;

/// Largest document that is read.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Compares a document, `FILE` or `KEY=FILE`; a line of the summary says how it was read.
pub(super) fn compare(
    contract: &Contract,
    sources: &mut Sources,
    named: &str,
    summary: &mut Vec<String>,
) -> Result<Vec<Drift>, Stop> {
    let (key, path) = keyed(contract, named)?;
    let text = text(path)?;
    let shown = display_path(path, Path::new("."));
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let key = key.or_else(|| docs::key_of(contract, &stem).map(str::to_owned));
    let file = sources.add(shown.clone(), text);
    let document = Document { file, key };
    let compared = docs::compare(contract, sources, &document);
    let cited = match &document.key {
        Some(key) => format!("the contract's document {key}"),
        None => "none of the contract's documents, so that citations are not checked".to_owned(),
    };
    summary.push(format!(
        "{shown}: {}, {cited}; {} and {} compared, {}",
        compared.form.words(),
        counted(compared.hooks, "hook"),
        counted(compared.statements, "statement"),
        if compared.drifts.is_empty() { "no drift".to_owned() } else { counted(compared.drifts.len(), "difference") },
    ));
    Ok(compared.drifts)
}

/// The key, if one was given, and the path. A path that exists is taken as it is.
fn keyed<'a>(contract: &Contract, named: &'a str) -> Result<(Option<String>, &'a Path), Stop> {
    let Some((key, path)) = named.split_once('=').filter(|_| !Path::new(named).exists()) else {
        return Ok((None, Path::new(named)));
    };
    let known: Vec<&str> = contract.documents.iter().map(|(name, _)| name.value.as_str()).collect();
    if known.contains(&key) {
        return Ok((Some(key.to_owned()), Path::new(path)));
    }
    Err(format!("the contract has no document `{key}`; it has {}", known.join(", ")).into())
}

fn text(path: &Path) -> Result<String, Stop> {
    let bytes = std::fs::metadata(path).map_err(unreadable(path))?.len();
    if bytes > MAX_BYTES {
        return Err(format!("{} has {bytes} bytes; a document has {MAX_BYTES} at most", path.display()).into());
    }
    let bytes = std::fs::read(path).map_err(unreadable(path))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
