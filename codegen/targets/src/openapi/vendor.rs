//! Names of extensions and keys that are made of texts.

use heck::ToKebabCase;
use wcs_contract::model::Contract;

/// The prefix of the contract's own extensions.
pub(super) struct Vendor {
    prefix: String,
}

impl Vendor {
    pub(super) fn of(contract: &Contract) -> Self {
        Self { prefix: format!("x-{}-", slug(&contract.name.value)) }
    }

    /// The full name of an extension.
    pub(super) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

/// A key made of a text: lower case, with hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut slug = text.to_kebab_case();
    slug.retain(|c| c.is_ascii_alphanumeric() || c == '-');
    if slug.is_empty() { "other".to_owned() } else { slug }
}
