//! The pipeline from files to a contract that targets can use.

use std::path::PathBuf;

use crate::diagnostic::{Allowed, Diagnostic, Findings};
use crate::input::{Input, InputError};
use crate::model::Contract;
use crate::rule::Level;
use crate::source::Sources;
use crate::{files, judge, overlay, resolve, rules, subset, syntax};

/// A compiled contract, or what keeps it from being one.
#[derive(Debug)]
pub struct Compiled {
    /// The contract, if there was no error.
    pub contract: Option<Contract>,
    /// The contract as far as it is understood, if there were errors but all its parts could be read.
    pub understood: Option<Contract>,
    /// All findings of all files, in the order of their places.
    pub findings: Vec<Diagnostic>,
    /// What was found and is allowed where it stands.
    pub allowed: Vec<Allowed>,
    /// The texts that the findings point into.
    pub sources: Sources,
    /// Every file that was read.
    pub paths: Vec<PathBuf>,
}

impl Compiled {
    /// Whether nothing may be generated.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|found| found.level == Level::Error)
    }
}

/// Reads and checks a contract.
///
/// # Errors
///
/// What is wrong with a path itself. Mistakes in the files are findings.
pub fn compile(input: &Input) -> Result<Compiled, InputError> {
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let (contract, paths) = resolved(input, &mut sources, &mut findings)?;
    if let Some(contract) = &contract {
        rules::check(contract, &mut findings);
    }
    let is_partial = findings.is_partial();
    let (findings, allowed) = judge::judge(findings, contract.as_ref(), &sources);
    // What overlays hide is checked all the same: it belongs to the base.
    let contract = contract.filter(|_| !is_partial).map(subset::without_hidden);
    let mut compiled = Compiled { contract: None, understood: None, findings, allowed, sources, paths };
    // The gate: behind it nothing can fail but the disk.
    match compiled.has_errors() {
        true => compiled.understood = contract,
        false => compiled.contract = contract,
    }
    Ok(compiled)
}

/// Reads a contract beside others, into the same sources, without the rules: an old contract could not know them.
///
/// # Errors
///
/// What is wrong with a path itself. Mistakes in the files are findings, and leave no contract if they are errors.
pub fn read(input: &Input, sources: &mut Sources, findings: &mut Findings) -> Result<Option<Contract>, InputError> {
    let (contract, _) = resolved(input, sources, findings)?;
    Ok(contract.filter(|_| !findings.has_errors()).map(subset::without_hidden))
}

/// The contract as it is meant, and the files that were read.
fn resolved(
    input: &Input,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Result<(Option<Contract>, Vec<PathBuf>), InputError> {
    let files = files::read(input, sources, findings)?; // which files, as YAML trees
    let written = syntax::written(&files, findings); // what they say
    let layered = overlay::apply(written, findings); // overlays on top
    let contract = resolve::resolve(layered, findings); // what it means
    Ok((contract, files.paths))
}
