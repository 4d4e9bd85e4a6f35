//! The operator's side: the console commands and the settings by which a sender calls a backend.

use std::fmt;

use serde::Serialize;

use super::{HookServer, SetupError};
use crate::descriptor::{CommandRun, ContractDescriptor, HookDescriptor};

/// What is typed and set on the sender's side. `Display` writes it for people, serde for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Operator {
    /// The sender.
    pub sender: &'static str,
    /// Lines for its console, in order.
    pub commands: Vec<String>,
    /// Lines for its configuration.
    pub settings: Vec<Setting>,
}

/// A setting of the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// The value that it needs.
    pub value: String,
    /// What it does.
    pub doc: &'static str,
}

/// Whether the sender has the application already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Application {
    /// It is added.
    #[default]
    New,
    /// It is there and gets the backend's URL.
    Existing,
}

/// Whether requests are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signing {
    /// They are not.
    #[default]
    Off,
    /// They are, so the settings for it are needed too.
    On,
}

/// An application on the sender: its name, its key, and the URL of its backend.
#[derive(Debug, Clone, Copy)]
pub struct Registration<'a> {
    /// Name in the console.
    pub app: &'a str,
    /// Key by which clients choose it.
    pub key: &'a str,
    /// The backend's address; the sender appends the hook's name.
    pub url: &'a str,
    /// Whether the sender has it already.
    pub application: Application,
}

impl<S: Clone + Send + Sync + 'static> HookServer<S> {
    /// What the sender's operator has to do for exactly the hooks that are handled, and for the one that opens a session.
    ///
    /// # Errors
    ///
    /// When name, key or URL can't stand in a console command.
    pub fn operator(&self, app: &str, key: &str, url: &str) -> Result<Operator, SetupError> {
        self.operator_of(Registration { app, key, url, application: Application::New })
    }

    /// As [`HookServer::operator`], also for an application that the sender has already.
    ///
    /// # Errors
    ///
    /// When name, key or URL can't stand in a console command.
    pub fn operator_of(&self, registration: Registration<'_>) -> Result<Operator, SetupError> {
        let handled = self.declared();
        let wanted = |hook: &&HookDescriptor| {
            hook.kind.is_opening() || handled.iter().any(|handler| handler.hook.name == hook.name)
        };
        let hooks: Vec<&HookDescriptor> = self.contract.hooks.iter().copied().filter(wanted).collect();
        operator(self.contract, &hooks, registration, self.signing())
    }

    /// Whether requests must be signed.
    pub(super) fn signing(&self) -> Signing {
        #[cfg(feature = "signature")]
        if self.guard.signature.is_some() {
            return Signing::On;
        }
        Signing::Off
    }
}

/// What the sender's operator has to do for these hooks.
///
/// # Errors
///
/// When name, key or URL can't stand in a console command.
pub fn operator(
    contract: &ContractDescriptor,
    hooks: &[&HookDescriptor],
    registration: Registration<'_>,
    signing: Signing,
) -> Result<Operator, SetupError> {
    let Registration { app, key, url, application } = registration;
    for (what, text) in [("name", app), ("key", key), ("URL", url)] {
        if text.is_empty() || text.contains(|found: char| found.is_whitespace() || found.is_control()) {
            return Err(SetupError(format!(
                "`{text}` is no {what} of an application: expected text without white space, for it stands in a console command"
            )));
        }
    }
    let sender = &contract.sender;
    let fill = |template: &str| template.replace("{app}", app).replace("{key}", key).replace("{url}", url);
    let has_existing = sender.commands.iter().any(|command| command.run == CommandRun::Existing);
    let once = match application {
        Application::Existing if has_existing => CommandRun::Existing,
        Application::Existing | Application::New => CommandRun::Once,
    };
    let of_run = |run: CommandRun| sender.commands.iter().filter(move |command| command.run == run);
    let mut commands: Vec<String> = of_run(once).map(|command| fill(command.template)).collect();
    for hook in hooks {
        let lines = of_run(CommandRun::EachHook).map(|command| fill(&command.template.replace("{hook}", hook.console)));
        commands.extend(lines);
    }
    let signature = sender.signature.filter(|_| signing == Signing::On).map_or(&[][..], |signature| signature.requires);
    let needed = |name: &&str| signature.contains(name) || hooks.iter().any(|hook| hook.requires.contains(name));
    let settings = sender.settings.iter().filter(|setting| needed(&setting.name));
    Ok(Operator {
        sender: sender.name,
        commands,
        settings: settings
            .map(|setting| Setting { name: setting.name, value: fill(setting.value), doc: setting.doc })
            .collect(),
    })
}

/// The value of a setting where no application is chosen yet.
pub(super) fn open_value(value: &str) -> String {
    value.replace("{app}", "<application>").replace("{key}", "<key of the application>").replace("{url}", "<URL>")
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Console of the {}", self.sender)?;
        self.commands.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        if !self.settings.is_empty() {
            writeln!(f, "\n# Configuration of the {}", self.sender)?;
        }
        self.settings.iter().try_for_each(|setting| {
            writeln!(f, "# {}", setting.doc)?;
            writeln!(f, "{}={}", setting.name, setting.value)
        })
    }
}
