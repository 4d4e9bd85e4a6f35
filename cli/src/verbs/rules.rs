//! `wcs rules`.

use serde_json::{Value, json};
use wcs_contract::rule::{Category, Fixes, Rule};

use crate::catalogue::{self, describe};
use crate::flags::DataFormat;
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, Terminal, pad};

#[derive(Debug, clap::Args)]
pub(crate) struct RulesOptions {
    /// How the rules are printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

pub(crate) fn run(options: &RulesOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let rules = catalogue::every();
    match options.format {
        DataFormat::Json => {
            let rules: Vec<Value> = rules.iter().map(|rule| describe(rule)).collect();
            terminal.json(&json!({ "version": 1, "rules": rules }));
        }
        DataFormat::Text => {
            let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            terminal.line(&format!("{BOLD}Of a schema, told by `wcs check`{BOLD:#}"));
            for rule in wcs_contract::catalogue::all() {
                let fix = if rule.fixes == Fixes::Never { "   " } else { "fix" };
                line(rule, width, &format!("{} {fix} ", pad(rule.level.word(), 7)), terminal);
            }
            for (category, title) in [
                (Category::Change, "Between two contracts, told by `wcs diff`"),
                (Category::Drift, "Between a contract and its sender, told by `wcs drift`"),
            ] {
                terminal.line(&format!("\n{BOLD}{title}{BOLD:#}"));
                rules.iter().filter(|rule| rule.category == category).for_each(|rule| line(rule, width, "", terminal));
            }
            terminal.line(&format!(
                "\n{DIM}{} rules. `wcs explain CODE` shows a rule's page. A contract sets levels under `lint: levels:`; \
                 `# wcs:allow CODE -- reason` allows a finding on its line. Errors by nature can't be lowered.{DIM:#}",
                rules.len()
            ));
        }
    }
    Ok(())
}

fn line(rule: &Rule, width: usize, about: &str, terminal: &mut Terminal) {
    let name = pad(rule.name, width);
    terminal.line(&format!("{BOLD}{}{BOLD:#} {name} {about}{}", rule.code, rule.summary()));
}
