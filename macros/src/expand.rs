//! The expansion: the item as it was, and a registration beside it, whatever was wrong.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned as _;
use syn::{Error, Item};

use crate::{block, function};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Fn(function)) => function::expand(arguments, function),
        Ok(Item::Impl(block)) => block::expand(arguments, block),
        Ok(other) => {
            let message = "`#[wcs_hook]` stands on an async function, which handles the hook, or on an impl block of the \
                           trait of hooks, whose methods do";
            let error = Error::new(first_token(&other), message).into_compile_error();
            quote!(#item #error)
        }
        // rustc reports what it can't parse by itself.
        Err(_) => item,
    }
}

/// Behind attributes and visibility, where an item says what it is.
fn first_token(item: &Item) -> Span {
    match item {
        Item::Struct(item) => item.struct_token.span,
        Item::Enum(item) => item.enum_token.span,
        Item::Trait(item) => item.trait_token.span,
        Item::Mod(item) => item.mod_token.span,
        Item::Const(item) => item.const_token.span,
        Item::Static(item) => item.static_token.span,
        other => other.span(),
    }
}
