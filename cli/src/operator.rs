//! `wcs operator`.

use serde_json::json;
use wcs_contract::model::{Contract, Hook, HookType, Name, RunCommand, Sender, Setting};

use crate::args::{DataFormat, OperatorOptions};
use crate::terminal::Terminal;
use crate::{Outcome, check, show};

pub(crate) fn run(options: &OperatorOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let contract = match check::contract(options.schema.as_deref(), terminal)? {
        Ok(contract) => contract,
        Err(outcome) => return Ok(outcome),
    };
    let Some(sender) = &contract.sender else {
        return Err("the contract has no `sender` section, so nothing is known of its operator's commands".to_owned());
    };
    for (flag, text) in [("--app", &options.app), ("--key", &options.key), ("--url", &options.url)] {
        if text.is_empty() || text.contains(|found: char| found.is_whitespace() || found.is_control()) {
            return Err(format!("{flag} takes text without white space, for it stands in a console command: `{text}`"));
        }
    }
    let hooks = chosen(&contract, options)?;
    let commands = commands(sender, &hooks, options);
    let settings = settings(sender, &hooks, options);
    match options.format {
        DataFormat::Text => terminal.out(&text(sender, &commands, &settings)),
        DataFormat::Json => {
            let settings: Vec<_> = settings
                .iter()
                .map(|(name, value, setting)| json!({ "name": name.value, "value": value, "doc": setting.doc.value }))
                .collect();
            let sender = &sender.name.value;
            let report = json!({ "version": 1, "sender": sender, "commands": commands, "settings": settings });
            terminal.line(&format!("{report:#}"));
        }
    }
    Ok(Outcome::Fine)
}

/// The same text for other commands.
pub(crate) fn told(contract: &Contract, options: &OperatorOptions) -> Result<String, String> {
    let Some(sender) = &contract.sender else { return Ok(String::new()) };
    let hooks = chosen(contract, options)?;
    Ok(text(sender, &commands(sender, &hooks, options), &settings(sender, &hooks, options)))
}

/// The hooks that were named and the one that opens a session, in the order of the contract; or all.
fn chosen<'a>(contract: &'a Contract, options: &OperatorOptions) -> Result<Vec<&'a Hook>, String> {
    let mut named = Vec::new();
    for name in &options.hooks {
        named.push(show::find(contract, name)?.name.value.as_str());
    }
    let wanted =
        |hook: &&Hook| named.is_empty() || hook.kind == HookType::Connect || named.contains(&hook.name.value.as_str());
    Ok(contract.hooks.iter().filter(wanted).collect())
}

fn fill(template: &str, options: &OperatorOptions) -> String {
    template.replace("{app}", &options.app).replace("{key}", &options.key).replace("{url}", &options.url)
}

fn commands(sender: &Sender, hooks: &[&Hook], options: &OperatorOptions) -> Vec<String> {
    let of_run = |run: RunCommand| {
        let those = sender.commands.iter().filter(move |(_, command)| command.run.value == run);
        those.map(|(_, command)| command.template.value.as_str())
    };
    let once = match of_run(RunCommand::Existing).next() {
        Some(_) if options.existing => RunCommand::Existing,
        _ => RunCommand::Once,
    };
    let mut lines: Vec<String> = of_run(once).map(|template| fill(template, options)).collect();
    for hook in hooks {
        let of_hook = |template: &str| fill(&template.replace("{hook}", hook.console_name()), options);
        lines.extend(of_run(RunCommand::EachHook).map(of_hook));
    }
    lines
}

/// The settings that these hooks need, in the order of the contract.
fn settings<'a>(
    sender: &'a Sender,
    hooks: &[&Hook],
    options: &OperatorOptions,
) -> Vec<(&'a Name, String, &'a Setting)> {
    let signing = sender.signature.iter().filter(|_| options.signed).flat_map(|signature| signature.requires.iter());
    let required = hooks.iter().flat_map(|hook| hook.requires.iter());
    let needed: Vec<&str> = signing.chain(required).map(|name| name.value.as_str()).collect();
    let settings = sender.settings.iter().filter(|(name, _)| needed.contains(&name.value.as_str()));
    settings.map(|(name, setting)| (name, fill(&setting.value.value, options), setting)).collect()
}

fn text(sender: &Sender, commands: &[String], settings: &[(&Name, String, &Setting)]) -> String {
    let sender = &sender.name.value;
    let mut text = format!("# Console of the {sender}\n");
    commands.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    if !settings.is_empty() {
        text.push_str(&format!("\n# Configuration of the {sender}\n"));
    }
    for (name, value, setting) in settings {
        text.push_str(&format!("# {}\n{}={value}\n", setting.doc.value, name.value));
    }
    text
}
