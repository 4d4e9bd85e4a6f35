//! Flags and help texts.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use wcs_contract::model::HookType;
use wcs_contract::render::{Color, Format};

use crate::fmt::FmtOptions;

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

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the main job: check, generate, add a hook, run a backend and send it hooks
    Demo(DemoOptions),
    /// Check a schema and report every mistake in it
    Check(CheckOptions),
    /// List every rule: of a schema, of changes between contracts, of drift
    Rules(crate::rules::RulesOptions),
    /// Show the manual page of a rule
    Explain(crate::explain::ExplainOptions),
    /// Lay schema files out: order of keys, indentation, quotes, line width; comments stay
    Fmt(FmtOptions),
    /// Compare two contracts and judge what breaks for whom
    Diff(crate::diff::DiffOptions),
    /// Write release notes from what differs between two contracts
    Changelog(crate::changelog::ChangelogOptions),
    /// Generate everything from a schema
    Generate(GenerateOptions),
    /// List the hooks of a schema
    List(ListOptions),
    /// Show one hook: parameters, values, semantics, an example
    Show(ShowOptions),
    /// Print what the sender's operator types and sets, so that it calls a backend
    Operator(OperatorOptions),
    /// Write the reference pages, show them while the schema changes, or keep tables in Markdown files up to date
    Docs(crate::docs::DocsOptions),
    /// Pack everything that is made of a contract into one archive, reproducible byte for byte
    Bundle(crate::bundle::BundleOptions),
    /// Print the resolved model, for programs
    Model(crate::model::ModelOptions),
    /// Make a backend to start from, or add stubs for new hooks to one
    New(crate::new::NewOptions),
    /// Play the sender against a backend: scenarios, trouble, load
    Simulate(crate::simulate::SimulateOptions),
    /// Stand between the sender and a backend and write down what passes, without secrets
    Record(crate::record::RecordOptions),
    /// Send a recording's requests to a backend again and compare the answers
    Replay(crate::replay::ReplayOptions),
    /// Compare the schema with the vendor's documents and with recorded traffic, and propose what it lacks
    Drift(crate::drift::DriftOptions),
    /// Put questions to a backend in any language, and score it: answers, tolerance, policy, limits, signature
    Conform(crate::conform::ConformOptions),
    /// Tell which hook a body is, what its members mean, and what is unknown or wrong in it
    Inspect(crate::inspect::InspectOptions),
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct DemoOptions {
    /// Folder of the checkout
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) checkout: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckOptions {
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    pub(crate) schema: Option<PathBuf>,
    /// A file that lies over the schema; several are laid in this order
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    pub(crate) format: FindingFormat,
    /// Apply safe fixes, keeping comments and layout. What is left to a person is printed with the reason
    #[arg(long, conflicts_with = "language")]
    pub(crate) fix: bool,
    /// With --fix: write nothing, print what would change
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,
    /// Print the JSON Schema of the language itself, for editors, and check nothing
    #[arg(long, value_enum, value_name = "FILES", num_args = 0..=1, default_missing_value = "contract")]
    pub(crate) language: Option<Language>,
}

/// The files of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Files of a contract
    Contract,
    /// Overlays over a contract
    Overlay,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs generate                                  everything, beside the schema
  wcs generate --check                          exit with 4 if a file is not what the schema makes
  wcs generate --only openapi --out published   one target, elsewhere
  wcs generate --template-dir mine/go           a target of your own; docs/own-targets.md tells how")]
pub(crate) struct GenerateOptions {
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    pub(crate) schema: Option<PathBuf>,
    /// A file that lies over the schema; several are laid in this order
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Describe what a sender of this release sends, instead of all releases; types for programs are left out, since
    /// they read every release
    #[arg(long, value_name = "RELEASE", requires = "out")]
    pub(crate) sender: Option<String>,
    /// Only this target; may be given several times
    #[arg(long, value_name = "NAME", value_parser = target_names())]
    pub(crate) only: Vec<String>,
    /// Folder to write to, one folder a target [default: `generated` beside the schema]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Folder whose files take the place of templates of the reference pages; `wcs docs --list-templates` lists them
    #[arg(long, value_name = "DIR")]
    pub(crate) templates: Option<PathBuf>,
    /// Folder of templates that is a target of its own, called as the folder; may be given several times, and replaces
    /// the built-in targets unless `--only` names some
    #[arg(long, value_name = "DIR")]
    pub(crate) template_dir: Vec<PathBuf>,
    /// Write nothing; exit with 4 if anything on disk differs
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) check: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How the summary is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListOptions {
    /// Only hooks of this type
    #[arg(long = "type", value_name = "TYPE", value_parser = hook_type)]
    pub(crate) kind: Option<HookType>,
    /// Only hooks of this group
    #[arg(long, value_name = "GROUP")]
    pub(crate) group: Option<String>,
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    pub(crate) schema: Option<PathBuf>,
    /// A file that lies over the schema; several are laid in this order
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Only what a sender of this release sends
    #[arg(long, value_name = "RELEASE")]
    pub(crate) sender: Option<String>,
    /// List the sender's releases instead, with what each of them brought, changed and dropped
    #[arg(long, conflicts_with_all = ["kind", "group", "by", "brief", "sender"])]
    pub(crate) releases: bool,
    /// What the hooks are sorted by
    #[arg(long, value_enum, default_value_t = By::Group)]
    pub(crate) by: By,
    /// Names only
    #[arg(long)]
    pub(crate) brief: bool,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
}

/// What hooks are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// The group that they are shown in
    Group,
    /// Their type
    Type,
    /// What their description rests on
    Evidence,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowOptions {
    /// Name of the hook, or another spelling of it
    pub(crate) hook: String,
    /// A file that lies over the schema; several are laid in this order
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Say of each fact where it is written: in the schema, or in which overlay, and what that overrides
    #[arg(long)]
    pub(crate) origins: bool,
    /// As a sender of this release sends it
    #[arg(long, value_name = "RELEASE")]
    pub(crate) sender: Option<String>,
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    pub(crate) schema: Option<PathBuf>,
    /// How the hook is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct OperatorOptions {
    /// Name of the application in the sender's console
    #[arg(long, value_name = "NAME")]
    pub(crate) app: String,
    /// Key by which clients choose the application
    #[arg(long)]
    pub(crate) key: String,
    /// Address of the backend; the sender appends the hook's name
    #[arg(long)]
    pub(crate) url: String,
    /// Only these hooks, with commas between them; the one that opens a session always belongs to them [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) hooks: Vec<String>,
    /// All hooks
    #[arg(long, conflicts_with = "hooks")]
    pub(crate) all: bool,
    /// The sender has the application already
    #[arg(long)]
    pub(crate) existing: bool,
    /// The backend checks signatures, so the sender has to sign
    #[arg(long)]
    pub(crate) signed: bool,
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    pub(crate) schema: Option<PathBuf>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// Code frames for people
    Text,
    /// One JSON document
    Json,
    /// Annotations for GitHub's log
    Github,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

impl FindingFormat {
    /// The format with or without colours.
    pub(crate) fn with(self, color: Color) -> Format {
        match self {
            Self::Text => Format::Text(color),
            Self::Json => Format::Json,
            Self::Github => Format::Github,
            Self::Sarif => Format::Sarif,
        }
    }
}

/// How data are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}

fn target_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(
        wcs_targets::EMITTERS
            .iter()
            .map(|emitter| clap::builder::PossibleValue::new(emitter.name()).help(emitter.about())),
    )
}

fn hook_type(word: &str) -> Result<HookType, String> {
    let found = HookType::ALL.iter().find(|kind| kind.word() == word);
    let words: Vec<&str> = HookType::ALL.iter().map(|kind| kind.word()).collect();
    found.copied().ok_or_else(|| format!("the types are {}", words.join(", ")))
}
