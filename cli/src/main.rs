//! `wcs`: checks a schema of HTTP hooks, generates from it, and shows what is in it.
//!
//! Flags, exit codes and progress are here, everything else is in the crates that this one uses. [`verbs`] lists the
//! verbs, each a module with its options and its `run`. No verb uses another; what several need is in the modules beside
//! [`verbs`], which use no verb.

mod backend;
mod catalogue;
mod console;
mod contract;
mod flags;
mod network;
mod pair;
mod patch;
mod side;
mod stop;
mod targets;
mod terminal;
mod verbs;
mod words;

use std::process::ExitCode;

use clap::Parser;
use stop::Stop;
use terminal::Terminal;
use verbs::Args;

fn main() -> ExitCode {
    // Usage errors that clap finds end here, with exit code 2.
    let args = Args::parse();
    let mut terminal = Terminal::new(args.color);
    let Err(stop) = args.command.run(&mut terminal) else { return ExitCode::SUCCESS };
    if let Stop::Error(message) = &stop {
        terminal.error(message);
    }
    stop.exit_code()
}
