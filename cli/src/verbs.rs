//! The verbs, each with its options and what it does in a module of its own; what they share is outside of this one.

mod bundle;
mod changelog;
mod check;
mod conform;
mod demo;
mod diff;
mod docs;
mod drift;
mod explain;
mod fmt;
mod generate;
mod inspect;
mod list;
mod model;
mod new;
mod operator;
mod record;
mod replay;
mod rules;
mod show;
mod simulate;

use clap::{CommandFactory, Parser, Subcommand};

use crate::stop::Stop;
use crate::terminal::{Terminal, When};

/// One YAML schema of HTTP hooks; everything else is generated from it.
#[derive(Debug, Parser)]
#[command(name = "wcs", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 fine, 1 findings, 2 usage or input/output, 4 generated files are stale.")]
pub(crate) struct Args {
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub(crate) color: When,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the main job: check, generate, add a hook, run a backend and send it hooks
    Demo(demo::DemoOptions),
    /// Check a schema and report every mistake in it
    Check(check::CheckOptions),
    /// List every rule: of a schema, of changes between contracts, of drift
    Rules(rules::RulesOptions),
    /// Show the manual page of a rule
    Explain(explain::ExplainOptions),
    /// Lay schema files out: order of keys, indentation, quotes, line width; comments stay
    Fmt(fmt::FmtOptions),
    /// Compare two contracts and judge what breaks for whom
    Diff(diff::DiffOptions),
    /// Write release notes from what differs between two contracts
    Changelog(changelog::ChangelogOptions),
    /// Generate everything from a schema
    Generate(generate::GenerateOptions),
    /// List the hooks of a schema
    List(list::ListOptions),
    /// Show one hook: parameters, values, semantics, an example
    Show(show::ShowOptions),
    /// Print what the sender's operator types and sets, so that it calls a backend
    Operator(operator::OperatorOptions),
    /// Write the reference pages, show them while the schema changes, or keep tables in Markdown files up to date
    Docs(docs::DocsOptions),
    /// Pack everything that is made of a contract into one archive, reproducible byte for byte
    Bundle(bundle::BundleOptions),
    /// Print the resolved model, for programs
    Model(model::ModelOptions),
    /// Make a backend to start from, or add stubs for new hooks to one
    New(new::NewOptions),
    /// Play the sender against a backend: scenarios, trouble, load
    Simulate(simulate::SimulateOptions),
    /// Stand between the sender and a backend and write down what passes, without secrets
    Record(record::RecordOptions),
    /// Send a recording's requests to a backend again and compare the answers
    Replay(replay::ReplayOptions),
    /// Compare the schema with the vendor's documents and with recorded traffic, and propose what it lacks
    Drift(drift::DriftOptions),
    /// Put questions to a backend in any language, and score it: answers, tolerance, policy, limits, signature
    Conform(conform::ConformOptions),
    /// Tell which hook a body is, what its members mean, and what is unknown or wrong in it
    Inspect(inspect::InspectOptions),
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

impl Command {
    /// Does what the verb does.
    pub(crate) fn run(&self, terminal: &mut Terminal) -> Result<(), Stop> {
        match self {
            Self::Demo(options) => demo::run(options, terminal),
            Self::Check(options) => check::run(options, terminal),
            Self::Rules(options) => rules::run(options, terminal),
            Self::Explain(options) => explain::run(options, terminal),
            Self::Fmt(options) => fmt::run(options, terminal),
            Self::Diff(options) => diff::run(options, terminal),
            Self::Changelog(options) => changelog::run(options, terminal),
            Self::Generate(options) => generate::run(options, terminal),
            Self::List(options) => list::run(options, terminal),
            Self::Show(options) => show::run(options, terminal),
            Self::Operator(options) => operator::run(options, terminal),
            Self::Docs(options) => docs::run(options, terminal),
            Self::Bundle(options) => bundle::run(options, terminal),
            Self::Model(options) => model::run(options, terminal),
            Self::New(options) => new::run(options, terminal),
            Self::Simulate(options) => simulate::run(options, terminal),
            Self::Record(options) => record::run(options, terminal),
            Self::Replay(options) => replay::run(options, terminal),
            Self::Drift(options) => drift::run(options, terminal),
            Self::Conform(options) => conform::run(options, terminal),
            Self::Inspect(options) => inspect::run(options, terminal),
            Self::Completions { shell } => {
                let mut text = Vec::new();
                clap_complete::generate(*shell, &mut Args::command(), "wcs", &mut text);
                terminal.out(&String::from_utf8_lossy(&text));
                Ok(())
            }
        }
    }
}
