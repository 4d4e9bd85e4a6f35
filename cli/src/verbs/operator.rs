//! `wcs operator`.

use serde_json::json;

use crate::console::Setup;
use crate::contract;
use crate::flags::{DataFormat, SchemaFlag};
use crate::stop::Stop;
use crate::terminal::Terminal;

#[derive(Debug, clap::Args)]
pub(crate) struct OperatorOptions {
    /// Name of the application in the sender's console
    #[arg(long, value_name = "NAME")]
    app: String,
    /// Key by which clients choose the application
    #[arg(long)]
    key: String,
    /// Address of the backend; the sender appends the hook's name
    #[arg(long)]
    url: String,
    /// Only these hooks, with commas between them; the one that opens a session always belongs to them [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    hooks: Vec<String>,
    /// All hooks
    #[arg(long, conflicts_with = "hooks")]
    all: bool,
    /// The sender has the application already
    #[arg(long)]
    existing: bool,
    /// The backend checks signatures, so the sender has to sign
    #[arg(long)]
    signed: bool,
    #[command(flatten)]
    schema: SchemaFlag,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

pub(crate) fn run(options: &OperatorOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract = contract::valid(options.schema.path(), terminal)?;
    let Some(sender) = &contract.sender else {
        return Err("the contract has no `sender` section, so nothing is known of its operator's commands".into());
    };
    for (flag, text) in [("--app", &options.app), ("--key", &options.key), ("--url", &options.url)] {
        if text.is_empty() || text.contains(|found: char| found.is_whitespace() || found.is_control()) {
            return Err(
                format!("{flag} takes text without white space, for it stands in a console command: `{text}`").into()
            );
        }
    }
    // The flag `--all` is the default in words.
    let names = contract::hook_names(&contract, &options.hooks)?;
    let hooks =
        if names.is_empty() { contract.hooks.iter().collect() } else { contract::with_opening(&contract, &names) };
    let setup = Setup {
        app: &options.app,
        key: &options.key,
        url: &options.url,
        hooks: &hooks,
        is_existing: options.existing,
        is_signed: options.signed,
    };
    match options.format {
        DataFormat::Text => terminal.out(&setup.text(sender)),
        DataFormat::Json => {
            let settings = setup.settings(sender);
            let settings: Vec<_> = settings
                .iter()
                .map(|(name, value, setting)| json!({ "name": name.value, "value": value, "doc": setting.doc.value }))
                .collect();
            let (name, commands) = (&sender.name.value, setup.commands(sender));
            terminal.json(&json!({ "version": 1, "sender": name, "commands": commands, "settings": settings }));
        }
    }
    Ok(())
}
