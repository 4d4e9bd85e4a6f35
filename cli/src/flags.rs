//! Flags that several verbs have, each declared once.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use wcs_contract::render::{Color, Format};

const SCHEMA: &str = "Folder or root file of the schema [default: the nearest folder `schema`, here or above]";

// A doc comment on a group of flags would become the help text of the verb, so the groups have plain comments.

// The schema as a flag.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaFlag {
    #[arg(long, value_name = "DIR", help = SCHEMA)]
    schema: Option<PathBuf>,
}

impl SchemaFlag {
    /// The schema that was named.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.schema.as_deref()
    }
}

// The schema as the argument of a verb.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgument {
    #[arg(help = SCHEMA)]
    schema: Option<PathBuf>,
}

impl SchemaArgument {
    /// The schema that was named.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.schema.as_deref()
    }
}

// Overlays over the schema.
#[derive(Debug, clap::Args)]
pub(crate) struct OverlayFlag {
    /// A file that lies over the schema; several are laid in this order
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
}

impl OverlayFlag {
    /// The overlays, the lowest first.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.overlay
    }
}

// The release of a sender; verbs that do more than leave others out change the help text.
#[derive(Debug, clap::Args)]
pub(crate) struct SenderFlag {
    /// Only what a sender of this release sends
    #[arg(long, value_name = "RELEASE")]
    sender: Option<String>,
}

impl SenderFlag {
    /// The release as it was written.
    pub(crate) fn release(&self) -> Option<&str> {
        self.sender.as_deref()
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum FindingFormat {
    /// Code frames for people
    #[default]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum DataFormat {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
}
