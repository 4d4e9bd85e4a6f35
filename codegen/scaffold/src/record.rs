//! The file in which a backend keeps what it was made for.

use serde::Deserialize;

use super::{Language, Layout};

/// Its name, in the backend's folder.
pub const RECORD: &str = "wcs-new.yaml";

/// What a backend was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its language.
    pub language: Language,
    /// How much it has.
    pub layout: Layout,
    /// The hooks that the contract had, whether they are handled or not.
    pub known: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    language: String,
    layout: String,
    #[serde(default)]
    known: Vec<String>,
}

impl Record {
    /// As a file. The list stands last, so that a name is added by appending a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!(
            "# What this backend was made for. `wcs new --sync` adds a stub for each hook of the contract that is not listed\n\
             # here, and lists it. Take a name out, and it gets its stub.\n\
             language: {}\nlayout: {}\nknown:\n",
            self.language.word(),
            self.layout.word(),
        );
        self.known.iter().for_each(|name| text.push_str(&Self::line(name)));
        text
    }

    /// The line that lists a hook.
    #[must_use]
    pub fn line(name: &str) -> String {
        format!("  - {name}\n")
    }

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for people.
    pub fn read(text: &str) -> Result<Self, String> {
        let written: Written = serde_saphyr::from_str(text).map_err(|error| error.to_string())?;
        let words = |words: Vec<&str>| words.join(", ");
        let language = Language::ALL.into_iter().find(|language| language.word() == written.language);
        let language = language.ok_or_else(|| {
            let all = words(Language::ALL.map(Language::word).to_vec());
            format!("`language` is one of {all}, not `{}`", written.language)
        })?;
        let layout = Layout::ALL.into_iter().find(|layout| layout.word() == written.layout);
        let layout = layout.ok_or_else(|| {
            format!("`layout` is one of {}, not `{}`", words(Layout::ALL.map(Layout::word).to_vec()), written.layout)
        })?;
        Ok(Self { language, layout, known: written.known })
    }
}
