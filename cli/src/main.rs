//! `wcs`: checks a schema of HTTP hooks, generates from it, and shows what is in it.
//!
//! A thin door: flags, exit codes and progress stand here, everything else in `wcs-codegen`.

mod args;
mod bundle;
mod catalogue;
mod changelog;
mod check;
mod conform;
mod demo;
mod diff;
mod docs;
mod drift;
mod explain;
mod fix;
mod fmt;
mod generate;
mod inspect;
mod list;
mod model;
mod new;
mod operator;
mod origins;
mod record;
mod releases;
mod replay;
mod rules;
mod sender;
mod show;
mod side;
mod simulate;
mod terminal;

use std::process::ExitCode;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
use terminal::Terminal;

/// How a command ends; the numbers are the exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain about.
    Fine = 0,
    /// Findings that are errors.
    Findings = 1,
    /// Generated files are not what the schema makes.
    Stale = 4,
}

fn main() -> ExitCode {
    // Usage errors end here, with exit code 2.
    let args = Args::parse();
    let mut terminal = Terminal::new(args.color);
    let result = match &args.command {
        Command::Demo(options) => demo::run(options, &mut terminal),
        Command::Check(options) => check::run(options, &mut terminal),
        Command::Rules(options) => rules::run(options, &mut terminal),
        Command::Explain(options) => explain::run(options, &mut terminal),
        Command::Fmt(options) => fmt::run(options, &mut terminal),
        Command::Diff(options) => diff::run(options, &mut terminal),
        Command::Changelog(options) => changelog::run(options, &mut terminal),
        Command::Generate(options) => generate::run(options, &mut terminal),
        Command::List(options) => list::run(options, &mut terminal),
        Command::Show(options) => show::run(options, &mut terminal),
        Command::Operator(options) => operator::run(options, &mut terminal),
        Command::Docs(options) => docs::run(options, &mut terminal),
        Command::Bundle(options) => bundle::run(options, &mut terminal),
        Command::Model(options) => model::run(options, &mut terminal),
        Command::Simulate(options) => simulate::run(options, &mut terminal),
        Command::Record(options) => record::run(options, &mut terminal),
        Command::Replay(options) => replay::run(options, &mut terminal),
        Command::Drift(options) => drift::run(options, &mut terminal),
        Command::Conform(options) => conform::run(options, &mut terminal),
        Command::Inspect(options) => inspect::run(options, &mut terminal),
        Command::New(options) => new::run(options, &mut terminal),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "wcs", &mut text);
            terminal.out(&String::from_utf8_lossy(&text));
            Ok(Outcome::Fine)
        }
    };
    match result {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(message) => {
            terminal.error(&message);
            ExitCode::from(2)
        }
    }
}
