//! What a body says: which hook it most likely is, what each of its members means, what is unknown or wrong in it, and
//! which releases of the sender could have sent it.
//!
//! | module | what it does |
//! |---|---|
//! | [`recognise`] | ranks the hooks by how well a body fits them |
//! | [`members`] | holds each member against its declaration |

pub mod members;
pub mod recognise;

use serde_json::Value;
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{Contract, Hook};

use crate::Members;
use crate::record::{leaves, redact};
use members::{Finding, Kind, Member};
use recognise::Candidate;

/// Whether secrets are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// As placeholders.
    Masked,
    /// As they are.
    Shown,
}

/// What a body says.
#[derive(Debug)]
pub struct Inspection<'c> {
    /// The hook that it is taken for.
    pub hook: &'c Hook,
    /// Whether the path named it.
    pub is_named: bool,
    /// The hooks by how well the body fits them, best first.
    pub candidates: Vec<Candidate<'c>>,
    /// Its members.
    pub members: Vec<Member<'c>>,
    /// What is unknown or wrong.
    pub findings: Vec<Finding>,
    /// The contract's releases, oldest first, each with what keeps it from being the sender's.
    pub releases: Vec<(String, Vec<Finding>)>,
    /// How many values are masked.
    pub masked: usize,
}

/// Looks at a body. `path` is where it was sent to, if that is known: its last part names the hook.
///
/// # Errors
///
/// Where the body is no JSON object, or that the contract knows no hook of that name.
pub fn inspect<'c>(
    contract: &'c Contract,
    body: &str,
    path: Option<&str>,
    secrets: Secrets,
) -> Result<Inspection<'c>, String> {
    let text = body.strip_prefix('\u{feff}').unwrap_or(body);
    let real = object(text)?;
    if leaves::leaves(text).is_none() {
        return Err("its objects and arrays are nested too deeply to be looked into".to_owned());
    }
    let (shown_text, masked) = match secrets {
        Secrets::Masked => redact::masked(contract, text),
        Secrets::Shown => (text.to_owned(), 0),
    };
    let shown = object(&shown_text)?;
    let releases = releases(contract);
    let candidates = recognise::candidates(contract, &releases, &real);
    let named = path.map(|path| by_path(contract, path)).transpose()?;
    let likely = candidates.first().map(|candidate| candidate.hook);
    let Some(hook) = named.or(likely) else { return Err("the contract has no hooks".to_owned()) };
    let (members, mut findings) = members::look(contract, hook, &real, &shown);
    findings.extend(members::duplicates(&shown_text));
    let releases = obstacles(&releases, hook, &real, &shown, &findings);
    Ok(Inspection { hook, is_named: named.is_some(), candidates, members, findings, releases, masked })
}

fn object(text: &str) -> Result<Members, String> {
    let value = wcs_contract::value::parse(text).map_err(|error| {
        let message = error.to_string();
        let why = message.split(" at line ").next().unwrap_or_default();
        format!("{}:{}: this is no JSON: {why}", error.line(), error.column())
    })?;
    match value {
        Value::Object(members) => Ok(members),
        other => Err(format!("1:1: a hook's body is a JSON object, and this is {}", members::kind_of(&other))),
    }
}

fn by_path<'c>(contract: &'c Contract, path: &str) -> Result<&'c Hook, String> {
    let name = contract.dispatch().hook(path);
    contract.find_hook(name).ok_or_else(|| {
        let names = contract.hooks.iter().map(|hook| hook.name.value.as_str());
        let hint = nearest(name, names).map_or_else(
            || "leave the path out to see what the body looks like".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        format!("the path `{path}` names no hook of the contract; {hint}")
    })
}

/// What each listed release sends.
fn releases(contract: &Contract) -> Vec<Contract> {
    let listed = contract.releases.iter().filter_map(|(name, _)| wcs_contract::release(contract, &name.value).ok());
    listed.map(|release| wcs_contract::project(contract, &release)).collect()
}

/// What keeps each release from being the sender's: what its part of the contract finds besides.
fn obstacles(
    releases: &[Contract],
    hook: &Hook,
    real: &Members,
    shown: &Members,
    known: &[Finding],
) -> Vec<(String, Vec<Finding>)> {
    let mut found = Vec::new();
    for projected in releases {
        let Some(release) = projected.sender_release.as_ref().map(ToString::to_string) else { continue };
        let obstacles = match projected.find_hook(&hook.name.value) {
            Some(hook) => {
                let (_, findings) = members::look(projected, hook, real, shown);
                let is_new = |finding: &Finding| {
                    !known.iter().any(|other| other.pointer == finding.pointer && other.kind == finding.kind)
                };
                findings.into_iter().filter(is_new).map(of_release).collect()
            }
            None => vec![Finding::new(Kind::Release, "", format!("it does not send {}", hook.name.value))],
        };
        found.push((release, obstacles));
    }
    found
}

/// A finding, as a release is told of it.
fn of_release(finding: Finding) -> Finding {
    let message = match finding.kind {
        Kind::Unknown => "it does not send this member".to_owned(),
        Kind::Absent => "it always sends this member".to_owned(),
        _ => finding.message,
    };
    Finding { message, help: None, ..finding }
}
