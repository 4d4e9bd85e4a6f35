//! `wcs list`.

mod releases;

use clap::ValueEnum;
use serde_json::json;
use wcs_contract::model::{Contract, Evidence, Hook, HookType};
use wcs_contract::text::wrap;

use crate::contract;
use crate::flags::{DataFormat, OverlayFlag, SchemaFlag, SenderFlag};
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, Terminal, pad};

#[derive(Debug, clap::Args)]
pub(crate) struct ListOptions {
    /// Only hooks of this type
    #[arg(long = "type", value_name = "TYPE", value_parser = hook_type)]
    kind: Option<HookType>,
    /// Only hooks of this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    #[command(flatten)]
    schema: SchemaFlag,
    #[command(flatten)]
    overlay: OverlayFlag,
    #[command(flatten)]
    sender: SenderFlag,
    /// List the sender's releases instead, with what each of them brought, changed and dropped
    #[arg(long, conflicts_with_all = ["kind", "group", "by", "brief", "sender"])]
    releases: bool,
    /// What the hooks are sorted by
    #[arg(long, value_enum, default_value_t = By::Group)]
    by: By,
    /// Names only
    #[arg(long)]
    brief: bool,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

/// What hooks are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The group that they are shown in
    Group,
    /// Their type
    Type,
    /// What their description rests on
    Evidence,
}

pub(crate) fn run(options: &ListOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract =
        contract::sent_by(options.sender.release(), options.schema.path(), options.overlay.paths(), terminal)?;
    if options.releases {
        return releases::print(&contract, options.format, terminal);
    }
    if let Some(group) = &options.group
        && !contract.groups.iter().any(|(name, _)| name.value == *group)
    {
        let groups: Vec<&str> = contract.groups.iter().map(|(name, _)| name.value.as_str()).collect();
        return Err(format!("there is no group `{group}`; the groups are {}", groups.join(", ")).into());
    }
    let wanted = |hook: &&Hook| {
        options.kind.is_none_or(|kind| hook.kind == kind)
            && options.group.as_ref().is_none_or(|group| hook.group.value == *group)
    };
    let hooks: Vec<&Hook> = contract.hooks.iter().filter(wanted).collect();
    match options.format {
        DataFormat::Text => terminal.out(&table(&contract, &hooks, options)),
        DataFormat::Json => {
            let hooks: Vec<_> = hooks.iter().map(|hook| entry(hook)).collect();
            terminal.json(&json!({ "version": 1, "hooks": hooks }));
        }
    }
    Ok(())
}

fn table(contract: &Contract, hooks: &[&Hook], options: &ListOptions) -> String {
    let width = hooks.iter().map(|hook| hook.name.value.chars().count()).max().unwrap_or(0) + 2;
    let mut text = String::new();
    for (title, members) in sections(contract, hooks, options.by) {
        if members.is_empty() {
            continue;
        }
        text.push_str(&format!("{BOLD}{title}{BOLD:#}"));
        if options.brief {
            let names: Vec<&str> = members.iter().map(|hook| hook.name.value.as_str()).collect();
            text.push_str(&format!(" ({})\n", names.len()));
            wrap(&names.join(", "), 100).iter().for_each(|line| text.push_str(&format!("  {line}\n")));
            continue;
        }
        text.push('\n');
        for hook in members {
            text.push_str(&format!(
                "  {}{DIM}{}{}{DIM:#}{}\n",
                pad(&hook.name.value, width),
                pad(hook.kind.word(), 10),
                pad(&hook.evidence.word().replace('_', " "), 13),
                hook.summary.value,
            ));
        }
    }
    text.push_str(&format!("{} hooks\n", hooks.len()));
    text
}

/// Titles and their hooks.
fn sections<'a>(contract: &'a Contract, hooks: &[&'a Hook], by: By) -> Vec<(&'a str, Vec<&'a Hook>)> {
    let those = |wanted: &dyn Fn(&Hook) -> bool| hooks.iter().copied().filter(|hook| wanted(hook)).collect();
    match by {
        By::Group => contract
            .groups
            .iter()
            .map(|(name, group)| (group.title.value.as_str(), those(&|hook| hook.group.value == name.value)))
            .collect(),
        By::Type => HookType::ALL.iter().map(|kind| (kind.word(), those(&|hook| hook.kind == *kind))).collect(),
        By::Evidence => Evidence::ALL
            .iter()
            .map(|evidence| (evidence.doc().trim_end_matches('.'), those(&|hook| hook.evidence == *evidence)))
            .collect(),
    }
}

fn entry(hook: &Hook) -> serde_json::Value {
    json!({
        "name": hook.name.value,
        "type": hook.kind.word(),
        "group": hook.group.value,
        "summary": hook.summary.value,
        "deny": hook.deny.effect.value.word(),
        "evidence": hook.evidence.word(),
        "confidence": hook.confidence.word(),
        "aliases": hook.aliases.iter().map(|(alias, _)| &alias.value).collect::<Vec<_>>(),
        "parameters": hook.parameters.iter().map(|parameter| &parameter.name.value).collect::<Vec<_>>(),
    })
}

fn hook_type(word: &str) -> Result<HookType, String> {
    let found = HookType::ALL.iter().find(|kind| kind.word() == word);
    let words: Vec<&str> = HookType::ALL.iter().map(|kind| kind.word()).collect();
    found.copied().ok_or_else(|| format!("the types are {}", words.join(", ")))
}
