//! What is shown at one moment: the pages, and what keeps newer ones from being made.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use wcs_contract::Compiled;
use wcs_contract::render::{self, Color, Format};

use crate::targets::overrides;
use crate::verbs::docs::start;

/// The pages by path.
type Pages = BTreeMap<String, Arc<str>>;

/// What is shown at one moment.
pub(super) struct Site {
    /// Grows with every change.
    pub(super) number: u64,
    /// The last pages that could be made.
    pub(super) pages: Pages,
    /// Why there are no newer ones.
    pub(super) trouble: Option<Trouble>,
}

impl Site {
    pub(super) fn shows_the_same(&self, other: &Self) -> bool {
        self.pages == other.pages && self.trouble == other.trouble
    }

    /// The page to begin with.
    pub(super) fn start(&self) -> &'static str {
        start(|path| self.pages.contains_key(path))
    }
}

/// Why pages could not be made.
#[derive(PartialEq, Eq)]
pub(super) struct Trouble {
    /// In a few words.
    pub(super) summary: String,
    /// In full: code frames.
    pub(super) text: String,
}

impl Trouble {
    pub(super) fn plain(reason: &str) -> Self {
        Self { summary: "the pages can't be made".to_owned(), text: format!("error: {reason}\n") }
    }
}

/// Makes the pages of a contract, if it has no errors.
pub(super) fn pages(compiled: &Compiled, templates: Option<&Path>) -> Result<Pages, Trouble> {
    let Some(contract) = &compiled.contract else {
        let text = render::render(&compiled.findings, &compiled.sources, Format::Text(Color::Never));
        return Err(Trouble { summary: render::count(&compiled.findings), text });
    };
    let overrides = overrides(templates).map_err(|reason| Trouble::plain(&reason))?;
    let made = overrides.pages(contract).map_err(|mistake| Trouble::plain(&mistake.to_string()))?;
    Ok(made.into_iter().map(|page| (page.path, page.text.into())).collect())
}
