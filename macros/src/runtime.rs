//! The runtime, as an expansion names it.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{Path, parse_quote};

/// Name of the runtime inside the expansion.
pub(crate) fn name() -> Path {
    parse_quote!(__wcs_runtime)
}

/// Import of the runtime under that name, from a path.
pub(crate) fn import(path: &Path) -> TokenStream {
    quote_spanned!(path.span()=> #[allow(unused_imports)] use #path as __wcs_runtime;)
}
