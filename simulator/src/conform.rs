//! Whether a backend does what the contract asks of it, in any language.
//!
//! Bodies are those of the published test vectors and some of our own. What is *required* is what the sender can't do
//! without; all else is *advice*, and is scored apart. A backend need not echo, need not know every hook's meaning, and
//! may say no: none of that is held against it.

pub mod check;
pub mod json;
pub mod report;
pub mod text;

mod answers;
mod cases;
mod echo;
mod excerpt;
mod limits;
mod policy;
mod probe;
mod robustness;
mod signature;
mod suite;
mod tolerance;
mod transport;

use std::time::{Duration, Instant};

use serde_json::Value;
use wcs_contract::model::Contract;

use crate::target::Target;
use crate::wire::{Credentials, Wire};
use check::Area;
use report::Report;
use suite::Suite;

/// What to ask, and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the backend is.
    pub target: Target,
    /// Who the sender says that it is.
    pub credentials: Credentials,
    /// How long an answer may take, if not as long as the contract's sender waits.
    pub timeout: Option<Duration>,
    /// Members that bodies are to have, such as a token without which the backend says no.
    pub set: Vec<(String, Value)>,
    /// The hooks that the backend takes. Empty: all.
    pub hooks: Vec<String>,
    /// The areas to judge. Empty: all.
    pub areas: Vec<Area>,
}

/// Who wants to know how far it is: what is being sent, and how many of how many requests are done.
pub type Progress<'a> = &'a mut dyn FnMut(&str, usize, usize);

/// Puts every question to the backend.
///
/// # Errors
///
/// When there is nobody at the address, a hook is not one of the contract's, or the contract's sender can't authenticate
/// itself as it should.
pub async fn run(contract: &Contract, settings: &Settings, progress: Progress<'_>) -> Result<Report, String> {
    let started = Instant::now();
    let wire = Wire::new(contract, &settings.target, &settings.credentials, settings.timeout)?;
    let mut suite = Suite::new(contract, settings, wire)?;
    suite.knock().await?;
    let mut report = Report::new(settings.target.base().to_owned());
    let wanted = |area: Area| settings.areas.is_empty() || settings.areas.contains(&area);
    suite.send_bodies(&wanted, progress).await;
    answers::judge(&suite, &mut report);
    if let Some(reason) = suite.hopeless() {
        report.block_rest(&reason);
        if settings.credentials.secret.is_none() {
            signature::skip(&mut report);
        }
    } else {
        tolerance::judge(&suite, &mut report);
        echo::judge(&suite, &mut report);
        policy::judge(&suite, &mut report);
        for (area, wanted) in Area::ALL.map(|area| (area, wanted(area))) {
            match area {
                _ if !wanted => {}
                Area::Echo => echo::ask(&suite, &mut report).await,
                Area::Limits => limits::ask(&suite, &mut report).await,
                Area::Transport => transport::ask(&suite, &mut report).await,
                Area::Robustness => robustness::ask(&suite, &mut report).await,
                Area::Signature => signature::ask(&suite, &mut report).await,
                // Judged by the answers to the bodies, above.
                Area::Answers | Area::Tolerance | Area::Policy => {}
            }
        }
    }
    report.finish(&wanted, suite.requests(), started.elapsed());
    Ok(report)
}
