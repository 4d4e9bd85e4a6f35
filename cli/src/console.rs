//! Commands and settings of the sender's operator, so that the sender calls a backend.

use wcs_contract::model::{Hook, Name, RunCommand, Sender, Setting};

/// A backend as the sender's operator sets it up.
pub(crate) struct Setup<'a> {
    /// Name of the application.
    pub(crate) app: &'a str,
    /// Key by which clients choose the application.
    pub(crate) key: &'a str,
    /// Address of the backend, without the hook's name.
    pub(crate) url: &'a str,
    /// Hooks that it gets, in the order of the contract.
    pub(crate) hooks: &'a [&'a Hook],
    /// The sender has the application already.
    pub(crate) is_existing: bool,
    /// The backend checks signatures.
    pub(crate) is_signed: bool,
}

impl Setup<'_> {
    /// The commands for the sender's console.
    pub(crate) fn commands(&self, sender: &Sender) -> Vec<String> {
        let of_run = |run: RunCommand| {
            let those = sender.commands.iter().filter(move |(_, command)| command.run.value == run);
            those.map(|(_, command)| command.template.value.as_str())
        };
        let once = match of_run(RunCommand::Existing).next() {
            Some(_) if self.is_existing => RunCommand::Existing,
            _ => RunCommand::Once,
        };
        let mut lines: Vec<String> = of_run(once).map(|template| self.fill(template)).collect();
        for hook in self.hooks {
            let of_hook = |template: &str| self.fill(&template.replace("{hook}", hook.console_name()));
            lines.extend(of_run(RunCommand::EachHook).map(of_hook));
        }
        lines
    }

    /// The settings that the hooks need, in the order of the contract.
    pub(crate) fn settings<'s>(&self, sender: &'s Sender) -> Vec<(&'s Name, String, &'s Setting)> {
        let signing = sender.signature.iter().filter(|_| self.is_signed).flat_map(|signature| &signature.requires);
        let required = self.hooks.iter().flat_map(|hook| hook.requires.iter());
        let needed: Vec<&str> = signing.chain(required).map(|name| name.value.as_str()).collect();
        let settings = sender.settings.iter().filter(|(name, _)| needed.contains(&name.value.as_str()));
        settings.map(|(name, setting)| (name, self.fill(&setting.value.value), setting)).collect()
    }

    /// Commands and settings as text to copy.
    pub(crate) fn text(&self, sender: &Sender) -> String {
        let (name, settings) = (&sender.name.value, self.settings(sender));
        let mut text = format!("# Console of the {name}\n");
        self.commands(sender).iter().for_each(|line| text.push_str(&format!("{line}\n")));
        if !settings.is_empty() {
            text.push_str(&format!("\n# Configuration of the {name}\n"));
        }
        for (name, value, setting) in settings {
            text.push_str(&format!("# {}\n{}={value}\n", setting.doc.value, name.value));
        }
        text
    }

    fn fill(&self, template: &str) -> String {
        template.replace("{app}", self.app).replace("{key}", self.key).replace("{url}", self.url)
    }
}
