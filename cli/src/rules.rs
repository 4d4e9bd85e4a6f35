//! `wcs rules`.

use serde_json::{Value, json};
use wcs_codegen::rule::{self, Fixes, Rule};

use crate::Outcome;
use crate::args::DataFormat;
use crate::terminal::{BOLD, DIM, Terminal, pad};

#[derive(Debug, clap::Args)]
pub(crate) struct RulesOptions {
    /// How the rules are printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    format: DataFormat,
}

pub(crate) fn run(options: &RulesOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let rules = rule::all();
    match options.format {
        DataFormat::Json => {
            let rules: Vec<Value> = rules.iter().map(|rule| describe(rule)).collect();
            terminal.line(&format!("{:#}", json!({ "version": 1, "rules": rules })));
        }
        DataFormat::Text => {
            let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in &rules {
                terminal.line(&format!(
                    "{BOLD}{}{BOLD:#} {} {} {} {}",
                    rule.code,
                    pad(rule.name, width),
                    pad(rule.level.word(), 7),
                    if rule.fixes == Fixes::Never { "   " } else { "fix" },
                    rule.summary(),
                ));
            }
            terminal.line(&format!(
                "\n{DIM}{} rules. `wcs explain CODE` shows a rule's page. A contract sets levels under `lint: levels:`; \
                 `# wcs:allow CODE -- reason` allows a finding on its line. Errors by nature can't be lowered.{DIM:#}",
                rules.len()
            ));
        }
    }
    Ok(Outcome::Fine)
}

/// A rule for programs.
pub(crate) fn describe(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "category": rule.category.word(),
        "level": rule.level.word(),
        "adjustable": !rule.is_fixed(),
        "fixes": rule.fixes.word(),
        "summary": rule.summary(),
        "page": rule.page(),
    })
}
