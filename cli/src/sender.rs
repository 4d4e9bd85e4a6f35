//! `--sender RELEASE`: the contract as a sender of one release keeps it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use wcs_codegen::Reader;
use wcs_contract::model::{Contract, Hook};
use wcs_contract::{project, release, releases};
use wcs_targets::EMITTERS;

use crate::terminal::Terminal;
use crate::{Outcome, check};

/// The contract of a schema that must be free of errors, or the part of it that a release sends.
pub(crate) fn contract(
    schema: Option<&Path>,
    overlays: &[PathBuf],
    sender: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Result<Contract, Outcome>, String> {
    let compiled = check::compiled(schema, overlays, terminal)?;
    Ok(match check::passed(compiled, terminal) {
        Ok(contract) => Ok(projected(&contract, sender, terminal)?.into_owned()),
        Err(outcome) => Err(outcome),
    })
}

/// The part of a contract that a release sends.
pub(crate) fn projected<'c>(
    contract: &'c Contract,
    sender: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Cow<'c, Contract>, String> {
    let Some(sender) = sender else { return Ok(Cow::Borrowed(contract)) };
    let release = release(contract, sender)?;
    if releases::is_beyond(contract, &release)
        && let Some((last, _)) = contract.releases.last()
    {
        let last = &last.value;
        terminal.note(&format!("{release} is newer than {last}, the last release described; it may send more"));
    }
    Ok(Cow::Owned(project(contract, &release)))
}

/// That a hook is known, but not to a release.
pub(crate) fn not_sent(hook: &Hook, sender: &str) -> String {
    let when = hook.lifetime.in_words().unwrap_or_default().to_lowercase();
    format!("a sender of release {sender} does not send `{}`; others do {when}", hook.name.value)
}

/// The targets that can describe a single release.
pub(crate) fn targets(only: &[String]) -> Result<Vec<&'static str>, String> {
    let able = |name: &str| EMITTERS.iter().any(|emitter| emitter.name() == name && emitter.reader() == Reader::Anyone);
    if let Some(program) = only.iter().find(|name| !able(name)) {
        return Err(format!(
            "`{program}` is not made for a single release: programs are built with it, and they must read what every \
             release sends; leave out `--sender` for it"
        ));
    }
    let wanted = EMITTERS.iter().map(|emitter| emitter.name()).filter(|name| able(name));
    Ok(wanted.filter(|name| only.is_empty() || only.iter().any(|wanted| wanted == name)).collect())
}
