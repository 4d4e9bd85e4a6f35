//! The backend that requests are sent to: its address, the sender's credentials, and how long an answer may take.

use std::time::Duration;

use wcs_contract::model::Contract;
use wcs_simulator::render::text::Mark;
use wcs_simulator::target::Target;
use wcs_simulator::wire::Credentials;

use crate::contract;
use crate::flags::{SchemaFlag, SenderFlag};
use crate::stop::Stop;
use crate::terminal::{BAD, BOLD, DIM, GOOD, Terminal, WARN};

// Credentials of the sender.
#[derive(Debug, clap::Args)]
pub(crate) struct CredentialFlags {
    /// Sign each request with this key, as the contract's sender does
    #[arg(long, value_name = "SECRET", value_parser = signing_key)]
    sign: Option<String>,
    /// Authenticate each request with HTTP Basic
    #[arg(long, value_name = "USER:PASSWORD", conflicts_with = "sign", value_parser = user_and_password)]
    basic: Option<(String, String)>,
}

impl CredentialFlags {
    /// The credentials as the simulator takes them.
    pub(crate) fn credentials(&self) -> Credentials {
        let secret = self.sign.as_ref().map(|secret| secret.clone().into_bytes());
        Credentials { secret, basic: self.basic.clone() }
    }
}

// The sender that is played: of which contract and release, and how it sends.
#[derive(Debug, clap::Args)]
pub(crate) struct PlayedSender {
    #[command(flatten)]
    schema: SchemaFlag,
    #[command(flatten)]
    sender: SenderFlag,
    #[command(flatten)]
    pub(crate) credentials: CredentialFlags,
    /// Seconds that an answer may take [default: as the contract says]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,
}

impl PlayedSender {
    /// The contract as that sender keeps it.
    pub(crate) fn contract(&self, terminal: &mut Terminal) -> Result<Contract, Stop> {
        contract::sent_by(self.sender.release(), self.schema.path(), &[], terminal)
    }
}

// Consent to send to other machines.
#[derive(Debug, clap::Args)]
pub(crate) struct RemoteFlag {
    /// Send to another machine than this one. Ask its owner first
    #[arg(long)]
    pub(crate) allow_remote: bool,
}

impl RemoteFlag {
    /// The backend at an address, which is on this machine unless the flag allows others.
    pub(crate) fn target(&self, address: &str, contract: &Contract) -> Result<Target, Stop> {
        let target = Target::parse(&local(address), contract)?;
        if !target.is_loopback() && !self.allow_remote {
            return Err(Stop::Error(format!(
                "{} is another machine, whose users would see made-up sessions; if that is meant, say `--allow-remote`",
                target.base()
            )));
        }
        Ok(target)
    }
}

/// An address whose host may be left out: `:8081` is a port of this machine.
pub(crate) fn local(address: &str) -> String {
    if address.starts_with(':') { format!("127.0.0.1{address}") } else { address.to_owned() }
}

/// Colours of what the simulator prints; the terminal drops them where they are not wanted.
pub(crate) fn paint(mark: Mark, text: &str) -> String {
    let style = match mark {
        Mark::Bold => BOLD,
        Mark::Dim => DIM,
        Mark::Good => GOOD,
        Mark::Warn => WARN,
        Mark::Bad => BAD,
    };
    format!("{style}{text}{style:#}")
}

fn user_and_password(text: &str) -> Result<(String, String), String> {
    let (user, password) = text.split_once(':').ok_or("write the user name, a colon and the password")?;
    if user.is_empty() || password.is_empty() {
        return Err("user name and password can't be empty: write those that the backend is configured with".to_owned());
    }
    Ok((user.to_owned(), password.to_owned()))
}

/// A key that a backend can be configured with: not empty, and without white space at an end.
fn signing_key(text: &str) -> Result<String, String> {
    let fault = match text {
        "" => "is empty",
        text if text.trim() != text => "has white space at an end",
        text => return Ok(text.to_owned()),
    };
    Err(format!("the key {fault}: write the one that the backend is configured with"))
}

/// A time in seconds, above 0.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    positive(text).map(Duration::from_secs_f64)
}

/// A number above 0.
pub(crate) fn positive(text: &str) -> Result<f64, String> {
    not_negative(text)
        .and_then(|number| if number > 0.0 { Ok(number) } else { Err("write a number above 0".to_owned()) })
}

/// Most seconds, and most of other quantities.
pub(crate) const MOST: f64 = 1e9;

/// A number that is 0 or above.
pub(crate) fn not_negative(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=MOST).contains(&number) => Ok(number),
        _ => Err("write a number such as 0.5 or 30".to_owned()),
    }
}
