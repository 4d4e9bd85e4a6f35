//! `wcs explain`.

use wcs_contract::diagnostic::nearest;
use wcs_contract::rule::{Category, Fixes, Rule};

use crate::catalogue::{self, describe};
use crate::flags::DataFormat;
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, Terminal};

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainOptions {
    /// Code (`W0201`) or name (`unknown-reference`) of the rule
    rule: String,
    /// How the page is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

pub(crate) fn run(options: &ExplainOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let Some(rule) = catalogue::find(&options.rule) else { return Err(no_rule(&options.rule).into()) };
    match options.format {
        DataFormat::Json => terminal.json(&describe(rule)),
        DataFormat::Text => page(rule, terminal),
    }
    Ok(())
}

fn page(rule: &Rule, terminal: &mut Terminal) {
    let nature = match rule.category {
        Category::Change => "a kind of change, as `wcs diff` and `wcs changelog` tell of it".to_owned(),
        Category::Drift => "a kind of drift, as `wcs drift` tells of it".to_owned(),
        category => format!("{}; {}{}; {}", category.word(), rule.level.word(), lowered(rule), fixes(rule)),
    };
    terminal.line(&format!("{BOLD}{} {}{BOLD:#}", rule.code, rule.name));
    terminal.line(&format!("{DIM}{nature}{DIM:#}\n"));
    let mut in_example = false;
    for line in rule.page().lines() {
        if line.starts_with("```") {
            in_example = !in_example;
        } else if in_example {
            terminal.line(&format!("    {line}"));
        } else if let Some(heading) = line.strip_prefix("## ") {
            terminal.line(&format!("{BOLD}{heading}{BOLD:#}"));
        } else {
            terminal.line(line);
        }
    }
}

fn lowered(rule: &Rule) -> &'static str {
    if rule.is_fixed() { " by nature, can't be lowered" } else { " unless the contract says otherwise" }
}

fn fixes(rule: &Rule) -> &'static str {
    match rule.fixes {
        Fixes::Never => "fixed by hand",
        Fixes::Sometimes => "fixed by `wcs check --fix` where that is safe",
        Fixes::Always => "fixed by `wcs check --fix`",
    }
}

fn no_rule(written: &str) -> String {
    let rules = catalogue::every();
    let names = rules.iter().map(|rule| rule.name);
    let upper = written.to_uppercase();
    let code = || nearest(&upper, rules.iter().map(|rule| rule.code));
    match nearest(written, names).or_else(code) {
        Some(near) => format!("there is no rule `{written}`; did you mean `{near}`?"),
        None => format!("there is no rule `{written}`; `wcs rules` lists codes and names"),
    }
}
