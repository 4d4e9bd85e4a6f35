//! What a contract is compiled from, and why it could not be found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Files whose text is taken from here instead of from the disk.
pub type Edited = BTreeMap<PathBuf, String>;

/// What a contract is compiled from: a path or texts, overlays on top, and edits that are not on the disk yet.
#[derive(Debug, Clone)]
pub struct Input {
    pub(crate) origin: Origin,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) edited: Edited,
}

/// Where the contract itself is.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    Path(PathBuf),
    Texts(Vec<(String, String)>),
}

impl Input {
    /// A contract on the disk: its folder, its root file, or an overlay that names its base.
    pub fn at(path: impl AsRef<Path>) -> Self {
        Self::new(Origin::Path(path.as_ref().to_owned()))
    }

    /// A contract in memory: display paths and texts. The list of files in the root is not looked at, and overlays among
    /// the texts apply in the order in which they come.
    pub fn texts<P: Into<String>, T: Into<String>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        Self::new(Origin::Texts(texts.into_iter().map(|(path, text)| (path.into(), text.into())).collect()))
    }

    /// Adds overlays on top, the lowest first.
    #[must_use]
    pub fn with_overlays(mut self, overlays: &[PathBuf]) -> Self {
        self.overlays.extend_from_slice(overlays);
        self
    }

    /// Replaces the texts of some files, by their paths as they are read.
    #[must_use]
    pub fn with_edits(mut self, edited: Edited) -> Self {
        self.edited = edited;
        self
    }

    const fn new(origin: Origin) -> Self {
        Self { origin, overlays: Vec::new(), edited: Edited::new() }
    }
}

/// Why the files of a contract could not be found or read. Mistakes inside the files are findings instead.
#[derive(Debug)]
pub enum InputError {
    /// No file of a folder has the section `contract`.
    NoContract {
        /// The folder.
        folder: PathBuf,
    },
    /// A folder has two overlays and no contract, so that it is open which one is meant.
    SeveralOverlays {
        /// One of them.
        first: PathBuf,
        /// Another one.
        second: PathBuf,
    },
    /// An overlay is named twice.
    Repeated {
        /// The overlay.
        overlay: PathBuf,
    },
    /// A folder can't be listed.
    Unlisted {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file can't be read, is too large, or is not UTF-8.
    Unreadable {
        /// The file and what is wrong with it.
        reason: String,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoContract { folder } => write!(
                f,
                "no YAML file in {} has the section `contract`; name the contract's folder or its root file",
                folder.display()
            ),
            Self::SeveralOverlays { first, second } => write!(
                f,
                "both {} and {} are overlays; name the upper one, which names the other under `base`",
                first.display(),
                second.display()
            ),
            Self::Repeated { overlay } => {
                write!(f, "{} is read already; name each overlay once", overlay.display())
            }
            Self::Unlisted { folder, error } => write!(f, "can't list {}: {error}", folder.display()),
            Self::Unreadable { reason } => f.write_str(reason),
        }
    }
}

impl std::error::Error for InputError {}
